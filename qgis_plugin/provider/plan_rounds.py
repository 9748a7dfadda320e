"""Plan the rounds of a campaign: by the user's own command where it is named, else by the simple method."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
)

from ..atlas.rounds.budget import Budget
from ..cancelling import check_cancelled
from ..own_command import add_command, chosen_command, options, refused, run_command
from ..texts import tr
from .dossier_parameters import DossierAlgorithm, add_folder, add_user, chosen_folder, chosen_user
from .visit_parameters import add_campaign, chosen_campaign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.jobs.planned_rounds import CampaignPlan
    from ..atlas.rounds.checker import Breach
    from ..atlas.rounds.plans import Plan
    from ..atlas.rounds.problem import Problem

_BY_ITSELF = (
    "Dit plan is gemaakt door QGIS zelf, met de eenvoudige methode en zonder wegen. Met uw opdracht atlas in "
    "het veld daarvoor plant PyVRP, en over de wegen."
)
#: how often the bar moves
_STEPS = 200


@dataclass
class _Watched(Budget):
    """Tells how far a search is."""

    feedback: QgsProcessingFeedback | None = None

    def is_over(self, done: int) -> bool:
        if self.feedback is not None and done % _STEPS == 0:
            self.feedback.setProgress(100 * self.part(done))
        return super().is_over(done)


class PlanRounds(DossierAlgorithm):
    """`plan_rounds`."""

    ID = "plan_rounds"
    GROUP = "visits"
    TAGS = ("erfbezoek", "ronde", "route", "plannen", "team", "pyvrp", "visit", "round", "plan")

    def label(self) -> str:
        return tr("Plan the rounds of a campaign")

    def add_parameters(self) -> None:
        add_folder(self)
        add_campaign(self)
        self.addParameter(
            QgsProcessingParameterFile(
                "TEAMS",
                tr("Teams and their days (CSV or JSON)"),
                behavior=Qgis.ProcessingFileParameterBehavior.File,
                fileFilter="CSV, JSON (*.csv *.json)",
            )
        )
        number = Qgis.ProcessingNumberParameterType.Integer
        for definition in (
            QgsProcessingParameterNumber(
                "MINUTES", tr("Minutes for a visit (empty: as usual)"), number, optional=True, minValue=1,
                maxValue=600,
            ),
            QgsProcessingParameterNumber(
                "SECONDS", tr("The longest the search may take, in seconds (empty: no limit)"), number,
                optional=True, minValue=1,
            ),
            QgsProcessingParameterNumber("SEED", tr("Seed of the search"), number, defaultValue=0),
            QgsProcessingParameterFile(
                "ROADS",
                tr("Road sections of the NWB (only with your own command)"),
                behavior=Qgis.ProcessingFileParameterBehavior.File,
                optional=True,
            ),
        ):  # fmt: skip
            definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
            self.addParameter(definition)
        add_command(self)
        add_user(self)
        self.addOutput(QgsProcessingOutputNumber("VISITS", tr("Visits planned")))
        self.addOutput(QgsProcessingOutputNumber("LEFT_OUT", tr("Yards that did not fit")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.planned_rounds import plan_campaign_rounds

        command = chosen_command(self, parameters, context)
        asked = {
            name.lower(): self.parameterAsInt(parameters, name, context)
            if parameters.get(name) is not None
            else None
            for name in ("MINUTES", "SECONDS")
        }
        seed = self.parameterAsInt(parameters, "SEED", context)
        roads = self.parameterAsFile(parameters, "ROADS", context)

        @contextmanager
        def planner(item: dict[str, object]) -> Iterator[tuple[Problem, Plan, list[Breach]]]:
            if command is None:
                yield _by_itself(item, seed, asked["seconds"], feedback)
            else:
                more = options(seed=seed, roads=roads, seconds=asked["seconds"])
                yield _by_command(item, command, more, feedback)

        done = plan_campaign_rounds(
            chosen_folder(self, parameters, context),
            chosen_campaign(self, parameters, context),
            Path(self.parameterAsFile(parameters, "TEAMS", context)),
            planner,
            minutes=asked["minutes"],
            user=chosen_user(self, parameters, context),
            now=datetime.now(UTC),
        )
        _tell(feedback, done)
        return {"VISITS": done.plan.visits, "LEFT_OUT": len(done.plan.left_out)}


def _by_itself(
    item: dict[str, object], seed: int, seconds: int | None, feedback: QgsProcessingFeedback
) -> tuple[Problem, Plan, list[Breach]]:
    from ..atlas.rounds.making import make_plan
    from ..atlas.rounds.problem_json import problem_from
    from ..atlas.rounds.simple import ITERATIONS, NAME, simple_orders

    problem = problem_from(item)
    budget = _Watched(ITERATIONS, seconds, feedback.isCanceled, feedback=feedback)
    plan, breaches = make_plan(problem, simple_orders, budget, method=NAME, seed=seed, notes=[_BY_ITSELF])
    check_cancelled(feedback)
    return problem, plan, breaches


def _by_command(
    item: dict[str, object], command: Path, more: list[str], feedback: QgsProcessingFeedback
) -> tuple[Problem, Plan, list[Breach]]:
    """Let the command plan the bare problem: no address goes along, only keys, places and days."""
    from ..atlas.rounds.json_values import read_json
    from ..atlas.rounds.plan_json import breaches_from, plan_from
    from ..atlas.rounds.problem_json import problem_from

    with TemporaryDirectory() as room:
        asked, answer = Path(room) / "opgave.json", Path(room) / "plan.json"
        asked.write_text(json.dumps(item), encoding="utf-8")
        words = ["visits", "plan", *options(problem=asked, solution=answer), *more]
        said = run_command(command, words, feedback)
        if not answer.is_file():
            raise refused(command, said)
        found = read_json(answer)
    problem = replace(problem_from(item), travel_note=str(found.get("travel_note") or ""))
    return problem, plan_from(found), breaches_from(found)


def _tell(feedback: QgsProcessingFeedback, done: CampaignPlan) -> None:
    from ..atlas.rounds.telling import breaches_to_tell, plan_lines, plan_remarks

    plan = done.plan_by_address
    for line in plan_lines(plan):
        feedback.pushInfo(line)
    for sentence in (*plan_remarks(plan, done.problem.travel_note), *done.remarks):
        feedback.pushWarning(sentence)
    for sentence in breaches_to_tell(done.plan, done.breaches):
        feedback.reportError(sentence)
