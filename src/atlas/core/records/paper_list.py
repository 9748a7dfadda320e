"""A list to read on paper: which columns fit, how a cell is written, and how wide each column becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..words.notation import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .reading_list import Cell, ReadingList

    #: text, and whether it is bold -> how wide it is drawn
    Measure = Callable[[str, bool], float]

#: stands on paper, where not every column fits
MORE_IN_XLSX = "Niet alle kolommen passen op papier; als werkmap (XLSX) heeft deze lijst ze allemaal."
#: letters of a word that is never broken; a longer one, as an address of a page, may be
_LONGEST_WORD = 22


@dataclass(frozen=True, slots=True)
class PaperTable:
    """The table of a list as it is printed: labels, rows of texts, and the width of each column."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def paper_table(content: ReadingList, *, room: float, padding: float, measure: Measure) -> PaperTable:
    """Lay out a list: no word is broken, and what room is left goes to the columns that want more.

    Args:
        content: The list.
        room: How wide the table may be.
        padding: On either side in a cell, in the same unit.
        measure: How wide a text is drawn, in the same unit.
    """
    shown = [
        position
        for position, column in enumerate(content.columns)
        if not column.is_more and (not content.rows or any(row[position] != "" for row in content.rows))
    ]
    labels = tuple(content.columns[position].label for position in shown)
    rows = tuple(tuple(_text(row[position]) for position in shown) for row in content.rows)
    letter = _widest("n", measure, bold=False)
    least = [
        2 * padding + max(_widest(label.split(), measure, bold=True), _of_column(rows, place, measure))
        for place, label in enumerate(labels)
    ]
    left = room - sum(least)
    if left < 0:  # then words are broken after all
        return PaperTable(labels, rows, tuple(room * width / sum(least) for width in least))
    more = [
        max(content.columns[position].width * letter - width, padding)
        for position, width in zip(shown, least, strict=True)
    ]
    widths = (width + left * one / sum(more) for width, one in zip(least, more, strict=True))
    return PaperTable(labels, rows, tuple(widths))


def _of_column(rows: Sequence[Sequence[str]], place: int, measure: Measure) -> float:
    """How wide the longest word of a column is that may not be broken."""
    words = {word for row in rows for word in row[place].split() if len(word) <= _LONGEST_WORD}
    longest = sorted(words, key=len)[-_MEASURED:]
    return _widest(longest, measure, bold=False)


#: of the longest words so many are measured: the widest is among them
_MEASURED = 40


def _widest(words: Sequence[str], measure: Measure, *, bold: bool) -> float:
    return max((measure(word, bold) for word in words), default=0)


def _text(value: Cell) -> str:
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float):
        return format_number(value, 0 if value.is_integer() else 1)
    return str(value)
