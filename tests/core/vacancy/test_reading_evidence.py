"""Evidence as it is read: its terms, from a record or a status of the BAG, and never a person."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.core.vacancy.evidence import (
    DEFAULT_MONTHS,
    OBSERVATION,
    SET_ASIDE,
    SOURCES,
    WEIGHTS,
    Evidence,
    Terms,
    add_months,
    evidence_from_record,
    weight_of,
)
from atlas.core.vacancy.rule import conclude
from atlas.core.words.errors import AtlasError

TODAY = date(2025, 7, 1)


def test_terms_can_be_set():
    item = Evidence(OBSERVATION, "leeg", date(2025, 5, 1))
    short = Terms(months={**DEFAULT_MONTHS, OBSERVATION: 1})
    assert conclude([item], today=TODAY, has_address=True, terms=short).conclusie == "onbekend"
    assert conclude([item], today=TODAY, has_address=True).geldig_tot == date(2026, 5, 1)
    assert conclude([item], today=date(2026, 5, 1), has_address=True).geldig_tot == date(2027, 5, 1)
    fresh = conclude([item], today=TODAY, has_address=True, terms=Terms(fresh_months=1))
    assert fresh.betrouwbaarheid == "redelijk"


@pytest.mark.parametrize(
    "months", [{}, {**DEFAULT_MONTHS, OBSERVATION: 0}, {**DEFAULT_MONTHS, "waarzegger": 3}]
)
def test_terms_that_miss_a_source_are_refused(months):
    with pytest.raises(AtlasError, match="termijnen"):
        Terms(months=months)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
    ],
)
def test_months_end_where_a_shorter_month_ends(day, months, expected):
    assert add_months(day, months) == expected


def test_evidence_is_read_from_a_record():
    record = {
        "uuid": "3f2b8c1e-0d4a-4c5b-9e6f-7a8b9c0d1e2f",
        "bewijsbron": "brp_persoon",
        "waarde": "geen_treffer",
        "peildatum": "2025-01-01",
        "vervalt_op": None,
        "gewicht": "aanwijzing",
    }
    assert evidence_from_record(record) == Evidence(
        "brp_persoon", "geen_treffer", date(2025, 1, 1), gewicht="aanwijzing"
    )


RECORD = {"bewijsbron": "brp_persoon", "waarde": "treffer", "peildatum": "2025-01-01"}


@pytest.mark.parametrize("column", ["naam", "Achternaam", "BSN", "naam_bewoner", "eigenaar", "geboortedatum"])
def test_evidence_that_names_a_person_is_refused_and_not_repeated(column):
    with pytest.raises(AtlasError, match="persoon") as refused:
        evidence_from_record({**RECORD, column: "Jansen"})
    assert "Jansen" not in str(refused.value)
    assert column in str(refused.value)


def test_a_name_in_the_place_of_a_hit_is_refused_and_not_repeated():
    with pytest.raises(AtlasError, match="brp_persoon") as refused:
        evidence_from_record({**RECORD, "waarde": "J. Jansen"})
    assert "Jansen" not in str(refused.value)


def test_a_citizen_number_in_a_remark_is_refused_and_not_repeated():
    with pytest.raises(AtlasError, match="BSN") as refused:
        evidence_from_record({**RECORD, "toelichting": "zie 111222333"})
    assert "111222333" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"bewijsbron": "buurman"}, "bron van bewijs"),
        ({"waarde": "leeg"}, "waarde"),
        ({"gewicht": "doorslaggevend"}, "gewicht"),
        ({"vervalt_op": "2024-12-31"}, "vervalt"),
        ({"peildatum": "31-02-2025"}, "31 februari 2025 bestaat niet"),
    ],
)
def test_evidence_outside_the_lists_is_refused_with_what_was_expected(changes, message):
    with pytest.raises(AtlasError, match=message) as refused:
        evidence_from_record({**RECORD, **changes})
    assert refused.value.expected


def test_weights_are_in_their_list():
    assert {weight_of(source) for source in SOURCES} | {SET_ASIDE} == set(WEIGHTS)
