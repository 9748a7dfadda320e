"""Which points lie within a distance of lines: nearly all of it read off a grid of squares.

A square of which the middle is far enough from every line, or near enough to one, answers for all its points.
Only the points of the other squares, where the distance may go either way, are measured, against the few
lines near their square.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.integer]
    Booleans = NDArray[np.bool_]

SQUARES_PER_DISTANCE = 2
"""Smaller squares leave fewer points to measure and take longer to lay out."""

MOST_SQUARES = 250_000
"""About as many, for a small distance over a large land: a table of 1 MB, squares of 190 m here."""

MARGIN = 1e-6
"""Of the distance. Within it, rounding may decide: the point is left undecided. Rounding is below 1e-9."""

_FAR, _NEAR = -1, -2


@dataclass(frozen=True, slots=True)
class NearLines:
    """Lines made ready for many points.

    Args:
        distance: What "near" means; that distance included.
        west: Left side of the grid.
        south: Lower side of the grid.
        side: Side of a square.
        table: Shape (rows, columns): _FAR, _NEAR, or the number of a square where points are measured.
        first: Per such square, and one more: the first of its lines in `line`.
        line: Per square one after another: the lines near it.
        ends: Shape (4, lines): x and y of the beginning and x and y of the end of each line.
    """

    distance: float
    west: float
    south: float
    side: float
    table: NDArray[np.int32]
    first: Integers
    line: Integers
    ends: Floats

    def near(self, x: Floats, y: Floats) -> tuple[Booleans, Integers]:
        """Whether each point lies within the distance of a line.

        Args:
            x: Shape (n,), finite.
            y: Shape (n,).

        Returns:
            Shape (n,); and the points of which rounding decided, for a library to answer.
        """
        rows, columns = self.table.shape
        column = np.clip(np.floor((x - self.west) / self.side), -1, columns).astype(np.int64)
        row = np.clip(np.floor((y - self.south) / self.side), -1, rows).astype(np.int64)
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        answer = np.full(x.size, _FAR, dtype=np.int32)
        answer[inside] = self.table[row[inside], column[inside]]
        near = answer == _NEAR
        point = np.flatnonzero(answer >= 0)
        if not point.size:
            return near, point
        square = answer[point]
        count = self.first[square + 1] - self.first[square]
        begin = np.cumsum(count) - count
        line = self.line[np.arange(count.sum()) + np.repeat(self.first[square] - begin, count)]
        measured = _squared(self.ends[:, line], np.repeat(x[point], count), np.repeat(y[point], count))
        nearest = np.minimum.reduceat(measured, begin)
        near[point] = nearest <= self.distance**2
        return near, point[np.abs(nearest - self.distance**2) <= 2 * MARGIN * self.distance**2]


def near_lines(ends: Floats, distance: float) -> NearLines:
    """Lay a grid of squares over lines.

    Args:
        ends: Shape (4, lines), at least one: x and y of the beginning and x and y of the end of each.
        distance: Above zero.
    """
    across, up = np.ptp(ends[::2]), np.ptp(ends[1::2])
    side = max(distance / SQUARES_PER_DISTANCE, float(across * up / MOST_SQUARES) ** 0.5)
    reach = side * 0.5**0.5 * (1 + MARGIN)
    around = distance + reach + side
    west, south = float(ends[::2].min() - around), float(ends[1::2].min() - around)
    columns = int((ends[::2].max() + around - west) / side) + 1
    rows = int((ends[1::2].max() + around - south) / side) + 1

    def span(low: Floats, high: Floats, origin: float) -> tuple[Integers, Integers]:
        start = np.floor((low - around - origin) / side).astype(np.int64).clip(0)
        return start, np.floor((high + around - origin) / side).astype(np.int64) - start + 1

    column, wide = span(np.minimum(ends[0], ends[2]), np.maximum(ends[0], ends[2]), west)
    row, high = span(np.minimum(ends[1], ends[3]), np.maximum(ends[1], ends[3]), south)
    size = wide * high
    line = np.repeat(np.arange(size.size), size)
    place = np.arange(line.size) - np.repeat(np.cumsum(size) - size, size)
    column, row = column[line] + place % wide[line], row[line] + place // wide[line]
    inside = (column < columns) & (row < rows)
    line, column, row = line[inside], column[inside], row[inside]
    away = np.sqrt(_squared(ends[:, line], west + (column + 0.5) * side, south + (row + 0.5) * side))
    some = away <= distance + reach
    line, away, square = line[some], away[some], (row * columns + column)[some]

    nearest = np.full(rows * columns, np.inf)
    np.minimum.at(nearest, square, away)
    table = np.where(nearest < distance - reach, _NEAR, _FAR).astype(np.int32)
    measured = np.flatnonzero((nearest >= distance - reach) & (nearest <= distance + reach))
    table[measured] = np.arange(measured.size)
    of_measured = table[square] >= 0
    order = np.argsort(square[of_measured], kind="stable")
    first = np.searchsorted(square[of_measured][order], np.append(measured, rows * columns))
    return NearLines(
        distance, west, south, side, table.reshape(rows, columns), first, line[of_measured][order], ends
    )


def _squared(ends: Floats, x: Floats, y: Floats) -> Floats:
    """The squared distance of each point to its line."""
    along_x, along_y = ends[2] - ends[0], ends[3] - ends[1]
    dx, dy = x - ends[0], y - ends[1]
    length = along_x * along_x + along_y * along_y
    share = np.divide(dx * along_x + dy * along_y, length, out=np.zeros_like(dx), where=length > 0)
    np.clip(share, 0.0, 1.0, out=share)
    dx -= share * along_x
    dy -= share * along_y
    result: Floats = dx * dx + dy * dy
    return result
