"""Take a package back from the field: visits, findings and changes of all layers, in one step."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterFile,
)

from ..texts import tr
from .algorithm import told_steps, warn_of
from .dossier_parameters import (
    ACCEPT_PERSONAL_TEXT,
    DossierAlgorithm,
    add_accept_personal_text,
    add_folder,
    add_report,
    add_user,
    check_temporary,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.jobs.field_return import Returned

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
        add_accept_personal_text(self)
        add_user(self)
        add_report(
            self,
            tr("What came back"),
            {
                "INSERTED": tr("New records"),
                "UPDATED": tr("Changed records"),
                "CONFLICTS": tr("Conflicts"),
                "REFUSED": tr("Refused rows"),
            },
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.field_return import REPORT_COLUMNS
        from ..atlas.jobs.field_return import return_package

        check_temporary(self, parameters, "OUTPUT", context)
        results: dict[str, Any] = {}

        def report(lines: Sequence[tuple[str, ...]]) -> None:
            results["OUTPUT"] = write_report(
                self, parameters, context, columns={name: name.capitalize() for name in REPORT_COLUMNS},
                lines=lines, title=tr("What came back"),
            )  # fmt: skip

        done = return_package(
            chosen_folder(self, parameters, context),
            Path(self.parameterAsFile(parameters, "PACKAGE", context)),
            now=datetime.now(UTC),
            user=chosen_user(self, parameters, context),
            accept_personal_text=self.parameterAsBool(parameters, ACCEPT_PERSONAL_TEXT, context),
            progress=told_steps(feedback),
            report=report,
        )
        for note in done.notes:
            feedback.pushInfo(note)
        _tell(feedback, done)
        return {**results, **{name: done.counts[outcome] for outcome, name in _COUNTS.items()}}


def _tell(feedback: QgsProcessingFeedback, done: Returned) -> None:
    """What came back, in the log; what needs attention as warnings."""
    for outcome, count in done.counts.items():
        feedback.pushInfo(f"{outcome.capitalize()}: {count}")
    warn_of(feedback, done.attention)
