"""The tables on a sheet of a workbook: where each begins, and the names of its columns over several rows.

A sheet as people keep it has a title, a header of one to three rows with merged cells, notes below, and
sometimes a second table. What is not sure is not guessed: the caller refuses it with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .area_headers import names_an_area
from .column_names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    #: first row and column, last row and column, counted from 0
    Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
    Rows = Sequence[Sequence[object]]

#: how far down a header may start
_HEADER_WITHIN = 30
#: names of a header may stand in as many rows
_MOST_HEADER_ROWS = 3
_YEARS, _DIGITS_OF_A_YEAR = range(1900, 2101), 4
#: two headers with so many names in common head two tables
_SAME_NAMES = 2
#: behind the name of a sheet: the number of a table, or of the row that a person points out as the header
_ROW = "rij"
_POINTED_OUT = re.compile(rf"(.*)#({_ROW})?([0-9]{{1,7}})", re.DOTALL)
#: a table is at least a header and a row of as many cells
_LEAST_CELLS = 2


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of a sheet; rows are counted from 0.

    Attributes:
        names: Position of a column -> its name; "" for a column that has none.
        header: First row of the header.
        body: First row under the header.
        end: First row that no longer belongs to it.
        split: The rows of the header, when its names could not be made of them; None when they could.
        title: What stands alone above it.
    """

    names: dict[int, str]
    header: int
    body: int
    end: int
    split: tuple[int, int] | None
    title: str


def sheet_tables(rows: Rows, merged: Merged = ()) -> list[SheetTable]:
    """The tables of a sheet from top to bottom and left to right; [] for an empty one."""
    starts = _starts(rows)
    if len(starts) < 2:  # noqa: PLR2004
        header = _header_row(rows, 0, len(rows))
        starts = [] if header is None else [header]
    found: list[SheetTable] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        if number + 1 < len(starts):  # its title belongs to the next one
            end = _above(rows, end)
        top = 0 if number == 0 else _above(rows, start)
        found += _side_by_side(rows, merged, start, end, top)
    return found


def table_under(rows: Rows, header: int, merged: Merged = ()) -> SheetTable | None:
    """The table whose names stand in one row that a person pointed out; None when nothing stands there.

    Args:
        rows: Of the sheet.
        header: The row, counted from 0.
        merged: Merged cells.
    """
    if not 0 <= header < len(rows) or not _count(rows[header]):
        return None
    end = next((one.end for one in sheet_tables(rows, merged) if one.header <= header < one.end), len(rows))
    width = max(map(len, rows[header:end]))
    names = {position: _name(rows, (), header, header, position) for position in range(width)}
    return SheetTable(names, header, header + 1, end, None, "")


def named_table(sheet: str) -> tuple[str, int, int]:
    """What a user says to be read of a file.

    Args:
        sheet: "Blad1"; "Blad1#2" for its second table; "Blad1#rij5" for the one with its names in row 5, and
            "#rij5" in a file with one sheet or none.

    Returns:
        The sheet ("" when not said), the number of the table (0), the row of the header, from 1 (0).
    """
    found = _POINTED_OUT.fullmatch(sheet)
    if not found:
        return sheet, 0, 0
    number = int(found[3])
    return (found[1], 0, number) if found[2] else (found[1], number, 0)


def with_header(sheet: str, row: int) -> str:
    """The same, with the names in a row of one's own choice; 0 for the row that is recognised."""
    name, number, _before = named_table(sheet)
    if row:
        return f"{name}#{_ROW}{row}"
    return f"{name}#{number}" if number else name


def filled(cell: object) -> bool:
    """Whether a cell holds anything."""
    return cell is not None and str(cell).strip() != ""


def texts_around(rows: Rows, table: SheetTable) -> list[str]:
    """What stands alone in its row above a table or below it: titles, sources, notes."""
    alone = []
    for number in (*range(table.header), *range(table.body, len(rows))):
        cells = [cell for cell in rows[number] if filled(cell)]
        if len(cells) == 1 and isinstance(cells[0], str):
            alone.append(" ".join(cells[0].split()))
    return alone


def _count(row: Iterable[object]) -> int:
    return sum(map(filled, row))


def _above(rows: Rows, start: int) -> int:
    """The row after the last blank one above `start`: where a title of one line begins."""
    row = start
    while row > 0 and _count(rows[row - 1]):
        row -= 1
    # a title, a blank line, and the header
    if row >= 2 and _count(rows[row - 2]) == 1 and (row == 2 or not _count(rows[row - 3])):  # noqa: PLR2004
        return row - 2
    return row


def _header_row(rows: Rows, first: int, end: int) -> int | None:
    counts = [_count(row) for row in rows[first : min(end, first + _HEADER_WITHIN)]]
    widest = max(counts, default=0)
    return next((first + n for n, count in enumerate(counts) if count and 2 * count > widest), None)


def _starts(rows: Rows) -> list[int]:
    """The header rows of tables that are surely tables of their own: a name above each column of numbers."""
    starts: list[int] = []
    names: list[set[str]] = []
    row = 0
    while row < len(rows):
        if not _count(rows[row]):
            row += 1
            continue
        end = row
        while end < len(rows) and _count(rows[end]):
            end += 1
        header = next((n for n in range(row, min(row + 4, end)) if _looks_like_header(rows, n, end)), None)
        if header is not None:
            own = {folded(str(cell)) for cell in rows[header] if filled(cell)}
            again = any(len(own & other) >= _SAME_NAMES for other in names)
            if again or not starts or _has_numbers_below(rows, header, end):
                starts.append(header)
                names.append(own)
        row = end
    return starts


def _is_name(cell: object) -> bool:
    if isinstance(cell, str):
        return not cell.strip().replace(",", "").replace(".", "").replace("-", "").isdigit() or _is_year(cell)
    return _is_year(cell)


def _is_year(cell: object) -> bool:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return text.isdecimal() and len(text) == _DIGITS_OF_A_YEAR and int(text) in _YEARS


def _looks_like_header(rows: Rows, number: int, end: int) -> bool:
    cells = [cell for cell in rows[number] if filled(cell)]
    return (
        len(cells) >= _LEAST_CELLS
        and all(map(_is_name, cells))
        and isinstance(cells[0], str)
        and not names_an_area(cells[0])
        and number + 1 < end
        and _count(rows[number + 1]) >= _LEAST_CELLS
    )


def _has_numbers_below(rows: Rows, header: int, end: int) -> bool:
    for position, name in enumerate(rows[header]):
        below = [row[position] for row in rows[header + 1 : end] if position < len(row)]
        numbers = [cell for cell in below if isinstance(cell, int | float) or _is_number(cell)]
        if filled(name) and below and 2 * len(numbers) > sum(map(filled, below)):
            return True
    return False


def _is_number(cell: object) -> bool:
    return isinstance(cell, str) and cell.strip().replace(".", "").replace(",", "", 1).isdigit()


def _side_by_side(rows: Rows, merged: Merged, start: int, end: int, top: int) -> list[SheetTable]:
    width = max(map(len, rows[start:end]), default=0)
    used = [
        position
        for position in range(width)
        if any(position < len(row) and filled(row[position]) for row in rows[start:end])
    ]
    groups: list[list[int]] = []
    for position in used:
        if groups and position == groups[-1][-1] + 1:
            groups[-1].append(position)
        else:
            groups.append([position])
    heads = [folded(str(_cell(rows[start], group[0]))) for group in groups]
    if len(groups) < 2 or not heads[0] or heads.count(heads[0]) < len(groups):  # noqa: PLR2004
        groups = [list(range(width))]
    return [_one_table(rows, merged, (top, start, end), group) for group in groups]


def _cell(row: Sequence[object], position: int) -> object:
    return row[position] if position < len(row) else None


def _one_table(
    rows: Rows, merged: Merged, extent: tuple[int, int, int], columns: Sequence[int]
) -> SheetTable:
    top, start, end = extent

    def cells(row: int) -> list[object]:
        return [_cell(rows[row], position) for position in columns]

    first, last = start, start
    body_of = range(start + 1, end)
    unnamed = [p for p in columns if not filled(_cell(rows[start], p))]
    unnamed = [p for p in unnamed if any(filled(_cell(rows[row], p)) for row in body_of)]
    names = [str(cell).strip() for cell in cells(start) if filled(cell)]
    above = next((row for row in range(start - 1, top - 1, -1) if _count(cells(row))), None)
    over_it = above is not None and (
        (_count(cells(above)) > 1 and any(filled(_cell(rows[above], p)) for p in unnamed))
        or (len(set(names)) < len(names) and _names_groups(cells(above)))
    )
    under_it = (
        start + 1 < end
        and any(isinstance(c := _cell(rows[start + 1], p), str) and filled(c) for p in unnamed)
        and not filled(_cell(rows[start + 1], columns[0]))
    )
    sparse = above is not None and _count(cells(above)) > 1 and filled(cells(start)[0])
    sparse = sparse and names_an_area(str(cells(start)[0]))
    if over_it and above is not None:
        first = above
        while first > top and start - first < _MOST_HEADER_ROWS - 1 and _names_groups(cells(first - 1)):
            first -= 1
    elif under_it:
        last = start + 1
    made = {position: _name(rows, merged, first, last, position) for position in columns}
    if last > first:
        made = {p: name for p, name in made.items() if name or p in unnamed}
        given = [name for name in made.values() if name]
        wrong = len(set(given)) < len(given) or any(not name for name in made.values())
    else:
        wrong = sparse
    begin = max(start - 1, 0) if sparse and last == first else first
    split = (begin, max(last, begin + 1)) if wrong else None
    titles = [cells(row) for row in range(top, first)]
    title = next((str(c[0]) for row in titles if len(c := [x for x in row if filled(x)]) == 1), "")
    return SheetTable(made, first, last + 1, end, split, " ".join(title.split()))


def _names_groups(cells: Sequence[object]) -> bool:
    """Whether a row of a header names groups of columns: more than a title in the first column."""
    there = [position for position, cell in enumerate(cells) if filled(cell)]
    return len(there) > 1 or (len(there) == 1 and there[0] > 0)


def _name(rows: Rows, merged: Merged, first: int, last: int, position: int) -> str:
    """The name of a column from the rows of the header, the group before the column: "Totaal 2024"."""
    parts: list[str] = []
    lowest = next((row for row in range(last, first - 1, -1) if filled(_cell(rows[row], position))), None)
    for row in range(first, last + 1):
        cell = _cell(rows[row], position)
        if not filled(cell) and row != last and lowest is not None and lowest > row:
            cell = _group(rows, merged, row, position)
        text = " ".join((f"{cell:.0f}" if _is_year(cell) and isinstance(cell, float) else str(cell)).split())
        if filled(cell) and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _group(rows: Rows, merged: Merged, row: int, position: int) -> object:
    """The name of the group above a column: of the merged cell over it, or the last one to its left."""
    if any(top <= row <= bottom and left != right for (top, left), (bottom, right) in merged):
        return next(
            (
                _cell(rows[top], left)
                for (top, left), (bottom, right) in merged
                if top <= row <= bottom and left <= position <= right
            ),
            None,
        )
    return next((c for p in range(position, -1, -1) if filled(c := _cell(rows[row], p))), None)
