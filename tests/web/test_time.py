"""The page with time: a slider, lines, two periods or figures against each other, what is taken along."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from atlas.core.areas.divisions import areas
from atlas.core.figures.differences import difference
from atlas.core.figures.edition import Edition
from atlas.core.figures.figure_table import as_csv, figure_rows
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.figures.statements import judged_estimate
from atlas.web.page import render
from period_samples import ASKED, JUDGED, RECORDED, beside, through_time
from released_samples import leaving

CODES = [area.code for area in areas("gemeente")]
JUDGED_MAP = f"#indicator={JUDGED}&niveau=gemeente&periode=2025"
FILLS = "paths => paths.map((path) => path.getAttribute('fill'))"


@pytest.fixture(scope="module")
def through(_boundaries):
    catalogue = beside(through_time(), load_catalogue())
    return build_payload(catalogue, *_boundaries, Edition(audience="team", fictitious=True)).content


@pytest.fixture(scope="module")
def html(through):
    return render(leaving(through))


def entry_of(payload, identifier):
    return next(entry for entry in payload["indicators"] if entry["id"] == identifier)


def at(payload, identifier, period):
    return next(view for view in entry_of(payload, identifier)["views"] if view["period"] == period)


def painted(opened):
    return opened.page.locator(".leaflet-shapes-pane path").evaluate_all(FILLS)


def colours(view):
    classes = view["legend"]["classes"]
    return [classes[view["values"][code]["class"]]["colour"] for code in CODES]


def test_arrow_keys_on_the_slider_go_from_period_to_period_under_one_legend(visit, html, through):
    opened = visit(html, address=JUDGED_MAP)
    page = opened.page
    slider = page.locator("#period-slider")
    labels = page.locator("#legend-classes li > span:not(.count)").all_text_contents()
    assert slider.get_attribute("aria-valuetext") == "2025"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert opened.state()["period"] == "2023"
    assert slider.get_attribute("aria-valuetext") == page.locator("#period-label").text_content() == "2023"
    assert painted(opened) == colours(at(through, JUDGED, "2023")) != colours(at(through, JUDGED, "2025"))
    page.keyboard.press("Home")
    assert opened.state()["period"] == "2017"
    assert painted(opened) == colours(at(through, JUDGED, "2017"))
    assert page.locator("#legend-classes li > span:not(.count)").all_text_contents() == labels
    assert page.evaluate("document.activeElement.id") == "period-slider"
    assert opened.complaints == []


def test_nothing_plays_by_itself_and_a_reader_who_wants_no_motion_has_no_button(visit, html):
    opened = visit(html, address=JUDGED_MAP)
    assert opened.page.locator("#period-play").text_content() == "▶ Speel af"
    opened.page.locator("#period-play").click()
    assert opened.state()["period"] == "2017"
    expect(opened.page.locator("#period-label")).to_have_text("2025", timeout=60_000)
    expect(opened.page.locator("#period-play")).to_have_text("▶ Speel af")
    calm = visit(html, address=JUDGED_MAP, reduced_motion="reduce")
    assert calm.page.locator("#period-play").is_hidden()
    assert calm.page.locator("#period-slider").is_visible()


def test_every_municipality_has_a_line_that_breaks_where_it_was_merged(visit, html):
    opened = visit(html, address=f"{JUDGED_MAP}&gebied=GM1979")
    page = opened.page
    assert page.locator(".multiple").count() == len(CODES)
    for code, parts in (("GM0106", 1), ("GM1979", 2)):
        assert page.locator(f".multiple[data-code={code}] .line-path").count() == parts
    assert page.locator(".multiple[data-code=GM1979] .line-gap").count() == 1
    # the last area was not asked once: no line to or from that period, and no gap of borders
    assert page.locator(f".multiple[data-code={CODES[-1]}] .line-dot").count() == 4
    assert page.locator(".line-table tbody tr").count() == 5
    assert "Eemsdelta: Op 1 januari 2021 samengevoegd uit" in page.locator("#line-note").text_content()
    axis = page.evaluate("atlas.shownView().axis")
    assert axis == page.evaluate("atlas.indicator().views.at(-1).axis")


def test_two_periods_show_the_verdicts_of_the_core_with_the_interval_of_the_difference(visit, html, through):
    opened = visit(html, address=f"{JUDGED_MAP}&met=2017")
    values = opened.page.evaluate("atlas.view().values")
    verdicts = entry_of(through, JUDGED)["timelines"][0]["change"]["verdicts"]["0 4"]
    catalogue = through_time()
    first, last = (
        {value.area: value for value in catalogue.values_of(JUDGED, "gemeente", period)}
        for period in ("2017", "2025")
    )
    states = {"1": "verschil", "0": "geen_verschil", "-": "ander_gebied"}
    for code, verdict in zip(CODES, verdicts, strict=True):
        assert values[code]["status"] == states[verdict]
        if verdict == "-":
            assert values[code]["value"] is None
            continue
        one, other = (judged_estimate(found[code], "percent") for found in (last, first))
        exact = difference(one, other, ground="microdata")
        told = [values[code][name] for name in ("value", "low", "high")]
        assert told == pytest.approx([exact.points, exact.low, exact.high], abs=0.1)
    fills = dict(zip(CODES, painted(opened), strict=True))
    change = entry_of(through, JUDGED)["timelines"][0]["change"]
    assert fills["GM1680"] in [entry["colour"] for entry in change["classes"]]
    assert fills["GM0106"] == "url(#pattern-geen_verschil)"
    assert fills["GM1979"] == "url(#pattern-ander_gebied)"
    assert opened.page.locator("#pattern-geen_verschil").count() == 1
    text = opened.page.locator("#legend-states").text_content()
    assert "Geen aantoonbaar verschil" in text
    assert "Dat zegt niet dat de cijfers gelijk zijn." in text
    assert opened.page.locator("#compare-areas").is_hidden()
    opened.page.evaluate("atlas.choose('GM1680', true)")
    sentence = opened.page.locator("#carry-sentence").text_content()
    assert "In 2025 is het cijfer aantoonbaar hoger dan in 2017: het verschil is" in sentence
    opened.page.evaluate("atlas.choose('GM0106', true)")
    assert "tussen beide periodes is niet aangetoond" in opened.page.locator("#carry-sentence").text_content()


def test_without_a_ground_two_periods_have_no_colour_and_no_verdict(visit, html):
    opened = visit(html, address=f"#indicator={ASKED}&niveau=gemeente&periode=2025&met=2023")
    values = opened.page.evaluate("atlas.view().values")
    assert {value["status"] for value in values.values()} == {"geen_oordeel"}
    assert {value["value"] for value in values.values()} == {None}
    assert set(painted(opened)) == {"url(#pattern-geen_oordeel)"}
    assert re.fullmatch(r"[\d,]+% \([\d,–]+%\) en daarna [\d,]+% \([\d,–]+%\)", values["GM0106"]["note"])


def test_what_was_recorded_is_in_the_class_whose_label_holds_its_difference(visit, html, through):
    opened = visit(html, address=f"#indicator={RECORDED}&niveau=gemeente&periode=2025&met=2023")
    values = opened.page.evaluate("atlas.view().values")
    classes = entry_of(through, RECORDED)["timelines"][0]["change"]["classes"]
    before, after = (at(through, RECORDED, period)["values"] for period in ("2023", "2025"))
    for code in CODES:
        points = after[code]["value"] - before[code]["value"]
        assert values[code]["value"] == points
        label = classes[values[code]["class"]]["label"]
        if not points:
            assert label == "geen verschil"
            continue
        assert label.endswith("hoger" if points > 0 else "lager")
        low, *high = (int(number) for number in re.findall(r"\d+", label))
        assert low <= abs(points) <= (high[0] if high else low)


def test_a_second_figure_stands_beside_the_first_with_its_own_legend_and_one_table(visit, html, through):
    opened = visit(html, address=f"{JUDGED_MAP}&naast={RECORDED}")
    page = opened.page
    drawn = page.locator("#beside .drawn-level.filled path[data-code]").evaluate_all(
        "paths => Object.fromEntries(paths.map((path) => [path.dataset.code, path.getAttribute('fill')]))"
    )
    view = at(through, RECORDED, "2025")
    assert drawn == dict(zip(CODES, colours(view), strict=True))
    assert painted(opened) == colours(at(through, JUDGED, "2025"))
    rows = page.locator("#beside tbody tr")
    assert rows.count() == len(CODES)
    assert page.locator("#beside thead th").count() == 4
    text = page.evaluate("atlas.tableText(atlas.view())")
    assert text.count("\r\n") == 1 + 2 * len(CODES)
    page.locator("#choose-beside").select_option("")
    assert page.locator("#beside").is_hidden()


def test_the_second_figure_is_handed_out_as_a_picture_of_its_own(visit, html):
    opened = visit(html, address=f"{JUDGED_MAP}&met=2017&naast={RECORDED}")
    page = opened.page
    drawn = page.locator("#drawing").evaluate("drawing => drawing.outerHTML")
    before = painted(opened), opened.state()
    for kind in ("SVG", "Plaatje"):
        with page.expect_download() as waited:
            page.locator("#beside").get_by_role("button", name=kind, exact=True).click()
        name = waited.value.suggested_filename
        content = waited.value.path().read_bytes()
        assert name.startswith(f"{RECORDED}-gemeente-2025-liggend.")
        if kind == "Plaatje":
            assert content.startswith(b"\x89PNG")
            continue
        text = content.decode()
        for told in ("FICTIEF fictief vastgelegd", "Legenda", "Bron: FICTIEF onderzoek", "Let op"):
            assert told in text
        for colour in page.locator("#beside .drawn-level.filled path[data-code]").evaluate_all(FILLS):
            assert f'fill="{colour}"' in text
        assert "fictief beoordeeld" not in text
        assert "van 2017 naar 2025" not in text
    assert (painted(opened), opened.state()) == before
    assert page.locator("#drawing").evaluate("drawing => drawing.outerHTML") == drawn
    assert opened.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (320, 700)])
def test_no_word_of_a_difference_is_broken_or_lies_over_another(visit, html, width, height):
    opened = visit(html, width=width, height=height, address=f"{JUDGED_MAP}&met=2017&gebied=GM1680")
    page = opened.page
    assert page.locator("#detail dl").bounding_box()["width"] >= 120
    assert page.locator("#table th[data-key=value] button").text_content() == "Verschil (procentpunt)"
    heads = page.locator("#table thead th:visible button").evaluate_all(
        "all => all.map((one) => { const range = document.createRange(); range.selectNodeContents(one);"
        " const { left, right, top, bottom } = range.getBoundingClientRect();"
        " return [left, right, top, bottom]; })"
    )
    for nth, (left, right, top, bottom) in enumerate(heads):
        for other in heads[nth + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
    lines = page.locator("#table-rows td.column-province:visible").evaluate_all(
        "all => all.map((one) => { const range = document.createRange(); range.selectNodeContents(one);"
        " return range.getClientRects().length; })"
    )
    assert set(lines) <= {1}


def test_no_card_of_a_theme_is_cut_on_a_wide_screen(visit, page_html):
    for width in (1440, 1280, 1024, 800):
        page = visit(page_html, width=width).page
        assert page.locator("#themes").evaluate("nav => nav.scrollWidth - nav.clientWidth") == 0


def test_the_csv_of_all_periods_is_that_of_the_core_for_each(visit, html, through):
    opened = visit(html, address=JUDGED_MAP)
    indicator = entry_of(through, JUDGED)
    rows = [
        row
        for period in ("2017", "2019", "2021", "2023", "2025")
        for row in figure_rows(through, indicator, at(through, JUDGED, period))
    ]
    assert opened.page.evaluate("atlas.periodsText()") == as_csv(rows)


def test_the_csv_of_two_periods_has_both_and_the_difference_with_its_interval(visit, html):
    opened = visit(html, address=f"{JUDGED_MAP}&met=2017")
    lines = opened.page.evaluate("atlas.tableText(atlas.view())").strip("\ufeff\r\n").split("\r\n")
    assert len(lines) == 1 + 3 * len(CODES)
    (changed,) = [line for line in lines if "(verschil)" in line and ";GM1680;" in line]
    cells = changed.split(";")
    assert cells[5:7] == ["van 2017 naar 2025", "procentpunt"]
    assert cells[11] == "Aantoonbaar verschil"
    assert all(re.fullmatch(r"-?\d+(,\d)?", cell) for cell in cells[7:10])
    picture = opened.page.evaluate("new XMLSerializer().serializeToString(atlas.picture('liggend', ''))")
    assert "van 2017 naar 2025" in picture
    assert "Geen aantoonbaar verschil" in picture
    lines = opened.page.evaluate("new XMLSerializer().serializeToString(atlas.picture('liggend', 'verloop'))")
    assert lines.count("<svg") == 1 + len(CODES)
    assert "De band om de lijn is het 95%-interval." in lines
    assert "FICTIEF onderzoek" in lines


def test_a_link_with_a_period_or_figure_that_cannot_be_compared_says_so(visit, html):
    opened = visit(html, address=f"{JUDGED_MAP}&met=2025-11&naast=rapportcijfer_veiligheid_buurt")
    said = opened.page.locator("#link-note").text_content()
    assert "met een periode waarmee het niet te vergelijken is: “2025-11”" in said
    assert "met een onderwerp dat er niet naast kan" in said
    assert not {"against", "beside"} & opened.state().keys()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_axe_finds_nothing_wrong_and_the_page_fits(visit, html, width, height):
    opened = visit(
        html, width=width, height=height, address=f"{JUDGED_MAP}&met=2017&naast={RECORDED}&gebied=GM1680"
    )
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(opened.page).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []


def test_the_first_screen_of_a_phone_shows_the_map(visit, payload, html):
    payload["maker"].update(name="Gemeente (FICTIEF)", contact="gis@gemeente.example")
    for page, address in ((render(leaving(payload)), ""), (html, JUDGED_MAP)):
        opened = visit(page, width=390, height=844, address=address)
        top = opened.page.evaluate("document.getElementById('map').getBoundingClientRect().top")
        assert top < 600


def test_a_theme_is_a_card_and_one_without_maps_opens_its_text(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    cards = page.locator(".theme-card")
    assert cards.count() > 5
    assert page.locator(".panel-cards details[open]").count() == 0
    page.locator(".theme-card", has_text="Buitengebied").click()
    assert opened.state()["indicator"] == "buitengebied_verdachte_activiteiten_gezien"
    assert page.locator(".theme-card[aria-current]").text_content().startswith("Buitengebied")
    page.locator(".theme-card", has_text="Melden").click()
    assert page.locator(".panel-cards details[open]").count() == 1
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_page_of_one_period_has_no_slider_and_no_lines(visit, page_html):
    opened = visit(page_html)
    assert opened.page.locator("#period-slide").is_hidden()
    assert opened.page.locator("#lines-section").is_hidden()
    assert opened.page.locator("#carry-periods").is_hidden()


def test_without_scripts_nothing_of_time_is_offered(visit, html):
    opened = visit(html, scripts=False)
    assert opened.page.locator("#period-bar").is_hidden()
    assert opened.page.locator("#themes").is_hidden()
    assert opened.page.locator(".panel-cards details").count() == 0
