"""A part of the panel that shows a dossier, or in its place why it does not, and what to do."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

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


class DossierPanel(QWidget):
    """What is shown of a dossier, with a note above it, or a message in its place; heirs lay out the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = ObjectMessage()
        self._note = QLabel()
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._note.setVisible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.message)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def shows_dossier(self) -> bool:
        """Whether a dossier is shown now."""
        return self._stack.currentIndex() == 1

    def set_message(self, text: str, *actions: str) -> None:
        """Say why there is nothing to show, with buttons for what to do (`OPEN`, `CREATE`, `AGAIN`)."""
        self.message.set_text(text, *actions)
        self._stack.setCurrentIndex(0)

    def set_note(self, note: str) -> None:
        """Say something above what stays as it is; "" to say nothing."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
