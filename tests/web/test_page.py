"""The page in a real browser, opened from disk with the network cut."""

from __future__ import annotations

import subprocess

import pytest
from page_samples import HOSTILE, OPENING, TRIAL, sorted_codes, texts

from atlas.core.figures.borders import borders
from atlas.web.page import BRT_GREY, render
from released_samples import leaving

# --- nothing goes out, nothing goes wrong ---------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1440, 360])
def test_opening_the_page_asks_for_nothing_and_breaks_no_rule(visit, page_html, scripts, width):
    opened = visit(page_html, scripts=scripts, width=width)
    assert len(opened.requests) == 1
    assert opened.requests[0].startswith("file:///")
    assert opened.complaints == []


def test_going_through_everything_asks_for_nothing(visit, trial):
    opened = visit(render(leaving(trial)))
    page = opened.page
    for indicator in trial["indicators"]:
        for view in indicator["views"]:
            page.evaluate("change => atlas.go(change)", {"indicator": indicator["id"], **view_key(view)})
    for label in ("Inzoomen", "Uitzoomen", "Hele kaart"):
        page.get_by_role("button", name=label).click()
    page.emulate_media(media="print")
    assert len(opened.requests) == 1
    assert opened.complaints == []


def view_key(view):
    return {"level": view["level"], "period": view["period"]}


def test_no_text_from_the_data_runs_or_becomes_markup(visit, hostile):
    layers = [{"name": HOSTILE, "shown": True, "parts": [
        {"kind": "geojson", "features": [{
            "type": "Feature", "properties": {}, "style": {}, "texts": [[HOSTILE, HOSTILE]],
            "geometry": {"type": "Point", "coordinates": [6.5, 53.0]},
        }]},
    ]}]  # fmt: skip
    for scripts in (True, False):
        opened = visit(render(leaving(hostile), layers=layers), scripts=scripts)
        page = opened.page
        if scripts:
            page.evaluate("atlas.go({area: 'SR01'})")
            page.evaluate("change => atlas.go(change)", {"indicator": TRIAL, "area": "GM0014"})
            page.locator(".leaflet-extra-pane path").dispatch_event("click")
            page.fill("#search", "script")
            page.press("#search", "Enter")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0
        assert page.locator("h1").text_content() == HOSTILE
        assert HOSTILE in page.locator("#caution").text_content()
        assert HOSTILE in page.locator("#table-rows").text_content()
        assert opened.complaints == []
        assert len(opened.requests) == 1


# --- the figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["gemeente", "surveyregio", "provincie"])
def test_every_area_is_on_the_map_in_the_plot_and_in_the_table(visit, trial, level):
    opened = visit(render(leaving(trial)))
    indicator, view = next((i, v) for i in trial["indicators"] for v in i["views"] if v["level"] == level)
    opened.page.evaluate("change => atlas.go(change)", {"indicator": indicator["id"], **view_key(view)})
    codes = sorted(view["values"])
    assert sorted(sorted_codes(opened)) == codes
    plotted = opened.page.locator(".plot-row[data-code]").evaluate_all(
        "rows => rows.map((row) => row.dataset.code)"
    )
    assert sorted(plotted) == codes
    assert opened.page.locator(".leaflet-shapes-pane path").count() == len(codes)
    drawn = opened.page.locator("g.filled path[data-code]").evaluate_all(
        "paths => paths.map((p) => p.dataset.code)"
    )
    assert sorted(drawn) == codes
    assert opened.page.locator(".map-label").count() == len(codes)


def test_map_drawing_and_legend_agree_on_every_colour_and_pattern(visit, trial):
    opened = visit(render(leaving(trial)), address=f"#indicator={TRIAL}")
    view = next(i for i in trial["indicators"] if i["id"] == TRIAL)["views"][0]
    swatches = opened.page.locator("#legend-classes rect").evaluate_all(
        "r => r.map((x) => x.getAttribute('fill'))"
    )
    drawn = opened.page.locator("g.filled path[data-code]").evaluate_all(
        "paths => paths.map((p) => [p.dataset.code, p.getAttribute('fill')])"
    )
    on_map = opened.page.locator(".leaflet-shapes-pane path").evaluate_all(
        "p => p.map((x) => x.getAttribute('fill'))"
    )
    assert sorted(on_map) == sorted(fill for _code, fill in drawn)
    for code, fill in drawn:
        value = view["values"][code]
        if value["status"] == "ok":
            assert fill == swatches[value["class"]]
        elif value["status"] == "indicatief":
            assert fill == f"url(#pattern-indicatief-{swatches[value['class']].removeprefix('#')})"
        else:
            assert fill == f"url(#pattern-{value['status']})"
        if fill.startswith("url"):
            assert opened.page.locator(fill.removeprefix("url(").removesuffix(")")).count() == 1
    hatchings = opened.page.locator("pattern:not(#pattern-indicatief)").evaluate_all(
        "p => p.map((x) => x.innerHTML)"
    )
    assert len(set(hatchings)) == len(hatchings)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_counts_in_the_legend_add_up_to_the_number_of_areas(visit, trial, scripts):
    trial["opening"] = {"indicator": TRIAL, "level": "gemeente", "period": "2025-11"}
    opened = visit(render(leaving(trial)), scripts=scripts)
    classes = [int(text) for text in texts(opened, "#legend-classes .count")]
    indicative, too_few, no_data, suppressed = (int(text) for text in texts(opened, "#legend-states .count"))
    assert sum(classes) + too_few + no_data + suppressed == 22
    values = next(i for i in trial["indicators"] if i["id"] == TRIAL)["views"][0]["values"].values()
    assert indicative == sum(value["status"] == "indicatief" for value in values) > 0


def test_under_five_areas_the_figures_stand_on_the_map_and_there_are_no_classes(visit, page_html):
    opened = visit(page_html, address=f"#indicator={OPENING}&niveau=provincie")
    assert sorted(texts(opened, ".map-label .figure")) == ["23%", "26%"]
    assert texts(opened, "#legend-classes .count") == ["2"]
    assert "geen klassen" in opened.page.locator("#legend-method").inner_text()


def test_what_is_not_shown_has_a_word_for_it_and_no_figure(visit, trial):
    opened = visit(render(leaving(trial)), address=f"#indicator={TRIAL}")
    for row in opened.page.locator("#table-rows tr").all():
        figure, status = row.locator(".column-value").inner_text(), row.locator(".column-status").inner_text()
        assert (figure == "–") == (status not in ("Genoeg antwoorden", "Indicatief"))


def test_the_interval_is_drawn_at_its_ends(visit, page_html, payload):
    opened = visit(page_html)
    view = payload["indicators"][0]["views"][0]
    axis, value = view["axis"], view["values"]["SR01"]
    line = opened.page.locator(".plot-row[data-code=SR01] .interval")
    for attribute, end in (("x1", value["low"]), ("x2", value["high"])):
        share = (end - axis["min"]) / (axis["max"] - axis["min"])
        assert float(line.get_attribute(attribute).rstrip("%")) == pytest.approx(share * 96 + 2, abs=0.01)


def test_the_plot_begins_at_zero_so_that_a_dot_twice_as_far_is_twice_as_much(visit, page_html, payload):
    opened = visit(page_html)
    labels = opened.page.locator(".plot .axis text")
    assert labels.first.text_content().startswith("0")
    assert labels.first.get_attribute("x") == "2.00%"
    values = payload["indicators"][0]["views"][0]["values"]
    for code in ("SR01", "SR08"):
        dot = opened.page.locator(f".plot-row[data-code={code}] .dot").get_attribute("cx")
        from_zero = (float(dot.rstrip("%")) - 2) / values[code]["value"]
        top = payload["indicators"][0]["views"][0]["axis"]["max"]
        assert from_zero == pytest.approx(96 / top, abs=0.01)


def test_the_plot_is_sorted_highest_first(visit, page_html):
    opened = visit(page_html)
    assert texts(opened, ".plot-row[data-code] .plot-figure") == [
        "30%",
        "28%",
        "26%",
        "25%",
        "24%",
        "23%",
        "21%",
        "20%",
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_inferred_regions_are_dashed_and_said_to_be(visit, page_html, scripts):
    opened = visit(page_html, scripts=scripts)
    assert "afgeleid" in opened.page.locator("#dashed-line").inner_text()
    assert texts(opened, "#table-rows th small") == ["indeling afgeleid"] * 3
    assert opened.page.locator("#drawing path.inferred").get_attribute("d")
    if scripts:
        dashed = opened.page.locator(".leaflet-borders-pane path[stroke-dasharray]")
        assert dashed.count() == 1
        assert len(dashed.get_attribute("d")) > 100
        opened.page.evaluate("atlas.go({level: 'provincie'})")
        assert not opened.page.locator("#dashed-line").is_visible()


def test_map_and_print_dash_what_the_core_decided_and_no_border_of_a_province(visit, page_html, payload):
    opened = visit(page_html)
    regions = next(level for level in payload["levels"] if level["id"] == "surveyregio")
    decided = borders(regions["geometry"], regions["inferred_borders"]).inferred
    expected = within(bounds(decided), bounds(borders(regions["geometry"], []).solid))
    for medium, drawn, whole in (
        ("screen", ".leaflet-borders-pane path[stroke-dasharray]", ".leaflet-shapes-pane g"),
        ("print", "#drawing path.inferred", "#drawing .level-provincie"),
    ):
        opened.page.emulate_media(media=medium)
        boxes = [
            opened.page.locator(selector).first.evaluate(
                "node => { const box = node.getBBox(); "
                "return [box.x, box.y, box.x + box.width, box.y + box.height]; }"
            )
            for selector in (drawn, whole)
        ]
        assert within(*boxes) == pytest.approx(
            [expected[0], 1 - expected[3], expected[2], 1 - expected[1]], abs=0.02
        )


def bounds(lines):
    xs, ys = zip(*(point for line in lines for point in line), strict=True)
    return [min(xs), min(ys), max(xs), max(ys)]


def within(box, whole):
    """The sides of a box as parts (0-1) of the sides of the whole."""
    width, height = whole[2] - whole[0], whole[3] - whole[1]
    return [
        (box[0] - whole[0]) / width, (box[1] - whole[1]) / height,
        (box[2] - whole[0]) / width, (box[3] - whole[1]) / height,
    ]  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_source_base_caution_and_definition_of_every_figure_are_visible(visit, payload, scripts):
    for indicator in payload["indicators"]:
        payload["opening"] = {"indicator": indicator["id"], **view_key(indicator["views"][0])}
        opened = visit(render(leaving(payload)), scripts=scripts)
        body = opened.page.locator("article").inner_text()
        for text in (indicator["source"], indicator["base"], indicator["caution"], indicator["definition"]):
            assert text in body


def test_figures_of_the_whole_panel_are_text_and_not_on_the_map(visit, page_html, payload):
    opened = visit(page_html)
    section = opened.page.get_by_role("region", name="In tekst, niet op de kaart")
    assert section.locator("li").count() == len(payload["cards"]) > 0
    for card in payload["cards"]:
        assert card["text"] in section.text_content()


# --- background map -------------------------------------------------------------------------------


def test_the_background_map_asks_nothing_until_it_is_switched_on_beside_who_is_asked(visit, payload):
    opened = visit(render(leaving(payload), basemap=BRT_GREY))
    assert len(opened.requests) == 1
    warning = opened.page.locator(".request").inner_text()
    assert "PDOK (Kadaster)" in warning
    assert "service.pdok.nl" in warning
    opened.page.get_by_label("Achtergrondkaart tonen").check()
    opened.page.wait_for_timeout(200)
    asked = opened.requests[1:]
    assert asked
    assert all(address.startswith("https://service.pdok.nl/") for address in asked)
    assert "Kadaster" in opened.page.locator(".credit").inner_text()


def test_without_a_basemap_there_is_no_switch(visit, page_html):
    assert visit(page_html).page.get_by_label("Achtergrondkaart tonen").count() == 0


# --- narrow, print, no scripts --------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 768, 1024])
def test_nothing_sticks_out_sideways(visit, trial, scripts, width):
    trial["opening"] = {"indicator": TRIAL, "level": "gemeente", "period": "2025-11"}
    opened = visit(render(leaving(trial)), width=width, scripts=scripts)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_opening_figure_is_all_there(visit, payload):
    payload["maker"] = {"name": "Trendbureau", "contact": "", "error_report": "Bel de makers"}
    opened = visit(render(leaving(payload)), scripts=False)
    page = opened.page
    drawing = page.locator("svg#drawing")
    assert drawing.is_visible()
    assert drawing.bounding_box()["height"] > 300
    assert not page.locator("#map").is_visible()
    assert not page.locator("#choose").is_visible()
    assert page.locator("#table-rows tr").count() == 8
    assert texts(opened, "#table-rows .column-low")[0] == "24%"
    assert texts(opened, "#table-rows .column-high")[0] == "37%"
    body = page.locator("body").inner_text()
    for expected in (
        "Trendbureau",
        "Bel de makers",
        payload["date_label"],
        payload["boundary_source"],
        *payload["notes"],
    ):
        assert expected in body
    assert "JavaScript" in body


@pytest.mark.parametrize("level", ["surveyregio", "gemeente"])
def test_on_paper_it_is_one_or_two_a4_with_everything_a_reader_needs(visit, trial, tmp_path, level):
    trial |= {"audience": "partners", "audience_label": "Alleen voor partners", "fictitious": True}
    indicator = next(i for i in trial["indicators"] if i["views"][0]["level"] == level)
    opened = visit(render(leaving(trial)), address=f"#indicator={indicator['id']}")
    pdf = tmp_path / "atlas.pdf"
    opened.page.pdf(path=pdf, prefer_css_page_size=True)
    pages = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    printed = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert int(pages.split("Pages:")[1].split()[0]) <= 2
    assert "A4" in pages
    words = " ".join(printed.split())
    for expected in (
        "Legenda",
        "Alle cijfers",
        "Let op",
        "Bron",
        trial["date_label"],
        "Alleen voor partners",
        "FICTIEF",
    ):
        assert expected in words
    for area in indicator["views"][0]["values"]:
        label = next(a["label"] for lv in trial["levels"] for a in lv["areas"] if a["code"] == area)
        assert label in words
    for screen_only in ("Zoek een gebied", "Thema", "Enter kiest"):
        assert screen_only not in words


def test_the_embedded_atlas_prints_on_one_page(visit, page_html, tmp_path):
    pdf = tmp_path / "atlas.pdf"
    visit(page_html).page.pdf(path=pdf, prefer_css_page_size=True)
    assert (
        "Pages:           1"
        in subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    )


def test_invented_data_say_so_on_the_screen(visit, payload):
    payload["fictitious"] = True
    assert visit(render(leaving(payload))).page.get_by_text("FICTIEF: deze atlas").is_visible()


def test_a_picture_of_the_whole_page_holds_the_table_and_the_cards(visit, page_html):
    for scripts in (True, False):
        page = visit(page_html, scripts=scripts).page
        body = page.locator("body").inner_text()  # leaves out what the browser has not laid out
        assert "Zuidwest-Drenthe indeling afgeleid" in " ".join(body.split())
        assert "In tekst, niet op de kaart" in body
