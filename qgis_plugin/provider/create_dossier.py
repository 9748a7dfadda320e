"""Make the object dossier: its GeoPackages, and a project to work in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingOutputFile,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProcessingUtils,
)

from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..texts import tr
from .algorithm import AtlasAlgorithm

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class CreateDossier(AtlasAlgorithm):
    """`create_dossier`."""

    ID = "create_dossier"
    GROUP = "dossier"
    TAGS = ("dossier", "leegstand", "vacancy", "geopackage", "project", "objecten")

    def label(self) -> str:
        return tr("Create dossier")

    def flags(self) -> Qgis.ProcessingAlgorithmFlags:
        # a project is made here, and its layers belong to the main thread
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterFolderDestination(
                "FOLDER", tr("New or empty folder"), createByDefault=False
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean("FICTITIOUS", tr("For made-up data (FICTIEF)"), defaultValue=False)
        )
        self.addParameter(
            QgsProcessingParameterBoolean("MAKE_PROJECT", tr("With a project"), defaultValue=True)
        )
        self.addOutput(QgsProcessingOutputFile("PROJECT", tr("Project")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.dossier.opening import init_dossier
        from ..project.dossier_project import build_project

        # once begun it is made whole: that takes less time than a click on Cancel
        check_cancelled(feedback)
        folder = self._folder(parameters, context)
        dossier = init_dossier(folder, fictitious=self.parameterAsBool(parameters, "FICTITIOUS", context))
        feedback.pushInfo(tr("The dossier stands in {folder}.").format(folder=dossier.folder))
        results = {"FOLDER": str(dossier.folder)}
        if self.parameterAsBool(parameters, "MAKE_PROJECT", context):
            path = build_project(dossier.folder)
            feedback.pushInfo(tr("Open the project to start: {path}").format(path=path))
            results["PROJECT"] = str(path)
        return results

    def _folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        named = self.parameterAsString(parameters, "FOLDER", context)
        temporary = Path(QgsProcessingUtils.tempFolder()).resolve()
        if not named or temporary in Path(named).resolve().parents:
            raise AtlasError(
                "Een dossier kan niet in een tijdelijke map: die wordt gewist als QGIS sluit.",
                hint="Kies een nieuwe of lege map waar het dossier blijft staan.",
            )
        return Path(named)
