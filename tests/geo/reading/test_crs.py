"""One transformation, written out, and a check that notices a wrong coordinate system."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from crs_samples import OLD_PRJ
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.coordinate_checks import appearance, beyond_provinces, place_in_rd
from atlas.core.words.errors import AtlasError
from atlas.geo.reading.crs import check_declared, is_rd, to_rd, to_wgs84

IN_THE_PROVINCES = {"x": st.floats(199_000, 284_000), "y": st.floats(509_000, 626_000)}


@given(**IN_THE_PROVINCES)
def test_the_transformation_is_always_that_of_epsg(x, y):
    named = pyproj.Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True).transform(x, y)
    assert to_wgs84(np.array([[x, y]]))[0] == pytest.approx(named, abs=1e-9)  # 0.1 mm


@given(**IN_THE_PROVINCES)
def test_there_and_back_is_always_the_same_place_within_a_millimetre(x, y):
    there = to_wgs84(np.array([[x, y]]))
    assert to_rd(there)[0] == pytest.approx((x, y), abs=0.001)
    assert 5.5 < there[0, 0] < 7.5
    assert 52.4 < there[0, 1] < 53.8


@pytest.mark.parametrize(
    ("definition", "rd"),
    [
        ("EPSG:28992", True),
        ("EPSG:7415", True),
        (OLD_PRJ, True),
        ("EPSG:4326", False),
        ("EPSG:3857", False),
        ("EPSG:28991", False),
        ("EPSG:32631", False),
    ],
)
def test_rd_is_known_by_its_projection_whatever_its_name(definition, rd):
    assert is_rd(pyproj.CRS(definition)) is rd


@pytest.mark.parametrize(
    ("bounds", "look"),
    [
        ((204_000, 514_000, 279_000, 621_000), "rd"),
        ((514_000, 204_000, 621_000, 279_000), "rd_omgewisseld"),
        ((6.1, 52.6, 7.1, 53.6), "graden"),
        ((3.3, 50.7, 7.3, 53.6), "graden"),
        ((52.6, 6.1, 53.6, 7.1), "graden_omgewisseld"),
        ((680_000, 6_900_000, 790_000, 7_100_000), "onbekend"),
        ((float("nan"),) * 4, "onbekend"),
    ],
)
def test_coordinates_are_judged_by_their_looks(bounds, look):
    assert appearance(bounds) == look


RD_BOUNDS, WGS84_BOUNDS = (204_000, 514_000, 279_000, 621_000), (6.1, 52.6, 7.1, 53.6)


@pytest.mark.parametrize(
    ("declared", "bounds", "sentence"),
    [
        (None, RD_BOUNDS, "niet in welk coördinatenstelsel"),
        ("EPSG:4326", RD_BOUNDS, "klopt niet met de coördinaten"),
        ("EPSG:3857", RD_BOUNDS, "klopt niet met de coördinaten"),
        ("EPSG:28992", WGS84_BOUNDS, "klopt niet met de coördinaten"),
        ("EPSG:3857", WGS84_BOUNDS, "klopt niet met de coördinaten"),
        ("EPSG:4326", (52.6, 6.1, 53.6, 7.1), "verkeerde volgorde"),
        ("EPSG:28992", (514_000, 204_000, 621_000, 279_000), "verkeerde volgorde"),
    ],
)
def test_a_wrong_declaration_is_refused(declared, bounds, sentence):
    with pytest.raises(AtlasError, match=sentence) as caught:
        check_declared(declared and pyproj.CRS(declared), bounds, "grenzen.shp")
    assert caught.value.where == "grenzen.shp"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("declared", "bounds"),
    [
        ("EPSG:28992", RD_BOUNDS),
        (OLD_PRJ, RD_BOUNDS),
        ("EPSG:4326", WGS84_BOUNDS),
        ("EPSG:4258", WGS84_BOUNDS),
    ],
)
def test_a_right_declaration_passes(declared, bounds):
    check_declared(pyproj.CRS(declared), bounds, "grenzen.shp")


def test_five_kilometres_beyond_the_provinces_is_allowed_and_no_more():
    assert not beyond_provinces((199_000, 509_000, 284_000, 626_000))
    assert beyond_provinces((198_999, 514_000, 279_000, 621_000))
    assert beyond_provinces((204_000, 514_000, 279_000, 626_001))


def test_a_place_in_degrees_is_known_in_either_order_and_what_is_nowhere_stays_as_it_is():
    assen = place_in_rd(6.565, 52.995)
    assert assen == place_in_rd(52.995, 6.565)
    assert appearance((*assen, *assen)) == "rd"
    for written in ((234_000.0, 556_000.0), (0.0, 0.0), (6.565, 12.0)):
        assert place_in_rd(*written) == written
