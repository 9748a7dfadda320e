"""The boundary files: made by their script, complete, and fitting together without a gap or an overlap."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import geopandas
import pytest
import shapely

ROOT = Path(__file__).resolve().parents[3]
BOUNDARIES = ROOT / "data" / "boundaries"
LEVELS = ("gemeenten", "surveyregios", "provincies")
FILES = (*LEVELS, "wijken")
COUNTS = {"gemeenten": 22, "surveyregios": 8, "provincies": 2, "wijken": 312}


@pytest.fixture(scope="module", params=FILES)
def collection(request):
    return request.param, json.loads((BOUNDARIES / f"{request.param}.geojson").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def frames():
    return {name: geopandas.read_file(BOUNDARIES / f"{name}.geojson").set_index("code") for name in FILES}


def rings(feature):
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def vertices(feature):
    return {tuple(vertex) for ring in rings(feature) for vertex in ring}


def borders(shape):
    """Each edge of a shape, in no direction."""
    edges = set()
    for polygon in shape.geoms if shape.geom_type == "MultiPolygon" else [shape]:
        corners = [(x, y) for x, y in polygon.exterior.coords]
        edges |= {frozenset(edge) for edge in pairwise(corners)}
    return edges


def test_the_script_writes_the_same_bytes_again(tmp_path):
    script = BOUNDARIES / "make_boundaries.py"
    subprocess.run([sys.executable, "-W", "error", script, tmp_path], check=True, capture_output=True)
    for name in FILES:
        assert (tmp_path / f"{name}.geojson").read_bytes() == (BOUNDARIES / f"{name}.geojson").read_bytes()


def test_each_file_says_where_it_comes_from(collection):
    name, content = collection
    assert content["name"] == name
    assert "CBS" in content["bron"]
    assert content["peildatum"] == "2022-01-01"
    assert content["licentie"].startswith("CC BY 4.0")
    assert content["nauwkeurigheid"]


def test_each_file_has_its_areas_and_properties(collection):
    name, content = collection
    expected = {
        "code",
        "naam",
        "provincie_code",
        "oppervlakte_km2",
        "oppervlakte_land_km2",
        "label_lon",
        "label_lat",
    }
    expected |= {"leden", "lidmaatschap"} if name == "surveyregios" else set()
    expected |= {"gemeente_code"} if name == "wijken" else set()
    assert len(content["features"]) == COUNTS[name]
    for feature in content["features"]:
        assert set(feature["properties"]) == expected
        assert feature["properties"]["oppervlakte_land_km2"] is None


def test_the_names_and_codes_are_those_of_the_tables(collection):
    name, content = collection
    if name == "wijken":  # there is no table of them: a code says its municipality
        for item in content["features"]:
            assert item["properties"]["gemeente_code"] == f"GM{item['properties']['code'][2:6]}"
            assert item["properties"]["naam"]
        return
    with (ROOT / "data" / "areas" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        table = {row["code"]: row["naam"] for row in csv.DictReader(file)}
    assert {item["properties"]["code"]: item["properties"]["naam"] for item in content["features"]} == table


def test_no_vertex_follows_itself_and_every_ring_is_closed(collection):
    for feature in collection[1]["features"]:
        for ring in rings(feature):
            assert ring[0] == ring[-1]
            assert all(here != there for here, there in pairwise(ring))


def test_coordinates_have_at_most_four_decimals_and_lie_in_the_north(collection):
    for feature in collection[1]["features"]:
        for lon, lat in vertices(feature):
            assert (lon, lat) == (round(lon, 4), round(lat, 4))
            assert 6.0 < lon < 7.3
            assert 52.5 < lat < 53.7


def test_outer_rings_run_counter_clockwise_as_geojson_asks(collection):
    for feature in collection[1]["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for outer, *holes in parts:
            assert shapely.is_ccw(shapely.linearrings(outer))
            assert not any(shapely.is_ccw(shapely.linearrings(hole)) for hole in holes)


def test_every_shape_is_valid_and_holds_its_label_in_its_largest_part(frames):
    for frame in frames.values():
        assert frame.geometry.is_valid.all()
        for row in frame.itertuples():
            parts = row.geometry.geoms if row.geometry.geom_type == "MultiPolygon" else [row.geometry]
            largest = max(parts, key=lambda part: part.area)
            assert largest.contains(shapely.Point(row.label_lon, row.label_lat))


def test_the_area_is_measured_in_rd(frames):
    for name, frame in frames.items():
        measured = frame.to_crs("EPSG:28992").area / 1e6
        assert (measured - frame["oppervlakte_km2"]).abs().max() <= 0.0051
        assert frame["oppervlakte_km2"].sum() == pytest.approx(5068.04, abs=0.2 if name == "wijken" else 0.05)


@pytest.mark.parametrize("name", LEVELS)
def test_neighbours_share_their_border_exactly(frames, name):
    """No gap, no overlap: the areas add up to the area of their union, and no two overlap."""
    shapes = frames[name].to_crs("EPSG:28992").geometry
    assert shapely.coverage_is_valid(frames[name].geometry.to_numpy())
    assert shapes.area.sum() == pytest.approx(shapes.union_all().area, abs=0.001)
    for left, right in combinations(frames[name].geometry, 2):
        assert left.intersection(right).area == 0
        if left.touches(right):
            shared = left.intersection(right)
            lines = [part for part in getattr(shared, "geoms", [shared]) if part.geom_type == "LineString"]
            assert not lines or borders(left) & borders(right)


def test_the_wijken_fill_their_municipality_and_do_not_overlap(frames):
    """Up to what the simplification left: 372 m² where a ring crossed itself."""
    shapes = frames["wijken"].to_crs("EPSG:28992")
    assert shapes.area.sum() == pytest.approx(shapes.union_all().area, abs=400)
    municipalities = frames["gemeenten"].to_crs("EPSG:28992")
    for code, wijken in shapes.groupby("gemeente_code"):
        off = wijken.union_all().symmetric_difference(municipalities.geometry[code])
        assert off.area < 100_000


@pytest.mark.parametrize("name", ["surveyregios", "provincies"])
def test_a_dissolved_area_is_the_union_of_its_members(frames, name):
    municipalities = frames["gemeenten"]
    for code, row in frames[name].iterrows():
        listed = row["leden"].split(",") if name == "surveyregios" else None
        parts = (
            municipalities.loc[listed] if listed else municipalities[municipalities["provincie_code"] == code]
        )
        union = shapely.union_all(parts.geometry.to_numpy())
        assert row.geometry.equals(union)
        assert row["oppervlakte_km2"] == pytest.approx(parts["oppervlakte_km2"].sum(), abs=0.05)


@pytest.mark.parametrize("name", ["surveyregios", "provincies"])
def test_dissolving_makes_and_moves_no_vertex(frames, name):
    """Every edge of a region is an edge of exactly one of the municipalities: no sliver can arise."""
    edges = [edge for shape in frames["gemeenten"].geometry for edge in borders(shape)]
    for shape in frames[name].geometry:
        assert borders(shape) <= set(edges)
        assert all(not part.interiors for part in getattr(shape, "geoms", [shape]))


def test_regions_cover_each_province_once(frames):
    for code, province in frames["provincies"].iterrows():
        regions = frames["surveyregios"][frames["surveyregios"]["provincie_code"] == code]
        members = [member for listed in regions["leden"] for member in listed.split(",")]
        of_province = frames["gemeenten"][frames["gemeenten"]["provincie_code"] == code].index
        assert sorted(members) == sorted(of_province)
        assert regions["oppervlakte_km2"].sum() == pytest.approx(province["oppervlakte_km2"], abs=0.05)


def test_the_inferred_regions_are_marked(frames):
    marked = frames["surveyregios"].groupby("lidmaatschap")["naam"].apply(sorted).to_dict()
    assert marked["afgeleid"] == ["Noord-Drenthe", "Zuidoost-Drenthe", "Zuidwest-Drenthe"]
    assert len(marked["vermeld"]) == 5
