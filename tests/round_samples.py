"""FICTIEF problems of rounds, made here: a field of yards with two starts, and as the JSON that is read."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from atlas.rounds.problem import NO_ROAD_S, Lunch, Place, Problem, Stop, TeamDay, Window
from atlas.rounds.problem_json import VERSION

MORNING, AFTERNOON, DAY = (30600, 43200), (46800, 59400), (30600, 59400)
LUNCH = Lunch(1800, 41400, 48600)


def field(stops=12, team_days=2, *, seed=1, size_m=20_000, most=13, **changes):
    """Yards at random in a square, driven at 50 km/h; half of them in a part of the day."""
    chance = random.Random(seed)
    places = [Place("noord", size_m * 0.3, size_m * 0.7), Place("zuid", size_m * 0.7, size_m * 0.3)]
    places += [
        Place(f"erf {each}", chance.random() * size_m, chance.random() * size_m) for each in range(stops)
    ]
    where = np.array([(one.x_rd, one.y_rd) for one in places])
    metres = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) * 1.3
    made = tuple(
        Stop(
            places[each + 2].id, each + 2, 1500,
            (Window(*chance.choice([DAY, DAY, MORNING, AFTERNOON])),), ends_within=True,
        )
        for each in range(stops)
    )  # fmt: skip
    days = tuple(
        TeamDay(
            f"{places[each % 2].id} {each // 2}", places[each % 2].id, str(each // 2), each % 2, each % 2,
            *DAY, most_visits=most, people=2, lunch=LUNCH,
        )
        for each in range(team_days)
    )  # fmt: skip
    problem = Problem(
        tuple(places), made, days, np.rint(metres / 13.9).astype(np.int64), np.rint(metres).astype(np.int64)
    )
    return replace(problem, **changes)


def with_stop(problem, number=0, **changes):
    """The problem with one stop changed."""
    stops = list(problem.stops)
    stops[number] = replace(stops[number], **changes)
    return replace(problem, stops=tuple(stops))


def with_team_day(problem, number=0, **changes):
    """The problem with one team-day changed."""
    days = list(problem.team_days)
    days[number] = replace(days[number], **changes)
    return replace(problem, team_days=tuple(days))


def planned(problem, *, steps=300, seed=0):
    """A simple plan of a problem."""
    from atlas.rounds.budget import Budget
    from atlas.rounds.finishing import finished
    from atlas.rounds.options import options
    from atlas.rounds.simple import simple_orders

    made = options(problem)
    orders, done = simple_orders(made, Budget(iterations=steps), seed=seed)
    return finished(made, orders, method="eenvoudig", seed=seed, iterations=done, ended="iterations")


def by_hand(plan, *, rounds=None):
    """The plan as somebody leaves it who moved stops: orders without times."""
    orders = rounds or {one.team_day: [visit.stop for visit in one.visits] for one in plan.rounds}
    from atlas.rounds.plans import Round, Visit

    return replace(
        plan, rounds=tuple(Round(name, tuple(map(Visit, stops))) for name, stops in orders.items())
    )


def problem_item(problem: Problem) -> dict[str, object]:
    """A problem as the value of its JSON; what has its default is left out."""
    names = [one.id for one in problem.places]
    item: dict[str, object] = {
        "version": VERSION,
        "places": [
            _slim({"id": one.id, "x_rd": one.x_rd, "y_rd": one.y_rd, "municipality": one.municipality})
            for one in problem.places
        ],
        "stops": [_stop_item(one, names) for one in problem.stops],
        "team_days": [_team_day_item(one, names) for one in problem.team_days],
        "minimise": problem.minimise,
        "near_s": problem.near_s,
        "near_price": problem.near_price,
        "move_price": problem.move_price,
        "seconds": _rows(problem.seconds),
    }
    if problem.metres is not None:
        item["metres"] = _rows(problem.metres)
    bound = _slim({"visits": problem.spread.visits, "work_s": problem.spread.work_s})
    return item | _slim({"spread": bound, "travel_note": problem.travel_note, "note": problem.note})


def _slim(item: dict[str, object]) -> dict[str, object]:
    """Without what is nothing."""
    return {key: value for key, value in item.items() if value not in (None, "", [], {}, ())}


def _rows(matrix) -> list[list[int | None]]:
    return [[None if one >= NO_ROAD_S else one for one in row] for row in matrix.tolist()]


def _window_item(one: Window) -> dict[str, object]:
    return {"from_s": one.from_s, "to_s": one.to_s} | _slim({"day": one.day})


def _stop_item(one: Stop, names: list[str]) -> dict[str, object]:
    return {
        "id": one.id, "place": names[one.place], "service_s": one.service_s, "must": one.must,
        "prize": one.prize, "window_ends_with_service": one.ends_within, "people": one.people,
    } | _slim({
        "windows": [_window_item(each) for each in one.windows],
        "wishes": [_window_item(each.window) | {"price": each.price_s} for each in one.wishes],
        "days": list(one.days), "group": one.group, "load": list(one.load), "kind": one.kind,
        "municipality": one.municipality, "locked_team_day": one.locked_team_day,
        "promised_team_day": one.promised_team_day,
    })  # fmt: skip


def _team_day_item(one: TeamDay, names: list[str]) -> dict[str, object]:
    item: dict[str, object] = {
        "id": one.id, "team": one.team, "day": one.day, "start": names[one.start], "end": names[one.end],
        "from_s": one.from_s, "to_s": one.to_s, "people": one.people,
    }  # fmt: skip
    if one.lunch is not None:
        item["lunch"] = {
            "length_s": one.lunch.length_s,
            "starts_between_s": [one.lunch.earliest_s, one.lunch.latest_s],
        }
    if one.most_visits is not None:
        item["most_visits"] = one.most_visits
    if one.shift_s is not None:
        item["shift_s"] = one.shift_s
    return item | _slim({
        "municipalities": list(one.municipalities), "capacity": list(one.capacity),
        "fixed_cost": one.fixed_cost or None,
    })  # fmt: skip
