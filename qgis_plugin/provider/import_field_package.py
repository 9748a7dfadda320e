"""Take a package back from the field: visits, findings and changes of all layers, in one step."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from ..atlas.core.records.field_return import REPORT_COLUMNS
from ..texts import tr
from .algorithm import check_cancelled
from .dossier_parameters import (
    DossierAlgorithm,
    add_folder,
    add_user,
    check_temporary,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

_MOST_WARNINGS = 20
#: outcome in the report -> name of the output that counts it
_COUNTS = {"nieuw": "INSERTED", "gewijzigd": "UPDATED", "conflict": "CONFLICTS", "geweigerd": "REFUSED"}


class ImportFieldPackage(DossierAlgorithm):
    """`import_field_package`."""

    ID = "import_field_package"
    GROUP = "dossier"
    TAGS = ("dossier", "veldwerk", "field", "qfield", "mergin", "bezoek", "bevinding", "visit", "terug")

    def label(self) -> str:
        return tr("Take back a field package")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterFile(
                "PACKAGE",
                tr("Package (zip), or a GeoPackage in its folder"),
                behavior=Qgis.ProcessingFileParameterBehavior.File,
                fileFilter="Zip, GeoPackage (*.zip *.gpkg)",
            )
        )
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("What came back"), QgsProcessing.SourceType.TypeVector
            )
        )
        for name, label in (
            ("INSERTED", tr("New records")),
            ("UPDATED", tr("Changed records")),
            ("CONFLICTS", tr("Conflicts")),
            ("REFUSED", tr("Refused rows")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.dossier.opening import open_dossier
        from ..project.field_return import opened_package, take_back

        check_temporary(self, parameters, "OUTPUT", context)
        dossier = open_dossier(chosen_folder(self, parameters, context))
        user = chosen_user(self, parameters, context)
        with opened_package(Path(self.parameterAsFile(parameters, "PACKAGE", context)), dossier) as package:
            feedback.setProgressText(tr("Comparing with the dossier"))
            returning = take_back(dossier, package, now=datetime.now(UTC), user=user)
            check_cancelled(feedback)
            lines = list(returning.plan.lines())
            destination = write_report(
                self, parameters, context, columns={name: name.capitalize() for name in REPORT_COLUMNS},
                lines=lines, title=tr("What came back"),
            )  # fmt: skip
            check_cancelled(feedback)
            feedback.setProgressText(tr("Changing the dossier"))
            returning.write()
        for note in (*dossier.notes, *returning.notes):
            feedback.pushInfo(note)
        return {"OUTPUT": destination, **_tell(feedback, returning.plan.counts(), lines)}


def _tell(
    feedback: QgsProcessingFeedback, counts: dict[str, int], lines: list[tuple[str, ...]]
) -> dict[str, int]:
    """What came back, in the log and as numbers; what needs attention as warnings."""
    for outcome, count in counts.items():
        feedback.pushInfo(f"{outcome.capitalize()}: {count}")
    attention = [line for line in lines if line[1] in ("conflict", "geweigerd", "opmerking")]
    for layer, _outcome, uuid, field, found, sentence, address, row in attention[:_MOST_WARNINGS]:
        which = ", ".join(filter(None, (layer, address, row and f"rij {row}", uuid, field)))
        feedback.pushWarning(f"{which}: {' '.join(filter(None, (found and f'{found}.', sentence)))}")
    if len(attention) > _MOST_WARNINGS:
        feedback.pushWarning(
            tr("{count} more are in the report.").format(count=len(attention) - _MOST_WARNINGS)
        )
    return {name: counts[outcome] for outcome, name in _COUNTS.items()}
