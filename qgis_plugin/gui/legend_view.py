"""The legend of a view: each class with its areas, their respondents and how far their intervals reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ..atlas.core.figures.map_layers import class_spread
from ..atlas.core.words.notation import format_number
from ..texts import tr
from .type_size import scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qgis.PyQt.QtGui import QPaintEvent

#: pattern of a state (styles/palettes.json) -> Qt's nearest
_PATTERNS = {
    "none": Qt.BrushStyle.NoBrush,
    "diagonal": Qt.BrushStyle.BDiagPattern,
    "horizontal": Qt.BrushStyle.HorPattern,
    "cross": Qt.BrushStyle.DiagCrossPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
}
_SWATCH = QSize(26, 16)


class LegendView(QWidget):
    """The legend of one view, as lines of text that a screen reader reads too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QGridLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(3)
        self._lines.setColumnStretch(1, 1)
        self.setAccessibleName(tr("Legend"))

    def show_view(
        self, indicator: Mapping[str, Any], view: Mapping[str, Any], states: Sequence[Mapping[str, Any]]
    ) -> None:
        """Show the legend of a view of an indicator; `states` are those of the payload."""
        while self._lines.count():
            widget = self._lines.takeAt(0).widget()
            widget.setParent(None)
            widget.deleteLater()
        legend, values = view["legend"], list(view["values"].values())
        for position, entry in enumerate(legend["classes"]):
            members = [value for value in values if value["class"] == position]
            self._add(
                Swatch(entry["colour"], "none"),
                entry["label"],
                entry["count"],
                class_spread(indicator, members),
            )
        counts = {entry["status"]: entry["count"] for entry in legend["states"]}
        for state in states:
            if counts.get(state["status"]):
                self._add(
                    Swatch(state["colour"], state["pattern"]),
                    state["label"],
                    counts[state["status"]],
                    state["explanation"],
                )

    def _add(self, swatch: Swatch, label: str, count: int, remark: str) -> None:
        line = self._lines.rowCount()
        text, areas = QLabel(label), QLabel(format_number(count))
        areas.setToolTip(tr("Number of areas"))
        areas.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        text.setWordWrap(True)
        self._lines.addWidget(swatch, line, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(text, line, 1)
        self._lines.addWidget(areas, line, 2)
        if remark:
            self._lines.addWidget(remark_label(remark), line + 1, 1, 1, 2)


class Swatch(QWidget):
    """A small rectangle in the colour of a class, or in the pattern of a state."""

    def __init__(self, colour: str, pattern: str) -> None:
        super().__init__()
        self._colour, self._pattern = QColor(colour), _PATTERNS[pattern]
        self.setFixedSize(_SWATCH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(frame, self._colour)
        painter.setPen(QPen(QColor("#5a5a5a"), 1))
        # the colours of the map are light or dark by themselves: the pattern follows them, not the theme
        painter.setBrush(QBrush(QColor("#333333"), self._pattern))
        painter.drawRect(frame)


def remark_label(text: str = "") -> QLabel:
    """A label for what is said in smaller letters; wraps, and can be selected."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    font = label.font()
    scale(font, 0.9)
    label.setFont(font)
    label.setForegroundRole(QPalette.ColorRole.Text)
    return label
