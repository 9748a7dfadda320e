"""A published table in an atlas: recognised, and put in the configuration with what readers must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.areas.resolution import EXACT, SPELLING
from ..core.areas.resolving import resolve
from ..core.joining.figure_intake import FigureMapping
from ..core.joining.recipes import SEEN, figures_in, recipe, recognised, where_in, year_of
from ..core.tables.periods import YEAR, read_period
from ..core.words.errors import AtlasError
from ..jobs.intake_files import add_to_configuration
from ..store.tables import read_table
from .configuration import read_configuration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..core.joining.recipes import Recipe, RecipeFigure
    from ..core.tables.table import Table

_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Added:
    """What was put in a configuration: the recipe, sentences about what was added, and remarks."""

    recipe: Recipe
    added: tuple[str, ...]
    notes: tuple[str, ...]


def add_figures(
    file: Path,
    configuration: Path,
    *,
    name: str = "",
    sheet: str = "",
    periods: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    maker: tuple[str, str] = ("", ""),
) -> Added:
    """Put the figures of a published table in a configuration file.

    Args:
        file: The table as it was downloaded.
        configuration: Made when it is not there; what it holds already stays.
        name: The recipe, when the file can't be recognised; "" to recognise it.
        sheet: Of a workbook.
        periods: Which; none for the newest year of the table.
        where: Rows that are meant, over what the recipe chooses.
        maker: Who makes a new file's atlas, and whom to ask.

    Raises:
        AtlasError: the table is not recognised, holds none of the figures, or has no such period.
    """
    table = read_table(file, sheet=sheet or None)
    known = recipe(name) if name else recognised(table)
    if known is None:
        raise AtlasError(
            "Deze tabel wordt niet herkend.",
            where=str(file),
            hint="Noem het recept, of neem de tabel in met atlas intake.",
            choices=("recipe",),
        )
    if known.without:
        raise AtlasError(
            "In deze tabel staat geen cijfer.",
            detail=known.without,
            where=str(file),
            hint="Geef haar waar naar de tabel met woonplaatsen wordt gevraagd.",
            choices=("residences",),
        )
    found = figures_in(known, table)
    if not found or table.description is None:
        raise AtlasError(
            "In deze tabel staat geen cijfer van dit recept.",
            where=f"{file}, recept {known.id}",
            got=_topics(table),
            expected=", ".join(f'"{figure.measure}"' for figure in known.figures if figure.measure),
            hint="Neem de tabel in met atlas intake, en wijs zelf de kolommen aan.",
        )
    chosen = _periods(table, periods) or [_year(known, table)]
    level = _level(table, known)
    added: list[str] = []
    for figure, topic in found:
        rows = {**where_in(figure, table), **(where or {})}
        columns = [(topic, period) for period in chosen]
        added += add_to_configuration(
            configuration,
            _mapping(known, figure, table, level, rows),
            columns,
            file=file,
            check=read_configuration,
            sheet=sheet,
            maker=maker,
        )
    notes = []
    if known.layout != SEEN:
        notes.append("De indeling van dit bestand kennen wij uit beschrijvingen: loop de uitkomst na.")
    return Added(known, tuple(added), tuple(notes))


def _mapping(
    known: Recipe, figure: RecipeFigure, table: Table, level: str, rows: Mapping[str, str]
) -> FigureMapping:
    said = table.description
    return FigureMapping(
        key=said.area if said else "",
        level=level,
        label=figure.label,
        source=known.source,
        base=figure.base,
        caution=figure.caution,
        unit=figure.unit,
        where=rows,
        counts=figure.counts,
        denominator=figure.denominator,
        measure=figure.measure_kind,
        theme=figure.theme,
        definition=figure.definition,
        direction="" if figure.direction == "geen" else figure.direction,
    )


def _periods(table: Table, wanted: Sequence[str]) -> list[str]:
    """The labels of the periods that are meant: those that were asked for, or the newest year there is."""
    said = table.description
    column = said.period if said else ""
    if not column:
        return list(wanted)
    there = [read_period(str(cell)) for cell in dict.fromkeys(table.column(column))]
    known = [period for period in there if period]
    if not wanted:
        years = [period for period in known if period.kind == YEAR] or known
        return [max(years, key=lambda period: (period.year, period.number)).label] if years else []
    labels = {period.label for period in known}
    chosen = []
    for text in wanted:
        read = read_period(text)
        if read is None or read.label not in labels:
            raise AtlasError(
                "Deze periode staat niet in de tabel.",
                where=table.source,
                got=text,
                expected=", ".join(sorted(labels)[-12:]),
                choices=("period",),
            )
        chosen.append(read.label)
    return chosen


def _year(known: Recipe, table: Table) -> str:
    """The year of a table without periods."""
    year = year_of(known, table)
    if year is None:
        raise AtlasError(
            "Van deze tabel is niet bekend van welk jaar zij is.",
            where=table.source,
            expected="het nummer van de tabel in de bestandsnaam, of het jaar in de titel",
            choices=("period",),
        )
    return str(year)


def _level(table: Table, known: Recipe) -> str:
    """The level of the recipe, or the other one when the table has no areas of it."""
    said = table.description
    cells = table.column(said.area)[: 50 * _LOOKED_AT] if said else ()
    texts = list(dict.fromkeys(str(cell).strip() for cell in cells if cell))[:_LOOKED_AT]
    for level in (known.level, "gemeente", "provincie"):
        if any(resolve(text, level).reason in (EXACT, SPELLING) for text in texts):
            return level
    return known.level


def _topics(table: Table) -> str:
    said = table.description
    topics = [measure.column for measure in said.measures] if said else list(table.columns)
    return ", ".join(f'"{topic}"' for topic in topics[:8])
