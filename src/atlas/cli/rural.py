"""The commands of `atlas` about the rural area: the object dossier and demo data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - Typer reads what an option is
from typing import TYPE_CHECKING, Annotated

from ..core.words.notation import counted

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.disclosure.audiences import Audience
from .choices import (
    AcceptPersonalText,
    AddressFile,
    Dossier,
    LayerChoice,
    LeftColumns,
    ListChoice,
    Municipalities,
    NamedColumns,
    Purpose,
    ReferenceDate,
    Register,
    Report,
    Sheet,
    User,
    chosen,
    day_of,
    requested,
    told_columns,
    who_does,
)
from .field import add_to as add_field
from .making import Contact, MadeOn, MakerName  # noqa: TC001 - Typer reads what an option is
from .messages import BAD_INPUT, NEEDS_ATTENTION, print_line, remark, say, sentences, steps
from .rights import add_to as add_rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..jobs.importing import Imported

objects_app = typer.Typer(cls=DutchGroup)

#: a field that every record must have -> the option that says it for every row
_FOR_ALL = {
    "bron": "--source", "bewaren_tot": "--keep-until", "peildatum": "--reference-date",
    "gemeente_code": "--addresses",
}  # fmt: skip
#: a first conclusion changes thousands; then the counts say more
_MOST_CONCLUDED = 20


@objects_app.command("init", cls=DutchCommand)
def objects_init(
    folder: Dossier,
    *,
    fictitious: Annotated[
        bool, typer.Option("--fictitious", help="Voor verzonnen gegevens (FICTIEF).")
    ] = False,
) -> None:
    """Maak een leeg dossier: per laag een GeoPackage."""
    from ..flows.dossier import init_dossier

    with sentences():
        init_dossier(folder, fictitious=fictitious)
    print_line(f"{folder}: leeg dossier{' (FICTIEF)' if fictitious else ''}")


@objects_app.command("migrate", cls=DutchCommand)
def objects_migrate(folder: Dossier) -> None:
    """Zet een dossier van een oudere versie om; eerst komt er een kopie naast."""
    from ..flows.dossier import migrate_dossier

    with sentences():
        done = migrate_dossier(folder)
    if done.copy is None:
        print_line("Dit dossier is al van deze versie.")
    else:
        print_line(f"{folder}: omgezet van versie {done.version}")
        print_line(f"{done.copy}: kopie van voor die tijd")
    for note in done.notes:
        remark(note)


@objects_app.command("check", cls=DutchCommand)
def objects_check(
    folder: Dossier,
    *,
    accept: Annotated[
        bool, typer.Option("--accept", help="Aanvaard de records zoals ze er nu staan.")
    ] = False,
) -> None:
    """Controleer een dossier: is elk record wat er is opgeslagen, en is er niets half blijven liggen."""
    from ..flows.dossier import check

    with sentences():
        found = check(folder, accept=accept)
    for sentence in (*found.cleared, *found.notes):
        print_line(sentence)
    for sentence in found.wrong:
        remark(sentence)
    if found.wrong:
        raise typer.Exit(NEEDS_ATTENTION)
    print_line(f"{folder}: geen schade gevonden")


@objects_app.command("import", cls=DutchCommand)
def objects_import(
    folder: Dossier,
    table: Annotated[Path, typer.Argument(help="Bestand om in te lezen.")],
    *,
    layer: Annotated[LayerChoice, typer.Option(help="Laag van het dossier.")] = LayerChoice.OBJECT,
    register: Register = None,
    addresses: AddressFile = None,
    sheet: Sheet = None,
    column: NamedColumns = None,
    ignore: LeftColumns = None,
    source: Annotated[str, typer.Option(help="Bron van rijen die er geen noemen.")] = "",
    keep_until: Annotated[
        str,
        typer.Option(help="Bewaren tot (jjjj-mm-dd), voor rijen die het niet noemen. Verplicht per record."),
    ] = "",
    reference_date: Annotated[
        str, typer.Option(help="Peildatum (jjjj-mm-dd) van rijen die er geen noemen.")
    ] = "",
    report: Report = None,
    accept_personal_text: AcceptPersonalText = False,
    user: User = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Eindig met code 3 als rijen aandacht vragen.")
    ] = False,
) -> None:
    """Lees een bestand in het dossier in; twee keer inlezen verandert niets."""
    from ..core.records.import_file import ImportRequest
    from ..flows.importing import ImportTask, import_file

    request = ImportRequest(
        layer.value,
        chosen(register) or "",
        source,
        keep_until,
        accept_personal_text,
        reference_date,
    )
    report = report or table.with_name(f"{table.stem}.rapport.csv")
    with sentences(), steps() as progress:
        task = ImportTask(table, request, addresses, sheet, told_columns(column, ignore))
        done = import_file(
            folder, task, report, user=who_does(user), now=datetime.now(UTC), progress=progress
        )
    say_imported(done, report)
    if strict and done.needs_attention:
        raise typer.Exit(NEEDS_ATTENTION)


def say_imported(done: Imported, report: Path, told: Sequence[str] = ()) -> None:
    """What an import did; of its notes those that were not told before it.

    Raises:
        typer.Exit: nothing was taken over.
    """
    print_line(done.sentence)
    for note in done.notes:
        if note not in told:
            remark(note)
    print_line(f"{report}: rapport")
    if done.took_nothing:
        from ..core.records.refused_kinds import refused_kinds

        for sentence in refused_kinds(done.plan, done.unused):
            say(sentence)
        for_all = {one.field for one in done.plan.refusals} & {*_FOR_ALL}
        if for_all:
            named = " ".join(option for field, option in _FOR_ALL.items() if field in for_all)
            say(f"Zeg voor alle rijen tegelijk wat ontbreekt: {named}")
        say(
            "Er is niets overgenomen. Herkent de atlas uw kolommen niet, neem het bestand dan in met: "
            "atlas intake"
        )
        raise typer.Exit(BAD_INPUT)


@objects_app.command("conclude", cls=DutchCommand)
def objects_conclude(
    folder: Dossier,
    *,
    reference_date: ReferenceDate = None,
    every: Annotated[
        bool, typer.Option("--all", help="Noem elk object dat verandert, ook als het er veel zijn.")
    ] = False,
    user: User = None,
) -> None:
    """Trek uit het bewijs een conclusie per object, met de redenen in gewone zinnen."""
    from ..jobs.concluding import UNJUDGED, conclude

    with sentences(), steps() as progress:
        done = conclude(
            folder, today=day_of(reference_date).date(), now=datetime.now(UTC), user=who_does(user),
            progress=progress,
        )  # fmt: skip
    plan = done.plan
    print_line(done.sentence)
    for (before, after), count in done.transitions.items():
        print_line(f"van {before} naar {after}: {counted(count, 'object', 'objecten')}")
    many = {said: lines for said, lines in done.alike().items() if len(lines) > 1 and not every}
    for said, lines in many.items():
        print_line(f"{counted(len(lines), 'object', 'objecten')}: {said}")
    told = {line.object_uuid for lines in many.values() for line in lines}
    shown = [line for line in done.lines if line.uitkomst != UNJUDGED and line.object_uuid not in told]
    for line in shown if every else shown[:_MOST_CONCLUDED]:
        print_line(line.sentence)
    if len(shown) > _MOST_CONCLUDED and not every:
        say(f"{counted(len(shown) - _MOST_CONCLUDED, 'object', 'objecten')} meer; noem ze met --all.")
    for unjudged in plan.unjudged:
        say(f"Niet beoordeeld, {unjudged.uuid}: {unjudged.reason}")


@objects_app.command("settle", cls=DutchCommand)
def objects_settle(
    folder: Dossier,
    *,
    record: Annotated[str, typer.Option("--record", help="Alleen dit record: zijn uuid.")] = "",
    municipality: Annotated[str, typer.Option(help="De gemeente waarin dit record ligt.")] = "",
    reference_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="De dag waarop u dat vaststelde (jjjj-mm-dd).", show_default="vandaag"
        ),
    ] = None,
    addresses: Annotated[
        Path | None, typer.Option(help="BAG-adressen; samen met --residences telt de woonplaats eerst.")
    ] = None,
    residences: Annotated[
        Path | None, typer.Option(help="Tabel van woonplaatsen en gemeenten (Kadaster, CBS).")
    ] = None,
    user: User = None,
) -> None:
    """Stel de gemeente vast bij een grens: uit de woonplaats, met de grenzen, of zoals u het weet."""
    from ..flows.settling import settle
    from ..jobs.settling import said_of

    now = datetime.now(UTC)
    with sentences():
        who = who_does(user)
        said = said_of(
            record, municipality, reference_date.date() if reference_date else None,
            today=now.astimezone().date(),
        )  # fmt: skip
        done = settle(folder, now=now, user=who, said=said, addresses=addresses, residences=residences)
    if said is not None:
        print_line(f"{said.record}: {'vastgesteld door ' + who if done.count else 'stond al vast'}")
        return
    for sentence in done.sentences():
        print_line(sentence)
    for sentence in done.contradictions():
        say(sentence)


@objects_app.command("export", cls=DutchCommand)
def objects_export(
    folder: Dossier,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=".xlsx of .pdf om te lezen; .gpkg, .geojson of .csv")
    ],
    *,
    layer: Annotated[ListChoice, typer.Option(help="Laag van het dossier.")] = ListChoice.OBJECT,
    audience: Annotated[
        Audience, typer.Option(help="Voor wie: alleen het team krijgt records.")
    ] = Audience.TEAM,
    municipality: Municipalities = None,
    purpose: Purpose = "",
    technical: Annotated[
        bool, typer.Option("--technical", help="XLSX met velden, codes en coördinaten, voor een programma.")
    ] = False,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    user: User = None,
) -> None:
    """Geef records van een laag uit aan een team; staat eerst in het register, dan pas is er een bestand."""
    from ..core.figures.edition import Maker
    from ..flows.dossier import hand_out

    with sentences():
        done = hand_out(
            folder, layer.value, output, requested(municipality, purpose, user, audience),
            now=datetime.now(UTC), technical=technical, maker=Maker(maker or "", contact or ""),
            made_on=made_on or "",
        )  # fmt: skip
    print_line(f"{done.path}: {counted(done.count, 'record', 'records')}")
    if not done.count and not done.sentences:
        say("Let op: in deze laag van het dossier staat niets van deze gemeente; het bestand is leeg.")
    if not contact:
        say("Let op: Op deze lijst staat niet wie vragen beantwoordt. Zet het erop met --contact.")
    for sentence in done.sentences:
        say(sentence)
    if done.sentences:
        say(f"Een gemeente stelt u vast met: atlas objects settle {folder}")


add_field(objects_app)
add_rights(objects_app)


@objects_app.command("template", cls=DutchCommand)
def objects_template(
    layer: Annotated[LayerChoice, typer.Argument(help="Laag van het dossier.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Het lege bestand (.xlsx).")],
) -> None:
    """Maak een leeg rekenblad voor een laag: kolommen, keuzelijsten en een voorbeeldrij die niet meegaat."""
    from ..flows.intake import write_empty_list

    with sentences():
        write_empty_list(layer.value, output)
    print_line(f"{output}: leeg bestand; neem het ingevuld in met atlas intake")


def demo(
    out: Annotated[Path, typer.Option(help="Map voor de FICTIEVE gegevens.")],
    *,
    seed: Annotated[int, typer.Option(help="Begingetal: hetzelfde getal geeft dezelfde bestanden.")] = 1,
    scale: Annotated[float, typer.Option(help="Deel van de volle omvang (1 = 520.000 adressen).")] = 1.0,
    package: Annotated[
        Path | None,
        typer.Option(
            help="Vul het pakket van een FICTIEVE ronde alsof het uit het veld terugkomt.",
            show_default="geen: maak de gegevens",
        ),
    ] = None,
) -> None:
    """Maak FICTIEVE adressen, erven, objecten en signalen van echte omvang, en een dossier daarvan."""
    from ..flows.demo_dossier import make_demo_with_dossier
    from ..flows.demo_field import fill_package

    if package is not None:
        with sentences():
            print_line(
                str(fill_package(out / "dossier-FICTIEF", package, out, seed=seed, now=datetime.now(UTC)))
            )
        return
    with sentences(), steps() as progress:
        made = make_demo_with_dossier(out, seed=seed, scale=scale, progress=progress)
    for path in made:
        print_line(str(path))
