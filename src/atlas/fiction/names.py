"""Names that sound like the north and do not exist: built from syllables that are no words.

Each is compared with every place, municipality and region the atlas knows: it may be none and hold none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from ..core.files.embedded import read_embedded_csv
from ..core.words.spelling import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

#: stands behind every invented place name, so that an address that is copied somewhere still says it
MARK = "FICTIEF"

_ONSETS = (
    "Brel", "Drens", "Flid", "Gramp", "Hels", "Jorf", "Knep", "Kwal", "Lurp", "Mands", "Nars", "Plos",
    "Prang", "Rolf", "Snel", "Spoel", "Strub", "Tarf", "Trus", "Vlim", "Vrom", "Welp", "Zwirp", "Dolk",
    "Birf", "Farn", "Gelf", "Hurn",
)  # fmt: skip
_MIDDLES = (
    "ter", "ser", "ker", "mer", "ling", "der", "bel", "nis", "sing", "gel", "per", "ster", "kel", "wer",
    "nek", "zel",
)  # fmt: skip
_PLACE_ENDINGS = (
    "veen", "wolde", "loo", "huizen", "horn", "wierde", "mond", "holt", "broek", "zijl", "meeden", "oord",
)  # fmt: skip
_STREET_ENDINGS = (
    "straat", "laan", "hof", "singel", "plein", "steeg", "kamp", "wal", "gaarde", "brink", "dreef", "kade",
)  # fmt: skip
_ROAD_ENDINGS = ("weg", "dijk", "wijk", "pad", "diep", "es")
#: shorter real names (Een, Peize) are compared as a whole only: "een" is in "veen"
_SHORTEST_HELD = 5
_REAL_NAMES = (
    ("plaatsnamen.csv", ("plaats", "gangbare_naam")),
    ("gemeenten.csv", ("naam", "corop_naam")),
    ("buiten_gebied.csv", ("naam", "andere_namen")),
    ("streken.csv", ("naam",)),
    ("provincies.csv", ("naam",)),
    ("herindelingen.csv", ("naam",)),
)


@cache
def real_names() -> frozenset[str]:
    """Every real name the atlas knows, as `core.words.spelling.normalise` writes it."""
    names = set()
    for file, columns in _REAL_NAMES:
        for row in read_embedded_csv("data", "areas", file):
            for column in columns:
                names |= {normalise(part) for part in re.split(r"[|/]", row.get(column, ""))}
    return frozenset(names - {""})


def invented(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are no real one and hold none of five letters or more."""
    plain = {name: normalise(name) for name in names}
    real = real_names()
    text = "\n".join(plain.values())
    held = [other for other in real if len(other) >= _SHORTEST_HELD and other in text]
    return tuple(
        name for name, form in plain.items() if form not in real and not any(other in form for other in held)
    )


@cache
def place_names() -> tuple[str, ...]:
    """All place names there can be, without the mark."""
    return _names(_PLACE_ENDINGS)


@cache
def street_names() -> tuple[str, ...]:
    """All names of streets within a place."""
    return _names(_STREET_ENDINGS)


@cache
def road_names() -> tuple[str, ...]:
    """All names of roads outside places."""
    return _names(_ROAD_ENDINGS)


def _names(endings: tuple[str, ...]) -> tuple[str, ...]:
    stems = invented(onset + middle for onset, middle in product(_ONSETS, _MIDDLES))
    return invented(stem + ending for stem, ending in product(stems, endings))


def scattered(rank: Integers, group: Integers, size: int, rng: np.random.Generator) -> Integers:
    """A number below `size` for each member: different within a group as long as `rank` is below `size`.

    Member r of group g gets (a_g r + b_g) mod size with a_g coprime to size: a permutation without a table.

    Args:
        rank: Shape (n,), position of the member in its group.
        group: Shape (n,), from 0.
        size: How many numbers there are.
        rng: The source of chance.
    """
    groups = int(group.max()) + 1 if group.size else 0
    steps = np.array([step for step in range(size // 3, size) if gcd(step, size) == 1])
    step, start = rng.choice(steps, groups), rng.integers(0, size, groups)
    return (step[group] * rank + start[group]) % size
