"""The sheet of a round: a map with the way, and the stops in order with times and reasons; A4, black only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib import style
from matplotlib.collections import LineCollection

from ..core.disclosure.released import content_of
from ..core.records.route_sheet import placed_labels, sheet_words
from .map_panel import MapFrame, draw_scale_bar
from .page import HEIGHT_MM, MARGIN_MM, WIDTH_MM, Page
from .structure import Box
from .tagged_pdf import TaggedPdf
from .typesetting import INK, MM_PER_POINT, RULE, SOFT_INK, Style, font_properties, shorten, text_width, wrap
from .writing import DRAWING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from ..core.disclosure.released import Released
    from ..core.records.round_out import RoundMap, RoundOut
    from ..core.records.route_sheet import SheetWords, StopWords

_WIDTH = WIDTH_MM - 2 * MARGIN_MM
_MAP_MM = 98.0
_BOTTOM = HEIGHT_MM - 17.0
_FOOT = HEIGHT_MM - 10.0
_TEXT = Style(8.4)
_SMALL = Style(7.2, colour=SOFT_INK)
_BOLD = Style(8.4, bold=True)
_HEADING = Style(10.5, bold=True)
_NAME_MM, _TIMES_MM = 13.0, 28.0
#: so that a round of one yard is not a map of its ditch
_SMALLEST_MAP_M = 1500.0
_AROUND = 0.06
_MARK_MM = 2.6
_BOX_MM, _LABEL_MM = 3.0, 4.4
#: what ticking and writing take below a stop
_FILLED_MM = 11.5


def write_route_sheet(path: Path, released: Released[RoundOut], *, back_by: str) -> None:
    """Write the sheet of a round as PDF; the same bytes for the same round.

    Args:
        path: Where.
        released: The round, with its map.
        back_by: The last day to bring it back or destroy it, as ISO text.
    """
    content = content_of(released)
    words = sheet_words(content, back_by)
    with style.context(DRAWING):
        pdf = TaggedPdf(words.title)
        pdf.begin_sheet(words.title)
        pages = _pages(content, words)
        for number, page in enumerate(pages, start=1):
            _foot(page, words, number, len(pages))
            pdf.add(page)
        path.write_bytes(pdf.content())


def _pages(content: RoundOut, words: SheetWords) -> list[Page]:
    page = Page()
    top = _head(page, words)
    top = _facts(page, words, top)
    if content.map is not None:
        box = Box(MARGIN_MM, top, _WIDTH, _MAP_MM)
        with page.part("Figure", alt=words.in_words, box=box):
            _map(page, box, content, content.map)
        if words.fictitious:
            page.watermark(words.fictitious.partition(":")[0], box)
        top = box.bottom + 1.2
        if words.map_note:
            with page.part("P", words.map_note):
                top = page.paragraph(MARGIN_MM, top, wrap(words.map_note, _SMALL, _WIDTH), _SMALL)
        top += 2.5
    pages = [page]
    about = [*wrap(words.about[1], _TEXT, _WIDTH)]
    told = wrap("; ".join(words.categories) + ".", _TEXT, _WIDTH)
    top = _room(pages, words, top, (len(about) + len(told) + 1) * _TEXT.line_mm + 6)
    page = pages[-1]
    with page.part("H2", words.about[0]):
        top = page.paragraph(MARGIN_MM, top, [words.about[0]], _HEADING) + 0.4
    with page.part("P", words.about[1]):
        top = page.paragraph(MARGIN_MM, top, about, _TEXT)
    with page.part("P", "; ".join(words.categories) + "."):
        top = page.paragraph(MARGIN_MM, top, told, _TEXT) + 3.5
    for stop in words.stops:
        top = _room(pages, words, top, _height(stop))
        top = _stop(pages[-1], stop, words, top)
    return pages


def _room(pages: list[Page], words: SheetWords, top: float, height: float) -> float:
    """Where something of a height begins: here, or on a new page."""
    if top + height <= _BOTTOM:
        return top
    page = Page()
    pages.append(page)
    title = f"{words.title}, vervolg"
    with page.part("P", title):
        return page.paragraph(MARGIN_MM, 14.0, [title], _BOLD) + 3.0


def _head(page: Page, words: SheetWords) -> float:
    with page.part("P", words.over):
        page.text(MARGIN_MM, 15.0, shorten(words.over, _SMALL, _WIDTH), _SMALL)
    top = 17.5
    if words.fictitious:
        page.rectangle(Box(MARGIN_MM, top, _WIDTH, 6.0), fill="#ffffff", edge=INK, width=1.0)
        with page.part("P", words.fictitious):
            page.text(MARGIN_MM + 2.5, top + 4.2, words.fictitious, _BOLD)
        top += 8.5
    title = Style(16, bold=True)
    with page.part("H1", words.title):
        return page.paragraph(MARGIN_MM, top, wrap(words.title, title, _WIDTH), title) + 1.5


def _facts(page: Page, words: SheetWords, top: float) -> float:
    column = max(text_width(name, _BOLD) for name, _value in words.facts) + 4
    for name, value in words.facts:
        lines = wrap(value, _TEXT, _WIDTH - column)
        with page.part("P", f"{name}: {value}"):
            page.text(MARGIN_MM, top + _TEXT.ascent_mm, name, _BOLD)
            top = page.paragraph(MARGIN_MM + column, top, lines, _TEXT) + 0.5
    return top + 2.0


def _map(page: Page, box: Box, content: RoundOut, drawn: RoundMap) -> None:
    places = np.array([stop.place for stop in content.stops])
    shift = content.shift
    ends = [] if shift is None else [each for each in (shift.start, shift.end) if each is not None]
    frame = MapFrame(box, _bounds([*map(np.array, drawn.legs), places, *([np.array(ends)] if ends else [])]))
    axes = page.panel(box, zorder=1)
    axes.set_gid(page.drawing_key())
    west, south, east, north = frame.extent
    axes.set(xlim=(west, east), ylim=(south, north))
    view = shapely.box(*frame.extent)
    _lines(axes, page, _seen(drawn.roads, view), colour="#9a9a9a", width=0.6)
    _lines(axes, page, _seen(drawn.through, view), colour="#6a6a6a", width=1.5)
    by_road = [leg for leg, straight in zip(drawn.legs, drawn.straight, strict=True) if not straight]
    by_line = [leg for leg, straight in zip(drawn.legs, drawn.straight, strict=True) if straight]
    _lines(axes, page, by_road, colour="#ffffff", width=4.2)
    _lines(axes, page, by_road, colour=INK, width=2.4)
    _lines(axes, page, by_line, colour=INK, width=1.2, dashes=(4.0, 2.5))
    page.rectangle(box, fill="none", edge=SOFT_INK, width=0.7, zorder=3)
    for place in dict.fromkeys(ends):
        x, y = frame.on_page(np.array([place]))[0]
        side = 2 * _MARK_MM
        page.rectangle(
            Box(x - _MARK_MM, y - _MARK_MM, side, side), fill="#ffffff", edge=INK, width=1.4, zorder=4
        )
        _centred(
            page, x, y, "S" if shift is not None and place == shift.start else "E", Style(8.5, bold=True)
        )
    _names(page, frame.on_page(places), [stop.name for stop in content.stops])
    draw_scale_bar(page, frame)


def _names(page: Page, places: np.ndarray, names: Sequence[str]) -> None:
    """The name of each stop in a black label beside the dot that is its place."""
    label = Style(7.6, bold=True, colour="#ffffff")
    widths = [text_width(name, label) + 2.2 for name in names]
    corners = placed_labels(places.tolist(), widths, _LABEL_MM)
    for (x, y), (left, top), width, name in zip(places, corners, widths, names, strict=True):
        page.rectangle(Box(x - 0.9, y - 0.9, 1.8, 1.8), fill=INK, edge="#ffffff", width=0.5, zorder=5)
        middle = (left + width / 2, top + _LABEL_MM / 2)
        page.line((x, y), middle, colour=INK, width=0.8, zorder=5)
        page.rectangle(
            Box(left, top, width, _LABEL_MM), fill=INK, edge="#ffffff", width=0.8, zorder=6
        )  # fmt: skip
        _centred(page, *middle, name, label)


def _centred(page: Page, x: float, y: float, text: str, letters: Style) -> None:
    page.axes.text(
        x, y + 0.36 * letters.size * MM_PER_POINT, text, fontproperties=font_properties(letters),
        color=letters.colour, ha="center", va="baseline", parse_math=False, gid=page.drawing_key(), zorder=7,
    )  # fmt: skip


def _seen(lines: Sequence[Sequence[tuple[float, float]]], view: shapely.Geometry) -> list[np.ndarray]:
    """What of some lines lies on the map."""
    if not lines:
        return []
    cut = shapely.intersection(shapely.multilinestrings([shapely.linestrings(line) for line in lines]), view)
    parts = shapely.get_parts(cut)
    return [shapely.get_coordinates(part) for part in parts if part.geom_type == "LineString"]


def _lines(
    axes: Axes,
    page: Page,
    lines: Sequence[Any],
    *,
    colour: str,
    width: float,
    dashes: tuple[float, ...] | None = None,
) -> None:
    axes.add_collection(
        LineCollection(
            lines, colors=colour, linewidths=width, linestyles=[(0, dashes)] if dashes else "solid",
            capstyle="butt" if dashes else "round", joinstyle="round", gid=page.drawing_key(),
        ),
        autolim=False,
    )  # fmt: skip


def _bounds(parts: Sequence[np.ndarray]) -> tuple[float, float, float, float]:
    points = np.concatenate([part.reshape(-1, 2) for part in parts])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    around = max(_AROUND * max(east - west, north - south), 150.0)
    wide, high = (max(0.0, (_SMALLEST_MAP_M - size) / 2) for size in (east - west, north - south))
    return west - around - wide, south - around - high, east + around + wide, north + around + high


def _height(stop: StopWords) -> float:
    address = wrap(stop.address, _BOLD, _WIDTH - _NAME_MM - _TIMES_MM)
    told = (wrap(text, _TEXT, _WIDTH - _NAME_MM) for text in _told(stop))
    lines = len(address) + sum(map(len, told))
    return lines * _TEXT.line_mm + _FILLED_MM + 3.1


def _told(stop: StopWords) -> tuple[str, ...]:
    return (*stop.reasons, *(f"Let op: {note}" for note in stop.notes))


def _stop(page: Page, stop: StopWords, words: SheetWords, top: float) -> float:
    page.line((MARGIN_MM, top), (WIDTH_MM - MARGIN_MM, top), colour=INK, width=0.6)
    top += 1.4
    left = MARGIN_MM + _NAME_MM
    heading = f"{stop.name}  {stop.times}  {stop.address}"
    with page.part("H2", heading):
        page.text(MARGIN_MM, top + _BOLD.ascent_mm, stop.name, _BOLD)
        page.text(left, top + _BOLD.ascent_mm, stop.times, _BOLD)
        room = _WIDTH - _NAME_MM - _TIMES_MM
        top = page.paragraph(left + _TIMES_MM, top, wrap(stop.address, _BOLD, room), _BOLD) + 0.5
    width = _WIDTH - _NAME_MM
    for text in _told(stop):
        with page.part("P", text):
            top = page.paragraph(left, top, wrap(text, _TEXT, width), _TEXT)
    return _to_fill_in(page, words, left, top + 1.2)


def _to_fill_in(page: Page, words: SheetWords, left: float, top: float) -> float:
    """Boxes to tick, and a line to write on."""
    line = top + _BOX_MM - 0.3
    for outcome in words.outcomes:
        page.rectangle(Box(left, top, _BOX_MM, _BOX_MM), fill="#ffffff", edge=INK, width=0.7)
        page.text(left + _BOX_MM + 1.2, line, outcome, _TEXT)
        left += _BOX_MM + text_width(outcome, _TEXT) + 5.0
    start = MARGIN_MM + _NAME_MM
    page.line((start, top + 9.0), (WIDTH_MM - MARGIN_MM, top + 9.0), colour=RULE, width=0.6)
    return top + _FILLED_MM


def _foot(page: Page, words: SheetWords, number: int, count: int) -> None:
    page.line((MARGIN_MM, _FOOT - 3.8), (WIDTH_MM - MARGIN_MM, _FOOT - 3.8), colour=RULE, width=0.5)
    counted = f"Blad {number} van {count}"
    page.text(WIDTH_MM - MARGIN_MM, _FOOT, counted, _SMALL, "right")
    with page.part("P", words.foot):
        page.text(MARGIN_MM, _FOOT, shorten(words.foot, _SMALL, _WIDTH - 30), _SMALL)
