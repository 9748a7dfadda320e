"""From orders of stops to a plan: times by the clock, totals, a reason for every stop that is left out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .draft import Draft
from .plans import Plan, Round, TeamTotal, Visit
from .reasons import reasons
from .timing import Timed, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .options import Options

#: how many stops a round may lose before it fits by the clock
_MOST_LOST = 20


def finished(
    options: Options,
    orders: Sequence[Sequence[int]],
    *,
    method: str,
    seed: int,
    iterations: int,
    ended: str,
    notes: Sequence[str] = (),
) -> Plan:
    """Make the plan of orders.

    A round that fits on the short day but not by the clock (rare: see `options`) loses the stop without
    which it fits, and that stop is tried in every other round, by the clock.

    Args:
        options: What the orders were made with.
        orders: For each team-day its stops.
        method: What made them.
        seed: Of the chances.
        iterations: How many steps were made.
        ended: See `Plan.ended`.
        notes: Sentences for whoever reads the plan.
    """
    problem = options.problem
    by_clock, lost = _fitted(options, orders)
    for stop in lost:
        _put_elsewhere(options, by_clock, stop)
    rounds = []
    for number, timed in sorted(by_clock.items()):
        if not timed.visits:
            continue
        visits = tuple(
            Visit(problem.stops[one.stop].id, one.arrive_s, one.start_s, one.end_s) for one in timed.visits
        )
        driving, metres = _driven(options, number, [one.stop for one in timed.visits])
        rounds.append(
            Round(
                problem.team_days[number].id, visits, timed.leave_s, timed.return_s, timed.lunch_s,
                timed.lunch_after if timed.lunch_s is not None else None, driving, metres,
            )
        )  # fmt: skip
    final = [[one.stop for one in by_clock[number].visits] for number in range(len(problem.team_days))]
    draft = Draft(options, final)
    round_of = {stop: number for number, order in enumerate(final) for stop in order}
    moved = tuple(
        problem.stops[stop].id
        for stop, number in sorted(round_of.items())
        if problem.stops[stop].promised_team_day not in ("", problem.team_days[number].id)
    )
    pairs = [pair for pair in options.near_pairs if pair[0] in round_of and pair[1] in round_of]
    return Plan(
        method,
        tuple(rounds),
        reasons(options, final),
        seed,
        iterations,
        ended,
        _teams(options, by_clock, rounds),
        draft.cost,
        len(pairs),
        tuple(
            (problem.stops[one].id, problem.stops[other].id)
            for one, other in pairs
            if round_of[one] != round_of[other]
        ),
        moved,
        tuple(notes),
    )


def _fitted(options: Options, orders: Sequence[Sequence[int]]) -> tuple[dict[int, Timed], list[int]]:
    problem, by_clock, lost = options.problem, {}, []
    for number, team_day in enumerate(problem.team_days):
        order = list(orders[number])
        timed = schedule(problem, team_day, order) if order else None
        for _ in range(_MOST_LOST):
            if timed is not None or not order:
                break
            without = [(stop, [each for each in order if each != stop]) for stop in order]
            tried = [(schedule(problem, team_day, rest), stop, rest) for stop, rest in without]
            fitting = [one for one in tried if one[0] is not None]
            if fitting:
                timed, stop, order = min(fitting, key=lambda one: options.prices[one[1]])
            else:
                stop, order = min(without, key=lambda one: options.prices[one[0]])
            lost.append(stop)
        by_clock[number] = (
            timed or schedule(problem, team_day, []) or Timed(team_day.from_s, team_day.from_s, ())
        )
    return by_clock, lost


def _put_elsewhere(options: Options, by_clock: dict[int, Timed], stop: int) -> None:
    problem = options.problem
    best: tuple[int, int, Timed] | None = None
    for number, team_day in enumerate(problem.team_days):
        order = [one.stop for one in by_clock[number].visits]
        if team_day.most_visits is not None and len(order) >= team_day.most_visits:
            continue
        if not any(way.team_days >> number & 1 for way in options.ways[stop]):
            continue
        driven = _cost(options, number, order)
        for place in range(len(order) + 1):
            tried = [*order[:place], stop, *order[place:]]
            timed = schedule(problem, team_day, tried)
            if timed is None:
                continue
            cost = _cost(options, number, tried) - driven
            if best is None or cost < best[0]:
                best = (cost, number, timed)
    if best is not None and best[0] < options.prices[stop]:
        by_clock[best[1]] = best[2]


def _cost(options: Options, number: int, order: Sequence[int]) -> int:
    problem = options.problem
    if not order:
        return 0
    team_day = problem.team_days[number]
    places = [team_day.start, *(problem.stops[stop].place for stop in order), team_day.end]
    legs = pairwise(places)
    return team_day.fixed_cost + sum(int(problem.costs[here, there]) for here, there in legs)


def _driven(options: Options, number: int, order: Sequence[int]) -> tuple[int, int | None]:
    problem = options.problem
    team_day = problem.team_days[number]
    places = [team_day.start, *(problem.stops[stop].place for stop in order), team_day.end]
    legs = list(pairwise(places))
    metres = problem.metres
    return (
        sum(int(problem.seconds[leg]) for leg in legs),
        None if metres is None else sum(int(metres[leg]) for leg in legs),
    )


def _teams(options: Options, by_clock: dict[int, Timed], rounds: Sequence[Round]) -> tuple[TeamTotal, ...]:
    driving = {one.team_day: one.driving_s for one in rounds}
    found: dict[str, TeamTotal] = {}
    for number, team_day in enumerate(options.problem.team_days):
        old = found.get(team_day.team, TeamTotal(team_day.team, 0, 0, 0, 0))
        timed = by_clock[number]
        found[team_day.team] = TeamTotal(
            team_day.team,
            old.days + bool(timed.visits),
            old.visits + len(timed.visits),
            old.driving_s + driving.get(team_day.id, 0),
            old.work_s + (timed.return_s - timed.leave_s if timed.visits else 0),
        )
    return tuple(found.values())
