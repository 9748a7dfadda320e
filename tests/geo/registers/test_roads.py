"""Road sections of the NWB: through roads, no cycle paths, names in any case."""

from __future__ import annotations

import pytest
import register_samples as samples
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.roads import ROAD_COLUMNS, read_roads

X, Y = samples.WEST, samples.SOUTH


def line(number):
    return shapely.LineString([(X, Y + 100 * number), (X + 500, Y + 100 * number)])


def write(path, rows, shapes=None):
    return samples.write_layer(
        path, "wegvakken", rows, shapes or [line(number) for number in range(len(rows))]
    )


@pytest.mark.parametrize("style", [str.lower, str.upper])
def test_names_of_columns_may_have_any_case(style, tmp_path):
    rows = [{style(name): value for name, value in samples.road(1).items()}]
    reading = read_roads(write(tmp_path / "nwb.gpkg", rows))
    assert tuple(reading.frame.columns) == (*ROAD_COLUMNS, "geometry")
    assert reading.frame.loc[0, ["wvk_id", "naam", "beheerder", "doorgaand"]].tolist() == [
        "1", samples.STREET, "G", False,
    ]  # fmt: skip


def test_the_names_of_the_wfs_are_known(tmp_path):
    rows = [{"wvkId": 1, "wegbehsrt": "P", "wegnummer": "N999", "bstCode": "HR", "sttNaam": ""}]
    frame = read_roads(write(tmp_path / "nwb.geojson", rows)).frame
    assert frame.loc[0, ["naam", "beheerder", "doorgaand"]].tolist() == ["N999", "P", True]


@pytest.mark.parametrize(
    ("authority", "number", "through"),
    [
        ("R", "", True),
        ("P", "", True),
        ("W", "", True),
        ("G", "", False),
        ("T", "", False),
        ("G", "N999", True),
    ],
)
def test_a_through_road_has_a_number_or_a_higher_authority(authority, number, through, tmp_path):
    rows = [samples.road(1, wegbehsrt=authority, wegnummer=number)]
    assert read_roads(write(tmp_path / "nwb.gpkg", rows)).frame["doorgaand"].tolist() == [through]


def test_cycle_paths_are_left_out_with_a_count(tmp_path):
    rows = [samples.road(1), samples.road(2, bst_code="FP"), samples.road(3, bst_code="fp")]
    reading = read_roads(write(tmp_path / "nwb.gpkg", rows))
    assert reading.frame["wvk_id"].tolist() == ["1"]
    assert dict(reading.report.dropped) == {"fietspad": 2}


def test_a_file_that_does_not_know_cycle_paths_says_so(tmp_path):
    rows = [{"wvk_id": 1, "wegbehsrt": "G"}]
    assert any("fietspaden" in note for note in read_roads(write(tmp_path / "n.gpkg", rows)).report.notes)


def test_parts_of_a_section_become_lines(tmp_path):
    joined = shapely.MultiLineString([[(X, Y), (X + 9, Y)], [(X + 9, Y), (X + 20, Y)]])
    apart = shapely.MultiLineString([[(X, Y), (X + 9, Y)], [(X + 50, Y), (X + 60, Y)]])
    reading = read_roads(write(tmp_path / "n.gpkg", [samples.road(1), samples.road(2)], [joined, apart]))
    assert reading.frame["wvk_id"].tolist() == ["1", "2", "2"]
    assert set(reading.frame.geometry.geom_type) == {"LineString"}
    assert reading.report.used == 2
    assert any("losse delen" in note for note in reading.report.notes)


def test_what_is_no_line_is_reported(tmp_path):
    rows = [samples.road(number) for number in (1, 2, 3)]
    report = read_roads(write(tmp_path / "n.gpkg", rows, [line(1), shapely.Point(X, Y), None])).report
    assert [(row.row, row.reason_code) for row in report.unused] == [(2, "geen_lijn"), (3, "geen_plaats")]


def test_a_file_without_road_authorities_is_refused(tmp_path):
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        read_roads(write(tmp_path / "n.gpkg", [{"wvk_id": 1}]))


@pytest.mark.parametrize("code", ["VP", "RP", "VD", "VV"])
def test_footpaths_bridleways_ferries_and_runways_are_no_roads(code, tmp_path):
    rows = [samples.road(1), samples.road(2, bst_code=code, wegbehsrt="P")]
    reading = read_roads(write(tmp_path / "n.gpkg", rows))
    assert reading.frame["wvk_id"].tolist() == ["1"]
    assert dict(reading.report.dropped) == {"geen_rijweg": 1}
    assert code in reading.report.unused[0].explanation


@pytest.mark.parametrize(
    ("code", "through"),
    [("", True), ("HR", True), ("RB", True), ("NRB", True), ("VZ", False), ("BU", False), ("PP", False)],
)
def test_only_a_carriageway_is_a_through_road(code, through, tmp_path):
    rows = [samples.road(1, bst_code=code, wegbehsrt="P", wegnummer="N999")]
    assert read_roads(write(tmp_path / "n.gpkg", rows)).frame["doorgaand"].tolist() == [through]


def test_a_kind_that_is_not_known_is_no_through_road_and_is_named(tmp_path):
    reading = read_roads(write(tmp_path / "n.gpkg", [samples.road(1, bst_code="QQ", wegbehsrt="P")]))
    assert reading.frame["doorgaand"].tolist() == [False]
    assert any("QQ" in note for note in reading.report.notes)


def test_direction_and_junctions_are_kept(tmp_path):
    rows = [
        samples.road(number, rijrichtng=direction, jte_id_beg=number, jte_id_end=number + 1)
        for number, direction in enumerate(["H", "T", "B", "O", "#", "Z"], 1)
    ]
    reading = read_roads(write(tmp_path / "n.gpkg", rows))
    assert reading.frame["rijrichting"].tolist() == ["H", "T", "B", "O", "", ""]
    assert reading.frame["junctie_begin"].tolist() == ["1", "2", "3", "4", "5", "6"]
    assert reading.frame["junctie_eind"].tolist() == ["2", "3", "4", "5", "6", "7"]
    assert any("rijrichting" in note for note in reading.report.notes)


def test_parts_keep_the_direction_of_the_line_and_the_junctions_of_the_whole(tmp_path):
    backwards = shapely.MultiLineString([[(X + 9, Y), (X, Y)], [(X, Y), (X - 20, Y)]])
    apart = shapely.MultiLineString([[(X, Y), (X + 9, Y)], [(X + 50, Y), (X + 60, Y)]])
    frame = read_roads(
        write(tmp_path / "n.gpkg", [samples.road(1), samples.road(2)], [backwards, apart])
    ).frame
    assert frame.geometry[0].coords[0] == (X + 9, Y)
    assert frame.geometry[0].coords[-1] == (X - 20, Y)
    assert frame["junctie_begin"].tolist() == ["1", "1", ""]
    assert frame["junctie_eind"].tolist() == ["2", "", "2"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_section_that_is_there_twice_the_latest_counts(order, tmp_path):
    rows = [
        samples.road(1, wvk_begdat="2019-01-01", stt_naam="Oudeweg"),
        samples.road(1, wvk_begdat="2024-06-01", stt_naam="Nieuweweg"),
    ][::order]
    reading = read_roads(write(tmp_path / "n.gpkg", rows))
    assert reading.frame["naam"].tolist() == ["Nieuweweg"]
    assert dict(reading.report.dropped) == {"andere_versie": 1}
