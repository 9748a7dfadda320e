"""The objects of a dossier on the pages: each on the page of its own municipality, and on no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType

from ..atlas.core.areas.crs import RD
from ..atlas.core.disclosure.fields import may_leave
from ..atlas.core.disclosure.records import MUNICIPALITY
from ..atlas.core.disclosure.released import content_of
from ..atlas.core.schema.published import GEOMETRY_FIELD
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import OBJECTS
from ..project.styles import by_code
from .pages import LEGEND_BREAK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..atlas.core.disclosure.released import Records, Released

_DRAWN_BY = "conclusie"
_OF_THIS_PAGE = f"\"{MUNICIPALITY}\" = attribute(@atlas_feature, 'code')"
#: letters of a line in the legend, which has two columns
_LEGEND_WIDTH = 34


@dataclass(frozen=True)
class Counted:
    """How many objects of a municipality stand on its map, and how many can't."""

    drawn: int = 0
    left_out: int = 0


def object_layer(released: Released[Records]) -> tuple[QgsVectorLayer, Mapping[str, Counted]]:
    """The objects that may leave, in memory, with no more than their place needs to be drawn.

    Returns:
        The layer, and for each municipality how many of its objects are in it and how many are not: one of
        which it is not certain that it lies there, or whose place is not known, stays behind.

    Raises:
        AtlasError: the dossier can't be read, or the place of objects may not reach the audience.
    """
    fields = (MUNICIPALITY, _DRAWN_BY)
    if not all(may_leave(OBJECTS, field, released.audience) for field in (*fields, GEOMETRY_FIELD)):
        raise AtlasError("Objecten mogen deze doelgroep niet bereiken.", got=released.audience)
    listed = content_of(released)[OBJECTS]
    records = [record for record in listed if record[GEOMETRY_FIELD]]
    described = working_layer(OBJECTS)
    columns = QgsFields()
    for field in fields:
        columns.append(QgsField(field, QMetaType.Type.QString))
    layer = QgsVectorLayer(f"Point?crs={RD}", described.alias, "memory")
    layer.dataProvider().addAttributes(list(columns))
    layer.updateFields()
    features = []
    for record in records:
        feature = QgsFeature(columns)
        feature.setAttributes([record[field] for field in fields])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*record[GEOMETRY_FIELD])))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    layer.setRenderer(_on_its_page(by_code(described, _DRAWN_BY), layer))
    _keep_labels_off(layer)
    all_listed, drawn = (
        Counter(str(record[MUNICIPALITY]) for record in group) for group in (listed, records)
    )
    return layer, {
        code: Counted(drawn[code], released.withheld_in(OBJECTS, code) + all_listed[code] - drawn[code])
        for code in released.municipalities
    }


def _keep_labels_off(layer: QgsVectorLayer) -> None:
    """Let the names of areas look for a place beside the signs."""
    obstacle = QgsPalLayerSettings()
    obstacle.drawLabels = False
    layer.setLabeling(QgsVectorLayerSimpleLabeling(obstacle))
    layer.setLabelsEnabled(True)


def _on_its_page(renderer: QgsRuleBasedRenderer, layer: QgsVectorLayer) -> QgsRuleBasedRenderer:
    """Draw an object only on the page of its municipality; signs that no object has are not in the legend."""
    root = renderer.rootRule()
    coded = [rule.filterExpression() for rule in root.children() if not rule.isElse()]
    for rule in root.children():
        if rule.isElse():  # "else" of all rules would be every object of another municipality
            known = " OR ".join(f"({condition})" for condition in coded)
            rule.setIsElse(False)
            rule.setFilterExpression(f"NOT coalesce({known}, false)")
        request = QgsFeatureRequest().setFilterExpression(rule.filterExpression()).setLimit(1)
        if not any(True for _feature in layer.getFeatures(request)):
            root.removeChild(rule)
            continue
        rule.setFilterExpression(f"({rule.filterExpression()}) AND {_OF_THIS_PAGE}")
        rule.setLabel(LEGEND_BREAK.join(wrap(rule.label(), _LEGEND_WIDTH)))
    return renderer
