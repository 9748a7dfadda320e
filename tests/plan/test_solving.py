"""Rounds by PyVRP: what they keep to, that they are as good as can be, and the same for the same seed."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations

import pytest

from atlas.plan.solving import pyvrp_orders
from atlas.rounds.budget import Budget
from atlas.rounds.checker import check
from atlas.rounds.finishing import finished
from atlas.rounds.options import options
from atlas.rounds.problem import Window, Wish
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
