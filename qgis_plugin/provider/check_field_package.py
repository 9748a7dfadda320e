"""Is this project ready for the field? And the package of a dossier that a team takes along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProject,
)

from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..gate import add_issue_parameters, requested
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..project.field_check import Finding

_COLUMNS = {"niveau": "Niveau", "laag": "Laag", "bevinding": "Wat er is gevonden", "oplossing": "Wat te doen"}


class CheckFieldPackage(AtlasAlgorithm):
    """A table of what will go wrong in the field, and on request the package itself."""

    ID = "check_field_package"
    GROUP = "output"
    ICON = "check_field_package"
    TAGS = ("qfield", "mergin", "veldwerk", "fieldwork", "controle", "check", "offline", "telefoon", "phone")

    def label(self) -> str:
        return tr("Ready for the field? (QField, Mergin Maps)")

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """The layers of the open project may be asked from the main thread only."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterString(
                "PROJECT", tr("Project file or folder (empty: the open project)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Findings"), QgsProcessing.SourceType.TypeVector)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "PACKAGE",
                tr("Package of the dossier for a team (zip)"),
                tr("Zip files (*.zip)"),
                optional=True,
                createByDefault=False,
            )
        )
        add_issue_parameters(self)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..project.dossier_layers import dossier_folder
        from ..project.field_check import ERROR, check_project, opened_project
        from ..project.field_package import write_package

        chosen = self.parameterAsString(parameters, "PROJECT", context).strip()
        if chosen:
            with opened_project(Path(chosen)) as project:
                findings, folder = check_project(project), dossier_folder(project)
        else:
            project = context.project() or QgsProject.instance()
            findings, folder = check_project(project), dossier_folder(project)
        results: dict[str, Any] = {}
        package = self.parameterAsFileOutput(parameters, "PACKAGE", context)
        check_cancelled(feedback)
        if package:
            if folder is None:
                raise AtlasError(
                    "Een pakket voor het veld wordt gemaakt van een dossier.",
                    got="een project zonder lagen van een dossier",
                    hint="Open het project van een dossier, of laat het pakket leeg en controleer alleen.",
                )
            # the team takes the package along, not this project
            done, findings = write_package(folder, Path(package), requested(self, parameters, context))
            feedback.pushInfo(done.sentence)
            results["PACKAGE"] = package
        _tell(findings, feedback)
        results["ERRORS"] = sum(finding.level == ERROR for finding in findings)
        results["OUTPUT"] = write_report(
            self, parameters, context, columns=_COLUMNS, title=tr("Ready for the field?"),
            lines=((item.level, item.layer, item.what, item.remedy) for item in findings),
        )  # fmt: skip
        return results


def _tell(findings: Sequence[Finding], feedback: QgsProcessingFeedback) -> None:
    """Every finding in the log: errors in red, warnings as warnings."""
    from ..project.field_check import ERROR

    for finding in findings:
        where = f"{finding.layer}: " if finding.layer else ""
        text = f"{finding.level.capitalize()}. {where}{finding.what} {finding.remedy}"
        if finding.level == ERROR:
            feedback.reportError(text)
        else:
            feedback.pushWarning(text)
    if not findings:
        feedback.pushInfo("Klaar voor het veld: er zijn geen fouten en geen waarschuwingen.")
