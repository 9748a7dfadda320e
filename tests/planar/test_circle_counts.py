"""The number of points within a distance: always that of measuring every distance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.planar.circle_counts import count_within

WEST, SOUTH = 230_000.0, 570_000.0
# whole metres hit the rim and the edges of cells; thousandths are how the BAG writes them
whole = st.integers(0, 4_000).map(float)
exact = st.integers(0, 4_000_000).map(lambda millimetres: millimetres / 1000)
places = st.lists(st.tuples(st.one_of(whole, exact), st.one_of(whole, exact)), min_size=1, max_size=60)
radii = st.one_of(st.sampled_from((1.0, 5.0, 250.0, 500.0, 1000.0)), st.floats(0.01, 5_000))


def columns(points):
    array = np.array(points, dtype=np.float64).reshape(-1, 2)
    return array[:, 0] + WEST, array[:, 1] + SOUTH


def measured_one_by_one(x, y, points_x, points_y, radius):
    dx, dy = points_x - x[:, np.newaxis], points_y - y[:, np.newaxis]
    return (dx * dx + dy * dy <= radius * radius).sum(axis=1)


@given(places, places, radii)
def test_the_count_is_always_that_of_measuring_every_distance(here, there, radius):
    x, y, points_x, points_y = *columns(here), *columns(there)
    counts = count_within(x, y, points_x, points_y, radius)
    assert counts.tolist() == measured_one_by_one(x, y, points_x, points_y, radius).tolist()


@pytest.mark.parametrize("radius", [3.0, 40.0, 250.0, 1000.0])
def test_a_dense_town_is_counted_exactly(radius):
    chance = np.random.default_rng(7)
    x = np.round(WEST + np.abs(chance.normal(0, 800, 3_000)), 3)
    y = np.round(SOUTH + chance.uniform(0, 3_000, 3_000), 0)
    assert np.array_equal(count_within(x, y, x, y, radius), measured_one_by_one(x, y, x, y, radius))


def test_a_point_at_the_distance_itself_is_within():
    x, y = columns([(0, 0)])
    points_x, points_y = columns([(600, 800), (1000, 0), (0, 1000), (600.001, 800), (1000.001, 0)])
    assert count_within(x, y, points_x, points_y, 1000.0).tolist() == [3]


def test_points_on_top_of_each_other_all_count():
    x, y = columns([(10, 10)] * 500)
    assert count_within(x, y, x, y, 0.5).tolist() == [500] * 500


def test_places_far_outside_the_points_count_nothing():
    x, y = columns([(-200_000, 0), (40_000, 0), (0, 50_000), (0, -200_000)])
    points_x, points_y = columns([(0, 0), (5, 5)])
    assert count_within(x, y, points_x, points_y, 1000.0).tolist() == [0, 0, 0, 0]


def test_points_all_over_the_country_are_counted_with_larger_cells():
    x, y = columns([(-220_000, -260_000), (40_000, 50_000), (40_000.5, 50_000)])
    assert count_within(x, y, x, y, 1.0).tolist() == [1, 2, 2]


def test_without_places_or_points_there_is_nothing_to_count():
    none = np.empty(0)
    x, y = columns([(0, 0), (1, 1)])
    assert count_within(none, none, x, y, 10.0).tolist() == []
    assert count_within(x, y, none, none, 10.0).tolist() == [0, 0]
