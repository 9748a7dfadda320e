"""How a file was understood: its columns below each other, what each is, and its first rows beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.PyQt.QtGui import QWheelEvent

_ROLE_WIDTH = 210


@dataclass(frozen=True)
class ShownColumn:
    """A column of the file: what it is taken for ("" for nothing), why it stays out, its first cells."""

    name: str
    role: str
    why: str
    cells: tuple[str, ...]


class QuietCombo(QComboBox):
    """A box that the wheel of the mouse passes by: scrolling through a form changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ColumnRoles(QTableWidget):
    """`role_chosen` carries a column and what the user says it is."""

    role_chosen = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columns")
        self.setAccessibleName(tr("Columns of the file"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()

    def show_columns(
        self, columns: Sequence[ShownColumn], roles: Sequence[tuple[str, str]], rows: Sequence[int]
    ) -> None:
        """Show the columns.

        Args:
            columns: In the order of the file.
            roles: What a column can be: key and words; the first is for a column that is left out.
            rows: The numbers of the rows that are shown, as the file counts them.
        """
        self.clear()
        self.setRowCount(len(columns))
        self.setColumnCount(2 + len(rows))
        titles = [tr("Column"), tr("Is"), *(tr("Row {number}").format(number=row) for row in rows)]
        self.setHorizontalHeaderLabels(titles)
        for line, column in enumerate(columns):
            self._put(line, 0, column.name, column.name)
            self.setCellWidget(line, 1, self._box(column, roles))
            for place, cell in enumerate(column.cells, start=2):
                self._put(line, place, cell, cell)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(280)
        header.setStretchLastSection(True)
        self.setColumnWidth(1, _ROLE_WIDTH)
        self.resizeRowsToContents()

    def box(self, column: str) -> QComboBox:
        """Where the user says what a column is."""
        line = next(line for line in range(self.rowCount()) if self.item(line, 0).text() == column)
        return self.cellWidget(line, 1)

    def _put(self, line: int, place: int, text: str, tip: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(tip)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(line, place, item)

    def _box(self, column: ShownColumn, roles: Sequence[tuple[str, str]]) -> QComboBox:
        box = QuietCombo()
        for key, words in roles:
            box.addItem(words, key)
        box.setCurrentIndex(max(box.findData(column.role), 0))
        box.setToolTip(column.why)
        box.setAccessibleName(tr("What the column {name} is").format(name=column.name))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(
            lambda _index, name=column.name: self.role_chosen.emit(name, box.currentData() or "")
        )
        return box
