"""Laying a grid of cells over polygons: which cells have borders, and where the reference points are.

Everything errs on one side. A cell gets every edge that comes within `SLACK` of it, which is far more than
all rounding together (`SMALLEST_CELL` sees to that), so a cell without edges has none in it and is in one
area as a whole. And a reference point that lies within `SLACK` of an edge, seen along its row, is not used.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .area_grid import FIRST_BORDER_CELL, HARD, NONE, AreaGrid, Frame, side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .area_grid import Floats, Integers

SLACK = 2.0**-16
"""In cells. Positions in a frame are computed to within 2^-20."""

SMALLEST_CELL = 2.0**22
"""In units of the last place of the largest coordinate."""

FEWEST_CELLS = 2**17
MOST_CELLS = 2**21
"""Between these, a cell per point. A finer grid leaves fewer points in border cells, but takes longer to
build and no longer fits in the cache; measured on 22 and 2,500 areas with 0.1 to 10 million points."""

MOST_COLUMNS = 8192
"""And rows. With cells this small against the whole, a fraction of a position still has 40 bits."""

MOST_EDGES = 64
"""With more edges in one cell, the index of GEOS is quicker."""

LARGEST_COORDINATE = 1e150
"""Products of two coordinates stay finite."""

SMALLEST_SIZE = 1e-130
"""And do not become 0. Beyond this and the above GEOS errs, and its answer is the rule."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The straight parts of the borders of all parts; a part is one polygon of an area.

    Args:
        ends: Shape (4, n): x and y of the beginning, x and y of the end.
        part: Shape (n,): the part of each edge; ascending.
        position: Per part: position of its area; ascending.
    """

    ends: Floats
    part: Integers
    position: Integers

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return self.position.size


def edges_of_rings(
    coordinates: Floats, ring_start: Integers, first_ring: Integers, position: Integers
) -> Edges:
    """All edges of polygons, given as rings one after another.

    Args:
        coordinates: Shape (vertices, 2): the closed rings of all polygons.
        ring_start: Shape (rings + 1,): the first vertex of each ring, and the number of vertices.
        first_ring: Shape (polygons + 1,): the first ring of each polygon, and the number of rings.
        position: Shape (polygons,): position of the area of each, ascending.
    """
    parts = position.size
    if parts == 0:
        return Edges(np.empty((4, 0)), np.empty(0, dtype=np.int32), position.astype(np.int32))
    part = np.repeat(np.arange(parts, dtype=np.int32), np.diff(ring_start[first_ring]))
    same_ring = np.ones(len(coordinates), dtype=bool)
    same_ring[ring_start[1:] - 1] = False
    same_ring = same_ring[:-1]
    x, y = np.ascontiguousarray(coordinates[:, 0]), np.ascontiguousarray(coordinates[:, 1])
    ends = np.stack([x[:-1][same_ring], y[:-1][same_ring], x[1:][same_ring], y[1:][same_ring]])
    return Edges(ends, part[:-1][same_ring], position.astype(np.int32))


def cells_for(points: int) -> int:
    """How many cells serve about this many points best."""
    return min(max(points, FEWEST_CELLS), MOST_CELLS)


def frame_for(edges: Edges, cells: int) -> Frame | None:
    """A frame of about this many cells around the edges; fewer when that would cut the edges in more pieces.

    None when the coordinates are too large or too close together for floating point to tell cells apart.
    """
    if not edges.part.size:
        return None
    # Rings are closed: every vertex is the beginning of an edge.
    x_low, y_low = edges.ends[:2].min(axis=1)
    x_high, y_high = edges.ends[:2].max(axis=1)
    largest = max(abs(x_low), abs(y_low), abs(x_high), abs(y_high))
    if not largest < LARGEST_COORDINATE:
        return None
    width, height = float(x_high - x_low), float(y_high - y_low)
    size = max(
        (width * height / cells) ** 0.5,
        float(np.abs(edges.ends[2:] - edges.ends[:2]).sum()) / cells,
        max(width, height) / MOST_COLUMNS,
        float(np.spacing(largest)) * SMALLEST_CELL,
    )
    if not size > SMALLEST_SIZE:
        return None
    # 1.37: any margin over 1 will do, but registers round their coordinates, and on a grid that does not
    # start at a round number few vertices lie on a line.
    return Frame(
        x0=float(x_low - 1.37 * size),
        y0=float(y_low - 1.37 * size),
        size=size,
        columns=int(width / size) + 4,
        rows=int(height / size) + 4,
    )


def build_grid(edges: Edges, cells: int) -> AreaGrid | None:
    """Lay a grid of about `cells` cells over the edges; None when that cannot be done (see `frame_for`)."""
    frame = frame_for(edges, cells)
    if frame is None:
        return None
    reach = _reach(frame, edges)
    with ThreadPoolExecutor(1) as thread:
        passing = thread.submit(_toggles, frame, edges, reach)
        entry_cell, entry_edge = _entries(frame, edges, reach)
        toggles, unsafe = passing.result()
    pairs = _pairs(frame, edges, entry_cell, entry_edge)
    inside, unsafe_pairs = _reference_inside(edges, toggles, pairs, entry_edge)

    painted = _paint(frame, edges, toggles, pairs)
    first_pair = np.flatnonzero(_changes(pairs.cell))
    border_cell = pairs.cell[first_pair]
    pair_start = np.append(first_pair, pairs.cell.size)
    table = np.append(edges.position, np.int32(NONE)).astype(np.int32, copy=False)[painted]
    background = table[border_cell]
    table[border_cell] = FIRST_BORDER_CELL - np.arange(border_cell.size, dtype=np.int32)
    crowded = np.diff(pairs.entry_start[pair_start]) > MOST_EDGES
    for hard in (unsafe, pairs.cell[unsafe_pairs], border_cell[crowded]):
        table[hard] = HARD
    return AreaGrid(
        frame=frame,
        table=table,
        background=background,
        pair_start=pair_start,
        pair_area=edges.position[pairs.part],
        corner_x=pairs.corner_x,
        inside=inside,
        entry_start=pairs.entry_start,
        entry_edge=entry_edge,
        ends=edges.ends,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """The columns and rows that each edge comes near, from low up to and including high."""

    column_low: Integers
    column_high: Integers
    row_low: Integers
    row_high: Integers


@dataclass(frozen=True, slots=True)
class _Pairs:
    """As in `AreaGrid`; `key` is that of a toggle just past the reference point, see `_key`."""

    cell: Integers
    part: Integers
    key: Integers
    corner_x: Floats
    corner_y: Floats
    entry_start: Integers


def _reach(frame: Frame, edges: Edges) -> _Reach:
    across_begin, across_end = frame.across(edges.ends[0]), frame.across(edges.ends[2])
    up_begin, up_end = frame.up(edges.ends[1]), frame.up(edges.ends[3])
    # Positions are above 0, so casting rounds down.
    return _Reach(
        column_low=(np.minimum(across_begin, across_end) - SLACK).astype(np.int32),
        column_high=(np.maximum(across_begin, across_end) + SLACK).astype(np.int32),
        row_low=(np.minimum(up_begin, up_end) - SLACK).astype(np.int32),
        row_high=(np.maximum(up_begin, up_end) + SLACK).astype(np.int32),
    )


def _entries(frame: Frame, edges: Edges, reach: _Reach) -> tuple[Integers, Integers]:
    """Every cell that an edge comes near, and the edge; sorted by cell, then edge (so by part)."""
    wide, high = reach.column_high - reach.column_low, reach.row_high - reach.row_low
    slanting = (wide > 0) & (high > 0)
    straight = np.flatnonzero(~slanting)
    wide, high = wide[straight], high[straight]
    index, place = _spread(wide + high + 1)
    edge = straight[index]
    place *= np.where(high > 0, frame.columns, 1)[index]
    place += (reach.row_low[straight].astype(np.int64) * frame.columns + reach.column_low[straight])[index]

    slanting_edge, slanting_cell = _slanting_entries(frame, edges, reach, np.flatnonzero(slanting))
    # Sorting one number is several times as quick as sorting by two.
    bits = edges.part.size.bit_length()
    key = np.concatenate([place << bits | edge, slanting_cell << bits | slanting_edge])
    key.sort()
    return key >> bits, key & ((1 << bits) - 1)


def _slanting_entries(
    frame: Frame, edges: Edges, reach: _Reach, which: Integers
) -> tuple[Integers, Integers]:
    """The same, unsorted and edge first, for edges that reach several columns and rows: cut by rows."""
    index, row = _spread((reach.row_high - reach.row_low)[which] + 1)
    edge = which[index]
    row += reach.row_low[edge]
    ends = edges.ends.take(edge, axis=1)
    u, v = frame.across(ends[0]), frame.up(ends[1])
    du, dv = frame.across(ends[2]) - u, frame.up(ends[3]) - v
    level = np.abs(dv) < SLACK * SLACK
    dv[level] = 1.0
    # From 0 at the beginning of the edge to 1 at its end: where it passes the two sides of the row.
    one, other = (row - SLACK - v) / dv, (row + 1 + SLACK - v) / dv
    one[level], other[level] = 0.0, 1.0
    one, other = u + np.clip(one, 0.0, 1.0) * du, u + np.clip(other, 0.0, 1.0) * du
    low = (np.minimum(one, other) - SLACK).astype(np.int64)
    high = (np.maximum(one, other) + SLACK).astype(np.int64)
    index, cell = _spread(high - low + 1)
    cell += (row * frame.columns + low)[index]
    return edge[index], cell


def _pairs(frame: Frame, edges: Edges, entry_cell: Integers, entry_edge: Integers) -> _Pairs:
    entry_part = edges.part[entry_edge]
    first = np.flatnonzero(_changes(entry_cell) | _changes(entry_part))
    cell, part = entry_cell[first], entry_part[first]
    row, column = np.divmod(cell, frame.columns)
    return _Pairs(
        cell=cell,
        part=part,
        key=_key(frame, edges, row, part, column),
        corner_x=frame.line_x(column),
        corner_y=frame.line_y(row),
        entry_start=np.append(first, entry_edge.size),
    )


def _toggles(frame: Frame, edges: Edges, reach: _Reach) -> tuple[Integers, Integers]:
    """Where, going right along the reference points of a row, one passes into or out of a part.

    Returns:
        Sorted keys of row, part and the first column past the border; and the cells whose reference point is
        so near the border that it cannot be said on which side it lies.
    """
    several = np.flatnonzero(reach.row_high > reach.row_low)
    index, row = _spread((reach.row_high - reach.row_low)[several])
    edge = several[index]
    row += reach.row_low[edge] + 1
    line = frame.line_y(row)
    crosses = np.flatnonzero((edges.ends[1][edge] <= line) != (edges.ends[3][edge] <= line))
    line, row, edge = line[crosses], row[crosses], edge[crosses]
    x_begin, y_begin, x_end, y_end = edges.ends.take(edge, axis=1)
    begin = frame.across(x_begin)
    crossing = begin + (line - y_begin) / (y_end - y_begin) * (frame.across(x_end) - begin)
    nearest = np.rint(crossing)
    unsafe = np.abs(crossing - nearest) < SLACK
    keys = _key(frame, edges, row, edges.part[edge], crossing.astype(np.int64) + 1)
    keys.sort()
    return keys, row[unsafe] * frame.columns + nearest[unsafe].astype(np.int64)


def _key(frame: Frame, edges: Edges, row: Integers, part: Integers, column: Integers) -> Integers:
    """Row, part and column as one number that sorts in that order."""
    return (row * edges.parts + part) * frame.columns + column


def _reference_inside(
    edges: Edges, toggles: Integers, pairs: _Pairs, entry_edge: Integers
) -> tuple[NDArray[np.uint8], Integers]:
    """`AreaGrid.inside`, and the pairs in which the side of the reference point is in doubt.

    A reference point is inside when an odd number of toggles of its row and part comes before it. Rings are
    closed, so each part has an even number in each row: counting all toggles before it gives the same parity.
    """
    before = np.searchsorted(toggles, pairs.key, side="right")
    pair = np.repeat(np.arange(pairs.cell.size), np.diff(pairs.entry_start))
    line = pairs.corner_x[pair]
    meeting = np.flatnonzero((edges.ends[0][entry_edge] <= line) != (edges.ends[2][entry_edge] <= line))
    pair = pair[meeting]
    ends = edges.ends.take(entry_edge[meeting], axis=1)
    left, doubt = side(ends, pairs.corner_x[pair], pairs.corner_y[pair])
    switches = before + np.bincount(pair[left], minlength=before.size)
    return (switches & 1).astype(np.uint8), pair[doubt]


def _paint(frame: Frame, edges: Edges, toggles: Integers, pairs: _Pairs) -> NDArray[np.int32]:
    """For each cell the first part that covers it without an edge in it, or NONE.

    Toggles come in twos: the cells from the first up to the second have their reference point in the part.
    """
    group, column = np.divmod(toggles, frame.columns)
    row, part = np.divmod(group[::2], edges.parts)
    begin, end = row * frame.columns + column[::2], row * frame.columns + column[1::2]
    order = np.flatnonzero(begin < end)
    order = order[np.argsort(begin[order], kind="stable")]
    begin, end, part = begin[order], end[order], part[order].astype(np.int32)
    total = frame.columns * frame.rows
    if np.any(begin[1:] < end[:-1]):
        return _paint_overlapping(total, (begin, end, part), pairs)
    bounds = np.zeros(2 * begin.size + 2, dtype=np.int64)
    bounds[1:-1:2], bounds[2:-1:2], bounds[-1] = begin, end, total
    values = np.full(2 * begin.size + 1, NONE, dtype=np.int32)
    values[1::2] = part
    table = np.repeat(values, np.diff(bounds))
    table[pairs.cell[table[pairs.cell] == pairs.part]] = NONE
    return table


def _paint_overlapping(
    total: int, runs: tuple[Integers, Integers, Integers], pairs: _Pairs
) -> NDArray[np.int32]:
    """The same where parts overlap: the last one first, so that the first ends on top."""
    begin, end, part = runs
    runs_by_part = np.argsort(part, kind="stable")
    pairs_by_part = np.argsort(pairs.part, kind="stable")
    table = np.full(total, NONE, dtype=np.int32)
    for number in np.unique(part)[::-1]:
        both = [number, number + 1]
        own = pairs_by_part[slice(*np.searchsorted(pairs.part, both, sorter=pairs_by_part))]
        mine = runs_by_part[slice(*np.searchsorted(part, both, sorter=runs_by_part))]
        beneath = table[pairs.cell[own]]
        for first, last in zip(begin[mine].tolist(), end[mine].tolist(), strict=True):
            table[first:last] = number
        table[pairs.cell[own]] = beneath
    return table


def _spread(count: Integers) -> tuple[Integers, Integers]:
    """Index i count[i] times, and beside it 0, 1, ... up to count[i]."""
    index = np.repeat(np.arange(count.size), count)
    return index, np.arange(index.size) - (np.cumsum(count) - count)[index]


def _changes(values: Integers) -> NDArray[np.bool_]:
    """True where a value differs from the one before it, and for the first."""
    changed = np.ones(values.size, dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed
