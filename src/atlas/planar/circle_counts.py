"""How many points lie within a distance of each place: exactly, also where a circle holds twenty thousand.

The points are put in cells, and the cells in rows. A circle crosses each row in a chord: cells between the
innermost ends of that chord are counted whole, from running sums; only the points in the few cells under the
rim are measured one by one. A cell counts as whole when it lies within the circle by a margin far larger than
rounding can be, so the answer is that of measuring every distance.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

ROWS_PER_RADIUS, COLUMNS_PER_RADIUS = 16, 80
"""Finer cells leave fewer points to measure; more rows mean more to look up. Quickest for 520,000."""

MOST_CELLS = 2**22
"""More no longer fit in the cache; points that lie wider apart get larger cells."""

MARGIN_M = 0.001
"""In metres. Coordinates of RD New have an error of 1e-10 m in 64 bits."""

CHUNK = 8_192
"""Places at a time: the working arrays stay in the cache of the processor."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """Points sorted by cell; those of cell k are `first[k]` up to `first[k + 1]`, row after row."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int
    first: NDArray[np.int32]
    x: Floats
    y: Floats


def count_within(x: Floats, y: Floats, points_x: Floats, points_y: Floats, radius_m: float) -> Counts:
    """For each place the number of points at `radius_m` metres or less.

    The distance itself counts as within: a point is counted when dx * dx + dy * dy <= radius * radius in
    64-bit numbers. A point at the place itself counts too.

    Args:
        x: Shape (n,), of the places, in metres; finite.
        y: Shape (n,).
        points_x: Shape (m,), of the points that are counted.
        points_y: Shape (m,).
        radius_m: Above zero, in metres.

    Returns:
        Shape (n,).
    """
    counts = np.zeros(x.size, dtype=np.int64)
    if not x.size or not points_x.size:
        return counts
    cells = _cells(points_x, points_y, radius_m)
    # neighbours after one another read the same part of the running sums
    order = np.lexsort((x, np.floor((y - cells.south) / cells.height)))
    chunks = [order[start : start + CHUNK] for start in range(0, order.size, CHUNK)]

    def count(chunk: NDArray[np.intp]) -> None:
        counts[chunk] = _count(cells, x[chunk], y[chunk], radius_m)

    with ThreadPoolExecutor(min(len(chunks), os.cpu_count() or 1)) as threads:
        list(threads.map(count, chunks))
    return counts


def _cells(x: Floats, y: Floats, radius: float) -> _Cells:
    west, south, wide, high = float(x.min()), float(y.min()), float(np.ptp(x)), float(np.ptp(y))
    width, height = radius / COLUMNS_PER_RADIUS, radius / ROWS_PER_RADIUS
    larger = max(1.0, float(np.sqrt((wide + width) * (high + height) / (width * height * MOST_CELLS))))
    width, height = width * larger, height * larger
    columns, rows = int(wide / width) + 1, int(high / height) + 1
    cell = ((y - south) / height).astype(np.int64) * columns + ((x - west) / width).astype(np.int64)
    order = np.argsort(cell, kind="stable")
    first = np.zeros(rows * columns + 1, dtype=np.int32)
    np.cumsum(np.bincount(cell, minlength=rows * columns), out=first[1:])
    return _Cells(west, south, width, height, columns, rows, first, x[order], y[order])


def _count(cells: _Cells, x: Floats, y: Floats, radius: float) -> Counts:
    """The counts of some places near each other: row after row, from the lowest one a circle can touch."""
    counts = np.zeros(x.size, dtype=np.int64)
    column, height = (x - cells.west) / cells.width, y - cells.south
    own_row = np.floor(height / cells.height).astype(np.int64)
    reach = int((radius + MARGIN_M) // cells.height) + 1
    for step in range(-reach, reach + 1):
        row = own_row + step
        bottom = row * cells.height - height
        top = bottom + cells.height
        nearest, farthest = np.maximum(np.maximum(bottom, -top), 0), np.maximum(top, -bottom)
        rim = (radius + MARGIN_M) ** 2 - nearest * nearest
        touched = (rim >= 0) & (row >= 0) & (row < cells.rows)
        outer = np.sqrt(np.maximum(rim, 0)) / cells.width
        inner = np.sqrt(np.maximum((radius - MARGIN_M) ** 2 - farthest * farthest, 0)) / cells.width
        chord = _chord(column, outer, inner, cells.columns)
        start, whole, broken, end = (cells.first[(row * cells.columns + edge) * touched] for edge in chord)
        counts += broken - whole
        for first, last in ((start, whole), (broken, end)):
            some = np.flatnonzero(last > first)
            counts[some] += _measure(cells, first[some], last[some], (x[some], y[some]), radius)
    return counts


def _chord(column: Floats, outer: Floats, inner: Floats, columns: int) -> tuple[Counts, ...]:
    """The columns where a chord starts, where its cells are whole, where no longer, and where it ends.

    Without a whole cell the second and third are the end: everything is measured, once.
    """
    start = np.clip(column - outer, 0, columns).astype(np.int64)
    whole = np.clip(column - inner + 1, 0, columns).astype(np.int64)
    broken = np.clip(column + inner, 0, columns).astype(np.int64)
    end = np.clip(column + outer + 1, 0, columns).astype(np.int64)
    whole = np.where(whole < broken, whole, end)
    return start, whole, np.maximum(whole, broken), end


def _measure(
    cells: _Cells, first: Counts, last: Counts, place: tuple[Floats, Floats], radius: float
) -> Counts:
    """For each place, how many of its points from `first` up to `last` lie within the circle."""
    if not first.size:
        return np.zeros(0, dtype=np.int64)
    length = (last - first).astype(np.int64)
    begin = np.cumsum(length) - length
    point = np.arange(begin[-1] + length[-1]) + np.repeat(first - begin, length)
    dx = cells.x[point] - np.repeat(place[0], length)
    dy = cells.y[point] - np.repeat(place[1], length)
    return np.add.reduceat(dx * dx + dy * dy <= radius * radius, begin, dtype=np.int64)
