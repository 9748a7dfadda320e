"""Geometries packed without a geometry library are those that a geometry library reads, and the other way."""

import struct

import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.gpkg.geometry import (
    geometry_blob,
    multipolygon,
    point,
    point_blob,
    read_point,
    stored_bounds,
    total_bounds,
)
from atlas.gpkg.reference_systems import ROWS

NUMBERS = st.floats(-1e6, 1e6)
PLACES = st.tuples(NUMBERS, NUMBERS)
LINES = st.lists(PLACES, min_size=2, max_size=5).map(shapely.LineString)
BOXES = st.tuples(NUMBERS, NUMBERS, st.floats(1, 1e4), st.floats(1, 1e4)).map(
    lambda box: shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[3])
)
POINTS = PLACES.map(shapely.Point)
SHAPES = st.one_of(
    POINTS,
    st.tuples(NUMBERS, NUMBERS, NUMBERS).map(shapely.Point),
    LINES,
    BOXES,
    st.lists(POINTS, max_size=3).map(shapely.MultiPoint),
    st.lists(LINES, max_size=3).map(shapely.MultiLineString),
    st.lists(BOXES, max_size=3).map(shapely.MultiPolygon),
    st.lists(st.one_of(POINTS, LINES, BOXES), max_size=3).map(shapely.GeometryCollection),
    st.sampled_from([shapely.Point(), shapely.Polygon(), shapely.LineString()]),
)


def stored(wkb, envelope=b""):
    flags = 0b0000_0001 | (0b0010 if envelope else 0)
    return struct.pack("<2sBBi", b"GP", 0, flags, 28992) + envelope + wkb


@given(SHAPES, st.sampled_from([0, 1]), st.booleans())
def test_the_bounds_of_any_geometry_are_those_that_geos_finds(shape, order, enveloped):
    wkb = shapely.to_wkb(shape, byte_order=order, flavor="iso")
    found = stored_bounds(stored(wkb, bytes(32) if enveloped else b""))
    assert found == (None if shape.is_empty else shape.bounds)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_geometry_have_no_bounds_or_finite_work(tail):
    for blob in (tail, stored(tail), stored(b"\x01\x06\x00\x00\x00\xff\xff\xff\xff" + tail)):
        found = stored_bounds(blob)
        assert found is None or len(found) == 4


@given(BOXES, st.integers(0, 200))
def test_a_geometry_that_is_cut_off_has_no_bounds(shape, length):
    blob = stored(shapely.to_wkb(shape, byte_order=1))
    if length < len(blob):
        assert stored_bounds(blob[:length]) is None


@given(PLACES)
def test_a_point_is_read_back_as_it_was_written(place):
    blob = point_blob(place)
    assert read_point(blob) == place
    assert blob[40:] == shapely.to_wkb(shapely.Point(place), byte_order=1)


@given(st.lists(BOXES, min_size=1, max_size=4))
def test_a_multipolygon_has_the_bytes_that_geos_writes(boxes):
    shape = shapely.MultiPolygon(boxes)
    made = multipolygon(shapely.geometry.mapping(shape)["coordinates"])
    assert made.wkb == shapely.to_wkb(shape, byte_order=1)
    assert made.bounds == shape.bounds
    assert stored_bounds(geometry_blob(made)) == shape.bounds


@given(st.lists(PLACES, min_size=1, max_size=5))
def test_the_total_bounds_hold_every_geometry(places):
    assert total_bounds(point(*place) for place in places) == shapely.MultiPoint(places).bounds


@pytest.mark.parametrize("row", [row for row in ROWS if row[2] == "EPSG"])
def test_a_coordinate_system_is_written_as_proj_writes_it(row):
    system = pyproj.CRS.from_epsg(row[3])
    assert (row[0], row[4]) == (system.name, system.to_wkt("WKT1_GDAL"))
