"""The legend below the map: classes and states with the number of areas, and what the borders mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from ..core.figures.circles import MM_PER_PIXEL
from .border_lines import BorderLine, border_lines
from .circles import draw_circle
from .patterns import fill
from .structure import Box
from .typesetting import SOFT_INK, Style, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Page
    from .view import View

_TITLE = Style(7.6, bold=True)
_COUNT = "gebieden"
#: sizes of the entries in points, tried one after another
_SIZES = (7.2, 6.6, 6.0, 5.4)
_NOTE_TO_LABEL = 0.89
_SWATCH_MM = 7.0
_TEXT_LEFT_MM = 9.2
#: height of a swatch and distance between entries, in parts of a line
_SWATCH_LINES, _ENTRY_LINES = 0.98, 0.4


@dataclass(frozen=True, slots=True)
class _Entry:
    """A swatch, a line or a circle, with what it means.

    `ground` is (colour, pattern) of a swatch, `circle` (radius in mm, that of the largest, colour).
    """

    label: str
    count: str = ""
    note: str = ""
    ground: tuple[str, str] | None = None
    line: BorderLine | None = None
    circle: tuple[float, float, str] | None = None

    @property
    def in_words(self) -> str:
        """The entry without its swatch."""
        counted = f"{self.label} ({_COUNT}: {self.count})" if self.count else self.label
        return f"{counted}. {self.note}" if self.note else counted


@dataclass(frozen=True, slots=True)
class _Setting:
    """How large the legend is set."""

    width: float
    label: Style
    note: Style

    def lines(self, entry: _Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Label and note of an entry, broken into lines."""
        count = text_width(entry.count, self.label) + 2
        label = wrap(entry.label, self.label, self.width - _TEXT_LEFT_MM - count)
        return label, wrap(entry.note, self.note, self.width - _TEXT_LEFT_MM)

    def height(self, entry: _Entry) -> float:
        """What an entry takes with the room below it."""
        label, note = self.lines(entry)
        text = len(label) * self.label.line_mm + len(note) * self.note.line_mm
        if entry.circle is not None:
            text = max(text, 2 * entry.circle[0])
        return text + _ENTRY_LINES * self.label.line_mm


def draw_legend(page: Page, box: Box, view: View) -> tuple[float, list[tuple[str, str]]]:
    """Draw the legend into a box.

    Returns:
        Where it ends, and (state, explanation) of what found no room in it and must stand elsewhere.
    """
    top = _draw_title(page, box, view)
    entries, setting, left_out = _fitted(view, box.width, box.bottom - top)
    with page.part("L"):
        for entry in entries:
            with page.part("LI"), page.part("LBody", entry.in_words):
                _draw_entry(page, box, top, entry, setting)
            top += setting.height(entry)
    return top, left_out


def _fitted(view: View, width: float, height: float) -> tuple[list[_Entry], _Setting, list[tuple[str, str]]]:
    """The entries in the largest type in which they fit; without the explanations before it gets small."""
    explanations = [(entry.label, entry.note) for entry in _entries(view) if entry.note]
    for size in _SIZES:
        setting = _Setting(width, Style(size), Style(_NOTE_TO_LABEL * size, colour=SOFT_INK))
        for left_out in ([], explanations):
            entries = list(_entries(view, with_notes=not left_out))
            if sum(setting.height(entry) for entry in entries) <= height:
                return entries, setting, left_out
    return entries, setting, explanations


def _entries(view: View, *, with_notes: bool = True) -> Iterator[_Entry]:
    classes = view.legend["classes"]
    circles = view.legend.get("circles", {"examples": ()})
    for example in circles["examples"]:
        mm = MM_PER_PIXEL * view.circle_size
        circle = (example["radius"] * mm, circles["examples"][0]["radius"] * mm, circles["colour"])
        yield _Entry(example["label"], circle=circle)
    for entry in classes:
        yield _Entry(entry["label"], str(entry["count"]), ground=(entry["colour"], "none"))
    for entry in view.legend["states"]:
        state = view.state(entry["status"])
        # hatching lies over the class colours: it is shown on the one in the middle
        on_class = entry["status"] == "indicatief"
        colour = classes[(len(classes) - 1) // 2]["colour"] if on_class else state["colour"]
        note = state["explanation"] if with_notes else ""
        yield _Entry(state["label"], str(entry["count"]), note, ground=(colour, state["pattern"]))
    for line in reversed(border_lines(view)):
        yield _Entry(line.label, line=line)


def _draw_title(page: Page, box: Box, view: View) -> float:
    column = Style(6.4, colour=SOFT_INK)
    text = f"Legenda, {view.indicator['unit_label']}"
    title = wrap(text, _TITLE, box.width - text_width(_COUNT, column) - 2)
    page.text(box.right, box.top + _TITLE.ascent_mm, _COUNT, column, "right")
    with page.part("H2", text):
        return page.paragraph(box.left, box.top, title, _TITLE) + 1.4


def _draw_entry(page: Page, box: Box, top: float, entry: _Entry, setting: _Setting) -> None:
    swatch = Box(box.left, top, _SWATCH_MM, _SWATCH_LINES * setting.label.line_mm)
    if entry.ground is not None:
        colour, pattern = entry.ground
        area = shapely.box(swatch.left, swatch.top, swatch.right, swatch.bottom)
        fill(page.axes, area, colour=colour, pattern=pattern, mm=1.0, zorder=2)
        page.rectangle(swatch, fill="none", edge=SOFT_INK, zorder=3)
    if entry.circle is not None:
        radius, largest, colour = entry.circle
        middle = max(largest, _SWATCH_MM / 2)
        draw_circle(page, (swatch.left + middle, top + radius), radius, colour)
        aside = max(_TEXT_LEFT_MM, 2 * middle + 1.5)
        page.text(box.left + aside, top + radius + 0.35 * setting.label.ascent_mm, entry.label, setting.label)
        return
    if entry.line is not None:
        middle, line = top + swatch.height / 2, entry.line
        ends = (swatch.left, middle), (swatch.right, middle)
        page.line(*ends, colour=line.colour, width=line.width, dashes=line.dashes)
    label, note = setting.lines(entry)
    if entry.count:
        page.text(box.right, top + setting.label.ascent_mm, entry.count, setting.label, "right")
    bottom = page.paragraph(box.left + _TEXT_LEFT_MM, top, label, setting.label)
    page.paragraph(box.left + _TEXT_LEFT_MM, bottom, note, setting.note)
