"""Polygons of a user's layer or of a service -> one checked area each, in RD New.

As `atlas.geo.boundaries.boundary_checks`, which has shapely where QGIS has GEOS itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsCsException, QgsGeometry, QgsWkbTypes

from ..atlas.core.areas.boundary_areas import (
    MAX_OVERLAP,
    MAX_REPAIR,
    in_parts,
    land_km2,
    no_polygon,
    not_recognised,
    recognised,
    refuse_broken,
    refuse_doubles,
    refuse_missing,
    refuse_outside,
    repaired_warning,
)
from ..atlas.core.areas.coordinate_checks import refuse_mistaken_system
from ..atlas.core.areas.divisions import areas, members
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.notation import counted
from ..atlas.gpkg.geometry import Geometry
from .rd_transform import to_rd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qgis.core import QgsCoordinateTransformContext

#: false easting and northing of RD New
_RD_ORIGIN = ("+proj=sterea", "+x_0=155000", "+y_0=463000")


@dataclass(frozen=True)
class Rows:
    """Rows that may hold areas: their columns, and a geometry for each in `crs`."""

    where: str
    columns: Mapping[str, Sequence[object]]
    geometries: Sequence[QgsGeometry]
    crs: QgsCoordinateReferenceSystem

    def properties(self, row: int) -> dict[str, object]:
        """The cells of a row by column."""
        return {name: cells[row] for name, cells in self.columns.items()}


@dataclass(frozen=True)
class CheckedAreas:
    """Areas by code: their polygons in RD New, the land area where it is known (km²), and warnings."""

    polygons: dict[str, QgsGeometry]
    land_km2: dict[str, float | None]
    warnings: list[str] = field(default_factory=list)

    def geometries(self) -> dict[str, Geometry]:
        """The polygons as a sheet of a GeoPackage has them."""
        return {code: _stored(polygon) for code, polygon in self.polygons.items()}


def checked_areas(rows: Rows, level: str, transform_context: QgsCoordinateTransformContext) -> CheckedAreas:
    """The areas of a level; those of regions and provinces are dissolved when the municipalities are there.

    Raises:
        AtlasError: no areas to be recognised, areas missing or twice, no or the wrong coordinate system,
            broken polygons, or areas that lie elsewhere.
    """
    _check_system(rows)
    if level != "gemeente":
        found = recognised(rows.columns, "gemeente")
        if found and len(set(found) - {None}) == len(areas("gemeente")):
            return _dissolved(_of_level(rows, "gemeente", transform_context), level)
    return _of_level(rows, level, transform_context)


def _check_system(rows: Rows) -> None:
    shapes = [shape for shape in rows.geometries if not shape.isNull()]
    box = QgsGeometry.collectGeometry(shapes).boundingBox()
    if box.isNull():
        raise AtlasError(
            "Het grensbestand bevat geen vlakken.", where=rows.where,
            got=(
                f"{counted(len(rows.geometries), 'regel', 'regels')} zonder geometrie"
                if rows.geometries
                else "een lege laag"
            ),
            hint="Kies de laag met de gebieden.",
        )  # fmt: skip
    refuse_mistaken_system(
        (rows.crs.description() or rows.crs.authid()) if rows.crs.isValid() else None,
        (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()),
        rows.where,
        is_rd=_is_rd(rows.crs),
        is_geographic=rows.crs.isGeographic(),
    )


def _is_rd(crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a system is RD New, also when an old .prj describes it without code or datum shift."""
    definition = crs.toProj()
    return all(part in definition for part in _RD_ORIGIN)


def _of_level(rows: Rows, level: str, transform_context: QgsCoordinateTransformContext) -> CheckedAreas:
    found = recognised(rows.columns, level)
    if found is None:
        raise not_recognised(rows.columns, rows.where)
    names = {area.code: area.name for area in areas(level)}
    transform = None if _is_rd(rows.crs) else to_rd(rows.crs, transform_context, rows.where)
    parts: dict[str, list[QgsGeometry]] = {}
    land: dict[str, float | None] = {}
    warnings: list[str] = []
    broken: list[str] = []
    for row, area in enumerate(found):
        if area is None or str(rows.properties(row).get("water", "")).upper() == "JA":
            continue
        polygon = _only_polygons(rows.geometries[row])
        if polygon.isEmpty():
            got = QgsWkbTypes.displayString(rows.geometries[row].wkbType())
            raise no_polygon(area.name, rows.where, got)
        if transform is not None:
            _transform(polygon, transform, area.name, rows.where)
        whole = _repaired(polygon)
        if whole is None:
            broken.append(area.name)
            continue
        if whole is not polygon:
            warnings.append(repaired_warning(area.name))
        parts.setdefault(area.code, []).append(whole)
        land[area.code] = land.get(area.code) or land_km2(rows.properties(row))
    refuse_broken(broken, rows.where)
    refuse_missing(areas(level), set(parts), level, rows.where)
    polygons = _without_doubles(parts, names, rows.where, warnings)
    refuse_outside({code: _bounds(polygon) for code, polygon in polygons.items()}, names, rows.where)
    return CheckedAreas(polygons, land, warnings)


def _transform(polygon: QgsGeometry, transform: object, name: str, where: str) -> None:
    try:
        polygon.transform(transform)
    except QgsCsException as error:
        raise AtlasError(
            "De coördinaten kunnen niet naar RD New worden omgezet.",
            where=f"{where}, {name}",
            got=str(error),
            hint="Controleer het coördinatenstelsel van de laag.",
        ) from error


def _only_polygons(geometry: QgsGeometry) -> QgsGeometry:
    """The polygons of a geometry as a multipolygon, without heights and arcs."""
    if geometry.isNull():
        return QgsGeometry()
    flat = QgsGeometry(geometry.constGet().segmentize())
    flat.get().dropZValue()
    flat.get().dropMValue()
    kept = [
        part
        for part in flat.asGeometryCollection()
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry and not part.isEmpty()
    ]
    whole = QgsGeometry.collectGeometry(kept) if kept else QgsGeometry()
    whole.convertToMultiType()
    return whole


def _repaired(polygon: QgsGeometry) -> QgsGeometry | None:
    """The polygon itself, or repaired where that changes next to nothing; None when it would change it."""
    if polygon.isGeosValid():
        return polygon
    made = _only_polygons(polygon.makeValid())
    # the area of a crossing ring counts its loops against each other, so any real loop shows here
    if made.isEmpty() or abs(made.area() - polygon.area()) > MAX_REPAIR * made.area():
        return None
    return made


def _without_doubles(
    parts: Mapping[str, list[QgsGeometry]], names: Mapping[str, str], where: str, warnings: list[str]
) -> dict[str, QgsGeometry]:
    whole: dict[str, QgsGeometry] = {}
    doubles: list[str] = []
    for code, pieces in parts.items():
        whole[code] = pieces[0] if len(pieces) == 1 else _union(pieces)
        total = sum(piece.area() for piece in pieces)
        if total - whole[code].area() > MAX_OVERLAP * total:
            doubles.append(names[code])
        elif len(pieces) > 1:
            warnings.append(in_parts(names[code], len(pieces)))
    refuse_doubles(doubles, where)
    return whole


def _dissolved(municipalities: CheckedAreas, level: str) -> CheckedAreas:
    polygons, land = {}, {}
    for area in areas(level):
        codes = [member.code for member in members(area.code)]
        polygons[area.code] = _union([municipalities.polygons[code] for code in codes])
        figures = [municipalities.land_km2.get(code) for code in codes]
        land[area.code] = None if None in figures else round(sum(filter(None, figures)), 2)
    return CheckedAreas(polygons, land, municipalities.warnings)


def _union(polygons: Sequence[QgsGeometry]) -> QgsGeometry:
    return _only_polygons(QgsGeometry.unaryUnion(list(polygons)))


def _bounds(polygon: QgsGeometry) -> tuple[float, float, float, float]:
    box = polygon.boundingBox()
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _stored(polygon: QgsGeometry) -> Geometry:
    return Geometry(_bounds(polygon), bytes(polygon.asWkb()))
