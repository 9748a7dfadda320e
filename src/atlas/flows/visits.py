"""Rounds of farm visits: a problem in, a plan out; and judging a plan that somebody changed."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ..rounds.checker import Breach
    from ..rounds.making import Orders
    from ..rounds.plans import Plan
    from ..rounds.problem import Place, Problem
    from ..rounds.problem_json import Travelling


def plan_rounds(
    problem_path: Path,
    solution_path: Path,
    *,
    roads: Path | None = None,
    previous: Path | None = None,
    changes: Path | None = None,
    method: str | None = None,
    seed: int = 0,
    iterations: int | None = None,
    seconds: float | None = None,
) -> tuple[Problem, Plan, list[Breach]]:
    """Read a problem, plan it, have the plan judged, and write it.

    Args:
        problem_path: JSON, see docs/rondes.md.
        solution_path: Where the plan comes, JSON.
        roads: A file of the NWB, for a problem without travel times; else those are by the straight line.
        previous: A plan of this problem that was promised; moving a visit of it has a price.
        changes: What happened since, JSON, see docs/rondes.md; together with `previous`.
        method: `pyvrp`, `eenvoudig`, or None: PyVRP when it is there, else the simple one, which is said. A
            plan that was promised is changed by the simple one, which begins with it and stays near it.
        seed: Of the chances.
        iterations: How many steps; None: those of the method, or, when `seconds` is given, no limit but that.
        seconds: The ceiling.

    Returns:
        The problem, the plan, and what the checker says of it.

    Raises:
        AtlasError: the problem can't be read, PyVRP is asked for and not there, or the plan may not be
            written there; nothing is written then.
    """
    from ..rounds.plan_json import plan_item, plan_text
    from ..rounds.problem_json import read_problem

    check_outputs([solution_path], inputs=[problem_path, roads, previous, changes])
    notes: list[str] = []
    problem, begun = read_problem(problem_path, by_road(roads, notes)), None
    if previous is not None or changes is not None:
        problem, begun = _what_is_left(problem, previous, changes)
    asked = method or (None if previous is None else "eenvoudig")
    with (
        planned(problem, begun, notes, method=asked, seed=seed, iterations=iterations, seconds=seconds) as (
            plan,
            breaches,
        ),
        new_file(solution_path, suffix=".json", private=True) as beside,
    ):
        beside.write_text(plan_text(plan_item(problem, plan, breaches)), encoding="utf-8")
    return problem, plan, breaches


def by_road(roads: Path | None, notes: list[str]) -> Travelling | None:
    """Reckons travel over a file of roads and adds to the notes; None without one: by the straight line."""
    return None if roads is None else partial(_by_road, roads=roads, notes=notes)


@contextmanager
def planned(
    problem: Problem,
    begun: list[list[int]] | None,
    notes: list[str],
    *,
    method: str | None = None,
    seed: int = 0,
    iterations: int | None = None,
    seconds: float | None = None,
) -> Iterator[tuple[Plan, list[Breach]]]:
    """Plan a problem; until the block ends Ctrl-C breaks off nothing, so that the plan can be written.

    Args:
        problem: The problem.
        begun: Orders to begin with; None for none.
        notes: What is to be known already; the plan gets them.
        method: See `plan_rounds`.
        seed: See `plan_rounds`.
        iterations: See `plan_rounds`.
        seconds: See `plan_rounds`.

    Raises:
        AtlasError: PyVRP is asked for and not there.
    """
    from ..rounds.budget import Budget
    from ..rounds.making import make_plan

    name, usual, orders_by, said = _method(method)
    with _stopped_by_the_user() as is_stopped:
        budget = Budget(_iterations(iterations, seconds, usual), seconds, is_stopped)
        yield make_plan(
            problem, orders_by, budget, method=name, seed=seed, begun=begun, notes=[*said, *notes]
        )


def check_rounds(
    problem_path: Path, solution_path: Path, *, roads: Path | None = None
) -> tuple[list[Breach], str]:
    """What a plan breaks; it may have been changed by hand.

    Args:
        problem_path: JSON, see docs/rondes.md.
        solution_path: The plan, JSON.
        roads: The file of the NWB that it was planned over, for a problem without travel times.

    Returns:
        What it breaks, and a sentence when it was planned with other travel times than it is judged by.

    Raises:
        AtlasError: one of them can't be read.
    """
    from ..rounds.checker import check
    from ..rounds.json_values import read_json
    from ..rounds.plan_json import plan_from
    from ..rounds.problem_json import read_problem

    item = read_json(solution_path)
    problem, plan = read_problem(problem_path, by_road(roads, [])), plan_from(item)
    before = item.get("travel_note")
    others = (
        "Het plan rekende met andere reistijden dan dit oordeel, en dan klopt dit oordeel niet. Bij het plan "
        f"staat: {before} Kijk het na zoals het is gemaakt: met dezelfde wegen, of zonder."
    )
    return check(problem, plan), others if before and before != problem.travel_note else ""


def _by_road(
    places: tuple[Place, ...], *, roads: Path, notes: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64], str]:
    """Seconds and metres over roads; what is to be known of some places comes with the notes."""
    from ..plan.travel import travel

    kept_in = Path(platformdirs.user_cache_dir("buitengebied-atlas", appauthor=False)) / "reistijden"
    found = travel(places, roads, kept_in=kept_in)
    notes += found.notes
    return found.seconds, found.metres, found.note


def _what_is_left(
    problem: Problem, previous: Path | None, changes: Path | None
) -> tuple[Problem, list[list[int]]]:
    """The problem after a plan and what happened since, and the orders that are left of that plan."""
    from ..rounds.afterwards import read_changes, what_is_left
    from ..rounds.json_values import read_json
    from ..rounds.plan_json import read_plan

    if previous is None:
        raise AtlasError(
            "Wijzigingen gaan over een plan dat er al is.", expected="ook het plan", choices=("previous",)
        )
    plan = read_plan(previous)
    left = what_is_left(problem, plan, [] if changes is None else read_changes(read_json(changes)))
    stops = {one.id: number for number, one in enumerate(left.stops)}
    planned = {one.team_day: [visit.stop for visit in one.visits] for one in plan.rounds}
    return left, [
        [stops[stop] for stop in planned.get(one.id, ()) if stop in stops] for one in left.team_days
    ]


def _method(asked: str | None) -> tuple[str, int, Orders, list[str]]:
    """What a method is called, how many steps it makes, itself, and what is to be said of the choice."""
    from ..rounds import simple

    notes: list[str] = []
    if asked != simple.NAME:
        if find_spec("pyvrp") is not None:
            from ..plan import solving

            return solving.NAME, solving.ITERATIONS, solving.pyvrp_orders, notes
        if asked is not None:
            raise AtlasError(
                "PyVRP is hier niet geïnstalleerd.",
                expected="het pakket pyvrp, van de extra 'rounds' van de atlas",
                hint="Installeer pip install 'buitengebied-atlas[rounds]', of kies de eenvoudige methode.",
                choices=("method",),
            )
        notes.append("PyVRP is hier niet geïnstalleerd: dit plan is met de eenvoudige methode gemaakt.")
    return simple.NAME, simple.ITERATIONS, simple.simple_orders, notes


def _iterations(asked: int | None, seconds: float | None, usual: int) -> int | None:
    if asked is not None and asked < 0:
        raise AtlasError("Een aantal stappen kan niet negatief zijn.", got=str(asked), expected="0 of meer")
    return asked if asked is not None or seconds is not None else usual


@contextmanager
def _stopped_by_the_user() -> Iterator[Callable[[], bool]]:
    """From here Ctrl-C breaks off nothing but asks for the best; gives the question whether it came."""
    came: list[int] = []
    try:
        before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    except ValueError:  # not the main thread: nobody can press Ctrl-C here
        yield lambda: False
        return
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, before)
