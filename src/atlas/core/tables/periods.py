"""Periods as statistical tables write them: "2024JJ00", "2024*", "2024 1e kwartaal", "2025MM03"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..words.notation import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

YEAR, QUARTER, MONTH = "jaar", "kwartaal", "maand"
PROVISIONAL = "voorlopig"
REVISED = "nader voorlopig"
#: how CBS marks a period of which the figures may change
_MARKS = {"": "", "*": PROVISIONAL, "**": REVISED}
_CODE = re.compile(r"((?:19|20)[0-9]{2})(JJ|KW|MM)([0-9]{2})")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})")
_QUARTER = re.compile(r"((?:19|20)[0-9]{2})[ -](?:([1-4])e kwartaal|(?:q|k|kw)([1-4]))")
_MONTH = re.compile(rf"((?:19|20)[0-9]{{2}})[ -]({'|'.join(MONTHS)})")
_SAYS = re.compile(r"\b(?:nader )?voorlopige?\b", re.IGNORECASE)
_DATE = re.compile(rf"[0-9]{{1,2}}[-/ .](?:[0-9]{{1,2}}|{'|'.join(MONTHS)})[-/ .][0-9]{{4}}", re.IGNORECASE)
_SPAN = re.compile(r"((?:19|20)[0-9]{2}) ?(?:-|\u2013|tot|t/m|tot en met) ?((?:19|20)[0-9]{2})")
_IN_TEXT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_KINDS = {"JJ": YEAR, "KW": QUARTER, "MM": MONTH}


class Period(NamedTuple):
    """A year, quarter or month.

    Attributes:
        year: The year it lies in.
        kind: `YEAR`, `QUARTER` or `MONTH`.
        number: Which quarter or month; 0 for a year.
        status: What CBS says of figures that may change, "" when they are final.
    """

    year: int
    kind: str
    number: int
    status: str = ""

    @property
    def label(self) -> str:
        """As a reader sees it: "2024", "2024 1e kwartaal", "2025 maart"."""
        if self.kind == QUARTER:
            return f"{self.year} {self.number}e kwartaal"
        return f"{self.year} {MONTHS[self.number - 1]}" if self.kind == MONTH else str(self.year)

    def same(self, other: Period) -> bool:
        """Whether both are one period, whatever the status."""
        return self[:3] == other[:3]


def read_period(text: str) -> Period | None:
    """The period of a cell, or None when it is not one written as CBS and the police do."""
    bare = text.strip().casefold()
    marked = bare.rstrip("*")
    status = _MARKS.get(bare[len(marked) :])
    if status is None:
        return None
    bare = marked.strip()
    if code := _CODE.fullmatch(bare.upper()):
        return _checked(Period(int(code[1]), _KINDS[code[2]], int(code[3]), status))
    if year := _YEAR.fullmatch(bare):
        return Period(int(year[1]), YEAR, 0, status)
    if quarter := _QUARTER.fullmatch(bare):
        return Period(int(quarter[1]), QUARTER, int(quarter[2] or quarter[3]), status)
    if month := _MONTH.fullmatch(bare):
        return Period(int(month[1]), MONTH, MONTHS.index(month[2]) + 1, status)
    return None


def year_in(text: str) -> int | None:
    """The year a period begins with, however it goes on ("2016-najaar", "2016JJ00"); None without one."""
    found = re.match(r"\s*((?:19|20)[0-9]{2})(?![0-9])", text)
    return int(found[1]) if found else None


def period_order(text: str) -> tuple[str, int, str]:
    """By what periods are sorted, oldest first: year, month or quarter within it, then the text itself.

    A year comes before the months of it; what is no period of a known form goes by its first year.
    """
    if read := read_period(text):
        return (str(read.year), read.number * (3 if read.kind == QUARTER else 1), text)
    found = re.search(r"((?:19|20)[0-9]{2})(?:-([0-9]{2})(?![0-9]))?", text)
    return (found[1], int(found[2] or 0), text) if found else ("", 0, text)


def period_start(text: str) -> str:
    """The first day of a period (ISO), by which it lies before or after a change; "" when it has no year."""
    year, month, _text = period_order(text)
    read = read_period(text)
    first = month - 2 if read and read.kind == QUARTER else month
    day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-([0-9]{2})", text)
    return f"{year}-{first or 1:02}-{day[1] if day else '01'}" if year else ""


def period_end(text: str) -> str:
    """The first day after a period (ISO): of a year, quarter, month or day; "" when it has no year."""
    start = period_start(text)
    if not start:
        return ""
    first = date.fromisoformat(start)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return (first + timedelta(days=1)).isoformat()
    read = read_period(text)
    kind = read.kind if read else MONTH if re.search(r"[0-9]{4}-[0-9]{2}(?![0-9])", text) else YEAR
    months = first.month - 1 + {YEAR: 12, QUARTER: 3, MONTH: 1}[kind]
    return date(first.year + months // 12, months % 12 + 1, 1).isoformat()


def _checked(period: Period) -> Period | None:
    most = {YEAR: 0, QUARTER: 4, MONTH: len(MONTHS)}[period.kind]
    least = 0 if period.kind == YEAR else 1
    return period if least <= period.number <= most else None


def provisional_texts(texts: Iterable[str], column: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The notes beside a table that call figures of one of its columns provisional, as they stand there.

    A note of which the mark ("* voorlopig") stands behind the name of some column is about those columns.

    Args:
        texts: Titles and notes.
        column: The column with the figures.
        columns: All of them.
    """
    marked = {_mark(name) for name in columns} - {""}
    found = (" ".join(text.split()) for text in texts if _SAYS.search(text))
    return tuple(
        text
        for text in dict.fromkeys(found)
        if (mark := text[: len(text) - len(text.lstrip("*"))]) not in marked or mark == _mark(column)
    )


def provisional_status(texts: Iterable[str], period: str) -> str:
    """What notes say of the figures of a period: "voorlopig", "nader voorlopig", or "" for nothing.

    A note that names years is about those; a date in it is none of them.

    Args:
        texts: Of `provisional_texts`.
        period: As ISO text that begins with a year, or "" when it is not known.
    """
    for text in texts:
        years = _years(text)
        if not years or not period or int(period[:4]) in years:
            return REVISED if "nader" in text.casefold() else PROVISIONAL
    return ""


def _years(text: str) -> set[int]:
    bare = _DATE.sub(" ", text)
    spans = (range(int(first), int(last) + 1) for first, last in _SPAN.findall(bare))
    return {int(year) for year in _IN_TEXT.findall(bare)} | {year for span in spans for year in span}


def _mark(name: str) -> str:
    bare = name.rstrip()
    return bare[len(bare.rstrip("*")) :]
