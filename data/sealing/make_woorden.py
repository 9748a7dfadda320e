"""Make `woorden.txt`: 7,776 (six to the fifth) plain Dutch words for passphrases. See README.md beside it.

    python data/sealing/make_woorden.py /usr/share/dict/dutch

The word list tells nothing of how common a word is. A word from which many others are made (*water*:
waterkant, drinkwater) is one that people know: those come first.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

COUNT = 6**5
_PLAIN = re.compile(r"[a-z]{4,7}")
_LEAST_REST = 3
#: endings of a form of another word: only the word itself is taken
_ENDINGS = ("e", "s", "en", "n", "t", "d", "de", "te", "den", "ten", "er", "ers", "je", "jes", "st", "ste")
#: nobody has to read these out on the telephone
_RUDE = re.compile(
    r"aars|aids|anus|arab|bastaar|bloot|borst|dood|drol|flikker|gek|geil|hitler|hoer|homo|hond?nlul|ijzervr|incest|"
    r"jood|jode|kanker|kech|klere|klit|kont|kots|kut|lesb|lijk|lul|mof|moord|moslim|nazi|neger|neuk|nicht|pedo|"
    r"penis|pest|pijp|pis|poep|poot|porno|pot|rape|ras|reet|rot|schijt|seks|slet|sloer|sperma|stront|tering|tiet|"
    r"trut|turk|tyfus|vagina|verkrac|wijf|zak|zelfmoo|zwart|zigeun"
)


def chosen(words: list[str]) -> list[str]:
    """The words of a word list that are best known, in the order of the alphabet."""
    known = {word for word in words if word.isascii() and word.islower() and word.isalpha()}
    compounds: Counter[str] = Counter()
    for word in known:
        for cut in range(_LEAST_REST, len(word) - _LEAST_REST + 1):
            first, last = word[:cut], word[cut:]
            if first in known and last in known:
                compounds[first] += 1
                compounds[last] += 1
    plain = [
        word
        for word in sorted(known)
        if _PLAIN.fullmatch(word) and not _RUDE.search(word) and not _is_form(word, known)
    ]
    return sorted(sorted(plain, key=lambda word: (-compounds[word], word))[:COUNT])


def _is_form(word: str, known: set[str]) -> bool:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) >= _LEAST_REST and stem in known for stem in stems)


if __name__ == "__main__":
    made = chosen(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    Path(__file__).with_name("woorden.txt").write_text("\n".join(made) + "\n", encoding="ascii")
