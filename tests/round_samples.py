"""FICTIEF problems of rounds, made here: a field of yards with two starts."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from atlas.rounds.problem import Lunch, Place, Problem, Stop, TeamDay, Window

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
