"""Whether the area of a point can be told from generalised borders: the field `gemeente_zeker`.

The rule of `atlas.geo.assign.municipality_certain`: not within 500 m (that distance included) of a border
between two areas. The outer border and the coast do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qgis.core import QgsGeometry, QgsPoint

from ..atlas.planar.near_lines import near_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

#: how far a generalised border may lie from the real one
DISTANCE_M = 500.0


class InternalBorders:
    """The borders between areas, made ready for many points.

    Args:
        areas: Polygons in metres (EPSG:28992).
    """

    def __init__(self, areas: Sequence[QgsGeometry]) -> None:
        shared = []
        for one in areas:
            edge = QgsGeometry(one.constGet().boundary())
            shared += [
                edge.intersection(other)
                for other in areas
                if other is not one and other.boundingBox().intersects(one.boundingBox())
            ]
        self._border = QgsGeometry.unaryUnion([line for line in shared if not line.isEmpty()])
        self._lines = _segments(self._border)
        self._near = near_lines(self._lines, DISTANCE_M) if self._lines.size else None
        self._engine = None

    def certain(self, x: Floats, y: Floats) -> Booleans:
        """Whether each point lies far enough from every border; False for a point that is not finite.

        Args:
            x: Shape (n,), metres (EPSG:28992).
            y: Shape (n,).

        Returns:
            Shape (n,).
        """
        certain = np.isfinite(x) & np.isfinite(y)
        if self._near is None:
            return certain
        finite = np.flatnonzero(certain)
        near, doubtful = self._near.near(x[finite], y[finite])
        certain[finite] = ~near
        for point in finite[doubtful].tolist():
            certain[point] = not self._asked(QgsPoint(float(x[point]), float(y[point])))
        return certain

    def _asked(self, place: QgsPoint) -> bool:
        """The answer of GEOS."""
        if self._engine is None:
            self._engine = QgsGeometry.createGeometryEngine(self._border.constGet())
            self._engine.prepareGeometry()
        return self._engine.distanceWithin(place, DISTANCE_M)


def _segments(border: QgsGeometry) -> Floats:
    """The straight parts of lines, and points as parts without length: shape (4, n)."""
    parts = []
    for part in border.asGeometryCollection():
        vertices = np.array([(vertex.x(), vertex.y()) for vertex in part.vertices()])
        begins, ends = (vertices[:-1], vertices[1:]) if len(vertices) > 1 else (vertices, vertices)
        parts.append(np.hstack((begins, ends)))
    return np.ascontiguousarray(np.vstack(parts).T) if parts else np.empty((4, 0))
