"""The real layouts of addresses: which version of an object wins, its purposes, and what stays unknown."""

from __future__ import annotations

import pytest
import register_samples as samples

from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError


def listed(**columns):
    """A table of two rows with these columns instead of, or beside, those of every row."""
    count = len(next(iter(columns.values())))
    rows = samples.csv_rows(samples.addresses(count))
    table = {name: [row[name] for row in rows] for name in rows[0]}
    for name, cells in columns.items():
        table.pop(name, None)
        if cells is not None:
            table[name] = cells
    return Table.from_columns("adressen.csv", table)


def without(table, *names):
    kept = {name: table.column(name) for name in table.columns if name not in names}
    return Table.from_columns(table.source, kept)


def test_without_a_purpose_it_is_unknown_what_is_a_dwelling():
    reading = samples.addresses_of(without(listed(huisnummer=[1, 2]), "gebruiksdoel"))
    assert reading.frame["is_woning"].isna().all()
    assert any("van geen enkel adres is bekend" in note for note in reading.report.notes)


def test_an_object_nobody_can_live_in_is_no_dwelling_whatever_its_purpose():
    table = listed(status=["Verblijfsobject gevormd", "Verblijfsobject in gebruik"], gebruiksdoel=["", ""])
    known = samples.addresses_of(table).frame["is_woning"]
    assert known.isna().tolist() == [False, True]
    assert not known[0]


@pytest.mark.parametrize(
    "name", ["verblijfsobjectgebruiksdoel", "GebruiksdoelVerblijfsobject", "gebruiksdoelen"]
)
def test_purposes_are_read_under_their_real_names(name):
    table = without(listed(**{name: ["woonfunctie", "industriefunctie;winkelfunctie"]}), "gebruiksdoel")
    frame = samples.addresses_of(table).frame
    assert frame["is_woning"].tolist() == [True, False]
    assert frame["gebruiksdoel"].tolist() == ["woonfunctie", "industriefunctie,winkelfunctie"]


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), (1, 0), ("t", ""), ("ja", "nee"), (1, None)])
def test_a_column_for_each_purpose_is_read(yes, no):
    table = without(
        listed(
            woonfunctie=[yes, no, no], industriefunctie=[yes, yes, no], overige_gebruiksfunctie=[no, yes, no]
        ),
        "gebruiksdoel",
    )
    frame = samples.addresses_of(table).frame
    assert frame["gebruiksdoel"].tolist() == [
        "woonfunctie,industriefunctie", "industriefunctie,overige gebruiksfunctie", "",
    ]  # fmt: skip
    assert frame["is_woning"].tolist()[:2] == [True, False]
    assert frame["is_woning"].isna()[2]


def test_one_object_with_a_row_for_each_purpose_has_them_all():
    table = listed(vbo_id=["0106010099000100"] * 2, gebruiksdoel=["industriefunctie", "woonfunctie"])
    frame = samples.addresses_of(table).frame
    assert frame["gebruiksdoel"].tolist() == ["industriefunctie,woonfunctie"]
    assert frame["is_woning"].tolist() == [True]


@pytest.mark.parametrize("name", ["adresseerbaarobject_status", "verblijfsobjectstatus", "status"])
@pytest.mark.parametrize(
    "text",
    [
        "VerblijfsobjectInGebruikNietIngemeten",
        "verblijfsobject in gebruik (niet ingemeten)",
        "Verblijfsobject_in_gebruik_(niet_ingemeten)",
    ],
)
def test_a_status_is_read_with_and_without_spaces(name, text):
    table = without(listed(**{name: [text]}), *({"status"} - {name}))
    assert samples.addresses_of(table).frame["status"].tolist() == [
        "Verblijfsobject in gebruik (niet ingemeten)"
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_the_object_in_use_goes_before_one_that_was_only_formed(order):
    statuses = ["Verblijfsobject gevormd", "Verblijfsobject in gebruik"][::order]
    reading = samples.addresses_of(listed(nummeraanduiding_id=["0106200099000100"] * 2, status=statuses))
    assert reading.frame["status"].tolist() == ["Verblijfsobject in gebruik"]
    unused = reading.report.unused[0]
    assert unused.reason_code == "andere_versie"
    assert f"rij {3 if order == 1 else 2}" in unused.explanation


@pytest.mark.parametrize("order", [1, -1])
def test_the_present_goes_before_the_past(order):
    reading = samples.addresses_of(
        listed(
            vbo_id=["0106010099000100"] * 2,
            begindatumTijdvakGeldigheid=["2015-01-01", "2021-03-01"][::order],
            einddatumTijdvakGeldigheid=["2021-03-01", ""][::order],
            oppervlakte=["100", "150"][::order],
        )
    )
    assert reading.frame["oppervlakte"].tolist() == [150]
    assert dict(reading.report.dropped) == {"voorkomen_vervallen": 1}


@pytest.mark.parametrize("order", [1, -1])
def test_the_hoofdadres_goes_before_a_nevenadres(order):
    reading = samples.addresses_of(
        listed(vbo_id=["0106010099000100"] * 2, nevenadres=["t", "f"][::order], huisnummer=[8, 7][::order])
    )
    assert reading.frame["huisnummer"].tolist() == [7]


def test_an_id_under_the_name_of_an_export_is_an_id_only_when_it_looks_like_one():
    rows = without(listed(object_id=["0106010099000100", "0106010099000200"]), "vbo_id")
    assert samples.addresses_of(rows).frame["bag_vbo_id"].tolist()[0] == "0106010099000100"
    rows = without(listed(object_id=[1, 2]), "vbo_id")
    assert samples.addresses_of(rows).frame["bag_vbo_id"].tolist() == ["", ""]


@pytest.mark.parametrize("name", ["Huisnr. toev.", "Achtervoegsel", "huisnummertoevoeging", "huisnr_toev"])
def test_an_addition_is_read_under_any_name(name):
    frame = samples.addresses_of(without(listed(**{name: ["A", ""]}), "toevoeging")).frame
    assert frame["toevoeging"].tolist() == ["A", ""]


@pytest.mark.parametrize(
    "name", ["Huisnummer bijzonder", "objectstatus nieuw", "gebruiksdoel code", "geldig tot"]
)
def test_a_column_that_narrows_and_is_not_understood_refuses_the_source_by_name(name):
    with pytest.raises(AtlasError, match="niet herkend") as refused:
        samples.addresses_of(listed(**{name: ["x", "y"]}))
    assert name in refused.value.got
    assert len(samples.addresses_of(listed(**{name: ["", ""]})).frame) == 2
