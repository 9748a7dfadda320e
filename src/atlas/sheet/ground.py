"""The areas of the payload in RD, the coordinate system the sheets are drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from shapely import Geometry, MultiLineString
from shapely.geometry import shape

from ..core.areas.crs import WGS84_TO_RD
from ..core.figures.borders import Line, borders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class BorderGeometry:
    """The borders of a level in EPSG:28992, each stretch once; which are dashed, the core decided."""

    solid: Geometry
    inferred: Geometry


@dataclass(frozen=True, slots=True)
class Ground:
    """The areas by level and code as polygons in EPSG:28992 (metres), transformed once for all sheets."""

    shapes: Mapping[str, Mapping[str, Geometry]]
    borders: Mapping[str, BorderGeometry]
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
    drawn = {level["id"]: _borders(level, transform) for level in payload["levels"]}
    return Ground(shapes, drawn, tuple(float(edge) for edge in shapely.total_bounds(everything)))


def _borders(level: Mapping[str, Any], transform: Callable[[np.ndarray], np.ndarray]) -> BorderGeometry:
    lines = borders(level["geometry"], level["inferred_borders"])
    solid, inferred = (shapely.transform(_joined(part), transform) for part in (lines.solid, lines.inferred))
    return BorderGeometry(solid, inferred)


def _joined(lines: Sequence[Line]) -> Geometry:
    """Lines joined end to end, so that dashes run on across vertices."""
    return shapely.line_merge(MultiLineString(lines))


def vertices(lines: Geometry) -> list[np.ndarray]:
    """The coordinates of each line of a geometry; what is left over as points is not drawn."""
    return [
        shapely.get_coordinates(part) for part in shapely.get_parts(lines) if part.geom_type == "LineString"
    ]
