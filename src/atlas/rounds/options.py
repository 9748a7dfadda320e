"""A problem as a search works on it: for each stop the ways to visit it, on a day without its lunch.

A search that knows no pause works on *short days*: lunch is taken out of the shift and every later moment
is that much earlier (`short_moment`). `timing.schedule` puts it back afterwards. What lunch is taken at in
between is the moment that costs the windows least. A day by clock and a short day have the same order and
the same waiting, except within the pause itself; `finishing` checks every round by the clock.

An option is one way to visit a stop: a window on the short day, the team-days it holds for, and a price.
Days, borders, people, locks, wishes and promises are all said that way, so a search knows nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .problem import HALF_HOUR_S, NO_ROAD_S, Spread
from .timing import starts

if TYPE_CHECKING:
    from .problem import Lunch, Problem, Stop, TeamDay, Window


class Option(NamedTuple):
    """A way to visit a stop: when it may begin on the short day, with which team-days, at a price."""

    early_s: int
    late_s: int
    team_days: int
    price: int


@dataclass(frozen=True)
class ShortDay:
    """A team-day without lunch: leave from, be back at, longest, all on the short day."""

    from_s: int
    to_s: int
    shift_s: int
    has_own_shift: bool


@dataclass(frozen=True)
class Options:
    """What a search needs.

    Attributes:
        problem: What it was made of.
        ways: For each stop its options; `team_days` is a set of bits, one for each team-day.
        prices: For each stop what leaving it out costs.
        days: For each team-day its short day.
        near: For each stop the stops near it that can go to one team-day with it.
    """

    problem: Problem
    ways: tuple[tuple[Option, ...], ...]
    prices: tuple[int, ...]
    days: tuple[ShortDay, ...]
    near: tuple[tuple[int, ...], ...]

    @property
    def near_pairs(self) -> list[tuple[int, int]]:
        """Each pair once."""
        return [(one, other) for one, mates in enumerate(self.near) for other in mates if one < other]


def options(problem: Problem) -> Options:
    """Make the options of a problem."""
    pauses = _pauses(problem)
    kinds = alike(problem)
    bits = {team_day.id: 1 << number for number, team_day in enumerate(problem.team_days)}
    ways = tuple(_ways(problem, stop, pauses, kinds, bits) for stop in problem.stops)
    near = _near(problem, ways)
    return Options(problem, ways, _prices(problem, near), _short_days(problem, pauses), near)


def may_visit(problem: Problem, stop: Stop, team_day: TeamDay) -> bool:
    """Whether a team-day may visit a stop at all: day, borders, people, lock and roads; not its times."""
    if stop.days and team_day.day not in stop.days:
        return False
    if stop.locked_team_day and stop.locked_team_day != team_day.id:
        return False
    if team_day.municipalities and stop.municipality not in team_day.municipalities:
        return False
    if team_day.people < stop.least_people:
        return False
    there = int(problem.seconds[team_day.start, stop.place])
    return there < NO_ROAD_S and int(problem.seconds[stop.place, team_day.end]) < NO_ROAD_S


def short_moment(moment_s: int, pause: tuple[int, int] | None) -> int:
    """A moment on the short day; `pause` is when lunch is taken to begin, and its length."""
    if pause is None or moment_s <= pause[0]:
        return moment_s
    return max(pause[0], moment_s - pause[1])


def _pauses(problem: Problem) -> dict[Lunch, tuple[int, int]]:
    """For each kind of lunch the moment it is taken at: the one that leaves the windows the most room."""
    found: dict[Lunch, tuple[int, int]] = {}
    for team_day in problem.team_days:
        lunch = team_day.lunch
        if lunch is None or lunch in found:
            continue
        windows = [one for stop in problem.stops for one in starts(stop, team_day)]
        middle = (lunch.earliest_s + lunch.latest_s) // 2
        ends = {
            moment for stop in problem.stops for window in stop.windows for moment in _ends(window, lunch)
        }
        moments = sorted(
            {lunch.earliest_s, middle, lunch.latest_s, *ends}, key=lambda one: (abs(one - middle), one)
        )
        room = {
            moment: sum(
                short_moment(late, (moment, lunch.length_s)) - short_moment(early, (moment, lunch.length_s))
                for early, late in windows
            )
            for moment in moments
            if lunch.earliest_s <= moment <= lunch.latest_s
        }
        best = max(room, key=lambda one: room[one])  # the first of equals: nearest to the middle
        found[lunch] = (best, lunch.length_s)
    return found


def _ends(window: Window, lunch: Lunch) -> tuple[int, int]:
    return window.to_s, window.from_s - lunch.length_s


def _pause(team_day: TeamDay, pauses: dict[Lunch, tuple[int, int]]) -> tuple[int, int] | None:
    """When a team-day has its lunch; None when it has none, or is over before or begins after it."""
    lunch = team_day.lunch
    if lunch is None or team_day.to_s <= lunch.earliest_s or team_day.from_s > lunch.latest_s:
        return None
    return pauses[lunch]


def _short_days(problem: Problem, pauses: dict[Lunch, tuple[int, int]]) -> tuple[ShortDay, ...]:
    days = []
    for team_day in problem.team_days:
        pause = _pause(team_day, pauses)
        early, late = short_moment(team_day.from_s, pause), short_moment(team_day.to_s, pause)
        longest = late - early
        if team_day.shift_s is not None:
            longest = min(longest, team_day.shift_s - (pause[1] if pause else 0))
        days.append(ShortDay(early, late, longest, longest < late - early))
    return tuple(days)


def alike(problem: Problem) -> list[tuple[TeamDay, int]]:
    """Team-days that differ in no more than id, team and load: one of them, and which they are (bits)."""
    found: dict[TeamDay, int] = {}
    for number, team_day in enumerate(problem.team_days):
        plain = replace(team_day, id="", team="", most_visits=None, capacity=(), fixed_cost=0, shift_s=None)
        found[plain] = found.get(plain, 0) | 1 << number
    return list(found.items())


def _ways(
    problem: Problem,
    stop: Stop,
    pauses: dict[Lunch, tuple[int, int]],
    kinds: list[tuple[TeamDay, int]],
    bits: dict[str, int],
) -> tuple[Option, ...]:
    found: dict[tuple[int, int, int], int] = {}
    free = replace(stop, locked_team_day="") if stop.locked_team_day else stop
    allowed = bits.get(stop.locked_team_day, 0) if stop.locked_team_day else -1
    promised = bits.get(stop.promised_team_day, 0) if stop.promised_team_day else -1
    for team_day, of_kind in kinds:
        able = of_kind & allowed
        if not able or not may_visit(problem, free, team_day):
            continue
        pause = _pause(team_day, pauses)
        for early, late, price in _priced_starts(stop, team_day):
            begin, end = max(early, team_day.from_s), min(late, team_day.to_s - stop.service_s)
            if begin > end:
                continue
            window = short_moment(begin, pause), short_moment(end, pause)
            for some, extra in ((able & promised, 0), (able & ~promised, problem.move_price)):
                if some:
                    key = (*window, price + extra)
                    found[key] = found.get(key, 0) | some
    return tuple(
        Option(early, late, team_days, price)
        for (early, late, price), team_days in sorted(found.items(), key=lambda one: (one[0][2], one[0]))
    )


def _priced_starts(stop: Stop, team_day: TeamDay) -> list[tuple[int, int, int]]:
    """(earliest, latest, price): its windows, and first those parts of them that were wished for."""
    wishes = [one for one in stop.wishes if one.window.day in ("", team_day.day)]
    missed = max((one.price_s for one in stop.wishes), default=0)
    less = stop.service_s if stop.ends_within else 0
    found = []
    for early, late in starts(stop, team_day):
        found += [
            (max(early, wish.window.from_s), min(late, wish.window.to_s - less), missed - wish.price_s)
            for wish in wishes
        ]
        found.append((early, late, missed))
    return [one for one in found if one[0] <= one[1]]


def _prices(problem: Problem, near: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """What leaving out each stop costs: its prize, and for one that must be visited more than any detour."""
    farthest = problem.costs[problem.costs < NO_ROAD_S]
    must = 5 * int(farthest.max(initial=1)) + max((one.fixed_cost for one in problem.team_days), default=0)
    must += max((stop.prize for stop in problem.stops if not stop.must), default=0)
    must += max((wish.price_s for stop in problem.stops for wish in stop.wishes), default=0)
    if any(stop.promised_team_day for stop in problem.stops):
        must += problem.move_price
    must += problem.near_price * max(map(len, near), default=0)
    if problem.spread != Spread():  # what one visit more in one team costs, see `Draft`
        longest = max((stop.service_s for stop in problem.stops), default=0)
        must += 2 * problem.near_price * (2 + (longest + 2 * int(farthest.max(initial=1))) // HALF_HOUR_S)
    return tuple(stop.prize + (must if stop.must else 0) for stop in problem.stops)


def _near(problem: Problem, ways: tuple[tuple[Option, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Who is near whom, of the stops that some team-day may visit both of."""
    if not problem.near_s or not problem.stops:
        return tuple(() for _ in problem.stops)
    places = np.array([stop.place for stop in problem.stops])
    seconds = problem.seconds[np.ix_(places, places)]
    near = np.maximum(seconds, seconds.T) <= problem.near_s
    np.fill_diagonal(near, val=False)
    can = [0] * len(ways)
    for number, options_of in enumerate(ways):
        for one in options_of:
            can[number] |= one.team_days
    return tuple(
        tuple(int(other) for other in np.flatnonzero(row) if can[number] & can[other])
        for number, row in enumerate(near)
    )
