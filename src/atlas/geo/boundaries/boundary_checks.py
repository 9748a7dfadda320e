"""The checks on the polygons of a boundary file: broken ones and doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ...core.areas.boundary_areas import (
    MAX_OVERLAP,
    MAX_REPAIR,
    in_parts,
    no_polygon,
    refuse_broken,
    refuse_doubles,
    repaired_warning,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def checked_polygons(
    geometries: np.ndarray, codes: Sequence[str], names: Mapping[str, str], where: str
) -> tuple[list[shapely.MultiPolygon], list[str]]:
    """Polygons in RD New, repaired where that changes next to nothing.

    Args:
        geometries: Shapely geometries in EPSG:28992.
        codes: The area of each.
        names: code -> name, for the sentences.
        where: The file, for the sentences.

    Returns:
        A valid MultiPolygon for each, and a warning (Dutch) for each that was repaired.

    Raises:
        AtlasError: not a polygon, or a self-intersection whose repair moves more than 0.1% of the area.
    """
    polygons: list[shapely.MultiPolygon] = []
    warnings: list[str] = []
    broken: list[str] = []
    for geometry, code in zip(geometries, codes, strict=True):
        whole = _only_polygons(geometry)
        if whole.is_empty:
            got = "geen geometrie" if geometry is None else geometry.geom_type
            raise no_polygon(names[code], where, got)
        if not whole.is_valid:
            repaired = _only_polygons(shapely.make_valid(whole))
            # the area of a crossing ring counts its loops against each other, so any real loop shows here
            if abs(repaired.area - whole.area) > MAX_REPAIR * repaired.area:
                broken.append(names[code])
            else:
                warnings.append(repaired_warning(names[code]))
            whole = repaired
        polygons.append(whole)
    refuse_broken(broken, where)
    return polygons, warnings


def without_doubles(
    polygons: Sequence[shapely.MultiPolygon], codes: Sequence[str], names: Mapping[str, str], where: str
) -> tuple[dict[str, shapely.MultiPolygon], list[str]]:
    """One geometry for each code: separate parts of an area are put together.

    Returns:
        code -> MultiPolygon, and a warning for each area that came in parts.

    Raises:
        AtlasError: rows of the same area overlap: it is there twice.
    """
    parts: dict[str, list[shapely.MultiPolygon]] = {}
    for polygon, code in zip(polygons, codes, strict=True):
        parts.setdefault(code, []).append(polygon)
    whole: dict[str, shapely.MultiPolygon] = {}
    doubles: list[str] = []
    warnings: list[str] = []
    for code, pieces in parts.items():
        whole[code] = pieces[0] if len(pieces) == 1 else _only_polygons(shapely.union_all(pieces))
        total = sum(piece.area for piece in pieces)
        if total - whole[code].area > MAX_OVERLAP * total:
            doubles.append(names[code])
        elif len(pieces) > 1:
            warnings.append(in_parts(names[code], len(pieces)))
    refuse_doubles(doubles, where)
    return whole, warnings


def _only_polygons(geometry: shapely.Geometry | None) -> shapely.MultiPolygon:
    parts = [] if geometry is None else shapely.get_parts(np.atleast_1d(shapely.get_parts(geometry)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])
