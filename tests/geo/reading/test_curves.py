"""Arcs become lines that stay near them; everything else stays what it was."""

from __future__ import annotations

import math
import struct
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.geo.reading.curves import arc, is_curved, straightened

CIRCLE = [(0.0, 100.0), (100.0, 0.0), (0.0, -100.0), (-100.0, 0.0), (0.0, 100.0)]


def places(points, numbers=2):
    flat = [number for point in points for number in (*point, *[7.0] * (numbers - 2))]
    return struct.pack(f"<I{len(flat)}d", len(points), *flat)


def head(kind, count=None):
    return struct.pack("<BI", 1, kind) + (b"" if count is None else struct.pack("<I", count))


def curve_polygon(kind=10, ring=8, numbers=2):
    return head(kind, 1) + head(ring) + places(CIRCLE, numbers)


@pytest.mark.parametrize(
    ("kind", "ring", "numbers"), [(10, 8, 2), (1010, 1008, 3), (2010, 2008, 3), (3010, 3008, 4)]
)
def test_a_circle_of_arcs_is_a_circle_with_or_without_height(kind, ring, numbers):
    polygon = shapely.from_wkb(straightened(curve_polygon(kind, ring, numbers)))
    assert polygon.area == pytest.approx(math.pi * 100**2, rel=2e-3)
    assert max(abs(math.dist((0, 0), point) - 100) for point in polygon.exterior.coords) < 1e-6


def test_an_arc_and_a_line_together_are_one_ring():
    compound = head(9, 2) + head(8) + places([(0, 0), (5, 5), (10, 0)]) + head(2) + places([(10, 0), (0, 0)])
    polygon = shapely.from_wkb(straightened(head(10, 1) + compound))
    assert polygon.is_valid
    assert polygon.area == pytest.approx(math.pi * 25 / 2, rel=2e-2)


@pytest.mark.parametrize(("kind", "straight"), [(12, "MultiPolygon"), (7, "GeometryCollection")])
def test_collections_of_curves_are_collections_of_lines(kind, straight):
    shape = shapely.from_wkb(straightened(head(kind, 2) + curve_polygon() * 2))
    assert shape.geom_type == straight
    assert len(shape.geoms) == 2


def test_what_has_no_curves_stays_what_it_is():
    for shape in (shapely.Point(1, 2), shapely.box(0, 0, 2, 3), shapely.LineString([(0, 0), (1, 1)])):
        wkb = shapely.to_wkb(shape)
        assert not is_curved(wkb)
        assert shapely.from_wkb(straightened(wkb)).equals(shape)


@given(st.integers(0, len(curve_polygon()) - 1))
def test_a_geometry_that_breaks_off_is_an_error_and_nothing_else(size):
    with pytest.raises(ValueError, match="geometry"):
        straightened(curve_polygon()[:size])


@given(
    radius=st.floats(0.5, 5_000),
    first=st.floats(0, math.tau),
    turn=st.floats(0.05, math.tau - 0.05),
    clockwise=st.booleans(),
)
def test_lines_stay_within_the_tolerance_of_the_arc(radius, first, turn, clockwise):
    sign = -1 if clockwise else 1

    def on(angle):
        return radius * math.cos(first + sign * angle), radius * math.sin(first + sign * angle)

    line = [on(0), *arc(on(0), on(turn / 2), on(turn), 0.05)]
    assert line[-1] == on(turn)
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(line)]
    assert all(radius - 0.2 < math.hypot(*middle) < radius + 0.01 for middle in middles)
    assert sum(math.dist(a, b) for a, b in pairwise(line)) == pytest.approx(radius * turn, rel=0.02)
