"""Tables as people send them: columns of cells that still know in which row of the file they stood.

A table is columnar and keeps equal texts once, so that a million rows stay cheap.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cell import Cell


#: a list of areas in a statistical table is called one of these
AREA_NAME = re.compile(
    r"regio(?:'?s|aanduiding)?|wijken en buurten|gemeenten?|provincies?|gebied(?:en)?|woonplaatsen|regios"
    r"|wijkenenbuurten|landsdelen|regiocode|regionale indeling.*",
    re.IGNORECASE,
)
PERIOD_NAME = re.compile(r"perioden?|jaar|jaren|periods?", re.IGNORECASE)
#: how a unit is written -> ours
_UNITS = (
    (re.compile(r"aantal|absoluut|ab", re.IGNORECASE), "count"),
    (re.compile(r"%|procent|in % .*", re.IGNORECASE), "percent"),
    (re.compile(r"(?:aantal )?per (?:1[ .]?000) .*", re.IGNORECASE), "per_1000"),
    (re.compile(r"(?:aantal .* )?per km(?:2|²)", re.IGNORECASE), "per_km2"),
    (re.compile(r"euro", re.IGNORECASE), "eur"),
    (re.compile(r"rapportcijfer.*", re.IGNORECASE), "grade_0_10"),
)
_PER_WHAT = re.compile(r"per 1[ .]?000 (.*)", re.IGNORECASE)
_INHABITANTS = re.compile(r"inw(?:oners)?\.?")

#: so many rows under the header may hold the names of columns themselves
_MOST_ABOVE = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """A topic: the column with its values and, where there are any, those with both ends of its interval.

    Attributes:
        column: Name of the column with the values.
        unit: As the source writes it, "" when it doesn't.
        low: Column with the lower end, "" for none.
        high: Column with the upper end.
        definition: What the source says it is.
    """

    column: str
    unit: str = ""
    low: str = ""
    high: str = ""
    definition: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called: its column, what the source says it is, and the end of its path."""
        return (self.column, self.definition, self.definition.rpartition("/")[2].strip())

    @property
    def our_unit(self) -> str:
        """The unit of `core.words.notation`; "" when it isn't one of ours ("1 000 euro")."""
        return next((ours for pattern, ours in _UNITS if pattern.fullmatch(self.unit.strip())), "")

    @property
    def denominator(self) -> str:
        """Of a rate per 1,000: of what, "inwoners"; "" for any other."""
        per = _PER_WHAT.fullmatch(self.unit.strip())
        return _INHABITANTS.sub("inwoners", per[1].strip()) if per else ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a statistical table says of itself.

    Attributes:
        layout: What kind of file it is, for a sentence: "StatLine, CSV met kopregels".
        area: Column with the areas.
        period: Column with the periods, "" when there is none.
        dimensions: The other columns that tell rows about one area and period apart.
        measures: The topics; by the name of their column, or by what stands in the column `topic`.
        topic: Column that says which topic a row is about, "" when each has a column of its own.
        definition: Title, and the dimensions that have one value in the whole file.
        source: The source it names ("Politie"), "" for none.
        decimal: The decimal mark of all numbers in the file, "" to let each column decide.
        aliases: Column -> text that may be given for a cell (a code) -> the cell.
        provisional: Period -> what the source says of figures that may change.
    """

    layout: str
    area: str
    period: str = ""
    dimensions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    topic: str = ""
    definition: tuple[str, ...] = ()
    source: str = ""
    decimal: str = ""
    aliases: Mapping[str, Mapping[str, str]] | None = None
    provisional: Mapping[str, str] | None = None

    def measure(self, column: str) -> Measure | None:
        """The topic of a column; None for a column that isn't one."""
        return next((known for known in self.measures if known.column == column), None)


@dataclass(frozen=True, slots=True)
class Table:
    """An immutable table, column by column.

    Attributes:
        source: The file's name, for sentences.
        columns: Names, in the order of the file.
        cells: One sequence of cells for every column.
        rows: For every row its number as a person sees it in the file (the header mostly is 1).
        around: What stands alone above or below it on its sheet: a title, a source, notes.
        description: What a statistical table says of itself; None for any other.
        notes: How it was read, where that is not plain; Dutch sentences.
    """

    source: str
    columns: tuple[str, ...]
    cells: tuple[Sequence[Cell], ...]
    rows: Sequence[int]
    around: tuple[str, ...] = ()
    description: Description | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def first_row(self) -> int:
        """Number of the first row under the header, as a person sees it in the file."""
        return self.rows[0]

    def column(self, name: str) -> Sequence[Cell]:
        """The cells of a column.

        Raises:
            AtlasError: there is no such column; names those there are and the nearest.
        """
        if name in self.columns:
            return self.cells[self.columns.index(name)]
        folded = {column.casefold(): column for column in self.columns}
        near = difflib.get_close_matches(name.strip().casefold(), folded, n=1)
        below = [
            row
            for row, *cells in zip(self.rows[:_MOST_ABOVE], *self.cells, strict=False)
            if name.strip().casefold() in {str(cell).strip().casefold() for cell in cells}
        ]
        hint = f'Bedoelde u "{folded[near[0]]}"?' if near else "Kies een van deze kolommen."
        if below:
            hint = f"In rij {below[0]} staat dat wel: staan de kolomnamen daar, zeg dat dan."
        raise AtlasError(
            f'De kolom "{name}" staat niet in deze tabel.',
            where=self.source,
            got="de kolommen " + ", ".join(f'"{column}"' for column in self.columns),
            hint=hint,
            choices=("header_row",) if below else (),
        )

    @classmethod
    def from_columns(cls, source: str, columns: Mapping[str, Sequence[object]], first_row: int = 2) -> Table:
        """A table from columns that were read by another library.

        Args:
            source: The file's name.
            columns: Cells by column name, all of the same length. Numbers stay numbers and are never parsed
                again, NaN is an empty cell, a truth value becomes "ja" or "nee", anything else its text.
            first_row: Number of the first row as a person sees it in the file.

        Raises:
            AtlasError: no columns, an empty or repeated name, or no rows.
            ValueError: the columns differ in length.
        """
        names = check_header(list(columns), source)
        cells = tuple(_as_cells(values) for values in columns.values())
        lengths = {len(values) for values in cells}
        if len(lengths) != 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        check_rows(len(cells[0]), source)
        return cls(source, names, cells, range(first_row, first_row + len(cells[0])))


def with_notes(table: Table, notes: tuple[str, ...]) -> Table:
    """The table with more Dutch sentences on how it was read."""
    return replace(table, notes=(*table.notes, *notes))


def check_header(names: Sequence[object], source: str) -> tuple[str, ...]:
    """The column names of a header, stripped.

    Raises:
        AtlasError: there are none, one is empty, or two are the same.
    """
    header = tuple("" if name is None else str(name).strip() for name in names)
    if not any(header):
        raise AtlasError("Dit bestand is leeg.", where=source, expected="een kopregel met daaronder de rijen")
    if "" in header:
        position = header.index("") + 1
        raise AtlasError(
            f"Kolom {position} heeft geen naam.",
            where=f"{source}, kopregel",
            got="; ".join(header),
            hint="Kies de rij met de namen als er een titel boven staat; anders: geef elke kolom een naam.",
            choices=("header_row",),
        )
    repeated = next((name for position, name in enumerate(header) if name in header[:position]), None)
    if repeated is not None:
        raise AtlasError(
            f'Twee kolommen heten "{repeated}".',
            where=f"{source}, kopregel",
            hint="Geef elke kolom een eigen naam.",
        )
    return header


def no_header(row: int, source: str) -> AtlasError:
    """The sentence for a row that was pointed out as the header and holds no names."""
    return AtlasError(
        "In deze rij staan geen namen van kolommen.",
        where=f"{source}, rij {row}",
        expected="de rij met boven elke kolom een naam",
        hint="Kies een andere rij.",
        choices=("header_row",),
    )


def check_rows(count: int, source: str) -> None:
    """Refuse a table with nothing under its header.

    Raises:
        AtlasError: there are no rows.
    """
    if not count:
        raise AtlasError(
            "Dit bestand heeft alleen een kopregel.",
            where=source,
            expected="onder de kopregel minstens één rij",
        )


def _as_cells(values: Sequence[object]) -> list[Cell]:
    """The cells of another library as text, numbers and None."""
    if set(map(type, values)) <= {str, int, type(None)}:
        return list(values)  # type: ignore[arg-type]  # the line above has just looked
    return [_as_cell(value) for value in values]


def _as_cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value != value:  # noqa: PLR0124  # NaN, how pandas says "empty"
        return None
    return value if value is None or isinstance(value, str | int | float) else str(value)
