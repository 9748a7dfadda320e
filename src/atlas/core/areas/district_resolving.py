"""Which wijk of 2022 is this? A code, or a name beside its municipality -> one wijk, or a refusal.

A name alone is never enough: "Centrum", "Noord" and "West" are wijken all over the country. Nothing is
corrected.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ..words.spelling import normalise
from .districts import DISTRICT_YEAR, District, districts, districts_by_code
from .divisions import area
from .resolution import (
    AMBIGUOUS,
    EMPTY,
    EXACT,
    OUTSIDE,
    SPELLING,
    UNKNOWN,
    Resolution,
    listing,
    quoted,
    refused,
)
from .resolving import resolve

_LONGEST_NAME = 120
#: codes of six digits, with or without the letters, the zeros in front and the year before it
_CODE = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})?WK)?(?P<number>[0-9]{3,6})(?:[.,]0{1,2})?")
_NEIGHBOURHOOD = re.compile(r"(?:(?:19|20)[0-9]{2})?BU[0-9]{5,8}")
_BETWEEN = re.compile(r"[\s\ufeff\u200b_-]+")
#: "Wijk 01 Lariks", and once "Wijke 52 Fluitenberg": the number is not part of what people say
_NUMBERED = re.compile(r"wijke? [0-9]{2} (.+)")
_ONLY_2022 = f"De atlas heeft alleen de wijken van {DISTRICT_YEAR}."
_OF_ANOTHER_YEAR = "Een code van een ander jaar past daar niet op."
_SURE = (EXACT, SPELLING)


def resolve_district(text: object, municipality: object = None) -> Resolution:
    """Find the wijk of a text, or say why not; never raises.

    Args:
        text: A cell: a code ("WK001400", "0014 00", 1400) or a name.
        municipality: The cell with its municipality; None when the table has none.
    """
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    if text is None or text != text or not str(text).strip():  # noqa: PLR0124 - nan, the only such value
        return refused(EMPTY, "Hier is geen wijk ingevuld.")
    if isinstance(text, bool) or not isinstance(text, str | int) or len(str(text)) > _LONGEST_NAME:
        return refused(UNKNOWN, "Hier staat geen naam en geen code van een wijk.")
    beside = municipality if isinstance(municipality, str | int | float) else None
    return _resolve(str(text), beside)


@lru_cache(maxsize=65_536)
def _resolve(text: str, municipality: str | float | None) -> Resolution:
    compact = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    beside = None if municipality is None else resolve(municipality, "gemeente")
    if match := _CODE.fullmatch(compact):
        return _of_code(text, match, beside)
    if _NEIGHBOURHOOD.fullmatch(compact):
        return refused(UNKNOWN, f"{quoted(text)} is de code van een buurt; in deze kolom horen wijken.")
    return _of_name(text, beside)


def _of_code(text: str, match: re.Match[str], beside: Resolution | None) -> Resolution:
    code = f"WK{match['number'].zfill(6)}"
    if match["year"] and int(match["year"]) != DISTRICT_YEAR:
        return refused(UNKNOWN, f"{quoted(text)} is een code van {match['year']}. {_ONLY_2022}")
    found = districts_by_code().get(code)
    if found is None:
        return _of_no_district(text, code)
    if beside and beside.area and beside.area.code != found.municipality:
        sentence = (
            f"De code {quoted(text)} is van een wijk in {area(found.municipality).name}, en in de rij staat "
            f"{beside.area.name}."
        )
        return refused(AMBIGUOUS, sentence, (found,))
    return Resolution(found, EXACT, (), None, "")


def _of_no_district(text: str, code: str) -> Resolution:
    """The refusal of a code that no wijk of 2022 has: of another year, or of a municipality elsewhere."""
    municipality = resolve(f"GM{code[2:6]}", "gemeente")
    if municipality.reason == OUTSIDE:
        return refused(OUTSIDE, f"{quoted(text)} is geen wijk van deze atlas. {municipality.explanation}")
    where = f" in {municipality.area.name}" if municipality.area and not municipality.former else ""
    why = municipality.explanation if municipality.former else ""
    sentence = f"{quoted(text)} is in {DISTRICT_YEAR} geen wijk{where}. {why} {_ONLY_2022} {_OF_ANOTHER_YEAR}"
    return refused(UNKNOWN, " ".join(sentence.split()))


def _of_name(text: str, beside: Resolution | None) -> Resolution:
    named = _by_name().get(normalise(text), ())
    if beside is None:
        return _of_name_alone(text, named)
    municipality = beside.area
    if municipality is None or beside.reason not in _SURE:
        return refused(UNKNOWN, f"Van {quoted(text)} is de gemeente niet zeker. {beside.explanation}")
    here = [one for one in named if one.municipality == municipality.code]
    if not here:
        sentence = f"{quoted(text)} is in {DISTRICT_YEAR} geen wijk in {municipality.name}. {_ONLY_2022}"
        return refused(UNKNOWN, sentence)
    found = here[0]
    whole = normalise(text) == normalise(municipality.name)
    if whole or len(here) > 1:
        may_be = [f"{one.name} ({one.code})" for one in here] + ["de hele gemeente"] * whole
        return refused(AMBIGUOUS, f"{quoted(text)} kan {listing(may_be, 'of')} zijn. Geef de code.", here)
    if text.strip() == found.name:
        return Resolution(found, EXACT, (), None, "")
    return Resolution(
        found, SPELLING, (), None, f"{quoted(text)} is gelezen als {found.name} ({found.code})."
    )


def _of_name_alone(text: str, named: tuple[District, ...]) -> Resolution:
    """The refusal of a name without a municipality."""
    if not named:
        return refused(UNKNOWN, f"{quoted(text)} is geen wijk die deze atlas kent. {_ONLY_2022}")
    where = listing(dict.fromkeys(area(one.municipality).name for one in named), "en")
    sentence = f"{quoted(text)} is een wijk in {where}, maar een naam alleen is niet genoeg."
    return refused(AMBIGUOUS, f"{sentence} Geef de code, of de kolom met de gemeente.", named)


@cache
def _by_name() -> dict[str, tuple[District, ...]]:
    """Name as `normalise` writes it, with and without the number of the wijk -> the wijken of that name."""
    found: dict[str, list[District]] = {}
    for one in districts():
        key = normalise(one.name)
        numbered = _NUMBERED.fullmatch(key)
        for name in dict.fromkeys((key, numbered[1] if numbered else key)):
            found.setdefault(name, []).append(one)
    return {name: tuple(those) for name, those in found.items()}
