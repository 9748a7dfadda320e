"""A figure and its interval drawn in a cell of a table, all on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .figure_table import VALUE_ROLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.PyQt.QtCore import QModelIndex, QObject

_MARGIN = 7
_RADIUS = 4.5
_NARROWEST = 70
#: an interval that would be wider than the axis is drawn to its end
_LINE_WIDTH = 2.0


class IntervalPlot(QStyledItemDelegate):
    """Draws the value of a cell as a dot on its interval; indicative figures as an open dot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: Mapping[str, Any] | None = None

    def show(self, view: Mapping[str, Any]) -> None:
        """Draw on the axis and in the colours of this view."""
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(_NARROWEST, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        style_option = QStyleOptionViewItem(option)
        self.initStyleOption(style_option, index)
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, style_option, painter, option.widget)
        if self._view is None:
            return
        selected = bool(style_option.state & QStyle.StateFlag.State_Selected)
        ink = option.palette.color(
            QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(
            painter, QRectF(option.rect).adjusted(_MARGIN, 0, -_MARGIN, 0), index.data(VALUE_ROLE), ink
        )
        painter.restore()

    def _draw(self, painter: QPainter, cell: QRectF, value: Mapping[str, Any], ink: QColor) -> None:
        axis, middle = self._view["axis"], cell.center().y()

        def across(figure: float) -> float:
            share = (figure - axis["min"]) / (axis["max"] - axis["min"])
            return cell.left() + cell.width() * min(1.0, max(0.0, share))

        faint = QColor(ink)
        faint.setAlphaF(0.18)
        painter.setPen(QPen(faint, 1))
        for tick in axis["ticks"]:
            painter.drawLine(
                QPointF(across(tick["value"]), cell.top()), QPointF(across(tick["value"]), cell.bottom())
            )
        if value["value"] is None:
            return
        if value["low"] is not None:
            painter.setPen(QPen(ink, _LINE_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(across(value["low"]), middle), QPointF(across(value["high"]), middle))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(self._fill(value))
        painter.drawEllipse(QPointF(across(value["value"]), middle), _RADIUS, _RADIUS)

    def _fill(self, value: Mapping[str, Any]) -> QColor:
        """The colour of its class on the map; the paper itself when the figure is only indicative."""
        if value["status"] != "ok" or value["class"] is None:
            return self.parent().palette().color(QPalette.ColorRole.Base)
        return QColor(self._view["legend"]["classes"][value["class"]]["colour"])
