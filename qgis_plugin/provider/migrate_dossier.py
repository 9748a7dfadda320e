"""Bring a dossier of an older version to this one, after a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingOutputFolder

from ..cancelling import check_cancelled
from ..texts import tr
from .dossier_parameters import DossierAlgorithm, add_folder, chosen_folder

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class MigrateDossier(DossierAlgorithm):
    """`migrate_dossier`."""

    ID = "migrate_dossier"
    GROUP = "dossier"
    TAGS = ("dossier", "omzetten", "migrate", "version", "versie")

    def label(self) -> str:
        return tr("Migrate dossier")

    def flags(self) -> Qgis.ProcessingAlgorithmFlags:
        # a project is made here, and its layers belong to the main thread
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def add_parameters(self) -> None:
        add_folder(self)
        self.addOutput(QgsProcessingOutputFolder("COPY", tr("Copy of the older dossier")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.dossier.migration import migrate_dossier
        from ..project.dossier_project import PROJECT_FILE, build_project

        # once begun it is made whole: that takes less time than a click on Cancel
        check_cancelled(feedback)
        folder = chosen_folder(self, parameters, context)
        done = migrate_dossier(folder)
        if done.copy is None:
            feedback.pushInfo(tr("This dossier is of this version already."))
            return {}
        feedback.pushInfo(tr("The older dossier was copied to {copy}.").format(copy=done.copy))
        for note in done.notes:
            feedback.pushWarning(note)
        if (folder / PROJECT_FILE).exists():
            build_project(folder)
            feedback.pushInfo(tr("The project was made anew; the older one is in the copy."))
        return {"COPY": str(done.copy)}
