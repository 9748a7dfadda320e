"""A grid of cells over polygons, from which the area of almost every point is read off, exactly.

Cells that no border comes near lie in one area as a whole (or in none): a point there costs one look in a
table. A cell with borders, a *border cell*, keeps its *edges* (the straight parts of borders that come near
it) and, for each *part* (a polygon of an area) with edges there, whether the *reference point* of the cell,
its lower left corner, is inside that part. From a point in such a cell, walk straight to the left or right to
the vertical line through the reference point, then along that line to the reference point: the point is
inside exactly when the reference point is, switched once for every edge crossed on the way.

Each step is a comparison or the sign of a determinant of coordinates. A sign that floating point does not
guarantee (Shewchuk 1997, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates",
error bound A of the orientation test) is not used: the point is *undecided*, for GEOS to answer. So are the
points of *hard* cells: the reference point lies too near an edge, or there are too many edges to walk past.

Inside a part means: an odd number of borders lies between the point and infinity, the rings of the part
counted alike. For a valid polygon that is what everybody means; for any other it is the answer of a prepared
polygon in GEOS.
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

NONE = -1
"""No area."""

HARD = np.iinfo(np.int32).min
"""In the table of cells: every point here is left to GEOS."""

FIRST_BORDER_CELL = -2
"""In the table of cells: border cell k is stored as -2 - k."""

SIGN_ERROR = 4.5e-16
"""Error bound A is 3.34e-16 of the two products added up; the rest is room for rounding in the adding up."""

SMALLEST_SIGN = 1e-290
"""Below this, a product may have lost digits to underflow."""

_BEYOND = np.iinfo(np.int32).max
"""Larger than any position of an area."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How coordinates become cells: monotone, so that a point between two others is in a cell between theirs.

    Args:
        x0: Left side of the grid.
        y0: Lower side of the grid.
        size: Side of a cell.
        columns: Number of cells across; the outermost ones lie outside all areas.
        rows: Number of cells up; as with columns.
    """

    x0: float
    y0: float
    size: float
    columns: int
    rows: int

    def across(self, x: Floats) -> Floats:
        """Horizontal position, in cells from the left side of the grid."""
        return (x - self.x0) * (1.0 / self.size)

    def up(self, y: Floats) -> Floats:
        """Vertical position, in cells from the lower side of the grid."""
        return (y - self.y0) * (1.0 / self.size)

    def line_x(self, column: Integers) -> Floats:
        """The x of the reference points of the cells in these columns."""
        return np.asarray(self.x0 + column * self.size, dtype=np.float64)

    def line_y(self, row: Integers) -> Floats:
        """The y of the reference points of the cells in these rows."""
        return np.asarray(self.y0 + row * self.size, dtype=np.float64)

    def cells(self, x: Floats, y: Floats) -> Integers:
        """The cell of each point; points outside the grid, infinite or not a number get an outermost cell."""
        with np.errstate(over="ignore", invalid="ignore"):
            column = _whole(self.across(x), self.columns)
            row = _whole(self.up(y), self.rows)
        row *= self.columns
        row += column
        return row


@dataclass(frozen=True, slots=True)
class AreaGrid:
    """The cells, and what is kept of the border cells.

    A *pair* is one part with edges in one border cell, an *entry* one edge in one border cell. Pairs are
    sorted by cell and part, entries by pair.

    Args:
        frame: Where the cells are.
        table: Per cell, row after row: its area, NONE, HARD, or -2 minus the number of the border cell.
        background: Per border cell: the area of the first part that covers it without an edge in it, or NONE.
        pair_start: Per border cell, and one more: its first pair.
        pair_area: Per pair.
        corner_x: Per pair: x of the reference point.
        inside: Per pair: 1 when the reference point is inside the part, switched once for each edge that
            meets the vertical line through it and has it on its left (see `look_up`).
        entry_start: Per pair, and one more: its first entry.
        entry_edge: Per entry: its edge.
        ends: Shape (4, edges): x and y of the beginning and x and y of the end of each edge.
    """

    frame: Frame
    table: NDArray[np.int32]
    background: Integers
    pair_start: Integers
    pair_area: Integers
    corner_x: Floats
    inside: NDArray[np.uint8]
    entry_start: Integers
    entry_edge: Integers
    ends: Floats


def look_up(grid: AreaGrid, border_cell: Integers, x: Floats, y: Floats) -> tuple[Integers, Booleans]:
    """The first area around each point in a border cell, by the walk to the reference point.

    The walk turns where its horizontal part reaches the vertical line. An edge is crossed by the horizontal
    part when it spans the y of the point with the point and the turn on different sides, and by the vertical
    part when it meets the line with the turn and the reference point on different sides. The side of the
    reference point is the same for every walk, and counted in `grid.inside` already. An edge counts at its
    lower and left end and not at the other, as if the walk went a hair higher and more to the right: so that
    a walk through a vertex counts one crossing or two, as it should.

    Args:
        grid: The grid.
        border_cell: Shape (n,), n > 0: number of the border cell of each point.
        x: Shape (n,).
        y: Shape (n,).

    Returns:
        Area or NONE, and True where it is undecided: there the area means nothing.
    """
    pair, pairs, first_pair = _members(grid.pair_start, border_cell)
    entry, entries, first_entry = _members(grid.entry_start, pair)
    x, y = np.repeat(np.repeat(x, pairs), entries), np.repeat(np.repeat(y, pairs), entries)
    line = np.repeat(grid.corner_x[pair], entries)
    ends = grid.ends.take(grid.entry_edge[entry], axis=1)

    left, doubt = side(ends, x, y)
    left_of_turn, doubt_of_turn = side(ends, line, y)
    spans = (ends[1] <= y) != (ends[3] <= y)
    meets = (ends[0] <= line) != (ends[2] <= line)
    switch = (spans & (left != left_of_turn)) ^ (meets & left_of_turn)
    inside = np.bitwise_xor.reduceat(switch.view(np.uint8), first_entry) ^ grid.inside[pair]
    found = np.minimum.reduceat(np.where(inside.view(bool), grid.pair_area[pair], _BEYOND), first_pair)
    background = grid.background[border_cell]
    found = np.minimum(found, np.where(background == NONE, _BEYOND, background))
    found[found == _BEYOND] = NONE

    undecided = np.zeros(border_cell.size, dtype=bool)
    doubtful = np.flatnonzero(doubt | doubt_of_turn)
    if doubtful.size:
        # A doubt counts when the walk may cross the edge, or the point may lie on it; not when the point is
        # further along the line of the edge, as happens where borders run parallel to an axis.
        near = _around(ends.take(doubtful, axis=1), x[doubtful], y[doubtful])
        doubtful = doubtful[spans[doubtful] | meets[doubtful] | near]
        undecided[np.searchsorted(first_entry[first_pair], doubtful, side="right") - 1] = True
    return found, undecided


def side(ends: Floats, x: Floats, y: Floats) -> tuple[Booleans, Booleans]:
    """On which side of its edge a point lies, and whether that is in doubt.

    Args:
        ends: Shape (4, n), the edges.
        x: Shape (n,), the points.
        y: Shape (n,).

    Returns:
        True for the left side of the edge, and True where rounding may have decided that.
    """
    ahead = (ends[0] - x) * (ends[3] - y)
    beside = (ends[1] - y) * (ends[2] - x)
    determinant = ahead - beside
    bound = np.abs(ahead, out=ahead)
    bound += np.abs(beside, out=beside)
    bound *= SIGN_ERROR
    bound += SMALLEST_SIGN
    left = determinant > 0
    return left, ~(np.abs(determinant, out=determinant) > bound)


def _members(start: Integers, which: Integers) -> tuple[Integers, Integers, Integers]:
    """The members of groups `which`, group g having the members start[g] up to start[g + 1].

    Returns:
        Members of all, one group after another; the size of each group; where each begins in that list.
    """
    first = start[which]
    count = start[which + 1] - first
    last = np.cumsum(count)
    begin = last - count
    return np.arange(last[-1]) + np.repeat(first - begin, count), count, begin


def _around(ends: Floats, x: Floats, y: Floats) -> Booleans:
    """True where the smallest rectangle around an edge holds the point."""
    x_begin, y_begin, x_end, y_end = ends
    across = (np.minimum(x_begin, x_end) <= x) & (x <= np.maximum(x_begin, x_end))
    inside: Booleans = across & (np.minimum(y_begin, y_end) <= y) & (y <= np.maximum(y_begin, y_end))
    return inside


def _whole(position: Floats, count: int) -> Integers:
    """Rounded down and kept on the grid. What is not finite becomes 0: casting it is not defined."""
    finite = np.isfinite(position)
    if not finite.all():
        position[~finite] = 0.0
    np.clip(position, 0, count - 1, out=position)
    return position.astype(np.int32)
