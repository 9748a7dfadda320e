"""A user's own boundaries: recognised in every form, refused with a sentence when they are wrong."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from crs_samples import OLD_PRJ
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas
from atlas.core.areas.embedded_boundaries import embedded_file
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import boundary_payload, load_boundaries


def municipalities(crs="EPSG:4326"):
    """The 22 as CBS serves them: statcode and statnaam."""
    frame = gpd.read_file(embedded_file("gemeente")).rename(columns={"code": "statcode", "naam": "statnaam"})
    return frame[["statcode", "statnaam", "geometry"]].to_crs(crs)


def elsewhere(crs="EPSG:4326"):
    boxes = [shapely.box(5.1, 52.0, 5.2, 52.1), shapely.box(4.3, 52.0, 4.4, 52.1)]
    names = {"statcode": ["GM0344", "GM0518"], "statnaam": ["Utrecht", "'s-Gravenhage"]}
    return gpd.GeoDataFrame(names, geometry=boxes, crs="EPSG:4326").to_crs(crs)


def write(frame, path, **options):
    frame.to_file(path, engine="pyogrio", **options)
    return path


def refused(path, level="gemeente"):
    with pytest.raises(AtlasError) as caught:
        load_boundaries(level, path)
    assert caught.value.where.startswith(str(path))
    return caught.value


def same_shapes(frame):
    ours = load_boundaries("gemeente").set_index("code")
    found = frame.set_index("code")
    moved = found.geometry.symmetric_difference(ours.geometry, align=True).area
    return (moved < 0.0001 * ours.geometry.area).all()  # files in RD were made with another route of PROJ


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("grenzen.gpkg", "EPSG:28992"),
        ("grenzen.shp", "EPSG:28992"),
        ("grenzen.geojson", "EPSG:4326"),
        ("grenzen.fgb", "EPSG:4258"),
        ("grenzen.gpkg", "EPSG:3857"),
        ("grenzen.gpkg", "EPSG:7415"),
    ],
)
def test_every_common_format_and_system_gives_the_same_areas(tmp_path, name, crs):
    found = load_boundaries("gemeente", write(municipalities(crs), tmp_path / name))
    assert len(found) == 22
    assert same_shapes(found)
    assert found.attrs["waarschuwingen"] == []
    assert found.attrs["bron"] == f"eigen grensbestand {name}"


def test_geoparquet_is_read(tmp_path):
    path = tmp_path / "gemeenten.parquet"
    municipalities().to_parquet(path)
    assert same_shapes(load_boundaries("gemeente", path))


def test_a_shapefile_with_an_old_prj_is_not_moved(tmp_path):
    """Without a datum shift such a file ends up 100-200 m away."""
    path = write(municipalities("EPSG:28992"), tmp_path / "grenzen.shp")
    path.with_suffix(".prj").write_text(OLD_PRJ)
    assert same_shapes(load_boundaries("gemeente", path))


def test_heights_are_dropped(tmp_path):
    frame = municipalities()
    frame["geometry"] = shapely.force_3d(frame.geometry.to_numpy(), 1.5)
    found = load_boundaries("gemeente", write(frame, tmp_path / "hoog.gpkg"))
    assert not found.has_z.any()


@pytest.mark.parametrize(
    ("code_column", "codes"),
    [
        ("statcode", lambda code: code),
        ("gemeentecode", lambda code: code[2:]),
        ("CODE", lambda code: f"{code} "),
        ("jrstatcode", lambda code: f"2025{code}"),
        ("gm_code", lambda code: int(code[2:])),
        ("identificatie", lambda code: code),
    ],
)
def test_codes_are_recognised_in_every_form(tmp_path, code_column, codes):
    frame = municipalities()
    frame[code_column] = [codes(code) for code in frame["statcode"]]
    frame = frame[[code_column, "geometry"]]
    assert same_shapes(load_boundaries("gemeente", write(frame, tmp_path / "g.gpkg")))


@pytest.mark.parametrize("form", ["an object on each line", "letters of Windows"])
def test_a_geojson_that_is_no_json_to_the_letter_is_read(tmp_path, form):
    path = write(municipalities(), tmp_path / "grenzen.geojson")
    text = path.read_text(encoding="utf-8")
    if form == "letters of Windows":
        text = text.replace('"name": "grenzen"', '"bron": "Café"')
        path.write_bytes(text.encode("cp1252"))
    else:
        features = json.loads(text)["features"]
        path.write_text("\n".join(json.dumps(feature) for feature in features), encoding="utf-8")
    assert same_shapes(load_boundaries("gemeente", path))


@pytest.mark.parametrize("name_column", ["statnaam", "gemeentenaam", "Naam"])
def test_without_codes_official_names_will_do(tmp_path, name_column):
    frame = municipalities().rename(columns={"statnaam": name_column})[[name_column, "geometry"]]
    assert same_shapes(load_boundaries("gemeente", write(frame, tmp_path / "g.gpkg")))


def test_a_column_that_only_looks_like_codes_loses_from_the_one_that_is(tmp_path):
    frame = municipalities()
    frame["code"] = range(1, 23)  # row numbers, of which 14 is a municipality, 20 and 22 are provinces
    path = write(frame, tmp_path / "g.gpkg")
    assert same_shapes(load_boundaries("gemeente", path))
    assert load_boundaries("provincie", path)["oppervlakte_km2"].sum() == pytest.approx(5068, abs=1)


def test_a_file_with_provinces_only_gives_the_provinces(tmp_path):
    frame = gpd.read_file(embedded_file("provincie"))[["code", "naam", "geometry"]]
    path = write(frame, tmp_path / "provincies.gpkg")
    assert list(load_boundaries("provincie", path)["code"]) == ["PV20", "PV22"]
    assert "Assen" in refused(path).got


def test_the_rest_of_the_country_is_left_out(tmp_path):
    frame = pd.concat([elsewhere(), municipalities()], ignore_index=True)
    found = load_boundaries("gemeente", write(frame, tmp_path / "nederland.gpkg"))
    assert same_shapes(found)


def test_the_water_of_a_municipality_is_no_second_municipality(tmp_path):
    land = municipalities().assign(water="NEE")
    water = land[land["statcode"] == "GM1966"].assign(water="JA")
    frame = pd.concat([land, water], ignore_index=True)
    assert len(load_boundaries("gemeente", write(frame, tmp_path / "wijkenbuurten.gpkg"))) == 22


def test_parts_of_an_area_are_put_together_and_that_is_said(tmp_path):
    parts = municipalities().explode(ignore_index=True)
    found = load_boundaries("gemeente", write(parts, tmp_path / "delen.gpkg"))
    assert same_shapes(found)
    assert any("Het Hogeland staat in" in warning for warning in found.attrs["waarschuwingen"])


def test_a_geopackage_with_several_layers_is_asked_for_the_one_with_the_level(tmp_path):
    path = write(elsewhere(), tmp_path / "alles.gpkg", layer="wijken")
    write(municipalities(), path, layer="gemeenten")
    assert same_shapes(load_boundaries("gemeente", path))
    other = write(elsewhere(), tmp_path / "anders.gpkg", layer="wijken")
    write(elsewhere(), other, layer="buurten")
    error = refused(other)
    assert "meer dan één laag" in error.title
    assert "wijken" in error.got


@pytest.mark.parametrize("level", ["surveyregio", "provincie"])
def test_regions_and_provinces_are_dissolved_from_municipalities(tmp_path, level):
    found = load_boundaries(level, write(municipalities(), tmp_path / "gemeenten.gpkg")).set_index("code")
    ours = load_boundaries(level).set_index("code")
    assert list(found.index) == list(ours.index)
    moved = found.geometry.symmetric_difference(ours.geometry, align=True).area
    assert (moved < 0.0001 * ours.geometry.area).all()


def test_a_folder_gives_every_level_its_file_and_dissolves_the_rest(tmp_path):
    write(municipalities("EPSG:28992"), tmp_path / "gemeenten.shp")
    shapes, source, warnings = boundary_payload(tmp_path)
    assert {level: len(found) for level, found in shapes.items()} == {
        "gemeente": 22,
        "surveyregio": 8,
        "provincie": 2,
    }
    assert "eigen grensbestand gemeenten.shp" in source
    assert warnings == []


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(AtlasError, match="geen bestand met de gemeenten"):
        boundary_payload(tmp_path)


def test_neighbours_still_share_their_border_after_rounding(tmp_path):
    path = write(municipalities("EPSG:28992"), tmp_path / "gemeenten.gpkg")
    shapes = boundary_payload(path)[0]["gemeente"]
    whole = shapely.union_all([shapely.geometry.shape(shape["geometry"]) for shape in shapes.values()])
    parts = sum(shapely.geometry.shape(shape["geometry"]).area for shape in shapes.values())
    assert whole.area == pytest.approx(parts, rel=1e-9)


def test_anchors_lie_inside_their_area(tmp_path):
    path = write(municipalities(), tmp_path / "gemeenten.gpkg")
    for found in boundary_payload(path)[0].values():
        for shape in found.values():
            assert shapely.geometry.shape(shape["geometry"]).contains(shapely.Point(shape["anchor"]))


def test_a_land_area_in_the_file_is_used(tmp_path):
    frame = municipalities()
    frame["oppervlakte_land_in_ha"] = [18560 if code == "GM0014" else -99997 for code in frame["statcode"]]
    path = write(frame, tmp_path / "gemeenten.gpkg")
    shapes = boundary_payload(path)[0]
    assert shapes["gemeente"]["GM0014"]["oppervlakte_land_km2"] == 185.6
    assert shapes["surveyregio"]["SR05"]["oppervlakte_land_km2"] == 185.6
    assert shapes["gemeente"]["GM1966"].get("oppervlakte_land_km2") is None


# --- what is refused


def test_rd_coordinates_declared_as_wgs84(tmp_path):
    collection = json.loads(municipalities("EPSG:28992").to_json(drop_id=True))
    collection.pop("crs")  # GeoJSON without crs is WGS84 by its standard
    path = tmp_path / "rd.geojson"
    path.write_text(json.dumps(collection))
    assert "RD-coördinaten" in refused(path).got


def test_wgs84_coordinates_declared_as_rd(tmp_path):
    path = write(municipalities().set_crs("EPSG:28992", allow_override=True), tmp_path / "graden.gpkg")
    assert "lengte- en breedtegraden" in refused(path).got


def test_no_coordinate_system_at_all(tmp_path):
    path = write(municipalities("EPSG:28992"), tmp_path / "zonder.shp")
    path.with_suffix(".prj").unlink()
    assert "niet in welk coördinatenstelsel" in refused(path).title


def test_swapped_coordinates(tmp_path):
    frame = municipalities()
    frame["geometry"] = shapely.transform(frame.geometry.to_numpy(), lambda points: points[:, ::-1])
    path = write(frame, tmp_path / "omgewisseld.geojson")
    assert "verkeerde volgorde" in refused(path).title


def test_areas_in_another_place_are_named(tmp_path):
    frame = municipalities("EPSG:28992")
    west = frame["statcode"].isin(["GM0106", "GM0114"])
    frame.loc[west, "geometry"] = frame.loc[west, "geometry"].translate(-100_000)
    error = refused(write(frame, tmp_path / "elders.gpkg"))
    assert "5 km buiten Drenthe en Groningen" in error.title
    assert error.got == "Assen, Emmen"


def test_a_border_that_crosses_itself_is_refused_by_name(tmp_path):
    frame = municipalities("EPSG:28992")
    bow_tie = shapely.Polygon(
        [(230_000, 550_000), (250_000, 570_000), (250_000, 550_000), (230_000, 570_000)]
    )
    frame.loc[frame["statcode"] == "GM0106", "geometry"] = bow_tie
    error = refused(write(frame, tmp_path / "strik.gpkg"))
    assert "snijden zichzelf" in error.title
    assert error.got == "Assen"


def test_a_crossing_of_no_size_is_repaired_and_said(tmp_path):
    frame = municipalities("EPSG:28992")
    row = frame.index[frame["statcode"] == "GM0106"][0]
    ring = list(shapely.get_parts(frame.loc[row, "geometry"])[0].exterior.coords)
    x, y = ring[0]
    loop = [(x, y), (x + 3, y + 3), (x + 3, y), (x, y + 3)]  # a bow tie of a few metres on the border
    frame.loc[row, "geometry"] = shapely.Polygon([*loop, *ring[1:]])
    assert not frame.loc[row, "geometry"].is_valid
    found = load_boundaries("gemeente", write(frame, tmp_path / "lusje.gpkg"))
    assert found.is_valid.all()
    assert found.attrs["waarschuwingen"] == ["De grens van Assen snijdt zichzelf en is hersteld."]


@given(missing=st.sets(st.sampled_from([area.code for area in areas("gemeente")]), min_size=1, max_size=5))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_missing_areas_are_always_named(tmp_path, missing):
    frame = municipalities()
    path = tmp_path / "te_weinig.geojson"
    write(frame[~frame["statcode"].isin(missing)], path)
    got = refused(path).got
    assert all(area.label in got for area in areas("gemeente") if area.code in missing)


def test_a_division_of_before_the_mergers_is_not_taken_for_the_present_one(tmp_path):
    frame = municipalities()
    frame["statcode"] = frame["statcode"].replace({"GM1979": "GM0010"})  # Delfzijl, until 2021
    frame["statnaam"] = frame["statnaam"].replace({"Eemsdelta": "Delfzijl"})
    assert "Eemsdelta" in refused(write(frame, tmp_path / "2020.gpkg")).got


def test_two_years_in_one_file_are_refused(tmp_path):
    both = pd.concat([municipalities(), municipalities()], ignore_index=True)
    error = refused(write(both, tmp_path / "jaren.gpkg"))
    assert "meer dan één keer" in error.title
    assert "meer jaren" in error.hint


def test_a_file_without_recognisable_areas_names_its_columns(tmp_path):
    frame = municipalities().assign(oms="x")[["oms", "geometry"]]
    error = refused(write(frame, tmp_path / "oms.gpkg"))
    assert "te herkennen" in error.title
    assert error.got == "kolommen oms"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kapot.gpkg", b"SQLite format 3\0 and then nothing"),
        ("kapot.geojson", b'{"type": "FeatureColl'),
        ("leeg.geojson", b""),
        ("alleen.shp", b"\0\0\x27\x0a"),
        ("tekst.gpkg", b"naam;code\n"),
        ("kapot.parquet", b"PAR1"),
    ],
)
def test_an_unreadable_file_is_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    error = refused(path)
    assert error.title == ("Dit bestand is beschadigd, afgebroken of van een ander soort dan zijn naam zegt.")


def test_an_empty_layer_points_and_a_missing_file_are_sentences(tmp_path):
    assert "geen vlakken" in refused(write(municipalities()[:0], tmp_path / "leeg.gpkg")).title
    points = municipalities("EPSG:28992")
    points["geometry"] = points.representative_point()
    assert "geen vlak" in refused(write(points, tmp_path / "punten.gpkg")).title
    assert "bestaat niet" in refused(tmp_path / "niet_hier.gpkg").title


def test_an_area_without_geometry_is_named(tmp_path):
    frame = municipalities()
    frame.loc[frame["statcode"] == "GM0119", "geometry"] = None
    assert "Meppel" in refused(write(frame, tmp_path / "gat.gpkg")).where


def test_area_is_measured_in_rd_whatever_the_file_is_in(tmp_path):
    found = load_boundaries("gemeente", write(municipalities("EPSG:3857"), tmp_path / "web.gpkg"))
    assert np.isclose(found["oppervlakte_km2"].sum(), 5068, atol=1)
