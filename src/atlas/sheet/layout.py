"""Where everything stands: head, map, table, legend and texts on one A4, what is over on a next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.figures.edition import made_line
from .interval_table import draw_table
from .legend import draw_legend
from .lines import draw_lines_page, timeline_of
from .map_panel import draw_map
from .page import HEIGHT_MM, MARGIN_MM, WIDTH_MM, Page
from .structure import Box
from .typesetting import (
    CAUTION,
    RULE,
    SOFT_INK,
    Style,
    fit,
    is_shortened,
    printable,
    shorten,
    text_width,
    wrap,
)
from .wording import (
    Line,
    Paragraph,
    draw_caution,
    draw_lines,
    explanation_of,
    fill_columns,
    origin_of,
    set_texts,
)

if TYPE_CHECKING:
    from .basemap import Background
    from .ground import Ground
    from .structure import Element
    from .view import View

_WIDTH = WIDTH_MM - 2 * MARGIN_MM
_MAP_WIDTH = 108.0
_TABLE_WIDTH = 69.0
_MAP_BOTTOM = 192.0
#: the map of a sheet with a title of one line
LARGEST_MAP = Box(MARGIN_MM, 34.0, _MAP_WIDTH, _MAP_BOTTOM - 34.0)
#: where legend and texts begin
_BAND = _MAP_BOTTOM + 6
_FOOT = HEIGHT_MM - 12.2
_FOOT_STYLE = Style(6.4, colour=SOFT_INK)
_TEXT_BOTTOM = HEIGHT_MM - 16.0
_GUTTER = 5.0
_COLUMN = (_WIDTH - 2 * _GUTTER) / 3
#: (sizes in points, most lines), tried one after another
_TITLE_SIZES = (((15.5, 14.5, 13.5), 1), ((15.0, 13.5), 2), ((12.5, 11.0), 4))
_FICTITIOUS, _TEAM = "FICTIEF", "ALLEEN TEAM"
_FICTITIOUS_SENTENCE = "FICTIEF: deze cijfers zijn verzonnen en zeggen niets over een echt gebied."


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which sheet of how many."""

    sheet: int
    sheets: int


def lay_out(view: View, ground: Ground, background: Background | None, numbering: Numbering) -> list[Page]:
    """Draw a view; one page, and more only when its texts are too long for one."""
    page = Page()
    top, left_over = _draw_head(page, view)
    map_box = Box(MARGIN_MM, top, _MAP_WIDTH, _MAP_BOTTOM - top)
    with page.part("Sect") as caution_part:  # read before the map, drawn when the table has left it its room
        pass
    draw_map(page, map_box, view, ground, background)
    table = Box(WIDTH_MM - MARGIN_MM - _TABLE_WIDTH, top, _TABLE_WIDTH, _MAP_BOTTOM - top)
    table_bottom, without_room = draw_table(page, table, view)
    explanation = explanation_of(view)
    below = Box(table.left, table_bottom + 4, table.width, _MAP_BOTTOM - table_bottom - 4)
    with page.inside(caution_part):
        if explanation and explanation[0].is_caution and draw_caution(page, below, explanation[0]):
            explanation = explanation[1:]
    page.line((MARGIN_MM, _BAND - 3), (WIDTH_MM - MARGIN_MM, _BAND - 3), colour=RULE, width=0.5)
    legend_bottom, unexplained = draw_legend(page, _column(0, _BAND), view)
    states = [Paragraph(heading, text) for heading, text in unexplained]
    left_over += [Paragraph(heading, text) for heading, text in without_room]
    explanation = [*explanation[:1], *states, *explanation[1:], *left_over]
    columns = [_column(number, _BAND) for number in (1, 2)]
    for column in columns:
        rule = column.left - _GUTTER / 2
        page.line((rule, column.top), (rule, column.bottom), colour=RULE, width=0.5)
    made = made_line(view.payload)
    in_full = made if is_shortened(_made(view)[1]) else ""
    origin = origin_of(view, "" if background is None else background.attribution, in_full)
    placed, rest = set_texts(explanation, origin, columns, _column(0, legend_bottom + 3))
    begun = draw_lines(page, placed)
    _draw_foot(page, view, numbering)
    marks = [_FICTITIOUS] if view.payload["fictitious"] else []
    marks += [_TEAM] if view.payload["audience"] == Audience.TEAM else []
    if marks:
        page.watermark("\n".join(marks), map_box)
    pages = [page]
    while rest:
        rest, begun = _continue(pages, view, numbering, rest, begun)
    return pages


def lay_out_lines(view: View, numbering: Numbering) -> Page | None:
    """The page with the lines of a view that is one of several periods; None when it is the only one."""
    line = timeline_of(view)
    if line is None:
        return None
    page = Page()
    top, _in_full = _draw_head(page, view)
    draw_lines_page(page, top, view, line)
    _draw_foot(page, view, numbering, ", verloop")
    if view.payload["fictitious"]:
        page.watermark(_FICTITIOUS, LARGEST_MAP)
    return page


def _column(number: int, top: float) -> Box:
    return Box(MARGIN_MM + number * (_COLUMN + _GUTTER), top, _COLUMN, _TEXT_BOTTOM - top)


def _draw_head(page: Page, view: View) -> tuple[float, list[Paragraph]]:
    """Title and subtitle; returns where the map may begin, and what had to be shortened in full."""
    payload, indicator = view.payload, view.indicator
    over = Style(7.0, colour=SOFT_INK)
    audience = printable(payload["audience_label"])
    width = _WIDTH - text_width(audience, over) - 8
    with page.part("P", payload["title"]):
        page.text(MARGIN_MM, 15.0, shorten(payload["title"], over, width), over)
    with page.part("P", payload["audience_label"]):
        page.text(WIDTH_MM - MARGIN_MM, 15.0, audience, over, "right")
    top = 18.5
    if payload["fictitious"]:
        top = _draw_banner(page, top)
    title, lines = _fit_title(indicator["label"])
    with page.part("H1", indicator["label"]):
        top = page.paragraph(MARGIN_MM, top, lines, title) + 0.6
    about = Style(9.5, colour=SOFT_INK)
    level, period = view.level["label"].lower(), view.view["period_label"]
    subtitle = f"Per {level} · {period} · {indicator['unit_label']}"
    with page.part("P", subtitle):
        top = page.paragraph(MARGIN_MM, top, wrap(subtitle, about, _WIDTH)[:2], about)
    in_full = [Paragraph("Volledige titel", indicator["label"])] if is_shortened(lines) else []
    return top + 4.0, in_full


def _fit_title(label: str) -> tuple[Style, tuple[str, ...]]:
    """One line when a slightly smaller type allows it, else two or more."""
    for sizes, max_lines in _TITLE_SIZES:
        fitted, lines = fit(label, Style(sizes[0], bold=True), _WIDTH, sizes=sizes, max_lines=max_lines)
        if not is_shortened(lines):
            break
    return fitted, lines


def _draw_banner(page: Page, top: float) -> float:
    style = Style(8.5, bold=True, colour="#ffffff")
    page.rectangle(Box(MARGIN_MM, top, _WIDTH, 6.4), fill=CAUTION)
    with page.part("P", _FICTITIOUS_SENTENCE):
        page.text(MARGIN_MM + 2.5, top + 4.3, _FICTITIOUS_SENTENCE, style)
    return top + 9.0


def _draw_foot(page: Page, view: View, numbering: Numbering, continued: str = "") -> None:
    style = _FOOT_STYLE
    page.line((MARGIN_MM, _FOOT - 3.4), (WIDTH_MM - MARGIN_MM, _FOOT - 3.4), colour=RULE, width=0.5)
    number = f"Blad {numbering.sheet} van {numbering.sheets}{continued}"
    page.text(WIDTH_MM - MARGIN_MM, _FOOT, number, style, "right")
    title = view.payload["title"]
    with page.part("Sect"):
        with page.part("P", title):
            page.text(MARGIN_MM, _FOOT, shorten(title, style, _WIDTH - text_width(number, style) - 6), style)
        fitted, lines = _made(view)
        with page.part("P", made_line(view.payload)):
            page.paragraph(MARGIN_MM, _FOOT + style.line_mm - fitted.ascent_mm, lines, fitted)


def _made(view: View) -> tuple[Style, tuple[str, ...]]:
    """By whom, when and of when, in the two lines there are for it in the foot."""
    return fit(made_line(view.payload), _FOOT_STYLE, _WIDTH, sizes=(_FOOT_STYLE.size, 5.8), max_lines=2)


def _continue(
    pages: list[Page], view: View, numbering: Numbering, rest: list[Line], begun: list[Element]
) -> tuple[list[Line], list[Element]]:
    """Set the lines that are over on a page of their own; returns what is over still, and what is begun."""
    page = Page()
    top = 18.0
    if view.payload["fictitious"]:
        top = _draw_banner(page, top)
    title, lines = fit(
        f"Vervolg: {view.indicator['label']}", Style(12, bold=True), _WIDTH, sizes=(12.0,), max_lines=2
    )
    top = page.paragraph(MARGIN_MM, top, lines, title) + 4.0
    columns = [_column(number, top) for number in range(3)]
    filled, rest = fill_columns(rest, columns)
    begun = draw_lines(page, list(zip(columns, filled, strict=True)), begun)
    _draw_foot(page, view, numbering, ", vervolg")
    pages.append(page)
    return rest, begun
