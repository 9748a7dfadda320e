"""The answer to "which area is this?", and the Dutch sentences that explain it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..words.notation import format_period
from ..words.spelling import normalise
from . import gazetteer
from .divisions import Area, area, former_parts, level_of, mergers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .other_names import Abolished, Outside, PlaceElsewhere

EXACT = "exact"
SPELLING = "spelling"
CORRECTED = "gecorrigeerd"
MERGED = "herindeling"
PLACE = "plaats"
AMBIGUOUS = "dubbelzinnig"
UNKNOWN = "onbekend"
OUTSIDE = "buiten_gebied"
EMPTY = "leeg"

_QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text turned out to be.

    `area` is always one of the present division, None when refused. `reason` is one of the constants of this
    module. `candidates` are the areas to choose from when the text is ambiguous; of a place (`PLACE`, which
    is never its municipality) the one municipality it lies in, and `place` its code. `former` is the
    municipality of that time, when the text names one that has since merged (also when its spelling was
    corrected) or was divided (then without an area).
    `explanation` is a Dutch sentence, "" when the text was exact.
    """

    area: Area | None
    reason: str
    candidates: tuple[Area, ...]
    former: Area | None
    explanation: str
    place: str = ""


def found_area(item: Area, text: str, reason: str, year: int | None) -> Resolution:
    """The answer for an area, or for the municipality it was in `year`."""
    if item.valid_to:
        return merged_area(item, year)
    before = gazetteer.former_municipalities().get(item.code)
    if before and year is not None and year < _year_of(before.valid_to):
        return merged_area(before, year)
    written = " ".join(text.split()).casefold()
    if reason == EXACT or written in (item.name.casefold(), item.label.casefold()):
        return Resolution(item, EXACT, (), None, "")
    return Resolution(item, reason, (), None, f"{quoted(text)} is gelezen als {described(item)}.")


def merged_area(former: Area, year: int | None) -> Resolution:
    """The present municipality of a former one; a refusal when it was divided over more than one."""
    since = format_period(former.valid_to)
    now = gazetteer.present_areas(former)
    if len(now) > 1:
        shares = "; ".join(
            f"{merger.note} naar {area(merger.new_code).name}"
            for merger in mergers()
            if merger.former == former
        )
        sentence = f"De gemeente {former.name} is op {since} verdeeld: {shares}. Geef de gemeente van nu."
        return replace(refused(AMBIGUOUS, sentence, now), former=former)
    if former.code == now[0].code:
        joined = listing((item.name for item in former_parts(former.code) if item != former), "en")
        sentence = f"Bedoeld is de gemeente {former.name} van vóór {since}, zonder {joined}."
    elif year is not None and year < _year_of(former.valid_to):
        sentence = (
            f"De gemeente {former.name} bestond in {year} nog en hoort sinds {since} bij {now[0].name}."
        )
    else:
        sentence = f"De gemeente {former.name} bestaat sinds {since} niet meer en hoort nu bij {now[0].name}."
        if year is not None:
            sentence += f" Bij cijfers over {year} is dat een verouderde aanduiding."
    return Resolution(now[0], MERGED, (), former, sentence)


def outside_area(outside: Outside, text: str) -> Resolution:
    """The refusal of an area that is known and not part of the atlas."""
    name = "" if normalise(text) == normalise(outside.name) else f" ({outside.name})"
    larger = outside.kind in ("land", "landsdeel")
    where = ", groter dan Drenthe en Groningen samen" if larger else " buiten Drenthe en Groningen"
    return refused(OUTSIDE, f"{quoted(text)}{name} is een {outside.kind}{where}.")


def place_elsewhere(places: Sequence[PlaceElsewhere], text: str) -> Resolution:
    """The refusal of a place outside the two provinces, with every municipality that has one of that name."""
    where = listing(dict.fromkeys(f"{place.municipality} ({place.province})" for place in places), "en")
    return refused(OUTSIDE, f"{quoted(text)} is een plaats in {where}, buiten Drenthe en Groningen.")


def abolished_area(item: Abolished, text: str) -> Resolution:
    """The refusal of a municipality that no longer exists: what it became is not in the data."""
    name = "" if normalise(text) == normalise(item.name) else f" ({item.name})"
    was = f"{quoted(text)}{name} was tot {format_period(item.valid_to)} een gemeente in {item.province}"
    if item.here:
        return refused(UNKNOWN, f"{was} en bestaat niet meer. Geef de gemeente van nu.")
    return refused(OUTSIDE, f"{was}, buiten Drenthe en Groningen.")


def unknown_name(text: str, level: str | None) -> Resolution:
    """The refusal of a name that nothing is known about."""
    kind = f"{level_of(level).label.lower()} die" if level else "gebied dat"
    return refused(UNKNOWN, f"{quoted(text)} is geen {kind} deze atlas kent.")


def not_of_level(what: str, found: str, level: str | None) -> Resolution:
    """The refusal of an area of the level `found` in a column of another level."""
    return refused(UNKNOWN, f"{what} is een {level_of(found).label.lower()}; {expected_level(level)}.")


def refused(reason: str, explanation: str, candidates: Iterable[Area] = ()) -> Resolution:
    """A refusal: no area, a reason, a sentence and the areas to choose from."""
    return Resolution(None, reason, tuple(candidates), None, explanation)


def _year_of(date: str) -> int:
    return int(date[:4])


# --- words ---


def quoted(text: str) -> str:
    """What was written, on one line and not too long, between quotes."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _QUOTED_LENGTH else f'"{line[:_QUOTED_LENGTH]}…"'


def described(item: Area) -> str:
    """An area with its level: "de gemeente Assen"."""
    return f"de {level_of(item.level).label.lower()} {item.name}"


def expected_level(level: str | None) -> str:
    """What belongs in the column, as the end of a sentence."""
    return f"in deze kolom horen {level_of(level).label_plural.lower()}" if level else "dat past hier niet"


def listing(names: Iterable[str], conjunction: str) -> str:
    """The names as they are said: "A, B en C"."""
    *first, last = names
    return f"{', '.join(first)} {conjunction} {last}" if first else last
