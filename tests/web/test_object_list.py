"""The list of a team's objects: filters with their numbers, its order, and all of it by the keyboard."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from object_samples import COUNT, OPEN


def counted(page, name):
    """What stands beside each value of a filter."""
    return {
        box.get_attribute("id").rpartition("-")[2]: int(
            box.locator("xpath=..").locator(".count").text_content().replace(".", "")
        )
        for box in page.locator(f"details[data-filter='{name}'] input").all()
    }


def test_the_numbers_beside_the_filters_are_right(visit, team_html, objects, evidence):
    page = visit(team_html, address=OPEN).page
    for name, field in (
        ("conclusion", "conclusie"), ("status", "status"),
        ("municipality", "gemeente_code"), ("certain", "gemeente_zeker"),
    ):  # fmt: skip
        expected = Counter(record[field] for record in objects)
        assert {code: n for code, n in counted(page, name).items() if n} == expected
    kinds = {(piece["object_uuid"], piece["bewijsbron"]) for piece in evidence}
    expected = Counter(kind for _object, kind in kinds)
    expected["geen"] = COUNT - len({about for about, _kind in kinds})
    assert counted(page, "evidence") == expected


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("conclusie=leeg", lambda record, kinds: record["conclusie"] == "leeg"),
        (
            "conclusie=leeg.onbekend&status=bezocht",
            lambda record, kinds: (
                record["conclusie"] in ("leeg", "onbekend") and record["status"] == "bezocht"
            ),
        ),
        ("gemeente=GM0106.GM0114", lambda record, kinds: record["gemeente_code"] in ("GM0106", "GM0114")),
        ("bewijs=opgave.bag_status", lambda record, kinds: kinds & {"opgave", "bag_status"}),
        ("bewijs=geen", lambda record, kinds: not kinds),
        ("zeker=nee", lambda record, kinds: record["gemeente_zeker"] == "nee"),
        ("adres=FABEL", lambda record, kinds: "fabel" in (record["adres"] or "").lower()),
        ("conclusie=bestaat_niet", lambda record, kinds: True),
    ],
)
def test_a_filter_shows_exactly_the_objects_that_pass(visit, team_html, records, address, passes):
    objects, evidence = records
    kinds = {record["uuid"]: set() for record in objects}
    for piece in evidence:
        kinds[piece["object_uuid"]].add(piece["bewijsbron"])
    expected = {record["uuid"] for record in objects if passes(record, kinds[record["uuid"]])}
    page = visit(team_html, address=f"{OPEN}&{address}").page
    shown = page.evaluate("[...atlas.selectObjects(atlas.state).shown].map(nth => atlas.objects().uuid(nth))")
    assert set(shown) == expected
    assert len(shown) == len(expected)
    first = page.locator("#object-list [role='option']").first
    assert first.get_attribute("aria-setsize") == str(len(expected))


def test_a_number_says_how_many_there_would_be_without_its_own_filter(visit, team_html, objects):
    page = visit(team_html, address=f"{OPEN}&conclusie=leeg&status=bezocht").page
    visited = Counter(record["conclusie"] for record in objects if record["status"] == "bezocht")
    empty = Counter(record["status"] for record in objects if record["conclusie"] == "leeg")
    assert {code: n for code, n in counted(page, "conclusion").items() if n} == visited
    assert {code: n for code, n in counted(page, "status").items() if n} == empty


def test_filters_can_be_set_by_hand_stand_in_the_address_and_survive_reloading(visit, team_html):
    page = visit(team_html, address=OPEN).page
    page.check("#filter-conclusion-leeg")
    page.check("#filter-status-bezocht")
    page.fill("#filter-address", "weg")
    page.wait_for_url(re.compile("adres=weg"))
    page.select_option("#list-sort", "peildatum")
    before = page.inner_text("#objects-count")
    for part in ("objecten=ja", "conclusie=leeg", "status=bezocht", "volgorde=peildatum"):
        assert part in page.url
    page.reload()
    page.wait_for_selector("html.ready", state="attached")
    assert page.inner_text("#objects-count") == before
    assert page.is_checked("#filter-conclusion-leeg")
    assert page.input_value("#filter-address") == "weg"
    page.click("#filters-clear")
    assert page.inner_text("#objects-count").startswith(f"Alle {COUNT}")


def test_oldest_first_is_an_order(visit, team_html, objects):
    page = visit(team_html, address=f"{OPEN}&volgorde=peildatum").page
    shown = page.evaluate("[...atlas.selectObjects(atlas.state).shown].map(nth => atlas.objects().uuid(nth))")
    day = {record["uuid"]: record["peildatum"] for record in objects}
    assert [day[uuid] for uuid in shown] == sorted(day.values())


def test_the_list_works_with_the_keyboard(visit, team_html):
    page = visit(team_html, address=OPEN).page
    page.click("#list-title")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "list-sort"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "object-list"
    for key, position in (("ArrowDown", 2), ("ArrowDown", 3), ("ArrowUp", 2), ("End", COUNT), ("Home", 1)):
        page.keyboard.press(key)
        active = page.get_attribute("#object-list", "aria-activedescendant")
        assert page.get_attribute(f"#{active}", "aria-posinset") == str(position), key
        assert page.evaluate(
            """id => { const row = document.getElementById(id).getBoundingClientRect();
                const list = document.getElementById('object-list').getBoundingClientRect();
                return row.top >= list.top - 2 && row.bottom <= list.bottom + 2; }""",
            active,
        )
    page.keyboard.press("Enter")
    name = page.locator(".object-row[aria-selected='true'] .row-name").text_content()
    assert page.locator("#object-panel h3").text_content() == name
    assert name in page.locator("#announcement").text_content()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "object-near"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    assert page.locator(".object-row[aria-selected='true']").count() == 0
    assert "object=" not in page.url.replace("objecten=", "")


def test_the_map_moves_with_the_arrow_keys_and_lets_go_of_tab(visit, team_html):
    page = visit(team_html, address=OPEN).page
    page.focus("#map")
    start = page.evaluate("atlas.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("atlas.map.getCenter().lng") > start
    assert page.locator("#announcement").text_content() == ""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "map"


def test_the_skip_link_goes_to_the_list(visit, team_html):
    page = visit(team_html, address=OPEN).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de lijst met objecten"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "object-list"
