"""Columns of an address in any spelling: what narrows it is never dropped, and content goes before a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.address_columns import (
    ToldColumns,
    as_told,
    choose_address,
    part_of_address,
    refuse_unknown_kinds,
)
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError


def table(**columns):
    return Table.from_columns(
        "lijst.csv", {name.replace("__", " "): cells for name, cells in columns.items()}
    )


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (
            "toevoeging",
            (
                "toevoeging|Huisnr. toev.|Huisnummer-toevoeging|huisnummerToevoeging|Achtervoegsel|Toev|"
                "huisnr_toev|bezoekhuisnummertoevoeging|Vestigingsadres huisnummertoevoeging|HNR_TOEV|"
                "Nr. toevoeging|huisnummer achtervoegsel|Suffix|bezoekadres_toevoeging"
            ),
        ),
        (
            "huisletter",
            "huisletter|Huis letter|letter|bezoekhuisletter|HUISNR_LTR|huisnummerletter|Nr letter",
        ),
        (
            "huisnummer",
            (
                "huisnummer|Huisnr.|HUISNR|hnr|bezoekhuisnummer|Bezoekadres - huisnummer|"
                "Nr|Huisnummer + toevoeging|huisnummer en letter"
            ),
        ),
        ("postcode", "postcode|PC6|bezoekpostcode|Vestigingsadres postcode"),
        ("straat", "straat|Straatnaam|bezoekadres straat|openbare_ruimte_naam"),
        ("woonplaats", "Plaats|woonplaats|vestigingsplaats|Bezoekadres plaats"),
        ("adres", "Adres|bezoekadres|Volledig adres|Locatieadres"),
        (
            "",
            "KvK-nummer|Relatienummer|UBN|telefoonnummer|gemeente|toegevoegd|Vestigingsnummer|naam|hectaren",
        ),
    ],
)
def test_a_name_is_understood_by_what_it_is_made_of(part, names):
    assert {name: part_of_address(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), part)


@pytest.mark.parametrize(
    "name", ["Aanduiding bij huisnummer", "Huisnr extra", "toevoeging naam pand", "huisn.t."]
)
def test_a_filled_column_that_looks_like_part_of_a_number_refuses_the_list_by_name(name):
    columns = {"postcode": ["9499ZZ"], "huisnummer": ["14"], name: ["A"]}
    with pytest.raises(AtlasError, match="deel van het huisnummer") as refused:
        choose_address(Table.from_columns("lijst.csv", columns))
    assert name in refused.value.got
    columns[name] = [""]
    assert choose_address(Table.from_columns("lijst.csv", columns)).chosen["huisnummer"] == "huisnummer"


def test_a_running_number_beside_an_address_is_no_house_number():
    found = choose_address(table(Nr=[1, 2, 3], Adres=["Veldweg 7", "Veldweg 13", "Veldweg 2a"]))
    assert found.chosen == {"adres": "Adres"}
    assert "Nr" in found.passed
    assert "Nr" in found.notes[0]


@pytest.mark.parametrize("order", [("Nr", "Adres"), ("Adres", "Nr")])
def test_two_rows_of_which_the_numbers_are_each_others_are_told_apart(order):
    cells = {"Nr": [13, 1], "Adres": ["Veldweg 1", "Veldweg 13"]}
    found = choose_address(Table.from_columns("lijst.csv", {name: cells[name] for name in order}))
    assert "huisnummer" not in found.chosen


def test_a_number_under_a_short_name_is_a_house_number_when_nothing_contradicts_it():
    assert choose_address(table(Nr=[7, 13, 2], Straat=["Veldweg"] * 3)).chosen["huisnummer"] == "Nr"
    assert choose_address(table(Nr=[7, 13], Adres=["Veldweg 7", "Veldweg 13"])).chosen["huisnummer"] == "Nr"


def test_rows_that_are_numbered_from_top_to_bottom_have_no_house_number():
    with pytest.raises(AtlasError, match="volgnummer"):
        choose_address(table(Nr=[1, 2, 3, 4], Straat=["Veldweg"] * 4))


def test_two_columns_that_name_different_numbers_are_both_left_until_the_user_says_which():
    both = table(Huisnummer=[1, 2], Adres=["Veldweg 7", "Veldweg 13"], Postcode=["9499ZZ"] * 2)
    with pytest.raises(AtlasError, match="verschillende huisnummers") as refused:
        choose_address(both)
    assert "Huisnummer" in refused.value.got
    assert "Adres" in refused.value.got
    assert choose_address(as_told(both, ToldColumns(left=("Adres",)))).chosen["huisnummer"] == "Huisnummer"


def test_a_number_in_the_name_of_a_street_contradicts_nothing():
    found = choose_address(table(Huisnummer=[5, 9], Straat=["Plein 1944", "Plein 1944"]))
    assert found.chosen["huisnummer"] == "Huisnummer"
    found = choose_address(table(Huisnummer=[5], Adres=["Plein 1944 5"]))
    assert found.chosen["huisnummer"] == "Huisnummer"


def test_where_the_post_goes_is_not_where_the_yard_is():
    found = choose_address(
        table(
            posthuisnummer=["9"], postpostcode=["9400AA"], bezoekhuisnummer=["14"], bezoekpostcode=["9499ZZ"]
        )
    )
    assert found.chosen == {"huisnummer": "bezoekhuisnummer", "postcode": "bezoekpostcode"}
    assert found.passed == {"posthuisnummer", "postpostcode"}


def test_two_columns_for_one_part_must_say_the_same():
    assert choose_address(table(toevoeging=["A"], achtervoegsel=["a"])).chosen == {"toevoeging": "toevoeging"}
    assert choose_address(table(toevoeging=[""], achtervoegsel=["a"])).chosen == {
        "toevoeging": "achtervoegsel"
    }
    with pytest.raises(AtlasError, match="zij verschillen"):
        choose_address(table(toevoeging=["A", ""], achtervoegsel=["A", "B"]))


@pytest.mark.parametrize(
    "name", ["Status", "bedrijfsstatus", "Gebruiksdoel", "Einddatum", "datum uitschrijving"]
)
def test_a_status_purpose_or_date_that_is_not_understood_refuses_the_list_by_name(name):
    with pytest.raises(AtlasError, match="niet herkend") as refused:
        refuse_unknown_kinds(Table.from_columns("l.csv", {"huisnummer": ["1"], name: ["x"]}), ["huisnummer"])
    assert name in refused.value.got
    refuse_unknown_kinds(Table.from_columns("l.csv", {"huisnummer": ["1"], name: [""]}), ["huisnummer"])
    refuse_unknown_kinds(
        Table.from_columns("l.csv", {"huisnummer": ["1"], name: ["x"]}), ["huisnummer", name]
    )


def test_the_user_may_name_and_leave_out_columns():
    told = as_told(
        table(Nr=[1], Pand__nr=[7], Adres=["x"]), ToldColumns({"huisnummer": "Pand nr"}, ("Adres",))
    )
    assert told.columns == ("Nr", "huisnummer")
    with pytest.raises(AtlasError, match="staat niet in deze tabel"):
        as_told(table(Nr=[1]), ToldColumns(left=("Straat",)))
    told = as_told(table(huisnummer=[1], Nr=[2]), ToldColumns({"huisnummer": "Nr"}))
    assert list(told.column("huisnummer")) == [2]


@given(st.text(max_size=30))
def test_any_name_gets_an_answer(name):
    assert part_of_address(name) in {
        "", "postcode", "huisnummer", "huisletter", "toevoeging", "straat", "woonplaats", "adres",
    }  # fmt: skip
