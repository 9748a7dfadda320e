"""Whether a point is far enough from a border, and what is no place and no area at all."""

from __future__ import annotations

import itertools
import json

import geopandas
import numpy as np
import pytest
import shapely
from exact_areas import series
from shapely import Polygon, box

from atlas.core.areas.crs import RD, WGS84
from atlas.core.files.embedded import embedded_path
from atlas.core.words.errors import AtlasError
from atlas.geo.measuring import assign
from atlas.geo.measuring.assign import assign_areas, municipality_certain
from atlas.geo.reading.crs import to_rd


def message(call, *arguments, **options):
    with pytest.raises(AtlasError) as raised:
        call(*arguments, **options)
    return str(raised.value)


@pytest.fixture(scope="module")
def municipalities():
    with embedded_path("data", "boundaries", "gemeenten.geojson").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    return geopandas.GeoSeries(shapely.transform(shapes, to_rd), crs=RD)


def test_a_point_is_uncertain_near_an_internal_border_only():
    areas = series(box(0, 0, 5000, 10_000), box(5000, 0, 10_000, 10_000))
    x = [5000, 4500, 4499.999, 5500, 5500.001, 20, 9990, 4700, 2500, np.nan, np.inf]
    y = [5000, 5000, 5000, 5000, 5000, 5000, 5000, 10_000, 10, 5000, 5000]
    certain = [False, False, True, False, True, True, True, False, True, False, False]
    found = municipality_certain(x, y, areas)
    assert found.dtype == np.bool_
    assert found.tolist() == certain
    assert municipality_certain([5000, 5001], [5000, 5000], areas, distance_m=0).tolist() == [False, True]
    assert municipality_certain([4000, 3999], [5000, 5000], areas, distance_m=1000).tolist() == [False, True]


def test_an_enclave_an_overlap_and_a_touch_are_internal_borders():
    around = Polygon(box(0, 0, 9000, 9000).exterior, [box(4000, 4000, 5000, 5000).exterior])
    assert municipality_certain([4500, 3600, 3400], [4500, 4500, 4500], series(around)).tolist() == [True] * 3
    with_enclave = series(around, box(4000, 4000, 5000, 5000))
    assert municipality_certain([4500, 3600, 3400], [4500, 4500, 4500], with_enclave).tolist() == [
        False,
        False,
        True,
    ]
    overlap = series(box(0, 0, 5000, 9000), box(4000, 0, 9000, 9000))
    assert municipality_certain([3400, 3600, 4550, 5400, 5600], [4500] * 5, overlap).tolist() == [
        True,
        False,
        False,
        False,
        True,
    ]
    touch = series(box(0, 0, 5000, 5000), box(5000, 5000, 9000, 9000))
    assert municipality_certain([5000, 4700, 4600], [5000, 5400, 5400], touch).tolist() == [
        False,
        False,
        True,
    ]


def test_certainty_is_the_distance_to_what_two_municipalities_share(municipalities):
    random = np.random.default_rng(6)
    west, south, east, north = municipalities.total_bounds
    x, y = random.uniform(west, east, 3000), random.uniform(south, north, 3000)
    shared = [
        shapely.intersection(one.boundary, other.boundary)
        for one, other in itertools.combinations(municipalities, 2)
        if one.intersects(other)
    ]
    distance = np.min([shapely.distance(border, shapely.points(x, y)) for border in shared], axis=0)
    certain = municipality_certain(x, y, municipalities)
    np.testing.assert_array_equal(certain, distance > 500)
    assert 0.05 < 1 - certain.mean() < 0.2


def test_areas_alone_empty_or_missing_have_no_internal_border():
    assert municipality_certain([0.5, np.nan], [0.5, 0.5], series(box(0, 0, 1, 1))).tolist() == [True, False]
    assert municipality_certain([0.5], [0.5], series(None, "POLYGON EMPTY", box(0, 0, 1, 1))).tolist() == [
        True
    ]
    assert municipality_certain([], [], geopandas.GeoSeries([])).tolist() == []


def test_certainty_is_the_same_however_the_points_are_cut_up(municipalities, monkeypatch):
    x, y = np.random.default_rng(8).uniform((230_000, 560_000), (240_000, 580_000), (500, 2)).T
    whole = municipality_certain(x, y, municipalities)
    monkeypatch.setattr(assign, "GEOS_CHUNK", 7)
    np.testing.assert_array_equal(municipality_certain(x, y, municipalities), whole)


def test_certainty_cannot_be_measured_in_degrees_or_against_a_crossing_border(municipalities):
    degrees = geopandas.GeoSeries([box(6, 53, 7, 54)], crs=WGS84)
    assert "graden" in message(municipality_certain, [6.5], [53.5], degrees)
    for wrong in (-1, np.nan, np.inf):
        assert "nul of meer meter" in message(
            municipality_certain, [1.0], [1.0], municipalities, distance_m=wrong
        )


@pytest.mark.parametrize("call", [assign_areas, municipality_certain])
def test_wrong_coordinates_get_a_sentence(call):
    areas = series(box(0, 0, 1, 1))
    assert "niet evenveel" in message(call, [1.0, 2.0], [1.0], areas)
    assert "2 keer x en 1 keer y" in message(call, [1.0, 2.0], [1.0], areas)
    assert "geen rij getallen" in message(call, 1.0, 2.0, areas)
    assert "geen rij getallen" in message(call, [[1.0]], [[2.0]], areas)
    assert "geen rij getallen" in message(call, [[1.0], [1.0, 2.0]], [1.0, 2.0], areas)
    assert "geen rij getallen" in message(call, [{}], [1.0], areas)
    for wrong in (
        ["1"],
        np.array(["1"], dtype=object),
        [True],
        [1j],
        np.array(["2020-01-01"], dtype="M8[D]"),
    ):
        assert "De y-coördinaten zijn geen getallen" in message(call, [1.0], wrong, areas)


@pytest.mark.parametrize("call", [assign_areas, municipality_certain])
def test_areas_that_are_no_polygons_get_a_sentence(call):
    good = box(0, 0, 1, 1)
    for wrong in (
        "POINT (1 1)",
        "LINESTRING (0 0, 1 1)",
        "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)))",
    ):
        text = message(call, [0.5], [0.5], series(good, wrong))
        assert "geen vlak" in text
        assert "gebied 2" in text
    assert "geen vlak" in message(call, [0.5], [0.5], [good, "POLYGON"])
    assert "geen rij vlakken" in message(
        call, [0.5], [0.5], geopandas.GeoDataFrame({"a": [1]}, geometry=[good])
    )
    for value in (np.nan, np.inf):
        with np.errstate(invalid="ignore"):
            wrong = Polygon([(0, 0), (1, value), (1, 1)])
        text = message(call, [0.5], [0.5], series(None, good, wrong))
        assert "zonder geldige coördinaten" in text
        assert "gebied 3" in text
    pierced = Polygon(good.exterior, [[(0.5, 0.5), (3, 0.5), (3, 0.7)]])
    assert "gat" in message(call, [0.5], [0.5], series(good, pierced))
