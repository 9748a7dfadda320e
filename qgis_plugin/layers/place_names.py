"""Places as points with their name as label, for maps without a connection."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPoint,
    QgsProperty,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType

from ..atlas.core.areas.crs import rd_from_wgs84
from ..atlas.core.areas.place_points import SOURCE, place_points
from .areas import describe

TITLE = "Plaatsnamen"
#: from this scale on there is room for names
_FROM_SCALE = 400_000
_COLUMNS = (
    ("naam", QMetaType.Type.QString), ("gemeente_code", QMetaType.Type.QString),
    ("inwoners", QMetaType.Type.Int), ("woonplaats", QMetaType.Type.QString),
)  # fmt: skip


def place_fields() -> QgsFields:
    """The fields of the layer."""
    fields = QgsFields()
    for name, kind in _COLUMNS:
        fields.append(QgsField(name, kind))
    return fields


def place_features(fields: QgsFields) -> list[QgsFeature]:
    """A point in RD New for each place, the largest first."""
    made = []
    for place in place_points():
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry(QgsPoint(*rd_from_wgs84(place.lon, place.lat))))
        inhabitants = place.inhabitants or None
        feature.setAttributes(
            [place.name, place.municipality, inhabitants, "ja" if place.official else "nee"]
        )
        made.append(feature)
    return made


def show_names(layer: QgsVectorLayer) -> None:
    """Only the names, from near by; where there is no room for all, those with most inhabitants."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"size": "0"})))
    text = QgsTextFormat()
    text.setSize(8)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    text.setBuffer(halo)
    label = QgsPalLayerSettings()
    label.fieldName = "naam"
    label.setFormat(text)
    label.placement = Qgis.LabelPlacement.OverPoint
    label.scaleVisibility = True
    label.minimumScale = _FROM_SCALE
    importance = QgsProperty.fromExpression('if("inwoners" > 5000, 9, if("woonplaats" = \'ja\', 6, 2))')
    label.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Priority, importance)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    describe(layer, TITLE, "Namen van plaatsen, niet om te bepalen waar iets ligt.", SOURCE)
