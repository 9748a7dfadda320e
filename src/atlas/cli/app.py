"""The command `atlas`: arguments and messages around the flows."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from ..core.words.notation import counted

from .dutch import DutchCommand, DutchGroup, in_dutch  # isort: skip  # before typer
import typer
from typer.exceptions import TyperException

from ..core.disclosure.audiences import Audience
from ..core.files.reading_limits import raise_limits
from . import intake, joining, memo, rasters, register_lines, rights, visits
from .choices import LevelChoice  # noqa: TC001 - Typer reads the annotations
from .field import add_to_objects
from .making import Contact, MadeOn, MakerName, Trial, signed
from .messages import BAD_INPUT, NEEDS_ATTENTION, USAGE, hear_of_dossiers, print_line, say, sentences, steps
from .panel import panel_app
from .passphrases import asked_passphrase, show_passphrases, typed_passphrases
from .published import figures_app
from .rural import Municipalities, Purpose, User, add_to, chosen_municipalities, who_does


class SheetChoice(StrEnum):
    """Of which periods sheets are drawn."""

    NEWEST = "newest"
    ALL = "all"
    NONE = "none"


app = typer.Typer(
    name="atlas",
    cls=DutchGroup,
    help="Cijfers over georganiseerde criminaliteit op de kaart van Drenthe en Groningen.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
boundaries_app = typer.Typer(
    cls=DutchGroup, help="De grenzen van gemeenten en provincies.", no_args_is_help=True
)
app.add_typer(boundaries_app, name="boundaries")
app.add_typer(panel_app, name="panel")
app.add_typer(figures_app, name="figures")
add_to(app)
add_to_objects()
rights.add_to_objects()
joining.add_to(app)
intake.add_to(app)
rasters.add_to(app)
memo.add_to(app)
visits.add_to(app)
register_lines.add_to(app)


@app.callback()
def before_any_command(
    *,
    read_limit: Annotated[
        float,
        typer.Option(
            min=1,
            help="Lees bestanden die zoveel keer groter zijn dan de gewone grenzen; zie de handleiding.",
        ),
    ] = 1,
) -> None:
    """Cijfers over georganiseerde criminaliteit op de kaart van Drenthe en Groningen."""
    raise_limits(read_limit)
    hear_of_dossiers()


#: what an option was called before its name was English
_RENAMED = {
    "--gemeente": "--municipality",
    "--buurten": "--neighbourhoods",
    "--vierkanten": "--squares",
    "--kernen": "--settlements",
    "--gebieden": "--areas",
}


@app.command(cls=DutchCommand)
def build(
    config: Annotated[
        Path | None,
        typer.Argument(
            help="Configuratiebestand (TOML) met eigen tabellen.", show_default="de ingebouwde cijfers"
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="Map voor de atlas.")] = Path("out"),
    audience: Annotated[
        Audience | None, typer.Option(help="Voor wie de atlas is.", show_default=Audience.PUBLIC.value)
    ] = None,
    basemap: Annotated[
        bool,
        typer.Option(
            "--basemap",
            help="Bied een achtergrondkaart aan. De kaartbladen vragen die nu op bij de kaartdienst; "
            "de pagina pas als een lezer hem aanzet.",
        ),
    ] = False,
    boundaries: Annotated[
        Path | None,
        typer.Option(
            help="Map of bestand met andere grenzen.", show_default="de meegeleverde grenzen van 2022"
        ),
    ] = None,
    panel: Annotated[
        Path | None, typer.Option(help="Werkboek met cijfers van het panel, zie atlas panel workbook.")
    ] = None,
    sheets: Annotated[
        SheetChoice,
        typer.Option(help="Kaartbladen van de nieuwste periode (newest), van alle (all) of geen (none)."),
    ] = SheetChoice.NEWEST,
    no_sheets: Annotated[bool, typer.Option("--no-sheets", help="Hetzelfde als --sheets none.")] = False,
    dossier: Annotated[
        Path | None, typer.Option(help="Map van het dossier; met --audience team een pagina voor dat team.")
    ] = None,
    municipality: Municipalities = None,
    addresses: Annotated[
        Path | None, typer.Option(help="BAG-adressen, voor aantallen per 1.000 adressen.")
    ] = None,
    neighbourhoods: Annotated[
        Path | None, typer.Option(help="Wijken en buurten van het CBS, voor aantallen per wijk en buurt.")
    ] = None,
    squares: Annotated[
        bool, typer.Option("--squares", help="Ook aantallen per vierkant van 500 m van het CBS.")
    ] = False,
    raster: Annotated[
        list[Path] | None, typer.Option(help="Raster van `atlas raster`, als laag op de pagina.")
    ] = None,
    purpose: Purpose = "",
    user: User = None,
    seal: Annotated[
        bool,
        typer.Option(
            "--seal", help="Verzegel de pagina; met echte gegevens en voor partners gebeurt dat vanzelf."
        ),
    ] = False,
    unsealed: Annotated[
        str,
        typer.Option(help="Waarom de pagina niet wordt verzegeld; staat in het register.", metavar="REDEN"),
    ] = "",
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            help="Organisatie die de verzegelde pagina krijgt, elk met een eigen wachtzin. Mag vaker."
        ),
    ] = None,
    type_passphrase: Annotated[
        bool,
        typer.Option(
            "--type-passphrase", help="Typ een wachtzin die de atlas eerder trok, in plaats van een nieuwe."
        ),
    ] = False,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    trial: Trial = False,
) -> None:
    """Maak de atlas: een HTML-bestand, een GeoPackage en kaartbladen, of de pagina van een team."""
    from dataclasses import replace

    from ..flows.building import build_atlas
    from ..flows.configuration import Configuration, read_configuration
    from ..flows.team import TeamRequest

    with sentences(), steps() as progress:
        configuration = read_configuration(config) if config else Configuration()
        edition, remarks = signed(
            configuration.edition, audience, maker=maker, contact=contact, made_on=made_on, trial=trial
        )
        configuration = replace(configuration, edition=edition)
        if boundaries:
            configuration = replace(configuration, boundaries=boundaries)
        if panel:
            configuration = replace(configuration, panel=panel)
        recipients = tuple(recipient or ())
        team = dossier and TeamRequest(
            dossier, chosen_municipalities(municipality), purpose, who_does(user), addresses, neighbourhoods,
            squares, tuple(raster or ()), seal, unsealed, recipients,
            typed_passphrases(recipients) if type_passphrase else (),
        )  # fmt: skip
        built = build_atlas(
            configuration,
            out,
            basemap=basemap,
            sheets=not no_sheets and sheets is not SheetChoice.NONE,
            every_period=sheets is SheetChoice.ALL,
            team=team or None,
            progress=progress,
        )
    for warning in (*remarks, *built.warnings):
        say(f"Let op: {warning}")
    for file in built.files:
        print_line(f"{file}  ({file.stat().st_size / 1000:,.0f} kB)".replace(",", "."))
    show_passphrases(built.passphrases)
    if built.attention:
        rows = counted(built.attention, "rij van een eigen tabel vraagt", "rijen van eigen tabellen vragen")
        say(f"{rows} aandacht; zie de rapporten hierboven.")


@app.command(cls=DutchCommand)
def area(
    text: Annotated[str, typer.Argument(help="Naam of code, zoals u die tegenkomt.")],
    *,
    level: Annotated[
        LevelChoice | None, typer.Option(help="Zoek alleen op dit niveau.", show_default="alle")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Jaar van de gebiedsindeling.", show_default="nu")] = None,
) -> None:
    """Welk gebied is dit? Zegt ook waarom een naam niet te herkennen is."""
    from ..core.areas.resolving import resolve

    found = resolve(text, level.value if level else None, year)
    if found.area:
        print_line(f"{found.area.code}  {found.area.label}  ({found.area.level})")
    if found.explanation:
        say(found.explanation)
    for candidate in () if found.area else found.candidates:
        print_line(f"  {candidate.code}  {candidate.label}  ({candidate.level})")
    if not found.area:
        raise typer.Exit(BAD_INPUT)


@app.command(cls=DutchCommand)
def indicators() -> None:
    """Welke cijfers zitten in de atlas, op welk niveau en uit welke bron?"""
    from rich.console import Console
    from rich.table import Table

    from ..core.figures.indicators import load_catalogue
    from ..core.words.notation import format_period

    catalogue = load_catalogue()
    table = Table("Cijfer", "Niveau", "Periode", "Bron", title="Op de kaart", title_justify="left")
    for indicator in catalogue.indicators:
        for level, period in catalogue.views(indicator.id):
            table.add_row(indicator.label, level, format_period(period), indicator.source.title)
    texts = Table("Cijfer", "Waarde", "Periode", title="Alleen als tekst", title_justify="left")
    for card in catalogue.cards:
        texts.add_row(card.label, card.text, format_period(card.period))
    console = Console()
    console.print(table, texts)


@app.command(cls=DutchCommand)
def audit(
    files: Annotated[list[Path], typer.Argument(help="Bestanden die zijn uitgegeven, of dat gaan worden.")],
    *,
    with_: Annotated[
        Path | None,
        typer.Option("--with", help="Dossier waaruit ze komen: leg er alles naast wat eerder is uitgegeven."),
    ] = None,
) -> None:
    """Wat haalt een buitenstaander uit deze bestanden? Eindigt met code 3 als dat te veel is.

    Van een verzegeld bestand wordt de wachtzin gevraagd: dan wat zijn ontvanger eruit haalt.
    """
    from ..flows.auditing import audit_files

    with sentences():
        done = audit_files(files, with_, asked_passphrase)
    for finding in done.findings:
        print_line(finding)
    read = f"{counted(done.files, 'bestand', 'bestanden')} gelezen"
    read += f", {counted(done.figures, 'cijfer', 'cijfers')}"
    if with_:
        read += f", naast {counted(done.tables, 'beschermde tabel', 'beschermde tabellen')}"
    if done.findings:
        say(f"{read}: {counted(len(done.findings), 'bevinding', 'bevindingen')}.")
        raise typer.Exit(NEEDS_ATTENTION)
    print_line(f"{read}: niets gevonden dat te veel zegt.")


@boundaries_app.command("update", cls=DutchCommand)
def boundaries_update(
    *,
    year: Annotated[
        int | None, typer.Option(help="Jaar van de gebiedsindeling (jaarcode).", show_default="dit jaar")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Map voor de grenzen.", show_default="de cache van de gebruiker")
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(help="Adres van de dienst (OGC API Features).", show_default="CBS via PDOK"),
    ] = None,
) -> None:
    """Haal grenzen op bij CBS/PDOK. Gevraagd wordt alleen de gebiedsindeling van een jaar."""
    from datetime import UTC, datetime

    from ..core.areas.boundary_areas import DEFAULT_ENDPOINT
    from ..flows.updating import update_boundaries

    with sentences(), steps() as progress:
        files = update_boundaries(
            year or datetime.now(UTC).year, out, endpoint=endpoint or DEFAULT_ENDPOINT, progress=progress
        )
    for file in files:
        print_line(str(file))
    say(f"Gebruik ze met: atlas build --boundaries {files[0].parent}")


def present_names(arguments: list[str]) -> list[str]:
    """The arguments with options by the name they have; one by the name it had is told what it is called."""
    named = []
    for argument in arguments:
        option, sign, value = argument.partition("=")
        if option in _RENAMED:
            say(f"Let op: {option} heet nu {_RENAMED[option]}.")
        named.append(f"{_RENAMED.get(option, option)}{sign}{value}")
    return named


def main() -> None:
    """Entry point of the command `atlas`."""
    try:
        sys.exit(app(present_names(sys.argv[1:]), standalone_mode=False))
    except TyperException as error:
        context = getattr(error, "ctx", None)
        if message := in_dutch(error.format_message()):
            say(f"Fout: {message}")
        if context is not None:
            say(f"Uitleg: {context.command_path} --help")
        sys.exit(USAGE)
    except typer.Abort:
        say("Afgebroken.")
        sys.exit(BAD_INPUT)
