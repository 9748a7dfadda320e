"""Names of places on the map: when the reader is near, without a connection, and never over each other."""

from __future__ import annotations

import pytest

NEAR = "atlas.map.setView([52.99, 6.56], 11, {animate: false})"
SETTLED = "new Promise((done) => setTimeout(done, 300))"


def named(page):
    return page.evaluate("[...document.querySelectorAll('.place-name')].map((name) => name.textContent)")


def test_from_afar_no_place_is_named(visit, page_html):
    page = visit(page_html).page
    assert named(page) == []


def test_near_assen_its_places_are_named_and_none_covers_another(visit, page_html):
    page = visit(page_html).page
    page.evaluate(NEAR)
    page.evaluate(SETTLED)
    names = named(page)
    assert 5 < len(names) <= 40
    assert {"Vries", "Rolde"} <= set(names)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.place-name div, .map-label .label-text:not(.unseen)')]"
        ".map((name) => name.getBoundingClientRect().toJSON())"
    )
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one["right"] <= other["left"] or other["right"] <= one["left"]
                or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            )  # fmt: skip
            assert apart


def test_a_town_and_the_municipality_called_after_it_are_named_once(visit, page_html, team_html):
    page = visit(page_html).page
    page.evaluate("atlas.go({level: 'gemeente'})")
    page.evaluate(NEAR)
    page.evaluate(SETTLED)
    areas = page.evaluate(
        "[...document.querySelectorAll('.map-label .label-text:not(.unseen) .name')].map(n => n.textContent)"
    )
    assert not set(areas) & set(named(page))
    page = visit(team_html).page
    page.evaluate(NEAR)
    page.evaluate(SETTLED)
    drawn = page.evaluate("atlas.drawnNames().map((one) => one.name)")
    assert "Assen" in drawn
    assert not set(drawn) & set(named(page))


def test_far_off_again_the_names_are_gone(visit, page_html):
    page = visit(page_html).page
    page.evaluate(NEAR)
    page.evaluate(SETTLED)
    page.evaluate("atlas.zoom(0)")
    page.evaluate(SETTLED)
    assert named(page) == []


@pytest.mark.parametrize("words", ["GeoNames", "CC BY 4.0"])
def test_source_and_licence_of_the_names_stand_on_the_page(page_html, words):
    assert words in page_html
