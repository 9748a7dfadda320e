"""Counts on the page: circles of the payload's size, on the map, on paper and without scripts."""

import copy
import dataclasses

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.disclosure.fields import Counted
from atlas.core.figures.edition import Edition
from atlas.core.figures.estimates import count_status
from atlas.core.figures.indicators import Value, load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.web.page import render
from released_samples import leaving

COUNT = "telling"


@pytest.fixture(scope="session")
def _counted(_boundaries):
    catalogue = load_catalogue()
    indicator = dataclasses.replace(
        catalogue.indicators[0],
        id=COUNT,
        label="Aantal",
        unit="count",
        measure="telling",
        denominator="",
        counts=(Counted("adressen", "een proef"),),
    )
    values = [
        Value(
            COUNT, "gemeente", area.code, "2026-02", float(nth), None, None, None,
            status=count_status(nth, "count"), note="",
        )
        for nth, area in enumerate(areas("gemeente"))
    ]  # fmt: skip
    catalogue = dataclasses.replace(
        catalogue, indicators=(*catalogue.indicators, indicator), values=(*catalogue.values, *values)
    )
    return build_payload(catalogue, *_boundaries, Edition(opening=COUNT)).content


@pytest.fixture
def counted(_counted):
    return copy.deepcopy(_counted)


def radii(counted):
    view = next(entry for entry in counted["indicators"] if entry["id"] == COUNT)["views"][0]
    return sorted(value["radius"] for value in view["values"].values() if value["radius"])


def drawn(page, where):
    return sorted(
        float(r)
        for r in page.locator(f"{where} circle").evaluate_all("c => c.map((x) => x.getAttribute('r'))")
    )


def test_the_map_the_drawing_and_the_page_without_scripts_have_the_circles_of_the_payload(visit, counted):
    html = render(leaving(counted))
    opened = visit(html)
    on_map = opened.page.locator(".leaflet-circles-pane path").evaluate_all(
        "p => p.map((x) => Number(/a(\\d+)/.exec(x.getAttribute('d'))[1]))"
    )
    assert sorted(on_map) == pytest.approx(radii(counted), abs=1)
    assert drawn(opened.page, "#drawn-circles") == pytest.approx(radii(counted), abs=0.01)
    assert drawn(visit(html, scripts=False).page, "#drawn-circles") == pytest.approx(radii(counted), abs=0.01)
    assert not opened.complaints


def test_the_legend_explains_the_circles_and_the_states_of_a_count(visit, counted):
    page = visit(render(leaving(counted))).page
    text = page.locator(".legend").inner_text()
    assert page.locator("#legend-classes li.example").count() == 3
    assert "dat zegt niet dat er niets is" in text
    assert "respondenten" not in text.lower()


def test_a_count_has_no_columns_of_dashes_and_no_word_about_how_sure(visit, counted):
    page = visit(render(leaving(counted))).page
    assert not page.locator("#table .column-low").first.is_visible()
    assert not page.locator("#table .column-n").first.is_visible()
    assert page.locator("#table th[data-key='status']").inner_text().strip().startswith("Stand")


def test_a_survey_figure_has_no_circle_left_and_its_columns_back(visit, counted):
    page = visit(render(leaving(counted))).page
    page.evaluate("atlas.go({ indicator: atlas.payload.indicators[0].id })")
    assert page.locator(".leaflet-circles-pane path").count() == 0
    assert page.locator("#drawn-circles circle").count() == 0
    assert page.locator("#table .column-low").first.is_visible()


def test_an_area_is_chosen_through_its_circle_and_by_the_keyboard(visit, counted):
    opened = visit(render(leaving(counted)))
    box = opened.page.locator(".leaflet-circles-pane path").first.bounding_box()
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert opened.state()["area"] == areas("gemeente")[-1].code
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("Enter")
    assert opened.state()["area"] != areas("gemeente")[-1].code


@pytest.mark.parametrize("width", [320, 1280])
def test_circles_keep_their_colour_when_colours_are_forced(visit, counted, width):
    page = visit(render(leaving(counted)), width=width, forced_colors="active").page
    circle = page.locator(".leaflet-circles-pane path").first
    assert circle.evaluate("c => getComputedStyle(c).fill") == "rgb(108, 45, 117)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
