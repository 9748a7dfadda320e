"""What happened since a plan: who moves, who stays, and sentences for changes that can't be."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.words.errors import AtlasError
from atlas.rounds.afterwards import Change, read_changes, what_is_left
from atlas.rounds.budget import Budget
from atlas.rounds.checker import check
from atlas.rounds.finishing import finished
from atlas.rounds.options import options
from atlas.rounds.simple import simple_orders
from round_samples import field, planned, problem_item, with_stop


def round_of(plan):
    return {visit.stop: one.team_day for one in plan.rounds for visit in one.visits}


@pytest.fixture(scope="module")
def problem():
    return field(30, 6, seed=4)


@pytest.fixture(scope="module")
def plan(problem):
    return planned(problem)


def again(problem, plan, *changes):
    left = what_is_left(problem, plan, changes)
    stops = {one.id: number for number, one in enumerate(left.stops)}
    before = {one.team_day: [visit.stop for visit in one.visits] for one in plan.rounds}
    orders = [[stops[stop] for stop in before.get(one.id, ()) if stop in stops] for one in left.team_days]
    made = options(left)
    found, done = simple_orders(made, Budget(iterations=300), orders=orders)
    new = finished(made, found, method="eenvoudig", seed=0, iterations=done, ended="iterations")
    assert not [one for one in check(left, new) if one.code != "ontbreekt"]
    return new


def test_nothing_happened_nothing_moves(problem, plan):
    assert round_of(again(problem, plan)) == round_of(plan)


def test_what_was_visited_or_withdrawn_is_gone(problem, plan):
    new = again(problem, plan, Change("bezocht", "erf 1"), Change("ingetrokken", "erf 2"))
    assert set(round_of(plan)) - set(round_of(new)) == {"erf 1", "erf 2"}
    assert len(new.moved) <= 1


def test_nobody_home_is_another_day_or_later_that_day(problem, plan):
    day = {one.id: one.day for one in problem.team_days}
    new = again(problem, plan, Change("niemand_thuis", "erf 1"))
    assert day[round_of(new)["erf 1"]] != day[round_of(plan)["erf 1"]]
    assert len(new.moved) <= 1
    free = with_stop(problem, 1, windows=())
    left = what_is_left(with_stop(problem, 1), plan, [Change("niemand_thuis", "erf 1", until_s=40_000)])
    assert all(one.from_s >= 40_000 for one in left.stops[1].windows)
    assert what_is_left(free, plan, [Change("niemand_thuis", "erf 1", until_s=40_000)]).stops[1].windows == ()


def test_a_team_that_is_ill_gives_its_visits_to_others(problem, plan):
    ill = plan.rounds[0].team_day
    new = again(problem, plan, Change("team_ziek", team_day=ill))
    lost = {visit.stop for visit in plan.rounds[0].visits}
    assert ill not in round_of(new).values()
    assert lost <= set(round_of(new)) | {one.stop for one in new.left_out}
    assert len(new.moved) <= 2


def test_a_team_that_ran_over_begins_later(problem, plan):
    late = plan.rounds[0].team_day
    new = again(problem, plan, Change("uitgelopen", team_day=late, until_s=46_000))
    assert all(one.leave_s >= 46_000 for one in new.rounds if one.team_day == late)


def test_an_urgent_visit_pushes_another_off_and_a_locked_one_stays(problem):
    full = field(26, 2, seed=5)
    first = planned(with_stop(full, 25, must=False, prize=0))
    assert "erf 25" not in round_of(first)
    assert "erf 25" in round_of(again(full, first, Change("spoed", "erf 25")))
    other = next(one.id for one in full.team_days if one.id != round_of(first)["erf 3"])
    moved = again(full, first, Change("vast", "erf 3", team_day=other))
    assert round_of(moved).get("erf 3", other) == other
    kept = what_is_left(full, first, [Change("vast", "erf 3")])
    assert kept.stops[3].locked_team_day == round_of(first)["erf 3"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (Change("bezocht", "erf 99"), "changes[0].stop"),
        (Change("team_ziek", team_day="nooit"), "changes[0].team_day"),
        (Change("uitgelopen", team_day="noord 0"), "changes[0].until_s"),
        (Change("vast", "erf 1", team_day="nooit"), "changes[0].team_day"),
    ],
)
def test_a_change_that_cannot_be_gets_a_sentence(problem, plan, change, where):
    with pytest.raises(AtlasError) as raised:
        what_is_left(problem, plan, [change])
    assert raised.value.where == where


def test_changes_are_read_from_json():
    item = {"changes": [{"kind": "team_ziek", "team_day": "a"}, {"kind": "bezocht", "stop": "b"}]}
    assert read_changes(item) == [Change("team_ziek", team_day="a"), Change("bezocht", "b")]
    for wrong in ({}, {"changes": [{"kind": "vergeten"}]}):
        with pytest.raises(AtlasError):
            read_changes(wrong)


def test_the_command_plans_what_is_left(problem, tmp_path):
    for name, item in (
        ("opgave", problem_item(problem)),
        ("wijziging", {"changes": [{"kind": "bezocht", "stop": "erf 1"}]}),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(item), encoding="utf-8")

    def run(out, *more):
        command = ["visits", "plan", "--problem", tmp_path / "opgave.json", "--solution", tmp_path / out]
        return CliRunner().invoke(app, [str(one) for one in (*command, "--iterations", 100, *more)])

    assert run("a.json").exit_code == 0
    done = run("b.json", "--previous", tmp_path / "a.json", "--changes", tmp_path / "wijziging.json")
    assert done.exit_code == 0, done.output
    plan = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert plan["totals"]["visits"] == 29
    assert plan["method"] == "eenvoudig"
    assert "--previous PLAN" in run("c.json", "--changes", tmp_path / "wijziging.json").output
