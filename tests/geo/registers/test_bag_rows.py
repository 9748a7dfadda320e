"""The few rows of the BAG that a list asks for, cleaned one by one: as a whole delivery is read."""

from __future__ import annotations

import pytest
import register_samples as samples
from hypothesis import example, given
from hypothesis import strategies as st
from pandas import DataFrame

from atlas.core.records.bag_rows import BagRow, bag_addresses, identified
from atlas.core.tables.bag_codes import BUILDING_STATUSES, OBJECT_STATUSES
from atlas.core.tables.bag_columns import choose_address_columns
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

COLUMNS = (
    "object_id", "nummeraanduiding", "openbareruimte", "huisnummer", "huisletter", "huisnummertoevoeging",
    "postcode", "woonplaats", "verblijfsobjectstatus", "pandstatus", "nevenadres",
    "begindatum_tijdvak_geldigheid", "einddatum_tijdvak_geldigheid", "x", "y",
)  # fmt: skip
SHOWN = (
    "bag_vbo_id",
    "adres_id",
    "straat",
    "huisnummer",
    "huisletter",
    "toevoeging",
    "postcode",
    "woonplaats",
)

_row = st.tuples(
    st.sampled_from(
        ["0106010000000001", "0106010000000002", "106010000000003", "NL.IMBAG.Ligplaats.0106010000000004"]
    ),
    st.sampled_from(["0106200000000001", "0106200000000002", "", "onzin"]),
    st.just("Verzonnenweg"), st.sampled_from(["1", "2", "2a", "3-2", "3 bis", "x", "99999"]),
    st.sampled_from(["", "a"]), st.sampled_from(["", "2"]), st.sampled_from(["9401AB", "9401 ab", ""]),
    st.just("Nergenshuizen"), st.sampled_from([*OBJECT_STATUSES, "onbekend", ""]),
    st.sampled_from([*BUILDING_STATUSES, "", "Pand gesloopt,Pand in gebruik", "onzin"]),
    st.sampled_from(["", "ja", "nee"]),
    st.sampled_from(["2020-01-01", "2022-05-01", ""]), st.sampled_from(["", "2021-01-01", "2030-01-01"]),
    st.just("233000"), st.just("557000"),
)  # fmt: skip


def whole(rows):
    """By the reader of a whole delivery."""
    table = Table.from_columns("bag.csv", dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    try:
        return samples.addresses_of(table).frame
    except AtlasError:
        return DataFrame(columns=[*SHOWN])


def one_by_one(rows):
    chosen = choose_address_columns(COLUMNS, "bag.csv")
    at = {name: COLUMNS.index(column) for name, column in chosen.items()}
    begins = max(row[COLUMNS.index("begindatum_tijdvak_geldigheid")] for row in rows)
    made = [
        BagRow(number, identified({name: row[place] for name, place in at.items()}), 233_000.0, 557_000.0)
        for number, row in enumerate(rows)
    ]
    return bag_addresses(made, begins)


def shown(one):
    return (
        one.vbo_id,
        one.address_id,
        one.street,
        one.number,
        one.letter,
        one.addition,
        one.postcode,
        one.place,
    )


_PLAIN = (
    "0106200000000001", "Verzonnenweg", "1", "", "", "9401AB", "Nergenshuizen", "Verblijfsobject gevormd",
    "Bouwvergunning verleend", "", "2020-01-01", "", "233000", "557000",
)  # fmt: skip


@example([("NL.IMBAG.Ligplaats.0106010000000004", *_PLAIN), ("0106010000000001", *_PLAIN)])
@given(st.lists(_row, min_size=1, max_size=6))
def test_both_find_the_same_addresses(rows):
    frame = whole(rows)
    assert sorted(map(shown, one_by_one(rows))) == sorted(
        frame[list(SHOWN)].itertuples(index=False, name=None)
    )


def test_of_two_on_one_address_the_one_in_use_stays():
    of = ("", "Verzonnenweg", "14", "", "", "9401AB", "Nergenshuizen")
    rows = [
        ("0106010000000001", *of, f"Verblijfsobject {status}", "", "", "", "", "233000", "557000")
        for status in ("gevormd", "in gebruik", "ingetrokken")
    ]
    rows = [(f"010601000000000{number}", "0106200000000009", *row[2:]) for number, row in enumerate(rows)]
    assert [one.vbo_id[-1] for one in one_by_one(rows)] == ["1"]
    assert [one[-1] for one in whole(rows)["bag_vbo_id"]] == ["1"]


def test_ids_that_a_spreadsheet_rounded_are_refused():
    rows = [BagRow(n, {"bag_vbo_id": f"1680010000{n:05d}0", "huisnummer": "1"}, 0, 0) for n in range(1, 30)]
    with pytest.raises(AtlasError, match="eindigen op 0"):
        bag_addresses(rows, "")
