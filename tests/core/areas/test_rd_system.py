"""RD New without PROJ is where PROJ says it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.crs import rd_from_wgs84
from atlas.core.areas.embedded_boundaries import embedded_boundaries
from atlas.geo.reading.crs import to_rd

#: a micrometre; a hundred times less was measured
TOLERANCE_M = 1e-6


def test_every_vertex_of_the_embedded_boundaries_is_where_proj_puts_it():
    shapes, _source = embedded_boundaries()
    vertices = np.array(
        [
            vertex
            for areas in shapes.values()
            for area in areas.values()
            for polygon in area["geometry"]["coordinates"]
            for ring in polygon
            for vertex in ring
        ]
    )
    assert len(vertices) > 7000
    own = np.array([rd_from_wgs84(*vertex) for vertex in vertices.tolist()])
    assert np.abs(own - to_rd(vertices)).max() < TOLERANCE_M


@given(st.floats(3.0, 7.6), st.floats(50.5, 54.0))
def test_every_place_in_the_netherlands_is_where_proj_puts_it(longitude, latitude):
    known = to_rd(np.array([[longitude, latitude]]))[0]
    assert rd_from_wgs84(longitude, latitude) == pytest.approx(tuple(known), abs=TOLERANCE_M)
