"""Is it empty? The decision table of docs/vacancy.md, row by row, and what holds for all evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.vacancy.evidence import (
    BAG,
    BAG_ADDRESS,
    BAG_STATUSES,
    CONCLUSIONS,
    DEFAULT_MONTHS,
    GONE,
    NOT_YET,
    OBSERVATION,
    REGISTERS,
    RELIABILITIES,
    REPORT,
    SET_ASIDE,
    SOURCES,
    VALUES,
    Evidence,
    Terms,
    add_months,
    weight_of,
)
from atlas.core.vacancy.rule import conclude
from atlas.core.words.errors import AtlasError

DOC = Path(__file__).parents[3] / "docs" / "vacancy.md"
TODAY = date(2025, 7, 1)


def table(heading):
    """The cells of the first table below a heading of docs/vacancy.md, without its header."""
    section = DOC.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def read_evidence(cell):
    """`waarneming leeg 2025-05-03; registers treffer 2025-01-01` -> evidence."""
    items = []
    for part in filter(None, cell.split(";")):
        source, value, day = part.split()
        items += [
            Evidence(name, value, date.fromisoformat(day))
            for name in (REGISTERS if source == "registers" else [source])
        ]
    return items


DECISIONS = table("The decision table")


def evidence_of(sources):
    return st.sampled_from([(source, value) for source in sources for value in VALUES[source]]).flatmap(
        lambda pair: st.builds(
            Evidence,
            bron=st.just(pair[0]),
            waarde=st.just(pair[1]),
            peildatum=st.dates(date(2022, 1, 1), TODAY),
            vervalt_op=st.none(),
            gewicht=st.sampled_from(["", "", "", SET_ASIDE]),
        )
    )


evidence = evidence_of(SOURCES)
bundles = st.lists(evidence, max_size=8)
of_registers = [source for source in SOURCES if source in REGISTERS]


@pytest.mark.parametrize("row", DECISIONS, ids=[row[0] for row in DECISIONS])
def test_the_decision_table_holds(row):
    _, address, cell, outcome, reliability, pieces = row
    conclusion = conclude(read_evidence(cell), today=TODAY, has_address={"yes": True, "no": False}[address])
    assert (conclusion.conclusie, conclusion.betrouwbaarheid) == (outcome, reliability), conclusion.redenen
    said = "\n".join(conclusion.redenen)
    for piece in pieces.split(" / "):
        assert piece in said


@pytest.mark.parametrize("row", table("The eight combinations"), ids=lambda row: row[0])
def test_the_eight_combinations_hold(row):
    _, *answers, outcome, reliability = row
    items = [
        Evidence(name, answer, date(2025, 1, 1)) for name, answer in zip(REGISTERS, answers, strict=True)
    ]
    conclusion = conclude(items, today=TODAY, has_address=True)
    assert (conclusion.conclusie, conclusion.betrouwbaarheid) == (outcome, reliability)


def test_the_eight_combinations_are_all_there():
    combinations = {tuple(row[1:4]) for row in table("The eight combinations")}
    assert combinations == set(product(["treffer", "geen_treffer"], repeat=3))


def test_the_table_of_sources_is_the_one_in_use():
    rows = {row[0].strip("`"): (row[2].strip("`"), int(row[3])) for row in table("What counts as evidence")}
    assert rows == {source: (weight_of(source), DEFAULT_MONTHS[source]) for source in SOURCES}


@given(bundles, st.booleans(), st.randoms())
def test_the_order_of_the_evidence_never_matters(items, has_address, random):
    shuffled = random.sample(items, len(items))
    first = conclude(items, today=TODAY, has_address=has_address)
    assert first == conclude(shuffled + shuffled, today=TODAY, has_address=has_address)


@given(bundles, st.booleans())
def test_every_conclusion_is_in_the_lists_and_gives_a_reason(items, has_address):
    conclusion = conclude(items, today=TODAY, has_address=has_address)
    assert conclusion.conclusie in CONCLUSIONS
    assert conclusion.betrouwbaarheid in RELIABILITIES
    assert (conclusion.conclusie == "onbekend") == (conclusion.betrouwbaarheid == "geen")
    assert conclusion.redenen
    assert len(set(conclusion.redenen)) == len(conclusion.redenen)
    for reason in conclusion.redenen:
        assert reason[0].isupper()
        assert reason[-1] == "."


@given(bundles, st.booleans())
def test_every_piece_of_evidence_is_named_with_its_date(items, has_address):
    said = "\n".join(conclude(items, today=TODAY, has_address=has_address).redenen)
    weighed = [
        item
        for item in items
        if item.bron in (OBSERVATION, REPORT) and item.gewicht != SET_ASIDE and Terms().expiry(item) > TODAY
    ]
    newest = [item for item in weighed if item.peildatum == max(other.peildatum for other in weighed)]
    gone = [item for item in items if item.gewicht == SET_ASIDE or Terms().expiry(item) <= TODAY]
    for item in newest + gone:
        assert f"{item.peildatum.day} " in said
        assert f" {item.peildatum.year}" in said


@given(bundles)
def test_without_an_address_registers_never_change_the_conclusion(items):
    others = [item for item in items if item.bron not in REGISTERS]
    with_registers = conclude(items, today=TODAY, has_address=False)
    without = conclude(others, today=TODAY, has_address=False)
    assert with_registers.conclusie == without.conclusie
    assert with_registers.betrouwbaarheid == without.betrouwbaarheid


@given(st.lists(evidence_of([*of_registers, BAG, BAG_ADDRESS]), max_size=8))
def test_registers_alone_never_call_an_object_without_an_address_empty(items):
    assert conclude(items, today=TODAY, has_address=False).conclusie == "onbekend"


@given(bundles, st.booleans())
def test_a_ruin_in_the_bag_never_changes_the_conclusion(items, has_address):
    others = [item for item in items if item.bron != BAG]
    ruin = Evidence(BAG, "buiten_gebruik", TODAY)
    with_ruin = conclude([*others, ruin], today=TODAY, has_address=has_address)
    without = conclude(others, today=TODAY, has_address=has_address)
    assert with_ruin.bouwvallig
    assert not without.bouwvallig
    assert with_ruin.conclusie == without.conclusie
    assert with_ruin.betrouwbaarheid == without.betrouwbaarheid


@given(bundles, st.booleans())
def test_what_was_not_asked_or_set_aside_never_changes_the_conclusion(items, has_address):
    silent = [Evidence(register, "niet_bevraagd", TODAY) for register in REGISTERS]
    aside = [Evidence(OBSERVATION, "leeg", TODAY, gewicht=SET_ASIDE)]
    before = conclude(items, today=TODAY, has_address=has_address)
    after = conclude([*items, *silent, *aside], today=TODAY, has_address=has_address)
    assert (after.conclusie, after.betrouwbaarheid) == (before.conclusie, before.betrouwbaarheid)


@given(bundles, st.booleans())
def test_only_what_was_seen_is_ever_highly_reliable(items, has_address):
    unseen = [item for item in items if item.bron != OBSERVATION]
    assert conclude(unseen, today=TODAY, has_address=has_address).betrouwbaarheid != "hoog"


@given(bundles, st.booleans())
def test_expired_evidence_never_counts_and_is_always_listed(items, has_address):
    conclusion = conclude(items, today=TODAY, has_address=has_address)
    counted = [item for item in items if item.gewicht != SET_ASIDE]
    assert set(conclusion.verlopen) == {item for item in counted if Terms().expiry(item) <= TODAY}
    fresh = conclude(
        [item for item in items if item not in conclusion.verlopen], today=TODAY, has_address=has_address
    )
    assert (fresh.conclusie, fresh.betrouwbaarheid) == (conclusion.conclusie, conclusion.betrouwbaarheid)


@given(bundles, st.booleans())
def test_a_conclusion_holds_until_geldig_tot_and_never_longer(items, has_address):
    def on(day):
        later = conclude(items, today=day, has_address=has_address)
        return later.conclusie, later.betrouwbaarheid

    until = conclude(items, today=TODAY, has_address=has_address).geldig_tot
    horizon = until or TODAY + timedelta(days=1100)
    changes = {Terms().expiry(item) for item in items if TODAY < Terms().expiry(item) < horizon}
    assert all(on(day) == on(TODAY) for day in changes | {horizon - timedelta(days=1)})
    assert until is None or on(until) != on(TODAY)


@given(bundles, evidence, st.integers(1, 2000), st.booleans())
def test_a_record_from_the_future_never_changes_anything_but_is_always_named(items, item, days, has_address):
    later = replace(item, peildatum=TODAY + timedelta(days=days), gewicht="")
    before = conclude(items, today=TODAY, has_address=has_address)
    after = conclude([*items, later], today=TODAY, has_address=has_address)
    assert (after.conclusie, after.betrouwbaarheid) == (before.conclusie, before.betrouwbaarheid)
    assert after.verlopen == before.verlopen
    (told,) = set(after.redenen) - set(before.redenen)
    assert told.startswith("Telt nog niet mee, want de peildatum ligt na 1 juli 2025")


gone_buildings = st.sampled_from(sorted(GONE & VALUES[BAG].keys()))


@given(bundles, gone_buildings, st.dates(date(2015, 1, 1), TODAY), st.integers(0, 4000), st.booleans())
def test_what_is_demolished_stays_so_for_ever_unless_seen_since(items, status, day, later, has_address):
    unseen = [item for item in items if item.bron != OBSERVATION or item.peildatum < day]
    gone = Evidence(BAG, status, day, vervalt_op=day + timedelta(days=1))
    conclusion = conclude([*unseen, gone], today=TODAY + timedelta(days=later), has_address=has_address)
    assert (conclusion.conclusie, conclusion.betrouwbaarheid) == ("onbekend", "geen")
    assert "Volgens de BAG bestaat het pand niet of niet meer" in "".join(conclusion.redenen)
    assert gone not in conclusion.verlopen


def test_what_was_seen_before_a_demolition_does_not_contradict_it():
    items = [Evidence(BAG, "gesloopt", date(2025, 4, 1)), Evidence(OBSERVATION, "leeg", date(2025, 3, 1))]
    assert "tegen" not in "".join(conclude(items, today=TODAY, has_address=True).redenen)


@given(bundles, gone_buildings, st.dates(date(2015, 1, 1), TODAY), st.booleans())
def test_a_demolition_is_always_named(items, status, day, has_address):
    conclusion = conclude([*items, Evidence(BAG, status, day)], today=TODAY, has_address=has_address)
    named = [reason for reason in conclusion.redenen if "status van het pand in de BAG" in reason]
    assert any(str(day.year) in reason and BAG_STATUSES[status].lower() in reason for reason in named)


@given(bundles, st.sampled_from(sorted(NOT_YET & VALUES[BAG].keys())), st.booleans())
def test_a_building_that_is_not_there_is_never_empty_unless_seen_since(items, status, has_address):
    unseen = [item for item in items if item.bron != OBSERVATION or item.peildatum < TODAY]
    conclusion = conclude([*unseen, Evidence(BAG, status, TODAY)], today=TODAY, has_address=has_address)
    assert conclusion.conclusie in ("in_gebruik", "onbekend")


@given(
    st.lists(evidence_of(of_registers), max_size=8),
    st.sampled_from(sorted((GONE | NOT_YET) & VALUES[BAG_ADDRESS].keys())),
)
def test_registers_never_make_an_address_that_is_not_there_empty(items, status):
    conclusion = conclude([*items, Evidence(BAG_ADDRESS, status, TODAY)], today=TODAY, has_address=True)
    assert conclusion.conclusie in ("in_gebruik", "onbekend")


seen = st.sampled_from(["in_gebruik", "gedeeltelijk_leeg", "leeg"])


@given(
    st.lists(st.tuples(seen, st.integers(31, 400)), max_size=6),
    seen,
    st.lists(st.integers(0, 30), min_size=2, max_size=4, unique=True),
)
def test_what_was_seen_last_always_counts_once_it_is_confirmed(before, last, days):
    visits = [*before, *((last, ago) for ago in days)]
    items = [Evidence(OBSERVATION, value, TODAY - timedelta(days=ago)) for value, ago in visits]
    conclusion = conclude(items, today=TODAY, has_address=True)
    assert (conclusion.conclusie, conclusion.betrouwbaarheid) == (last, "hoog")


def test_a_day_with_two_outcomes_before_two_that_agree_does_not_undo_the_confirmation():
    days = [("in_gebruik", 40), ("leeg", 40), ("leeg", 30), ("leeg", 0)]
    items = [Evidence(OBSERVATION, value, TODAY - timedelta(days=ago)) for value, ago in days]
    assert conclude(items, today=TODAY, has_address=True).conclusie == "leeg"


@given(bundles, st.booleans())
def test_only_what_was_seen_within_a_year_is_ever_highly_reliable(items, has_address):
    recent = [
        item
        for item in items
        if item.bron == OBSERVATION and item.waarde != "niet_te_beoordelen" and item.gewicht != SET_ASIDE
        and add_months(item.peildatum, 12) > TODAY
    ]  # fmt: skip
    if conclude(items, today=TODAY, has_address=has_address).betrouwbaarheid == "hoog":
        assert recent


@given(evidence, st.integers(1, 5000))
def test_an_expiry_of_its_own_never_lengthens_the_term(item, days):
    terms = Terms()
    own = replace(item, vervalt_op=item.peildatum + timedelta(days=days))
    assert terms.expiry(own) <= terms.expiry(item)


def test_a_future_day_that_changes_the_conclusion_ends_it():
    items = [
        Evidence(OBSERVATION, "leeg", date(2025, 1, 1)),
        Evidence(OBSERVATION, "in_gebruik", date(2025, 9, 1)),
    ]
    assert conclude(items, today=TODAY, has_address=True).geldig_tot == date(2025, 9, 1)


def test_an_expiry_of_its_own_goes_before_the_term():
    item = Evidence(OBSERVATION, "leeg", date(2025, 6, 1), vervalt_op=date(2025, 7, 1))
    conclusion = conclude([item], today=TODAY, has_address=True)
    assert conclusion.conclusie == "onbekend"
    assert conclusion.verlopen == (item,)


# --- edges that a table does not show ---


def test_an_expired_ruin_is_no_ruin_from_the_very_day_on():
    item = Evidence(BAG, "buiten_gebruik", date(2025, 1, 1), date(2025, 7, 1))
    assert conclude([item], today=TODAY - timedelta(days=1), has_address=True).bouwvallig
    assert not conclude([item], today=TODAY, has_address=True).bouwvallig


def test_a_dwelling_of_which_reports_and_registers_differ_is_a_contradiction():
    """Barns are seen empty, and of the dwelling a report and the registers say different things."""
    items = [
        Evidence(OBSERVATION, "schuren_leeg", date(2025, 5, 3)),
        Evidence(REPORT, "leeg", date(2025, 6, 1)),
        *(Evidence(register, "treffer", date(2025, 5, 1)) for register in REGISTERS),
    ]
    judged = conclude(items, today=TODAY, has_address=True)
    assert (judged.conclusie, judged.betrouwbaarheid) == ("onbekend", "geen")
    assert "tegen" in judged.redenen[0]


def test_terms_may_begin_at_nothing_for_a_contradiction_and_at_a_month_for_the_rest():
    assert Terms(contradiction_days=0).contradiction_days == 0
    assert Terms(dict.fromkeys(SOURCES, 1), fresh_months=1).fresh_months == 1
    for wrong in (
        {"contradiction_days": -1}, {"fresh_months": 0}, {"months": dict.fromkeys(SOURCES, 0)},
        {"months": {OBSERVATION: 12}},
    ):  # fmt: skip
        with pytest.raises(AtlasError, match="termijnen"):
            Terms(**wrong)


def test_only_what_the_bag_says_is_told_as_a_status_of_the_bag():
    """A remark of another source never stands among what is gone."""
    items = [
        Evidence(OBSERVATION, "leeg", date(2025, 5, 3)),
        Evidence(BAG, "in_gebruik", date(2025, 1, 1)),
        Evidence(BAG, "verbouwing", date(2025, 2, 1)),
    ]
    told = [reason for reason in conclude(items, today=TODAY, has_address=True).redenen if "BAG" in reason]
    assert len(told) == 1
    assert "verbouwing" in told[0].lower()


def test_who_stood_before_it_on_the_day_of_a_permit_has_seen_the_building():
    seen = Evidence(OBSERVATION, "leeg", date(2025, 5, 3))
    for day, concluded in ((date(2025, 5, 3), "leeg"), (date(2025, 5, 4), "onbekend")):
        judged = conclude([seen, Evidence(BAG, "bouw_gestart", day)], today=TODAY, has_address=True)
        assert judged.conclusie == concluded
