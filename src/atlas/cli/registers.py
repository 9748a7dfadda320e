"""The commands of `atlas` that read registers: addresses, buildings, woonplaatsen, the countryside, farms."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from .choices import LeftColumns, NamedColumns, ReferenceDate, Sheet, day_of, told_columns
from .messages import print_line, say, sentences, steps

if TYPE_CHECKING:
    from ..flows.registers import Written

addresses_app = typer.Typer(cls=DutchGroup)
farms_app = typer.Typer(cls=DutchGroup)
buildings_app = typer.Typer(cls=DutchGroup)
residences_app = typer.Typer(cls=DutchGroup)

Output = Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .parquet.")]


class MethodChoice(StrEnum):
    """Definitions of the countryside."""

    OAD = "oad"
    KOM = "kom"
    KERN = "kern"


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
