"""The areas of a sheet from period to period: a page of small lines with their bands, all on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Polygon

from ..core.figures.map_layers import caution_of, cited
from .interval_plot import draw_dot
from .page import HEIGHT_MM, MARGIN_MM, WIDTH_MM, Page
from .structure import Box
from .typesetting import INK, RULE, SOFT_INK, Style, printable, shorten, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .view import View

#: more areas than this are no small lines on one page any more
_MOST_AREAS = 40
_COLUMNS = 3
_GAP_MM = 4.0
_BAND, _BREAK = "#b9ccd9", "#7a4b00"
_NAME = Style(7.6, bold=True)
_FIGURE = Style(7.6)
_SMALL = Style(5.6, colour=SOFT_INK)
_TEXT = Style(7.2, colour=SOFT_INK)
#: room for the texts below the lines, and for the foot of the page
_TEXTS_MM, _FOOT_MM = 34.0, 16.0
_HOW_TO_READ = (
    "De band is het 95%-interval. Een stippellijn: daar veranderde het gebied, en is de lijn onderbroken."
)


def timeline_of(view: View) -> Mapping[str, Any] | None:
    """The periods of which a view is one; None when it stands alone or has too many areas for a page."""
    if len(view.areas) > _MOST_AREAS:
        return None
    return next(
        (
            line
            for line in view.indicator["timelines"]
            if line["level"] == view.view["level"] and view.view["period"] in line["periods"]
        ),
        None,
    )


def draw_lines_page(page: Page, top: float, view: View, line: Mapping[str, Any]) -> None:
    """Draw every area of a view through its timeline, below `top`."""
    views = {one["period"]: one for one in view.indicator["views"] if one["level"] == view.view["level"]}
    shown = [views[period] for period in line["periods"]]
    with page.part("H2", "Verloop"):
        told = f"Verloop, {shown[0]['period_label']} tot en met {shown[-1]['period_label']}"
        top = page.paragraph(MARGIN_MM, top, [told], Style(11, bold=True)) + 1.0
    with page.part("P", _HOW_TO_READ):
        top = page.paragraph(MARGIN_MM, top, [_HOW_TO_READ], _TEXT) + 3.0
    rows = -(-len(view.areas) // _COLUMNS)
    width = (WIDTH_MM - 2 * MARGIN_MM - (_COLUMNS - 1) * _GAP_MM) / _COLUMNS
    height = min(30.0, (HEIGHT_MM - _FOOT_MM - _TEXTS_MM - top) / rows)
    for nth, area in enumerate(view.areas):
        row, column = divmod(nth, _COLUMNS)
        box = Box(MARGIN_MM + column * (width + _GAP_MM), top + row * height, width, height - 2.0)
        _draw_area(page, box, area, line, shown)
    _draw_texts(page, top + rows * height + 2.0, view, line)


def _draw_area(
    page: Page, box: Box, area: Mapping[str, Any], line: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]
) -> None:
    code = area["code"]
    values = [view["values"][code] for view in shown]
    gaps = line["gaps"].get(code, {})
    figure = printable(values[-1]["text"])
    with page.part("P", f"{area['label']}: {values[-1]['text']}"):
        room = box.width - text_width(figure, _FIGURE) - 2
        page.text(box.left, box.top + _NAME.ascent_mm, shorten(area["label"], _NAME, room), _NAME)
        page.text(box.right, box.top + _FIGURE.ascent_mm, figure, _FIGURE, "right")
    plot = Box(box.left + 8.0, box.top + 5.0, box.width - 10.0, box.height - 6.0)
    with page.part("Figure", alt=_in_words(area, line, shown, values), box=plot):
        _draw_plot(page, plot, line, (shown[0]["axis"], values, gaps))


def _draw_plot(
    page: Page,
    plot: Box,
    line: Mapping[str, Any],
    told: tuple[Mapping[str, Any], Sequence[Mapping[str, Any]], Mapping[str, str]],
) -> None:
    axis, values, gaps = told
    first, last = min(line["at"]), max(line["at"])
    across = [plot.left + (at - first) / ((last - first) or 1) * plot.width for at in line["at"]]

    def up(figure: float) -> float:
        return plot.bottom - (figure - axis["min"]) / (axis["max"] - axis["min"]) * plot.height

    for tick in (axis["ticks"][0], axis["ticks"][-1]):
        y = up(tick["value"])
        page.line((plot.left, y), (plot.right, y), colour=RULE, width=0.4)
        page.text(plot.left - 1.0, y + 0.7, printable(tick["label"]), _SMALL, "right")
    for nth, period in enumerate(line["periods"]):
        if period in gaps:
            x = (across[nth - 1] + across[nth]) / 2
            page.line((x, plot.top), (x, plot.bottom), colour=_BREAK, width=0.6, dashes=(1.5, 1.5))
    for one, other in _joined(line["periods"], values, gaps):
        if None not in (values[one]["low"], values[other]["low"]):
            corners = [
                (across[one], up(values[one]["high"])), (across[other], up(values[other]["high"])),
                (across[other], up(values[other]["low"])), (across[one], up(values[one]["low"])),
            ]  # fmt: skip
            band = Polygon(corners, facecolor=_BAND, edgecolor="none", gid=page.drawing_key(), zorder=0.8)
            page.axes.add_artist(band)
        ends = [(across[nth], up(values[nth]["value"])) for nth in (one, other)]
        page.line(ends[0], ends[1], colour=INK, width=0.9)
    for x, value in zip(across, values, strict=True):
        if value["value"] is not None:
            draw_dot(page, x, up(value["value"]), 2.2)


def _joined(
    periods: Sequence[str], values: Sequence[Mapping[str, Any]], gaps: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """The neighbouring periods between which a line is drawn."""
    for nth in range(1, len(periods)):
        known = values[nth - 1]["value"] is not None and values[nth]["value"] is not None
        if known and periods[nth] not in gaps:
            yield nth - 1, nth


def _in_words(
    area: Mapping[str, Any],
    line: Mapping[str, Any],
    shown: Sequence[Mapping[str, Any]],
    values: Sequence[Mapping[str, Any]],
) -> str:
    told = []
    for view, value in zip(shown, values, strict=True):
        interval = f" ({value['interval_text']})" if value["interval_text"] else ""
        told.append(f"{view['period_label']} {value['text']}{interval}")
    broken = " ".join(line["gaps"].get(area["code"], {}).values())
    return f"Verloop van {area['label']}: {'; '.join(told)}. {broken}".strip()


def _draw_texts(page: Page, top: float, view: View, line: Mapping[str, Any]) -> None:
    labels = {area["code"]: area["label"] for area in view.areas}
    gaps = [f"{labels[code]}: {' '.join(broken.values())}" for code, broken in line["gaps"].items()]
    caution = caution_of(view.indicator, {"overlap_note": ""})
    texts = [f"Let op: {caution}" if caution else "", f"Bron: {cited(view.indicator)}.", " ".join(gaps)]
    for text in filter(None, texts):
        with page.part("P", text):
            top = page.paragraph(MARGIN_MM, top, wrap(text, _TEXT, WIDTH_MM - 2 * MARGIN_MM), _TEXT) + 1.0
