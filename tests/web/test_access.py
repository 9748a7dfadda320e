"""The page for who uses a keyboard, a screen reader or large text."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_samples import TRIAL

from atlas.web.page import BRT_GREY, render
from released_samples import leaving

STATES = {
    "opening": "",
    "single": "#niveau=provincie",
    "municipalities, all states": f"#indicator={TRIAL}",
    "chosen area": "#gebied=SR07",
    "municipality on the region map": "#gebied=GM0114",
}
LAYER = {
    "name": "Punten",
    "shown": True,
    "parts": [{"kind": "circle", "latitude": 53.0, "longitude": 6.5, "style": {"radius": 6}}],
}


def violations(opened):
    found = Axe().run(opened.page).response["violations"]
    return [(entry["id"], [node["html"] for node in entry["nodes"]]) for entry in found]


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong(visit, trial, state, width):
    html = render(leaving(trial), layers=[LAYER], basemap=BRT_GREY)
    opened = visit(html, width=width, address=STATES[state])
    assert violations(opened) == []


@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_wrong_with_the_search_list_open(visit, trial, width):
    opened = visit(render(leaving(trial)), width=width)
    opened.page.fill("#search", "groningen")
    opened.page.press("#search", "ArrowDown")
    assert violations(opened) == []


def test_axe_finds_nothing_wrong_with_a_closed_fictitious_atlas(visit, trial):
    trial |= {"fictitious": True, "audience": "team", "audience_label": "Alleen voor het team"}
    assert violations(visit(render(leaving(trial)))) == []


def focused(page):
    """Id of the element that has focus, else its kind; "" when none has."""
    return page.evaluate(
        "(({id, tagName}) => (tagName === 'BODY' ? '' : id || tagName))(document.activeElement)"
    )


def test_the_map_is_one_tab_stop(visit, page_html):
    page = visit(page_html).page
    stops = []
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(
            page.evaluate("document.activeElement.closest('#map-frame') ? 'map' : document.activeElement.id")
        )
    assert stops.count("map") == 1
    assert stops[0] == "skip"
    assert {"choice-theme", "choice-level", "search"} <= set(stops)


def test_there_is_no_way_to_get_stuck_on_the_map(visit, page_html):
    page = visit(page_html).page
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "map"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert focused(page) != "map"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "map"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "search"


def here(page):
    return page.locator("#table-rows tr.marked").get_attribute("data-code")


def test_arrow_keys_go_from_area_to_area_as_they_lie_and_say_where_they_are(visit, page_html, payload):
    page = visit(page_html).page
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    said = []
    walk = {"Home": "SR04", "ArrowRight": "SR05", "ArrowDown": "SR01", "ArrowLeft": "SR02", "ArrowUp": "SR01"}
    for key, area in walk.items():
        page.keyboard.press(key)
        assert here(page) == area, key
        said.append(page.locator("#announcement").text_content())
    value = payload["indicators"][0]["views"][0]["values"]["SR04"]
    interval = value["interval_text"]
    assert said[0].startswith(f"Het Hogeland/Westerkwartier: 20%, 95%-interval {interval}, 539 respondenten")
    assert "Groningen (provincie) 26%" in said[0]
    assert said[1].startswith("Gemeente Groningen: 24%")


@pytest.mark.parametrize("level", ["surveyregio", "gemeente", "provincie"])
def test_every_area_can_be_reached_with_the_arrow_keys(visit, trial, level):
    page = visit(render(leaving(trial))).page
    reached = page.evaluate(
        """level => {
            const areas = atlas.levels.get(level).areas;
            const directions = [[0, 1], [0, -1], [-1, 0], [1, 0]];
            return areas.map((start) => {
                const seen = new Set([start.code]);
                for (const code of seen) {
                    for (const direction of directions) {
                        const next = atlas.neighbour(areas, code, direction);
                        if (next) seen.add(next.code);
                    }
                }
                return seen.size === areas.length;
            });
        }""",
        level,
    )
    assert all(reached)


def test_enter_keeps_an_area_and_escape_lets_it_go(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    area = here(page)
    page.keyboard.press("Enter")
    assert opened.state()["area"] == area
    page.keyboard.press("Escape")
    assert opened.state()["area"] == ""
    assert page.locator("#table-rows tr.marked").count() == 0
    assert focused(page) == "map"


def test_the_map_zooms_with_the_keyboard(visit, page_html):
    page = visit(page_html).page
    page.emulate_media(reduced_motion="reduce")
    page.locator("#map").focus()
    start = page.evaluate("atlas.map.getZoom()")
    page.keyboard.press("+")
    page.wait_for_function("start => atlas.map.getZoom() > start", arg=start)
    page.keyboard.press("0")
    page.wait_for_function("start => Math.abs(atlas.map.getZoom() - start) < 0.01", arg=start)


def test_every_control_is_visible_when_it_has_focus(visit, page_html):
    page = visit(page_html).page
    for _press in range(20):
        page.keyboard.press("Tab")
        if focused(page) == "":
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", focused(page)


def test_the_table_tells_a_screen_reader_what_it_is(visit, page_html):
    page = visit(page_html).page
    table = page.get_by_role("table", name="Bezorgd over georganiseerde criminaliteit")
    assert table.get_by_role("rowheader").count() == 10
    assert table.get_by_role("columnheader").count() == 7


def test_the_page_works_with_text_at_two_hundred_percent(visit, page_html):
    page = visit(page_html, width=1280).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
