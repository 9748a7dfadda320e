"""Plan the rounds of a campaign: the yards from the dossier, the teams from a file, the plan back into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import STOPS, YARDS
from ..core.records.campaign_rounds import PlannedRound, PlannedVisit
from ..core.words.errors import AtlasError
from ..jobs.planned_rounds import campaign_to_plan, keep_plan
from .visits import by_road, planned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from ..jobs.planned_rounds import CampaignToPlan
    from ..rounds.checker import Breach
    from ..rounds.plans import Plan
    from ..rounds.problem import Problem

#: how long a visit takes when nobody says so: a talk at the table, and looking around with two
USUAL_MINUTES = {"preventief": 45, "toezicht": 90}
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What was planned: the campaign, its problem, the plan, and what the checker says of it."""

    asked: CampaignToPlan
    problem: Problem
    plan: Plan
    breaches: list[Breach]

    @property
    def plan_by_address(self) -> Plan:
        """The plan with what is left out by address, for a person to read."""
        yards = {str(one["uuid"]): str(one.get("adres") or "") for one in self.asked.layers[YARDS]}
        names = {str(one["uuid"]): yards.get(str(one["bedrijf_uuid"])) for one in self.asked.layers[STOPS]}
        left_out = (replace(one, stop=names.get(one.stop) or one.stop) for one in self.plan.left_out)
        return replace(self.plan, left_out=tuple(left_out))


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
        teams: JSON as of a problem, without stops: the places where teams start, and their days.
        minutes: How long a visit takes; None: as usual for its kind.
        roads: See `visits.plan_rounds`.
        method: See `visits.plan_rounds`.
        seed: See `visits.plan_rounds`.
        iterations: See `visits.plan_rounds`.
        seconds: See `visits.plan_rounds`.
        user: Who plans.
        now: When.

    Raises:
        AtlasError: no such dossier or campaign, nothing left to visit, teams that can't be read or have no
            date, or the dossier can't be written; it is as it was then.
    """
    from ..rounds.json_values import read_json
    from ..rounds.problem_json import problem_from

    asked = campaign_to_plan(folder, name)
    if not asked.asked.to_visit:
        raise AtlasError(
            "In deze campagne is geen erf meer te plannen.", where=str(folder), got=name,
            detail=f"{len(asked.asked.visited)} bezocht, {len(asked.asked.nowhere)} zonder plek",
        )  # fmt: skip
    notes: list[str] = []
    item = _with_stops(read_json(teams), asked, minutes, where=str(teams))
    problem = problem_from(item, by_road(roads, notes))
    _check_days(problem, where=str(teams))
    with planned(problem, None, notes, method=method, seed=seed, iterations=iterations, seconds=seconds) as (
        plan,
        breaches,
    ):
        said = " ".join(filter(None, (f"Methode {plan.method}.", problem.travel_note)))
        left_out = {one.stop: one.reason for one in plan.left_out}
        keep_plan(asked, _rounds(problem, plan), left_out, method=said, now=now, user=user)
    return CampaignPlan(asked, problem, plan, breaches)


def _with_stops(
    teams: Mapping[str, object], asked: CampaignToPlan, minutes: int | None, *, where: str
) -> dict[str, object]:
    """The problem of a campaign: what the file says of teams, and a stop for each yard."""
    if teams.get("stops"):
        raise AtlasError(
            "In dit bestand staan stops; die komen uit het dossier.", where=where,
            expected="alleen places en team_days", hint="Een hele opgave plant u met: atlas visits plan",
        )  # fmt: skip
    own = teams.get("places")
    kind, municipality = str(asked.campaign["soort"]), str(asked.campaign["gemeente_code"])
    service_s = (minutes if minutes is not None else USUAL_MINUTES[kind]) * _MINUTE_S
    places = [
        {"id": one.stop, "x_rd": one.x_rd, "y_rd": one.y_rd, "municipality": municipality}
        for one in asked.asked.to_visit
    ]
    stops = [{"place": one.stop, "service_s": service_s, "kind": kind} for one in asked.asked.to_visit]
    return {**teams, "places": [*(own if isinstance(own, list) else []), *places], "stops": stops}


def _check_days(problem: Problem, *, where: str) -> None:
    for one in problem.team_days:
        try:
            date.fromisoformat(one.day)
        except ValueError as error:
            raise AtlasError(
                "Een dag van een team is geen datum.", where=f"{where}, {one.id}", got=one.day,
                expected="jjjj-mm-dd",
            ) from error  # fmt: skip


def _rounds(problem: Problem, plan: Plan) -> list[PlannedRound]:
    team_days = {one.id: one for one in problem.team_days}
    return [
        PlannedRound(
            one.team_day,
            team_days[one.team_day].team,
            team_days[one.team_day].day,
            one.leave_s or 0,
            one.return_s or 0,
            tuple(PlannedVisit(visit.stop, visit.start_s or 0, visit.end_s or 0) for visit in one.visits),
        )
        for one in plan.rounds
        if one.visits
    ]
