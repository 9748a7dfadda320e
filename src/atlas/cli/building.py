"""The commands `atlas build` and `atlas boundaries`: the atlas, and the borders it is drawn on."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.disclosure.audiences import Audience
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from .choices import Municipalities, Purpose, User, chosen_municipalities, who_does
from .making import Contact, MadeOn, MakerName, Trial, signed
from .messages import print_line, say, sentences, steps
from .passphrases import show_passphrases, typed_passphrases

boundaries_app = typer.Typer(cls=DutchGroup)


class SheetChoice(StrEnum):
    """Of which periods sheets are drawn."""

    NEWEST = "newest"
    ALL = "all"
    NONE = "none"


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
            "--seal",
            help="Verzegel de pagina; met echte gegevens, voor partners en met --recipient vanzelf.",
        ),
    ] = False,
    unsealed: Annotated[
        str,
        typer.Option(help="Waarom de pagina niet wordt verzegeld; staat in het register.", metavar="REDEN"),
    ] = "",
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            help="Organisatie die de pagina krijgt; die wordt dan verzegeld, voor elk met een eigen "
            "wachtzin. Mag vaker."
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
        team = None
        for_dossier = {
            "--municipality": municipality, "--purpose": purpose, "--addresses": addresses,
            "--neighbourhoods": neighbourhoods, "--squares": squares, "--raster": raster,
            "--seal": seal, "--unsealed": unsealed, "--recipient": recipients,
            "--type-passphrase": type_passphrase,
        }  # fmt: skip
        alone = [name for name, told in for_dossier.items() if told]
        if alone and not dossier:
            raise AtlasError(
                "Dit kan alleen bij een pagina uit een dossier.",
                got=", ".join(alone),
                expected="een dossier om de pagina uit te maken",
                hint="Noem het dossier met --dossier, of laat dit weg.",
            )
        if dossier:
            from ..flows.team import TeamRequest

            team = TeamRequest(
                dossier, chosen_municipalities(municipality), purpose, who_does(user), addresses,
                neighbourhoods, squares, tuple(raster or ()), seal, unsealed, recipients,
                typed_passphrases(recipients) if type_passphrase else (),
            )  # fmt: skip
        built = build_atlas(
            configuration,
            out,
            basemap=basemap,
            sheets=not no_sheets and sheets is not SheetChoice.NONE,
            every_period=sheets is SheetChoice.ALL,
            team=team,
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
    from ..core.areas.boundary_areas import DEFAULT_ENDPOINT
    from ..flows.updating import update_boundaries

    with sentences(), steps() as progress:
        files = update_boundaries(
            year or datetime.now(UTC).year, out, endpoint=endpoint or DEFAULT_ENDPOINT, progress=progress
        )
    for file in files:
        print_line(str(file))
    say(f"Gebruik ze met: atlas build --boundaries {files[0].parent}")
