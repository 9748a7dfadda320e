"""Text in millimetres: every line fits, nothing is lost, what can't be drawn is seen to be missing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from atlas.sheet.page import HEIGHT_MM, WIDTH_MM, Page
from atlas.sheet.typesetting import (
    ELLIPSIS,
    SUBSTITUTE,
    Style,
    fit,
    is_shortened,
    printable,
    shorten,
    text_width,
    wrap,
)

BODY = Style(7.2)
TEXTS = st.text(max_size=300)
WIDTHS = st.floats(min_value=8, max_value=180)


@given(TEXTS, WIDTHS)
def test_no_line_is_ever_wider_than_asked(text, width):
    assert all(text_width(line, BODY) <= width + 1e-9 for line in wrap(text, BODY, width))


@given(TEXTS, WIDTHS)
def test_wrapping_never_loses_a_letter(text, width):
    kept = "".join(wrap(text, BODY, width)).replace(" ", "")
    assert kept == printable(text).replace(" ", "")


@given(st.text())
def test_what_is_printable_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)


@given(st.text())
def test_no_control_and_no_mark_of_direction_reaches_the_sheet(text):
    for character in printable(text):
        assert not unicodedata.category(character).startswith("C")
        assert unicodedata.bidirectional(character) not in {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO"}


@given(TEXTS, WIDTHS, st.integers(min_value=1, max_value=4))
def test_fit_never_takes_more_lines_and_says_when_it_shortened(text, width, most):
    style, lines = fit(text, BODY, width, sizes=(12.0, 9.0, 6.0), max_lines=most)
    assert len(lines) <= most
    assert all(text_width(line, style) <= width + 1e-9 for line in lines)
    if not is_shortened(lines):
        assert "".join(lines).replace(" ", "") == printable(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("één regio's 20–30% ≥ €", "één regio's 20–30% ≥ €"),
        ("regel\n\teen   twee", "regel een twee"),
        ("👨\u200d👩\u200d👧", 3 * SUBSTITUTE),
        ("שלום", 4 * SUBSTITUTE),
        ("a\u202eb", f"a{SUBSTITUTE}b"),
        ("zacht\u00adstreepje", "zachtstreepje"),
        ("北", SUBSTITUTE),
    ],
)
def test_what_the_typeface_lacks_is_replaced_where_it_stood(text, expected):
    assert printable(text) == expected


def test_a_word_is_broken_only_when_it_fits_nowhere():
    assert wrap("Pekela/Stadskanaal/Veendam", Style(7.4), 26) == ("Pekela/", "Stadskanaal/", "Veendam")
    assert wrap("een twee", BODY, 100) == ("een twee",)
    assert len(wrap("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", BODY, 20)) > 1


def test_a_range_is_not_broken_at_its_dash():
    assert wrap("van 20–30 procent", BODY, text_width("van 20–30", BODY) - 0.1)[0] == "van"


def test_shortening_ends_in_an_ellipsis_and_fits():
    line = shorten("Noord-Drenthe met een lange naam", BODY, 20)
    assert line.endswith(ELLIPSIS)
    assert text_width(line, BODY) <= 20


@pytest.mark.parametrize("style", [Style(6.4), Style(7.6, bold=True), Style(15.5, bold=True)])
def test_measured_widths_hold_on_the_drawn_page(style):
    page = Page()
    text = "Bezorgd over georganiseerde criminaliteit: 20–30% (AVATAR, Wyk)"
    drawn = page.text(10, 20, text, style)
    canvas = FigureCanvasAgg(page.figure)
    page.figure.set_dpi(400)
    extent = drawn.get_window_extent(canvas.get_renderer())
    width_mm = extent.width / page.figure.bbox.width * WIDTH_MM
    assert 0.9 * width_mm < text_width(text, style) <= 1.06 * width_mm
    assert width_mm <= 1.01 * text_width(text, style)
    ascent_mm = 20 - (1 - extent.y1 / page.figure.bbox.height) * HEIGHT_MM
    assert ascent_mm <= 1.05 * style.ascent_mm
