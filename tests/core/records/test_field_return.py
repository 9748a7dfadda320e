"""What comes back from the field: what was done there, and nothing that was only taken along."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.records.becoming import Becoming
from atlas.core.records.changes import ELSEWHERE, plan_import
from atlas.core.records.field_return import REPORT_COLUMNS, plan_return
from atlas.core.records.field_steps import Edits, FieldWork

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
OBJECTS, VISITS = "leegstand_object", "erfbezoek"
ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def an_object(uuid=ONE, **more):
    row = {
        "uuid": uuid, "soort": "schuur", "gemeente_code": "GM0106", "gemeente_zeker": "ja", "bron": "FICTIEF",
        "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "bronkenmerk": uuid[-1],
        "geometrie": (231_000.0, 561_000.0),
    }  # fmt: skip
    (insert,) = plan_import([], [row], now=NOW, user="beheer", layer=OBJECTS).inserts
    return {**insert.record, **more}


def back(mine, work):
    existing = Becoming({OBJECTS: mine, VISITS: [], "agrarisch_bedrijf": []})
    returning = plan_return(existing.layers, work, now=NOW, user="Terugnemer")
    return returning, {plan.layer: plan for plan in returning.plans}


def changed(record, **before):
    edits = {name: Edits(was, (("2026-03-05T10:00:00Z", record[name]),)) for name, was in before.items()}
    return FieldWork(changed=(record,), edits={record["uuid"]: edits})


def test_nothing_done_changes_nothing():
    returning, _ = back([an_object()], {OBJECTS: FieldWork()})
    assert set(returning.counts().values()) == {0}
    assert list(returning.lines()) == []


@pytest.mark.parametrize("day", ["2020-01-01", "2026-03-31"])
def test_a_change_comes_back_whatever_the_dates_say(day):
    mine = an_object(gewijzigd_op="2026-03-31T12:00:00Z", ingelezen_op=None, toelichting="kantoor")
    field = {**mine, "status": "bezocht", "toelichting": None, "peildatum": day}
    _, plans = back([mine], {OBJECTS: changed(field, status="te_inventariseren")})
    (update,) = plans[OBJECTS].updates
    assert {change.field for change in update.changes} - {"peildatum"} == {"status"}
    assert (update.record["toelichting"], update.record["gewijzigd_door"]) == ("kantoor", "Terugnemer")


def test_the_same_field_changed_in_both_is_a_conflict():
    mine = an_object(status="leegstand_vermoed")
    field = {**mine, "status": "bezocht"}
    returning, plans = back([mine], {OBJECTS: changed(field, status="te_inventariseren")})
    (conflict,) = plans[OBJECTS].conflicts
    assert conflict.reason == ELSEWHERE
    assert plans[OBJECTS].updates == ()
    (line,) = returning.lines()
    assert len(line) == len(REPORT_COLUMNS)
    assert line[4] == "dossier: leegstand_vermoed; veld: bezocht"


def test_both_changed_it_to_the_same_is_no_conflict():
    mine = an_object(status="bezocht")
    _, plans = back([mine], {OBJECTS: changed(dict(mine), status="te_inventariseren")})
    assert [item.uuid for item in plans[OBJECTS].unchanged] == [ONE]


def test_a_visit_comes_with_the_object_that_was_found_in_the_field():
    visit = {
        "uuid": TWO, "object_uuid": ONE, "datum": "2026-03-05", "team": "Team Verzonnen",
        "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken",
        "uitkomst": "niemand_aanwezig", "bron": "FICTIEF", "peildatum": "2026-03-05",
        "bewaren_tot": "2030-01-01",
    }  # fmt: skip
    work = {VISITS: FieldWork(new=(visit,)), OBJECTS: FieldWork(new=(an_object(),))}
    _, plans = back([], work)
    assert [len(plans[layer].inserts) for layer in (OBJECTS, VISITS)] == [1, 1]
    _, alone = back([], {VISITS: FieldWork(new=(visit,))})
    assert alone[VISITS].inserts == ()
    assert alone[VISITS].refusals[0].field == "object_uuid"


def test_a_record_that_is_gone_does_not_return_and_a_deletion_is_only_told():
    field = an_object(status="bezocht")
    returning, _ = back([], {OBJECTS: changed(field, status="te_inventariseren")})
    assert [(line[1], line[2]) for line in returning.lines()] == [("geweigerd", ONE)]
    returning, _ = back([an_object()], {OBJECTS: FieldWork(deleted=(ONE,))})
    assert [(line[1], line[2]) for line in returning.lines()] == [("opmerking", ONE)]
    assert set(returning.counts().values()) == {0}
