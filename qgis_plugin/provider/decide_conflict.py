"""Decide about a conflict between the field and the dossier; the panel has a page for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterEnum, QgsProcessingParameterString

from ..atlas.core.schema.conflicts import KEEPS_DOSSIER, TAKES_FIELD
from ..texts import tr
from .dossier_parameters import (
    ACCEPT_PERSONAL_TEXT,
    DossierAlgorithm,
    add_accept_personal_text,
    add_folder,
    add_user,
    chosen_folder,
    chosen_user,
)

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class DecideConflict(DossierAlgorithm):
    """`decide_conflict`."""

    ID = "decide_conflict"
    GROUP = "visits"
    TAGS = ("erfbezoek", "conflict", "besluit", "veldwerk", "decide", "field")

    def label(self) -> str:
        return tr("Decide about a conflict")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterString("CONFLICT", tr("Conflict: its uuid, or how that begins"))
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "VALUE",
                tr("Which value the field gets"),
                [KEEPS_DOSSIER, TAKES_FIELD],
                usesStaticStrings=True,
            )
        )
        self.addParameter(QgsProcessingParameterString("REASON", tr("Why, in a few words"), optional=True))
        add_accept_personal_text(self)
        add_user(self)
        self.addOutput(QgsProcessingOutputNumber("OPEN", tr("Conflicts still open")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.deciding import conflicts_to_decide, decide_conflict

        folder = chosen_folder(self, parameters, context)
        choice = self.parameterAsEnumString(parameters, "VALUE", context)
        conflict, changed = decide_conflict(
            folder,
            self.parameterAsString(parameters, "CONFLICT", context).strip(),
            choice,
            reason=self.parameterAsString(parameters, "REASON", context),
            accept_personal_text=self.parameterAsBool(parameters, ACCEPT_PERSONAL_TEXT, context),
            user=chosen_user(self, parameters, context),
            now=datetime.now(UTC),
        )
        feedback.pushInfo(conflict.decided(choice, again=not changed))
        waiting = conflicts_to_decide(folder)
        for one in waiting:
            feedback.pushInfo(one.sentence)
        return {"OPEN": len(waiting)}
