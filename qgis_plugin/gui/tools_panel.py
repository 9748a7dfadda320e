"""Buttons for the steps of the atlas, in the order of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGroupBox,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qgis.PyQt.QtGui import QIcon

_ICON = QSize(22, 22)


@dataclass(frozen=True)
class Tool:
    """A button: what it starts, its label and group as a user reads them, a sentence about it, its icon."""

    key: str
    label: str
    group: str
    about: str
    icon: QIcon


class ToolsPanel(QWidget):
    """The tools by group; `asked` carries the key of a tool."""

    asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self._groups = QVBoxLayout(self._inside)
        self._groups.setContentsMargins(8, 8, 8, 8)
        scroll = QScrollArea()
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def set_tools(self, tools: Iterable[Tool]) -> None:
        """Show these tools; those of one group stand together."""
        while self._groups.count():
            item = self._groups.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        boxes: dict[str, QVBoxLayout] = {}
        for tool in tools:
            if tool.group not in boxes:
                box = QGroupBox(tool.group)
                boxes[tool.group] = QVBoxLayout(box)
                boxes[tool.group].setContentsMargins(4, 4, 4, 4)
                boxes[tool.group].setSpacing(1)
                self._groups.addWidget(box)
            boxes[tool.group].addWidget(self._button(tool))
        if not boxes:
            empty = QLabel(tr("The tools are not there: switch on the plugin Processing."))
            empty.setWordWrap(True)
            self._groups.addWidget(empty)
        self._groups.addStretch(1)

    def _button(self, tool: Tool) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tool_{tool.key}")
        button.setText(tool.label)
        button.setIcon(tool.icon)
        button.setIconSize(_ICON)
        button.setToolTip(tool.about)
        button.setAccessibleDescription(tool.about)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # a long name is cut off in a narrow panel; it is whole in the tool tip of the style
        button.setMinimumWidth(60)
        button.clicked.connect(lambda _checked: self.asked.emit(tool.key))
        return button
