"""From a problem to a plan that was judged, by any method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .checker import check
from .finishing import finished
from .options import options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from .budget import Budget
    from .checker import Breach
    from .plans import Plan
    from .problem import Problem

    #: a method: options, budget, seed and orders to begin with -> orders, and how many steps were made
    Orders: TypeAlias = Callable[..., tuple[list[list[int]], int]]


def make_plan(
    problem: Problem,
    orders_by: Orders,
    budget: Budget,
    *,
    method: str,
    seed: int = 0,
    begun: Sequence[Sequence[int]] | None = None,
    notes: Sequence[str] = (),
) -> tuple[Plan, list[Breach]]:
    """Plan a problem and have the plan judged.

    Args:
        problem: The problem.
        orders_by: Makes the orders.
        budget: How long it may go on.
        method: What it is called.
        seed: Of the chances.
        begun: Orders to begin with; None for none.
        notes: Sentences for whoever reads the plan.
    """
    made = options(problem)
    orders, done = orders_by(made, budget, seed=seed, orders=begun)
    plan = finished(
        made, orders, method=method, seed=seed, iterations=done, ended=budget.hit or "iterations", notes=notes
    )
    return plan, check(problem, plan)
