"""Reports in QGIS's attribute table: each column as wide as what is in it, so that reasons can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFeatureRequest

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

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
