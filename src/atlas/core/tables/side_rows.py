"""Rows of a table that are not about one area: totals and footnotes.

They are recognised by how people write them. A row whose text is an area is never one of these: that is
asked first.
"""

from __future__ import annotations

import re
from functools import cache

from ..areas.divisions import areas, levels
from ..areas.resolution import EXACT, SPELLING
from ..areas.resolving import resolve, search_terms
from ..words.spelling import normalise

#: compared with the normalised text (lower case, no punctuation)
_TOTAL = re.compile(
    r"(?:eind|sub|algemeen )?tota(?:al|len)(?: .*)?|.* totaal|(?:grand )?total|som"
    r"|gemiddelden?|gemiddeld(?: .*)?"
    r"|(?:heel )?nederland|nl(?:0[01])?|landelijk"
    r"|alle (?:gemeenten|regio s|surveyregio s|provincies|gebieden)(?: .*)?"
    r"|drenthe en groningen|groningen en drenthe|beide provincies"
)
#: compared with the text as it was written
_FOOTNOTE = re.compile(
    r"\s*(?:[*†¹²³⁴⁵©]|\(?[0-9a-z]\)|\[[0-9a-z]\]"
    r"|(?:bron(?:nen)?|(?:voet)?no(?:ot|ten)|toelichting|peildatum|opmerking(?:en)?|let op|legenda"
    r"|copyright)\b)",
    re.IGNORECASE,
)
#: what CBS marks areas of other levels with: letters of codes, and a mark behind names
_AREA_CODE = re.compile(r"(GM|NL|LD|PV|CR|RE|WK|BU|AM|RG|GG|VR|AR|JZ|RP|WP|BW)[0-9]{2,8}")
_CODE_LEVELS = {
    "GM": "gemeente", "NL": "land", "LD": "landsdeel", "PV": "provincie", "CR": "COROP-gebied",
    "RE": "politie-eenheid",
    "WK": "wijk", "BU": "buurt", "AM": "arbeidsmarktregio", "RG": "regio", "GG": "GGD-regio",
    "VR": "veiligheidsregio", "AR": "arrondissement", "JZ": "jeugdzorgregio", "RP": "politieregio",
}  # fmt: skip
_LEVEL_TAG = re.compile(r" \((PV|CR|RE|LD|AM|GG|VR)\)\*?$")
_TAG_LEVELS = {tag: _CODE_LEVELS[tag] for tag in ("PV", "CR", "RE", "LD", "AM", "GG", "VR")}
_NOWHERE = re.compile(r"buitenland|(?:gemeenten? )?(?:niet in te delen|onbekend|overig)(?: .*)?")
#: no name of an area is as long as this; a sentence is
_SENTENCE_LENGTH = 50
#: a code with its letters; a bare number is not taken for the code of another level
_CODE = re.compile(r"[a-z]{2} ?[0-9]{1,4}$")


@cache
def _words(level: str) -> frozenset[str]:
    """The words that occur in the names and spellings of a level."""
    codes = {area.code for area in areas(level)}
    return frozenset(
        word for spelling, named in search_terms() if codes.intersection(named) for word in spelling.split()
    )


def total_explanation(text: str, level: str) -> str:
    """Why a text names a total instead of an area of `level`, a Dutch sentence; "" when it doesn't."""
    key = normalise(text)
    if _TOTAL.fullmatch(key):
        return "Dit is een totaal of gemiddelde, geen gebied."
    order = [known.id for known in levels()]
    for larger in levels()[order.index(level) + 1 if level in order else 0 :]:
        # looking for typing errors is slow, and most texts can't be a name of this level at all
        possible = _CODE.match(key) or not _words(larger.id).isdisjoint(key.split())
        if possible and resolve(text, larger.id).reason in {EXACT, SPELLING}:
            return f"Dit is een {larger.label.lower()}: een totaal van meer dan één gebied."
    return ""


def other_level_explanation(text: str, level: str) -> str:
    """Why a text of a statistical list is of another level than `level`, a Dutch sentence; "" when it isn't.

    CBS lists areas of every level in one column, by code ("WK168000") or with a mark behind the name.
    """
    key = text.strip()
    code = _AREA_CODE.fullmatch(key)
    kind = _CODE_LEVELS.get(code[1], "") if code else ""
    if not kind and (tag := _LEVEL_TAG.search(key)):
        kind = _TAG_LEVELS[tag[1]]
    if kind and kind != level:
        return f"Dit is een {kind}; in deze kolom tellen alleen rijen van het niveau {level}."
    if _NOWHERE.fullmatch(normalise(key)):
        return "Deze rij gaat niet over één gebied."
    return ""


def is_footnote(text: str, *, stands_alone: bool) -> bool:
    """Whether a text is a source, note or remark under a table.

    Args:
        text: The text that stands where an area is expected.
        stands_alone: Whether it is the only filled cell of its row.
    """
    return bool(_FOOTNOTE.match(text)) or (stands_alone and len(text.strip()) > _SENTENCE_LENGTH)
