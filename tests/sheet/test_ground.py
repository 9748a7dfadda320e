"""The areas in RD and their borders: in the right place, each line once."""

from __future__ import annotations

import pytest
import shapely

from atlas.sheet.ground import borders, ground_of, joined_boundaries, vertices

LEFT, MIDDLE, RIGHT = (shapely.box(x, 0, x + 1, 1) for x in range(3))


def test_the_martini_tower_lies_in_rd_where_the_kadaster_says(payload):
    tower = {
        "type": "MultiPolygon",
        "coordinates": [[[[6.5683, 53.2193], [6.5685, 53.2193], [6.5685, 53.2195]]]],
    }
    tower["coordinates"][0][0].append(tower["coordinates"][0][0][0])
    payload["levels"] = [{"id": "gemeente", "geometry": {"GM0014": tower}}]
    west, south, east, north = ground_of(payload).bounds
    assert west == pytest.approx(233_880, abs=60)
    assert south == pytest.approx(582_060, abs=60)
    assert 5 < east - west < 30
    assert 5 < north - south < 30


def test_all_areas_lie_within_the_two_provinces(payload):
    west, south, east, north = ground_of(payload).bounds
    assert west >= 204_000 - 5_000
    assert south >= 514_000 - 5_000
    assert east <= 279_000 + 5_000
    assert north <= 621_000 + 5_000


def test_levels_cover_the_same_ground(payload):
    shapes = ground_of(payload).shapes
    areas = {
        level: sum(shapely.area(shape) for shape in by_code.values()) for level, by_code in shapes.items()
    }
    assert areas["gemeente"] == pytest.approx(areas["surveyregio"], rel=1e-9)
    assert areas["gemeente"] == pytest.approx(areas["provincie"], rel=1e-9)


def test_a_border_between_two_areas_is_drawn_once():
    solid, dashed = borders({"a": LEFT, "b": MIDDLE}, frozenset())
    assert shapely.length(solid) == pytest.approx(7)
    assert shapely.is_empty(dashed)


def test_a_border_of_an_inferred_area_is_dashed_and_not_solid_as_well():
    solid, dashed = borders({"a": LEFT, "b": MIDDLE, "c": RIGHT}, frozenset({"b", "c"}))
    assert shapely.length(dashed) == pytest.approx(7)
    assert shapely.length(solid) == pytest.approx(3)
    assert shapely.length(shapely.intersection(solid, dashed)) == 0


def test_pieces_of_a_border_run_on():
    assert len(vertices(joined_boundaries({"a": LEFT}))) == 1


def test_the_borders_of_drenthe_are_dashed_on_the_real_map(payload):
    shapes = ground_of(payload).shapes["surveyregio"]
    inferred = frozenset({"SR01", "SR02", "SR03"})
    solid, dashed = borders(shapes, inferred)
    assert shapely.length(shapely.intersection(solid, dashed)) == 0
    whole = joined_boundaries(shapes)
    assert shapely.length(solid) + shapely.length(dashed) == pytest.approx(shapely.length(whole), rel=1e-6)
