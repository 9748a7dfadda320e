"""Links to what isn't there, and the back button: out of a choice before out of the page."""

from __future__ import annotations

import pytest
from object_samples import anchors_of, fictitious_objects, team_payload
from page_samples import TRIAL

from atlas.web.page import render
from released_samples import leaving

OPENING = "Bezorgd over georganiseerde criminaliteit in de eigen buurt"


@pytest.fixture(scope="module")
def team(_embedded):
    return render(leaving(team_payload({**_embedded}, *fictitious_objects(60, anchors_of(_embedded)))))


def note(opened):
    return opened.page.locator("#link-note").inner_text()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("indicator=bestaat_niet", "een onderwerp dat deze atlas niet heeft: “bestaat_niet”"),
        ("niveau=buurt", "een niveau dat deze atlas niet heeft: “buurt”"),
        ("periode=1900", "een periode die deze atlas niet heeft: “1900”"),
        ("gebied=GM9999", "een gebied dat deze atlas niet heeft: “GM9999”"),
        ("niveau=gemeente", "dit onderwerp op een niveau waarop het niet bekend is: “gemeente”"),
        ("periode=2024-11", "dit onderwerp in een periode waarvoor het niet bekend is: “2024-11”"),
        ("onzin", "iets wat deze atlas niet kent: “onzin”"),
        ("__proto__=1", "iets wat deze atlas niet kent: “__proto__”"),
    ],
)
def test_a_link_to_what_is_not_there_says_so_and_what_is_shown(visit, trial, address, said):
    opened = visit(render(leaving(trial)), address=f"#{address}")
    sentence = f"De link noemt {said}. U ziet nu: {OPENING}, surveyregio's, november 2025."
    assert note(opened) == sentence
    assert opened.page.locator("#announcement").text_content() == sentence
    opened.page.select_option("#choice-level", "provincie")
    assert not opened.page.locator("#link-note").is_visible()
    opened.page.evaluate("address => { location.hash = address; }", address)
    opened.page.wait_for_selector("#link-note", state="visible")
    assert said.split(":")[0] in note(opened)


def test_a_link_to_what_is_there_says_nothing(visit, trial):
    opened = visit(
        render(leaving(trial)), address=f"#indicator={TRIAL}&niveau=gemeente&periode=2024-11&gebied=GM0014"
    )
    assert note(opened) == ""


def test_a_link_to_an_object_or_filter_that_is_not_there_says_so(visit, team):
    opened = visit(team, address="#objecten=ja&object=nergens&conclusie=leeg.zomaar")
    assert note(opened) == (
        "De link noemt een filter dat dit bestand niet heeft: “zomaar”; en een object dat niet in dit bestand"
        " staat. U ziet nu: de objecten."
    )
    assert opened.state()["conclusion"] == "leeg"


def test_a_link_to_an_area_shows_the_area_to_a_team_too(visit, team):
    opened = visit(team, address="#gebied=SR05")
    assert opened.state()["area"] == "SR05"
    assert opened.page.is_visible("#detail h3")


def test_back_lets_an_area_go_before_it_leaves_the_page(visit, page_html):
    opened = visit(page_html)
    page = opened.page
    for code in ("SR01", "SR02"):
        page.locator(f"#table-rows tr[data-code={code}] a").click()
    assert opened.state()["area"] == "SR02"
    page.go_back()
    page.wait_for_function("atlas.state.area === ''")
    page.go_forward()
    page.wait_for_function("atlas.state.area === 'SR02'")


def test_back_undoes_filters_one_by_one_and_then_a_chosen_object(visit, team):
    opened = visit(team, address="#objecten=ja")
    page = opened.page
    page.locator(".object-row").first.click()
    page.locator(".object-row").nth(1).click()
    page.check("#filter-conclusion-leeg")
    page.fill("#filter-address", "w")
    page.wait_for_url("**adres=w**")
    page.fill("#filter-address", "weg")
    page.wait_for_url("**adres=weg**")
    page.go_back()
    page.wait_for_function("atlas.state.address === '' && atlas.state.conclusion === 'leeg'")
    page.go_back()
    page.wait_for_function("atlas.state.conclusion === '' && atlas.state.object !== ''")
    assert not page.is_checked("#filter-conclusion-leeg")
    page.go_back()
    page.wait_for_function("atlas.state.objects === 'ja' && atlas.state.object === ''")
