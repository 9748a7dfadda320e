"""Ruin and recreate: take near stops out of a plan, put each back where it costs least, keep the better.

After Christiaens and Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing Problems",
Transportation Science 54(2), 2020: adjacent strings of rounds near one stop are removed, stops return
greedily in one of four orders with now and then a round overlooked (a blink), and a worse plan is kept with
a chance that falls (simulated annealing). Pure Python, but for numpy's chances; the same seed gives the same
plan, in every version of Python and numpy.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from .draft import NEVER, Draft
from .options import Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .budget import Budget
    from .draft import Round
    from .options import Options

#: how many stops are taken out at a time, on average, and the longest string; the paper's values
_REMOVED, _LONGEST_STRING = 10, 10
#: how often a round is overlooked
_BLINK = 0.02
#: the first and last temperature, as parts of an average leg; tried on 150 yards
_HOT, _COLD = 0.3, 0.003
_UNASKED = (0, 0, Option(0, 0, 0, 0))
#: how many chances are drawn at a time
_DRAWN = 4096


def _chances(seed: int) -> Iterator[float]:
    """Numbers from 0 up to 1, without end; numpy keeps the bits of a seed the same in all its versions."""
    source = np.random.PCG64(seed)
    while True:
        bits = source.random_raw(_DRAWN)
        yield from ((bits >> np.uint64(11)) * 2.0**-53).tolist()


class Search(Draft):
    """A plan that is improved.

    Args:
        options: What can be visited, when and by whom.
        orders: For each team-day the stops it visits, in order; what doesn't fit is left out.
        seed: Of the chances.
    """

    def __init__(
        self, options: Options, orders: Sequence[Sequence[int]] | None = None, *, seed: int = 0
    ) -> None:
        super().__init__(options, orders)
        self._chance = _chances(seed).__next__
        self._by_distance: list[list[int]] | None = None

    def construct(self) -> None:
        """Put in every stop that is out, those that are hardest to place first."""
        self._recreate(sorted(self.absent, key=self._hardness), blink=0.0)

    def _hardness(self, stop: int) -> tuple[int, int, int]:
        """Locked ones first, then short windows, then far away."""
        ways = self._options.ways[stop]
        room = max((one.late_s - one.early_s for one in ways), default=0)
        far = min((self._costs[one.start][self._place[stop]] for one in self._problem.team_days), default=0)
        return (self._team_days_of[stop].bit_count(), room // 1800, -far)

    def _recreate(self, stops: list[int], *, blink: float) -> None:  # noqa: C901 - the inner loop, all time goes here
        chance = self._chance
        most, rounds = self._most, self.rounds
        for stop in stops:
            if self._group_is_placed(stop):
                continue
            team_days, mates = self._team_days_of[stop], self._options.near[stop]
            best, chosen = NEVER, None
            empty = set()
            for number, one in enumerate(rounds):
                if not team_days >> number & 1 or len(one.stops) >= most[number]:
                    continue
                if not one.stops:
                    if self._alike[number] in empty:
                        continue  # as good as the empty one before it
                    empty.add(self._alike[number])
                if blink and chance() < blink:
                    continue
                found = one.found.get(stop, _UNASKED)
                if found is _UNASKED:
                    found = one.found[stop] = self._best_in(stop, number)
                if found is None:
                    continue
                cost = found[0] + self._near_price(stop, number) if mates else found[0]
                if self._is_bound:
                    cost += self._price_of_one_more(number)
                if cost < best:
                    best, chosen = cost, (number, found[1], found[2])
            if chosen is not None and best < self._options.prices[stop]:
                self._insert(stop, *chosen)

    def _ruin(self) -> list[int]:
        """Take strings out of rounds around one stop; what is out."""
        chance = self._chance
        filled = [one for one in self.rounds if one.stops]
        if not filled:
            return []
        longest = min(_LONGEST_STRING, sum(len(one.stops) for one in filled) / len(filled))
        strings = int(chance() * (4 * _REMOVED / (1 + longest))) + 1
        removed: list[int] = []
        for stop in self._neighbours(int(chance() * len(self._place))):
            number = self._round_of[stop]
            if number < 0 or number in self._before:
                continue
            one = self._before[number] = self.rounds[number]
            size = int(chance() * min(len(one.stops), longest)) + 1
            index = one.stops.index(stop)
            low = max(0, index - size + 1)
            begin = low + int(chance() * (min(index, len(one.stops) - size) - low + 1))
            end = begin + size
            removed += one.stops[begin:end]
            self.rounds[number] = self._reckoned(
                number, one.stops[:begin] + one.stops[end:], one.used[:begin] + one.used[end:]
            )
            if len(self._before) >= strings:
                break
        for stop in removed:
            self._round_of[stop] = -1
        self.absent.update(removed)
        return removed

    def _restore(self, rounds: Mapping[int, Round]) -> None:
        """Make rounds as they were."""
        for number in rounds:
            for stop in self.rounds[number].stops:
                self._round_of[stop] = -1
                self.absent.add(stop)
        for number, one in rounds.items():
            self.rounds[number] = one
            for stop in one.stops:
                self._round_of[stop] = number
                self.absent.discard(stop)

    def _neighbours(self, stop: int) -> list[int]:
        if self._by_distance is None:
            places = self._place
            self._by_distance = [
                sorted(range(len(places)), key=lambda other: (self._costs[here][places[other]], other))[:200]
                for here in places
            ]
        return self._by_distance[stop]

    def _shuffled(self, stops: list[int]) -> list[int]:
        chance = self._chance
        return [stop for _chance, stop in sorted((chance(), stop) for stop in stops)]

    def _in_some_order(self, stops: list[int]) -> list[int]:
        """Shuffled, or those first that are hardest to place, far away or near: as the paper has it."""
        stops = self._shuffled(stops)
        kind = int(self._chance() * 11)
        if kind < 4:  # noqa: PLR2004 - weights 4, 4, 2, 1
            return stops
        if kind < 8:  # noqa: PLR2004
            return sorted(stops, key=self._hardness)
        homes = {one.start for one in self._problem.team_days}
        far = {stop: min(self._costs[home][self._place[stop]] for home in homes) for stop in stops}
        return sorted(stops, key=lambda stop: far[stop], reverse=kind < 10)  # noqa: PLR2004

    def improve(self, budget: Budget) -> int:
        """Improve the plan within a budget, and end with the best one found.

        Returns:
            How many steps were made.
        """
        best_cost = self.cost
        best, current, done = dict(enumerate(self.rounds)), best_cost, 0
        placed = sum(len(one.stops) for one in self.rounds)
        if not placed:
            return 0
        leg = max(1.0, sum(one.cost for one in self.rounds) / placed)
        while not budget.is_over(done):
            heat = leg * _HOT * (_COLD / _HOT) ** budget.part(done)
            done += 1
            self._before = {}
            removed = self._ruin()
            rest = sorted(self.absent - set(removed))
            removed += self._shuffled(rest)[:_REMOVED]
            self._recreate(self._in_some_order(removed), blink=_BLINK)
            cost = self.cost
            if cost < current - heat * math.log(1.0 - self._chance()):
                current = cost
                if cost < best_cost:
                    best, best_cost = dict(enumerate(self.rounds)), cost
            else:
                self._restore(self._before)
        self._restore(best)
        return done
