"""The table of the list of objects: it shows the columns there is room for, wide enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtWidgets import QTableView

from .object_table import ADDRESS, CONCLUSION, MUNICIPALITY, PRIORITY, REFERENCE_DATE, STATUS

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QResizeEvent

#: column -> how many letters it needs to be read, the most important first; the first three always show
_LETTERS = {ADDRESS: 32, CONCLUSION: 15, STATUS: 18, MUNICIPALITY: 17, REFERENCE_DATE: 17, PRIORITY: 11}
_ALWAYS = 3


class ObjectListView(QTableView):
    """A table view that shares its width among the columns that fit in it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, letter = self.viewport().width(), self.fontMetrics().averageCharWidth()
        shown: list[int] = []
        for column, letters in _LETTERS.items():
            needed = (letters + sum(_LETTERS[other] for other in shown)) * letter
            if len(shown) < _ALWAYS or needed <= width:
                shown.append(column)
        total = sum(_LETTERS[column] for column in shown)
        for column, letters in _LETTERS.items():
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                self.setColumnWidth(column, width * letters // total)
