"""Rounds by PyVRP within a budget: a first plan at once, then the search, then what PyVRP doesn't see."""

from __future__ import annotations

import warnings
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import StoppingCriterion

from ..rounds.budget import Budget
from ..rounds.draft import Draft
from ..rounds.problem import Spread
from ..rounds.search import Search
from .clusters import clusters
from .pyvrp_model import model_of, orders_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rounds.options import Options
    from .pyvrp_model import Model

NAME = f"PyVRP {version('pyvrp')}"
#: steps when nobody says how many: some ten seconds for 150 stops
ITERATIONS = 25_000
#: how many neighbours of a stop PyVRP looks at where rounds are no longer than that: with 20 instead of its
#: 50 it makes twice the steps, and 150 yards take 0.5% less driving after the same time; 1,000 stops take
#: 0.3% more, and 100 stops in rounds of 33 take 1% more
_NEIGHBOURS, _FEW_STOPS, _NEIGHBOURS_OF_MANY = 20, 400, 50
#: when the first plan leaves out a larger part than this, the days are nearly full
_MOST_OUT = 0.05
#: which part of a budget is for pulling near yards together, and for what PyVRP can't see
_LAST_PART = 0.1
#: which part of a budget it may take to find that all can be visited, before stops may be left out
_TRIAL = 0.2
#: what a second late costs at first in a bare problem
_FIRST_PENALTY = 10.0
#: with more clients than this, PyVRP's own penalties have no time to fall
_MANY_CLIENTS = 200
#: PyVRP's cost of a plan that doesn't fit
_NO_PLAN = 2**63 - 1


def pyvrp_orders(
    options: Options, budget: Budget, *, seed: int = 0, orders: Sequence[Sequence[int]] | None = None
) -> tuple[list[list[int]], int]:
    """Orders for every team-day.

    Args:
        options: What can be visited, when and by whom.
        budget: How long to go on; its iterations are PyVRP's.
        seed: Of the chances: the same seed and number of iterations give the same orders.
        orders: A plan that is there already; what is found costs no more.

    Returns:
        The orders, and how many steps PyVRP made.
    """
    first = Search(options, orders, seed=seed)
    first.construct()
    done, best = 0, first.orders
    works = any(day.to_s > day.from_s and day.shift_s > 0 for day in options.days)
    if works and any(options.ways):
        found, done = _searched(options, best, budget, seed)
        best = min((found, best), key=lambda one: Draft(options, one).cost)
    return _last_look(options, best, budget, seed), done


def _searched(
    options: Options, orders: list[list[int]], budget: Budget, seed: int
) -> tuple[list[list[int]], int]:
    longest, size, done = max(map(len, orders)), len(options.ways), 0
    # clusters are hard to fit in days that are nearly full: then every stop goes by itself
    together, apart = clusters(options), clusters(replace(options, near=((),) * size))
    keeps = _LAST_PART if any(options.near) or options.problem.spread != Spread() else 0.0
    demanded = (together, apart) if together != apart else (apart,)
    for stops in demanded if _is_demanded(options) else ():
        model = model_of(options, stops, demanded=True)
        stop = _Until(budget, keeps=keeps, tries=True, done=done)
        best, done = _solved(model, stop, seed, longest), stop.done
        if best.is_feasible() or budget.hit:
            return orders_of(model, best, len(options.days)) if best.is_feasible() else orders, done
    out = size - sum(map(len, orders)) - sum(not one for one in options.ways)
    model = model_of(options, together if out <= _MOST_OUT * size else apart)
    stop = _Until(budget, keeps=keeps, done=done)
    best = _solved(model, stop, seed, longest)
    return orders_of(model, best, len(options.days)) if best.is_feasible() else orders, stop.done


def _is_demanded(options: Options) -> bool:
    """Whether PyVRP is told first that what must be visited is demanded.

    It is of many stops, and of a problem that asks nothing but what PyVRP knows, as the instances of the
    literature do: of 100 clients with wide windows (RC208) it makes 1.6 times as many steps, and finds 0.6%
    less driving; of 1,000 yards it finds 9% less, and leaves none out. Of 150 yards it makes no more.
    """
    problem = options.problem
    return len(options.ways) > _FEW_STOPS or not (
        any(options.near)
        or any(one.lunch for one in problem.team_days)
        or any(len(ways) > 1 for ways in options.ways)
        or problem.spread != Spread()
    )


def _solved(model: Model, stop: _Until, seed: int, longest: int) -> pyvrp.Solution:
    """PyVRP's best; `longest` is how many stops the longest round of the first plan has."""
    few = len(model.clients) <= _FEW_STOPS and longest <= _NEIGHBOURS
    penalty = pyvrp.PenaltyParams(max_penalty=model.largest_penalty)
    if all(one.required for one in model.data.clients()):
        few = False
        penalty = _LowAtFirst() if len(model.clients) > _MANY_CLIENTS else penalty
    params = pyvrp.SolveParams(
        penalty=penalty,
        neighbourhood=NeighbourhoodParams(num_neighbours=_NEIGHBOURS if few else _NEIGHBOURS_OF_MANY),
    )
    with warnings.catch_warnings():
        # that nothing fits is found by the trial, and said of each stop in the plan
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        return pyvrp.solve(model.data, stop, seed=seed, collect_stats=False, params=params).best


class _LowAtFirst(pyvrp.PenaltyParams):
    """PyVRP's own penalties, that begin low: halfway its range, at 50,000, is far above what they come to.

    They fall by a tenth in 500 steps, and 360 clients (PR11A) get some 4,000 steps in ten seconds. The first
    plan is still made at the highest ones, so that it fits if it can.
    """

    def midpoint_penalties(self, data: pyvrp.ProblemData) -> tuple[list[float], float, float]:
        """Where they begin: of load, time and distance, for each unit."""
        return [_FIRST_PENALTY] * data.num_load_dimensions, _FIRST_PENALTY, _FIRST_PENALTY


class _Until(StoppingCriterion):
    """PyVRP's question whether to stop, asked of a budget.

    Args:
        budget: How long to go on.
        keeps: Which part of the seconds is kept for what comes afterwards.
        done: How many steps were made before.
        tries: Whether to stop when a part of the budget has given no plan that fits.
    """

    def __init__(self, budget: Budget, *, keeps: float = 0.0, done: int = 0, tries: bool = False) -> None:
        seconds = None if budget.seconds is None else budget.seconds * (1 - keeps)
        self._budget, self._tries, self.done = budget, tries, done
        self._part = Budget(budget.iterations, seconds, budget.is_stopped, begun=budget.begun)
        self._before = done, self._part.part(done)

    def __call__(self, best_cost: float) -> bool:
        if self._part.is_over(self.done):
            self._budget.hit = self._part.hit
            return True
        if self._tries and best_cost >= _NO_PLAN and self._is_tried():
            return True
        self.done += 1
        return False

    def _is_tried(self) -> bool:
        done, part = self._before
        return self.done - done >= _TRIAL * ITERATIONS or self._part.part(self.done) - part >= _TRIAL


def _last_look(options: Options, orders: list[list[int]], budget: Budget, seed: int) -> list[list[int]]:
    """Put in what is still out, and pull together near yards that are parted: what PyVRP can't see."""
    search = Search(options, orders, seed=seed)
    search.construct()
    if not search.sees_more:
        return search.orders
    steps = None if budget.iterations is None else max(200, round(budget.iterations * _LAST_PART * 2))
    rest = Budget(steps, budget.seconds, budget.is_stopped, begun=budget.begun)
    search.improve(rest)
    budget.hit = budget.hit or rest.hit
    return search.orders
