"""Figures as dots on their intervals, on one scale for a whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from .typesetting import INK, REFERENCE, RULE, SOFT_INK, Style, printable, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .page import Page

_LABEL = Style(6.4, colour=SOFT_INK)
_INSET_MM = 2.0
_DOT_LARGEST = 5.0
_DOT_PER_MM = 0.62
#: half the height of a grid tick, in parts of a row
_TICK = 0.16


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """Where values stand between two sides of the page, by the axis of the payload.

    `row` is the height of a table row in millimetres; dots and ticks follow it.
    """

    page: Page
    left: float
    right: float
    axis: Mapping[str, Any]
    row: float

    def at(self, value: float) -> float:
        """Where a value stands, in millimetres on the page; a value off the axis stands at its end."""
        low, high = self.axis["min"], self.axis["max"]
        part = (value - low) / (high - low) if high > low else 0.5
        left, right = self.left + _INSET_MM, self.right - _INSET_MM
        return left + min(max(part, 0.0), 1.0) * (right - left)

    def draw_figure(self, y: float, entry: Mapping[str, Any], province: float | None) -> None:
        """A figure on its interval, with a tick where the figure of its province lies."""
        self._draw_ticks(y)
        if province is not None:
            draw_province_tick(self.page, self.at(province), y, _TICK * self.row)
        self._draw_range(y, entry, INK)
        if entry["value"] is not None:
            draw_dot(self.page, self.at(entry["value"]), y, self._dot_size)

    def draw_reference(self, y: float, entry: Mapping[str, Any]) -> None:
        """The figure of a province or the country on its interval."""
        self._draw_ticks(y)
        self._draw_range(y, entry, REFERENCE)
        if entry["value"] is not None:
            draw_diamond(self.page, self.at(entry["value"]), y, self._dot_size)

    def draw_axis(self, top: float) -> None:
        """The labels of the axis below `top`, as many as fit without touching."""
        end = self.left
        for tick in self.axis["ticks"]:
            label, x = printable(tick["label"]), self.at(tick["value"])
            half = text_width(label, _LABEL) / 2
            if x - half > end:
                self.page.text(x, top + _LABEL.ascent_mm, label, _LABEL, "center")
                end = x + half + 1.0

    @property
    def _dot_size(self) -> float:
        return min(_DOT_LARGEST, _DOT_PER_MM * self.row)

    def _draw_ticks(self, y: float) -> None:
        reach = _TICK * self.row
        places = [self.at(tick["value"]) for tick in self.axis["ticks"]]
        self.page.lines([((x, y - reach), (x, y + reach)) for x in places], colour=RULE, zorder=0.5)

    def _draw_range(self, y: float, entry: Mapping[str, Any], colour: str) -> None:
        if entry["low"] is not None and entry["high"] is not None:
            start, end = self.at(entry["low"]), self.at(entry["high"])
            self.page.line((start, y), (end, y), colour=colour, width=1.3, zorder=4)


def draw_key(page: Page, left: float, top: float, *, with_interval: bool, with_references: bool) -> None:
    """What dot, line and tick mean, on one line."""
    baseline = top + _LABEL.ascent_mm
    middle = baseline - 0.75
    text = "cijfer met interval" if with_interval else "cijfer"
    if with_interval:
        page.line((left, middle), (left + 5.0, middle), colour=INK, width=1.3)
    draw_dot(page, left + 2.5, middle, 4.0)
    page.text(left + 6.5, baseline, text, _LABEL)
    if with_references:
        x = left + 6.5 + text_width(text, _LABEL) + 5.0
        draw_province_tick(page, x, middle, 1.2)
        draw_diamond(page, x + 2.6, middle, 4.0)
        page.text(x + 5.0, baseline, "ter vergelijking", _LABEL)


def draw_province_tick(page: Page, x: float, y: float, reach: float) -> None:
    """An upright line that marks the province's figure beside that of an area."""
    page.line((x, y - reach), (x, y + reach), colour=REFERENCE, width=1.2, zorder=3)


def draw_dot(page: Page, x: float, y: float, size: float) -> None:
    """The mark of an area's figure, `size` in points."""
    _draw_mark(page, (x, y), marker="o", size=size, colour=INK)


def draw_diamond(page: Page, x: float, y: float, size: float) -> None:
    """The mark of a figure to compare with, a little smaller as its points stick out."""
    _draw_mark(page, (x, y), marker="D", size=0.85 * size, colour=REFERENCE)


def _draw_mark(page: Page, place: tuple[float, float], *, marker: str, size: float, colour: str) -> None:
    page.axes.add_line(
        Line2D(
            [place[0]],
            [place[1]],
            marker=marker,
            markersize=size,
            markerfacecolor=colour,
            markeredgecolor="white",
            markeredgewidth=0.6,
            linestyle="none",
            gid=page.drawing_key(),
            zorder=5,
        )
    )
