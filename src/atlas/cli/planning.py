"""The commands of `atlas visits` for a bare problem of rounds: plan it, look a plan through."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand  # isort: skip  # before typer
import typer

from .choices import Strict  # noqa: TC001 - Typer reads what an option is
from .messages import NEEDS_ATTENTION, print_line, say, sentences

if TYPE_CHECKING:
    from ..rounds.plans import Plan


class MethodChoice(StrEnum):
    """How rounds are planned."""

    PYVRP = "pyvrp"
    SIMPLE = "eenvoudig"


ProblemFile = Annotated[
    Path, typer.Option("--problem", help="De opgave (JSON), zoals docs/rondes.md die beschrijft.")
]
Roads = Annotated[
    Path | None,
    typer.Option(
        help="Wegvakken van het NWB, voor een opgave zonder reistijden.",
        show_default="geen: reistijden naar de afstand hemelsbreed",
    ),
]
Method = Annotated[
    MethodChoice | None,
    typer.Option(help="Hoe er wordt gepland.", show_default="pyvrp als dat er is, anders eenvoudig"),
]
Seed = Annotated[int, typer.Option(help="Van het toeval: hetzelfde getal geeft hetzelfde plan.")]
Iterations = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="Hoeveel stappen het zoeken duurt. Alleen dan is het plan op elke machine gelijk.",
        show_default="wat bij de methode past",
    ),
]
Seconds = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Het langste dat het zoeken mag duren. Zonder --iterations wordt al die tijd gebruikt.",
        show_default="geen grens",
    ),
]


def visits_plan(
    *,
    problem: ProblemFile,
    solution: Annotated[Path, typer.Option("--solution", help="Het plan dat wordt gemaakt (JSON).")],
    roads: Roads = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            help="Het plan dat is toegezegd (JSON): een bezoek daarvan verplaatsen heeft een prijs."
        ),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(help="Wat er sindsdien gebeurde (JSON): bezocht, niemand thuis, team ziek en meer."),
    ] = None,
    method: Method = None,
    seed: Seed = 0,
    iterations: Iterations = None,
    seconds: Seconds = None,
    strict: Strict = False,
) -> None:
    """Plan ronden langs erven: wie gaat wanneer waarheen. Ctrl-C bewaart het beste plan tot dan."""
    from ..flows.visits import plan_rounds
    from ..rounds.telling import breaches_to_tell

    with sentences():
        asked, plan, breaches = plan_rounds(
            problem,
            solution,
            roads=roads,
            previous=previous,
            changes=changes,
            method=method and method.value,
            seed=seed,
            iterations=iterations,
            seconds=seconds,
        )
    tell_plan(plan, asked.travel_note)
    for sentence in breaches_to_tell(plan, breaches):
        say(sentence)
    if (strict or not plan.visits) and (plan.left_out or breaches):
        raise typer.Exit(NEEDS_ATTENTION)


def tell_plan(plan: Plan, travel_note: str) -> None:
    """Say what a plan amounts to."""
    from ..rounds.telling import plan_lines, plan_remarks

    for line in plan_lines(plan):
        print_line(line)
    for sentence in plan_remarks(plan, travel_note):
        say(sentence)


def visits_check(
    *,
    problem: ProblemFile,
    plan: Annotated[Path, typer.Option("--plan", help="Het plan (JSON), ook na wijzigingen met de hand.")],
    roads: Roads = None,
    strict: Strict = False,
) -> None:
    """Kijk een plan na, ook een dat met de hand is gewijzigd: wat gaat er mis?"""
    from ..flows.visits import check_rounds

    with sentences():
        breaches, others = check_rounds(problem, plan, roads=roads)
    for breach in breaches:
        print_line(breach.sentence)
    if not breaches:
        print_line("Het plan klopt met de opgave.")
    if others:
        say(others)
    if strict and breaches:
        raise typer.Exit(NEEDS_ATTENTION)


def add_to(app: typer.Typer) -> None:
    """Hang these commands under `atlas visits`."""
    app.command("plan", cls=DutchCommand)(visits_plan)
    app.command("check", cls=DutchCommand)(visits_check)
