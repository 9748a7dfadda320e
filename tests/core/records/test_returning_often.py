"""Devices come back in any order, half-way and again, while an office works on: it ends the same."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.becoming import Becoming
from atlas.core.records.changes import plan_import
from atlas.core.records.conflicts import open_conflicts, plan_decision
from atlas.core.records.field_return import plan_return
from atlas.core.records.field_steps import Edits, FieldWork, HistoryLine, lineage_of
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
OBJECTS, VISITS, CONFLICTS = "leegstand_object", "erfbezoek", "conflict"
OBJECT, VISIT = "00000000-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000001"
BEGIN = {"prioriteit": "normaal", "toelichting": None}


def an_object():
    row = {
        "uuid": OBJECT, "soort": "schuur", "gemeente_code": "GM0106", "gemeente_zeker": "ja",
        "bron": "FICTIEF", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "bronkenmerk": "1",
        "geometrie": (231_000.0, 561_000.0),
    }  # fmt: skip
    (insert,) = plan_import([], [row], now=NOW, user="beheer", layer=OBJECTS).inserts
    return insert.record


class Office:
    """A dossier in memory, with the history of its one object as the file would keep it."""

    def __init__(self):
        empty = {name: [] for name, layer in RURAL_LAYERS.items() if not layer.append_only}
        self.becoming = Becoming(empty | {OBJECTS: [an_object()]})
        self.lines = {OBJECT: [HistoryLine(is_new=True, changes={}, steps={})]}

    @property
    def records(self):
        return {layer: list(records.values()) for layer, records in self.becoming.layers.items()}

    def record(self, layer=OBJECTS, uuid=OBJECT):
        return self.becoming.layers[layer][uuid]

    def back(self, work):
        layers = self.becoming.layers
        lineages = {
            layer: {
                uuid: lineage_of(self.lines[uuid], self.record(layer, uuid))
                for uuid in (one["uuid"] for one in (*done.new, *done.changed))
                if uuid in self.lines
            }
            for layer, done in work.items()
        }
        plan = plan_return(layers, work, now=NOW, user="terug", lineages=deepcopy(lineages))
        for of_layer in plan.plans:
            changed = {one.uuid: one.changes for one in of_layer.updates}
            made = {one.record["uuid"] for one in of_layer.inserts}
            for uuid in {*changed, *made, *of_layer.steps}:
                changes = {one.field: (one.in_dossier, one.in_file) for one in changed.get(uuid, ())}
                line = HistoryLine(uuid in made, changes, of_layer.steps.get(uuid, {}))
                self.lines.setdefault(uuid, []).append(line)
        self.becoming.take(plan.written)
        return plan

    def edit(self, name, value):
        """By hand, as in QGIS."""
        before = self.record()
        self.lines[OBJECT].append(HistoryLine(is_new=False, changes={name: (before[name], value)}, steps={}))
        self.becoming._now[OBJECTS][OBJECT] = {**before, name: value}

    def decide(self, conflict, choice):
        _, plans = plan_decision(self.records, conflict.short, choice, why="", now=NOW, user="Jo")
        for plan in plans:
            for update in plan.updates:
                if plan.layer == OBJECTS:
                    changes = {one.field: (one.in_dossier, one.in_file) for one in update.changes}
                    self.lines[OBJECT].append(HistoryLine(is_new=False, changes=changes, steps={}))
        self.becoming.take(plans)

    def open(self):
        return {(one.field, one.from_field) for one in open_conflicts(self.records)}

    def end(self):
        record = self.record()
        return {name: record[name] for name in BEGIN}, self.open()


def device(*steps, base=None):
    """What a device did with the object: (moment, field, value), one after the other."""
    edits = {}
    for moment, name, value in steps:
        first = (base or BEGIN)[name]
        known = edits.get(name, Edits(first, ()))
        edits[name] = Edits(first, (*known.steps, (moment, value)))
    last = {name: one.last for name, one in edits.items()}
    return {OBJECTS: FieldWork(changed=({**an_object(), **last},), edits={OBJECT: edits})}


def at(hour, minute=0):
    return f"2026-03-05T{hour:02d}:{minute:02d}:00Z"


def test_two_devices_that_differ_are_a_conflict_with_both_values_in_either_order():
    one, other = device((at(9), "prioriteit", "hoog")), device((at(10), "prioriteit", "laag"))
    ends = []
    for order in ((one, other), (other, one), (one, other, one, other)):
        office = Office()
        for work in order:
            office.back(work)
        ends.append(office.end())
    assert ends == [({"prioriteit": "laag", "toelichting": None}, {("Prioriteit", "Hoog")})] * 3


def test_a_device_that_comes_back_with_more_work_is_no_conflict_with_itself():
    office = Office()
    half = device((at(9), "prioriteit", "hoog"))
    whole = device((at(9), "prioriteit", "hoog"), (at(11), "prioriteit", "laag"))
    office.back(half)
    plan = office.back(whole)
    assert (plan.counts()["gewijzigd"], plan.counts()["conflict"]) == (1, 0)
    assert office.end() == ({"prioriteit": "laag", "toelichting": None}, set())
    office.back(half)  # the older copy, again
    assert office.end() == ({"prioriteit": "laag", "toelichting": None}, set())


def test_a_device_that_undoes_what_it_brought_undoes_it_here():
    office = Office()
    office.back(device((at(9), "prioriteit", "hoog")))
    office.back(device((at(9), "prioriteit", "hoog"), (at(11), "prioriteit", "normaal")))
    assert office.end() == (BEGIN, set())


def test_what_the_office_changed_stays_and_what_it_undid_does_not_come_again():
    office = Office()
    work = device((at(9), "prioriteit", "hoog"))
    office.back(work)
    office.edit("prioriteit", "normaal")
    office.back(work)
    assert office.end() == (BEGIN, set())
    office.back(device((at(8), "prioriteit", "laag")))  # began with what the office has now
    assert office.end()[0]["prioriteit"] == "laag"


def test_a_value_of_the_office_that_the_device_never_saw_is_kept_beside_its_own():
    office = Office()
    office.edit("prioriteit", "laag")
    plan = office.back(device((at(12), "prioriteit", "hoog")))
    assert plan.counts()["conflict"] == 1
    assert office.end() == ({"prioriteit": "laag", "toelichting": None}, {("Prioriteit", "Hoog")})


def test_one_field_in_conflict_does_not_hold_up_the_others():
    office = Office()
    office.edit("prioriteit", "laag")
    office.back(device((at(12), "prioriteit", "hoog"), (at(12), "toelichting", "dak stuk")))
    assert office.end() == (
        {"prioriteit": "laag", "toelichting": "dak stuk"}, {("Prioriteit", "Hoog")},
    )  # fmt: skip


@pytest.mark.parametrize(("choice", "held"), [("dossier", "laag"), ("veld", "hoog")])
def test_a_decision_stands_whatever_comes_back_again(choice, held):
    works = device((at(9), "prioriteit", "hoog")), device((at(10), "prioriteit", "laag"))
    office = Office()
    for work in works:
        office.back(work)
    (conflict,) = open_conflicts(office.records)
    office.decide(conflict, choice)
    office.decide(conflict, choice)  # twice is once
    assert office.end() == ({"prioriteit": held, "toelichting": None}, set())
    for work in works:
        office.back(work)
    assert office.end() == ({"prioriteit": held, "toelichting": None}, set())
    with pytest.raises(AtlasError, match="al beslist"):
        office.decide(conflict, "veld" if choice == "dossier" else "dossier")


def test_a_decision_for_the_dossier_stands_when_the_other_device_goes_on():
    office = Office()
    office.back(device((at(9), "prioriteit", "hoog")))
    office.back(device((at(10), "prioriteit", "laag")))
    (conflict,) = open_conflicts(office.records)
    office.decide(conflict, "dossier")
    office.back(device((at(9), "prioriteit", "hoog"), (at(12), "prioriteit", "normaal")))
    assert office.end() == ({"prioriteit": "laag", "toelichting": None}, {("Prioriteit", "Normaal")})


def test_who_was_handed_what_another_brought_has_seen_it():
    first, second = device((at(9), "prioriteit", "hoog")), device((at(10), "prioriteit", "laag"))
    after = device((at(14), "prioriteit", "normaal"), base={"prioriteit": "hoog"})
    ends = []
    for order in ((first, after, second), (first, second, after)):
        office = Office()
        for work in order:
            office.back(work)
        ends.append(office.end())
    assert ends == [({"prioriteit": "normaal", "toelichting": None}, {("Prioriteit", "Laag")})] * 2


VALUES = {"prioriteit": ["hoog", "laag", "normaal"], "toelichting": ["dak stuk", "hek dicht"]}
STEPS = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])


@st.composite
def devices(draw):
    """What devices did, each with a clock of its own; and how far each was when it came back."""
    packages = []
    for number in range(draw(st.integers(1, 3))):
        steps, last = [], dict(BEGIN)
        for place, (name, value) in enumerate(draw(st.lists(STEPS, min_size=1, max_size=4))):
            if last[name] != value:
                steps.append((at(draw(st.integers(6, 9)) + 3 * place, number), name, value))
                last[name] = value
        ways = draw(st.lists(st.integers(1, max(1, len(steps))), min_size=1, max_size=2))
        packages += [device(*steps[:upto]) for upto in ways if steps]
    return packages


@given(devices(), st.data())
def test_no_order_decides_repeats_change_nothing_and_no_value_is_lost(packages, data):
    ends = []
    for _ in range(2):
        again = packages[: data.draw(st.integers(0, len(packages)))]
        office = Office()
        for work in data.draw(st.permutations([*packages, *again])):
            office.back(work)
        ends.append(office.end())
        before = office.end()
        for work in packages:
            office.back(work)
            assert office.end() == before
    assert ends[0] == ends[1]


@given(devices(), st.data())
def test_what_the_office_does_in_between_is_never_overwritten_unseen(packages, data):
    """A package that began before the office wrote never changes what the office wrote."""
    office = Office()
    place = data.draw(st.integers(0, len(packages)))
    for work in packages[:place]:
        office.back(work)
    office.edit("toelichting", "van kantoor")
    for work in packages[place:]:
        office.back(work)
    assert office.record()["toelichting"] == "van kantoor"


def a_visit(outcome="niemand_aanwezig", **more):
    return {
        "uuid": VISIT, "object_uuid": OBJECT, "datum": "2026-03-05", "team": "Team Verzonnen",
        "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken", "uitkomst": outcome,
        "bron": "FICTIEF", "peildatum": "2026-03-05", "bewaren_tot": "2030-01-01", "gewijzigd_op": at(9),
        **more,
    }  # fmt: skip


def visiting(outcome, *edits, made=None, **more):
    known = {VISIT: {"uitkomst": Edits("niemand_aanwezig", edits)}} if edits else {}
    made_at = made or at(9)
    return {VISITS: FieldWork(new=(a_visit(outcome, **more),), edits=known, made={VISIT: made_at})}


def test_a_visit_that_was_gone_on_with_is_the_same_visit_and_no_conflict():
    half = visiting("niemand_aanwezig")
    whole = visiting("toegang_verleend", (at(15), "toegang_verleend"))
    for order in ((half, whole), (whole, half), (half, whole, half)):
        office = Office()
        for work in order:
            office.back(work)
        assert office.record(VISITS, VISIT)["uitkomst"] == "toegang_verleend"
        assert office.open() == set()


def test_one_uuid_of_two_visits_is_a_conflict_of_every_field_that_differs():
    one = visiting("niemand_aanwezig", toelichting="ochtend", made=at(9))
    other = visiting("toegang_verleend", toelichting="middag", made=at(14), gewijzigd_op=at(14))
    ends = []
    for order in ((one, other), (other, one), (one, other, one)):
        office = Office()
        for work in order:
            office.back(work)
        ends.append((office.record(VISITS, VISIT)["uitkomst"], office.open()))
    assert ends == [
        ("toegang_verleend", {("Uitkomst", "Niemand aanwezig"), ("Toelichting", "ochtend")})
    ] * 3  # fmt: skip


def test_a_talk_does_not_become_supervision_by_coming_back():
    office = Office()
    office.back(visiting("niemand_aanwezig"))
    edits = {VISIT: {"soort": Edits("preventief", ((at(15), "toezicht"),))}}
    work = {VISITS: FieldWork(new=(a_visit(soort="toezicht"),), edits=edits, made={VISIT: at(9)})}
    plan = office.back(work)
    assert {line[1] for line in plan.lines()} == {"geweigerd"}
    assert office.record(VISITS, VISIT)["soort"] == "preventief"
    assert office.open() == set()
