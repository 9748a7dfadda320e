"""What axe can't see: forced colours, a narrow screen, a single pointer, and that a choice is in sight."""

from __future__ import annotations

import re

import pytest
from object_samples import anchors_of, fictitious_objects, team_payload
from page_samples import TRIAL

from atlas.web.page import render
from released_samples import leaving

ALL_STATES = f"#indicator={TRIAL}"
#: least contrast with the ground of lines and dots, and of text (WCAG 2.2, 1.4.11 and 1.4.3)
LINES, TEXT = 3.0, 4.5


def luminance(colour):
    channels = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def painted(page, selector, attribute):
    """The colours in which the elements are painted, each once."""
    found = page.eval_on_selector_all(
        selector, "(nodes, name) => nodes.map((node) => getComputedStyle(node)[name])", attribute
    )
    assert found, selector
    return set(found)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_forced_colours_keep_lines_dots_and_words_of_the_plot_apart_from_the_ground(visit, trial, scheme):
    opened = visit(render(leaving(trial)), address=ALL_STATES, forced_colors="active", color_scheme=scheme)
    page = opened.page
    (ground,) = painted(page, "body", "backgroundColor")
    for selector, attribute, least in (
        (".plot .interval", "stroke", LINES),
        (".plot .dot", "stroke", LINES),
        (".plot .grid", "stroke", LINES),
        (".swatch rect", "stroke", LINES),
        (".plot .axis text", "fill", TEXT),
        (".plot .missing", "color", TEXT),
        (".plot .plot-name", "color", TEXT),
    ):
        for colour in painted(page, selector, attribute):
            assert contrast(colour, ground) >= least, (selector, colour, ground)
    page.evaluate("atlas.go({indicator: atlas.payload.opening.indicator, level: 'surveyregio'})")
    (dot,) = painted(page, ".plot .dot.reference", "fill")
    assert contrast(dot, ground) >= LINES


def test_forced_colours_leave_the_map_its_colours_on_a_light_ground(visit, trial):
    page = visit(render(leaving(trial)), address=ALL_STATES, forced_colors="active", color_scheme="dark").page
    (ground,) = painted(page, "#map-frame", "backgroundColor")
    for line in painted(page, ".leaflet-borders-pane path", "stroke"):
        assert contrast(line, ground) >= LINES
    legend = page.eval_on_selector_all(
        "#legend-classes rect", "rects => rects.map((r) => getComputedStyle(r).fill)"
    )
    drawn = painted(page, ".leaflet-shapes-pane path", "fill")
    assert {colour for colour in drawn if colour.startswith("rgb")} <= set(legend)


def test_a_choice_is_visible_in_forced_colours(visit, trial):
    page = visit(render(leaving(trial)), address=f"{ALL_STATES}&gebied=GM0014", forced_colors="active").page
    for selector in (".plot-row.marked", "#table-rows tr.marked"):
        assert painted(page, selector, "outlineStyle") == {"solid"}


@pytest.mark.parametrize("width", [320, 640])
def test_how_sure_a_figure_is_stays_in_sight_on_a_narrow_screen(visit, trial, width):
    page = visit(render(leaving(trial)), width=width, height=256, address=ALL_STATES).page
    values = next(i for i in trial["indicators"] if i["id"] == TRIAL)["views"][0]["values"].values()
    used = {value["status"] for value in values}
    assert len(used) >= 5
    labels = {state["label"] for state in trial["states"] if state["status"] in used}
    cells = page.locator("#table-rows .column-status")
    assert set(cells.all_inner_texts()) == labels
    for cell in cells.all():
        box = cell.bounding_box()
        assert box["width"] > 40
        assert box["x"] + box["width"] <= width
    assert page.locator("#table-rows tr").first.get_attribute("role") == "row"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heads = [head.bounding_box() for head in page.locator("#table thead button:visible").all()]
    assert not any(overlap(one, other) for nth, one in enumerate(heads) for other in heads[:nth])


def overlap(one, other):
    return (
        one["x"] < other["x"] + other["width"] - 1
        and other["x"] < one["x"] + one["width"] - 1
        and one["y"] < other["y"] + other["height"] - 1
        and other["y"] < one["y"] + one["height"] - 1
    )


def centre(page):
    return page.evaluate("(({lng, lat}) => [lng, lat])(atlas.map.getCenter())")


def test_the_map_moves_and_zooms_without_a_drag(visit, page_html):
    page = visit(page_html, width=360, has_touch=True, is_mobile=True).page
    assert "zonder slepen" in page.locator("#map-help .by-touch").inner_text()
    for name, axis, sign in (
        ("Naar rechts", 0, 1), ("Naar links", 0, -1), ("Naar boven", 1, 1), ("Naar onder", 1, -1),
    ):  # fmt: skip
        before = centre(page)
        button = page.get_by_role("button", name=name)
        button.tap()
        assert sign * (centre(page)[axis] - before[axis]) > 0, name
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 24
    zoom = page.evaluate("atlas.map.getZoom()")
    page.get_by_role("button", name="Inzoomen").tap()
    assert page.evaluate("atlas.map.getZoom()") > zoom


def test_shift_and_an_arrow_move_the_map(visit, page_html):
    page = visit(page_html).page
    page.focus("#map")
    before = centre(page)
    page.keyboard.press("Shift+ArrowRight")
    assert centre(page)[0] > before[0]


def on_screen(page, selector):
    return page.evaluate(
        """selector => { const box = document.querySelector(selector).getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight + 1; }""",
        selector,
    )


def area_on_map(page, code):
    """Whether an area lies wholly in what the map shows."""
    return page.evaluate(
        "code => atlas.map.getBounds().contains(atlas.shapesOf(atlas.level()).get(code).flat(2))", code
    )


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640), (844, 390)])
def test_a_chosen_area_comes_into_sight_on_the_map_and_on_the_page(visit, page_html, width, height):
    page = visit(page_html, width=width, height=height).page
    page.evaluate("atlas.map.setView([52.7, 6.2], 13, {animate: false})")
    assert not area_on_map(page, "SR04")
    page.locator("#table-rows tr[data-code=SR04] a").click()
    assert area_on_map(page, "SR04")
    assert on_screen(page, "#detail h3")
    if height > width:  # a phone: the map and what is said of the area on one screen
        page.get_by_role("button", name="Hele kaart").click()
        page.locator("#table-rows tr[data-code=SR08] a").click()
        assert on_screen(page, ".leaflet-marked-pane path")
        assert on_screen(page, "#detail .figure")


def test_an_area_named_by_a_link_comes_into_sight(visit, page_html):
    page = visit(page_html, width=360, height=640, address="#gebied=SR05").page
    assert on_screen(page, "#detail .detail-body")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
def test_a_chosen_object_comes_into_sight_on_the_map_and_on_the_page(visit, payload, width, height):
    html = render(leaving(team_payload(payload, *fictitious_objects(60, anchors_of(payload)))))
    page = visit(html, width=width, height=height, address="#objecten=ja").page
    page.evaluate("atlas.map.setView([52.0, 5.0], 13, {animate: false})")
    page.locator(".object-row").nth(2).click()
    assert page.evaluate(
        """(({latitude, longitude}, nth) => atlas.map.getBounds().contains([latitude[nth], longitude[nth]]))(
            atlas.objects(), atlas.chosenObject())"""
    )
    assert on_screen(page, "#object-name")
    assert on_screen(page, "#object-near")


@pytest.mark.parametrize("width", [320, 360, 844, 1280])
def test_ticks_of_the_axis_do_not_touch_each_other(visit, trial, width):
    axis = {"min": 0, "max": 60_000, "ticks": [
        {"value": 10_000 * nth, "label": f"{10 * nth}.000" if nth else "0"} for nth in range(7)
    ]}  # fmt: skip
    for indicator in trial["indicators"]:
        for view in indicator["views"]:
            view["axis"] = axis
    page = visit(render(leaving(trial)), width=width).page
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    boxes = [tick.bounding_box() for tick in page.locator(".axis text:visible").all()]
    assert len(boxes) >= 2
    assert not any(overlap(one, other) for nth, one in enumerate(boxes) for other in boxes[:nth])
    assert all(box["x"] + box["width"] <= width for box in boxes)


def test_a_label_at_the_edge_of_the_map_stands_on_it_whole(visit, trial):
    page = visit(render(leaving(trial)), address=ALL_STATES).page
    box = page.locator("#map").bounding_box()
    for code in ("GM1950", "GM0114"):
        page.evaluate(
            """code => { const [lng, lat] = atlas.areas.get(code).anchor;
                atlas.map.setView([lat, lng], atlas.map.getZoom(), {animate: false});
                atlas.map.panBy([atlas.map.getSize().x / 2 - 2, 0], {animate: false});
                return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }""",
            code,
        )
        name = next(a["label"] for lv in trial["levels"] for a in lv["areas"] if a["code"] == code)
        label = page.locator(".label-text", has_text=name).bounding_box()
        assert label["x"] >= box["x"] - 0.5
        assert label["x"] + label["width"] <= box["x"] + box["width"] + 0.5
