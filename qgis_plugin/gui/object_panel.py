"""The objects of the open dossier: a list to filter, why each is on it, and the next step with it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.words.notation import format_number
from ..texts import tr
from .object_details import ObjectDetails
from .object_filters import ObjectFilters
from .object_list_view import ObjectListView
from .object_message import DossierPanel
from .object_table import COLUMNS, UUID_ROLE, ObjectTable
from .unsaved_changes import UnsavedChanges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qgis.PyQt.QtGui import QKeyEvent, QResizeEvent

    from .object_rows import ObjectFilter, ObjectRow

#: typing pauses this long (ms) before the list follows
_TYPING_PAUSE = 150
#: a selection that a filter tears into more pieces than this is let go, or the window would wait for it
_MOST_RUNS = 5_000
#: from this width on the reasons stand beside the list instead of under it
_BESIDE = 640
#: in this width (logical pixels) everything can still be used
_NARROWEST = 270


class ObjectPanel(DossierPanel):
    """The list of objects.

    `zoom_requested` carries a uuid, `status_requested` uuids and a status, `filter_changed` nothing.
    """

    zoom_requested = pyqtSignal(str)
    status_requested = pyqtSignal(list, str)
    filter_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ObjectListView()
        self.details = ObjectDetails()
        self.filters = ObjectFilters()
        self.unsaved = UnsavedChanges()
        self._model = ObjectTable(self)
        self._count, self._clear = QLabel(), QToolButton()
        self._wanted_uuid = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._prepare_table()
        self._lay_out()
        self._pause.timeout.connect(self._use_filter)
        self.filters.changed.connect(self._use_filter)
        self.filters.typed.connect(self._pause.start)
        self._clear.clicked.connect(self.filters.clear)
        self.table.doubleClicked.connect(lambda index: self.zoom_requested.emit(index.data(UUID_ROLE)))
        self.table.selectionModel().selectionChanged.connect(self._show_details)
        self.details.zoom_requested.connect(self._zoom)
        self.details.status_requested.connect(
            lambda status: self.status_requested.emit(self.selected(), status)
        )

    def set_rows(self, rows: Sequence[ObjectRow]) -> None:
        """Show the objects of a dossier; what was selected stays selected."""
        kept = self.selected() or [self._wanted_uuid]
        self._model.set_rows(rows)
        self.filters.set_municipalities(self._model.municipalities())
        self._use_filter()
        self._select(self._model.positions_of(kept))
        self._stack.setCurrentIndex(1)

    def change(self, values: Mapping[str, Mapping[str, object]]) -> None:
        """Show new values of objects: uuid -> field -> value."""
        self._model.change(values)
        if set(values) & set(self.selected()):
            self._show_details()

    def row(self, uuid: str) -> ObjectRow | None:
        """An object of the list, also when the filter hides it."""
        return self._model.row(uuid)

    def selected(self) -> list[str]:
        """The keys of the selected objects."""
        return [row.uuid for row in self._selected_rows()]

    def select(self, uuid: str) -> None:
        """Select an object, now or as soon as the list has it."""
        self._wanted_uuid = uuid
        self._select(self._model.positions_of([uuid]))

    def set_filter(self, wanted: ObjectFilter) -> None:
        """Show only what fits."""
        self.filters.set_filter(wanted)
        self._use_filter()

    def minimumSizeHint(self) -> QSize:
        # with the reasons beside the list it asks for more, and would keep a wide panel from becoming narrow
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._zoom()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        self._splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def _use_filter(self) -> None:
        self._pause.stop()
        kept = {
            position
            for part in self.table.selectionModel().selection()
            for position in self._model.positions_at(part.top(), part.bottom())
        }
        self._model.set_filter(self.filters.filter())
        self._select(kept)
        number = self._model.rowCount()
        total = format_number(self._model.total())
        if number == self._model.total():
            self._count.setText(tr("Objects: {total}").format(total=total))
        else:
            text = tr("Objects: {number} of {total}")
            self._count.setText(text.format(number=format_number(number), total=total))
        self._clear.setVisible(number != self._model.total())
        self.filter_changed.emit()

    def _select(self, positions: set[int]) -> None:
        selection = self.table.selectionModel()
        runs = _runs(self._model.lines_of(positions) if positions else [])
        if len(runs) > _MOST_RUNS:
            runs = []
        wanted = QItemSelection()
        for first, last in runs:
            wanted.select(self._model.index(first, 0), self._model.index(last, len(COLUMNS) - 1))
        selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if runs:
            top = self._model.index(runs[0][0], 0)
            selection.setCurrentIndex(top, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.table.scrollTo(top)
        else:  # a list that was filled anew has told nobody that nothing is selected any more
            self._show_details()

    def _show_details(self, *_: object) -> None:
        self.details.show_rows(self._selected_rows())

    def _selected_rows(self) -> list[ObjectRow]:
        # asked by range: for each line by itself, "select all" of fifty thousand would take seconds
        selection = self.table.selectionModel().selection()
        return [
            self._model.row_at(line) for part in selection for line in range(part.top(), part.bottom() + 1)
        ]

    def _zoom(self) -> None:
        if uuids := self.selected():
            self.zoom_requested.emit(uuids[0])

    def _prepare_table(self) -> None:
        self.table.setModel(self._model)
        self.table.setObjectName("objects")
        self.table.setAccessibleName(tr("Objects"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        vertical = self.table.verticalHeader()
        vertical.hide()
        # asking fifty thousand lines how high they are takes seconds: all are as high as one line of text
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(self.table.fontMetrics().height() + 6)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        # or it asks of each column it draws whether all fifty thousand lines of it are selected
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setSortIndicator(COLUMNS.index("gemeente_code"), Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        self._clear.setText(tr("Show all"))
        self._clear.setToolTip(tr("Take the filters away"))
        self._clear.setAutoRaise(True)
        self._count.setObjectName("count")
        counting = QHBoxLayout()
        counting.addWidget(self._count, 1)
        counting.addWidget(self._clear)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        page = QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.addWidget(self.filters)
        lines.addLayout(counting)
        lines.addWidget(self._note)
        lines.addWidget(self._splitter, 1)
        lines.addWidget(self.unsaved)
        self._stack.addWidget(page)
        order = [*self.filters.boxes(), self._clear, self.table, *self.details.stops(), *self.unsaved.stops()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def _runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs of neighbours: first and last of each."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs
