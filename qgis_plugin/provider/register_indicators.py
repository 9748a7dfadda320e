"""Write down what a campaign measures, before its first visit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingParameterEnum

from ..atlas.core.schema.visits import FINDING_CATEGORIES
from ..texts import tr
from .dossier_parameters import DossierAlgorithm, add_folder, add_user, chosen_folder, chosen_user
from .visit_parameters import add_campaign, add_purpose, chosen_campaign, chosen_purpose

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class RegisterIndicators(DossierAlgorithm):
    """`register_indicators`."""

    ID = "register_indicators"
    GROUP = "visits"
    TAGS = ("erfbezoek", "indicator", "evaluatie", "vooraf", "visit", "evaluation")

    def label(self) -> str:
        return tr("Write down what a campaign measures")

    def add_parameters(self) -> None:
        add_folder(self)
        add_campaign(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                "INDICATORS", tr("What is measured"), list(FINDING_CATEGORIES), allowMultiple=True,
                usesStaticStrings=True,
            )
        )  # fmt: skip
        add_purpose(self)
        add_user(self)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.evaluating import register_indicators

        campaign = chosen_campaign(self, parameters, context)
        chosen = [name for name in self.parameterAsEnumStrings(parameters, "INDICATORS", context) if name]
        done = register_indicators(
            chosen_folder(self, parameters, context), campaign, chosen,
            purpose=chosen_purpose(self, parameters, context), user=chosen_user(self, parameters, context),
            now=datetime.now(UTC),
        )  # fmt: skip
        feedback.pushInfo(done)
        return {}
