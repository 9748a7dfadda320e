"""Built-up areas of TOP10NL and population centres of CBS."""

from __future__ import annotations

import pytest
import register_samples as samples
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.places import read_built_up, read_kernen

X, Y = samples.WEST, samples.SOUTH


def shapes(count):
    return [samples.square(X + 1000 * position, Y) for position in range(count)]


@pytest.mark.parametrize("answers", [("ja", "nee", "Ja"), (True, False, True), (1, 0, 1)])
def test_only_built_up_areas_are_read(answers, tmp_path):
    rows = [
        {"typegebied": "woonkern", "bebouwdekom": answer, "naamnl": f"Nergenshuizen {position}"}
        for position, answer in enumerate(answers)
    ]
    path = samples.write_layer(tmp_path / "top10nl.gpkg", "plaats_vlak", rows, shapes(3))
    reading = read_built_up(path)
    assert reading.frame["naam"].tolist() == ["Nergenshuizen 0", "Nergenshuizen 2"]
    assert reading.frame.crs.to_epsg() == 28992
    assert dict(reading.report.dropped) == {"geen_bebouwde_kom": 1}


def test_of_top10nl_the_layer_with_places_is_read(tmp_path):
    path = tmp_path / "top10nl.gpkg"
    samples.write_layer(path, "gebouw_vlak", [{"typegebouw": "x"}], shapes(1))
    samples.write_layer(path, "plaats_vlak", [{"bebouwdekom": "ja", "naamnl": "Nergenshuizen"}], shapes(1))
    assert len(read_built_up(path).frame) == 1


def test_of_several_versions_of_a_place_the_newest_wins(tmp_path):
    rows = [
        {"lokaalid": "1", "bebouwdekom": "ja", "naamnl": "Oud", "tijdstipregistratie": "2016-01-27"},
        {"lokaalid": "1", "bebouwdekom": "ja", "naamnl": "Nieuw", "tijdstipregistratie": "2024-09-01"},
        {"lokaalid": "2", "bebouwdekom": "nee", "naamnl": "Opgeheven", "tijdstipregistratie": "2025-01-01"},
        {"lokaalid": "2", "bebouwdekom": "ja", "naamnl": "Geweest", "tijdstipregistratie": "2019-01-01"},
    ]
    path = samples.write_layer(tmp_path / "top10nl.gpkg", "plaats_vlak", rows, shapes(4))
    reading = read_built_up(path)
    assert reading.frame["naam"].tolist() == ["Nieuw"]
    assert dict(reading.report.dropped) == {"andere_versie": 2, "geen_bebouwde_kom": 1}


def test_a_layer_that_does_not_say_what_is_built_up_is_refused(tmp_path):
    path = samples.write_layer(tmp_path / "a.gpkg", "plaats_vlak", [{"naamnl": "x"}], shapes(1))
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        read_built_up(path)
    path = samples.write_layer(tmp_path / "b.gpkg", "plaats_vlak", [{"bebouwdekom": "misschien"}], shapes(1))
    with pytest.raises(AtlasError, match="anders dan ja of nee"):
        read_built_up(path)


def test_without_any_built_up_area_there_is_nothing_to_use(tmp_path):
    path = samples.write_layer(tmp_path / "a.gpkg", "plaats_vlak", [{"bebouwdekom": "nee"}], shapes(1))
    with pytest.raises(AtlasError, match="Geen enkele rij"):
        read_built_up(path)


@pytest.mark.parametrize("name", ["kernnaam", "BK_NAAM", "bevolkingskern_naam", "naam"])
def test_kernen_are_read_under_the_names_they_have(name, tmp_path):
    path = samples.write_layer(tmp_path / "kernen.gpkg", "kernen", [{name: "Nergenshuizen"}] * 2, shapes(2))
    assert read_kernen(path).frame["naam"].tolist() == ["Nergenshuizen"] * 2


def test_kernen_elsewhere_and_points_are_reported(tmp_path):
    places = [samples.square(X, Y), samples.square(121_000, 487_000), shapely.Point(X, Y)]
    path = samples.write_layer(tmp_path / "k.gpkg", "kernen", [{"naam": "x"}] * 3, places)
    report = read_kernen(path).report
    assert [(row.row, row.reason_code) for row in report.unused] == [(2, "buiten_gebied"), (3, "geen_vlak")]
    assert report.read == report.used + len(report.unused)


def test_other_polygons_are_no_kernen(tmp_path):
    for layer, row in (
        ("gemeenten", {"naam": "Nergenshuizen"}),
        ("plaats_vlak", {"bebouwdekom": "ja", "naamnl": "Nergenshuizen"}),
        ("bevolkingskernen", {"inwoners": 3}),
    ):
        path = samples.write_layer(tmp_path / f"{layer}.gpkg", layer, [row], shapes(1))
        with pytest.raises(AtlasError, match="geen kolommen van bevolkingskernen"):
            read_kernen(path)


def test_a_place_that_ended_is_no_built_up_area_any_more(tmp_path):
    rows = [
        {
            "bebouwdekom": "ja",
            "naamnl": "oud",
            "objecteindtijd": "2020-05-01",
            "tijdstipregistratie": "2019-01-01",
        },
        {"bebouwdekom": "ja", "naamnl": "nu", "objecteindtijd": "", "tijdstipregistratie": "2024-01-01"},
    ]
    path = samples.write_layer(tmp_path / "a.gpkg", "plaats_vlak", rows, shapes(2))
    reading = read_built_up(path)
    assert reading.frame["naam"].tolist() == ["nu"]
    assert dict(reading.report.dropped) == {"voorkomen_vervallen": 1}
