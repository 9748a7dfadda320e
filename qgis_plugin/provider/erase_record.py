"""Erase one record of a dossier with all that belongs to it (AVG art. 17), and say who has a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
)

from ..cancelling import check_cancelled
from ..texts import tr
from .dossier_parameters import (
    DossierAlgorithm,
    add_folder,
    add_record,
    add_user,
    chosen_folder,
    chosen_record,
    chosen_user,
)

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class EraseRecord(DossierAlgorithm):
    """`erase_record`."""

    ID = "erase_record"
    GROUP = "dossier"
    TAGS = ("wissen", "avg", "vergetelheid", "betrokkene", "erase", "gdpr")

    def label(self) -> str:
        return tr("Erase a record")

    def add_parameters(self) -> None:
        add_folder(self)
        add_record(self)
        self.addParameter(
            QgsProcessingParameterString("REASON", tr("Reason, without names or addresses; it is kept"))
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "CONFIRM", tr("Erase it now (otherwise: only show what would go)"), defaultValue=False
            )
        )
        add_user(self)
        self.addOutput(QgsProcessingOutputNumber("RECORDS", tr("Records")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.erasing import erase, look_at_erasure

        folder = chosen_folder(self, parameters, context)
        uuid = chosen_record(self, parameters, context)
        reason = self.parameterAsString(parameters, "REASON", context)
        check_cancelled(feedback)
        if self.parameterAsBool(parameters, "CONFIRM", context):
            user = chosen_user(self, parameters, context)
            found = erase(folder, uuid, reason=reason, user=user, now=datetime.now(UTC))
        else:
            found = look_at_erasure(folder, uuid, reason=reason)
            feedback.pushWarning(tr("Nothing was erased yet: confirm it to erase."))
        for sentence in (found.name, *found.sentences):
            feedback.pushInfo(sentence)
        for sentence in found.left:
            feedback.pushWarning(sentence)
        return {"RECORDS": sum(found.counts.values())}
