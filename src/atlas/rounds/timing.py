"""When each visit of a round is: the earliest times of an order, with lunch where it fits best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .problem import NO_ROAD_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .problem import Lunch, Problem, Stop, TeamDay


@dataclass(frozen=True)
class TimedVisit:
    """One visit: when the team arrives, begins and is ready."""

    stop: int
    arrive_s: int
    start_s: int
    end_s: int


@dataclass(frozen=True)
class Timed:
    """A round with its times; `lunch_after` is how many visits come before lunch."""

    leave_s: int
    return_s: int
    visits: tuple[TimedVisit, ...]
    lunch_s: int | None = None
    lunch_after: int = 0


@dataclass(frozen=True)
class _Step:
    """What takes time at one place: a visit or lunch, with when it may begin."""

    travel_s: int
    length_s: int
    may_start: tuple[tuple[int, int], ...]


def starts(stop: Stop, team_day: TeamDay) -> tuple[tuple[int, int], ...]:
    """When a visit may begin on a team-day: (earliest, latest), in order of time."""
    windows = [one for one in stop.windows if one.day in ("", team_day.day)]
    if not windows and stop.windows:
        return ()
    less = stop.service_s if stop.ends_within else 0
    if not windows:
        return ((team_day.from_s, team_day.to_s - less),)
    found = sorted((one.from_s, one.to_s - less) for one in windows)
    return tuple((early, late) for early, late in found if late >= early)


def _wished_starts(stop: Stop, team_day: TeamDay) -> tuple[tuple[int, int], ...]:
    """When a visit may begin within what was wished for."""
    less = stop.service_s if stop.ends_within else 0
    found = sorted(
        (max(early, wish.window.from_s), min(late, wish.window.to_s - less))
        for early, late in (starts(stop, team_day) if stop.wishes else ())
        for wish in stop.wishes
        if wish.window.day in ("", team_day.day)
    )
    return tuple((early, late) for early, late in found if late >= early)


def needs_lunch(lunch: Lunch | None, leave_s: int, return_s: int) -> bool:
    """Whether a round must have its lunch: not when it is over before, or begins after."""
    return lunch is not None and return_s > lunch.earliest_s and leave_s <= lunch.latest_s


def schedule(problem: Problem, team_day: TeamDay, order: Sequence[int]) -> Timed | None:
    """The times of an order of stops: back as early as can be, and leaving no earlier than that needs.

    Args:
        problem: For places, travel and windows.
        team_day: Who goes.
        order: Indices of stops.

    Returns:
        None when the order doesn't fit the windows, the lunch, the shift, or there is no road. Wishes
            are kept as
        far as the order allows, the dearest last to be given up.
    """
    wished = [stop for stop in order if _wished_starts(problem.stops[stop], team_day)]
    wished.sort(key=lambda stop: max(one.price_s for one in problem.stops[stop].wishes))
    while True:
        timed = _scheduled(problem, team_day, order, frozenset(wished))
        if timed is not None or not wished:
            return timed
        wished.pop(0)


def _scheduled(
    problem: Problem, team_day: TeamDay, order: Sequence[int], wished: frozenset[int]
) -> Timed | None:
    bare = _timed(problem, team_day, order, None, wished)
    lunch = team_day.lunch
    if bare is not None and not needs_lunch(lunch, bare.leave_s, bare.return_s):
        return bare
    found = [_timed(problem, team_day, order, place, wished) for place in range(len(order) + 1)]
    fitting = [one for one in found if one is not None]
    return min(fitting, key=lambda one: (one.return_s, -one.leave_s), default=None)


def _timed(
    problem: Problem, team_day: TeamDay, order: Sequence[int], lunch_after: int | None, wished: frozenset[int]
) -> Timed | None:
    steps, here = [], team_day.start
    lunch = team_day.lunch if lunch_after is not None else None
    for number in range(len(order) + 1):
        if lunch is not None and number == lunch_after:
            steps.append(_Step(0, lunch.length_s, ((lunch.earliest_s, lunch.latest_s),)))
        if number < len(order):
            stop = problem.stops[order[number]]
            travel = int(problem.seconds[here, stop.place])
            may_start = _wished_starts(stop, team_day) if order[number] in wished else starts(stop, team_day)
            steps.append(_Step(travel, stop.service_s, may_start))
            here = stop.place
    home = int(problem.seconds[here, team_day.end])
    if home >= NO_ROAD_S or any(step.travel_s >= NO_ROAD_S for step in steps):
        return None
    begun = _earliest(steps, team_day.from_s)
    if begun is None:
        return None
    back = (begun[-1][0] + steps[-1].length_s if steps else team_day.from_s) + home
    leave = _latest_leave(steps, begun, back - home) if steps else team_day.from_s
    if back > team_day.to_s or (team_day.shift_s is not None and back - leave > team_day.shift_s):
        return None
    return _told(steps, begun, order, (leave, back), lunch_after if lunch is not None else None)


def _earliest(steps: list[_Step], leave_s: int) -> list[tuple[int, int]] | None:
    """(begin, latest of the window used) of each step, or None when one can't begin."""
    moment, begun = leave_s, []
    for step in steps:
        arrive = moment + step.travel_s
        window = next(((early, late) for early, late in step.may_start if late >= arrive), None)
        if window is None:
            return None
        begin = max(arrive, window[0])
        begun.append((begin, window[1]))
        moment = begin + step.length_s
    return begun


def _latest_leave(steps: list[_Step], begun: list[tuple[int, int]], ready_s: int) -> int:
    """The latest moment to leave with which the last step is ready as early."""
    latest = ready_s
    for step, (_begin, late) in zip(reversed(steps), reversed(begun), strict=True):
        latest = min(latest - step.length_s, late) - step.travel_s
    return latest


def _told(
    steps: list[_Step],
    begun: list[tuple[int, int]],
    order: Sequence[int],
    leave_and_back: tuple[int, int],
    lunch_after: int | None,
) -> Timed:
    """The round as it is driven when the team leaves as late as it can."""
    leave, back = leave_and_back
    moment, visits, lunch_s = leave, [], None
    stops = iter(order)
    for number, (step, (_begin, late)) in enumerate(zip(steps, begun, strict=True)):
        arrive = moment + step.travel_s
        early = next(early for early, end in step.may_start if end == late)
        begin = max(arrive, early)
        moment = begin + step.length_s
        if lunch_after is not None and number == lunch_after:
            lunch_s = begin
        else:
            visits.append(TimedVisit(next(stops), arrive, begin, moment))
    return Timed(leave, back, tuple(visits), lunch_s, lunch_after or 0)
