"""The plan in pure Python: the same seed the same plan, what it keeps to, and how good it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from atlas.rounds.checker import check
from atlas.rounds.options import options, short_moment
from atlas.rounds.problem import NO_ROAD_S, Spread, Window, Wish
from atlas.rounds.timing import schedule
from round_samples import DAY, LUNCH, MORNING, field, planned, with_stop, with_team_day


def round_of(plan):
    return {visit.stop: one.team_day for one in plan.rounds for visit in one.visits}


def test_the_same_seed_gives_the_same_plan_and_another_may_not():
    problem = field(30, 4)
    assert planned(problem, seed=3) == planned(problem, seed=3)
    assert planned(problem, seed=3).seed != planned(problem, seed=4).seed


def test_on_one_team_day_the_order_is_the_best_there_is():
    problem = field(6, 1, seed=5)
    team_day = problem.team_days[0]

    def driven(order):
        places = [team_day.start, *(problem.stops[stop].place for stop in order), team_day.end]
        return int(problem.seconds[places[:-1], places[1:]].sum())

    best = min(driven(order) for order in permutations(range(6)) if schedule(problem, team_day, order))
    assert planned(problem, steps=500).driving_s == best


def test_searching_longer_drives_less():
    problem = field(40, 4, seed=2)
    assert planned(problem, steps=1500).cost < planned(problem, steps=0).cost


def test_a_locked_stop_stays_and_a_promise_is_moved_only_when_it_pays():
    problem = field(10, 2, seed=7)
    free = planned(problem)
    other = {one.id: one.id for one in problem.team_days}
    stop = problem.stops[0].id
    elsewhere = next(name for name in other if name != round_of(free)[stop])
    locked = planned(with_stop(problem, 0, locked_team_day=elsewhere))
    assert round_of(locked)[stop] == elsewhere
    promised = with_stop(problem, 0, promised_team_day=elsewhere)
    dear = planned(replace(promised, move_price=10_000), steps=1000)
    assert round_of(dear)[stop] == elsewhere
    assert dear.moved == ()
    cheap = planned(replace(promised, move_price=0), steps=1000)
    assert cheap.driving_s <= dear.driving_s


def test_near_yards_go_together_unless_windows_forbid():
    problem = field(16, 4, seed=3, size_m=60_000)
    seconds = problem.seconds.copy()
    seconds[3], seconds[:, 3] = seconds[2], seconds[:, 2]
    seconds[2, 3] = seconds[3, 2] = 60
    seconds[3, 3] = 0
    problem = replace(problem, seconds=seconds, near_s=120)
    plan = planned(problem)
    assert plan.near_pairs >= 1
    assert plan.parted == ()
    apart = with_stop(with_stop(problem, 0, days=("0",)), 1, days=("1",))
    assert planned(apart).near_pairs == plan.near_pairs - 1


def test_a_wish_is_kept_when_that_costs_less_than_its_price():
    problem = field(4, 1, seed=1)
    for number in range(4):
        problem = with_stop(problem, number, windows=(Window(*DAY),))
    wished = with_stop(problem, 2, wishes=(Wish(Window(55_000, DAY[1]), 5_000),))
    plan = planned(wished)
    visit = next(visit for one in plan.rounds for visit in one.visits if visit.stop == "erf 2")
    assert visit.start_s >= 55_000
    assert not check(wished, plan)


def test_teams_that_may_differ_less_do():
    problem = field(24, 4, seed=9, size_m=40_000)
    north = replace(problem, stops=tuple(replace(one, windows=()) for one in problem.stops))
    seconds = north.seconds.copy()
    seconds[0] //= 4
    seconds[:, 0] //= 4
    north = replace(north, seconds=seconds)

    def difference(plan):
        return abs(plan.teams[0].visits - plan.teams[1].visits)

    free, bound = planned(north), planned(replace(north, spread=Spread(visits=2)))
    assert difference(free) > 2 >= difference(bound)


def test_teams_that_may_not_differ_at_all_still_visit_what_must_be_visited():
    near = field(6, 2, size_m=1_000)
    near = replace(near, stops=tuple(replace(one, service_s=0, windows=()) for one in near.stops))
    plan = planned(replace(near, spread=Spread(visits=0)))
    assert [team.visits for team in plan.teams] == [3, 3]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "toezicht"}, "mensen"),
        ({"days": ("7",)}, "vrije_dag"),
        ({"windows": (Window(*MORNING, day="7"),)}, "vrije_dag"),
        ({"locked_team_day": "elders"}, "vast"),
        ({"windows": (Window(40_000, 40_900),)}, "venster_te_kort"),
        ({"windows": (Window(100, 2_000),)}, "venster"),
        ({"service_s": 30_000, "windows": ()}, "te_ver"),
        ({"municipality": "Elders"}, "gemeentegrens"),
        ({"must": False, "prize": 1}, "te_duur"),
    ],
)
def test_a_stop_that_never_fits_has_its_reason(change, code):
    problem = field(6, 2, size_m=40_000)
    for number in range(2):
        problem = with_team_day(problem, number, people=1, municipalities=("", "Hier"))
    plan = planned(with_stop(problem, 3, **change))
    assert [(one.stop, one.code) for one in plan.left_out] == [("erf 3", code)]
    assert plan.visits == 5


def test_no_road_no_hours_and_full_days_have_their_reasons():
    problem = field(6, 2)
    seconds = problem.seconds.copy()
    seconds[:, 5] = NO_ROAD_S
    seconds[5, 5] = 0
    assert [one.code for one in planned(replace(problem, seconds=seconds)).left_out] == ["geen_weg"]
    nobody = with_team_day(with_team_day(problem, 0, to_s=DAY[0]), 1, shift_s=0)
    assert {one.code for one in planned(nobody).left_out} == {"geen_uren"}
    assert {one.code for one in planned(replace(problem, team_days=())).left_out} == {"geen_team"}
    full = planned(field(30, 2, most=10))
    assert full.visits == 20
    assert {one.code for one in full.left_out} == {"dagen_vol"}
    assert any("11 bezoeken mag doen" in one.reason for one in full.left_out)


def test_of_a_group_one_is_visited():
    problem = field(6, 2)
    grouped = with_stop(with_stop(problem, 0, group="a"), 1, group="a")
    plan = planned(grouped)
    assert plan.visits == 5
    assert [one.code for one in plan.left_out] == ["groep"]
    assert not check(grouped, plan)


def test_a_load_and_a_shift_of_ones_own_are_kept():
    problem = field(12, 4)
    for number in range(12):
        problem = with_stop(problem, number, load=(3, 1))
    for number in range(4):
        problem = with_team_day(problem, number, capacity=(9,), shift_s=20_000)
    plan = planned(problem)
    assert not check(problem, plan)
    assert max(len(one.visits) for one in plan.rounds) == 3
    assert plan.visits == 12


def test_metres_are_minimised_when_asked():
    problem = field(10, 2)
    seconds = problem.seconds.copy()
    seconds[:] = 600
    np.fill_diagonal(seconds, 0)
    far, short = replace(problem, seconds=seconds), replace(problem, seconds=seconds, minimise="metres")
    assert planned(short).metres < planned(far).metres


def test_lunch_is_taken_out_of_the_day_where_it_costs_the_windows_least():
    made = options(field(12, 2))
    assert made.days[0].to_s == DAY[1] - LUNCH.length_s
    assert short_moment(40_000, (43_200, 1_800)) == 40_000
    assert short_moment(44_000, (43_200, 1_800)) == 43_200
    assert short_moment(46_800, (43_200, 1_800)) == 45_000
    early, late, _days, _price = made.ways[0][0]
    assert early <= late
