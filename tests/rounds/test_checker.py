"""The checker finds what breaks, in a plan of the program (nothing) and in one changed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.rounds.checker import check
from atlas.rounds.problem import NO_ROAD_S, Window
from round_samples import AFTERNOON, MORNING, by_hand, field, planned, with_stop, with_team_day


def codes(problem, plan):
    return {one.code for one in check(problem, plan)}


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 16), st.integers(1, 4))
def test_what_the_program_plans_breaks_nothing_but_what_it_leaves_out(seed, stops, team_days):
    problem = field(stops, team_days, seed=seed)
    plan = planned(problem, steps=30)
    left = {one.stop for one in plan.left_out}
    for judged in (plan, by_hand(plan)):
        assert {one.stop for one in check(problem, judged)} == left
        assert codes(problem, judged) <= {"ontbreekt"}
    assert left | {visit.stop for one in plan.rounds for visit in one.visits} == {
        one.id for one in problem.stops
    }
    assert all(one.reason for one in plan.left_out)


@pytest.fixture(scope="module")
def problem():
    return field(8, 2)


@pytest.fixture(scope="module")
def plan(problem):
    return planned(problem)


def orders(plan):
    return {one.team_day: [visit.stop for visit in one.visits] for one in plan.rounds}


def test_a_stop_twice_missing_or_unknown(problem, plan):
    changed = orders(plan)
    first = max(changed, key=lambda name: len(changed[name]))
    changed[first] = [*changed[first][1:], changed[first][1], "erf 99"]
    found = check(problem, by_hand(plan, rounds=changed))
    assert {one.code for one in found} >= {"ontbreekt", "dubbel", "onbekend"}
    assert "'erf 99' bestaat niet" in " ".join(one.sentence for one in found)
    assert codes(problem, by_hand(plan, rounds={**orders(plan), "morgen": []})) == {"onbekend"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "toezicht"}, "mensen"),
        ({"people": 3}, "mensen"),
        ({"days": ("9",)}, "dag"),
        ({"windows": (Window(*MORNING, day="9"),)}, "dag"),
        ({"locked_team_day": "elders"}, "vast"),
        ({"windows": (Window(30600, 30660),)}, "tijdvenster"),
        ({"load": (5,)}, "lading"),
        ({"municipality": "Elders"}, "gemeentegrens"),
        ({"service_s": 40_000}, "dienst"),
    ],
)
def test_what_a_stop_asks(problem, plan, change, code):
    asked = problem
    for number in range(len(problem.team_days)):
        asked = with_team_day(asked, number, people=1, capacity=(4,), municipalities=("", "Hier"))
    for number, stop in enumerate(problem.stops):
        asked = with_stop(asked, number, municipality="Hier") if stop.municipality == "" else asked
    assert code not in codes(asked, by_hand(plan))
    assert code in codes(with_stop(asked, 0, **change), by_hand(plan))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"most_visits": 1}, "te_veel_bezoeken"),
        ({"to_s": 32_000, "lunch": None}, "dienst"),
        ({"shift_s": 3_600}, "dienst"),
    ],
)
def test_what_a_team_day_asks(problem, plan, change, code):
    number = next(
        number for number, one in enumerate(problem.team_days) if len(orders(plan).get(one.id, ())) > 1
    )
    assert code in codes(with_team_day(problem, number, **change), by_hand(plan))


def test_a_lunch_that_is_left_out_or_moved_is_seen(problem, plan):
    late = max(plan.rounds, key=lambda one: one.return_s)
    assert late.lunch_s is not None
    for lunch_s, after in ((None, None), (late.leave_s, 0)):
        changed = replace(late, lunch_s=lunch_s, lunch_after=after)
        rounds = tuple(changed if one is late else one for one in plan.rounds)
        assert "pauze" in codes(problem, replace(plan, rounds=rounds))


def test_a_visit_that_ends_before_it_begins_is_said_to_do_so(problem, plan):
    one = plan.rounds[0]
    turned = replace(one.visits[0], start_s=one.visits[0].end_s, end_s=one.visits[0].start_s)
    rounds = (replace(one, visits=(turned, *one.visits[1:])), *plan.rounds[1:])
    said = [breach.sentence for breach in check(problem, replace(plan, rounds=rounds))]
    assert any("voor het begint" in sentence for sentence in said)


def test_times_that_cannot_be_are_seen(problem, plan):
    one = plan.rounds[0]
    early = tuple(
        replace(visit, start_s=visit.start_s - 3600, end_s=visit.end_s - 3600) for visit in one.visits
    )
    short = tuple(replace(visit, end_s=visit.start_s + 60) for visit in one.visits)
    for visits in (early, short):
        rounds = (replace(one, visits=visits), *plan.rounds[1:])
        assert "tijden" in codes(problem, replace(plan, rounds=rounds))
    rounds = (replace(one, return_s=one.return_s - 600), *plan.rounds[1:])
    assert codes(problem, replace(plan, rounds=rounds)) == {"tijden"}


def test_a_round_without_a_road(problem, plan):
    seconds = problem.seconds.copy()
    seconds[:, 2] = seconds[2, :] = NO_ROAD_S
    assert "geen_weg" in codes(replace(problem, seconds=seconds), by_hand(plan))


def test_of_a_group_one_is_enough_and_two_are_too_many(problem, plan):
    grouped = with_stop(with_stop(problem, 0, group="a"), 1, group="a")
    assert codes(grouped, by_hand(plan)) == {"groep"}
    without = {name: [stop for stop in stops if stop != "erf 0"] for name, stops in orders(plan).items()}
    assert codes(grouped, by_hand(plan, rounds=without)) == set()


def test_a_round_walked_by_hand_waits_for_its_window_and_takes_lunch_where_it_fits():
    problem = field(2, 1)
    problem = with_stop(with_stop(problem, 0, windows=(Window(*MORNING),)), 1, windows=(Window(*AFTERNOON),))
    plan = by_hand(planned(problem), rounds={"noord 0": ["erf 0", "erf 1"]})
    assert codes(problem, plan) == set()
    assert codes(problem, by_hand(plan, rounds={"noord 0": ["erf 1", "erf 0"]})) == {"tijdvenster"}


def test_a_shift_is_counted_from_where_waiting_ends():
    problem = with_team_day(with_stop(field(1, 1), 0, windows=(Window(*AFTERNOON),)), 0, lunch=None)
    way = int(problem.seconds[0, 2] + problem.seconds[2, 0])
    plan = by_hand(planned(problem))
    assert codes(with_team_day(problem, 0, shift_s=way + 1500), plan) == set()
    assert codes(with_team_day(problem, 0, shift_s=way + 1499), plan) == {"dienst"}


def test_a_matrix_with_directions_is_walked_in_its_direction():
    problem = field(1, 1)
    seconds = problem.seconds.copy()
    seconds[2, 0] = 30_000
    there = replace(with_team_day(problem, 0, lunch=None), seconds=seconds)
    plan = by_hand(planned(problem))
    assert codes(with_team_day(problem, 0, lunch=None), plan) == set()
    assert codes(there, plan) == {"dienst"}
