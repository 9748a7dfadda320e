"""Correct one record of a dossier (AVG art. 16): a field, or a piece of evidence that is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterEnum, QgsProcessingParameterString

from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..texts import tr
from .dossier_parameters import (
    ACCEPT_PERSONAL_TEXT,
    DossierAlgorithm,
    add_accept_personal_text,
    add_folder,
    add_record,
    add_user,
    chosen_folder,
    chosen_record,
    chosen_user,
)

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

_SET, _WITHDRAW, _RESTORE = range(3)


class CorrectRecord(DossierAlgorithm):
    """`correct_record`."""

    ID = "correct_record"
    GROUP = "dossier"
    TAGS = ("verbeteren", "intrekken", "bewijs", "avg", "vergissing", "correct", "withdraw", "gdpr")

    def label(self) -> str:
        return tr("Correct a record")

    def add_parameters(self) -> None:
        add_folder(self)
        add_record(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                "ACTION", tr("What has to be done"),
                options=[
                    tr("Give a field its right value"),
                    tr("Withdraw this evidence"),
                    tr("Let this withdrawn evidence count again"),
                ],
                defaultValue=_SET,
            )
        )  # fmt: skip
        self.addParameter(
            QgsProcessingParameterString("FIELD", tr("Field, by its name (prioriteit)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterString("VALUE", tr("Its right value (empty: nothing)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterString("REASON", tr("Reason, without names or addresses; it is kept"))
        )
        add_accept_personal_text(self)
        add_user(self)
        self.addOutput(QgsProcessingOutputNumber("CHANGES", tr("Changed fields")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.correcting import correct

        action = self.parameterAsEnum(parameters, "ACTION", context)
        field = self.parameterAsString(parameters, "FIELD", context).strip()
        value = self.parameterAsString(parameters, "VALUE", context)
        if (action == _SET) != bool(field):
            raise AtlasError(
                "Zo is niet duidelijk wat er moet veranderen.",
                expected="een veld met zijn goede waarde, of geen veld bij het intrekken van bewijs",
            )
        check_cancelled(feedback)
        fields = {field: value} if field else {}
        evidence = None if action == _SET else action == _RESTORE
        done = correct(
            chosen_folder(self, parameters, context),
            chosen_record(self, parameters, context, fields=fields, withdrawn=evidence),
            reason=self.parameterAsString(parameters, "REASON", context),
            fields=fields,
            withdraw=action == _WITHDRAW,
            restore=action == _RESTORE,
            accept_personal_text=self.parameterAsBool(parameters, ACCEPT_PERSONAL_TEXT, context),
            user=chosen_user(self, parameters, context),
            now=datetime.now(UTC),
        )
        for sentence in (done.name, *done.sentences):
            feedback.pushInfo(sentence)
        if done.about_evidence:
            feedback.pushWarning(
                tr("The conclusion of the object changes only when the conclusions are drawn again.")
            )
        return {"CHANGES": len(done.sentences)}
