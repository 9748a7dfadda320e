"""What a statistical table says of itself, and the rows of it that are chosen.

Such a table has one row for each area, period and combination of its other dimensions ("Soort misdrijf"), and
a column for each topic. Which column is which follows from the file; where rows of several periods or kinds
remain, nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import counted
from .cell_numbers import shown
from .column_names import folded
from .periods import read_period, year_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .cell import Cell
    from .table import Description, Table

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that are left of a table.

    Attributes:
        table: Those rows, with their numbers in the file.
        used: Columns that were chosen from: they have one value now.
        period: The chosen period as a reader sees it, "" when nothing was chosen.
        year: The year it lies in, None when it is not known.
        status: What the source says of figures of that period, "" when they are final.
        notes: Dutch sentences.
    """

    table: Table
    used: tuple[str, ...] = ()
    period: str = ""
    year: int | None = None
    status: str = ""
    notes: tuple[str, ...] = ()


def choose_rows(
    table: Table,
    where: Mapping[str, str],
    period: str = "",
    period_column: str = "",
    *,
    must_match: bool = True,
) -> Chosen:
    """The rows of one period and of one value of each named column.

    Args:
        table: Any table; of a statistical one the column of periods is known.
        where: Column -> the value that rows must have; a code of the source does as well as its title.
        period: The period, "" to leave that to the caller.
        period_column: Column with the periods; "" for the one that the table is known by.
        must_match: Whether a `period` must be among those of the table; if not, a table of one period or
            without a column for it passes whole.

    Raises:
        AtlasError: no such column, an empty choice, or a value that the column does not have.
    """
    said = table.description
    column = period_column or (said.period if said else "")
    keep: list[bool] | None = None
    used = []
    for name, value in where.items():
        keep = _narrowed(keep, _rows_with(table, _named(table, name), value))
        used.append(_named(table, name))
    chosen = Chosen(table)
    if period and not column and must_match:
        raise AtlasError(
            "Deze tabel heeft geen kolom met perioden.",
            where=table.source,
            got=f"de periode {shown(period)}",
            hint="Noem de kolom met de perioden, of laat de periode weg.",
            choices=("period_column",),
        )
    if column:
        texts = list(
            dict.fromkeys(map(_text, compress(table.column(column), keep) if keep else table.column(column)))
        )
        if period:
            wanted = _periods_meant(table, column, period, texts, must_match=must_match)
            keep = _narrowed(keep, [_text(cell) in wanted for cell in table.column(column)])
            used.append(column)
            texts = list(wanted)
        chosen = _with_period(chosen, texts, said)
    elif period:  # of the whole table, by who has it
        chosen = _with_period(chosen, [period], said)
    if keep is None:
        return chosen
    left = _kept(table, keep)
    return replace(chosen, table=left, used=tuple(used), notes=(*chosen.notes, _left_out(table, left)))


def _named(table: Table, name: str) -> str:
    """The column that is meant, whatever its capitals and blanks: "SoortMisdrijf" is "Soort misdrijf"."""
    known = {folded(column): column for column in table.columns}
    return name if name in table.columns else known.get(folded(name), name)


def _rows_with(table: Table, column: str, value: str) -> list[bool]:
    cells = table.column(column)
    aliases = (table.description.aliases or {}).get(column, {}) if table.description else {}
    wanted = aliases.get(value.strip().casefold(), value).strip().casefold()
    is_wanted = {cell: _text(cell).casefold() == wanted for cell in set(cells)}
    if not wanted or not any(is_wanted.values()):
        raise AtlasError(
            "De keuze is leeg." if not wanted else "Deze waarde staat niet in de kolom.",
            where=f'{table.source}, kolom "{column}"',
            got=shown(value) if wanted else "",
            expected=_listed(map(_text, dict.fromkeys(cells))),
            hint="Kies een van deze waarden.",
            choices=("where",),
        )
    return list(map(is_wanted.__getitem__, cells))


def _periods_meant(
    table: Table, column: str, period: str, texts: Sequence[str], *, must_match: bool
) -> tuple[str, ...]:
    """The cells that say this period: "2024" is "2024JJ00" and "2024*" as well."""
    asked = read_period(period)
    wanted = period.strip().casefold()
    found = []
    for text in texts:
        read = read_period(text)
        if text.casefold() == wanted or (asked and read and read.same(asked)):
            found.append(text)
    if not found and not must_match and len(texts) == 1:
        return tuple(texts)
    if not found:
        raise AtlasError(
            "Deze periode staat niet in de tabel.",
            where=f'{table.source}, kolom "{column}"',
            got=shown(period),
            expected=_listed(texts),
            hint="Kies een van deze perioden.",
            choices=("period",),
        )
    if len(found) > 1:
        raise AtlasError(
            "Deze periode staat op twee manieren in de tabel.",
            where=f'{table.source}, kolom "{column}"',
            got=_listed(found),
            hint="Houd de rijen van één van beide over.",
            choices=("where",),
        )
    return tuple(found)


def _with_period(chosen: Chosen, texts: Sequence[str], said: Description | None) -> Chosen:
    """What is known of the one period that is left; nothing when there are more."""
    if len(texts) != 1:
        return chosen
    read = read_period(texts[0])
    status = ((said.provisional or {}).get(texts[0], "") if said else "") or (read.status if read else "")
    return replace(chosen, period=read.label if read else texts[0], year=year_in(texts[0]), status=status)


def _narrowed(keep: list[bool] | None, also: list[bool]) -> list[bool]:
    return also if keep is None else [one and other for one, other in zip(keep, also, strict=True)]


def _kept(table: Table, keep: list[bool]) -> Table:
    if not any(keep):
        raise AtlasError(
            "Bij deze keuzen blijft er geen rij over.",
            where=table.source,
            hint="Elke keuze apart komt voor, samen niet: kies een andere combinatie.",
            choices=("where", "period"),
        )
    cells = tuple(list(compress(column, keep)) for column in table.cells)
    return replace(table, cells=cells, rows=list(compress(table.rows, keep)))


def _left_out(table: Table, left: Table) -> str:
    count = len(table) - len(left)
    if not count:
        return ""
    return (
        f"{counted(count, 'rij', 'rijen')} van een andere periode of soort "
        f"{'is' if count == 1 else 'zijn'} niet gebruikt."
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _listed(texts: Iterable[str]) -> str:
    known = [text for text in texts if text]
    more = len(known) - _NAMED
    return ", ".join(map(shown, known[:_NAMED])) + (f" en nog {more}" if more > 0 else "")
