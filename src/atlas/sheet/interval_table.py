"""The table beside the map: every area with its figure, interval and n, and the interval drawn below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from .interval_plot import IntervalPlot, draw_key
from .patterns import fill
from .structure import COLUMN, ROW, Box, Element
from .typesetting import MM_PER_POINT, SOFT_INK, Style, fit, printable, shorten, text_width, wrap
from .wording import plot_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .page import Page
    from .view import View

_HEADING = Style(6.4, colour=SOFT_INK)
_GAP_MM = 2.2
_SWATCH_MM = 3.0
_NARROWEST_NAME_MM = 22.0
_SMALLEST_SIZE = 5.0
#: axis and key below the rows
_AXIS_MM = 8.5
#: (most rows, height of the tallest row): a table of two or three rows may speak up
_TALLEST_ROW_MM = ((4, 16.0), (10_000, 11.4))
#: from this height on a name may take two lines
_TWO_LINES_FROM_MM = 9.5
_TEXT_PER_MM, _TEXT_LARGEST = 1.12, 7.8
_TALL_ROW_MM, _TEXT_OF_TALL_ROW = 14.0, 10.0
#: where in a row the text and the interval stand, in parts of its height
_TEXT_AT, _INTERVAL_AT = 0.30, 0.74
_ABOVE_REFERENCES_MM = 3.0
_NO_FIGURE = Style(6.6, colour=SOFT_INK)
_LIST_GAP_MM = 1.4
#: key of an entry -> the heading above its column
_COLUMNS = {"text": "cijfer", "interval_text": "interval", "n_text": "n"}
#: in place of "n" where the figure is a part of what the column counts
_DIVIDED_BY = "van"


@dataclass(frozen=True, slots=True)
class _Rows:
    """How rows are set: text style, height and the columns' places in millimetres on the page."""

    page: Page
    style: Style
    height: float
    name: float
    name_width: float
    #: right edges
    value: float
    interval: float
    n: float

    @property
    def columns(self) -> list[tuple[float, str, str]]:
        """Right edge, key and heading of the columns in which anything stands."""
        edges = (self.name + self.name_width, self.value, self.interval, self.n)
        headed = zip(edges, edges[1:], _COLUMNS.items(), strict=False)
        return [(right, key, heading) for left, right, (key, heading) in headed if right > left]

    def baseline(self, top: float) -> float:
        """Where the text of a row stands: in its upper half, the interval is drawn in the lower."""
        return top + self.height * _TEXT_AT + self.style.size * MM_PER_POINT * 0.36

    def draw(self, top: float, name: str, entry: Mapping[str, Any], in_doubt: str) -> None:
        """Write name, value, interval and n; `in_doubt` says what the pattern beside the row means."""
        baseline = self.baseline(top)
        sizes = [self.style.size - step * 0.4 for step in range(5)]
        most = 2 if self.height >= _TWO_LINES_FROM_MM else 1
        name_style, lines = fit(name, self.style, self.name_width, sizes=sizes, max_lines=most)
        with self.page.part("TH", name, scope=ROW):
            self.page.paragraph(self.name, baseline - name_style.ascent_mm, lines, name_style)
        bold, soft = Style(self.style.size, bold=True), Style(self.style.size, colour=SOFT_INK)
        styles = {"text": bold}
        for right, key, _heading in self.columns:
            doubt = f" ({in_doubt})" if in_doubt and key == "text" else ""
            with self.page.part("TD", entry[key] + doubt):
                if entry[key]:
                    text = printable(entry[key])
                    self.page.text(right, baseline, text, styles.get(key, soft), "right")


def draw_table(page: Page, box: Box, view: View) -> tuple[float, list[tuple[str, str]]]:
    """Draw the table into a box.

    Returns:
        Where the table ends, and (heading, text) of what found no room in it and must stand elsewhere.
    """
    lists = _without_figure(view)
    wrapped = [(heading, wrap(text, _NO_FIGURE, box.width)) for heading, text in lists]
    below = sum((1 + len(lines)) * _NO_FIGURE.line_mm + _LIST_GAP_MM for _heading, lines in wrapped)
    if below > box.height / 3:
        below, wrapped = 0.0, []
    else:
        lists = []
    rows = len(view.with_figure()) + len(view.view["references"])
    top = _draw_rows(page, box, view, _row_height(box, rows, below)) if rows else box.top
    for heading, lines in wrapped:
        bold = Style(_NO_FIGURE.size, bold=True, colour=SOFT_INK)
        with page.part("H2", heading):
            top = page.paragraph(box.left, top + _LIST_GAP_MM, [heading], bold)
        with page.part("P", " ".join(lines)):
            top = page.paragraph(box.left, top, lines, _NO_FIGURE)
    return top, lists


def _without_figure(view: View) -> list[tuple[str, str]]:
    """The areas that show no figure, told per state: a column of dashes would say less."""
    return [
        (printable(f"{state['label']} ({len(areas)})"), ", ".join(area["name"] for area in areas))
        for state, areas in view.without_figure()
    ]


def _row_height(box: Box, rows: int, below: float) -> float:
    tallest = next(height for most, height in _TALLEST_ROW_MM if rows <= most)
    heading_and_rule = _HEADING.line_mm + 2.2 + _ABOVE_REFERENCES_MM
    return min(tallest, (box.height - below - heading_and_rule - _AXIS_MM) / rows)


def _draw_rows(page: Page, box: Box, view: View, height: float) -> float:
    areas, references = view.with_figure(), view.view["references"]
    entries = [*(view.values[area["code"]] for area in areas), *references]
    rows = _rows(page, box, entries, height)
    plot = IntervalPlot(page, rows.name, box.right, view.view["axis"], height)
    provinces = {reference["code"]: reference["value"] for reference in references}
    drawing = Element("Figure", alt=plot_in_words(view))
    with page.part("Table"):
        top = _draw_heading(rows, box, view)
        for area in areas:
            value = view.values[area["code"]]
            _draw_swatch(page, box.left, rows.baseline(top), view.fill_of(area["code"]))
            with page.part("TR"):
                rows.draw(top, area["name"], value, _in_doubt(view, value))
            with page.inside(drawing):
                plot.draw_figure(top + _INTERVAL_AT * height, value, provinces.get(area["province"]))
            top += height
        if areas and references:
            page.line((box.left, top + 1.2), (box.right, top + 1.2), colour=SOFT_INK)
            top += _ABOVE_REFERENCES_MM
        for reference in references:
            with page.part("TR"):
                rows.draw(top, reference["label"], reference, _in_doubt(view, reference))
            with page.inside(drawing):
                plot.draw_reference(top + _INTERVAL_AT * height, reference)
            top += height
    with_interval = any(entry["low"] is not None for entry in entries)
    with page.inside(drawing):
        plot.draw_axis(top)
        draw_key(page, rows.name, top + 3.4, with_interval=with_interval, with_references=bool(references))
    drawing.box = Box(box.left, box.top, box.width, top + _AXIS_MM - box.top)
    page.add(drawing)
    return top + _AXIS_MM


def _in_doubt(view: View, entry: Mapping[str, Any]) -> str:
    """The state of a figure when it has a pattern: who hears the table does not see the pattern."""
    state = view.state(entry["status"])
    return "" if state["pattern"] == "none" else state["label"].lower()


def _rows(page: Page, box: Box, entries: Sequence[Mapping[str, Any]], height: float) -> _Rows:
    """Set the columns as wide as their widest entry; smaller type when that leaves no room for names."""
    size = _TEXT_OF_TALL_ROW if height > _TALL_ROW_MM else min(_TEXT_LARGEST, _TEXT_PER_MM * height)
    while True:
        style = Style(size)
        value = _column_width(entries, "text", Style(size, bold=True))
        interval = _column_width(entries, "interval_text", style)
        n = _column_width(entries, "n_text", style)
        name = box.left + _SWATCH_MM + 1.6
        name_width = box.right - n - interval - value - name
        if name_width >= _NARROWEST_NAME_MM or size <= _SMALLEST_SIZE:
            break
        size -= 0.4
    return _Rows(page, style, height, name, name_width, box.right - n - interval, box.right - n, box.right)


def _column_width(entries: Sequence[Mapping[str, Any]], key: str, style: Style) -> float:
    """Width with the gap on its left; a column in which nothing stands takes no room."""
    widest = max(text_width(printable(entry[key]), style) for entry in entries)
    return max(widest, text_width(_COLUMNS[key], _HEADING)) + _GAP_MM if widest else 0.0


def _draw_heading(rows: _Rows, box: Box, view: View) -> float:
    page, baseline = rows.page, box.top + _HEADING.ascent_mm
    with page.part("TR"):
        with page.part("TH", view.level["label"], scope=COLUMN):
            page.text(rows.name, baseline, shorten(view.level["label"], _HEADING, rows.name_width), _HEADING)
        for right, key, usual in rows.columns:
            heading = _DIVIDED_BY if key == "n_text" and view.indicator["denominator"] else usual
            with page.part("TH", heading, scope=COLUMN):
                page.text(right, baseline, heading, _HEADING, "right")
    page.line((box.left, baseline + 1.4), (box.right, baseline + 1.4), colour=SOFT_INK)
    return baseline + 2.2


def _draw_swatch(page: Page, left: float, baseline: float, ground: tuple[str, str]) -> None:
    """The fill of the area on the map, so that a row can be found there without reading."""
    box = Box(left, baseline - 2.5, _SWATCH_MM, _SWATCH_MM)
    square = shapely.box(box.left, box.top, box.right, box.bottom)
    fill(page.axes, square, colour=ground[0], pattern=ground[1], mm=1.0, zorder=2)
    page.rectangle(box, fill="none", edge=SOFT_INK, zorder=3)
