"""CBS neighbourhoods: both name styles, missing figures with their reason, no water, no other provinces."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
import register_samples as samples
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.neighbourhoods import (
    NEIGHBOURHOOD_COLUMNS,
    read_district_names,
    read_neighbourhoods,
)

X, Y = samples.WEST, samples.SOUTH


def write(path, rows, shapes=None, **options):
    shapes = shapes or [samples.square(X + 1000 * position, Y) for position in range(len(rows))]
    return samples.write_layer(path, "buurten", rows, shapes, **options)


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".gml"])
@pytest.mark.parametrize("style", [dict, samples.camel])
def test_both_name_styles_give_the_same_columns(style, suffix, tmp_path):
    rows = [style(samples.neighbourhood("BU01060001")), style(samples.neighbourhood("BU16800102"))]
    reading = read_neighbourhoods(write(tmp_path / f"buurten{suffix}", rows))
    frame = reading.frame
    assert tuple(frame.columns) == (*NEIGHBOURHOOD_COLUMNS, "geometry")
    assert frame["code"].tolist() == ["BU01060001", "BU16800102"]
    assert frame["gemeente_code"].tolist() == ["GM0106", "GM1680"]
    assert frame["wijk_code"].tolist() == ["WK010600", "WK168001"]
    assert frame["oad"].tolist() == [210.0, 210.0]
    assert frame["inwoners"].tolist() == [1250.0, 1250.0]
    assert frame["land_km2"].tolist() == [8.3, 8.3]
    assert set(frame["oad_reden"]) == {""}
    assert frame.crs.to_epsg() == 28992


def test_of_a_file_with_every_level_the_neighbourhoods_are_read(tmp_path):
    path = tmp_path / "wijkenbuurten_2024.gpkg"
    for layer in ("gemeenten", "wijken"):
        samples.write_layer(path, layer, [{"gemeentecode": "GM0106"}], [samples.square(X, Y)])
    write(path, [samples.neighbourhood("BU01060001")])
    assert read_neighbourhoods(path).frame["code"].tolist() == ["BU01060001"]


@pytest.mark.parametrize("delivered", ["file", "folder", "zip"])
def test_the_districts_keep_their_names_however_they_are_delivered(delivered, tmp_path):
    folder = tmp_path / "levering"
    folder.mkdir()
    apart = folder / "wijkenbuurten_2024.gpkg" if delivered == "file" else folder / "wijken_2024.geojson"
    district = {"wijkcode": "WK010600", "wijknaam": "Verzonnenwijk"}
    samples.write_layer(apart, "wijken", [district], [samples.square(X, Y)])
    write(
        apart if delivered == "file" else folder / "buurten_2024.geojson",
        [samples.neighbourhood("BU01060001")],
    )
    path = apart if delivered == "file" else folder
    if delivered == "zip":
        path = tmp_path / "levering.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, file.name)
    assert read_neighbourhoods(path).frame["code"].tolist() == ["BU01060001"]
    assert read_district_names(path) == {"WK010600": "Verzonnenwijk"}


def test_without_districts_of_their_own_there_are_no_names(tmp_path):
    assert read_district_names(write(tmp_path / "a.gpkg", [samples.neighbourhood("BU01060001")])) == {}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (-99997, "geheim of niet aanwezig"),
        (-99995, "komt later beschikbaar"),
        (-99991, "vervallen"),
        (-99999999, "geen gegevens"),
        (-99990, "geen gegevens"),
    ],
)
def test_a_missing_code_is_no_figure_and_keeps_its_reason(code, reason, tmp_path):
    rows = [
        samples.neighbourhood("BU01060001", omgevingsadressendichtheid=code, oppervlakte_land_in_ha=code),
        samples.neighbourhood("BU01060002", aantal_inwoners=code),
    ]
    frame = read_neighbourhoods(write(tmp_path / "b.gpkg", rows)).frame
    assert np.isnan(frame["oad"][0])
    assert np.isnan(frame["land_km2"][0])
    assert np.isnan(frame["inwoners"][1])
    assert (frame["oad_reden"][0], frame["inwoners_reden"][1]) == (reason, reason)
    assert (frame["oad_reden"][1], frame["oad"][1]) == ("", 210.0)


def test_water_and_other_provinces_are_left_out_with_a_count(tmp_path):
    rows = [
        samples.neighbourhood("BU01060001"),
        samples.neighbourhood("BU01060002", water="JA"),
        samples.neighbourhood("BU01060097", water="B"),
        samples.neighbourhood("BU01060098", water=""),
        samples.neighbourhood("BU01060197", water="NEE"),
        samples.neighbourhood("BU03630001"),
        samples.neighbourhood("BU00530001"),
        samples.neighbourhood("WK010600"),
        samples.neighbourhood("BU01060001"),
    ]
    reading = read_neighbourhoods(write(tmp_path / "b.gpkg", rows))
    assert reading.frame["code"].tolist() == ["BU01060001", "BU01060197"]
    assert dict(reading.report.dropped) == {
        "water": 3, "code_onleesbaar": 1, "gemeente_vervallen": 1, "buiten_gebied": 1, "dubbel": 1,
    }  # fmt: skip
    assert reading.report.read == reading.report.used + len(reading.report.unused)


def test_the_borders_of_gebiedsindelingen_have_no_figures_and_that_is_said(tmp_path):
    rows = [{"statcode": "BU01060001", "statnaam": "Nergenshuizen", "jrstatcode": "2025BU01060001"}]
    frame = read_neighbourhoods(write(tmp_path / "b.gpkg", rows)).frame
    assert frame["naam"].tolist() == ["Nergenshuizen"]
    assert np.isnan(frame["oad"][0])
    assert frame["oad_reden"][0] == "staat niet in het bestand"


def test_a_crossing_polygon_is_mended_and_what_is_no_polygon_reported(tmp_path):
    bow = shapely.Polygon([(X, Y), (X + 900, Y + 900), (X + 900, Y), (X, Y + 900)])
    rows = [samples.neighbourhood(f"BU0106000{number}") for number in (1, 2, 3)]
    reading = read_neighbourhoods(write(tmp_path / "b.gpkg", rows, [bow, shapely.Point(X, Y), None]))
    assert reading.frame.geometry.is_valid.all()
    assert dict(reading.report.dropped) == {"geen_plaats": 1, "geen_vlak": 1}
    assert any("hersteld" in note for note in reading.report.notes)


def test_degrees_are_brought_to_rd(tmp_path):
    lon, lat = samples.degrees(samples.addresses(1)[0])
    shape = shapely.box(lon, lat, lon + 0.01, lat + 0.01)
    path = write(tmp_path / "b.geojson", [samples.neighbourhood("BU01060001")], [shape], crs=4326)
    frame = read_neighbourhoods(path).frame
    assert 600_000 < frame.geometry.area.iloc[0] < 900_000


def test_a_file_without_codes_and_one_without_our_area_are_refused(tmp_path):
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        read_neighbourhoods(write(tmp_path / "a.gpkg", [{"x": 1}]))
    with pytest.raises(AtlasError, match="Geen enkele rij"):
        read_neighbourhoods(write(tmp_path / "b.gpkg", [samples.neighbourhood("BU03630001")]))
    with pytest.raises(AtlasError, match="buiten Drenthe en Groningen"):
        read_neighbourhoods(
            write(
                tmp_path / "c.gpkg", [samples.neighbourhood("BU01060001")], [samples.square(121_000, 487_000)]
            )
        )
