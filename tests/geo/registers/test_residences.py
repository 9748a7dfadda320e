"""The table of woonplaatsen and municipalities."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.residences import RESIDENCE_COLUMNS, read_residences

TODAY = date(2026, 2, 1)


def table(
    rows, names=("Woonplaats", "Woonplaats code", "Gemeente", "Gemeente code", "Einddatum WPL")
) -> Table:
    columns = {name: [row[position] for row in rows] for position, name in enumerate(names)}
    return Table.from_columns("gwr.xlsx", columns)


def test_codes_of_any_shape_become_codes_of_four_digits():
    rows = [
        ("Nergenshuizen", 999, "Assen", 106, None),
        ("Verzonnendorp", "9998", "Groningen", "0014", ""),
        ("Elders", "9997", "Aa en Hunze", "GM1680", None),
    ]
    frame = read_residences(table(rows), today=TODAY).frame
    assert tuple(frame.columns) == RESIDENCE_COLUMNS
    assert frame["woonplaats_code"].tolist() == ["0999", "9998", "9997"]
    assert frame["gemeente_code"].tolist() == ["GM0106", "GM0014", "GM1680"]


def test_rows_that_ended_other_provinces_and_unreadable_codes_are_reported():
    rows = [
        ("Nergenshuizen", "9999", "Assen", "0106", None),
        ("Nergenshuizen", "9999", "Oud", "0009", "31-12-2018"),
        ("Ver weg", "9990", "Amsterdam", "0363", None),
        ("Zonder code", "", "Assen", "0106", None),
        ("Rare datum", "9991", "Assen", "0106", "31-02-2025"),
        ("Later", "9992", "Assen", "0106", "1-1-2030"),
        ("Nergenshuizen", "9999", "Assen", "0106", None),
    ]
    reading = read_residences(table(rows), today=TODAY)
    assert reading.frame["woonplaats_code"].tolist() == ["9999", "9992"]
    assert {row.row: row.reason_code for row in reading.report.unused} == {
        3: "vervallen", 4: "buiten_gebied", 5: "code_onleesbaar", 6: "rij_onjuist", 8: "dubbel",
    }  # fmt: skip


def test_a_woonplaats_with_two_municipalities_is_refused_not_chosen():
    rows = [
        ("Twistdorp", "9999", "", "0106", None),
        ("Twistdorp", "9999", "", "1680", None),
        ("Rust", "9998", "", "0106", None),
    ]
    reading = read_residences(table(rows), today=TODAY)
    assert reading.frame["naam"].tolist() == ["Rust"]
    assert dict(reading.report.dropped) == {"dubbelzinnig": 2}


def test_a_table_without_codes_is_refused():
    with pytest.raises(AtlasError, match="ontbreken kolommen"):
        read_residences(Table.from_columns("x.csv", {"naam": ["a"]}), today=TODAY)


def test_a_new_municipality_counts_from_its_date():
    names = (
        "Woonplaats", "Woonplaats code", "Gemeente code", "Nieuwe code Gemeente",
        "Ingangsdatum nieuwe Gemeente", "Gemeente beeindigd per",
    )  # fmt: skip
    rows = [
        ("Begonnen", "9999", "0009", "0014", "1-1-2019", None),
        ("Op de dag zelf", "9998", "0009", "0014", "1-2-2026", ""),
        ("Nog niet", "9997", "0106", "0014", "2-2-2026", None),
        ("Zonder datum", "9996", "0106", "0014", None, ""),
        ("Zelfde", "9995", "0106", "0106", None, None),
        ("Einde van de oude", "9994", "0053", "1966", None, 20210101),
    ]
    reading = read_residences(table(rows, names), today=TODAY)
    assert dict(zip(reading.frame["naam"], reading.frame["gemeente_code"], strict=True)) == {
        "Begonnen": "GM0014", "Op de dag zelf": "GM0014", "Nog niet": "GM0106", "Zelfde": "GM0106",
        "Einde van de oude": "GM1966",
    }  # fmt: skip
    assert {row.row: row.reason_code for row in reading.report.unused} == {5: "dubbelzinnig"}
