"""What was changed in the layer and is not in its file yet: how much, and saving or undoing it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..atlas.core.words.notation import format_number
from ..texts import tr


class UnsavedChanges(QWidget):
    """Hidden as long as everything is saved."""

    save_requested = pyqtSignal()
    undo_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setObjectName("unsaved")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo, self._save = QPushButton(tr("&Undo")), QPushButton(tr("Sa&ve"))
        self._undo.setObjectName("undo_change")
        self._undo.setToolTip(tr("Undoes the last change of this layer, as Ctrl+Z does"))
        self._save.setObjectName("save_changes")
        self._save.setToolTip(
            tr("Saves the changes of this layer and ends editing, so that others can go on")
        )
        lines, buttons = QVBoxLayout(self), QHBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._text)
        lines.addLayout(buttons)
        for button in (self._undo, self._save):
            buttons.addWidget(button, 1)
        self._undo.clicked.connect(self.undo_requested)
        self._save.clicked.connect(self.save_requested)
        self.set_number(0)

    def set_number(self, number: int) -> None:
        """Say how many objects have changes that are not in the file."""
        if number == 1:
            self._text.setText(tr("1 object has changes that are not saved yet."))
        else:
            text = tr("{number} objects have changes that are not saved yet.")
            self._text.setText(text.format(number=format_number(number)))
        self.setVisible(number > 0)

    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in order."""
        return (self._undo, self._save)
