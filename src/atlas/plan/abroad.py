"""Whose shortest way may run through Germany: the NWB stops at the border.

A place is marked when the straight line to another place leaves the two provinces on the side of Germany
for more than a little, and the way over the roads is much longer than that line. It says "may": nothing is
known of the roads there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..rounds.problem import Place

#: so much longer than the straight line is a detour: over the roads of the two provinces 1.3 is usual
_DETOUR = 1.6
#: a line that leaves the country for less than this only cuts a corner
_LEAST_ABROAD_M = 500.0
#: more places than that within the two provinces have a short way already
_EAST_M = 100_000.0


def through_germany(places: Sequence[Place], metres: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places have a way that may be shorter through Germany.

    Args:
        places: All with coordinates, EPSG:28992.
        metres: The way from each to each; inf: none.
    """
    x = np.array([one.x_rd for one in places], dtype=np.float64)
    y = np.array([one.y_rd for one in places], dtype=np.float64)
    straight = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    one, other = np.nonzero(np.triu(metres > _DETOUR * straight, 1) & (straight > _LEAST_ABROAD_M))
    marked = np.zeros(len(places), dtype=bool)
    if not len(one):
        return marked
    land = _two_provinces()
    lines = shapely.linestrings(
        np.stack([np.stack([x[one], y[one]], -1), np.stack([x[other], y[other]], -1)], 1)
    )
    leaves = ~shapely.covers(land, lines)
    one, other, lines = one[leaves], other[leaves], lines[leaves]
    outside = shapely.difference(lines, land)
    abroad = shapely.intersection(outside, _east_of(land))
    far = shapely.length(abroad) > _LEAST_ABROAD_M
    marked[one[far]] = marked[other[far]] = True
    return marked


def _two_provinces() -> shapely.Geometry:
    from ..geo.boundaries.levels import load_boundaries

    land = shapely.union_all(load_boundaries("provincie").to_crs(28992).geometry.to_numpy())
    shapely.prepare(land)
    return land


def _east_of(land: shapely.Geometry) -> shapely.Geometry:
    """What lies east of the two provinces: the shadow they throw that way."""
    west, south, east, north = shapely.bounds(land)
    steps = np.arange(south, north, 1000.0)
    boxes = shapely.box(west, steps, east, steps + 1000.0)
    edges = shapely.bounds(shapely.intersection(boxes, land))[:, 2]
    there = np.isfinite(edges)
    return shapely.union_all(
        shapely.box(edges[there], steps[there], edges[there] + _EAST_M, steps[there] + 1000.0)
    )
