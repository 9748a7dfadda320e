"""What is recorded about one yard or object, as a letter for who asks (AVG art. 15), through the register."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..cancelling import check_cancelled
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import add_folder, add_user, chosen_folder, chosen_user

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class AnswerAccess(AtlasAlgorithm):
    """`answer_access`."""

    ID = "answer_access"
    GROUP = "dossier"
    TAGS = ("inzage", "avg", "betrokkene", "recht", "access", "gdpr")

    def label(self) -> str:
        return tr("Answer who asks what is recorded")

    def add_parameters(self) -> None:
        add_folder(self)
        for name, label in (
            ("ADDRESS", tr("Address of the yard or object, with its place")),
            ("UUID", tr("Or its uuid (more with commas, when a yard and an object are one)")),
            ("MAKER", tr("Who answers: the organisation")),
            ("CONTACT", tr("Whom to ask: e-mail or telephone")),
        ):
            self.addParameter(QgsProcessingParameterString(name, label, optional=True))
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Letter"), tr("PDF files (*.pdf)"))
        )
        self.addOutput(QgsProcessingOutputNumber("RECORDS", tr("Records")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.access import Asked, answer
        from ..printing.text_pdf import write_letter

        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        said = {
            name: self.parameterAsString(parameters, name, context).strip()
            for name in ("ADDRESS", "UUID", "MAKER", "CONTACT")
        }
        uuids = tuple(filter(None, (one.strip() for one in said["UUID"].split(","))))
        check_cancelled(feedback)
        done = answer(
            chosen_folder(self, parameters, context), output, write_letter, Asked(said["ADDRESS"], uuids),
            user=chosen_user(self, parameters, context), now=datetime.now(UTC), maker=said["MAKER"],
            contact=said["CONTACT"],
        )  # fmt: skip
        for sentence in done.attention:
            feedback.pushWarning(sentence)
        return {"OUTPUT": str(output), "RECORDS": done.count}
