"""Look through a dossier: is every record what was stored, and was nothing left half made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingOutputNumber, QgsProcessingParameterBoolean

from ..cancelling import check_cancelled
from ..texts import tr
from .dossier_parameters import DossierAlgorithm, add_folder, chosen_folder

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class CheckDossier(DossierAlgorithm):
    """`check_dossier`."""

    ID = "check_dossier"
    GROUP = "dossier"
    TAGS = ("dossier", "nakijken", "controleren", "schade", "check", "damage")

    def label(self) -> str:
        return tr("Look through a dossier")

    def add_parameters(self) -> None:
        add_folder(self)
        accept = QgsProcessingParameterBoolean(
            "ACCEPT", tr("Accept all records as they are now, whoever or whatever changed them"),
            defaultValue=False,
        )  # fmt: skip
        accept.setFlags(accept.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(accept)
        for name, label in (
            ("WRONG", tr("Files in which something is wrong")),
            ("CLEARED", tr("Things cleared up")),
            ("NOTES", tr("Remarks")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.dossier.checking import check_dossier
        from ..atlas.dossier.opening import open_dossier

        dossier = open_dossier(chosen_folder(self, parameters, context))
        check_cancelled(feedback)
        found = check_dossier(dossier, accept=self.parameterAsBool(parameters, "ACCEPT", context))
        for sentence in (*found.cleared, *found.notes):
            feedback.pushInfo(sentence)
        for sentence in found.wrong:
            feedback.pushWarning(sentence)
        if not found.wrong:
            feedback.pushInfo(tr("Every record is what was stored."))
        return {"WRONG": len(found.wrong), "CLEARED": len(found.cleared), "NOTES": len(found.notes)}
