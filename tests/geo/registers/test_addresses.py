"""Addresses of the BAG, in every form in which they are delivered, and what is left out of them."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import extract_samples as extracts
import numpy as np
import pandas as pd
import pytest
import register_samples as samples
import shapely
from bag_forms import FORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.core.tables.bag_codes import (
    BUILDING_STATUSES,
    GONE_BUILDINGS,
    GONE_OBJECTS,
    OBJECT_STATUSES,
    PURPOSES,
)
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.addresses import ADDRESS_COLUMNS, read_addresses

ROWS = samples.addresses()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_addresses(form, tmp_path):
    reading = read_addresses(FORMS[form](tmp_path))
    frame = reading.frame
    assert tuple(frame.columns) == ADDRESS_COLUMNS
    assert frame["bag_vbo_id"].tolist() == [one.vbo_id for one in ROWS]
    assert frame["huisnummer"].tolist() == [one.number for one in ROWS]
    assert set(frame["straat"]) == {samples.STREET}
    assert set(frame["postcode"]) == {samples.POSTCODE}
    assert set(frame["woonplaats"]) == {samples.PLACE}
    assert frame["is_woning"].all()
    assert np.allclose(frame["x"], [one.x for one in ROWS], atol=0.01)
    assert np.allclose(frame["y"], [one.y for one in ROWS], atol=0.01)
    assert reading.report.used == reading.report.read == len(ROWS)


def test_ids_are_those_of_the_register_where_it_has_them(tmp_path):
    light = read_addresses(FORMS["bag-light"](tmp_path)).frame
    assert light["bag_pand_id"].tolist() == [one.building_id for one in ROWS]
    assert light["adres_id"].tolist() == [one.address_id for one in ROWS]
    extract = read_addresses(FORMS["extract"](tmp_path)).frame
    assert extract["adres_id"].tolist() == [one.address_id for one in ROWS]
    assert extract["bag_pand_id"].tolist() == [one.building_id for one in ROWS]


def test_the_official_lists_are_complete():
    assert len(BUILDING_STATUSES) == 10
    assert len([status for status in OBJECT_STATUSES if not status.startswith("Plaats")]) == 8
    assert len(PURPOSES) == 11


@pytest.mark.parametrize("form", ["bag-light", "extract"])
def test_objects_that_are_not_there_are_counted_by_status(form, tmp_path):
    statuses = [status for status in OBJECT_STATUSES if not status.startswith("Plaats")]
    rows = samples.with_statuses(statuses)
    path = (
        samples.write_light(tmp_path / "l.gpkg", rows)
        if form == "bag-light"
        else extracts.write_extract_zip(tmp_path / "l.zip", extracts.extract_files(rows))
    )
    reading = read_addresses(path)
    assert dict(reading.report.dropped) == {
        "status_niet_gerealiseerd": 1, "status_ingetrokken": 1, "status_ten_onrechte_opgevoerd": 1,
    }  # fmt: skip
    assert set(reading.frame["status"]) == set(statuses) - GONE_OBJECTS.keys()
    lived_in = reading.frame.set_index("status")["is_woning"]
    assert lived_in["Verblijfsobject in gebruik"]
    assert lived_in["Verblijfsobject in gebruik (niet ingemeten)"]
    assert lived_in["Verbouwing verblijfsobject"]
    assert not lived_in["Verblijfsobject gevormd"]
    assert not lived_in["Verblijfsobject buiten gebruik"]


def test_objects_in_a_building_that_is_gone_are_left_out(tmp_path):
    rows = [
        replace(one, building_status=status)
        for one, status in zip(samples.addresses(10), BUILDING_STATUSES, strict=True)
    ]
    rows.append(replace(samples.addresses(11)[-1], building_status="Pand gesloopt,Pand in gebruik"))
    reading = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows))
    assert dict(reading.report.dropped) == dict.fromkeys(
        ("pand_niet_gerealiseerd", "pand_gesloopt", "pand_ten_onrechte_opgevoerd"), 1
    )
    assert len(reading.frame) == 11 - len(GONE_BUILDINGS)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "In gebruik"}, "status_onbekend"),
        ({"status": ""}, "status_ontbreekt"),
        ({"building_status": "Pand weg"}, "pandstatus_onbekend"),
        ({"purposes": ("woonfunctie", "wonen")}, "gebruiksdoel_onbekend"),
        ({"x": 0.0, "y": 0.0}, "nul_nul"),
        ({"x": 556_000.0, "y": 235_000.0}, "verwisseld"),
        ({"x": 6.5, "y": 53.0}, "graden"),
        ({"x": 121_000.0, "y": 487_000.0}, "buiten_gebied"),
    ],
)
def test_a_row_that_can_not_be_used_is_reported(change, reason, tmp_path):
    rows = [*ROWS[:3], replace(ROWS[3], **change)]
    report = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows)).report
    assert [(row.row, row.reason_code) for row in report.unused] == [(4, reason)]
    assert report.unused[0].explanation.endswith(".")


def test_case_and_blanks_of_a_status_do_not_matter(tmp_path):
    rows = [replace(ROWS[0], status="verblijfsobject  In Gebruik ", purposes=("Woonfunctie",))]
    frame = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows)).frame
    assert frame["status"].tolist() == ["Verblijfsobject in gebruik"]
    assert frame["gebruiksdoel"].tolist() == ["woonfunctie"]


def test_purposes_with_commas_are_a_list_and_an_empty_one_is_unknown(tmp_path):
    rows = [
        replace(ROWS[0], purposes=("industriefunctie", "woonfunctie")),
        replace(ROWS[1], purposes=("overige gebruiksfunctie",)),
        replace(ROWS[2], purposes=()),
    ]
    frame = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows)).frame
    assert frame["gebruiksdoel"].tolist() == ["industriefunctie,woonfunctie", "overige gebruiksfunctie", ""]
    assert frame["is_woning"].tolist()[:2] == [True, False]
    assert frame["is_woning"].isna().tolist() == [False, False, True]


def test_year_9999_is_unknown(tmp_path):
    rows = [ROWS[0], replace(ROWS[1], year=9999)]
    years = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows)).frame["bouwjaar"]
    assert years[0] == 1960
    assert np.isnan(years[1])


def test_z_and_m_are_dropped_and_missing_places_reported(tmp_path):
    geometry = [
        shapely.Point(235_100, 556_000), shapely.Point(235_200, 556_000, 3), None, shapely.Point(),
        shapely.MultiPoint([(235_500, 556_000)]), shapely.box(235_000, 556_000, 235_009, 556_009),
    ]  # fmt: skip
    reading = read_addresses(samples.write_light(tmp_path / "l.gpkg", ROWS, geometry=geometry))
    assert reading.frame["x"].tolist() == [235_100.0, 235_200.0, 235_500.0]
    assert [(row.row, row.reason_code) for row in reading.report.unused] == [
        (3, "geen_plaats"), (4, "geen_plaats"), (6, "geen_punt"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["POINT Z", "POINT M", "POINT ZM"])
def test_points_with_height_or_measure_are_points(kind, tmp_path):
    path = samples.write_light(tmp_path / "l.gpkg", ROWS[:3])
    numbers = " ".join(["3"] * (len(kind) - 6))
    points = [shapely.from_wkt(f"{kind} ({x} 556000 {numbers})") for x in (235_100, 235_200)]
    samples.put_geometries(path, [*points, None])
    reading = read_addresses(path)
    assert reading.frame["x"].tolist() == [235_100.0, 235_200.0]
    assert reading.frame["y"].tolist() == [556_000.0, 556_000.0]
    assert dict(reading.report.dropped) == {"geen_plaats": 1}


def test_of_objects_that_are_there_twice_the_first_is_used(tmp_path):
    rows = [ROWS[0], ROWS[1], replace(ROWS[0], x=ROWS[0].x + 5)]
    reading = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows))
    assert reading.frame["x"].tolist() == [ROWS[0].x, ROWS[1].x]
    assert reading.report.unused[0].explanation == "Dit object staat al in rij 1; de eerste is gebruikt."


def test_an_object_on_two_pages_is_used_once_and_the_page_is_named(tmp_path):
    reading = read_addresses(samples.write_pages(tmp_path / "pages", [ROWS[:2], ROWS[1:]]))
    assert len(reading.frame) == len(ROWS)
    unused = reading.report.unused[0]
    assert (unused.where, unused.row) == ("pagina-2.json", 1)
    assert "rij 2 van pagina-1.json" in unused.explanation


def test_an_address_without_ids_is_there_once_too(tmp_path):
    rows = [{"postcode": "9499 zz", "huisnummer": "1", "x": "235100", "y": "556000"}] * 2
    reading = read_addresses(samples.write_csv(tmp_path / "a.csv", rows))
    assert reading.frame["postcode"].tolist() == ["9499ZZ"]
    assert dict(reading.report.dropped) == {"dubbel": 1}


def test_a_missing_last_page_is_said(tmp_path):
    (tmp_path / "1.json").write_bytes(samples.ogc_page(ROWS, next_page="https://voorbeeld.invalid/2"))
    notes = read_addresses(tmp_path / "1.json").report.notes
    assert any("volgende pagina" in note for note in notes)
    whole = read_addresses(samples.write_pages(tmp_path / "pages", [ROWS[:2], ROWS[2:]])).report.notes
    assert not any("volgende pagina" in note for note in whole)


def test_an_empty_last_page_is_no_problem(tmp_path):
    folder = samples.write_pages(tmp_path / "pages", [ROWS[:2], ROWS[2:]])
    (folder / "pagina-3.json").write_bytes(samples.ogc_page([]))
    assert len(read_addresses(folder).frame) == len(ROWS)


@pytest.mark.parametrize("content", [b"<html>502 Bad Gateway</html>", b'{"code": "InvalidParameterValue"}'])
def test_an_answer_that_is_an_error_is_refused_in_dutch(content, tmp_path):
    (tmp_path / "pagina.json").write_bytes(content)
    with pytest.raises(AtlasError, match="beschadigd") as caught:
        read_addresses(tmp_path / "pagina.json")
    assert caught.value.got == ""


def test_page_ten_comes_after_page_nine(tmp_path):
    rows = samples.addresses(11)
    frame = read_addresses(samples.write_pages(tmp_path / "pages", [[one] for one in rows])).frame
    assert frame["huisnummer"].tolist() == [one.number for one in rows]


# --- ids that a spreadsheet damaged -------------------------------------------------------------------------


def with_ids(tmp_path, ids):
    rows = samples.csv_rows(samples.addresses(len(ids)))
    damaged = [
        {**row, "vbo_id": value, "nummeraanduiding_id": ""} for row, value in zip(rows, ids, strict=True)
    ]
    return samples.write_csv(tmp_path / "ids.csv", damaged)


def test_lost_leading_zeros_are_put_back_and_said(tmp_path):
    reading = read_addresses(with_ids(tmp_path, ["106010099000100", "0106010099000200"]))
    assert reading.frame["bag_vbo_id"].tolist() == ["0106010099000100", "0106010099000200"]
    assert any("voorloopnul" in note for note in reading.report.notes)


def test_an_id_that_became_1_23e15_is_reported(tmp_path):
    report = read_addresses(with_ids(tmp_path, ["1,06E+14", "0106010099000200", "0106200099000300"])).report
    assert [row.reason_code for row in report.unused] == ["id_onleesbaar"] * 2
    assert "afgerond" in report.unused[0].explanation
    assert "nummeraanduiding" in report.unused[1].explanation


def test_a_column_whose_last_digits_were_zeroed_is_reported(tmp_path):
    ids = [f"16800100000{number:04d}0" for number in range(11, 19)]
    ids.append("0106010099000107")
    report = read_addresses(with_ids(tmp_path, ids)).report
    assert dict(report.dropped) == {"id_onleesbaar": 8}
    assert "laatste cijfer gewist" in report.unused[0].explanation


def test_a_damaged_id_of_the_building_leaves_the_address_in(tmp_path):
    rows = [{**row, "pand_id": "1,06E+14"} for row in samples.csv_rows(ROWS[:2])]
    reading = read_addresses(samples.write_csv(tmp_path / "a.csv", rows))
    assert reading.frame["bag_pand_id"].tolist() == ["", ""]
    assert any("leeg gelaten" in note for note in reading.report.notes)


def test_ids_with_their_namespace_are_the_same_ids(tmp_path):
    frame = read_addresses(with_ids(tmp_path, ["NL.IMBAG.Verblijfsobject.0106010099000100"])).frame
    assert frame["bag_vbo_id"].tolist() == ["0106010099000100"]


def test_house_numbers_with_a_letter_in_the_same_cell_are_split(tmp_path):
    rows = [
        {"postcode": "9499ZZ", "huisnummer": text, "x": "235100", "y": "556000"}
        for text in ("1", "12a", "12 B-2", "12-3", "geen", "")
    ]
    reading = read_addresses(samples.write_csv(tmp_path / "a.csv", rows))
    written = reading.frame[["huisnummer", "huisletter", "toevoeging"]].to_numpy().tolist()
    assert written == [[1, "", ""], [12, "A", ""], [12, "B", "2"], [12, "", "3"]]
    assert dict(reading.report.dropped) == {"huisnummer_onleesbaar": 2}


def test_a_national_file_is_read_only_where_the_provinces_are(tmp_path, monkeypatch):
    monkeypatch.setattr("atlas.geo.reading.vector_files.read_features.__defaults__", (3,))
    rows = [*ROWS, replace(samples.addresses(7)[-1], x=121_000.0, y=487_000.0)]
    report = read_addresses(samples.write_light(tmp_path / "l.gpkg", rows)).report
    assert (report.read, report.used) == (len(ROWS), len(ROWS))
    assert any(note.startswith("1 object van dit landelijke bestand") for note in report.notes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "vbo_id": st.sampled_from(["0106010099000100", "106010099000200", "1,06E+14", "", "x"]),
                "huisnummer": st.sampled_from(["1", "2a", "", "1-1-25"]),
                "status": st.sampled_from(
                    ["Verblijfsobject in gebruik", "Verblijfsobject ingetrokken", "", "?"]
                ),
                "gebruiksdoel": st.sampled_from(["woonfunctie", "", "wonen", "woonfunctie,kantoorfunctie"]),
                "x": st.sampled_from(["235000", "0", "", "6.5", "556000"]),
                "y": st.sampled_from(["556000", "0", "", "53.1", "235000"]),
            }
        ),
        min_size=1,
        max_size=15,
    )
)
def test_every_row_of_a_messy_table_is_in_exactly_one_place(tmp_path, rows):
    path = samples.write_csv(tmp_path / "messy.csv", rows)
    try:
        reading = read_addresses(path)
    except AtlasError:
        return
    report = reading.report
    assert report.read == len(rows) == len(reading.frame) + len(report.unused)
    assert report.used == len(reading.frame)
    numbers = [row.row for row in report.unused]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(range(2, len(rows) + 2))
    ids = reading.frame["bag_vbo_id"]
    assert not ids[ids != ""].duplicated().any()
    assert reading.frame["x"].between(199_000, 284_000).all()
    assert isinstance(reading.frame, pd.DataFrame)


# --- files that are not what they say ---------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "adressen.csv")
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        read_addresses(tmp_path / "adressen.csv")


@pytest.mark.parametrize(
    "content", ['{"type":"FeatureCollection","features":null}', '{"a":' + "9" * 2_000 + "}"]
)
def test_what_a_library_says_of_a_broken_file_is_said_in_dutch_or_not(tmp_path, content):
    path = tmp_path / "adressen.geojson"
    path.write_text(content)
    with pytest.raises(AtlasError, match="beschadigd") as refused:
        read_addresses(path)
    assert not re.search("read|line|member|missing", f"{refused.value.got}", re.IGNORECASE)
