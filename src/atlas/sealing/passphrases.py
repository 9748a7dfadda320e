"""Passphrases: six words drawn from 7,776 Dutch ones, 77 bits; a weaker one is not taken.

They are shown once and kept nowhere: not in the dossier, the register, a log or an argument of a command.
"""

from __future__ import annotations

import re
import secrets
from functools import cache

from ..core.files.embedded import embedded_path
from ..core.words.errors import AtlasError

WORDS = 6
_BETWEEN = re.compile(r"[^a-z]+")


@cache
def words() -> tuple[str, ...]:
    """The list to draw from; how it was made stands beside it (`data/sealing/README.md`)."""
    return tuple(embedded_path("data", "sealing", "woorden.txt").read_text(encoding="ascii").split())


def new_passphrase() -> str:
    """Six words by chance, from the operating system's own source of it."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS))


def plain(passphrase: str) -> str:
    """A passphrase as it is used: capitals, hyphens and spaces do not matter. The page does the same."""
    return _BETWEEN.sub("-", passphrase.lower()).strip("-")


def typed_passphrase(text: str) -> str:
    """A passphrase that somebody typed: one that was drawn before, for the same recipient.

    How strong a sentence is that a person thought of can't be told, so only words of the list count.

    Raises:
        AtlasError: fewer than six different words of the list. What was typed is not repeated.
    """
    found = plain(text).split("-")
    known = set(words())
    good = {word for word in found if word in known}
    if len(good) < WORDS:
        raise AtlasError(
            "Deze wachtzin is te zwak.",
            got=f"{len(good)} verschillende woorden uit de lijst",
            expected=f"een wachtzin van {WORDS} woorden die de atlas eerder heeft getrokken",
            hint="Laat de wachtzin weg: dan trekt de atlas een nieuwe.",
        )
    return " ".join(found)
