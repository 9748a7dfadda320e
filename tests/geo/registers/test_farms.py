"""A list of businesses is matched to the BAG exactly, or refused with what comes near; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from bag_forms import BAG
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.csv_text import read_csv
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.farms import FARM_COLUMNS, match_farms

TODAY = date(2026, 2, 1)


def match(columns, addresses=BAG):
    return match_farms(Table.from_columns("bedrijven.xlsx", columns), addresses, today=TODAY)


def one(**cells):
    """What one row gives, beside a row that always fits: the id, or the reason and the sentence."""
    names = {"postcode": "9499ZZ", "huisnummer": "4"}
    columns = {name: [names.get(name, ""), cells.get(name, "")] for name in {**names, **cells}}
    reading = match(columns)
    ids = reading.frame.loc[reading.frame["rij"] == 3, "bag_vbo_id"].tolist()
    return ids[0] if ids else (reading.report.unused[0].reason_code, reading.report.unused[0].explanation)


@pytest.mark.parametrize(
    ("cells", "position"),
    [
        ({"postcode": "9499ZZ", "huisnummer": "1"}, 0),
        ({"postcode": "9499 zz", "huisnummer": 1}, 0),
        ({"postcode": "9499zz ", "huisnummer": 1.0}, 0),
        ({"postcode": "9499ZZ", "huisnummer": "nr. 2"}, 1),
        ({"postcode": "9499ZZ", "huisnummer": "2a"}, 2),
        ({"postcode": "9499ZZ", "huisnummer": "2", "letter": "a"}, 2),
        ({"postcode": "9499ZZ", "huisnummer": "2 A", "huisletter": "A"}, 2),
        ({"postcode": "9499ZZ", "huisnummer": "12", "huisletter": "A", "toevoeging": "1"}, 4),
        ({"postcode": "9499ZZ", "huisnummer": "12", "huisletter": "A", "toevoeging": 1}, 4),
        ({"postcode": "9499ZZ", "huisnummer": "12a-1"}, 4),
        ({"postcode": "9499ZZ", "huisnummer": "12", "toevoeging": "A1"}, 4),
        ({"postcode": "9499ZZ", "huisnummer": "14 BIS"}, 6),
        ({"adres": "Verzonnenlaan 2a, 9499 ZZ Nergenshuizen"}, 2),
        ({"adres": "Verzonnenlaan 12 A-1 9499ZZ"}, 4),
        ({"adres": "Andereweg 1, Elders"}, 7),
        ({"adres": "Verzonenlaan 2a, 9499 ZZ Nergenshuizen"}, 2),
        ({"straat": "Andereweg", "huisnummer": "1", "plaats": "elders"}, 7),
        ({"straatnaam": "Andereweg 1", "woonplaats": "Elders"}, 7),
        ({"bag_vbo_id": "0106010099000000"}, 0),
        ({"nummeraanduiding_id": "106200099000001"}, 1),
    ],
)
def test_an_address_in_any_spelling_is_found(cells, position):
    assert one(**cells) == f"01060100990000{position:02d}"


@pytest.mark.parametrize(
    ("cells", "reason", "words"),
    [
        ({"postcode": "9499ZZ", "huisnummer": "3"}, "niet_gevonden", "Verzonnenlaan 2, 9499ZZ Nergenshuizen"),
        (
            {"postcode": "9499ZZ", "huisnummer": "12"},
            "niet_gevonden",
            "Wel op dit nummer: Verzonnenlaan 12A-1",
        ),
        ({"postcode": "9499ZZ", "huisnummer": "4B"}, "niet_gevonden", "Wel op dit nummer: Verzonnenlaan 4,"),
        ({"postcode": "9999XX", "huisnummer": "1"}, "niet_gevonden", "niets met dezelfde postcode"),
        ({"postcode": "9499ZZ", "huisnummer": "20A"}, "dubbelzinnig", "kan 2 adressen zijn"),
        (
            {"postcode": "9499ZZ", "huisnummer": "1", "straat": "Elfenpad"},
            "adres_spreekt_zich_tegen",
            "Elfenpad",
        ),
        *(
            (
                {"adres": f"{word} Verzonnenlaan 2a, 9499 ZZ Nergenshuizen"},
                "adres_spreekt_zich_tegen",
                "een plek bij een adres",
            )
            for word in ("naast", "Tegenover", "t.o.", "t/o", "schuin tegenover", "achter", "bij", "t.h.v.")
        ),
        ({"postcode": "9499ZZ", "huisnummer": "2025-01-12"}, "adres_onleesbaar", "in een datum veranderd"),
        ({"postcode": "9499ZZ", "huisnummer": "geen"}, "adres_onleesbaar", "geen huisnummer te lezen"),
        ({"postcode": "9499ZZ", "huisnummer": "0"}, "adres_onleesbaar", "geen huisnummer"),
        ({"postcode": "9499ZZ", "huisnummer": ""}, "adres_onleesbaar", "geen huisnummer"),
        ({"postcode": "9499", "huisnummer": "1"}, "adres_onleesbaar", "geen postcode"),
        ({"postcode": "", "huisnummer": ""}, "adres_onleesbaar", "geen adres"),
        ({"vbo_id": "0106010099000077"}, "niet_gevonden", "staat niet in de ingelezen BAG"),
        ({"vbo_id": "1,06E+14"}, "adres_onleesbaar", "afgerond"),
    ],
)
def test_what_does_not_fit_exactly_is_refused_with_what_comes_near(cells, reason, words):
    found, explanation = one(**cells)
    assert found == reason
    assert words in explanation


def test_of_two_businesses_on_one_yard_the_first_is_used():
    reading = match({"postcode": ["9499ZZ", "9499ZZ"], "huisnummer": ["1", "1"]})
    assert reading.frame["rij"].tolist() == [2]
    assert reading.report.unused[0].explanation == "Ligt op hetzelfde adres als rij 2: het is één erf."


def test_the_frame_holds_fields_of_the_layer_and_no_names():
    reading = match(
        {
            "Bedrijfsnaam": ["Maatschap Voorbeeld"], "naam": ["iemand"], "Postcode": ["9499ZZ"],
            "Huisnummer": ["1"], "bron": ["FICTIEF"], "peildatum": ["1-4-2025"], "UBN": ["x1"],
        }
    )  # fmt: skip
    assert tuple(reading.frame.columns) == FARM_COLUMNS
    assert reading.report.notes == ('Niet overgenomen kolommen: "Bedrijfsnaam", "naam".',)
    assert reading.frame.to_dict("records") == [
        {
            "rij": 2, "adres_id": BAG["adres_id"][0],
            "adres": "Verzonnenlaan 1, Nergenshuizen", "bag_vbo_id": "0106010099000000",
            "bag_pand_id": "0106100099000000", "bron": "FICTIEF", "bronkenmerk": "x1",
            "peildatum": "2025-04-01", "bewaren_tot": "", "x": 235_000.0, "y": 556_000.0,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"), [("31-02-2025", "bestaat niet"), ("1-4-25", "twee"), ("1-4-2030", "toekomst")]
)
def test_a_reference_date_that_can_not_be_is_reported(day, words):
    columns = {"postcode": ["9499ZZ"] * 2, "huisnummer": ["1", "2"], "peildatum": ["2025-04-01", day]}
    unused = match(columns).report.unused
    assert [(row.row, row.reason_code) for row in unused] == [(3, "rij_onjuist")]
    assert words in unused[0].explanation.lower() or "datum" in unused[0].explanation


def test_row_numbers_are_those_of_the_file():
    text = b"postcode;huisnummer\n9499ZZ;1\n\n9499ZZ;99\n"
    report = match_farms(read_csv(text, "b.csv"), BAG, today=TODAY).report
    assert [row.row for row in report.unused] == [4]


def test_a_list_without_addresses_is_refused():
    with pytest.raises(AtlasError, match="geen adressen"):
        match({"naam": ["x"]})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["9499ZZ", "9499 zy", "9499", "", "9999XX"]),
            st.sampled_from(["1", "2a", "12", "20A", "", "x", "2025-01-12", "99999999"]),
            st.sampled_from(["", "A", "1", "bis"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_business_is_matched_or_reported_once(rows):
    columns = {
        name: [row[position] for row in rows]
        for position, name in enumerate(("postcode", "huisnummer", "toevoeging"))
    }
    try:
        reading = match(columns)
    except AtlasError as error:
        assert error.title == "Geen enkele rij van dit bestand is te gebruiken."  # noqa: PT017
        return
    numbers = [*reading.frame["rij"].tolist(), *(row.row for row in reading.report.unused)]
    assert sorted(numbers) == list(range(2, len(rows) + 2))
    assert not reading.frame["bag_vbo_id"].duplicated().any()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("order", [1, -1])
def test_an_addition_is_never_lost_in_any_order_or_encoding(encoding, order):
    columns = ["Postcode", "Huisnr.", "Huisnr. toev.", "Bron", "Opmerking"][::order]
    cells = ["9499ZZ", "2", "A", "FICTIEF", "Drènte"][::order]
    text = ";".join(columns) + "\n" + ";".join(cells) + "\n"
    reading = match_farms(read_csv(text.encode(encoding), "lijst.csv"), BAG, today=TODAY)
    assert reading.frame["bag_vbo_id"].tolist() == ["0106010099000002"]


def test_a_number_is_completed_by_the_line_of_the_address_and_never_contradicted():
    assert one(postcode="9499ZZ", huisnummer="2", adres="Verzonnenlaan 2a") == "0106010099000002"
    assert (
        one(postcode="9499ZZ", huisnummer="2", huisletter="A", adres="Verzonnenlaan 2") == "0106010099000002"
    )
    reason, sentence = one(postcode="9499ZZ", huisnummer="2", huisletter="A", adres="Verzonnenlaan 2 B")
    assert reason == "adres_onleesbaar"
    assert "twee huisnummers" in sentence


def test_a_list_of_another_country_finds_nothing_and_says_so():
    with pytest.raises(AtlasError, match="Geen enkele rij"):
        match(
            {"straatnaam": ["Nergensstraat"], "huisnummer": ["1"], "postcode": ["9000"], "gemeente": ["Gent"]}
        )


@pytest.mark.parametrize("name", ["bijv.", "Bis", "kolom 3", "Aanduiding"])
@pytest.mark.parametrize("addition", ["A", "a"])
def test_a_column_of_any_name_that_makes_another_address_refuses_the_list(name, addition):
    with pytest.raises(AtlasError, match="lijkt een deel van het huisnummer") as refused:
        match({"postcode": ["9499ZZ"], "huisnummer": ["2"], name: [addition]})
    assert f'"{name}": {addition}' in refused.value.got


@pytest.mark.parametrize("cells", [("A", "een opmerking"), ("B", ""), ("", "")])
def test_a_column_that_makes_no_other_address_is_left_out(cells):
    columns = {"postcode": ["9499ZZ", "9499ZZ"], "huisnummer": ["2", "2"], "huisletter": ["A", "A"]}
    assert match({**columns, "klasse": list(cells)}).report.used == 1
