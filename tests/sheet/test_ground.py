"""The areas in RD and their borders: in the right place, each line once."""

from __future__ import annotations

import pytest
import shapely

from atlas.core.figures.borders import borders
from atlas.sheet.ground import ground_of, vertices


def test_the_martini_tower_lies_in_rd_where_the_kadaster_says(payload):
    tower = {
        "type": "MultiPolygon",
        "coordinates": [[[[6.5683, 53.2193], [6.5685, 53.2193], [6.5685, 53.2195]]]],
    }
    tower["coordinates"][0][0].append(tower["coordinates"][0][0][0])
    payload["levels"] = [{"id": "gemeente", "geometry": {"GM0014": tower}, "inferred_borders": []}]
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


def test_the_sheet_dashes_what_the_core_says_and_each_border_is_drawn_once(payload):
    level = next(level for level in payload["levels"] if level["id"] == "surveyregio")
    decided = borders(level["geometry"], level["inferred_borders"])
    drawn = ground_of(payload).borders["surveyregio"]
    for lines, shown in ((decided.solid, drawn.solid), (decided.inferred, drawn.inferred)):
        assert shapely.get_num_coordinates(shown) > 0
        assert stretches(vertices(shown)) == sum(len(line) - 1 for line in lines)
    assert shapely.length(shapely.intersection(drawn.solid, drawn.inferred)) == 0


def test_pieces_of_a_border_run_on(payload):
    drawn = ground_of(payload).borders["provincie"].solid
    assert len(vertices(drawn)) < stretches(vertices(drawn)) / 20


def test_no_border_of_a_province_is_dashed_on_the_sheet(payload):
    ground = ground_of(payload)
    dashed = ground.borders["surveyregio"].inferred
    assert shapely.length(dashed) > 30_000
    assert shapely.length(shapely.intersection(dashed, ground.borders["provincie"].solid)) == 0


def stretches(lines):
    return sum(len(line) - 1 for line in lines)
