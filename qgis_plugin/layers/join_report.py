"""The report of a join as a table layer, shown in every case: also when the join itself is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from ..atlas.core.figures.qml import table_style
from ..atlas.core.schema.outcomes import ATTENTION_OUTCOMES
from ..atlas.core.schema.published import layer
from ..atlas.core.words.notation import format_number
from ..recognising import REPORT as REPORT_MARK
from ..texts import tr
from .areas import apply_style, qgis_fields
from .report_columns import fit_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from qgis.core import QgsProcessingFeedback

    from ..atlas.core.joining.joined import Joined, JoinReport
    from .result_sink import ResultSink

REPORT = layer("koppelrapport")
_CHUNK = 2_000


def report_fields():  # noqa: ANN201 - QgsFields
    """The fields of the report."""
    return qgis_fields(REPORT.fields)


def write_report(report: JoinReport, sink: ResultSink, keep_on: Callable[[], None]) -> None:
    """Write a line for every row of the table.

    Args:
        report: Of the join.
        sink: Open.
        keep_on: Called now and then; what it raises ends the writing.
    """
    fields, chunk = report_fields(), []
    for line in report:
        feature = QgsFeature(fields)
        feature.setAttributes(
            [line.row, line.text, line.outcome, line.area_code or None, line.explanation or None]
        )
        chunk.append(feature)
        if len(chunk) == _CHUNK:
            keep_on()
            sink.add(chunk)
            chunk = []
    sink.add(chunk)


def style_report(report: QgsVectorLayer) -> None:
    """Give the report its aliases and the widths of its columns, and mark it as one."""
    report.setCustomProperty(REPORT_MARK, "ja")  # no layer of the project: see project.field_check
    apply_style(report, table_style(REPORT.fields))
    fit_columns(report)


def report_file(context: QgsProcessingContext) -> Path:
    """A file for the report of a refused join: a failed algorithm takes its layers in memory with it."""
    return Path(QgsProcessingUtils.generateTempFilename("koppelrapport.gpkg", context))


class _Shower(QObject):
    """Adds a layer to the project from the main thread, though the algorithm itself failed."""

    wanted = pyqtSignal()

    # nobody else holds it between the signal and its slot
    _alive: set[_Shower] = set()  # noqa: RUF012 - shared on purpose

    def __init__(self, path: Path, name: str, project: QgsProject) -> None:
        super().__init__()
        self._path, self._name, self._project = path, name, project
        self.moveToThread(QgsApplication.instance().thread())
        self._alive.add(self)
        self.wanted.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @pyqtSlot()
    def _show(self) -> None:
        self._alive.discard(self)
        shown = QgsVectorLayer(str(self._path), self._name, "ogr")
        style_report(shown)
        self._project.addMapLayer(shown)


def show_later(path: Path, name: str, project: QgsProject) -> None:
    """Add a file to a project as soon as the main thread has time; may be called from any thread."""
    _Shower(path, name, project).wanted.emit()


def counted_outcomes(report: JoinReport) -> str:
    """How many rows had which outcome, on one line."""
    return "; ".join(f"{outcome}: {format_number(count)}" for outcome, count in report.counts().items())


def tell_outcomes(feedback: QgsProcessingFeedback, joined: Joined) -> None:
    """How many rows had which outcome; of a join that is refused, that none of them is on a map."""
    report = joined.report
    counts, rows = report.counts(), format_number(len(report))
    if joined.refusal is not None:
        text = tr("The join is refused: no row is on a map. What became of the {rows} rows:")
        feedback.pushInfo(text.format(rows=rows))
    else:
        text = tr("Rows on the map: {joined} of {rows}.")
        feedback.pushInfo(text.format(joined=format_number(report.rows_on_map()), rows=rows))
    for outcome, count in counts.items():
        tell = feedback.pushWarning if outcome in ATTENTION_OUTCOMES else feedback.pushInfo
        tell(f"{outcome}: {format_number(count)}")
