"""The areas of many points read off a grid, in pieces that fit the cache of the processor."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from .area_grid import FIRST_BORDER_CELL, HARD, look_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .area_grid import AreaGrid

    Numbers = NDArray[np.number]
    Positions = NDArray[np.intp]

CHUNK = 131_072
"""Points at a time: the working arrays stay in the cache of the processor."""

BATCH = 8_192
"""Points in border cells at a time, each with at most `MOST_EDGES` edges: some 80 MB at the very most."""


def read_off(grid: AreaGrid, x: Numbers, y: Numbers, found: Positions) -> Positions:
    """Put the answers of the grid in `found`.

    Args:
        grid: The grid.
        x: Shape (n,), numbers of any kind.
        y: Shape (n,).
        found: Shape (n,), filled here: the position of the area of each point, or -1.

    Returns:
        The points that the grid leaves undecided; what `found` says of them means nothing.
    """
    if x.size <= CHUNK:
        return _read_chunk(grid, x, y, found)
    chunks = [slice(first, first + CHUNK) for first in range(0, x.size, CHUNK)]
    undecided = [np.empty(0, dtype=np.intp)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = threads.map(lambda chunk: _read_chunk(grid, x[chunk], y[chunk], found[chunk]), chunks)
        undecided += [part + chunk.start for part, chunk in zip(parts, chunks, strict=True)]
    return np.concatenate(undecided)


def _read_chunk(grid: AreaGrid, x: Numbers, y: Numbers, found: Positions) -> Positions:
    across, up = x.astype(np.float64, copy=False), y.astype(np.float64, copy=False)
    value = grid.table[grid.frame.cells(across, up)]
    found[:] = value
    near_border = np.flatnonzero(value <= FIRST_BORDER_CELL)
    hard = value[near_border] == HARD
    undecided = [near_border[hard]]
    near_border = near_border[~hard]
    for first in range(0, near_border.size, BATCH):
        part = near_border[first : first + BATCH]
        found[part], doubt = look_up(grid, FIRST_BORDER_CELL - value[part], across[part], up[part])
        undecided.append(part[doubt])
    return np.concatenate(undecided)
