"""What stands in place of the list of objects when there is none: why, and what to do."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..texts import tr

OPEN, CREATE, AGAIN = "open", "create", "again"


class ObjectMessage(QWidget):
    """A text and buttons; `asked` carries the action of the button."""

    asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setObjectName("message")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 12, 12, 12)
        lines.addWidget(self._text)
        self._buttons = {}
        for action, label in (
            (OPEN, tr("Open a dossier…")),
            (CREATE, tr("Make a new dossier…")),
            (AGAIN, tr("Try again")),
        ):
            button = QPushButton(label)
            button.setObjectName(f"dossier_{action}")
            button.clicked.connect(lambda _checked, asked=action: self.asked.emit(asked))
            lines.addWidget(button)
            self._buttons[action] = button
        lines.addStretch(1)

    def set_text(self, text: str, *actions: str) -> None:
        """Say why there is no list, with the buttons of these actions."""
        self._text.setText(text)
        for action, button in self._buttons.items():
            button.setVisible(action in actions)
