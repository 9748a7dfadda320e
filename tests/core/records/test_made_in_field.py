"""Two teams come back in any order, and again: the dossier ends the same, and nothing is lost unsaid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records import made_in_field
from atlas.core.records.becoming import Becoming
from atlas.core.records.changes import plan_import
from atlas.core.records.field_return import plan_return
from atlas.core.records.field_steps import FieldWork
from atlas.core.records.import_plan import Insert
from atlas.core.records.made_in_field import look_alikes
from atlas.core.records.matching import index
from atlas.core.schema.rural import working_layer

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
YARD = "00000000-0000-4000-8000-000000000001"
YARDS, VISITS, FINDINGS, OBJECTS = "agrarisch_bedrijf", "erfbezoek", "bevinding", "leegstand_object"
MORNING, NOON, EVENING = (f"2026-03-05T{hour}:00:00Z" for hour in ("09", "12", "18"))


def uuid(letter, number=1):
    return f"{letter * 8}-0000-4000-8000-{number:012d}"


def visit(own, outcome="niemand_aanwezig", remark="", *, changed=MORNING, **more):
    return {
        "uuid": own, "bedrijf_uuid": YARD, "datum": "2026-03-05", "team": "Team Verzonnen",
        "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken", "uitkomst": outcome,
        "toelichting": remark, "bron": "FICTIEF", "peildatum": "2026-03-05", "bewaren_tot": "2030-01-01",
        "gewijzigd_op": changed, **more,
    }  # fmt: skip


def finding(own, about, seen="waargenomen"):
    return {
        "uuid": own, "bezoek_uuid": about, "categorie": "kapotte_straatverlichting", "waarneming": seen,
        "triage": "nog_te_doen", "getoetst": "nee", "opvolging": "geen", "bron": "FICTIEF",
        "peildatum": "2026-03-05", "bewaren_tot": "2030-01-01", "gewijzigd_op": MORNING,
    }  # fmt: skip


def package(visits, findings=(), **more):
    return {VISITS: FieldWork(new=tuple(visits), **more), FINDINGS: FieldWork(new=tuple(findings))}


def a_dossier():
    row = {
        "uuid": YARD, "adres": "Verzonnenweg 1", "gemeente_code": "GM0106", "gemeente_zeker": "ja",
        "bron": "FICTIEF", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "buitengebied": "ja",
        "geometrie": (231_000.0, 561_000.0),
    }  # fmt: skip
    (insert,) = plan_import([], [row], now=NOW, user="beheer", layer=YARDS).inserts
    return {YARDS: [insert.record], OBJECTS: [], VISITS: [], FINDINGS: []}


def back(state, work, now=NOW):
    """Take a package back into `state`, as the dossier would; what it says of it."""
    returning = plan_return(Becoming(state).layers, work, now=now, user="terug")
    for plan in returning.plans:
        records = {record["uuid"]: record for record in state[plan.layer]}
        records |= {item.record["uuid"]: item.record for item in plan.inserts}
        records |= {item.uuid: item.record for item in plan.updates}
        state[plan.layer] = list(records.values())
    return returning


def contents(state):
    """What people see of the dossier; when it was read is no part of that."""
    return {
        layer: {
            record["uuid"]: {name: value for name, value in record.items() if not name.endswith("_op")}
            for record in records
        }
        for layer, records in state.items()
    }


@pytest.mark.parametrize("order", ["AB", "BA", "ABA", "BBA"])
def test_two_teams_at_one_yard_are_two_visits_and_both_findings_stay(order):
    packages = {
        "A": package([visit(uuid("a"))], [finding(uuid("a", 2), uuid("a"), "niet_waargenomen")]),
        "B": package([visit(uuid("b"), "toegang_verleend")], [finding(uuid("b", 2), uuid("b"))]),
    }
    state, said = a_dossier(), []
    for name in order:
        returning = back(state, packages[name])
        assert returning.counts()["geweigerd"] == returning.counts()["conflict"] == 0
        said += [line for line in returning.lines() if line[1] == "opmerking"]
    assert {record["uuid"]: record["uitkomst"] for record in state[VISITS]} == {
        uuid("a"): "niemand_aanwezig",
        uuid("b"): "toegang_verleend",
    }
    assert {record["bezoek_uuid"]: record["waarneming"] for record in state[FINDINGS]} == {
        uuid("a"): "niet_waargenomen",
        uuid("b"): "waargenomen",
    }
    ((layer, _, _, _, _, text, address, *_),) = said
    assert (layer, address) == (VISITS, "Verzonnenweg 1")
    assert text.startswith("Mogelijk hetzelfde bezoek als ")


def test_twice_a_day_in_one_package_is_two_visits_and_no_question():
    state = a_dossier()
    returning = back(
        state,
        package(
            [visit(uuid("a")), visit(uuid("b"), "toegang_verleend")],
            [finding(uuid("b", 2), uuid("b")), finding(uuid("b", 3), uuid("b"))],
        ),
    )
    assert {line[1] for line in returning.lines()} == {"nieuw"}
    assert (len(state[VISITS]), len(state[FINDINGS])) == (2, 2)


def test_a_visit_that_was_taken_along_is_known_to_the_team_that_makes_another():
    state = a_dossier()
    back(state, package([visit(uuid("a"))]))
    more = package([visit(uuid("b"))], carried=frozenset({uuid("a")}))
    assert [line[1] for line in back(state, more).lines()] == ["nieuw"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0), (1, 0, 1)])
def test_one_uuid_with_two_values_is_a_conflict_with_both_and_the_later_stays(order):
    versions = [
        visit(uuid("a"), "niemand_aanwezig", "ochtend"),
        visit(uuid("a"), "toegang_verleend", "avond", changed=EVENING),
    ]
    state = a_dossier()
    for number in order:
        returning = back(state, package([versions[number]]))
    (stays,) = state[VISITS]
    assert (stays["uitkomst"], stays["toelichting"]) == ("toegang_verleend", "avond")
    if order[-1] == 0 or len(order) == 2:
        assert returning.counts()["conflict"] == 1
        assert {line[3] for line in returning.lines() if line[1] == "conflict"} == {"uitkomst", "toelichting"}
        for line in returning.lines():
            if line[3] == "uitkomst":
                assert {part.split(": ")[1] for part in line[4].split("; ")} == {
                    "niemand_aanwezig",
                    "toegang_verleend",
                }


def test_a_file_with_visits_of_the_field_keeps_them_apart_too():
    """As when one layer of a package is imported like any other file."""
    state = a_dossier()
    for order in ("ab", "ba"):
        visits = []
        for letter in order:
            rows = [{name: value for name, value in visit(uuid(letter)).items() if name != "gewijzigd_op"}]
            plan = plan_import(visits, rows, now=NOW, user="Jo", layer=VISITS, parents=state)
            visits += [insert.record for insert in plan.inserts]
        assert {record["uuid"] for record in visits} == {uuid("a"), uuid("b")}
    without = [{**rows[0], "uuid": None, "bronkenmerk": None}]
    assert not plan_import(visits[:1], without, now=NOW, user="Jo", layer=VISITS, parents=state).inserts


def test_what_somebody_changed_by_hand_in_the_dossier_stays():
    state = a_dossier()
    back(state, package([visit(uuid("a"))]))
    later = (NOW + timedelta(hours=1)).isoformat()
    state[VISITS] = [{**state[VISITS][0], "uitkomst": "geen_medewerking", "gewijzigd_op": later}]
    returning = back(state, package([visit(uuid("a"), "toegang_verleend", changed=EVENING)]))
    assert returning.counts()["conflict"] == 1
    assert state[VISITS][0]["uitkomst"] == "geen_medewerking"


@pytest.mark.parametrize(
    ("steps", "reported"),
    [
        ([("te_inventariseren", "afgehandeld")], 1),
        ([("te_inventariseren", "bezocht"), ("bezocht", "signaal_uitgezet")], 0),
        ([("bezocht", "afgehandeld"), ("afgehandeld", "bezocht")], 2),
    ],
)
def test_steps_of_the_status_that_the_panel_does_not_make_are_told_one_by_one(steps, reported):
    row = {
        "uuid": uuid("c"), "soort": "schuur", "gemeente_code": "GM0106", "gemeente_zeker": "ja",
        "bron": "FICTIEF", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "status": steps[-1][1],
        "geometrie": (231_000.0, 561_000.0), "gewijzigd_op": MORNING,
    }  # fmt: skip
    work = {OBJECTS: FieldWork(new=(row,), steps={uuid("c"): steps}, rows={uuid("c"): 7})}
    lines = list(back(a_dossier(), work).lines())
    told = [line for line in lines if line[1] == "opmerking"]
    assert len(told) == reported
    assert {(line[3], line[6], line[7]) for line in told} <= {("status", "x 231000, y 561000", "7")}


OUTCOMES = ("niemand_aanwezig", "geen_medewerking", "toegang_verleend", "van_buiten_bekeken")
VERSIONS = st.builds(
    visit,
    st.sampled_from([uuid("a"), uuid("b")]),
    st.sampled_from(OUTCOMES),
    st.sampled_from(["", "dak stuk", "hek dicht"]),
    changed=st.sampled_from([MORNING, NOON, EVENING, None, "2027-01-01T00:00:00Z"]),
)


@given(st.lists(VERSIONS, min_size=1, max_size=4), st.data())
def test_no_order_of_returning_decides_and_repeats_change_nothing(versions, data):
    """Whatever a clock in the field said; every value that gives way was told beside the one that stays."""
    packages = [package([made], [finding(made["uuid"][:-1] + "9", made["uuid"])]) for made in versions]
    ends = []
    for _ in range(2):
        order = data.draw(st.permutations([*packages, *packages[: data.draw(st.integers(0, 2))]]))
        state = a_dossier()
        told = set()
        for work in order:
            returning = back(state, work)
            assert returning.counts()["geweigerd"] == 0
            told |= {line[4] for line in returning.lines() if line[1] == "conflict"}
        ends.append(contents(state))
        stays = {record["uuid"]: record["uitkomst"] for record in state[VISITS]}
        for made in versions:
            gave_way = made["uitkomst"] != stays[made["uuid"]]
            assert not gave_way or any(made["uitkomst"] in found for found in told)
    assert ends[0] == ends[1]


def test_visits_to_other_yards_are_not_compared_because_none_is_to_an_object(monkeypatch):
    compared = []

    def spied(layer, records):
        found = list(records)
        compared.extend(found)
        return index(layer, found)

    monkeypatch.setattr(made_in_field, "index", spied)
    layer = working_layer(VISITS)
    others = [visit(uuid("b", number), bedrijf_uuid=uuid("c", number)) for number in range(50)]
    assert list(look_alikes(layer, [Insert(1, visit(uuid("a")))], others)) == []
    assert compared == []
    (remark,) = look_alikes(layer, [Insert(1, visit(uuid("a")))], [*others, visit(uuid("d"))])
    assert "Mogelijk" in remark.text
    assert len(compared) == 1
