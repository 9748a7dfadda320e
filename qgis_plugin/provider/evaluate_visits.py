"""What a campaign found, how sure that is, and what it could have seen; for the team, in the log only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import add_folder, chosen_folder
from .visit_parameters import add_campaign, add_purpose, chosen_campaign, chosen_purpose

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class EvaluateVisits(AtlasAlgorithm):
    """`evaluate_visits`."""

    ID = "evaluate_visits"
    GROUP = "visits"
    TAGS = ("erfbezoek", "evaluatie", "effect", "interval", "visit", "evaluation")

    def label(self) -> str:
        return tr("Evaluate a campaign")

    def add_parameters(self) -> None:
        add_folder(self)
        add_campaign(self)
        add_purpose(self)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.evaluating import evaluate_campaign

        done = evaluate_campaign(
            chosen_folder(self, parameters, context),
            chosen_campaign(self, parameters, context),
            purpose=chosen_purpose(self, parameters, context),
        )
        for sentence in done.sentences:
            feedback.pushInfo(sentence)
        for sentence in done.notes:
            feedback.pushWarning(sentence)
        return {}
