"""Which wijk of 2022 is this: every one is found by its code, by name only beside its municipality."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas import divisions, resolution
from atlas.core.areas.district_resolving import resolve_district
from atlas.core.areas.districts import (
    DISTRICT_LEVEL,
    district_level,
    districts,
    joinable_area,
    joinable_areas,
    joinable_levels,
)
from atlas.core.words.errors import AtlasError
from atlas.core.words.spelling import normalise


def found(text, municipality=None):
    answer = resolve_district(text, municipality)
    return answer.area.code if answer.area else answer.reason


def writings(code):
    """How a code is written in tables: with and without letters, zeros, spaces and year; as a number."""
    number = code[2:]
    return [
        code, code.lower(), f" {code}   ", f"WK {number}", f"WK {number[:4]} {number[4:]}",
        f"WK{int(number)}",
        f"2022{code}", number, f"{number[:4]}-{number[4:]}", number.lstrip("0"), int(number), float(number),
        f"{int(number)}.0",
    ]  # fmt: skip


def test_every_wijk_is_found_by_every_writing_of_its_code():
    for one in districts():
        for text in writings(one.code):
            assert found(text) == one.code, text
            assert found(text, divisions.area(one.municipality).name) == one.code, text


def test_every_wijk_is_found_by_its_name_beside_its_municipality():
    """But for the one that is called as its municipality: a row of that name may be about the whole."""
    refused = []
    for one in districts():
        for municipality in (one.municipality, divisions.area(one.municipality).name):
            answer = found(one.name, municipality)
            assert answer in (one.code, resolution.AMBIGUOUS)
            refused += [one.code] * (answer == resolution.AMBIGUOUS)
    assert set(refused) == {"WK003701"}


def test_no_name_is_enough_without_its_municipality():
    for one in districts():
        assert found(one.name) == resolution.AMBIGUOUS
        assert one.code in {candidate.code for candidate in resolve_district(one.name).candidates}


@pytest.mark.parametrize(
    ("text", "municipality", "expected"),
    [
        ("Lariks", "Assen", "WK010601"),
        ("wijk 01 lariks", "gem. Assen", "WK010601"),
        ("Fluitenberg", "Hoogeveen", "WK011852"),
        ("Centrum", "Meppel", "WK011900"),
        ("Centrum", "Groningen", "WK001400"),
        ("Centrum", "Assen", resolution.UNKNOWN),
        ("Roden", "Noordenveld", resolution.AMBIGUOUS),
        ("Coevorden", "Coevorden", resolution.AMBIGUOUS),
        ("Wijk 10 Coevorden", "Coevorden", "WK010910"),
        ("Lariks", "Asssen", resolution.UNKNOWN),
        ("Lariks", "", resolution.UNKNOWN),
        ("Lariks", "Leeuwarden", resolution.UNKNOWN),
        ("Lariksen", "Assen", resolution.UNKNOWN),
        ("Haren-West e.o.", "Haren", resolution.UNKNOWN),
        ("WK010601", "Emmen", resolution.AMBIGUOUS),
        ("WK010601", "", "WK010601"),
        ("WK010601", "Bohemen", "WK010601"),
    ],
)
def test_a_name_is_read_beside_its_municipality(text, municipality, expected):
    assert found(text, municipality) == expected


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ("WK001425", resolution.UNKNOWN, "geen wijk in Groningen. De atlas heeft alleen de wijken van 2022."),
        ("1425", resolution.UNKNOWN, "is in 2022 geen wijk in Groningen"),
        ("2018WK001401", resolution.UNKNOWN, "is een code van 2018"),
        ("2023WK001401", resolution.UNKNOWN, "is een code van 2023"),
        ("WK000901", resolution.UNKNOWN, "De gemeente Ten Boer bestaat sinds 1 januari 2019 niet meer"),
        ("WK000001", resolution.UNKNOWN, "is in 2022 geen wijk"),
        ("BU00140001", resolution.UNKNOWN, "is de code van een buurt"),
        ("WK036300", resolution.OUTSIDE, "Amsterdam"),
        ("Bohemen", resolution.UNKNOWN, "is geen wijk die deze atlas kent"),
        ("Noord", resolution.AMBIGUOUS, "Geef de code, of de kolom met de gemeente."),
    ],
)  # fmt: skip
def test_what_is_no_wijk_of_2022_is_refused_with_the_reason(text, reason, said):
    answer = resolve_district(text)
    assert (answer.area, answer.reason) == (None, reason)
    assert said in answer.explanation


@pytest.mark.parametrize("text", [None, "", "  ", float("nan")])
def test_nothing_is_empty(text):
    assert found(text) == resolution.EMPTY


@given(
    st.text() | st.integers() | st.floats() | st.none() | st.booleans() | st.binary(),
    st.text() | st.integers() | st.floats() | st.none() | st.binary(),
)
def test_any_cell_gets_an_answer(text, municipality):
    answer = resolve_district(text, municipality)
    assert (answer.area is None) == (answer.reason not in (resolution.EXACT, resolution.SPELLING))
    assert answer.area or answer.explanation


def test_the_wijken_lie_in_the_present_municipalities_and_labels_tell_them_apart():
    municipalities = {item.code: item for item in divisions.areas("gemeente")}
    assert {one.municipality for one in districts()} == set(municipalities)
    assert all(one.province == municipalities[one.municipality].province for one in districts())
    assert max(Counter(normalise(one.label) for one in districts()).values()) == 1
    assert [area.label for area in district_level().areas] == [one.label for one in districts()]


def test_a_table_is_joined_to_the_levels_of_the_atlas_and_to_wijken():
    assert joinable_levels() == ("gemeente", "surveyregio", "provincie", "wijk")
    assert joinable_areas("gemeente") == divisions.areas("gemeente")
    assert joinable_areas(DISTRICT_LEVEL) == districts()
    assert joinable_area("WK001400").label == "Centrum (Groningen)"
    assert joinable_area("GM0014") == divisions.area("GM0014")
    with pytest.raises(AtlasError, match="niveau") as raised:
        joinable_areas("buurt")
    assert raised.value.expected.endswith("provincie, wijk")
    with pytest.raises(AtlasError, match="gebiedscode"):
        joinable_area("WK001499")
