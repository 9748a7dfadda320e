"""The line of one area through the periods of a figure, with the band of its interval."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ..texts import tr
from .legend_view import remark_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qgis.PyQt.QtGui import QPaintEvent

_RADIUS = 3.5
#: of the band: seen beside the line, and the grid through it
_BAND_ALPHA, _GRID_ALPHA = 0.22, 0.18
_HEIGHT_IN_LINES = 8


class LineView(QWidget):
    """One area through time: the line breaks where the area changed, and where it was not measured.

    It is hidden for a figure of one period.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: Sequence[Mapping[str, Any]] = ()
        self._views: Sequence[Mapping[str, Any]] = ()
        self._line: Mapping[str, Any] = {}
        self._heading, self._words = remark_label(), remark_label()
        self._plot = _Plot()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(3)
        for widget in (self._heading, self._plot, self._words):
            lines.addWidget(widget)
        self.setObjectName("line")

    def show_figure(
        self, indicator: Mapping[str, Any], level: Mapping[str, Any], view: Mapping[str, Any]
    ) -> None:
        """Show the timeline of a view: of the highest area, or of the first by name where none is higher."""
        lines = (line for line in indicator["timelines"] if line["level"] == view["level"])
        line = next((line for line in lines if view["period"] in line["periods"]), None)
        self.setVisible(line is not None)
        if line is None:
            return
        views = {one["period"]: one for one in indicator["views"] if one["level"] == view["level"]}
        self._line, self._areas = line, level["areas"]
        self._views = [views[period] for period in line["periods"]]
        shown = [area for area in level["areas"] if view["values"][area["code"]]["value"] is not None]
        by_name = sorted(shown or level["areas"], key=lambda area: area["name"])
        if shown and not view["legend"].get("unordered"):
            by_name = [max(by_name, key=lambda area: view["values"][area["code"]]["value"])]
        self.show_area(by_name[0]["code"])

    def show_area(self, code: str | None) -> None:
        """Show another area; nothing happens for no area."""
        area = next((area for area in self._areas if area["code"] == code), None)
        if area is None:
            return
        values = [view["values"][code] for view in self._views]
        gaps = self._line["gaps"].get(code, {})
        first, last = self._views[0]["period_label"], self._views[-1]["period_label"]
        heading = [tr("{area}, {first} to {last}.").format(area=area["label"], first=first, last=last)]
        if any(value["low"] is not None for value in values):
            heading.append(tr("Band: the 95% interval."))
        self._heading.setText(" ".join(heading))
        told = [
            f"{view['period_label']}: {value['text']}"
            + (f" ({value['interval_text']})" if value["interval_text"] else "")
            for view, value in zip(self._views, values, strict=True)
        ]
        self._plot.show_values(self._line, self._views, values, gaps)
        self._plot.setAccessibleName(f"{area['label']}. {'; '.join(told)}")
        self._plot.setToolTip("\n".join(told))
        self._words.setText(" ".join(dict.fromkeys(gaps.values())))
        self._words.setVisible(bool(gaps))


class _Plot(QWidget):
    """Draws what `LineView` says; all areas of a figure on one axis."""

    def __init__(self) -> None:
        super().__init__()
        self._line: Mapping[str, Any] | None = None
        self._views: Sequence[Mapping[str, Any]] = ()
        self._values: Sequence[Mapping[str, Any]] = ()
        self._gaps: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT_IN_LINES * self.fontMetrics().height())

    def show_values(
        self,
        line: Mapping[str, Any],
        views: Sequence[Mapping[str, Any]],
        values: Sequence[Mapping[str, Any]],
        gaps: Mapping[str, str],
    ) -> None:
        """Show the values of an area, oldest first; `gaps` are the periods that no line reaches."""
        self._line, self._views, self._values, self._gaps = line, views, values, gaps
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ticks, high = self._views[-1]["axis"]["ticks"], self.fontMetrics().height()
        wide = max(self.fontMetrics().horizontalAdvance(tick["label"]) for tick in ticks)
        last = self.fontMetrics().horizontalAdvance(self._views[-1]["period_label"]) / 2
        plot = QRectF(self.rect()).adjusted(wide + 6, high / 2, -max(last, 6), -high - 4)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._draw_axis(painter, plot, ink)
        self._draw_line(painter, plot, ink)
        painter.end()

    def _across(self, plot: QRectF, nth: int) -> float:
        at = self._line["at"]
        return plot.left() + (at[nth] - at[0]) / ((at[-1] - at[0]) or 1) * plot.width()

    def _up(self, plot: QRectF, figure: float) -> float:
        axis = self._views[-1]["axis"]
        return plot.bottom() - (figure - axis["min"]) / (axis["max"] - axis["min"]) * plot.height()

    def _draw_axis(self, painter: QPainter, plot: QRectF, ink: QColor) -> None:
        measured, faint = self.fontMetrics(), QColor(ink)
        faint.setAlphaF(_GRID_ALPHA)
        for tick in self._views[-1]["axis"]["ticks"]:
            y = self._up(plot, tick["value"])
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(ink)
            x = plot.left() - 4 - measured.horizontalAdvance(tick["label"])
            painter.drawText(QPointF(x, y + measured.ascent() / 2 - 1), tick["label"])
        written, end = plot.left() - plot.width(), plot.right()
        for nth in (len(self._views) - 1, *range(len(self._views) - 1)):
            label = self._views[nth]["period_label"]
            half, x = measured.horizontalAdvance(label) / 2, self._across(plot, nth)
            newest = nth == len(self._views) - 1
            if newest:
                end = x - half - 6
            elif x - half < written + 6 or x + half > end:
                continue
            painter.drawText(QPointF(x - half, plot.bottom() + measured.ascent() + 4), label)
            written = written if newest else x + half

    def _draw_line(self, painter: QPainter, plot: QRectF, ink: QColor) -> None:
        band = QColor(ink)
        band.setAlphaF(_BAND_ALPHA)
        dashed = QPen(ink, 1, Qt.PenStyle.DashLine)
        for one, other in pairwise(range(len(self._values))):
            before, after = self._values[one], self._values[other]
            left, right = self._across(plot, one), self._across(plot, other)
            if self._views[other]["period"] in self._gaps:
                painter.setPen(dashed)
                middle = (left + right) / 2
                painter.drawLine(QPointF(middle, plot.top()), QPointF(middle, plot.bottom()))
                continue
            if None in (before["value"], after["value"]):
                continue
            if None not in (before["low"], after["low"]):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(band)
                corners = (
                    (left, before["high"]),
                    (right, after["high"]),
                    (right, after["low"]),
                    (left, before["low"]),
                )
                painter.drawPolygon(QPolygonF([QPointF(x, self._up(plot, figure)) for x, figure in corners]))
            painter.setPen(QPen(ink, 1.8))
            painter.drawLine(
                QPointF(left, self._up(plot, before["value"])), QPointF(right, self._up(plot, after["value"]))
            )
        self._draw_dots(painter, plot, ink)

    def _draw_dots(self, painter: QPainter, plot: QRectF, ink: QColor) -> None:
        """The figure of each period; open when it is indicative only, with its interval as a stroke."""
        for nth, value in enumerate(self._values):
            if value["value"] is None:
                continue
            x = self._across(plot, nth)
            painter.setPen(QPen(ink, 1.3))
            if value["low"] is not None:
                painter.drawLine(
                    QPointF(x, self._up(plot, value["low"])), QPointF(x, self._up(plot, value["high"]))
                )
            sure = value["status"] != "indicatief"
            painter.setBrush(ink if sure else self.palette().color(QPalette.ColorRole.Base))
            painter.drawEllipse(QPointF(x, self._up(plot, value["value"])), _RADIUS, _RADIUS)
