"""Rounds by PyVRP: what they keep to, that they are as good as can be, and the same for the same seed."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations

import pytest
import pyvrp

from atlas.plan.solving import pyvrp_orders
from atlas.rounds.budget import Budget
from atlas.rounds.checker import check
from atlas.rounds.finishing import finished
from atlas.rounds.options import options
from atlas.rounds.problem import Window, Wish
from atlas.rounds.problem_json import problem_from
from atlas.rounds.timing import schedule
from round_samples import AFTERNOON, DAY, MORNING, field, planned, with_stop, with_team_day


def by_pyvrp(problem, *, steps=150, seed=0):
    made = options(problem)
    budget = Budget(iterations=steps)
    orders, done = pyvrp_orders(made, budget, seed=seed)
    return finished(
        made, orders, method="pyvrp", seed=seed, iterations=done, ended=budget.hit or "iterations"
    )


def round_of(plan):
    return {visit.stop: one.team_day for one in plan.rounds for visit in one.visits}


@pytest.mark.parametrize(("stops", "team_days", "seed"), [(1, 1, 1), (20, 2, 2), (40, 4, 3), (60, 4, 4)])
def test_a_plan_breaks_nothing_but_what_it_leaves_out(stops, team_days, seed):
    problem = field(stops, team_days, seed=seed)
    plan = by_pyvrp(problem)
    left = {one.stop for one in plan.left_out}
    assert {one.stop for one in check(problem, plan)} == left
    assert len(left) == max(0, stops - 13 * team_days)
    assert plan.cost <= planned(problem, steps=100).cost


def test_the_same_seed_gives_the_same_plan():
    problem = field(40, 4)
    assert by_pyvrp(problem, seed=5) == by_pyvrp(problem, seed=5)


def test_of_many_stops_what_must_be_visited_is_demanded_first(monkeypatch):
    asked, solve = [], pyvrp.solve

    def noted(data, *given, **named):
        asked.append(all(one.required for one in data.clients()))
        return solve(data, *given, **named)

    monkeypatch.setattr(pyvrp, "solve", noted)
    problem = field(410, 40, near_s=120)
    plan = by_pyvrp(problem, steps=20)
    assert asked[0]
    assert plan.left_out == ()
    assert check(problem, plan) == []


def test_on_two_team_days_no_division_and_order_drives_less():
    problem = field(7, 2, seed=6, size_m=50_000)

    def least(number, stops):
        team_day = problem.team_days[number]
        best = 0 if not stops else math.inf
        for order in permutations(stops):
            places = [team_day.start, *(problem.stops[stop].place for stop in order), team_day.end]
            driven = int(problem.seconds[places[:-1], places[1:]].sum())
            if driven < best and schedule(problem, team_day, order) is not None:
                best = driven
        return best

    best = min(
        least(0, [stop for stop in range(7) if part >> stop & 1])
        + least(1, [stop for stop in range(7) if not part >> stop & 1])
        for part in range(1 << 7)
    )
    assert by_pyvrp(problem).driving_s == best


def test_locks_days_borders_people_and_groups_are_kept():
    problem = field(24, 4, seed=8)
    problem = with_stop(problem, 0, locked_team_day="zuid 1")
    problem = with_stop(problem, 1, days=("1",))
    problem = with_stop(problem, 2, kind="toezicht")
    problem = with_stop(problem, 3, municipality="Hier")
    problem = with_stop(with_stop(problem, 4, group="a"), 5, group="a")
    problem = with_team_day(problem, 0, people=1, municipalities=("",))
    problem = with_stop(problem, 6, windows=(Window(*MORNING, day="0"), Window(*AFTERNOON, day="1")))
    plan = by_pyvrp(problem)
    assert not check(problem, plan)
    assert plan.visits == 23
    assert round_of(plan)["erf 0"] == "zuid 1"


def test_a_promise_is_kept_unless_moving_pays():
    problem = field(30, 4, seed=9)
    before = round_of(by_pyvrp(problem))
    promised = replace(
        problem,
        stops=tuple(
            replace(stop, promised_team_day=before[stop.id]) for stop in problem.stops if stop.id != "erf 3"
        ),
    )
    assert by_pyvrp(promised).moved == ()
    gone = replace(promised, team_days=promised.team_days[1:])
    plan = by_pyvrp(gone)
    lost = {stop for stop, team_day in before.items() if team_day == problem.team_days[0].id} - {"erf 3"}
    assert lost <= set(plan.moved) | {one.stop for one in plan.left_out}
    assert len(plan.moved) <= len(lost) + 2


def test_yards_near_each_other_go_together():
    problem = field(40, 6, seed=10, size_m=60_000)
    for number in range(0, 20, 2):
        seconds = problem.seconds.copy()
        seconds[number + 3], seconds[:, number + 3] = seconds[number + 2], seconds[:, number + 2]
        seconds[number + 2, number + 3] = seconds[number + 3, number + 2] = 60
        seconds[number + 3, number + 3] = 0
        problem = replace(problem, seconds=seconds)
    plan = by_pyvrp(replace(problem, near_s=120))
    assert plan.near_pairs >= 10
    assert len(plan.parted) <= 1
    assert not check(problem, plan)


def test_a_wish_is_kept_when_it_costs_less_than_its_price():
    problem = field(10, 2, seed=11)
    problem = with_stop(problem, 2, windows=(Window(*DAY),), wishes=(Wish(Window(55_000, DAY[1]), 9_000),))
    plan = by_pyvrp(problem)
    visit = next(visit for one in plan.rounds for visit in one.visits if visit.stop == "erf 2")
    assert visit.start_s >= 55_000


def test_prizes_decide_who_is_visited_when_not_everybody_has_to():
    problem = field(10, 1, seed=12, most=4)
    for number in range(10):
        problem = with_stop(problem, number, must=False, prize=9_000 if number < 3 else 1)
    plan = by_pyvrp(problem)
    assert {visit.stop for one in plan.rounds for visit in one.visits} == {"erf 0", "erf 1", "erf 2"}
    assert {one.code for one in plan.left_out} == {"te_duur"}


def test_it_ends_when_asked():
    problem = field(40, 4)
    made, budget = options(problem), Budget(is_stopped=lambda: True)
    orders, done = pyvrp_orders(made, budget)
    assert (done, budget.hit) == (0, "stopped")
    assert sum(map(len, orders)) > 20
    timed = Budget(seconds=0.5)
    pyvrp_orders(made, timed)
    assert timed.hit == "seconds"


def test_nobody_and_nothing_make_an_empty_plan():
    assert by_pyvrp(replace(field(3, 1), team_days=())).visits == 0
    assert by_pyvrp(replace(field(3, 1), stops=())).visits == 0
    assert by_pyvrp(with_team_day(field(3, 1), 0, shift_s=0)).visits == 0


def bare_item(**stop):
    """An instance as the literature has them: two depots, loads, windows; no lunch and no coordinates."""
    seconds = [[100 * abs(one - other) for other in range(8)] for one in range(8)]
    return {
        "places": [{"id": str(each)} for each in range(8)],
        "stops": [
            {"place": str(each), "service_s": 10, "window_s": [50, 4_000], "load": [each]} | stop
            for each in range(2, 8)
        ],
        "team_days": [
            {"start": "0", "to_s": 5_000, "capacity": [20], "count": 2},
            {"start": "1", "to_s": 5_000, "capacity": [30], "count": 1, "shift_s": 3_000, "fixed_cost": 7},
        ],
        "seconds": seconds,
    }


def told(monkeypatch, problem, *, steps=50):
    """What PyVRP is given, each time it is asked, and the plan."""
    given, solve = [], pyvrp.solve

    def listens(data, *arguments, **named):
        given.append((data, named["params"]))
        return solve(data, *arguments, **named)

    monkeypatch.setattr(pyvrp, "solve", listens)
    return given, by_pyvrp(problem, steps=steps)


def test_pyvrp_is_given_a_bare_instance_and_nothing_else(monkeypatch):
    item = bare_item()
    ((data, params),), plan = told(monkeypatch, problem_from(item))
    assert plan.visits == 6
    assert list(data.clients()) == [
        pyvrp.Client(each, delivery=[each], service_duration=10, tw_early=50, tw_late=4_000)
        for each in range(2, 8)
    ]
    assert list(data.depots()) == [pyvrp.Depot(0), pyvrp.Depot(1)]
    assert list(data.vehicle_types()) == [
        pyvrp.VehicleType(2, [20], 0, 0, tw_late=5_000),
        pyvrp.VehicleType(1, [30], 1, 1, fixed_cost=7, tw_late=5_000, shift_duration=3_000),
    ]
    assert not data.groups()
    assert data.distance_matrix(0).tolist() == data.duration_matrix(0).tolist() == item["seconds"]
    assert params.neighbourhood.num_neighbours == 50
    assert params.penalty == pyvrp.PenaltyParams()


def test_what_may_be_left_out_has_its_own_prize_and_no_other(monkeypatch):
    item, prizes = bare_item(), [250, 250, 250, 150, 150, 150]
    for stop, prize in zip(item["stops"], prizes, strict=True):
        stop["prize"] = prize
    ((data, params),), plan = told(monkeypatch, problem_from(item))
    assert [(one.prize, one.required) for one in data.clients()] == [(prize, False) for prize in prizes]
    assert params.penalty == pyvrp.PenaltyParams()
    assert [one.stop for one in plan.left_out] == ["5", "6", "7"]
    assert plan.cost == 600 + 7 + 3 * 150


def test_a_bare_instance_of_which_not_all_fits_is_tried_and_then_leaves_out(monkeypatch):
    problem = problem_from(bare_item(load=[11]))
    (demanded, prized), plan = told(monkeypatch, problem, steps=60)
    assert all(one.required for one in demanded[0].clients())
    assert not any(one.required for one in prized[0].clients())
    assert (plan.visits, plan.iterations, plan.ended) == (4, 60, "iterations")


@pytest.mark.parametrize(("stops", "neighbours"), [(12, 20), (30, 50)])
def test_of_long_rounds_pyvrp_looks_at_more_neighbours(monkeypatch, stops, neighbours):
    problem = field(stops, 1, size_m=1_000, most=None)
    short = tuple(replace(stop, service_s=60, windows=()) for stop in problem.stops)
    ((_, params),), _ = told(monkeypatch, replace(problem, stops=short))
    assert params.neighbourhood.num_neighbours == neighbours


def test_stops_of_a_day_with_lunch_are_never_demanded(monkeypatch):
    ((data, _),), _ = told(monkeypatch, field(12, 2))
    assert not any(one.required for one in data.clients())


def test_of_many_demanded_clients_the_penalties_begin_low(monkeypatch):
    item = bare_item()
    item["stops"] = [{"place": str(2 + each % 6), "id": str(each)} for each in range(201)]
    ((data, params),), plan = told(monkeypatch, problem_from(item), steps=3)
    assert plan.visits == 201
    assert params.penalty.max_penalty == pyvrp.PenaltyParams().max_penalty
    assert set(params.penalty.midpoint_penalties(data)[1:]) == {10.0}
