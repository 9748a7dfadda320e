import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.counts.rural_methods import CountrysideMethod
from atlas.core.words.errors import AtlasError
from atlas.geo.measuring.countryside import (
    address_density,
    area_density,
    countryside,
    countryside_codes,
    density_at,
    neighbourhood_density,
)

KOM = CountrysideMethod("kom", {}, "2025-11-01")
KERN = CountrysideMethod("kern", {}, "2021-01-01")
OAD = CountrysideMethod("oad", {}, "2025-01-01")
VILLAGE = shapely.Polygon(
    [(230_000, 580_000), (231_000, 580_000), (231_000, 581_000), (230_000, 581_000)],
    [[(230_400, 580_400), (230_600, 580_400), (230_600, 580_600), (230_400, 580_600)]],
)
OVERLAPPING = shapely.box(230_900, 580_000, 232_000, 581_000)


def shapes(*polygons):
    return gpd.GeoSeries(list(polygons), crs="EPSG:28992")


@pytest.mark.parametrize("method", [KOM, KERN])
def test_outside_the_polygons_is_countryside_and_their_edge_is_not(method):
    x = [230_100, 229_999, 230_500, 230_000, 231_000, 230_400, 230_950]
    y = [580_100, 580_100, 580_500, 580_500, 581_000, 580_500, 580_500]
    answer = countryside(x, y, method, polygons=shapes(VILLAGE, OVERLAPPING, None))
    assert answer.tolist() == [False, True, True, False, False, False, False]


def test_fewer_addresses_than_the_threshold_is_countryside_and_the_threshold_is_not():
    x, y = [230_000.0] * 3, [580_000.0] * 3
    assert countryside(x, y, OAD, densities=[499.99, 500.0, 0.0]).tolist() == [True, False, True]
    stricter = CountrysideMethod("oad", {"drempel_per_km2": 250}, "2025-01-01")
    assert countryside(x, y, stricter, densities=[249.0, 250.0, 499.0]).tolist() == [True, False, False]


def test_a_density_that_is_not_known_is_refused_or_said_but_never_guessed():
    x, y = [230_000.0] * 3, [580_000.0] * 3
    with pytest.raises(AtlasError, match="Niet van elk punt") as refusal:
        countryside(x, y, OAD, densities=[10.0, math.nan, 900.0])
    assert "punt 2" in str(refusal.value)
    assert countryside_codes(x, y, OAD, densities=[10.0, math.nan, 900.0]).tolist() == [
        "ja",
        "onbekend",
        "nee",
    ]


def test_the_density_of_an_address_counts_itself_and_divides_by_the_circle():
    x, y = np.array([230_000.0, 231_000.0, 231_001.0]), np.full(3, 580_000.0)
    assert address_density(x, y) == pytest.approx(np.array([2, 3, 2]) / math.pi)
    assert address_density(x, y, 500) == pytest.approx(np.array([1, 2, 2]) / (math.pi / 4))


def test_a_yard_that_is_no_address_has_the_density_of_the_addresses_around_it():
    assert density_at(
        [230_000.0], [580_000.0], [230_000.0, 230_500.0], [580_999.0, 580_000.0]
    ) == pytest.approx(2 / math.pi)
    assert density_at([230_000.0], [580_000.0], [], []).tolist() == [0.0]


coordinates = st.lists(
    st.tuples(st.integers(0, 3_000_000), st.integers(0, 3_000_000)), min_size=1, max_size=40
).map(lambda points: np.array(points) / 1000 + (230_000, 580_000))


@given(coordinates)
def test_the_density_is_always_the_definition_of_cbs_written_out(points):
    x, y = points.T
    for position, density in enumerate(address_density(x, y)):
        within = [(a - x[position]) ** 2 + (b - y[position]) ** 2 <= 1000.0**2 for a, b in points]
        assert density == pytest.approx(sum(within) / (math.pi * 1.0**2), rel=1e-12)


@given(coordinates)
def test_low_density_agrees_with_the_threshold_for_every_address(points):
    x, y = points.T
    densities = address_density(x, y)
    method = CountrysideMethod("oad", {"drempel_per_km2": 3}, "2025-01-01")
    assert countryside(x, y, method, densities=densities).tolist() == [bool(one < 3) for one in densities]


def test_the_density_of_an_area_is_the_mean_over_its_addresses():
    densities = np.array([100.0, 300.0, 50.0, 999.0])
    found = area_density(densities, np.array([0, 0, 2, -1]), 3)
    assert found[[0, 2]].tolist() == [200.0, 50.0]
    assert math.isnan(found[1])


def test_the_density_of_the_neighbourhood_is_read_and_unknown_stays_unknown():
    frame = gpd.GeoDataFrame(
        {"oad": [620.0, None]},
        geometry=[VILLAGE, shapely.box(240_000, 580_000, 241_000, 581_000)],
        crs="EPSG:28992",
    )
    found = neighbourhood_density([230_100, 240_500, 250_000], [580_100] * 3, frame)
    assert found[0] == 620.0
    assert np.isnan(found[1:]).all()


def test_without_points_there_is_no_answer_and_no_error():
    assert countryside([], [], KOM, polygons=shapes(VILLAGE)).tolist() == []
    assert countryside([], [], OAD, densities=[]).tolist() == []
    assert address_density([], []).tolist() == []


@pytest.mark.parametrize(
    ("method", "given_too", "words"),
    [
        (KOM, {}, "Zonder de vlakken"),
        (KOM, {"polygons": shapes()}, "een lege laag"),
        (KOM, {"polygons": gpd.GeoSeries([VILLAGE])}, "niet in RD New"),
        (OAD, {}, "Bij elk punt"),
        (OAD, {"densities": [1.0, 2.0]}, "2 dichtheden bij 1 punt"),
    ],
)
def test_a_definition_without_its_data_is_refused(method, given_too, words):
    with pytest.raises(AtlasError) as refusal:
        countryside([230_000.0], [580_000.0], method, **given_too)
    assert words in str(refusal.value)


@pytest.mark.parametrize(("x", "y"), [([6.5], [53.2]), ([580_000.0], [230_000.0]), ([math.nan], [580_000.0])])
@pytest.mark.parametrize("method", [KOM, OAD])
def test_coordinates_in_another_system_are_refused(method, x, y):
    with pytest.raises(AtlasError):
        countryside(x, y, method, polygons=shapes(VILLAGE), densities=[1.0])
