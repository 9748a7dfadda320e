"""Rounds by PyVRP within a budget: a first plan at once, then the search, then what PyVRP doesn't see."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pyvrp
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

NAME = f"PyVRP {version('pyvrp')}"
#: steps when nobody says how many: some ten seconds for 150 stops
ITERATIONS = 25_000
#: how many neighbours of a stop PyVRP looks at: with 20 instead of its 50 it makes twice the steps, and 150
#: yards take 0.5% less driving after the same time; 1,000 stops take 0.3% more
_NEIGHBOURS, _FEW_STOPS, _NEIGHBOURS_OF_MANY = 20, 400, 50
#: when the first plan leaves out a larger part than this, the days are nearly full
_MOST_OUT = 0.05
#: which part of a budget is for pulling near yards together, and for what PyVRP can't see
_LAST_PART = 0.1


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
    # clusters are hard to fit in days that are nearly full: then every stop goes by itself
    out = len(options.ways) - sum(map(len, orders)) - sum(not one for one in options.ways)
    grouped = out <= _MOST_OUT * len(options.ways)
    model = model_of(
        options, clusters(options if grouped else replace(options, near=((),) * len(options.ways)))
    )
    looks_again = any(options.near) or options.problem.spread != Spread()
    stop = _Until(budget, looks_again=looks_again)
    neighbours = _NEIGHBOURS if len(model.clients) <= _FEW_STOPS else _NEIGHBOURS_OF_MANY
    params = pyvrp.SolveParams(
        penalty=pyvrp.PenaltyParams(max_penalty=model.largest_penalty),
        neighbourhood=NeighbourhoodParams(num_neighbours=neighbours),
    )
    result = pyvrp.solve(
        model.data, stop, seed=seed, collect_stats=False, params=params,
    )  # fmt: skip
    if not result.best.is_feasible():
        return orders, result.num_iterations
    return orders_of(model, result.best, len(options.days)), result.num_iterations


class _Until(StoppingCriterion):
    """PyVRP's question whether to stop, asked of a budget that keeps a part for the last look."""

    def __init__(self, budget: Budget, *, looks_again: bool) -> None:
        kept = 1 - _LAST_PART if looks_again else 1.0
        seconds = None if budget.seconds is None else budget.seconds * kept
        self._budget, self._done = budget, 0
        self._part = Budget(budget.iterations, seconds, budget.is_stopped, begun=budget.begun)

    def __call__(self, best_cost: float) -> bool:  # noqa: ARG002 - PyVRP's
        over = self._part.is_over(self._done)
        self._budget.hit = self._part.hit
        self._done += 1
        return over


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
