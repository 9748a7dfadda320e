"""The municipality of the woonplaats of an address: only when its name says one."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.core.records.residences import municipality_by_name, municipality_of_objects, read_residence_rows
from atlas.core.tables.odata import understood
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

TODAY = date(2026, 2, 1)


def rows(*lines):
    names = ("Woonplaats", "Woonplaats code", "Gemeente code")
    cells = {name: [line[position] for line in lines] for position, name in enumerate(names)}
    return read_residence_rows(Table.from_columns("gwr.xlsx", cells), today=TODAY)


RESIDENCES = (
    ("Nergenshuizen", "9999", "0106"),
    ("Dubbeldorp", "9998", "0106"),
    ("Dubbeldorp", "9997", "1680"),
)


def test_a_name_gives_its_municipality_unless_it_occurs_in_two():
    assert municipality_by_name(rows(*RESIDENCES)) == {"nergenshuizen": "GM0106", "dubbeldorp": ""}


def test_an_object_lies_where_all_its_addresses_lie():
    addresses = [
        ("0106010000000001", "NERGENSHUIZEN"),
        ("106010000000002", "Dubbeldorp"),
        ("0106010000000003", "Nergenshuizen"),
        ("0106010000000003", "Dubbeldorp"),
        ("0106010000000004", None),
        ("0106200000000005", "Nergenshuizen"),
        ("", "Nergenshuizen"),
    ]
    assert municipality_of_objects(addresses, rows(*RESIDENCES)) == {
        "0106010000000001": "GM0106", "0106010000000002": "", "0106010000000003": "",
        "0106010000000004": "",
    }  # fmt: skip


def test_a_table_of_another_part_of_the_country_gets_a_sentence():
    with pytest.raises(AtlasError, match="geen woonplaats van Drenthe of Groningen"):
        municipality_of_objects([], rows(("Verweg", "1", "0363")))


def test_the_table_of_cbs_is_read_as_its_service_gives_it():
    """OData 3, as in 84489NED: padded codes, the name of the place in the code list beside it."""
    cells = {
        "ID": ["0"], "Woonplaatsen": ["WP1017    "], "Woonplaatscode_1": ["1017   "],
        "Naam_2": ["Midden-Groningen   "], "Code_3": ["GM1952 "], "Code_5": ["PV20  "],
    }  # fmt: skip
    topics = [name for name in cells if name not in ("ID", "Woonplaatsen")]
    lists = {
        "DataProperties": [
            {"Key": "Woonplaatsen", "Type": "Dimension"},
            *({"Key": topic, "Type": "Topic", "Title": topic.split("_")[0]} for topic in topics),
        ],
    }
    table = understood(Table.from_columns("TypedDataSet.json", cells), lambda name: lists.get(name, []))
    (row,) = read_residence_rows(table, today=TODAY)
    assert (row.code, row.name, row.municipality, row.reason) == ("1017", "Foxhol", "GM1952", "")
