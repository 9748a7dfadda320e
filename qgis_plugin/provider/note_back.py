"""Note in the register that what was handed out is back or was destroyed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingParameterString

from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import add_folder, add_user, chosen_folder, chosen_user

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class NoteBack(AtlasAlgorithm):
    """`note_back`."""

    ID = "note_back"
    GROUP = "visits"
    TAGS = ("erfbezoek", "terug", "vernietigd", "register", "uitgifte", "back", "destroyed")

    def label(self) -> str:
        return tr("Note that a file is back or destroyed")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterString("FILE", tr("Name of the file, as the register has it"))
        )
        add_user(self)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.rounds_out import note_back, rounds_still_out

        now = datetime.now(UTC)
        folder = chosen_folder(self, parameters, context)
        said = note_back(
            folder, self.parameterAsString(parameters, "FILE", context).strip(),
            user=chosen_user(self, parameters, context), now=now,
        )  # fmt: skip
        feedback.pushInfo(said)
        for one in rounds_still_out(folder):
            feedback.pushInfo(f"Nog uit: {one.sentence(now.date().isoformat())}")
        return {}
