"""One figure: its heading, its table with a plot of the intervals, legend, caution and source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.figures.map_layers import caution_of
from ..texts import tr
from .figure_table import (
    AREA,
    CODE_ROLE,
    FIGURE,
    INTERVAL,
    PLOT,
    RESPONDENTS,
    STATE,
    FigureTable,
    SortedFigures,
)
from .interval_plot import IntervalPlot
from .legend_view import LegendView, remark_label
from .line_view import LineView
from .type_size import scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.PyQt.QtGui import QResizeEvent

#: columns that are left out when there is no room for them; what they say is also in the tool tip
_WHEN_THERE_IS_ROOM = (INTERVAL, STATE)
#: width of the plot in logical pixels: at least, and when there is room for all columns
_PLOT_WIDTH, _WIDE_PLOT = 64, 110
#: share of what is left that the names may take before they are broken over two lines
_SHARE_OF_NAMES = 0.68
#: room for the arrow that says by which column is sorted, in heights of a line
_ARROW = 1.4
#: beside the words of a heading, in logical pixels
_PADDING = 10
_HORIZONTAL = Qt.Orientation.Horizontal


class FigureView(QWidget):
    """A figure as it may be read: never a number without how sure it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableView()
        self._model, self._sorted = FigureTable(self), SortedFigures(self)
        self._plot = IntervalPlot(self.table)
        self.line = LineView()
        self._legend = LegendView()
        self._heading, self._about = QLabel(), remark_label()
        self._compare, self._method = remark_label(), remark_label()
        self._caution, self._facts = QLabel(), remark_label()
        self._prepare_table()
        self._prepare_texts()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 2, 0)
        lines.setSpacing(7)
        for widget in (
            self._heading, self._about, self.table, self.line, self._compare, self._legend, self._method,
            self._caution, self._facts,
        ):  # fmt: skip
            lines.addWidget(widget)
        lines.addStretch(1)

    def show_view(
        self, payload: Mapping[str, Any], indicator: Mapping[str, Any], view: Mapping[str, Any]
    ) -> None:
        """Show one view of an indicator of a payload."""
        level = next(level for level in payload["levels"] if level["id"] == view["level"])
        self._heading.setText(indicator["label"])
        self._about.setText(f"{level['label_plural']}, {view['period_label']}. {indicator['base']}.")
        self._model.show(level, view, payload["states"])
        self._plot.show(view)
        by, way = FIGURE, Qt.SortOrder.DescendingOrder
        if view["legend"].get("unordered"):
            by, way = AREA, Qt.SortOrder.AscendingOrder
        self._sorted.sort(by, way)
        self.table.horizontalHeader().setSortIndicator(by, way)
        self._fit_table()
        self.line.show_figure(indicator, level, view)
        self._legend.show_view(indicator, view, payload["states"])
        _say(self._compare, tr("To compare: {figures}"), figures=_references(view))
        self._method.setText(
            " ".join(part for part in (view["legend"]["note"], view["interval_note"]) if part)
        )
        _say(self._caution, "{caution}", caution=caution_of(indicator, view))
        source = ", ".join(part for part in (indicator["source"], indicator["place"]) if part)
        facts = (
            (tr("Question"), indicator["question"]),
            (tr("Definition"), indicator["definition"]),
            (tr("Source"), source),
            (tr("Boundaries"), payload["boundary_source"]),
        )
        self._facts.setText("\n".join(f"{name}: {text}" for name, text in facts if text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_table()

    def _prepare_table(self) -> None:
        self._sorted.setSourceModel(self._model)
        self.table.setModel(self._sorted)
        self.table.setObjectName("figures")
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _before: self.line.show_area(current.siblingAtColumn(AREA).data(CODE_ROLE))
        )
        self.table.setAccessibleName(tr("Figures by area"))
        self.table.setItemDelegateForColumn(PLOT, self._plot)
        self.table.setSortingEnabled(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _prepare_texts(self) -> None:
        font = self._heading.font()
        font.setBold(True)
        scale(font, 1.1)
        self._heading.setFont(font)
        for label in (self._heading, self._caution):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._caution.setObjectName("caution")
        self._caution.setFrameShape(QFrame.Shape.StyledPanel)
        self._caution.setMargin(6)
        self._caution.setAccessibleName(tr("Caution"))

    def _fit_table(self) -> None:
        """Share the width, and be as high as the lines: the panel scrolls, the table should not."""
        room = self.table.viewport().width()
        wanted = {column: self._wanted_width(column) for column in range(STATE + 1)}
        narrow = sum(wanted.values()) + _WIDE_PLOT > room
        for column in _WHEN_THERE_IS_ROOM:
            self.table.setColumnHidden(column, narrow)
        fixed = (FIGURE, RESPONDENTS) if narrow else (FIGURE, RESPONDENTS, INTERVAL, STATE)
        left = room - sum(wanted[column] for column in fixed)
        plot = max(_PLOT_WIDTH, self._width_of_words(PLOT) + _PADDING)  # its scale stands there
        names = min(wanted[AREA], int(left * _SHARE_OF_NAMES), left - plot)
        for column in fixed:
            self.table.setColumnWidth(column, wanted[column])
        self.table.setColumnWidth(AREA, names)
        self.table.setColumnWidth(PLOT, left - names)
        self.table.resizeRowsToContents()
        lines = self.table.verticalHeader().length() + self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(lines + 2 * self.table.frameWidth())

    def _wanted_width(self, column: int) -> int:
        if column == PLOT:
            return 0
        header = self.table.horizontalHeader()
        # some themes (Night Mapping) draw the arrow of sorting over the words and count no room for it
        arrow = round(_ARROW * header.fontMetrics().height())
        words = self._width_of_words(column)
        return max(header.sectionSizeHint(column), words + arrow, self.table.sizeHintForColumn(column))

    def _width_of_words(self, column: int) -> int:
        """Of the heading of a column."""
        words = str(self._model.headerData(column, _HORIZONTAL))
        return self.table.horizontalHeader().fontMetrics().horizontalAdvance(words)


def _references(view: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{entry['label']} {entry['text']}"
        + (f" ({entry['interval_text']})" if entry["interval_text"] else "")
        for entry in view["references"]
    )


def _say(label: QLabel, sentence: str, **parts: str) -> None:
    """Fill a sentence, or hide it when there is nothing to say."""
    label.setVisible(all(parts.values()))
    label.setText(sentence.format(**parts))
