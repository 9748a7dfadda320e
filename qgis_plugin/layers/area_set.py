"""The areas that points are counted in: a level of the atlas, or the polygons of any layer, in RD New."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import NULL, Qgis, QgsCsException, QgsFeatureRequest, QgsGeometry

from ..atlas.core.areas.detailed_borders import rings
from ..atlas.core.areas.divisions import areas
from ..atlas.core.areas.embedded_boundaries import embedded_boundaries, embedded_shapes
from ..atlas.core.words.errors import AtlasError
from ..atlas.dossier.base_file import area_m2, rd_polygons
from ..atlas.gpkg.geometry import multipolygon
from .rd_transform import to_rd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsCoordinateTransformContext, QgsProcessingFeatureSource

_SQUARE_METRES = 1e6


@dataclass(frozen=True)
class AreaSet:
    """Areas in order of precedence.

    Args:
        codes: Of each area.
        names: Of each area.
        geometries: In EPSG:28992; an empty one for an area without a shape. What is drawn and measured.
        deciding: What decides in which area a point lies: of the atlas the detailed borders, otherwise the
            geometries.
        area_km2: Computed from the shapes in EPSG:28992, as everywhere in the atlas.
        base: A number that a field of the layer gives, such as addresses; None where it is not known.
        source: Where the borders come from, in Dutch.
        level: Of the atlas; "" for the polygons of a layer.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    geometries: tuple[QgsGeometry, ...]
    deciding: tuple[QgsGeometry, ...]
    area_km2: tuple[float, ...]
    base: tuple[float | None, ...]
    source: str
    level: str


def embedded_areas(level: str) -> AreaSet:
    """The areas of a level of the atlas."""
    shapes, source = embedded_boundaries()
    detailed = rings(level)
    polygons = {code: rd_polygons(shape["geometry"]["coordinates"]) for code, shape in shapes[level].items()}
    names = {area.code: area.name for area in areas(level)}
    return AreaSet(
        codes=tuple(polygons),
        names=tuple(names[code] for code in polygons),
        geometries=tuple(map(_geometry, polygons.values())),
        deciding=tuple(_geometry([[ring] for ring in detailed[code]]) for code in polygons),
        area_km2=tuple(area_m2(polygon) / _SQUARE_METRES for polygon in polygons.values()),
        base=(None,) * len(polygons),
        source=source,
        level=level,
    )


def drawn_areas(level: str) -> dict[str, QgsGeometry]:
    """Code -> geometry (EPSG:28992) to draw, of every level a table can be joined to; it decides nothing."""
    return {
        code: _geometry(rd_polygons(shape["geometry"]["coordinates"]))
        for code, shape in embedded_shapes(level).items()
    }


def areas_of_layer(
    source: QgsProcessingFeatureSource,
    transform_context: QgsCoordinateTransformContext,
    *,
    code: str = "",
    name: str = "",
    base: str = "",
) -> AreaSet:
    """The polygons of a layer.

    Args:
        source: The layer.
        transform_context: Of the project.
        code: Field with the codes; without one the feature ids.
        name: Field with the names; without one the codes.
        base: Field with a number, such as addresses or a density.

    Raises:
        AtlasError: no features, a system that is not known, a shape that can't be transformed, or two areas
            with the same code.
    """
    transform = to_rd(source.sourceCrs(), transform_context, source.sourceName())
    rows = []
    request = QgsFeatureRequest().setSubsetOfAttributes(
        [field for field in (code, name, base) if field], source.fields()
    )
    for feature in source.getFeatures(request, Qgis.ProcessingFeatureSourceFlag.SkipGeometryValidityChecks):
        geometry = feature.geometry()
        try:
            if not geometry.isNull():
                geometry.transform(transform)
        except QgsCsException as error:
            raise AtlasError(
                "Een gebied kan niet naar RD New worden omgezet.",
                where=f"{source.sourceName()}, object {feature.id()}",
                hint="Controleer het coördinatenstelsel van de laag.",
            ) from error
        own_code = _text(feature[code]) if code else str(feature.id())
        own_name = _text(feature[name]) if name else own_code
        rows.append((own_code, own_name, geometry, _number(feature[base]) if base else None))
    if not rows:
        raise AtlasError("De laag met gebieden is leeg.", where=source.sourceName())
    codes, names, geometries, bases = zip(*rows, strict=True)
    _check_different(codes, source.sourceName(), code)
    return AreaSet(
        codes=codes,
        names=names,
        geometries=geometries,
        deciding=geometries,
        area_km2=tuple(geometry.area() / _SQUARE_METRES for geometry in geometries),
        base=bases,
        source=f"Grenzen: {source.sourceName()}.",
        level="",
    )


def _geometry(polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> QgsGeometry:
    geometry = QgsGeometry()
    geometry.fromWkb(multipolygon(polygons).wkb)
    return geometry


def _check_different(codes: Sequence[str], layer: str, field: str) -> None:
    seen: set[str] = set()
    twice = {code for code in codes if code in seen or seen.add(code)}
    if twice:
        raise AtlasError(
            "Twee gebieden hebben dezelfde code.",
            where=f"{layer}, veld {field}",
            got=", ".join(f'"{code}"' for code in sorted(twice)[:5]),
            expected="van elk gebied een eigen code",
            hint="Kies een ander veld, of voeg de vlakken van een gebied samen tot één.",
        )


def _text(value: object) -> str:
    return "" if value is None or value == NULL else str(value).strip()


def _number(value: object) -> float | None:
    """A number, None for what is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
