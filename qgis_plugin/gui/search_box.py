"""A list to choose from in which one may also type a part of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QCompleter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.PyQt.QtGui import QFocusEvent, QWheelEvent
    from qgis.PyQt.QtWidgets import QWidget


class SearchBox(QComboBox):
    """A combo box that finds a choice by any part of its label; what is no choice goes back to the last one.

    `chosen` carries the value, when the user chose one.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.activated[str].connect(self._take)
        self.setCompleter(completer)
        self.activated.connect(self._take_index)
        self.lineEdit().returnPressed.connect(self._take_typed)
        self._value = ""

    def set_choices(self, choices: Sequence[tuple[str, str]], wanted: str = "") -> None:
        """Offer (value, label) pairs, with `wanted` chosen when it is among them and else the first."""
        self.clear()
        for value, label in choices:
            self.addItem(label, value)
            self.setItemData(self.count() - 1, label, Qt.ItemDataRole.ToolTipRole)
        self._set(max(0, self.findData(wanted)))

    def value(self) -> str:
        """The value that was chosen last; not what is being typed."""
        return self._value

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lineEdit().selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.completer().popup().isVisible():
            self._set(self.findData(self._value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # scrolling the panel must not change the figure under the mouse
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _take_typed(self) -> None:
        """The label that was typed, or the only one that holds it."""
        typed = self.lineEdit().text().strip().casefold()
        labels = [self.itemText(position).casefold() for position in range(self.count())]
        found = [position for position, label in enumerate(labels) if typed and typed in label]
        exact = [position for position in found if labels[position] == typed]
        if exact or found:
            self._take_index((exact or found)[0])
        else:
            self._set(self.findData(self._value))

    def _take(self, label: str) -> None:
        self._take_index(self.findText(label))

    def _take_index(self, position: int) -> None:
        before = self._value
        self._set(position)
        if self._value != before:
            self.chosen.emit(self._value)

    def _set(self, position: int) -> None:
        self.setCurrentIndex(position)
        self._value = str(self.itemData(position) or "")
        self.lineEdit().setText(self.itemText(position))
        self.lineEdit().setCursorPosition(0)
        self.lineEdit().setToolTip(self.itemText(position))
