"""What each different text of a column of areas turned out to be, and what that makes of its rows."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from ..areas import divisions, resolution, resolving
from ..areas.district_resolving import resolve_district
from ..areas.districts import DISTRICT_LEVEL
from ..areas.gazetteer import was_municipality
from ..schema.outcomes import (
    AMBIGUOUS,
    DIVIDED,
    LINKED,
    LINKED_CORRECTED,
    LINKED_MERGED,
    LINKED_SPELLING,
    OUTSIDE,
    PLACE,
    TOTAL,
    UNKNOWN,
)
from ..tables.side_rows import other_level_explanation, total_explanation
from .combining import former_key, place_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.cell import Cell
    from .dividing import Division

_OUTCOME_OF_REASON = {
    resolution.EXACT: LINKED,
    resolution.SPELLING: LINKED_SPELLING,
    resolution.CORRECTED: LINKED_CORRECTED,
    resolution.MERGED: LINKED_MERGED,
    resolution.PLACE: PLACE,
    resolution.AMBIGUOUS: AMBIGUOUS,
    resolution.UNKNOWN: UNKNOWN,
    resolution.EMPTY: UNKNOWN,
    resolution.OUTSIDE: OUTSIDE,
}
#: a text that is surely an area is never taken for a total; one that may be, never for a footnote
_SURE = frozenset({resolution.EXACT, resolution.SPELLING, resolution.MERGED, resolution.PLACE})


class Match(NamedTuple):
    """What a text of the key column turned out to be."""

    area: divisions.Area | None
    part: str  # the area's code, or which former municipality it is
    outcome: str
    explanation: str
    may_be_footnote: bool
    was_municipality: bool = False
    division: Division | None = None


def match_areas(
    texts: Sequence[Cell],
    level: str,
    year: int | None,
    places: str,
    divided: Sequence[Division] = (),
    *,
    listed: bool = False,
) -> tuple[list[Match], list[int]]:
    """What every different text is, and for every row which of those it has.

    Args:
        texts: The key column.
        level: The level that is joined to.
        year: Of the municipal division.
        places: What a row about a place is: "sum" or "error".
        divided: How municipalities that were divided are estimated.
        listed: Whether the table is of a source that lists areas of every level in one column.
    """
    position_of = {text: position for position, text in enumerate(dict.fromkeys(texts))}
    matches = [_match_text(text, level, year, places) for text in position_of]
    if listed and level != "gemeente":
        matches = [_of_smaller(match, text) for match, text in zip(matches, position_of, strict=True)]
    if divided:
        matches = [
            _divided(match, text, year, divided) for match, text in zip(matches, position_of, strict=True)
        ]
    return matches, list(map(position_of.__getitem__, texts))


def match_districts(texts: Sequence[Cell], beside: Sequence[Cell] | None) -> tuple[list[Match], list[int]]:
    """As `match_areas`, for wijken: a name means one only beside its municipality."""
    pairs = list(zip(texts, beside or repeat(None)))  # noqa: B905 - without a column there is no end
    position_of = {pair: position for position, pair in enumerate(dict.fromkeys(pairs))}
    return [_match_district(*pair) for pair in position_of], list(map(position_of.__getitem__, pairs))


def _match_district(text: Cell, municipality: Cell) -> Match:
    found = resolve_district(text, municipality)
    if found.reason in (resolution.UNKNOWN, resolution.EMPTY) and isinstance(text, str):
        total = total_explanation(text, DISTRICT_LEVEL)
        if total:
            return Match(None, "", TOTAL, total, may_be_footnote=False)
    code = found.area.code if found.area else ""
    return Match(found.area, code, _OUTCOME_OF_REASON[found.reason], found.explanation, not found.area)


def _match_text(text: Cell, level: str, year: int | None, places: str) -> Match:
    found = resolving.resolve(text, level, year)
    if found.reason == resolution.PLACE and places == "sum":
        added = f"{found.explanation} Op verzoek is het aantal bij die gemeente opgeteld."
        return Match(found.candidates[0], place_key(found.place), PLACE, added, may_be_footnote=False)
    if found.reason not in _SURE and isinstance(text, str):
        total = total_explanation(text, level)
        if total:
            return Match(None, "", TOTAL, total, may_be_footnote=False)
        other = other_level_explanation(text, level)
        if other:
            return Match(None, "", OUTSIDE, other, may_be_footnote=False)
    part, outcome = "", _OUTCOME_OF_REASON[found.reason]
    if found.area:
        part = former_key(found.former) if found.former else found.area.code
    gone = not found.area and isinstance(text, str) and was_municipality(text)
    return Match(found.area, part, outcome, found.explanation, not found.area, gone)


def _of_smaller(match: Match, text: Cell) -> Match:
    """The match of a municipality in a list of areas of every level, where a larger one is asked for."""
    if match.area or resolving.resolve(text, "gemeente").reason not in (
        resolution.EXACT,
        resolution.SPELLING,
    ):
        return match
    return match._replace(outcome=OUTSIDE) if match.outcome == UNKNOWN else match


def _divided(match: Match, text: Cell, year: int | None, divided: Sequence[Division]) -> Match:
    """The match of a municipality that was divided after `year`: its counts go to both parts."""
    former = resolving.resolve(text, "gemeente", year).former
    for division in divided:
        if not match.area and former == division.former and year and year < int(former.valid_to[:4]):
            part = former_key(former)
            return Match(None, part, DIVIDED, division.sentence, may_be_footnote=False, division=division)
    return match
