"""Plan the rounds of a campaign as the command does: with PyVRP when it is there, and over roads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError
from ..jobs import planned_rounds
from ..rounds.problem_json import problem_from
from ..rounds.team_table import team_template
from .visits import by_road, planned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from ..jobs.planned_rounds import CampaignPlan
    from ..rounds.checker import Breach
    from ..rounds.plans import Plan
    from ..rounds.problem import Problem


def plan_campaign_rounds(
    folder: Path,
    name: str,
    teams: Path,
    *,
    minutes: int | None = None,
    roads: Path | None = None,
    method: str | None = None,
    seed: int = 0,
    iterations: int | None = None,
    seconds: float | None = None,
    user: str,
    now: datetime,
) -> CampaignPlan:
    """Plan the yards of a campaign that are still to be visited, and keep the plan in the dossier.

    Args:
        folder: Of the dossier.
        name: Of the campaign.
        teams: See `jobs.planned_rounds.plan_campaign_rounds`.
        minutes: How long a visit takes; None: as usual for its kind.
        roads: See `visits.plan_rounds`.
        method: See `visits.plan_rounds`.
        seed: See `visits.plan_rounds`.
        iterations: See `visits.plan_rounds`.
        seconds: See `visits.plan_rounds`.
        user: Who plans.
        now: When.

    Raises:
        AtlasError: see `jobs.planned_rounds.plan_campaign_rounds` and `visits.plan_rounds`.
    """

    @contextmanager
    def planner(item: dict[str, object]) -> Iterator[tuple[Problem, Plan, list[Breach]]]:
        notes: list[str] = []
        problem = problem_from(item, by_road(roads, notes))
        with planned(
            problem, None, notes, method=method, seed=seed, iterations=iterations, seconds=seconds
        ) as (plan, breaches):
            yield problem, plan, breaches

    return planned_rounds.plan_campaign_rounds(
        folder, name, teams, planner, minutes=minutes, user=user, now=now
    )


def write_team_table(output: Path) -> None:
    """Write the table of teams and their days, with an example to fill in.

    Raises:
        AtlasError: another kind of file, or it can't stand there.
    """
    if output.suffix.lower() != ".csv":
        raise AtlasError(
            "De tabel met teams is een CSV.", where=str(output), got=output.suffix or "geen", expected=".csv",
            hint="Kies een naam die eindigt op .csv; een rekenblad opent hem.",
        )  # fmt: skip
    check_outputs([output])
    with new_file(output) as beside:
        beside.write_bytes(team_template())
