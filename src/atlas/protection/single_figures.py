"""What a figure gives away as it stands, without the sums: finer areas, note, decimals, province."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.areas.divisions import areas
from ..core.disclosure.fields import is_public_count
from ..core.tables.personal_text import personal_signs
from ..core.words.notation import format_number
from .publications import HIDDEN, is_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .publications import Figure

#: percentage points within which a hidden percentage may not be known
_POINTS = 10.0
_COUNTED_IN_NOTE = re.compile(r"\b\d+ van (?:de )?\d+\b|\bvan (?:de )?\d+\b(?!%)", re.IGNORECASE)
_RATES = {"per_km2": 1.0, "per_1000": 1000.0}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a hand-out gives away: the cell or place, in which files, and how."""

    cell: str
    files: tuple[str, ...]
    how: str

    @property
    def sentence(self) -> str:
        """As one Dutch sentence."""
        return f"{self.cell or 'Een cijfer'}: {self.how} ({', '.join(self.files)})"


def details(figures: Iterable[Figure]) -> list[Finding]:
    """A count at areas finer than a municipality."""
    found = {(one.indicator, one.file) for one in figures if one.detail}
    return [
        Finding(about, (file,), "een aantal op een fijner niveau dan gemeenten")
        for about, file in sorted(found)
    ]


def notes(figures: Iterable[Figure]) -> list[Finding]:
    """A text beside a figure that tells a number, or of a person."""
    found = []
    for one in figures:
        rounded = one.low is not None and is_count(one)
        if one.note and (one.status == HIDDEN or rounded) and (told := _COUNTED_IN_NOTE.search(one.note)):
            cell = f"{one.indicator} {one.area}".strip()
            found.append(Finding(cell, (one.file,), f'de toelichting noemt een aantal: "{told[0]}"'))
        cell = f"{one.indicator} {one.area}".strip()
        found += [Finding(cell, (one.file,), f"de tekst heeft {sign}") for sign in personal_signs(one.note)]
    return found


def rates(figures: Iterable[Figure], width: int) -> list[Finding]:
    """A rate whose decimals give back the number behind it, alone or together with another."""
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    files: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in figures:
        if one.unit not in _RATES or one.value is None or not one.divisor or is_public_count(one.indicator):
            continue
        low, high = (one.low, one.high) if one.low is not None and one.high is not None else (None, None)
        half = 0.5 * 10.0 ** -max(one.decimals, 0)
        ends = (
            (one.value - half if low is None else low) * one.divisor / _RATES[one.unit],
            (one.value + half if high is None else high) * one.divisor / _RATES[one.unit],
        )
        key = one.indicator.replace("_per_km2", "").replace("_per_1000", ""), one.area, one.period
        before = found.get(key, (0.0, math.inf))
        found[key] = max(before[0], ends[0]), min(before[1], ends[1])
        files[key].add(one.file)
    wrong = []
    for key, (low, high) in found.items():
        least, most = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        if most - least < width and most >= least:
            how = f"de decimalen van het cijfer geven het aantal terug: {between_words(least, most)}"
            wrong.append(Finding(f"{key[0]} {key[1]}".strip(), tuple(sorted(files[key])), how))
    return wrong


def percentages(figures: Sequence[Figure]) -> list[Finding]:
    """A hidden percentage of a region that follows from the province and the other regions, with their n."""
    by_key = {
        (one.indicator, one.period, one.area): one
        for one in figures
        if one.unit in ("percent", "procent") and not one.detail
    }
    found = []
    for (about, period, code), whole in by_key.items():
        if code not in {area.code for area in areas("provincie")} or whole.value is None or not whole.n:
            continue
        parts = [
            by_key.get((about, period, area.code)) for area in areas("surveyregio") if area.province == code
        ]
        if any(one is None or not one.n for one in parts):
            continue
        hidden = [one for one in parts if one is not None and one.status == HIDDEN]
        if len(hidden) != 1 or any(one.value is None for one in parts if one not in hidden and one):
            continue
        (lost,) = hidden
        half = 0.5 * 10.0 ** -max(whole.decimals, 0)
        margin = half * 2 * whole.n / (lost.n or 1)
        if 2 * margin < _POINTS * 2:
            how = f"volgt op {format_number(margin, 1)} punt na uit de provincie en de andere regio's"
            found.append(Finding(f"{about} {lost.area}", tuple(sorted({whole.file, lost.file})), how))
    return found


def between_words(low: float, high: float) -> str:
    """Two ends as words, one when they are the same."""
    return (
        f"precies {format_number(low)}" if low == high else f"{format_number(low)} tot {format_number(high)}"
    )
