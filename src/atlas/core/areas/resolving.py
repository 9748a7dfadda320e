"""Which area is this? A code or name as people write it -> one area of the present division, or a refusal.

What is ambiguous is refused with its candidates, never guessed. The order in which a text is tried:

1. nothing there -> `EMPTY`;
2. a code ("GM0014", "14", "2018GM0014", "G0014", "PV20  ") -> the area of that code; a code beside a name
   ("Assen (0106)") -> that area, when the two agree;
3. an official name, then an accepted spelling, then the name of a former municipality;
4. a name known outside the two provinces -> `OUTSIDE`; a region that is no area of the atlas -> `UNKNOWN`;
5. a place -> `PLACE`: a place is not its municipality, which is the only candidate; `AMBIGUOUS` when the name
   is not unique in the country or resembles another municipality; a place elsewhere -> `OUTSIDE`;
6. a municipality that ended before the mergers the atlas follows -> `UNKNOWN`, or `OUTSIDE`;
7. the same without the word that names the level ("gem. Assen", "Groningen (PV)"), which then decides it;
8. the name of an area of another level than the one asked for -> `UNKNOWN`;
9. an inexact name that starts with Wester or Noord -> refused;
10. a typing error, when exactly one area is near and no other name in the country is as near -> `CORRECTED`.

A name that is also a place (Assen, Emmen) is the municipality; without a level only "Groningen" names areas
of more than one level. "Gemeente Groningen" without a level is the municipality, as its first word says.
"""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..words.spelling import normalise
from . import gazetteer
from .divisions import area, level_of, levels
from .resolution import (
    AMBIGUOUS,
    CORRECTED,
    EMPTY,
    EXACT,
    MERGED,
    PLACE,
    SPELLING,
    UNKNOWN,
    Resolution,
    abolished_area,
    described,
    expected_level,
    found_area,
    listing,
    not_of_level,
    outside_area,
    place_elsewhere,
    quoted,
    refused,
    unknown_name,
)

if TYPE_CHECKING:
    from .other_names import Place

#: how programs write a missing value
_EMPTY_WORDS = frozenset({"", "nan", "none", "null", "na", "n a", "nvt", "n v t"})
#: too many names in the north start like this to correct any of them
_NEVER_CORRECTED = ("wester", "noord")
#: no name is longer; whatever is, isn't a name and need not be compared
_LONGEST_NAME = 120
#: municipality codes have four digits
_FIRST_NUMBER_TOO_LARGE = 10_000
#: blanks and invisible characters around a code
_BLANKS = " \t\r\n\ufeff\u200b"
_CODE = re.compile(r"((?:19|20)[0-9]{2})?([A-Z]{2}|G(?=[0-9]{4}$))[\s._-]*([0-9]{1,4})(?:[.,]0{1,2})?")
#: how the Kiesraad writes GM
_SHORT_PREFIX = {"G": "GM"}
#: a code written behind or before a name: "Assen (0106)", "Westerwolde (GM1950)", "GM0106 Assen"
_BESIDE_NAME = re.compile(
    r"(?P<before>[A-Z]{2}[0-9]{4}|0[0-9]{3}|1[0-9]{3})[\s,;:/-]+(?P<name>[^\W\d].*)"
    r"|(?P<named>[^\W\d].*?)[\s,;:/-]*(?:[(\[]\s*(?P<inside>[A-Z]{0,2}[0-9]{1,4})\s*[)\]]"
    r"|(?<=[\s,;:/-])(?P<behind>[A-Z]{2}[0-9]{4}|0[0-9]{3}|1[0-9]{3}))",
    re.IGNORECASE,
)
#: what a spreadsheet makes of a code that it takes for a number
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]{1,3}")
_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]0{1,2})?")


def resolve(text: object, level: str | None = None, year: int | None = None) -> Resolution:
    """Find the area of a text, or say why not; never raises for any `text`.

    Args:
        text: A cell: text, number (14 and 14.0 are codes), None or nan (empty), anything else is unknown.
        level: The level the column holds; None when it may be any.
        year: The year of the municipal division the text is from: GM0014 of 2018 is a part of today's.

    Raises:
        AtlasError: there is no such level.
    """
    if level is not None:
        level_of(level)
    return _resolve(_as_text(text), level, year)


@cache
def search_terms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(normalised spelling, codes of the areas it may mean) for a search box, sorted by spelling.

    Official names, accepted spellings, former municipalities and places, at all levels; codes from small to
    large areas.
    """
    found: dict[str, set[str]] = {}
    for index in (gazetteer.official(), gazetteer.accepted(), gazetteer.former()):
        for key, items in index.items():
            present = (item.code for named in items for item in gazetteer.present_areas(named))
            found.setdefault(key, set()).update(present)
    for key, here in gazetteer.places_by_name().items():
        found.setdefault(key, set()).update(place.municipality for place in here)
    order = [item.code for item in gazetteer.everything()]
    return tuple((key, tuple(sorted(codes, key=order.index))) for key, codes in sorted(found.items()))


def _as_text(value: object) -> str | None:
    """A cell as text: "" when it is empty, None when it can't be a name or a code."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_NAME else value.strip()[: _LONGEST_NAME + 1]
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of hundreds of digits
        return None
    if math.isnan(number):
        return ""
    return f"{number:.0f}" if 0 <= number < _FIRST_NUMBER_TOO_LARGE and number.is_integer() else None


@lru_cache(maxsize=65_536)
def _resolve(text: str | None, level: str | None, year: int | None) -> Resolution:
    if text is None:
        return refused(UNKNOWN, "Hier staat geen naam en geen gebiedscode.")
    key = normalise(text)
    if key in _EMPTY_WORDS:
        return refused(EMPTY, "Hier is geen gebied ingevuld.")
    if len(text) > _LONGEST_NAME:
        return refused(UNKNOWN, f"{quoted(text)} is te lang voor de naam van een gebied.")
    return (
        _of_code(text, level, year)
        or _of_code_and_name(text, level, year)
        or _of_words(key, text, level, year)
    )


def _of_words(key: str, text: str, level: str | None, year: int | None) -> Resolution:
    """The area of a name, with or without the word of a level beside it."""
    word_level, rest = _without_level_word(key)
    if not word_level or (level and _known(key, text, level, year)):
        return _of_name(key, text, level, year)
    if level not in (None, word_level):
        return not_of_level(quoted(text), word_level, level)
    if level is None and not gazetteer.named(rest, word_level) and (found := _known(key, text, level, year)):
        return found  # a spelling that itself starts with a level word
    return _of_name(rest, text, word_level, year)


def _without_level_word(key: str) -> tuple[str, str]:
    """(level, name) of "gem assen", "de provincie drenthe", "groningen pv"; ("", key) without such a word."""
    words = key.removeprefix("de ").split()
    for item in levels():
        if words and words[0] in item.words:
            return item.id, " ".join(words[1:])
        if words and words[-1] in item.words:
            return item.id, " ".join(words[:-1])
    return "", key


# --- codes ---


def _of_code(text: str, level: str | None, year: int | None) -> Resolution | None:
    """The area of a code; None when the text is not written as one."""
    compact = unicodedata.normalize("NFKC", text).strip(_BLANKS).upper()
    if match := _CODE.fullmatch(compact):
        of_year, prefix, number = match.groups()
        prefix = _SHORT_PREFIX.get(prefix, prefix)
        return _of_prefix(prefix, int(number), text, level, int(of_year) if of_year else year)
    if match := _NUMBER.fullmatch(compact):
        prefix = level_of(level or "gemeente").prefix
        if any(code[0] == prefix for code in gazetteer.outside_by_code()):
            return _of_prefix(prefix, int(match[1]), text, level, year)
        # codes of CBS are used without their letters; of our own, a bare 4 may be a rank or a count
        return refused(UNKNOWN, f"{quoted(text)} is een los getal. Schrijf de naam van het gebied.")
    if _SCIENTIFIC.fullmatch(compact):
        sentence = (
            f"{quoted(text)} is een getal zoals een rekenblad het inkort; welke code er stond is niet zeker. "
            "Geef de codes als tekst, of schrijf de namen."
        )
        return refused(UNKNOWN, sentence)
    return None


def _of_code_and_name(text: str, level: str | None, year: int | None) -> Resolution | None:
    """The area of a name with its code beside it; a refusal when they are two areas, None without a code."""
    match = _BESIDE_NAME.fullmatch(unicodedata.normalize("NFKC", text).strip(_BLANKS))
    if match is None:
        return None
    code = match["before"] or match["inside"] or match["behind"]
    by_code = _of_code(code, level, year)
    if by_code is None or by_code.area is None:
        return None if by_code is None or by_code.reason == UNKNOWN else by_code
    name = match["name"] or match["named"]
    by_name = _resolve(name, by_code.area.level, year)
    if by_name.area == by_code.area:
        sentence = f"{quoted(text)} is gelezen als {described(by_code.area)}."
        return replace(by_code, reason=MERGED if by_code.former else SPELLING, explanation=sentence)
    sentence = f"In {quoted(text)} horen de code ({by_code.area.name}) en de naam niet bij elkaar."
    return refused(AMBIGUOUS, sentence, [by_code.area, *filter(None, [by_name.area])])


def _of_prefix(prefix: str, number: int, text: str, level: str | None, year: int | None) -> Resolution:
    code = prefix, number
    item = gazetteer.present_by_code().get(code) or gazetteer.former_by_code().get(code)
    if item is None:
        return _of_other_code(code, text, level)
    if level not in (None, item.level):
        return not_of_level(f"{quoted(text)} ({item.name})", item.level, level)
    return found_area(item, "", EXACT, year)


def _of_other_code(code: gazetteer.Code, text: str, level: str | None) -> Resolution:
    """The refusal of a code that is of no area of the atlas: elsewhere, a place, abolished, or unknown."""
    if outside := gazetteer.outside_by_code().get(code):
        return outside_area(outside, text)
    if here := gazetteer.places_by_code().get(code):
        return _only_place(here, f"{quoted(text)} ({here.name})", level)
    if elsewhere := gazetteer.elsewhere_by_code().get(code):
        return place_elsewhere([elsewhere], text)
    if abolished := gazetteer.abolished_by_code().get(code):
        return abolished_area(abolished, text)
    return refused(UNKNOWN, f"De code {quoted(text)} is niet bekend.")


# --- names ---


def _of_name(key: str, text: str, level: str | None, year: int | None) -> Resolution:
    if _NUMBER.fullmatch(key):  # "gemeente 14"
        return _of_prefix(level_of(level or "gemeente").prefix, int(key), text, level, year)
    known = _known(key, text, level, year) or _wrong_level(key, text, level)
    return known or _corrected(key, text, level, year)


def _known(key: str, text: str, level: str | None, year: int | None) -> Resolution | None:
    """What the atlas knows under this very name; None when it doesn't know it."""
    items = gazetteer.named(key, level)
    if len(items) > 1:
        labels = listing((item.label for item in items), "of")
        return refused(AMBIGUOUS, f"{quoted(text)} kan {labels} zijn. Geef de code of het niveau.", items)
    if items:
        return found_area(items[0], text, SPELLING, year)
    abolished = gazetteer.abolished_by_name().get(key, ()) if year is not None else ()
    for item in abolished:  # a place now, a municipality then
        if item.here and item.valid_to > f"{year}-12-31":
            return abolished_area(item, text)
    return _of_other_name(key, text, level)


def _of_other_name(key: str, text: str, level: str | None) -> Resolution | None:
    """A name that is no area of the atlas: elsewhere, a region, a place, abolished; None when unknown."""
    here = gazetteer.places_by_name().get(key, ())
    outside = gazetteer.outside_by_name().get(key)
    if outside and not (here and key == normalise(text)):  # "gemeente Noordwijk" is not the village
        return outside_area(outside, text)
    if note := gazetteer.landscapes_by_name().get(key):
        return refused(UNKNOWN, f"{quoted(text)} is geen gebied van deze atlas. {note}")
    if here or (here := gazetteer.hamlets_by_name().get(key, ())):
        return _of_place(here, key, text, level)
    if elsewhere := gazetteer.elsewhere_by_name().get(key):
        return place_elsewhere(elsewhere, text)
    if abolished := gazetteer.abolished_by_name().get(key):
        return abolished_area(abolished[-1], text)
    return None


def _of_place(here: tuple[Place, ...], key: str, text: str, level: str | None) -> Resolution:
    """A place and the one municipality it lies in, or why that is not beyond doubt."""
    municipalities = sorted({area(place.municipality) for place in here}, key=lambda item: item.name)
    names = listing((item.name for item in municipalities), "en")
    if level not in (None, "gemeente"):
        if official := _wrong_level(key, text, level):
            return official
        return refused(UNKNOWN, f"{quoted(text)} is een plaats ({names}); {expected_level(level)}.")
    if len(municipalities) > 1:
        sentence = f"{quoted(text)} ligt in meer dan één gemeente: {names}. Geef de gemeente."
        return refused(AMBIGUOUS, sentence, municipalities)
    only = municipalities[0]
    is_place = f"{quoted(text)} is een plaats in {described(only)}"
    elsewhere = gazetteer.elsewhere_by_name().get(key)
    if elsewhere or key in gazetteer.outside_by_name():
        where = listing(dict.fromkeys(place.municipality for place in elsewhere or ()), "en")
        also = f"ook elders in Nederland ({where})" if where else "ook elders in Nederland"
        sentence = f"{is_place}, maar {also} heet een plaats zo. Geef de gemeente."
        return refused(AMBIGUOUS, sentence, municipalities)
    lookalikes = [item for item in gazetteer.lookalikes(key) if item != only]
    if lookalikes:  # Meppen is a place in Coevorden, and one letter from Meppel
        names = listing((item.name for item in lookalikes), "en")
        sentence = f"{is_place}, maar lijkt ook op {names}. Geef de gemeente."
        return refused(AMBIGUOUS, sentence, [only, *lookalikes])
    return _only_place(here[0], quoted(text), level)


def _only_place(place: Place, named: str, level: str | None) -> Resolution:
    """The refusal of a place: what is known of it is not known of its whole municipality."""
    only = area(place.municipality)
    if level not in (None, "gemeente"):
        return refused(UNKNOWN, f"{named} is een plaats ({only.name}); {expected_level(level)}.")
    sentence = f"{named} is een plaats in {described(only)}, niet de gemeente zelf."
    return Resolution(None, PLACE, (only,), None, sentence, place.code)


def _wrong_level(key: str, text: str, level: str | None) -> Resolution | None:
    """The refusal of a name that is an area, but of another level than the column holds."""
    items = gazetteer.named(key, None)
    return not_of_level(quoted(text), items[0].level, level) if level and items else None


# --- typing errors ---


def _corrected(key: str, text: str, level: str | None, year: int | None) -> Resolution:
    """The one area that a mistyped name can be, or a refusal."""
    if key.startswith(_NEVER_CORRECTED):
        return _too_much_alike(key, text, level)
    near = gazetteer.near(key, level)
    choices = list(dict.fromkeys(item for _, named in near for item in gazetteer.present_areas(named)))
    if not choices:
        return unknown_name(text, level)
    if len(choices) > 1:
        labels = listing((item.label for item in choices), "of")
        return refused(AMBIGUOUS, f"{quoted(text)} kan een verschrijving zijn van {labels}.", choices)
    errors, closest = near[0]
    if other := gazetteer.rival(key, errors, choices[0]):
        sentence = f"{quoted(text)} lijkt op {choices[0].label}, maar ook op {other}."
        return refused(AMBIGUOUS, sentence, choices)
    found = found_area(closest, text, CORRECTED, year)
    sentence = f"{quoted(text)} is verbeterd tot {described(closest)}."
    return replace(
        found, reason=CORRECTED, explanation=f"{sentence} {found.explanation}" if found.former else sentence
    )


def _too_much_alike(key: str, text: str, level: str | None) -> Resolution:
    """The refusal of an inexact name that starts as many names in the north do."""
    start = next(start for start in _NEVER_CORRECTED if key.startswith(start))
    candidates = [
        item
        for item in gazetteer.everything()
        if level in (None, item.level) and normalise(item.name).startswith(start)
    ]
    if not candidates:
        return unknown_name(text, level)
    names = listing((item.label for item in candidates), "of")
    sentence = (
        f"{quoted(text)} is niet precies een bekende naam. Namen met {start.capitalize()}- lijken zo op "
        f"elkaar dat ze niet worden verbeterd. Bedoelt u {names}?"
    )
    return refused(AMBIGUOUS, sentence, candidates)
