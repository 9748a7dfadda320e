"""A report of an algorithm as a table layer: texts in named columns, wide enough to be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

from ..layers.report_columns import fit_columns
from ..layers.result_sink import WITHOUT_RECORDS, result_sink
from ..recognising import REPORT
from .algorithm import finish_when_loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsVectorLayer


def write_report(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    *,
    columns: Mapping[str, str],
    lines: Iterable[Sequence[str | int | None]],
    title: str,
    numbers: Sequence[str] = (),
) -> str:
    """Write the report to the output OUTPUT, and show it when it is loaded.

    Args:
        algorithm: Has a feature sink OUTPUT.
        parameters: Of the algorithm.
        context: Of the algorithm.
        columns: Name of a column -> its heading.
        lines: The cells of each line, in the order of `columns`.
        title: Name of the layer.
        numbers: Columns that hold whole numbers; the others hold text.

    Returns:
        The layer id or path of the report.
    """
    fields = QgsFields()
    for name in columns:
        fields.append(QgsField(name, QMetaType.Type.Int if name in numbers else QMetaType.Type.QString))
    features = []
    for line in lines:
        feature = QgsFeature(fields)
        feature.setAttributes(list(line))
        features.append(feature)
    no_crs = QgsCoordinateReferenceSystem()
    with result_sink(
        algorithm,
        parameters,
        "OUTPUT",
        context,
        fields,
        Qgis.WkbType.NoGeometry,
        no_crs,
        released=WITHOUT_RECORDS,
    ) as sink:
        sink.add(features)
    finish_when_loaded(context, sink.destination, title, partial(_head_columns, columns))
    return sink.destination


def _head_columns(columns: Mapping[str, str], layer: QgsVectorLayer) -> None:
    layer.setCustomProperty(REPORT, "ja")
    for position, field in enumerate(layer.fields()):
        layer.setFieldAlias(position, columns.get(field.name(), field.name()))
    fit_columns(layer)
