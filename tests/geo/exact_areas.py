"""Areas and points to assign, and what exact geometry answers for them."""

from __future__ import annotations

import geopandas
import numpy as np
import shapely

from atlas.geo.measuring.assign import AreaIndex, edges_of
from atlas.planar.area_grid_building import build_grid

GRIDS = (1, 30, 3_000, 200_000)
"""From all edges in a few cells to cells far smaller than any edge."""


def geometry(polygon):
    return None if polygon is None else shapely.from_wkt(polygon) if isinstance(polygon, str) else polygon


def series(*polygons):
    return geopandas.GeoSeries([geometry(polygon) for polygon in polygons])


def exact(areas, x, y):
    """The first area with a part that covers the point, each asked of GEOS on its own."""
    found = np.full(len(x), -1)
    finite = np.isfinite(x) & np.isfinite(y)
    for position in reversed(range(len(areas))):
        for part in shapely.get_parts(areas.iloc[position]):
            shapely.prepare(part)
            with np.errstate(over="ignore", invalid="ignore"):
                found[finite & shapely.intersects_xy(part, x, y)] = position
    return found


def index_with(areas, cells):
    index = AreaIndex(areas)
    index._grid = build_grid(edges_of(index._parts, index._position), cells)
    return index


def nudged(values):
    """Each value, and its neighbours one and two units of the last place away."""
    up, down = np.nextafter(values, np.inf), np.nextafter(values, -np.inf)
    return np.concatenate([values, up, down, np.nextafter(up, np.inf), np.nextafter(down, -np.inf)])


def crossed(x, y):
    """Every x with every y, when that is not too many; else a sample of them."""
    if len(x) * len(y) <= 10_000:
        return np.repeat(x, len(y)), np.tile(y, len(x))
    random = np.random.default_rng(5)
    return random.choice(x, 10_000), random.choice(y, 10_000)


def nasty_points(index, areas):
    """On and a unit beside vertices, edges, lines between cells and reference points; and at random."""
    coordinates = shapely.get_coordinates(areas)
    random = np.random.default_rng(7)
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    span = np.maximum(high - low, np.spacing(np.abs(high).max()) * 16)
    if len(coordinates) > 1500:
        coordinates = coordinates[random.choice(len(coordinates), 1500)]
    share = random.uniform(size=(len(coordinates), 1))
    on_edges = [
        (coordinates[:-1] + coordinates[1:]) / 2,
        coordinates[:-1] + share[1:] * (coordinates[1:] - coordinates[:-1]),
        random.uniform(low - span / 4, high + span / 4, size=(1500, 2)),
    ]
    points = np.concatenate([coordinates, *on_edges])
    xs, ys = (
        [nudged(points[:, 0]), np.tile(points[:, 0], 5)],
        [np.tile(points[:, 1], 5), nudged(points[:, 1])],
    )
    xs.append(nudged(coordinates[:, 0]))
    ys.append(nudged(coordinates[:, 1]))
    grid = index._grid
    if grid is not None:
        lines_x = grid.frame.line_x(random.integers(0, grid.frame.columns + 1, 40))
        lines_y = grid.frame.line_y(random.integers(0, grid.frame.rows + 1, 40))
        some = coordinates[random.choice(len(coordinates), min(40, len(coordinates)))]
        for x, y in (
            (nudged(lines_x), nudged(lines_y)),
            (nudged(lines_x), some[:, 1]),
            (some[:, 0], nudged(lines_y)),
        ):
            crossings = crossed(x, y)
            xs.append(crossings[0])
            ys.append(crossings[1])
    return np.concatenate(xs), np.concatenate(ys)


def assert_exact(areas, grids=GRIDS):
    for cells in grids:
        index = index_with(areas, cells)
        x, y = nasty_points(index, areas)
        found, wanted = index.assign(x, y), exact(areas, x, y)
        wrong = np.flatnonzero(found != wanted)
        assert wrong.size == 0, (cells, x[wrong[:3]], y[wrong[:3]], found[wrong[:3]], wanted[wrong[:3]])
