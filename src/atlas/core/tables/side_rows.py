"""Rows of a table that are not about one area: totals and footnotes.

They are recognised by how people write them. A row whose text is an area is never one of these: that is
asked first.
"""

from __future__ import annotations

import re
from functools import cache

from ..areas.resolving import EXACT, SPELLING, areas, levels, resolve, search_terms
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


def is_footnote(text: str, *, stands_alone: bool) -> bool:
    """Whether a text is a source, note or remark under a table.

    Args:
        text: The text that stands where an area is expected.
        stands_alone: Whether it is the only filled cell of its row.
    """
    return bool(_FOOTNOTE.match(text)) or (stands_alone and len(text.strip()) > _SENTENCE_LENGTH)
