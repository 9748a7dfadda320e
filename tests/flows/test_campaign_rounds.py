"""A plan of rounds comes into the dossier, again and again, and what was visited stays as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atlas.core.records.campaign_rounds import NOT_YET
from atlas.core.records.choosing_rules import Rules
from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.campaign_rounds import plan_campaign_rounds
from atlas.jobs.selecting import Campaign, select_yards
from dossier_samples import ASSEN, filled, plan, uuid, visit, yard

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 9, tzinfo=UTC)
HALL = {"id": "gemeentehuis", "x_rd": 233_500, "y_rd": 556_500}


def team(name="Team 1", day="2026-03-09", **more):
    return {
        "team": name, "day": day, "start": "gemeentehuis", "from_s": 9 * 3600, "to_s": 17 * 3600, "people": 2,
        "most_visits": 3, **more,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A campaign that visits seven yards; one of them has no place."""
    yards = [yard(number, buitengebied="ja") for number in range(300, 307)]
    yards[6]["geometrie"] = None
    made = filled(tmp_path / "team", {"agrarisch_bedrijf": yards}).folder
    campaign = Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
    select_yards(made, campaign, Rules(), user="planner", now=NOW)
    return made


def planned(folder, tmp_path, *teams, name="Voorjaar", now=NOW, **more):
    path = tmp_path / "teams.json"
    path.write_text(json.dumps({"places": [HALL], "team_days": teams, **more}), encoding="utf-8")
    return plan_campaign_rounds(
        folder, name, path, method="eenvoudig", iterations=20, user="planner", now=now
    )


def kept(folder):
    layers = read_layers(open_dossier(folder), ["ronde", "ronde_stop"])
    return layers["ronde"], {stop["bedrijf_uuid"]: stop for stop in layers["ronde_stop"]}


def visited(folder, number, about, **more):
    dossier = open_dossier(folder)
    apply_import(
        dossier, plan(dossier, "erfbezoek", [visit(number, bedrijf_uuid=uuid(about), **more)], now=LATER)
    )


def test_every_yard_has_its_round_and_times_or_why_not(folder, tmp_path):
    done = planned(folder, tmp_path, team())
    (tour,), stops = kept(folder)
    assert (tour["naam"], str(tour["dag"]), tour["team"], tour["status"]) == (
        "A", "2026-03-09", "Team 1", "gepland",
    )  # fmt: skip
    assert "09:00" <= tour["begin"] < tour["eind"] <= "17:00"
    assert "geschat zonder wegen" in tour["methode"]
    inside = [stop for stop in stops.values() if stop["ronde_uuid"]]
    assert sorted(stop["naam"] for stop in inside) == ["A-01", "A-02", "A-03"]
    by_name = sorted(inside, key=lambda stop: stop["naam"])
    assert [stop["aankomst"] for stop in by_name] == sorted(stop["aankomst"] for stop in by_name)
    assert all(tour["begin"] <= stop["aankomst"] < stop["vertrek"] <= tour["eind"] for stop in inside)
    assert all(bool(stop["ronde_uuid"]) != bool(stop["niet_ingepland"]) for stop in stops.values())
    assert stops[uuid(306)]["niet_ingepland"] == "Van dit erf is geen plek bekend."
    assert len(done.plan.left_out) == 3
    assert all("Lijst" in one.stop for one in done.plan_by_address.left_out)


def test_the_same_plan_again_changes_nothing(folder, tmp_path):
    planned(folder, tmp_path, team(), team("Team 2"))
    before = kept(folder)
    planned(folder, tmp_path, team(), team("Team 2"), now=LATER)
    assert kept(folder) == before


def test_who_was_visited_keeps_the_round_and_who_was_not_home_is_planned_again(folder, tmp_path):
    planned(folder, tmp_path, team())
    _rounds, before = kept(folder)
    names = {stop["naam"]: about for about, stop in before.items() if stop["naam"]}
    seen, missed = names["A-01"], names["A-02"]
    visited(folder, 401, int(seen[-3:]), datum="2026-03-09")
    visited(folder, 402, int(missed[-3:]), datum="2026-03-09", uitkomst="niemand_aanwezig")
    done = planned(folder, tmp_path, team(day="2026-03-16", most_visits=5), now=LATER)
    rounds, after = kept(folder)
    assert len(done.asked.asked.visited) == 1
    assert after[seen] == before[seen]
    assert after[missed]["naam"].startswith("B-")
    assert {tour["naam"]: tour["status"] for tour in rounds} == {"A": "gepland", "B": "gepland"}


def test_a_round_that_is_not_needed_any_more_is_dropped_and_not_forgotten(folder, tmp_path):
    planned(folder, tmp_path, team(), team("Team 2"))
    planned(folder, tmp_path, team(most_visits=6), now=LATER)
    rounds, stops = kept(folder)
    assert {tour["team"]: tour["status"] for tour in rounds} == {"Team 1": "gepland", "Team 2": "vervallen"}
    assert len({stop["ronde_uuid"] for stop in stops.values() if stop["ronde_uuid"]}) == 1
    planned(folder, tmp_path, team(), team("Team 2"), now=LATER)
    assert {tour["status"] for tour in kept(folder)[0]} == {"gepland"}


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("Najaar", {}, "staat niet in het dossier"),
        ("Voorjaar", {"team_days": [team(day="0")]}, "geen datum"),
        ("Voorjaar", {"stops": [{"place": "gemeentehuis"}]}, "die komen uit het dossier"),
        ("Voorjaar", {"team_days": [team(start="elders")]}, "Deze plaats staat niet in de opgave"),
    ],
)
def test_what_can_not_be_gets_a_sentence_and_changes_nothing(folder, tmp_path, name, asked, said):
    before = kept(folder)
    with pytest.raises(AtlasError, match=said):
        planned(folder, tmp_path, team(), name=name, **asked)
    assert kept(folder) == before


def test_the_kind_and_how_long_it_takes_go_along(folder, tmp_path):
    done = planned(folder, tmp_path, team(people=1))
    assert {stop.kind for stop in done.problem.stops} == {"preventief"}
    assert {stop.service_s for stop in done.problem.stops} == {45 * 60}


def test_when_all_are_visited_nothing_is_left_to_plan(folder, tmp_path):
    for number in range(300, 307):
        visited(folder, number + 100, number, datum="2026-03-09")
    with pytest.raises(AtlasError, match="geen erf meer te plannen") as refused:
        planned(folder, tmp_path, team(), now=LATER)
    assert refused.value.detail == "7 bezocht, 0 zonder plek"


def test_villages_are_planned_in_the_order_that_was_drawn(tmp_path):
    yards = [
        yard(number, buitengebied="ja", adres=f"Verzonnen Lijst {number}, {place}")
        for place, numbers in (("Aadorp", (300, 301)), ("Beedorp", (302, 303)), ("Ceedorp", (304, 305)))
        for number in numbers
    ]
    folder = filled(tmp_path / "team", {"agrarisch_bedrijf": yards}).folder
    campaign = Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
    chosen = select_yards(folder, campaign, Rules(by_village=True), user="planner", now=NOW, seed="zaad")
    assert chosen.seed == "zaad"
    assert read_register(open_dossier(folder))[0]["zaad"] == "zaad"
    done = planned(folder, tmp_path, team(most_visits=3))
    _rounds, stops = kept(folder)
    turns = {stop["volgorde"]: [] for stop in stops.values()}
    for stop in stops.values():
        turns[stop["volgorde"]].append(stop)
    assert sorted(turns) == [1, 2, 3]
    assert {stop["plaats"] for stop in turns[1]} in ({"Aadorp"}, {"Beedorp"}, {"Ceedorp"})
    assert done.later == 2
    assert [stop["niet_ingepland"] for stop in turns[3]] == [NOT_YET] * 2
    assert sum(bool(stop["ronde_uuid"]) for stop in (*turns[1], *turns[2])) == 3


def test_a_remark_names_a_yard_by_its_address(folder, tmp_path):
    done = planned(folder, tmp_path, team())
    stop = done.asked.layers["ronde_stop"][0]
    (address,) = [
        one["adres"] for one in done.asked.layers["agrarisch_bedrijf"] if one["uuid"] == stop["bedrijf_uuid"]
    ]
    told = replace(done, plan=replace(done.plan, notes=(f"Binnen 1.500 m ligt geen weg: {stop['uuid']}.",)))
    assert told.plan_by_address.notes == (f"Binnen 1.500 m ligt geen weg: {address}.",)
