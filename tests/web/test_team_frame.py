"""The municipalities of a team fill the map, on the screen and on paper; who wants more zooms out."""

from __future__ import annotations

import pytest
from object_samples import anchors_of, fictitious_objects, team_payload

from atlas.web.page import render
from released_samples import leaving

OWN = ["GM0106", "GM1680"]


@pytest.fixture
def opened(visit, payload):
    objects, evidence = fictitious_objects(20, anchors_of(payload))
    return visit(render(leaving(team_payload(payload, objects, evidence, municipalities=OWN))))


def share(page):
    """How much of the width or the height of what is shown the own municipalities take."""
    return page.evaluate(
        """(own) => {
          const rings = own.flatMap((code) => atlas.shapesOf(atlas.levels.get("gemeente")).get(code)).flat(2);
          const bounds = L.latLngBounds(rings), seen = atlas.map.getBounds();
          if (!seen.contains(bounds)) return 0;
          const size = (box) => [box.getEast() - box.getWest(), box.getNorth() - box.getSouth()];
          return Math.max(...size(bounds).map((one, axis) => one / size(seen)[axis])); }""",
        OWN,
    )


def test_the_own_municipalities_fill_the_map_of_objects_and_that_of_figures(opened):
    page = opened.page
    assert share(page) > 0.8
    page.evaluate("atlas.go({objects: '', indicator: atlas.payload.opening.indicator})")
    assert share(page) > 0.8
    page.evaluate("atlas.zoom(-1); atlas.zoom(-1); atlas.zoom(-1); atlas.zoom(-1)")
    assert page.evaluate(
        "atlas.map.getBounds().contains("
        "L.latLngBounds([...atlas.shapesOf(atlas.levels.get('gemeente')).values()].flat(3)))"
    )
    page.evaluate("atlas.zoom(0)")
    assert share(page) > 0.8


def test_the_own_municipalities_fill_the_drawing_with_and_without_scripts(visit, payload):
    objects, evidence = fictitious_objects(20, anchors_of(payload))
    html = render(leaving(team_payload(payload, objects, evidence, municipalities=OWN)))
    frames = {
        visit(html, scripts=scripts, address="#indicator=" + payload["opening"]["indicator"])
        .page.locator("#drawing").get_attribute("viewBox")
        for scripts in (True, False)
    }  # fmt: skip
    (frame,) = frames
    west, north, width, height = map(int, frame.split())
    assert 100 < width < 350
    assert 100 < height < 500
    assert west > 0
    assert north > 0


def test_for_all_municipalities_the_drawing_is_whole(visit, payload):
    objects, evidence = fictitious_objects(20, anchors_of(payload))
    page = visit(render(leaving(team_payload(payload, objects, evidence)))).page
    assert page.locator("#drawing").get_attribute("viewBox").startswith("0 0 700 ")


def test_circles_and_letters_of_a_picture_are_as_large_as_those_of_its_legend(visit, payload):
    objects, evidence = fictitious_objects(60, anchors_of(payload))
    page = visit(render(leaving(team_payload(payload, objects, evidence, municipalities=OWN)))).page
    sizes = page.evaluate(
        """() => {
          atlas.go({objects: "", indicator: atlas.payload.opening.indicator});
          const view = atlas.view();
          const drawn = atlas.picture("liggend");
          document.body.append(drawn);
          const texts = [...drawn.querySelector("svg").querySelectorAll("text")];
          return texts.map((text) => text.getBoundingClientRect())
            .filter((box) => box.width).map((box) => box.height); }"""
    )
    assert sizes
    assert all(8 < size < 90 for size in sizes)
