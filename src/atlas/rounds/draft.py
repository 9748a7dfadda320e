"""A plan that is being made: its rounds with their times and cost, what fits where, and what is still out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .problem import HALF_HOUR_S, NO_ROAD_S, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from .options import Option, Options
    from .problem import Problem

#: a round that is later than any
NEVER = 1 << 60


class Round:
    """The stops of one team-day with what an insertion asks; it is replaced, never changed.

    `ready` is when the team can leave each place, `late` how late it may begin there, both on the short day;
    `found` keeps the best place of each stop that asked.
    """

    __slots__ = ("cost", "found", "late", "load", "places", "ready", "stops", "used")

    def __init__(self, stops: list[int], used: list[Option]) -> None:
        self.stops, self.used = stops, used
        self.places: list[int] = []
        self.ready: list[int] = []
        self.late: list[int] = []
        self.load: list[int] = []
        self.cost = 0
        self.found: dict[int, tuple[int, int, Option] | None] = {}


class Draft:
    """A plan that changes.

    Args:
        options: What can be visited, when and by whom.
        orders: For each team-day the stops it visits, in order; what doesn't fit is left out.
    """

    def __init__(self, options: Options, orders: Sequence[Sequence[int]] | None = None) -> None:
        problem = options.problem
        self._options, self._problem = options, problem
        self._seconds, self._costs = _listed(problem.seconds), _listed(problem.costs)
        self._place = [stop.place for stop in problem.stops]
        self._service = [stop.service_s for stop in problem.stops]
        self._round_of = [-1] * len(problem.stops)
        self._groups: dict[str, list[int]] = {}
        for number, stop in enumerate(problem.stops):
            if stop.group:
                self._groups.setdefault(stop.group, []).append(number)
        self._dimensions = max((len(one.load) for one in problem.stops), default=0)
        self._loads = [_padded(stop.load, self._dimensions) for stop in problem.stops]
        self._capacities = [
            _padded(one.capacity, self._dimensions, missing=NEVER) for one in problem.team_days
        ]
        self._most = [NEVER if one.most_visits is None else one.most_visits for one in problem.team_days]
        self._team_days_of = [_union(ways) for ways in options.ways]
        self.rounds = [self._reckoned(number, [], []) for number in range(len(problem.team_days))]
        self._before: dict[int, Round] = {}
        self._alike = _alike(problem, self._team_days_of)
        self._is_bound = bool(problem.team_days) and problem.spread != Spread()
        self._with_mates = [number for number, mates in enumerate(options.near) if mates]
        self.absent: set[int] = set(range(len(problem.stops)))
        for number, order in enumerate(orders or ()):
            self._take_over(number, order)

    # what a plan costs

    @property
    def cost(self) -> int:
        """Driving, prices of options, of stops left out, of near pairs parted."""
        total = sum(one.cost for one in self.rounds) + self._price_of_absent()
        if self._is_bound:
            total += self._spread_price()
        parted = sum(
            self._near_price(stop, self._round_of[stop])
            for stop in self._with_mates
            if self._round_of[stop] >= 0
        )
        return total + parted // 2

    @property
    def sees_more(self) -> bool:
        """Whether something costs here that a method without near pairs and bounds doesn't see."""
        parted = any(
            self._near_price(stop, self._round_of[stop])
            for stop in self._with_mates
            if self._round_of[stop] >= 0
        )
        return parted or (self._is_bound and self._spread_price() > 0)

    @property
    def orders(self) -> list[list[int]]:
        """For each team-day its stops."""
        return [list(one.stops) for one in self.rounds]

    def _price_of_absent(self) -> int:
        total = 0
        groups: dict[str, int] = {}
        for stop in self.absent:
            group = self._problem.stops[stop].group
            if not group:
                total += self._options.prices[stop]
            elif all(self._round_of[mate] < 0 for mate in self._groups[group]):
                groups[group] = max(groups.get(group, 0), self._options.prices[stop])
        return total + sum(groups.values())

    def _near_price(self, stop: int, number: int) -> int:
        """What it costs that stops near it are with others, when it is with round `number`."""
        mates = self._options.near[stop]
        if not mates:
            return 0
        apart = sum(1 for mate in mates if self._round_of[mate] >= 0 and self._round_of[mate] != number)
        return apart * self._problem.near_price

    def _spread_price(self) -> int:
        """What too large a difference between teams costs: two parted pairs for every visit or half hour."""
        visits, work = self._per_team()
        bound, over = self._problem.spread, 0.0
        if bound.visits is not None:
            over += max(0, max(visits.values()) - min(visits.values()) - bound.visits)
        if bound.work_s is not None:
            over += max(0, max(work.values()) - min(work.values()) - bound.work_s) / HALF_HOUR_S
        return round(over * 2 * self._problem.near_price)

    def _per_team(self) -> tuple[dict[str, int], dict[str, int]]:
        """Visits, and seconds of driving and visiting, of each team over all its days."""
        visits: dict[str, int] = {}
        work: dict[str, int] = {}
        for team_day, one in zip(self._problem.team_days, self.rounds, strict=True):
            driven = (
                sum(self._seconds[here][there] for here, there in pairwise(one.places)) if one.stops else 0
            )
            visits[team_day.team] = visits.get(team_day.team, 0) + len(one.stops)
            work[team_day.team] = (
                work.get(team_day.team, 0) + driven + sum(self._service[stop] for stop in one.stops)
            )
        return visits, work

    def _price_of_one_more(self, number: int) -> int:
        """What one more visit costs a team that has more than others than it may."""
        visits, work = self._per_team()
        team, bound, over = self._problem.team_days[number].team, self._problem.spread, 0
        if bound.visits is not None:
            over += visits[team] + 1 - min(visits.values()) > bound.visits
        if bound.work_s is not None:
            over += work[team] - min(work.values()) > bound.work_s
        return 2 * over * self._problem.near_price

    def places_for(self, stop: int) -> list[tuple[int, int, int]]:
        """Where a stop fits now, cheapest first: (cost, round, place)."""
        if self._group_is_placed(stop):
            return []
        found = []
        empty = set()
        for number, one in enumerate(self.rounds):
            if self._team_days_of[stop] >> number & 1 and (one.stops or self._alike[number] not in empty):
                if not one.stops:
                    empty.add(self._alike[number])
                best = self._best_in(stop, number)
                if best is not None:
                    found.append((best[0], number, best[1]))
        return sorted(found)

    # changing a plan

    def _take_over(self, number: int, order: Sequence[int]) -> None:
        """Put a given order in a round; what doesn't fit there stays out."""
        for stop in order:
            if self._round_of[stop] >= 0 or self._group_is_placed(stop):
                continue
            found = self._best_in(stop, number, last_only=True)
            if found is not None:
                self._insert(stop, number, *found[1:])

    def _insert(self, stop: int, number: int, place: int, option: Option) -> None:
        one = self.rounds[number]
        self._before.setdefault(number, one)
        stops, used = list(one.stops), list(one.used)
        stops.insert(place, stop)
        used.insert(place, option)
        self.rounds[number] = self._reckoned(number, stops, used)
        self._round_of[stop] = number
        self.absent.discard(stop)

    def _reckoned(self, number: int, stops: list[int], used: list[Option]) -> Round:
        """A round with its times, load and cost."""
        one, team_day, day = Round(stops, used), self._problem.team_days[number], self._options.days[number]
        place = self._place
        places = [team_day.start, *[place[stop] for stop in stops], team_day.end]
        seconds, service, costs = self._seconds, self._service, self._costs
        moment, ready, cost = day.from_s, [day.from_s], 0
        here = places[0]
        for index, stop in enumerate(stops):
            there, option = places[index + 1], used[index]
            moment += seconds[here][there]
            moment = max(moment, option[0]) + service[stop]
            ready.append(moment)
            cost += costs[here][there] + option[3]
            here = there
        moment = day.to_s
        late = [moment] * (len(stops) + 2)
        for index in range(len(stops), 0, -1):
            stop = stops[index - 1]
            moment = min(
                moment - seconds[places[index]][places[index + 1]] - service[stop], used[index - 1][1]
            )
            late[index] = moment
        one.places, one.ready, one.late = places, ready, late
        if self._dimensions:
            one.load = [sum(self._loads[stop][each] for stop in stops) for each in range(self._dimensions)]
        one.cost = cost + costs[here][places[-1]] + team_day.fixed_cost if stops else 0
        return one

    def _best_in(self, stop: int, number: int, *, last_only: bool = False) -> tuple[int, int, Option] | None:
        """The cheapest place for a stop in a round: (cost, place, option), or None when there is none."""
        one = self.rounds[number]
        if len(one.stops) >= self._most[number] or (self._dimensions and not self._can_carry(stop, number)):
            return None
        first = len(one.stops) if last_only else 0
        bit, here = 1 << number, self._place[stop]
        seconds, costs, service = self._seconds, self._costs, self._service[stop]
        from_here, cost_from_here = seconds[here], costs[here]
        places, ready, late = one.places, one.ready, one.late
        best, found = NEVER, None
        fixed = 0 if one.stops else self._problem.team_days[number].fixed_cost
        own_shift = self._options.days[number].has_own_shift
        for option in self._options.ways[stop]:
            early_s, late_s, team_days, price = option
            if not team_days & bit:
                continue
            for place in range(first, len(places) - 1):
                before, after = places[place], places[place + 1]
                begin = ready[place] + seconds[before][here]
                if begin > late_s:
                    if seconds[before][here] < NO_ROAD_S:
                        break  # every later place is later still
                    continue
                begin = max(begin, early_s)
                if begin + service + from_here[after] > late[place + 1]:
                    continue
                cost = costs[before][here] + cost_from_here[after] + price + fixed
                if one.stops:
                    cost -= costs[before][after]
                if cost < best and (not own_shift or self._keeps_shift(number, stop, place, option)):
                    best, found = cost, (cost, place, option)
        return found

    def _can_carry(self, stop: int, number: int) -> bool:
        load, capacity = self.rounds[number].load, self._capacities[number]
        return all(load[each] + self._loads[stop][each] <= capacity[each] for each in range(self._dimensions))

    def _keeps_shift(self, number: int, stop: int, place: int, option: Option) -> bool:
        """Whether the round with this stop is over within its own shift, leaving as late as it can."""
        one, day, seconds = self.rounds[number], self._options.days[number], self._seconds
        stops = [*one.stops[:place], stop, *one.stops[place:]]
        used = [*one.used[:place], option, *one.used[place:]]
        here = [*one.places[: place + 1], self._place[stop], *one.places[place + 1 :]]
        moment, total, latest = day.from_s, 0, NEVER
        for index, each in enumerate(stops):
            travel = seconds[here[index]][here[index + 1]]
            total += travel
            moment = max(moment + travel, used[index].early_s)
            latest = min(latest, used[index].late_s - total)
            moment += self._service[each]
            total += self._service[each]
        home = seconds[here[-2]][here[-1]]
        return moment + home - min(latest, moment + home - (total + home)) <= day.shift_s

    def _group_is_placed(self, stop: int) -> bool:
        group = self._problem.stops[stop].group
        return bool(group) and any(self._round_of[mate] >= 0 for mate in self._groups[group])


#: the last two matrices that were listed: a plan is drafted, searched and explained on the same ones
_LISTED: list[tuple[np.ndarray, list[list[int]]]] = []


def _listed(matrix: np.ndarray) -> list[list[int]]:
    """A matrix as lists, which answer faster; nobody changes them."""
    for kept, lists in _LISTED:
        if kept is matrix:
            return lists
    listed: list[list[int]] = matrix.tolist()
    _LISTED[:] = [*_LISTED[-1:], (matrix, listed)]
    return listed


def _alike(problem: Problem, team_days_of: Sequence[int]) -> list[tuple[object, ...]]:
    """For each team-day what it is like, apart from its id: of those that are empty one need be tried."""
    by_set = sorted(set(team_days_of))
    return [
        (
            replace(one, id="", day="" if not any(stop.days for stop in problem.stops) else one.day),
            tuple(each >> number & 1 for each in by_set),
        )
        for number, one in enumerate(problem.team_days)
    ]


def _union(ways: Sequence[Option]) -> int:
    team_days = 0
    for one in ways:
        team_days |= one.team_days
    return team_days


def _padded(values: Sequence[int], length: int, missing: int = 0) -> list[int]:
    return [*values, *[missing] * (length - len(values))]
