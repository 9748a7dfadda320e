"""How names are compared: one form for all spellings, and the distance between two of them."""

from __future__ import annotations

import re
import unicodedata

#: written behind the name in sorted lists: "Wolden, De", "Hogeland, Het"
_ARTICLES = frozenset({"de", "het", "den"})
#: what is no letter or digit becomes a blank
_ASCII_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
#: embeddings, overrides and isolates of direction; control characters
_TURNS_OR_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f-\x9f]+")


def normalise(text: str) -> str:
    """The form in which names are compared.

    Lower case, no accents, no punctuation, single blanks, "&" read as "en", a trailing article in front:
    "Wolden,  De" -> "de wolden", "Súdwest-Fryslân" -> "sudwest fryslan". Invisible characters (byte order
    mark, zero width space) disappear; a no-break space is a blank.
    """
    text = text.replace("&", " en ")
    if text.isascii():  # nearly every name: no accents, nothing invisible, and twenty times as fast
        letters = text.lower().translate(_ASCII_SIGNS)
    else:
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        letters = "".join(
            character if character.isalnum() else " "
            for character in unicodedata.normalize("NFKD", decomposed)
            if unicodedata.category(character) not in ("Mn", "Cf")
        )
    words = letters.split()
    if len(words) > 1 and words[-1] in _ARTICLES:
        words.insert(0, words.pop())
    return " ".join(words)


def distance(left: str, right: str, limit: int) -> int:
    """Typing errors between two words: letters missing, extra, different, or two neighbours swapped.

    The optimal string alignment distance (Damerau-Levenshtein without edits inside a swap), after Boytsov
    (2011), "Indexing methods for approximate dictionary searching", section 2.1. Anything above `limit` is
    returned as `limit + 1`, so that far words cost little.
    """
    too_far = limit + 1
    if abs(len(left) - len(right)) > limit:
        return too_far
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, previous = row, before
        row = [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return too_far
    return min(row[-1], too_far)


def legible(text: str) -> str:
    """A text of a user between ours: without signs that turn what comes after it around, and on one line.

    What joins letters or signs (of an emoji, of Persian) stays.
    """
    return " ".join(_TURNS_OR_CONTROLS.sub(" ", text).split())
