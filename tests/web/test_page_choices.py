"""What a reader chooses on the page: figure, level and area, by hand, by the table and by its search."""

from __future__ import annotations

import pytest
from page_samples import OPENING, REGIONS, TRIAL, sorted_codes, texts

from atlas.web.page import render
from released_samples import leaving

# --- choosing -------------------------------------------------------------------------------------


def test_only_levels_and_periods_with_the_figure_are_offered_and_a_single_one_is_text(visit, trial):
    opened = visit(render(leaving(trial)))
    page = opened.page
    assert texts(opened, "#choice-level option") == ["Surveyregio", "Provincie"]
    assert not page.locator("#choice-period").is_visible()
    assert page.locator("[data-choice=period] p").inner_text() == "november 2025"
    page.select_option("#choice-indicator", TRIAL)
    assert texts(opened, "#choice-period option") == ["november 2025", "november 2024"]
    assert page.locator("[data-choice=level] p").inner_text() == "Gemeente"


def test_another_theme_shows_its_first_figure(visit, page_html, payload):
    opened = visit(page_html)
    other = next(i for i in payload["indicators"] if i["theme"] != payload["indicators"][0]["theme"])
    opened.page.select_option("#choice-theme", other["theme"])
    assert opened.page.locator("#indicator").inner_text() == other["label"]
    assert other["label"] in opened.page.title()


def test_the_address_keeps_what_is_shown_and_the_back_button_returns(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    page.select_option("#choice-level", "provincie")
    assert page.url.endswith(f"#indicator={OPENING}&niveau=provincie&periode=2025-11")
    page.go_back()
    page.wait_for_function("atlas.state.level === 'surveyregio'")
    assert texts(opened, "#choice-level option:checked") == ["Surveyregio"]
    again = visit(page_html, address="#niveau=provincie&gebied=PV22")
    assert again.state() == {"indicator": OPENING, "level": "provincie", "period": "2025-11", "area": "PV22"}
    assert again.page.locator("#detail h3").inner_text() == "Drenthe"


@pytest.mark.parametrize(
    "address",
    [
        "#",
        "#onzin",
        "#indicator=bestaat_niet",
        "#niveau=buurt&periode=1900&gebied=XX",
        "#indicator=%E0%A4%A&niveau=<script>",
        "#indicator=__proto__&niveau=constructor",
        "#" + "x" * 5000,
    ],
)
def test_a_bad_address_is_ignored(visit, page_html, address):
    opened = visit(page_html, address=address)
    expected = {"indicator": OPENING, "level": "surveyregio", "period": "2025-11", "area": ""}
    assert opened.state() == expected
    opened.page.evaluate("address => { location.hash = address; }", address)
    opened.page.wait_for_timeout(50)
    assert opened.state() == expected
    assert opened.complaints == []


def test_going_to_a_level_without_the_figure_shows_one_that_has_it(visit, page_html):
    opened = visit(page_html, address=f"#indicator={OPENING}&niveau=gemeente")
    assert opened.state()["level"] == "surveyregio"


# --- one area -------------------------------------------------------------------------------------


def test_pointing_at_an_area_shows_value_interval_n_and_province_without_a_verdict(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    page.locator(".plot-row[data-code=SR07]").hover()
    words = page.locator("#detail").inner_text().replace("\xa0", " ")
    for expected in (
        "Oldambt/Westerwolde",
        "28%",
        "21–37%",
        "364",
        "Groningen (provincie)",
        "26%, interval 22–30%",
    ):
        assert expected in words
    assert "Drenthe" not in words
    for verdict in ("hoger dan", "lager dan", "significant", "verschilt"):
        assert verdict not in words
    assert page.locator("tr[data-code=SR07].marked").count() == 1
    assert page.locator(".leaflet-marked-pane path").first.get_attribute("d") != "M0 0"


def test_the_map_answers_to_the_mouse(visit, page_html):
    page = visit(page_html).page
    shape = page.locator(".leaflet-shapes-pane path").first
    shape.dispatch_event("mouseover")
    first = page.locator("#detail h3").inner_text()
    assert page.locator(".plot-row.marked .plot-name").inner_text().replace("\n", "") == first
    shape.dispatch_event("click")
    assert page.evaluate("atlas.state.area") in REGIONS


def test_pointing_does_not_move_the_row_away_from_under_the_mouse(visit, page_html):
    page = visit(page_html).page
    for code in REGIONS:
        row = page.locator(f".plot-row[data-code={code}]")
        row.hover()
        page.mouse.move(0, 0)
        before = row.bounding_box()
        row.hover()
        assert row.bounding_box() == before


def test_the_table_sorts_by_every_column_and_says_how(visit, trial):
    opened = visit(render(leaving(trial)), address=f"#indicator={TRIAL}")
    page = opened.page
    values = next(i for i in trial["indicators"] if i["id"] == TRIAL)["views"][0]["values"]
    assert page.locator("#table th[aria-sort]").get_attribute("data-key") == "value"
    for key in ("area", "province", "value", "low", "high", "n", "status"):
        head = page.locator(f"#table th[data-key={key}]")
        directions = []
        for _press in range(2):
            head.get_by_role("button").press("Enter")
            directions.append(head.get_attribute("aria-sort"))
            assert page.locator("#table th[aria-sort]").count() == 1
            assert sorted(sorted_codes(opened)) == sorted(values)
        assert sorted(directions) == ["ascending", "descending"]
    page.locator("#table th[data-key=n] button").press("Enter")
    known = [values[code]["n"] for code in sorted_codes(opened)]
    shown = [n for n in known if n is not None]
    assert shown == sorted(shown, reverse=True)
    assert known[len(shown) :] == [None] * (len(known) - len(shown))
    assert "gesorteerd op aantal" in page.locator("#announcement").text_content()


def test_a_row_of_the_table_chooses_its_area_on_the_map(visit, page_html):
    opened = visit(page_html)
    link = opened.page.get_by_role("link", name="Zuidoost-Drenthe")
    link.focus()
    assert opened.page.locator("#detail h3").inner_text() == "Zuidoost-Drenthe"
    link.press("Enter")
    assert opened.state()["area"] == "SR03"
    assert opened.page.url.endswith("&gebied=SR03")


# --- search ---------------------------------------------------------------------------------------


def search(opened, text):
    opened.page.fill("#search", text)
    opened.page.press("#search", "Enter")


@pytest.mark.parametrize("spelling", ["Noord-Drenthe", "noord drenthe", " NOORD-DRENTHE "])
def test_a_region_is_found_by_any_spelling(visit, page_html, spelling):
    opened = visit(page_html)
    search(opened, spelling)
    assert opened.state()["area"] == "SR01"
    assert opened.page.locator("#detail h3").inner_text() == "Noord-Drenthe"


def test_a_municipality_on_the_region_map_shows_its_region_and_says_so(visit, page_html):
    opened = visit(page_html)
    search(opened, "Emmen")
    assert opened.page.locator("tr.marked").get_attribute("data-code") == "SR03"
    sentence = opened.page.locator("#search-result").inner_text()
    assert "Emmen valt in Zuidoost-Drenthe" in sentence
    assert "hele gebied" in sentence
    assert "afgeleid" in sentence


def test_what_may_be_several_areas_is_asked_and_not_guessed(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    search(opened, "groningen")
    assert opened.state()["area"] == ""
    assert "meer dan één gebied" in page.locator("#search-result").inner_text()
    offered = texts(opened, "#search-list li")
    assert any("provincie" in text for text in offered)
    assert any("gemeente" in text for text in offered)
    page.press("#search", "ArrowDown")
    active = page.locator("#search").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.press("#search", "Enter")
    assert opened.state()["area"] != ""
    assert not page.locator("#search-list").is_visible()


def test_a_name_that_does_not_exist_is_said_and_nothing_changes(visit, page_html):
    opened = visit(page_html)
    search(opened, "Timboektoe")
    assert "Geen gebied gevonden" in opened.page.locator("#search-result").inner_text()
    assert opened.state()["area"] == ""


def test_a_province_on_the_region_map_shows_its_regions(visit, page_html):
    opened = visit(page_html)
    search(opened, "Drenthe")
    assert (
        sorted(opened.page.locator("tr.marked").evaluate_all("r => r.map((x) => x.dataset.code)"))
        == REGIONS[:3]
    )
