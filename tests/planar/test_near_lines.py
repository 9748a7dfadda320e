"""Near a line: the answer is that of measuring every distance, or "undecided" where rounding decides."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.planar.near_lines import near_lines

WEST, SOUTH = 230_000.0, 570_000.0
whole = st.integers(-2_000, 4_000).map(float)
exact = st.integers(-2_000_000, 4_000_000).map(lambda millimetres: millimetres / 1000)
places = st.tuples(st.one_of(whole, exact), st.one_of(whole, exact))


def asked(lines, distance, points):
    """Near or not, and undecided, for points and lines given from a corner in RD New."""
    corner = np.array([[WEST], [SOUTH]])
    ends = np.add(np.array(lines, dtype=np.float64).reshape(-1, 4).T, np.tile(corner, (2, 1)))
    x, y = np.add(np.array(points, dtype=np.float64).reshape(-1, 2).T, corner)
    near, undecided = near_lines(ends, distance).near(x, y)
    drawn = shapely.multilinestrings([shapely.linestrings(ends.T.reshape(-1, 2, 2))])[0]
    return near, set(undecided.tolist()), shapely.distance(drawn, shapely.points(x, y))


@given(
    st.lists(st.tuples(places, places), min_size=1, max_size=12),
    st.lists(places, min_size=1, max_size=40),
    st.sampled_from([5.0, 250.0, 500.0, 1_700.0]),
)
def test_the_answer_is_always_that_of_geos_where_it_is_decided(lines, points, distance):
    near, undecided, away = asked(lines, distance, points)
    for number, far in enumerate(away.tolist()):
        if number not in undecided:
            assert near[number] == (far <= distance), far
        else:
            assert far == pytest.approx(distance, rel=1e-5)


def test_a_point_at_the_distance_itself_is_left_undecided():
    _near, undecided, away = asked([(0, 0, 1_000, 0)], 500.0, [(300, 500), (300, 499), (300, 501)])
    assert away.tolist() == [500, 499, 501]
    assert undecided == {0}


def test_around_an_end_the_distance_is_round():
    near, undecided, _away = asked([(0, 0, 1_000, 0)], 500.0, [(1_353, 353), (1_354, 354), (-354, -354)])
    assert near.tolist() == [True, False, False]
    assert not undecided


def test_a_line_without_length_is_a_point():
    near, _undecided, _away = asked([(100, 100, 100, 100)], 10.0, [(100, 109), (108, 108), (100, 100)])
    assert near.tolist() == [True, False, True]


def test_points_far_off_the_grid_are_not_near():
    near, undecided, _away = asked([(0, 0, 10, 10)], 5.0, [(-200_000, 0), (0, 300_000), (60_000, -500_000)])
    assert not near.any()
    assert not undecided


def test_few_points_are_measured_one_by_one():
    lines = near_lines(np.array([[0.0], [0.0], [10_000.0], [7_000.0]]), 500.0)
    rows, columns = lines.table.shape
    assert (lines.table >= 0).sum() < 0.2 * rows * columns
