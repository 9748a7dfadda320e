"""A total in the table is held against the sum of its areas: when they differ, a row is missing or wrong."""

from __future__ import annotations

import math
import re
from itertools import compress
from typing import TYPE_CHECKING

from ..areas.districts import District, joinable_area
from ..areas.divisions import Area, area, levels
from ..areas.resolving import resolve
from ..schema.outcomes import FOOTNOTE, OUTCOMES, TOTAL
from ..tables.cell_numbers import shown
from ..words.notation import format_number
from ..words.spelling import normalise
from .joined import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..tables.cell import Cell
    from .combining import Draft

#: units of which the areas add up to the total
_SUMS = frozenset({"count", "eur"})
#: a total of everything in the table; a mean is none, and of the country most areas are not in the table
_OF_EVERYTHING = re.compile(
    r"(?:eind|algemeen )?tota(?:al|len)(?: \w+)?|(?:grand )?total|som|beide provincies"
    r"|drenthe en groningen|groningen en drenthe"
)
#: "Totaal Groningen", "Drenthe totaal": of that province only
_OF_A_PROVINCE = re.compile(r"tota(?:al|len) (?P<after>.+)|(?P<before>.+) totaal")
#: each row of a rounded column may be off by a half
_ROUNDING = 0.5


def hold_totals_against(draft: Draft, texts: Sequence[Cell], area_codes: Sequence[str]) -> tuple[str, ...]:
    """A Dutch sentence for every total that differs from the sum of its areas, also written at its row.

    Args:
        draft: The numbers and outcomes of every row; explanations of totals are added to.
        texts: What stands in the key column.
        area_codes: The area of each row, "" when it has none.
    """
    total = OUTCOMES.index(TOTAL)
    if draft.unit not in _SUMS or total not in draft.outcomes:
        return ()
    rows: dict[str, list[int]] = {}
    for position in compress(range(len(draft.outcomes)), map(total.__eq__, draft.outcomes)):
        if draft.values.values[position] is not None:
            rows.setdefault(cell_text(texts[position]).strip(), []).append(position)
    notes = []
    for text, positions in rows.items():
        sums = _sums(text, draft, area_codes)
        stated = math.fsum(draft.values.values[position] or 0.0 for position in positions)
        margin = 0.0 if stated.is_integer() else _ROUNDING * len(area_codes)
        if not sums or any(abs(found - stated) <= max(margin, 1e-9 * abs(stated)) for found in sums):
            continue
        said = f"{shown(text)} ({draft.named(positions)}) is {_written(stated)}"
        of_what = "de gebieden daarin tellen" if larger_area(text) else "de rijen tellen"
        note = f"{said}, maar {of_what} op tot {_written(sums[0])}."
        notes.append(note)
        for position in positions:
            draft.explanations[position] += f" {note}"
    return tuple(notes)


def _sums(text: str, draft: Draft, area_codes: Sequence[str]) -> list[float]:
    """What a total may be the sum of: the areas of a larger area, or the areas, or all rows with a number."""
    values = draft.values.values
    aside = {OUTCOMES.index(TOTAL), OUTCOMES.index(FOOTNOTE)}
    used = [outcome not in aside for outcome in draft.outcomes]
    larger = larger_area(text)
    if larger is not None:
        codes = set(filter(None, area_codes))
        inside = {code for code in codes if joinable_area(code).province == larger.code}
        if not inside:
            return []
        within = [code in inside for code in area_codes]
        # a former municipality or a place without an area of its own may lie in this province, or not
        perhaps = [
            counts and code not in codes - inside for counts, code in zip(used, area_codes, strict=True)
        ]
        return [
            _sum(compress(values, chosen)) for chosen in (within, perhaps, _in_namesake(larger, area_codes))
        ]
    if not _OF_EVERYTHING.fullmatch(normalise(text)):
        return []
    return [_sum(compress(values, area_codes)), _sum(compress(values, used))]


def _in_namesake(larger: Area, area_codes: Sequence[str]) -> list[bool]:
    """Which rows are wijken of a municipality named as its province: "Totaal Groningen" may be of it."""
    areas = {code: joinable_area(code) for code in set(area_codes) if code}
    named = {
        code
        for code, one in areas.items()
        if isinstance(one, District) and area(one.municipality).name == larger.name
    }
    return [code in named for code in area_codes]


def _sum(values: Iterable[float | None]) -> float:
    return math.fsum(filter(None, values))


def larger_area(text: str) -> Area | None:
    """The province that a total names."""
    largest = levels()[-1].id
    named = _OF_A_PROVINCE.fullmatch(normalise(text))
    name = (named["after"] or named["before"]) if named else text
    return resolve(name, largest).area


def _written(value: float) -> str:
    return format_number(value, 0 if value.is_integer() else 2)
