"""What a cell of an XLSX holds, from its kind and its text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: day 0 of a workbook: from March 1900 on, the leap day of 1900 that never was does not matter
FIRST_DAY, FIRST_DAY_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet has no zone
_LAST_DAY = 2_958_465
_TEXTS = ("s", "str", "inlineStr")
_TRUE = ("1", "true")
#: not half a sign, nor one that ends a text
_ESCAPED = re.compile("_x(?!0000|[Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def cell_value(
    kind: str, text: str, strings: Sequence[str], *, date: bool, first_day: dt.datetime
) -> str | float | bool | dt.date | dt.datetime | dt.time | None:
    """What a cell holds; None for nothing and for an error such as #N/B.

    Args:
        kind: As the file says it: s, str, inlineStr, b, d, e or n (ECMA-376, ST_CellType).
        text: Of the cell; of a cell of kind s the position of its text.
        strings: The texts that cells name by their position.
        date: Whether its format shows a day or a time.
        first_day: Day 0 of the workbook.

    Raises:
        ValueError: it names a text that is not there.
    """
    if not text or kind == "e":
        return None
    if kind in _TEXTS:
        return _unescaped(_named(text, strings) if kind == "s" else text) or None
    if kind == "b":
        return text in _TRUE
    if kind == "d":
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return _moment(number, first_day) if date and 0 <= number <= _LAST_DAY else number


def _named(position: str, strings: Sequence[str]) -> str:
    number = int(position)
    if not 0 <= number < len(strings):
        raise ValueError(position)
    return strings[number]


def _unescaped(text: str) -> str:
    """Text with the signs that XML can't hold: "_x000D_" is the end of a line (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _moment(number: float, first_day: dt.datetime) -> dt.date | dt.datetime | dt.time:
    moment = first_day + dt.timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
