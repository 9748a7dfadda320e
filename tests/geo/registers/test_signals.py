"""Signals: about places, never about persons; a row that can't be right is reported."""

from __future__ import annotations

from datetime import date

import pytest
from bag_forms import BAG

from atlas.core.records.signal_rows import read_signals
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.dossier_rows import TablePlaces

TODAY = date(2026, 2, 1)
GOOD = {
    "categorie": "gedumpt_afval",
    "melder_soort": "inwoner",
    "datum": "2025-11-03",
    "x": 235_000,
    "y": 556_000,
}

NOWHERE = {name: value for name, value in GOOD.items() if name not in ("x", "y")}


def signals(*rows, addresses=None):
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    table = Table.from_columns("signalen.xlsx", columns)
    return read_signals(table, today=TODAY, places=TablePlaces(addresses))


def test_a_signal_becomes_a_record_of_the_dossier():
    reading = signals(
        {**GOOD, "categorie": "Gedumpt afval", "gemeente": "Assen", "bron": "FICTIEF", "bronkenmerk": 12}
    )
    assert reading.records == [
        {
            "categorie": "gedumpt_afval", "melder_soort": "inwoner", "gemeente_code": "GM0106",
            "bron": "FICTIEF", "bronkenmerk": "12", "peildatum": "2025-11-03",
            "geometrie": (235_000.0, 556_000.0),
        }
    ]  # fmt: skip


def test_degrees_are_recognised_by_name_and_by_number():
    by_name = {**NOWHERE, "lon": 6.56123, "lat": 52.99123}
    by_number = GOOD | {"x": 6.56123, "y": 52.99123}
    for row in (by_name, by_number):
        ((x, y),) = [record["geometrie"] for record in signals(row).records]
        assert 230_000 < x < 240_000
        assert 550_000 < y < 560_000


def test_an_address_is_found_in_the_bag_and_a_municipality_is_a_place_too():
    reading = signals(
        {**NOWHERE, "postcode": "9499ZZ", "huisnummer": "2a"}, {**NOWHERE, "gemeente": "GM0106"}, NOWHERE,
        {**NOWHERE, "postcode": "9499ZZ", "huisnummer": "3"}, addresses=BAG,
    )  # fmt: skip
    assert reading.records[0]["geometrie"] == (BAG["x"][2], BAG["y"][2])
    assert "geometrie" not in reading.records[1]
    assert {row.row: row.reason_code for row in reading.report.unused} == {
        4: "geen_plaats",
        5: "niet_gevonden",
    }


def test_own_coordinates_go_before_an_address():
    reading = signals({**GOOD, "postcode": "9499ZZ", "huisnummer": "nergens"}, addresses=BAG)
    assert [record["geometrie"] for record in reading.records] == [(235_000.0, 556_000.0)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"categorie": "onzin"}, "rij_onjuist"),
        ({"datum": "31-02-2025"}, "rij_onjuist"),
        ({"datum": "2026-02-02"}, "rij_onjuist"),
        ({"gemeente": "Groningen of zo"}, "rij_onjuist"),
        ({"toelichting": "bel 123456782"}, "rij_onjuist"),
        ({"x": 0, "y": 0}, "nul_nul"),
        ({"x": 556_000, "y": 235_000}, "verwisseld"),
        ({"x": 121_000, "y": 487_000}, "buiten_gebied"),
    ],
)
def test_a_row_that_can_not_be_right_is_reported(change, reason):
    report = signals(GOOD, GOOD | {"toelichting": "een ander"}, GOOD | change).report
    assert [(row.row, row.reason_code) for row in report.unused] == [(4, reason)]
    assert "123456782" not in report.unused[0].explanation


@pytest.mark.parametrize(
    "column", ["naam", "Naam melder", "BSN", "telefoonnummer", "geboortedatum", "e-mail"]
)
def test_a_column_that_names_a_person_refuses_the_file(column):
    with pytest.raises(AtlasError, match="een persoon noemt") as caught:
        signals(GOOD | {column: "geheim"})
    assert "geheim" not in str(caught.value)


def test_columns_that_are_not_known_are_left_out_and_said():
    notes = signals(GOOD | {"behandeld in": "wijkteam"}).report.notes
    assert 'Niet overgenomen kolommen: "behandeld in".' in notes


def test_a_table_without_category_or_date_is_refused():
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        signals({"categorie": "overig", "x": 1, "y": 2})
