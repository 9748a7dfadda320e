"""Plan the rounds of a campaign: the yards from the dossier, the teams from a file, the plan back into it.

How is planned is a port: the command brings PyVRP and roads, QGIS the simple plan or the user's own command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..core.records.campaign_rounds import (
    NO_PLACE,
    NOT_YET,
    PlannedRound,
    PlannedVisit,
    asked_of,
    in_turn,
    named_campaign,
    plan_campaign,
)
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, ROUNDS, STOPS, VISITS, YARDS
from ..core.words.notation import counted
from ..dossier.changes import apply_import
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from ..rounds.problem_json import problem_from
from ..rounds.team_table import read_teams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from ..core.records.campaign_rounds import Asked, ToVisit
    from ..core.records.matching import Record
    from ..dossier.files import Dossier
    from ..rounds.checker import Breach
    from ..rounds.plans import Plan
    from ..rounds.problem import Problem

    #: plans the value of a problem's JSON; until its block ends the plan is being kept
    Planner = Callable[[dict[str, object]], AbstractContextManager[tuple[Problem, Plan, list[Breach]]]]

#: how long a visit takes when nobody says so: a talk at the table, and looking around with two
USUAL_MINUTES = {"preventief": 45, "toezicht": 90}
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class CampaignToPlan:
    """A campaign with the yards that are to be planned, as they were read: nothing is written yet."""

    dossier: Dossier
    campaign: Record
    asked: Asked
    layers: Mapping[str, Sequence[Record]]


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What was planned: the campaign, its problem, the plan, what the checker says, and how many wait."""

    asked: CampaignToPlan
    problem: Problem
    plan: Plan
    breaches: list[Breach]
    later: int = 0

    @property
    def remarks(self) -> Iterator[str]:
        """Which yards of the campaign were not planned, and why."""
        asked = self.asked.asked
        if asked.visited:
            yield f"Al bezocht en niet opnieuw gepland: {counted(len(asked.visited), 'erf', 'erven')}."
        if self.later:
            later = counted(self.later, "erf", "erven")
            yield f"Later aan de beurt: {later}, want de volgorde van de dorpen is geloot."
        if asked.nowhere:
            nowhere = counted(len(asked.nowhere), "erf", "erven")
            yield f"Niet ingepland: {nowhere} waarvan geen plek bekend is."

    @property
    def plan_by_address(self) -> Plan:
        """The plan with what is left out and remarked on by address, for a person to read."""
        yards = {str(one["uuid"]): str(one.get("adres") or "") for one in self.asked.layers[YARDS]}
        names = {str(one["uuid"]): yards.get(str(one["bedrijf_uuid"])) for one in self.asked.layers[STOPS]}
        left_out = (replace(one, stop=names.get(one.stop) or one.stop) for one in self.plan.left_out)
        notes = (_UUID.sub(lambda one: names.get(one[0]) or one[0], note) for note in self.plan.notes)
        return replace(self.plan, left_out=tuple(left_out), notes=tuple(notes))


def campaign_to_plan(folder: Path, name: str) -> CampaignToPlan:
    """Read a campaign and its yards.

    Raises:
        AtlasError: no dossier, or no campaign of that name.
    """
    dossier = open_dossier(folder)
    layers = read_layers(dossier, (CAMPAIGNS, ROUNDS, STOPS, YARDS, VISITS))
    campaign = named_campaign(layers[CAMPAIGNS], name)
    return CampaignToPlan(dossier, campaign, asked_of(campaign, layers), layers)


def plan_campaign_rounds(
    folder: Path,
    name: str,
    teams: Path,
    planner: Planner,
    *,
    minutes: int | None = None,
    user: str,
    now: datetime,
) -> CampaignPlan:
    """Plan the yards of a campaign that are still to be visited, and keep the plan in the dossier.

    Args:
        folder: Of the dossier.
        name: Of the campaign.
        teams: The places where teams start, and their days: a table, or JSON as of a problem without stops.
        planner: Plans them.
        minutes: How long a visit takes; None: as usual for its kind.
        user: Who plans.
        now: When.

    Raises:
        AtlasError: no such dossier or campaign, nothing left to visit, teams that can't be read or have no
            date, or the dossier can't be written; it is as it was then.
    """
    asked = campaign_to_plan(folder, name)
    if not asked.asked.to_visit:
        raise AtlasError(
            "In deze campagne is geen erf meer te plannen.", where=str(folder), got=name,
            detail=f"{len(asked.asked.visited)} bezocht, {len(asked.asked.nowhere)} zonder plek",
        )  # fmt: skip
    asked_teams = read_teams(teams)
    if asked_teams.get("stops"):
        raise AtlasError(
            "In dit bestand staan stops; die komen uit het dossier.", where=str(teams),
            expected="alleen places en team_days", hint="Een hele opgave plant u apart.",
            choices=("visit_plan",),
        )  # fmt: skip
    bare = problem_from({**asked_teams, "stops": []})
    _check_days(bare, where=str(teams))
    most = [one.most_visits for one in bare.team_days]
    known = [number for number in most if number is not None]
    now_on, later = in_turn(asked.asked.to_visit, sum(known) if len(known) == len(most) else None)
    item = _with_stops(asked_teams, asked.campaign, now_on, minutes)
    with planner(item) as (problem, plan, breaches):
        said = " ".join(filter(None, (f"Methode {plan.method}.", problem.travel_note)))
        left_out = {one.stop: one.reason for one in plan.left_out}
        left_out |= {one.stop: NOT_YET for one in later}
        keep_plan(asked, _rounds(problem, plan), left_out, method=said, now=now, user=user)
    return CampaignPlan(asked, problem, plan, breaches, len(later))


def keep_plan(
    asked: CampaignToPlan,
    rounds: Sequence[PlannedRound],
    left_out: Mapping[str, str],
    *,
    method: str,
    now: datetime,
    user: str,
) -> None:
    """Write a plan into the dossier it was made for, all of it or nothing.

    Args:
        asked: What was planned.
        rounds: The rounds that go out.
        left_out: Uuid of a stop -> why it is not planned, in Dutch.
        method: How it was planned, and with which travel times.
        now: When.
        user: Who plans.

    Raises:
        AtlasError: the dossier has changed since, or can't be written; nothing has changed then.
    """
    why = {**left_out, **dict.fromkeys(asked.asked.nowhere, NO_PLACE)}
    plans = plan_campaign(
        asked.campaign, asked.layers, rounds, why,
        visited=frozenset(asked.asked.visited), method=method, now=now, user=user,
    )  # fmt: skip
    apply_import(asked.dossier, plans)


def _with_stops(
    teams: Mapping[str, object], campaign: Record, to_visit: Sequence[ToVisit], minutes: int | None
) -> dict[str, object]:
    """The problem of a campaign: what the file says of teams, and a stop for each yard."""
    own = teams.get("places")
    kind, municipality = str(campaign["soort"]), str(campaign["gemeente_code"])
    service_s = (minutes if minutes is not None else USUAL_MINUTES[kind]) * _MINUTE_S
    places = [
        {"id": one.stop, "x_rd": one.x_rd, "y_rd": one.y_rd, "municipality": municipality} for one in to_visit
    ]
    stops = [{"place": one.stop, "service_s": service_s, "kind": kind} for one in to_visit]
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
