"""Points within a distance, for coordinates that still have to be checked."""

import math

import numpy as np
import pytest

from atlas.core.words.errors import AtlasError
from atlas.geo.measuring.circle_counts import count_within

X, Y = [230_000.0, 230_600.0], [570_000.0, 570_800.0]


def test_lists_are_counted_as_arrays_are():
    assert count_within(X, Y, np.array(X), np.array(Y), 1000.0).tolist() == [2, 2]


@pytest.mark.parametrize("radius", [0.0, -1.0, math.nan, math.inf])
def test_a_radius_that_is_no_distance_is_refused(radius):
    with pytest.raises(AtlasError, match="straal"):
        count_within(X, Y, X, Y, radius)


@pytest.mark.parametrize(("x", "y"), [([6.5, 6.6], [53.0, 53.1]), ([230_000.0, math.nan], Y)])
def test_coordinates_that_are_not_rd_are_refused(x, y):
    with pytest.raises(AtlasError):
        count_within(x, y, X, Y, 1000.0)
    with pytest.raises(AtlasError):
        count_within(X, Y, x, y, 1000.0)
