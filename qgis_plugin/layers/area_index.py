"""In which area a point lies, exactly, as `atlas.geo.measuring.assign` says: its grid, and GEOS for the rest.

An area holds the points inside its parts and on their borders, those of holes included; a point held by
several areas goes to the first of them; a point held by none, and one that is not finite, gets -1.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
from qgis.core import QgsGeometry, QgsPoint, QgsWkbTypes

from ..atlas.core.words.errors import AtlasError
from ..atlas.planar.area_grid import NONE
from ..atlas.planar.area_grid_building import build_grid, cells_for, edges_of_rings
from ..atlas.planar.area_grid_reading import read_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

_REPAIR = "Herstel de vlakken, in QGIS met Geometrieën repareren."
#: points that are asked of GEOS between two looks at the button Cancel
_ASKED_AT_A_TIME = 1_000


class AreaIndex:
    """Areas made ready for many points.

    Args:
        areas: Polygons and multipolygons in order of precedence; empty ones hold no point. Z and M values are
            not used, arcs are taken as the chords that QGIS makes of them.
        points: About how many points there will be: decides how fine the grid is, never the answer.

    Raises:
        AtlasError: an area has a coordinate that is no number, or a hole that reaches beyond it.
    """

    def __init__(self, areas: Sequence[QgsGeometry], points: int) -> None:
        self._parts, positions = _parts(areas)
        position = np.array(positions, dtype=np.intp)
        rings, rings_of_part = _rings(self._parts)
        self._position = position
        self._boxes = _checked_boxes(rings, rings_of_part, position)
        starts = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])]).astype(np.intp)
        first_ring = np.concatenate([[0], np.cumsum(rings_of_part)]).astype(np.intp)
        vertices = np.concatenate(rings) if rings else np.empty((0, 2))
        self._grid = build_grid(edges_of_rings(vertices, starts, first_ring, position), cells_for(points))
        self._engines: dict[int, object] = {}

    def assign(self, x: Floats, y: Floats, keep_on: Callable[[], None] = lambda: None) -> Positions:
        """The position of the area of each point, or -1.

        Args:
            x: Shape (n,), in the coordinate system of the areas.
            y: Shape (n,).
            keep_on: Called now and then; what it raises ends the work.

        Returns:
            Shape (n,).
        """
        found = np.full(x.size, NONE, dtype=np.intp)
        undecided = np.arange(x.size) if self._grid is None else read_off(self._grid, x, y, found)
        for first in range(0, undecided.size, _ASKED_AT_A_TIME):
            keep_on()
            self._ask(undecided[first : first + _ASKED_AT_A_TIME], x, y, found)
        return found

    def _ask(self, points: Positions, x: Floats, y: Floats, found: Positions) -> None:
        """Put the answers of GEOS in `found`, part after part."""
        found[points] = NONE
        west, south, east, north = self._boxes.T
        for point in points.tolist():
            here_x, here_y = float(x[point]), float(y[point])
            around = (west <= here_x) & (here_x <= east) & (south <= here_y) & (here_y <= north)
            place = QgsPoint(here_x, here_y)
            for part in np.flatnonzero(around).tolist():
                if self._engine(part).intersects(place):
                    found[point] = self._position[part]
                    break

    def _engine(self, part: int):  # noqa: ANN202 - QgsGeometryEngine, whose name differs between versions
        if part not in self._engines:
            engine = QgsGeometry.createGeometryEngine(self._parts[part].constGet())
            engine.prepareGeometry()
            self._engines[part] = engine
        return self._engines[part]


def _parts(areas: Sequence[QgsGeometry]) -> tuple[list[QgsGeometry], list[int]]:
    """The polygons of all areas, without Z, M and arcs, and the position of the area of each."""
    parts, positions = [], []
    for position, area in enumerate(areas):
        if area.isEmpty():
            continue
        flat = QgsGeometry(area)
        if QgsWkbTypes.isCurvedType(flat.wkbType()):
            flat = QgsGeometry(flat.constGet().segmentize())
        flat.get().dropZValue()
        flat.get().dropMValue()
        for part in flat.asGeometryCollection() if flat.isMultipart() else [flat]:
            if not part.isEmpty():
                parts.append(part)
                positions.append(position)
    return parts, positions


def _rings(parts: Sequence[QgsGeometry]) -> tuple[list[Floats], list[int]]:
    """The rings of all polygons one after another, each of shape (vertices, 2); how many each polygon has."""
    rings, counts = [], []
    for part in parts:
        data = part.asWkb().data()
        count, offset = struct.unpack_from("<I", data, 5)[0], 9
        for _ in range(count):
            vertices = struct.unpack_from("<I", data, offset)[0]
            rings.append(np.frombuffer(data, "<f8", 2 * vertices, offset + 4).reshape(-1, 2))
            offset += 4 + 16 * vertices
        counts.append(count)
    return rings, counts


def _checked_boxes(rings: Sequence[Floats], rings_of_part: Sequence[int], position: Positions) -> Floats:
    """West, south, east and north of each part, after the checks that `atlas.geo.measuring.assign` makes."""
    boxes, ring = [], iter(rings)
    for part, count in enumerate(rings_of_part):
        bounds = [_bounds(next(ring), int(position[part])) for _ in range(count)]
        outer = bounds[0]
        for hole in bounds[1:]:
            if (hole[:2] < outer[:2]).any() or (hole[2:] > outer[2:]).any():
                raise AtlasError(
                    "Een gat in een gebied steekt buiten het gebied uit.",
                    where=f"gebied {position[part] + 1}",
                    expected="gaten die binnen de buitenrand liggen",
                    hint=_REPAIR,
                )
        boxes.append(outer)
    return np.array(boxes).reshape(-1, 4)


def _bounds(ring: Floats, position: int) -> Floats:
    if not np.isfinite(ring).all():
        raise AtlasError(
            "Een gebied heeft een hoekpunt zonder geldige coördinaten.",
            where=f"gebied {position + 1}",
            expected="gewone getallen",
            hint=_REPAIR,
        )
    return np.concatenate([ring.min(axis=0), ring.max(axis=0)])
