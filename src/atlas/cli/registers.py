"""The commands of `atlas` that read registers: addresses, buildings, woonplaatsen, the countryside, farms."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.words.errors import AtlasError
from ..core.words.notation import read_pairs
from .messages import print_line, say, sentences, steps

if TYPE_CHECKING:
    from ..core.tables.address_columns import ToldColumns
    from ..flows.registers import Written

addresses_app = typer.Typer(cls=DutchGroup, help="Adressen uit de BAG.", no_args_is_help=True)
farms_app = typer.Typer(cls=DutchGroup, help="Agrarische bedrijven en hun erven.", no_args_is_help=True)
buildings_app = typer.Typer(cls=DutchGroup, help="Panden uit de BAG.", no_args_is_help=True)
residences_app = typer.Typer(cls=DutchGroup, help="Woonplaatsen en hun gemeente.", no_args_is_help=True)

Sheet = Annotated[
    str | None,
    typer.Option(help='Werkblad (XLSX, ODS); "Blad1#rij5" of "#rij5": de kolomnamen staan in rij 5.'),
]
ReferenceDate = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Peildatum (jjjj-mm-dd).", show_default="vandaag"),
]
NamedColumns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="NAAM=KOLOM", help="Welke kolom wat is (huisnummer=Nr); herhaal voor meer."
    ),
]
LeftColumns = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="KOLOM", help="Kolom om weg te laten; herhaal voor meer."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .parquet.")]


class MethodChoice(StrEnum):
    """Definitions of the countryside."""

    OAD = "oad"
    KOM = "kom"
    KERN = "kern"


def told_columns(named: list[str] | None, left: list[str] | None) -> ToldColumns:
    """What the user says about columns.

    Raises:
        AtlasError: not NAAM=KOLOM, or two columns for one name.
    """
    from ..core.tables.address_columns import ToldColumns

    refused = AtlasError(
        "Zo is niet duidelijk welke kolom wat is.", expected="huisnummer=Nr", choices=("column",)
    )
    return ToldColumns(read_pairs(named or (), refused), tuple(left or ()))


def day_of(moment: datetime | None) -> datetime:
    """A moment that was given, else now."""
    return moment or datetime.now(UTC)


@addresses_app.command("read", cls=DutchCommand)
def addresses_read(
    source: Annotated[Path, typer.Argument(help="Bestand of map, zoals de BAG wordt geleverd.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .parquet.")],
) -> None:
    """Lees BAG-adressen uit elke gangbare levering; gesloopt en ingetrokken valt af en wordt geteld."""
    from ..flows.registers import read_register_addresses

    with sentences(), steps() as progress:
        written = read_register_addresses(source, output, progress)
    _say_written(written)


@buildings_app.command("read", cls=DutchCommand)
def buildings_read(
    source: Annotated[Path, typer.Argument(help="Bestand, map of ZIP met de laag pand van de BAG.")],
    output: Output,
) -> None:
    """Lees BAG-panden met status, bouwjaar, oppervlakte en plaats; gesloopt valt af en wordt geteld."""
    from ..flows.registers import read_register_buildings

    with sentences(), steps() as progress:
        written = read_register_buildings(source, output, progress)
    _say_written(written)


@residences_app.command("read", cls=DutchCommand)
def residences_read(
    table: Annotated[Path, typer.Argument(help="Tabel van woonplaatsen en gemeenten (Kadaster, CBS).")],
    output: Output,
    *,
    sheet: Sheet = None,
    column: NamedColumns = None,
    ignore: LeftColumns = None,
    reference_date: ReferenceDate = None,
) -> None:
    """Lees in welke gemeente elke woonplaats ligt; wat is beëindigd valt af."""
    from ..flows.registers import read_register_residences

    with sentences(), steps() as progress:
        written = read_register_residences(
            table,
            output,
            today=day_of(reference_date).date(),
            sheet=sheet,
            told=told_columns(column, ignore),
            progress=progress,
        )
    _say_written(written)


def countryside(
    addresses: Annotated[Path, typer.Argument(help="BAG-adressen.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .parquet.")],
    *,
    method: Annotated[MethodChoice, typer.Option(help="Definitie van buitengebied.")] = MethodChoice.OAD,
    threshold: Annotated[
        float | None, typer.Option(help="Grens van de adressendichtheid per km².", show_default="500")
    ] = None,
    polygons: Annotated[Path | None, typer.Option(help="Bebouwde kommen (TOP10NL) of kernen (CBS).")] = None,
    reference_date: ReferenceDate = None,
) -> None:
    """Welke adressen liggen in het buitengebied? De gebruikte definitie staat bij het resultaat."""
    from ..flows.registers import mark_countryside

    with sentences(), steps() as progress:
        written = mark_countryside(
            addresses,
            output,
            kind=method.value,
            reference_date=day_of(reference_date).date().isoformat(),
            threshold=threshold,
            polygons=polygons,
            progress=progress,
        )
    _say_written(written)


@farms_app.command("match", cls=DutchCommand)
def farms_match(
    businesses: Annotated[Path, typer.Argument(help="Lijst van bedrijven met postcode en huisnummer.")],
    addresses: Annotated[Path, typer.Option(help="BAG-adressen.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .parquet.")],
    *,
    sheet: Sheet = None,
    column: NamedColumns = None,
    ignore: LeftColumns = None,
    settlements: Annotated[Path | None, typer.Option(help="Kernen, voor de afstand tot de rand.")] = None,
    roads: Annotated[Path | None, typer.Option(help="Wegen (NWB), voor de doorgaande weg.")] = None,
    reference_date: ReferenceDate = None,
) -> None:
    """Zoek de erven van bedrijven in de BAG en meet hoe afgelegen ze liggen; zonder een dienst te vragen."""
    from ..flows.registers import match_businesses

    with sentences(), steps() as progress:
        written = match_businesses(
            businesses,
            addresses,
            output,
            today=day_of(reference_date).date(),
            sheet=sheet,
            told=told_columns(column, ignore),
            kernen=settlements,
            roads=roads,
            progress=progress,
        )
    _say_written(written)


def _say_written(written: Written) -> None:
    print_line(str(written.path))
    for note in written.notes:
        say(note)
    print_line(f"{written.report}: rapport")


def add_to(app: typer.Typer) -> None:
    """Hang these commands under the command `atlas`."""
    app.add_typer(addresses_app, name="addresses")
    app.add_typer(buildings_app, name="buildings")
    app.add_typer(residences_app, name="residences")
    app.add_typer(farms_app, name="farms")
    app.command("countryside", cls=DutchCommand)(countryside)
