"""Areas of the payload as polygons in RD New: the coordinates that the GeoPackage of the atlas has too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeature, QgsField, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtXml import QDomDocument

from ..atlas.dossier.base_file import area_m2, rd_polygons
from ..atlas.gpkg.geometry import multipolygon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qgis.core import QgsVectorLayer

    from ..atlas.core.schema.published import Field
    from ..atlas.gpkg.geometry import Geometry

#: the coordinates of a level -> their polygons; a level is drawn many times and never changes
_MADE: dict[int, tuple[Any, dict[str, Geometry], dict[str, float]]] = {}
_KEPT = 8


def shapes_in_rd(level: Mapping[str, Any]) -> tuple[dict[str, Geometry], dict[str, float]]:
    """The areas of a level of the payload in RD New (EPSG:28992).

    Returns:
        code -> geometry, and code -> area in m².
    """
    coordinates = level["geometry"]
    made = _MADE.get(id(coordinates))
    if made is None or made[0] is not coordinates:
        polygons = {code: rd_polygons(shape["coordinates"]) for code, shape in coordinates.items()}
        made = (
            coordinates,
            {code: multipolygon(polygon) for code, polygon in polygons.items()},
            {code: area_m2(polygon) for code, polygon in polygons.items()},
        )
        while len(_MADE) >= _KEPT:
            _MADE.pop(next(iter(_MADE)))
        _MADE[id(coordinates)] = made
    return made[1], made[2]


def qgis_fields(fields: Sequence[Field]) -> QgsFields:
    """Fields of the schema as fields of QGIS, with their Dutch alias."""
    kinds = {
        "text": QMetaType.Type.QString,
        "integer": QMetaType.Type.Int,
        "real": QMetaType.Type.Double,
    }
    made = QgsFields()
    for field in fields:
        column = QgsField(field.name, kinds[field.type])
        column.setAlias(field.alias)
        column.setComment(f"{field.description} ({field.unit})" if field.unit else field.description)
        made.append(column)
    return made


def features(
    fields: QgsFields, rows: Iterable[Mapping[str, Any]], geometries: Iterable[Geometry]
) -> Iterable[QgsFeature]:
    """Rows of a layer with their geometry as features of QGIS."""
    for row, geometry in zip(rows, geometries, strict=True):
        feature = QgsFeature(fields)
        feature.setAttributes([row.get(field.name()) for field in fields])
        shape = QgsGeometry()
        shape.fromWkb(geometry.wkb)
        feature.setGeometry(shape)
        yield feature


def apply_style(layer: QgsVectorLayer, qml: str) -> None:
    """Give a layer the style that the core wrote."""
    document = QDomDocument()
    document.setContent(qml)
    layer.importNamedStyle(document)
    layer.triggerRepaint()


def describe(layer: QgsVectorLayer, title: str, abstract: str, rights: str) -> None:
    """Put in the layer's metadata what must be known of it; its file may have no room for that."""
    metadata = layer.metadata()
    metadata.setType("dataset")
    metadata.setLanguage("NLD")
    metadata.setTitle(title)
    metadata.setAbstract(abstract)
    metadata.setRights([rights])
    metadata.setLicenses(["CC BY 4.0 (grenzen: CBS en Kadaster)"] if "CC BY 4.0" in rights else [])
    metadata.setCrs(layer.crs())
    layer.setMetadata(metadata)
