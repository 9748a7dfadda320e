"""Levels with hundreds of areas: the page stays small, quick and readable, and says what is elsewhere."""

from __future__ import annotations

import dataclasses
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from atlas.core.areas.divisions import DetailArea, DetailLevel
from atlas.core.figures.edition import Edition
from atlas.core.figures.indicators import Value, load_catalogue
from atlas.core.figures.page_form import as_columns
from atlas.core.figures.payload import build_payload
from atlas.web.page import render
from released_samples import leaving

COUNT = "telling"
ROWS, COLUMNS = 20, 20


def buurten():
    """Rectangles of 2 km in a row around Assen, in 4 wijken."""
    areas, shapes = [], {}
    for nth in range(ROWS * COLUMNS):
        code, west, south = f"BU0106{nth:04d}", 6.5 + nth % COLUMNS * 0.03, 52.9 + nth // COLUMNS * 0.02
        ring = [[0, 0], [0.03, 0], [0.03, 0.02], [0, 0.02], [0, 0]]
        corners = [[round(west + x, 4), round(south + y, 4)] for x, y in ring]
        shapes[code] = {
            "geometry": {"type": "MultiPolygon", "coordinates": [[corners]]},
            "anchor": [west + 0.015, south + 0.01],
        }
        name = f"Verzonnen {nth}"
        areas.append(DetailArea(code, name, name, "PV22", ("GM0106",), (f"WK0106{nth % 4:02d}",)))
    return DetailLevel("buurt", "Buurt", "Buurten", "Alleen van het team.", tuple(areas)), shapes


@pytest.fixture(scope="module")
def many(_boundaries):
    level, shapes = buurten()
    catalogue = load_catalogue()
    counted = dataclasses.replace(
        catalogue.indicators[0], id=COUNT, label="Verzonnen telling", unit="count", measure="telling",
        decimals=0,
    )  # fmt: skip
    values = [
        Value(COUNT, one, code, "2026-02", float(figure), None, None, None, "ok", "")
        for one, code, figure in [
            ("gemeente", "GM0106", 900),
            *(("buurt", area.code, nth % 7) for nth, area in enumerate(level.areas)),
        ]
    ]
    catalogue = dataclasses.replace(
        catalogue, indicators=(*catalogue.indicators, counted), values=(*catalogue.values, *values)
    )
    boundaries, source = _boundaries
    edition = Edition(audience="team", opening=COUNT, fictitious=True)
    return build_payload(catalogue, {**boundaries, "buurt": shapes}, source, edition, (level,)).content


@pytest.fixture(scope="module")
def many_html(many):
    return render(leaving(many))


@pytest.fixture
def opened(visit, many_html):
    return visit(many_html, address=f"#indicator={COUNT}&niveau=buurt&periode=2026-02")


def texts(visit, selector):
    return [text.strip() for text in visit.page.locator(selector).all_inner_texts()]


def test_what_repeats_stands_there_once(many):
    short = as_columns(many)
    level = short["levels"][-1]["areas"]
    assert (level["count"], level["same"]["members"], level["as"]) == (400, ["GM0106"], {"label": "name"})
    (view,) = (view for view in short["indicators"][-1]["views"] if view["level"] == "buurt")
    assert view["values"]["kinds"]["count"] == 7
    assert len(json.dumps(view)) < 0.1 * len(json.dumps(many["indicators"][-1]["views"][-1]))


def test_the_page_reads_back_what_the_payload_says(opened, many):
    read = opened.page.evaluate("({values: atlas.view().values, areas: atlas.level().areas})")
    view = many["indicators"][-1]["views"][-1]
    assert read["values"] == view["values"]
    for found, written in zip(read["areas"], many["levels"][-1]["areas"], strict=True):
        assert {key: found[key] for key in written} == written
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_every_area_is_drawn_in_the_colour_of_its_class(opened, many):
    view = many["indicators"][-1]["views"][-1]
    wanted = [view["legend"]["classes"][entry["class"]]["colour"] for entry in view["values"].values()]
    drawn = opened.page.locator(".leaflet-shapes-pane path").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('fill'))"
    )
    assert drawn == wanted
    assert [int(text) for text in texts(opened, "#legend-classes .count")] == [
        entry["count"] for entry in view["legend"]["classes"]
    ]


def test_the_plot_shows_the_distribution_the_highest_and_the_area_pointed_at(opened):
    page = opened.page
    assert page.locator(".plot-row[data-code]").count() <= 16
    assert page.locator(".plot-row.distribution .bar").count() == 7
    assert "400 buurten" in page.locator("#plot-note").inner_text()
    page.evaluate("atlas.point('BU01060000')")
    assert texts(opened, ".plot-row.slot .plot-name") == ["Verzonnen 0"]
    page.evaluate("atlas.point('')")
    assert texts(opened, ".plot-row.slot .plot-name") == [""]


def test_the_table_starts_with_a_hundred_and_shows_all_on_request(opened):
    page = opened.page
    assert page.locator("#table-rows tr").count() == 100
    assert page.locator("#table-more").inner_text() == "De eerste 100 van 400 staan in de tabel."
    page.get_by_role("button", name="Toon alle 400").click()
    assert page.locator("#table-rows tr").count() == 400
    assert not page.locator("#table-all").is_visible()


def test_a_short_table_and_plot_are_as_they_were(visit, many_html):
    opened = visit(many_html)
    assert opened.page.evaluate("atlas.state.level") == "gemeente"
    assert opened.page.locator("#table-rows tr").count() == 22
    assert opened.page.locator(".plot-row.distribution").count() == 0
    assert not opened.page.locator("#table-all").is_visible()
    assert not opened.page.locator("#level-note").is_visible()


def test_the_map_holds_the_areas_and_says_which_they_are(opened):
    inside = opened.page.evaluate(
        "atlas.level().areas.every(({anchor}) => atlas.map.getBounds().contains([anchor[1], anchor[0]]))"
    )
    assert inside
    assert opened.page.locator("#level-note").inner_text() == "Alleen van het team."


def test_labels_come_when_there_is_room_for_them(opened):
    assert opened.page.locator(".label-text").count() == 0
    opened.page.evaluate("atlas.map.setView([53.0, 6.8], 13, {animate: false})")
    opened.page.wait_for_function("document.querySelectorAll('.label-text').length > 0")
    assert 0 < opened.page.locator(".label-text").count() <= 60


def test_a_municipality_is_said_to_hold_its_buurten_and_a_buurt_lies_in_it(opened):
    page = opened.page
    page.evaluate("atlas.choose('GM0106', true)")
    assert page.locator("#search-result").inner_text() == "In Assen liggen op deze kaart 400 buurten."
    assert page.locator("#detail li").count() == 13
    assert page.locator("#detail li").last.inner_text() == "en nog 388; alle staan in de tabel"
    page.evaluate("atlas.go({area: 'BU01060003', level: 'gemeente'})")
    assert page.locator("#search-result").inner_text().startswith("Verzonnen 3 valt in Assen (gemeente).")


def test_a_municipality_without_buurten_on_the_page_marks_nothing(opened):
    assert opened.page.evaluate("atlas.locate('GM0014')") == {"codes": [], "text": ""}


def test_a_buurt_is_found_by_its_name(opened):
    opened.page.fill("#search", "verzonnen 123")
    opened.page.press("#search", "Enter")
    assert opened.state()["area"] == "BU01060123"


def test_on_paper_the_drawing_is_of_the_areas_that_are_shown(opened):
    drawing = opened.page.locator("#drawing")
    assert drawing.locator("g[data-level='buurt'] path").count() == 400
    close = drawing.get_attribute("viewBox")
    opened.page.evaluate("atlas.go({level: 'gemeente'})")
    whole = drawing.get_attribute("viewBox")
    assert float(close.split()[2]) < float(whole.split()[2])


@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_wrong_and_the_page_fits(visit, many_html, width):
    opened = visit(many_html, width=width, address=f"#indicator={COUNT}&niveau=buurt&periode=2026-02")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(opened.page).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
