"""Signs of a person in free text: a telephone number, an e-mail address, a licence plate, a form of address.

They are asked about before a text is taken, not refused: a text may have to say it, and a sign may be
mistaken. A name that stands there by itself is not recognised by any program.
"""

from __future__ import annotations

import re
from functools import lru_cache

TELEPHONE, EMAIL, PLATE, ADDRESSED = (
    "een telefoonnummer",
    "een e-mailadres",
    "een kenteken",
    "een aanspreking (dhr., mevr.)",
)

#: of the Netherlands in all usual spellings: 06-12345678, 0592 - 12 34 56, (050) 123 45 67, +31 (0)6 …; and
#: any number that is written with the code of its country
_TELEPHONE = re.compile(
    r"(?<![\w.,/+-])(?:"
    r"(?P<national>\(?0[1-9](?:[ ().\-/]{0,3}\d){8})"
    r"|0031[ .\-]{0,2}(?:\(0\))?(?:[ .\-]{0,2}\d){9}"  # with two zeros for "+", only of the Netherlands: ids
    r"|\+[1-9]\d{0,2}[ .\-]{0,2}(?:\(0\))?(?:[ .\-]{0,2}\d){7,11}"
    r")(?![.\-]?\d|/(?!0)\d|[A-Za-z])"
)
#: a day with a time behind it has ten digits as well, and so has a degree with seven decimals
_NO_TELEPHONE = re.compile(
    r"\d{2}[-./ ]\d{2}[-./ ](?:19|20)\d{2}(?!\d)"
    r"|\d{2}([-./])\d{2}\1\d{2} \d{2}\.\d{2}$"
    r"|\d{3,}\.\d+$"
)
_EMAIL = re.compile(r"[\w.+%-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\b(?:(?i:dhr|mevr|mvr|mevrouw|meneer|mijnheer|de\s+heer)\b(?!-)"
    r"|(?:[Mm]w|[Hh]r|[Ff]am|[Ff]amilie)\b\.?\s*[A-Z])"
)

#: one of these is in every form of address
_ADDRESSES = ("dhr", "mevr", "mvr", "meneer", "mijnheer", "heer", "mw", "hr", "fam")

#: a letter, from the fourth sidecode on: no vowels, no C or Q; M only begins the plate of a motorcycle
_L = "[BDFGHJKLNPRSTVWXYZ]"
_FIRST = "[BDFGHJKLMNOPRSTVWXYZ]"
_ANY = "[A-Z]"
_N = "[0-9]"
#: the sidecodes of the RDW, 1 to 14: the three groups of a Dutch licence plate
_SIDECODES = (
    (_ANY * 2, _N * 2, _N * 2),
    (_N * 2, _N * 2, _ANY * 2),
    (_N * 2, _ANY * 2, _N * 2),
    (_FIRST + _ANY, _N * 2, _L * 2),
    (_FIRST + _L, _L * 2, _N * 2),
    (_N * 2, _L * 2, _L * 2),
    (_N * 2, _L * 3, _N),
    (_N, _L * 3, _N * 2),
    (_L * 2, _N * 3, _L),
    (_L, _N * 3, _L * 2),
    (_L * 3, _N * 2, _L),
    (_L, _N * 2, _L * 3),
    (_N, _L * 2, _N * 3),
    (_N * 3, _L * 2, _N),
)
#: written as one word these are a code of CBS (GM0106), a postcode (9401AB), a word with a number (STAL12)
_NEVER_ONE_WORD = (1, 2, 5, 6)


def _plates(between: str, *, without: tuple[int, ...] = ()) -> str:
    codes = [groups for number, groups in enumerate(_SIDECODES, start=1) if number not in without]
    return "(?:" + "|".join(between.join(groups) for groups in codes) + ")"


#: what begins as a plate does; most words fail here, and the fourteen codes are then not tried
_BEGINS_HYPHENED = "(?=[A-Za-z0-9]{1,3}-[A-Za-z0-9]{1,3}-[A-Za-z0-9])"
_BEGINS_SPACED = "(?=[A-Z0-9]{1,3} [A-Z0-9]{1,3} [A-Z0-9])"
_BEGINS_AS_WORD = "(?=[A-Z0-9]{6}(?![A-Z0-9]))"
#: with hyphens in any letters, with blanks or as one word in capitals, and behind the word itself in any way
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    rf"{_BEGINS_HYPHENED}(?i:{_plates('-')})|{_BEGINS_SPACED}{_plates(' ')}"
    rf"|{_BEGINS_AS_WORD}{_plates('', without=_NEVER_ONE_WORD)}"
    rf"|(?i:kentekens?(?:nummer)?\s*(?:is|:|=)?\s*{_plates('[ -]?')})"
    r")(?![\w-])"
)
#: as many digits as a telephone number has at least; without them there is none
_NINE_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,4}[0-9]){8}")
_AT = ("@", "(at)", "[at]")


@lru_cache(maxsize=4096)  # many rows say the same
def personal_signs(text: str) -> tuple[str, ...]:
    """The kinds of signs of a person in a text, in Dutch; () when there is none. The text is not repeated.

    Licence plates are recognised by the sidecodes of the RDW
    (https://www.rdw.nl/particulier/voertuigen/auto/de-kentekenplaat). No sign are: BAG ids, postcodes, house
    numbers, dates with or without a time, numbers of roads, codes of CBS, coordinates.
    """
    found = []
    if _NINE_DIGITS.search(text) and any(map(_is_telephone, _TELEPHONE.finditer(text))):
        found.append(TELEPHONE)
    lowered = text.lower()
    if any(sign in lowered for sign in _AT) and _EMAIL.search(text):
        found.append(EMAIL)
    if _PLATE.search(text):
        found.append(PLATE)
    if any(word in lowered for word in _ADDRESSES) and _ADDRESSED.search(text):
        found.append(ADDRESSED)
    return tuple(found)


def _is_telephone(found: re.Match[str]) -> bool:
    return not found["national"] or _NO_TELEPHONE.match(found["national"]) is None
