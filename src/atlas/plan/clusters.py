"""Yards near each other as one visit: one team goes there on one day, without waiting in between.

A method that knows no limit on parting stops (PyVRP#591, VROOM#1288) can't part what it sees as one. Stops
whose windows can't be kept one after the other stay apart here; `rounds.search` pulls those together
afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rounds.options import Option, Options
    from ..rounds.problem import Problem

#: how much of a window must be left for a cluster: shorter than that, and a plan that fits gets hard to find
_LEAST_ROOM_S = 1800
#: at most so large a part of the visits of a day: larger ones are hard to fit in
_PART_OF_DAY = 2
_LARGEST = 6


@dataclass(frozen=True)
class Cluster:
    """Stops that are visited one after the other; most hold one.

    Attributes:
        stops: In order.
        ways: How, on the short day: when the first may begin.
        lasts_s: Visits and the way in between.
    """

    stops: tuple[int, ...]
    ways: tuple[Option, ...]
    lasts_s: int


def clusters(options: Options) -> list[Cluster]:
    """Every stop that can be visited, in clusters where it has mates."""
    problem = options.problem
    found = {
        number: Cluster((number,), ways, problem.stops[number].service_s)
        for number, ways in enumerate(options.ways)
        if ways
    }
    of = {number: number for number in found}
    largest = _largest(problem)
    pairs = sorted(options.near_pairs, key=lambda pair: (_between(problem, *pair), pair))
    for one, other in pairs:
        if one not in of or other not in of or of[one] == of[other]:
            continue
        merged = _merged(problem, found[of[one]], found[of[other]], largest)
        if merged is None:
            continue
        gone = of[other]
        for stop in found.pop(gone).stops:
            of[stop] = of[one]
        found[of[one]] = merged
    return list(found.values())


def _largest(problem: Problem) -> int:
    most = [one.most_visits for one in problem.team_days if one.most_visits is not None]
    return min(_LARGEST, max(1, min(most) // _PART_OF_DAY)) if most else _LARGEST


def _between(problem: Problem, one: int, other: int) -> int:
    there, back = problem.stops[one].place, problem.stops[other].place
    return int(problem.seconds[there, back] + problem.seconds[back, there])


def _merged(problem: Problem, one: Cluster, other: Cluster, largest: int) -> Cluster | None:
    """Both as one, in the order that drives least; None when they can't be."""
    if len(one.ways) != 1 or len(other.ways) != 1 or len(one.stops) + len(other.stops) > largest:
        return None
    if any(problem.stops[stop].group for stop in (*one.stops, *other.stops)):
        return None
    if one.ways[0].team_days != other.ways[0].team_days or one.ways[0].price != other.ways[0].price:
        return None
    tried = [
        _in_turn(problem, first, second)
        for left, right in ((one, other), (other, one))
        for first in _both_ways(problem, left)
        for second in _both_ways(problem, right)
    ]
    fitting = [each for each in tried if each is not None]
    return min(fitting, key=lambda each: (each.lasts_s, each.stops), default=None)


def _both_ways(problem: Problem, one: Cluster) -> list[Cluster]:
    if len(one.stops) == 1:
        return [one]
    back = _from(problem, one, one.stops[::-1])
    return [one] if back is None else [one, back]


def _from(problem: Problem, one: Cluster, order: Sequence[int]) -> Cluster | None:
    """The same cluster in another order, when its window is as wide as it was."""
    seconds = problem.seconds
    places = [problem.stops[stop].place for stop in order]
    lasts = sum(problem.stops[stop].service_s for stop in order)
    lasts += sum(int(seconds[here, there]) for here, there in pairwise(places))
    same = all(problem.stops[stop].windows == problem.stops[order[0]].windows for stop in order)
    return Cluster(tuple(order), one.ways, lasts) if same and lasts <= one.lasts_s else None


def _in_turn(problem: Problem, one: Cluster, other: Cluster) -> Cluster | None:
    """One and then the other, without waiting in between."""
    last, first = problem.stops[one.stops[-1]].place, problem.stops[other.stops[0]].place
    after_s = one.lasts_s + int(problem.seconds[last, first])
    way, next_way = one.ways[0], other.ways[0]
    early = max(way.early_s, next_way.early_s - after_s)
    late = min(way.late_s, next_way.late_s - after_s)
    if late - early < min(_LEAST_ROOM_S, way.late_s - way.early_s, next_way.late_s - next_way.early_s):
        return None
    both = way._replace(early_s=early, late_s=late)
    return Cluster((*one.stops, *other.stops), (both,), after_s + other.lasts_s)
