"""A place is certain beyond the margin of each border, and only there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely

from atlas.core.areas.detailed_borders import rings, stretches
from atlas.planar.certain_places import certain_places


def beside(kind, distances):
    """Places at distances to the right of the longest edge of a kind of border."""
    edges = [edge for one in stretches() if one.kind == kind for edge in pairwise(one.line)]
    (x, y), (to_x, to_y) = max(edges, key=lambda edge: np.hypot(*np.subtract(*edge)))
    length = np.hypot(to_x - x, to_y - y)
    across = np.array([to_y - y, x - to_x]) / length
    return np.array([(x + to_x) / 2, (y + to_y) / 2]) + np.outer(distances, across)


@pytest.mark.parametrize(
    ("kind", "margin"), [("gemeentegrens", 5.0), ("vereenvoudigd", 150.0), ("buitengrens", 5.0)]
)
def test_the_margin_of_a_border_is_its_own(kind, margin):
    places = beside(kind, np.array([0, 0.9, 1.1, -0.9, -1.1]) * margin)
    assert certain_places(*places.T).tolist() == [False, False, True, False, True]


def test_the_coast_leaves_no_place_uncertain():
    assert certain_places(*beside("kust", [0.0, 1.0, -1.0]).T).all()


def test_the_answer_is_the_distance_to_every_stretch():
    random = np.random.default_rng(9)
    # near vertices of borders, so that both answers occur often
    vertices = np.array([vertex for one in stretches() for vertex in one.line[::40]])
    x, y = (vertices + random.normal(0, 60, vertices.shape)).T
    expected = np.ones(x.size, dtype=bool)
    for one in stretches():
        if one.margin_m:
            expected &= shapely.distance(shapely.linestrings(one.line), shapely.points(x, y)) > one.margin_m
    assert 0.05 < expected.mean() < 0.95
    np.testing.assert_array_equal(certain_places(x, y), expected)


def test_within_a_region_no_border_between_its_members_counts():
    inner = next(one for one in stretches() if {one.right, one.left} == {"GM0106", "GM1730"})
    middle = inner.line[len(inner.line) // 2]
    place = np.array([middle]).T
    assert not certain_places(*place)[0]
    assert certain_places(*place, "provincie")[0]


def test_a_place_that_is_no_place_is_not_certain():
    assert (
        certain_places(np.array([np.nan, 233_000.0]), np.array([557_000.0, np.inf])).tolist() == [False] * 2
    )


def test_of_the_land_hardly_any_is_uncertain():
    west, south, east, north = shapely.bounds(
        shapely.multipolygons([shapely.polygons(ring) for own in rings("gemeente").values() for ring in own])
    )
    x, y = np.random.default_rng(1).uniform((west, south), (east, north), (200_000, 2)).T
    assert certain_places(x, y).mean() > 0.99
