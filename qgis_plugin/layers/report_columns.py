"""Reports in QGIS's attribute table: each column as wide as what is in it, so that reasons can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFeature, QgsFeatureRequest, QgsVectorLayer

from ..atlas.core.records.import_file import REPORT_COLUMNS
from ..recognising import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: logical pixels; QGIS itself makes every column 100 wide
_LETTER, _MARGIN, _WIDEST = 8, 24, 800
#: a report may have a line for each of fifty thousand rows; the first tell how long the texts are
_LINES = 500


def fit_columns(report: QgsVectorLayer) -> None:
    """Make the columns of a report, which is shown as a table, as wide as their texts."""
    fields = report.fields()
    longest = [len(report.attributeDisplayName(position)) for position in range(fields.count())]
    for feature in report.getFeatures(QgsFeatureRequest().setLimit(_LINES)):
        lengths = (len(str(value)) for value in feature.attributes())
        longest = [max(pair) for pair in zip(longest, lengths, strict=True)]
    config = report.attributeTableConfig()
    config.update(fields)
    for position, column in enumerate(config.columns()):
        field = fields.indexOf(column.name)
        if field >= 0:
            config.setColumnWidth(position, min(_MARGIN + _LETTER * longest[field], _WIDEST))
    report.setAttributeTableConfig(config)


def report_layer(title: str, lines: Iterable[Sequence[str | int | None]]) -> QgsVectorLayer:
    """The report of an import as a temporary table: a line (`REPORT_COLUMNS`) for each row."""
    fields = "&".join(f"field={name}:{'integer' if name == 'rij' else 'string'}" for name in REPORT_COLUMNS)
    layer = QgsVectorLayer(f"NoGeometry?{fields}", title, "memory")
    features = []
    for line in lines:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(line))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.setCustomProperty(REPORT, "ja")
    for position, name in enumerate(REPORT_COLUMNS):
        layer.setFieldAlias(position, name.capitalize())
    fit_columns(layer)
    return layer
