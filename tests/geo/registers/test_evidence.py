"""Evidence of a register: hit or no hit, and nothing else is ever taken in."""

from __future__ import annotations

from datetime import date

import pytest
from bag_forms import BAG
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.register_answers import read_answers
from atlas.core.tables.table import Table
from atlas.core.vacancy.evidence import REGISTERS, evidence_from_record
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.dossier_rows import TablePlaces

TODAY = date(2026, 2, 1)
VBO = "0106010099000001"


def evidence(*rows, register="woz_gebruiker", addresses=None):
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    table = Table.from_columns("woz.csv", columns)
    return read_answers(table, register, today=TODAY, places=TablePlaces(addresses))


def values(found, name):
    return [record.get(name, "") for record in found.records]


def reasons(found):
    return [(row.row, row.reason_code) for row in found.report.unused]


def row(answer="geen treffer", **changes):
    return {"bag_vbo_id": VBO, "treffer": answer, "peildatum": "2026-01-01", "bron": "FICTIEF"} | changes


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize(
    ("value", "answers"),
    [
        ("treffer", ["treffer", "Ja", 1, "hit"]),
        ("geen_treffer", ["geen treffer", "nee", 0, "no hit"]),
        ("niet_bevraagd", [None, "", "niet bevraagd"]),
    ],
)
def test_an_answer_is_a_hit_no_hit_or_not_asked(register, value, answers):
    rows = [row(answer, bag_vbo_id=f"010601009900010{number}") for number, answer in enumerate(answers)]
    reading = evidence(*rows, register=register)
    assert values(reading, "waarde") == [value] * len(answers)
    assert set(values(reading, "bewijsbron")) == {register}


def test_a_record_is_what_the_conclusion_reads():
    (record,) = evidence(row("nee", bronkenmerk="lev-1")).records
    assert record == {
        "bag_vbo_id": VBO, "bewijsbron": "woz_gebruiker", "waarde": "geen_treffer", "peildatum": "2026-01-01",
        "bron": "FICTIEF", "bronkenmerk": "lev-1",
    }  # fmt: skip
    assert evidence_from_record(record).waarde == "geen_treffer"


def test_the_name_of_the_register_may_be_the_name_of_the_column():
    rows = {"vbo_id": VBO, "BRP persoon": "nee", "peildatum": "2026-01-01"}
    assert values(evidence(rows, register="brp_persoon"), "waarde") == ["geen_treffer"]


@pytest.mark.parametrize(
    "column",
    ["naam", "Naam gebruiker", "bsn", "geboortedatum", "voornaam", "eigenaar", "telefoon", "geslacht"],
)
def test_a_column_that_names_a_person_is_refused(column):
    with pytest.raises(AtlasError, match="een persoon noemt") as caught:
        evidence(row() | {column: "geheim"})
    assert "geheim" not in str(caught.value)
    assert "niets overgenomen" in caught.value.hint


@pytest.mark.parametrize(
    "column", ["kvk-naam", "handelsnaam", "kvknummer", "aantal personen", "opmerking", "woz-waarde"]
)
def test_a_column_that_was_not_asked_for_is_refused(column):
    with pytest.raises(AtlasError, match="kolom") as caught:
        evidence(row() | {column: "geheim"})
    assert column in caught.value.got
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("answer", ["J. de Vries", "123456782", "2 personen", "1-1-1980", 3, 0.5])
def test_an_answer_that_is_something_else_refuses_the_file_without_repeating_it(answer):
    with pytest.raises(AtlasError, match="iets anders dan treffer") as caught:
        evidence(row("ja"), row(answer))
    assert str(answer) not in caught.value.got + caught.value.title + caught.value.detail
    assert "rij 3" in caught.value.where


def test_an_address_may_stand_for_the_object():
    rows = [
        {"postcode": "9499ZZ", "huisnummer": "2a", "hit": "ja", "peildatum": "2026-01-01"},
        {"postcode": "9499ZZ", "huisnummer": "3", "hit": "ja", "peildatum": "2026-01-01"},
    ]
    reading = evidence(*rows, addresses=BAG)
    assert values(reading, "bag_vbo_id") == ["0106010099000002"]
    assert reasons(reading) == [(3, "niet_gevonden")]


def test_a_bag_id_is_taken_as_it_is_also_when_the_addresses_do_not_hold_it():
    reading = evidence(row(bag_vbo_id="0106010099777700"), addresses=BAG)
    assert values(reading, "bag_vbo_id") == ["0106010099777700"]


def test_many_mended_cells_are_not_all_named():
    ids = [f"0106010099{number:06d}" for number in range(9)]
    notes = evidence(*(row(bag_vbo_id=one, peildatum=46023) for one in ids)).report.notes
    assert notes[-1] == "En zo zijn nog 6 cellen hersteld."


def test_a_building_may_stand_for_the_object():
    reading = evidence(
        {"pand_id": "0106100099000001", "treffer": "nee", "peildatum": "2026-01-01"}, addresses=BAG
    )
    assert (values(reading, "bag_vbo_id"), values(reading, "bag_pand_id")) == ([""], ["0106100099000001"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"peildatum": "2026-02-02"}, "rij_onjuist"),
        ({"peildatum": "31-02-2025"}, "rij_onjuist"),
        ({"peildatum": "1-4-25"}, "rij_onjuist"),
        ({"bag_vbo_id": "1,06E+14"}, "rij_onjuist"),
        ({"bag_vbo_id": "0106100099000001"}, "rij_onjuist"),
        ({"bag_vbo_id": ""}, "geen_object"),
        ({"bronkenmerk": "123456782"}, "rij_onjuist"),
    ],
)
def test_a_row_that_can_not_be_right_is_reported(change, reason):
    report = evidence(row(), row(**{"bag_vbo_id": "0106010099000009", **change})).report
    assert [(one.row, one.reason_code) for one in report.unused] == [(3, reason)]
    assert "123456782" not in report.unused[0].explanation


def test_excel_serials_are_dates_and_that_is_said():
    reading = evidence(row(peildatum=46023))
    assert values(reading, "peildatum") == ["2026-01-01"]
    assert any("46023" in note for note in reading.report.notes)


def test_two_answers_on_one_day_are_refused_and_a_repeated_one_left_out():
    other = "0106010099000002"
    reading = evidence(row("ja"), row("nee"), row("ja", bag_vbo_id=other), row("ja", bag_vbo_id=other))
    assert reading.numbers == [4]
    assert {one.row: one.reason_code for one in reading.report.unused} == {
        2: "tegenstrijdig", 3: "tegenstrijdig", 5: "dubbel",
    }  # fmt: skip


def test_a_register_that_is_not_used_and_a_table_without_answers_are_refused():
    with pytest.raises(AtlasError, match="register"):
        evidence(row(), register="energie")
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        evidence({"bag_vbo_id": VBO, "peildatum": "2026-01-01"})


@given(
    st.lists(
        st.tuples(
            st.sampled_from([VBO, "0106010099000002", "106010099000003", "", "x"]),
            st.sampled_from(["ja", "nee", "", None]),
            st.sampled_from(["2026-01-01", "1-1-2026", "", "2030-01-01"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_answer_is_used_or_reported_once(rows):
    columns = [{"bag_vbo_id": key, "treffer": answer, "peildatum": day} for key, answer, day in rows]
    try:
        reading = evidence(*columns)
    except AtlasError as error:
        assert error.title == "Geen enkele rij van dit bestand is te gebruiken."  # noqa: PT017
        return
    numbers = [*reading.numbers, *(one.row for one in reading.report.unused)]
    assert sorted(numbers) == list(range(2, len(rows) + 2))
    keys = [*zip(values(reading, "bag_vbo_id"), values(reading, "peildatum"), strict=True)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("order", [1, -1])
def test_a_running_number_puts_no_answer_on_a_neighbour(order):
    """The row numbered 1 is about number 2: its answer stays there, whatever the order of the columns."""
    cells = {"Nr": "1", "adres": "Verzonnenlaan 2", "postcode": "9499ZZ", "treffer": "nee"}
    other = {"Nr": "2", "adres": "Verzonnenlaan 1", "postcode": "9499ZZ", "treffer": "ja"}
    rows = [
        dict(list((one | {"peildatum": "2026-01-01", "bron": "FICTIEF"}).items())[::order])
        for one in (cells, other)
    ]
    found = evidence(*rows, register="hr_vestiging", addresses=BAG)
    assert values(found, "waarde") == ["geen_treffer", "treffer"]
    assert values(found, "bag_vbo_id") == ["0106010099000001", "0106010099000000"]
