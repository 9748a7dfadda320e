"""One map as a picture for a memo or a slide: title, legend, caution, source and dates are in it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matplotlib import style as drawing_style

from ..core.disclosure.audiences import Audience
from ..core.disclosure.released import content_of
from ..core.figures.edition import TRIAL_NOTICE, is_trial, made_line
from ..core.figures.map_layers import cited
from ..core.words.errors import AtlasError
from .ground import ground_of
from .layout import LARGEST_MAP
from .legend import draw_legend
from .map_panel import MapFrame, draw_map
from .page import Page
from .structure import Box
from .typesetting import CAUTION, RULE, SOFT_INK, Style, fit, wrap
from .view import View
from .wording import Paragraph, draw_caution, draw_lines, explanation_of, lines_that_fit, map_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from .ground import Ground

#: shape -> width and height in millimetres; at the resolution below 1600 by 900 and 1080 by 1350 points
SHAPES = {"landscape": (254.0, 142.875), "portrait": (171.45, 214.3125)}
KINDS = ("png", "svg")
_DOTS_PER_INCH = 160
_MARGIN = 8.0
_WORDS_MM = 90.0
#: of a portrait: height of the legend and words below the map
_BELOW_MM = 64.0
_FOOT = Style(6.0, colour=SOFT_INK)
_WORD_SIZES = (7.6, 7.0, 6.4, 5.8, 5.2, 4.6)
#: what of the explanation goes along; the caution stands apart
_EXPLAINED = ("Vraag", "Over wie", "Het interval")
#: text stays text in an SVG, and its names are the same each time
_DRAWING = [
    "default",
    {"svg.fonttype": "none", "svg.hashsalt": "atlas", "text.usetex": False, "text.hinting": "no_hinting"},
]


def draw_picture(
    released: Released[Payload],
    indicator: Mapping[str, Any],
    view: Mapping[str, Any],
    *,
    shape: str,
    kind: str,
) -> bytes:
    """The map of a view with all that must go along, as the bytes of a PNG or an SVG; the same each time.

    Args:
        released: The published atlas.
        indicator: One of its indicators.
        view: One of its views, of a level of the atlas.
        shape: A key of `SHAPES`.
        kind: One of `KINDS`.

    Raises:
        AtlasError: there is no room for what not to conclude from the figure.
    """
    shown = View(content_of(released), indicator, view)
    width, height = SHAPES[shape]
    with drawing_style.context(_DRAWING):
        page = Page(width, height)
        top = _draw_head(page, shown, width - 2 * _MARGIN)
        bottom = _draw_foot(page, shown, width, height)
        ground = ground_of(shown.payload)
        if shape == "landscape":
            words = Box(width - _MARGIN - _WORDS_MM, top, _WORDS_MM, bottom - top)
            box = Box(_MARGIN, top, words.left - _MARGIN - 6, words.height)
            shown = _with_circles_for(shown, box, ground)
            _draw_words(page, shown, words, words)
        else:
            box = Box(_MARGIN, top, width - 2 * _MARGIN, bottom - _BELOW_MM - 4 - top)
            legend = Box(_MARGIN, box.bottom + 4, 62.0, _BELOW_MM)
            shown = _with_circles_for(shown, box, ground)
            _draw_words(
                page,
                shown,
                legend,
                Box(legend.right + 6, legend.top, width - legend.right - 6 - _MARGIN, _BELOW_MM),
            )
        draw_map(page, box, shown, ground, None)
        if shown.payload["fictitious"]:
            page.watermark("FICTIEF", box)
        return _saved(page, kind, shown)


def _with_circles_for(view: View, box: Box, ground: Ground) -> View:
    """The view with circles as large beside its map as they are beside that of a sheet."""
    beside = MapFrame(LARGEST_MAP, ground.bounds).mm / MapFrame(box, ground.bounds).mm
    return replace(view, circle_size=min(1.0, beside))


def in_words(payload: Mapping[str, Any], indicator: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """What the picture shows, for who does not see it."""
    return map_in_words(View(payload, indicator, view))


def notices(payload: Mapping[str, Any]) -> str:
    """What must be seen before the figure: made up, for whom only, or made to try."""
    return " ".join(
        text
        for text, holds in (
            ("FICTIEF: deze gegevens zijn verzonnen.", payload["fictitious"]),
            (
                f"{payload['audience_label']}. Geef dit niet verder door.",
                payload["audience"] != Audience.PUBLIC,
            ),
            (TRIAL_NOTICE, is_trial(payload)),
        )
        if holds
    )


def _draw_head(page: Page, view: View, width: float) -> float:
    warning = Style(7.2, bold=True, colour=CAUTION)
    top = page.paragraph(_MARGIN, 5.0, wrap(notices(view.payload), warning, width), warning)
    title, lines = fit(
        view.indicator["label"], Style(16, bold=True), width, sizes=(16.0, 14.5, 13.0, 11.0), max_lines=3
    )
    top = page.paragraph(_MARGIN, top, lines, title)
    about = Style(9.5, colour=SOFT_INK)
    kind = f"{view.level['label_plural']}, {view.view['period_label']}"
    return page.paragraph(_MARGIN, top, wrap(kind, about, width), about) + 3.0


def _draw_foot(page: Page, view: View, width: float, height: float) -> float:
    """Draw it, and return where it begins."""
    payload = view.payload
    parts = (
        f"Bron: {cited(view.indicator)}.",
        payload["boundary_source"],
        made_line(payload),
        payload["notes"][0],
    )
    lines = [line for part in parts for line in wrap(part, _FOOT, width - 2 * _MARGIN)]
    top = height - 5.0 - len(lines) * _FOOT.line_mm
    page.line((_MARGIN, top - 2), (width - _MARGIN, top - 2), colour=RULE, width=0.5)
    page.paragraph(_MARGIN, top, lines, _FOOT)
    return top - 4.0


def _draw_words(page: Page, view: View, legend: Box, words: Box) -> None:
    """The legend, and in the same column or beside it the caution and what the figure is about."""
    legend_height = legend.height * (0.45 if legend == words else 1.0)
    end, unexplained = draw_legend(page, Box(legend.left, legend.top, legend.width, legend_height), view)
    top = end + 3 if legend == words else words.top
    told = explanation_of(view)
    caution = [part for part in told if part.is_caution]
    explanation = [part for part in told if part.heading in _EXPLAINED]
    explanation += [Paragraph(heading, text) for heading, text in unexplained]
    room = Box(words.left, top, words.width, words.bottom - top)
    below = draw_caution(page, room, caution[0]) if caution else None
    if below is not None:
        room, caution = Box(words.left, below + 3, words.width, words.bottom - below - 3), []
    _draw_explanation(page, [*caution, *explanation], room, least=len(caution))


def _draw_explanation(page: Page, explanation: Sequence[Paragraph], room: Box, *, least: int) -> None:
    """As many paragraphs as fit, never half of one; refused with fewer than `least`."""
    for count in range(len(explanation), least - 1, -1):
        lines, fits = lines_that_fit(explanation[:count], room, _WORD_SIZES)
        if fits:
            draw_lines(page, [(room, lines)])
            return
    raise AtlasError(
        "Bij dit cijfer hoort meer uitleg dan op een plaatje past.",
        detail="Zonder wat u er niet uit mag concluderen, gaat het niet mee.",
        hint="Neem het kaartblad; daar staat alles op.",
    )


def _saved(page: Page, kind: str, view: View) -> bytes:
    for artist in page.figure.findobj():
        artist.set_gid(None)  # names of parts of a PDF, which a picture has not
    buffer = io.BytesIO()
    told = (
        {"Title": view.title, "Date": None, "Creator": None}
        if kind == "svg"
        else {"Software": None, "Title": view.title}
    )
    page.figure.savefig(buffer, format=kind, dpi=_DOTS_PER_INCH, metadata=told)
    return buffer.getvalue()
