"""Text that a spreadsheet shows and never runs."""

from __future__ import annotations

from typing import TypeVar

Cell = TypeVar("Cell")

#: what a spreadsheet may take for a formula, also when typed in full width (OWASP, CSV injection)
_FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"


def harmless(cell: Cell) -> Cell | str:
    """A cell that no spreadsheet runs: text that starts like a formula gets an apostrophe before it.

    What can't be seen (blanks, control characters, marks of direction) doesn't hide such a start.
    """
    if not isinstance(cell, str):
        return cell
    first = next((letter for letter in cell if letter.isprintable() and not letter.isspace()), "")
    return f"'{cell}" if first and first in _FORMULA_STARTS else cell


def harmless_line(text: str) -> str:
    """One line of printable text that no spreadsheet takes for a formula."""
    if not text.isprintable():  # line ends, halves of characters that can't be written, direction marks
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return harmless(" ".join(text.split()))
