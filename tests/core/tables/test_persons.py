"""No persons: columns that are called after one, and citizen service numbers in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.tables.persons import holds_citizen_number, names_a_person


@pytest.mark.parametrize(
    "column",
    [
        "naam", "Naam", "Achternaam", "VOORLETTERS", "naam_bewoner", "NaamBewoner", "naam van de eigenaar",
        "BSN", "bsn_nummer", "Burgerservicenummer", "eigenaar", "Eigenaren", "bewoner", "gebruiker",
        "huurder_id", "geboortedatum", "telefoon", "e-mail", "E_mail", "contactpersoon", "kenteken",
        "volledige naam", "Agrariër", "melder", "name", "IBAN", "A-nummer",
    ],
)  # fmt: skip
def test_a_column_about_a_person_is_recognised(column):
    assert names_a_person(column)


@pytest.mark.parametrize(
    "column",
    [
        "woz_gebruiker", "hr_vestiging", "brp_persoon", "straatnaam", "openbare_ruimte_naam",
        "woonplaatsnaam", "bedrijfsnaam", "gemeente_naam", "melder_soort", "adres", "postcode",
        "huisnummer", "", "123", "bron",
    ],
)  # fmt: skip
def test_a_column_about_a_thing_is_not_taken_for_a_person(column):
    assert not names_a_person(column)


def test_no_field_of_the_schema_names_a_person():
    fields = {(layer.name, field.name) for layer in RURAL_LAYERS.values() for field in layer.fields}
    named = {(layer, field) for layer, field in fields if names_a_person(field)}
    # the names of a campaign, a round and a stop in it are nobody's
    assert named == {("campagne", "naam"), ("ronde", "naam"), ("ronde_stop", "naam")}


@pytest.mark.parametrize("text", ["111222333", "bsn 123456782", "(1234.56.782)", "zie 123.456.782, bewoner"])
def test_a_citizen_number_is_recognised(text):
    assert holds_citizen_number(text)


@pytest.mark.parametrize(
    "text", ["", "123456789", "000000000", "1112223334", "0014100000012345", "0592-123456", "12.111222333"]
)
def test_other_numbers_are_left_alone(text):
    assert not holds_citizen_number(text)


@given(st.integers(10_000_000, 99_999_999))
def test_of_each_eight_digits_at_most_one_ninth_makes_a_citizen_number(front):
    assert sum(holds_citizen_number(f"{front}{last}") for last in range(10)) <= 1
