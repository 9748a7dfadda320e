"""Searching the bytes of files for what should no longer be in them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

#: a shorter text is found by chance, and is not searched for
SHORTEST = 6


def found_in(data: bytes, needles: Iterable[bytes]) -> set[bytes]:
    """Which of the needles occur in the data. Time grows with the data, hardly with the number of needles.

    Args:
        data: The bytes of a file.
        needles: What to look for; those shorter than `SHORTEST` are passed over.
    """
    by_start: dict[int, list[bytes]] = defaultdict(list)
    for needle in set(needles):
        if len(needle) >= SHORTEST:
            by_start[int.from_bytes(needle[:SHORTEST], "little")].append(needle)
    if len(data) < SHORTEST or not by_start:
        return set()
    letters = np.frombuffer(data, dtype=np.uint8)
    starts = np.zeros(len(data) - SHORTEST + 1, dtype=np.uint64)
    for position in range(SHORTEST):
        starts |= letters[position : position + len(starts)].astype(np.uint64) << np.uint64(8 * position)
    candidates = np.flatnonzero(np.isin(starts, np.fromiter(by_start, dtype=np.uint64)))
    return {
        needle
        for place in candidates.tolist()
        for needle in by_start[int(starts[place])]
        if data.startswith(needle, place)
    }
