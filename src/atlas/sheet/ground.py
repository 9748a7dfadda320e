"""The areas of the payload in RD, the coordinate system the sheets are drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from shapely import Geometry
from shapely.geometry import shape

from ..core.crs import WGS84_TO_RD

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Ground:
    """The areas by level and code as polygons in EPSG:28992 (metres), transformed once for all sheets."""

    shapes: Mapping[str, Mapping[str, Geometry]]
    bounds: tuple[float, float, float, float]


def ground_of(payload: Mapping[str, Any]) -> Ground:
    """Transform every geometry of the payload from WGS84 to EPSG:28992 (no grid: 1-2 mm)."""
    to_rd = pyproj.Transformer.from_pipeline(WGS84_TO_RD)

    def transform(coordinates: np.ndarray) -> np.ndarray:
        return np.column_stack(to_rd.transform(coordinates[:, 0], coordinates[:, 1]))

    shapes = {
        level["id"]: {
            code: shapely.transform(shape(geometry), transform)
            for code, geometry in level["geometry"].items()
        }
        for level in payload["levels"]
    }
    everything = [area for level in shapes.values() for area in level.values()]
    return Ground(shapes, tuple(float(edge) for edge in shapely.total_bounds(everything)))


def borders(shapes: Mapping[str, Geometry], inferred: frozenset[str]) -> tuple[Geometry, Geometry]:
    """The border lines of a level: those that are known, and those of areas with an inferred membership.

    A line between two areas is in one of the two only, and once: a dashed line drawn for both neighbours
    would fill its own gaps.
    """
    dashed = joined_boundaries({code: area for code, area in shapes.items() if code in inferred})
    solid = joined_boundaries({code: area for code, area in shapes.items() if code not in inferred})
    return _end_to_end(shapely.difference(solid, dashed)), dashed


def joined_boundaries(shapes: Mapping[str, Geometry]) -> Geometry:
    """The borders of areas, each piece once, joined end to end so that dashes run on across vertices."""
    return _end_to_end(shapely.union_all([shapely.boundary(area) for area in shapes.values()]))


def _end_to_end(lines: Geometry) -> Geometry:
    return shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines


def vertices(lines: Geometry) -> list[np.ndarray]:
    """The coordinates of each line of a geometry; what is left over as points is not drawn."""
    return [
        shapely.get_coordinates(part) for part in shapely.get_parts(lines) if part.geom_type == "LineString"
    ]
