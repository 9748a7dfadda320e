"""Take objects, evidence, signals and more into the dossier: all that the core decides, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import Qt

from ..atlas.core.records.import_file import REPORT_COLUMNS, ImportRequest
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.tables.address_columns import ToldColumns, as_told
from ..atlas.core.vacancy.evidence import REGISTERS
from ..layers.source_layer import source_layer
from ..texts import tr
from .algorithm import check_cancelled
from .dossier_parameters import (
    DossierAlgorithm,
    add_folder,
    add_user,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.core.records.file_rows import FileRecords
    from ..atlas.core.records.import_plan import ImportPlan

_LAYERS = [name for name, described in RURAL_LAYERS.items() if not described.append_only]
_MOST_WARNINGS = 20


class ImportRecords(DossierAlgorithm):
    """`import_records`."""

    ID = "import_records"
    GROUP = "dossier"
    TAGS = ("dossier", "inlezen", "import", "objecten", "bewijs", "evidence", "signalen", "register")

    def label(self) -> str:
        return tr("Import records")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", tr("Table or layer to import"), [QgsProcessing.SourceType.Vector]
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "LAYER", tr("Layer of the dossier"), options=_LAYERS, defaultValue=_LAYERS[0],
                usesStaticStrings=True,
            )
        )  # fmt: skip
        self.addParameter(
            QgsProcessingParameterEnum(
                "REGISTER", tr("Register that answered (with leegstand_bewijs)"), options=list(REGISTERS),
                optional=True, usesStaticStrings=True,
            )
        )  # fmt: skip
        self.addParameter(
            QgsProcessingParameterString("SOURCE", tr("Source of rows that name none"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "KEEP_UNTIL", tr("Keep until, for rows that do not say"),
                type=Qgis.ProcessingDateTimeParameterDataType.Date, optional=True,
            )
        )  # fmt: skip
        self.addParameter(
            QgsProcessingParameterField(
                "LEAVE_OUT", tr("Fields to leave out"), parentLayerParameterName="INPUT", allowMultiple=True,
                optional=True,
            )
        )  # fmt: skip
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Import report"), QgsProcessing.SourceType.Vector)
        )
        for name, label in _counts_labels().items():
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.changes import plan_import
        from ..atlas.core.records.import_file import (
            PLACED_LAYERS,
            add_municipality,
            note_lines,
            read_records,
            report_lines,
        )
        from ..atlas.dossier.changes import apply_import
        from ..atlas.dossier.opening import open_dossier
        from ..atlas.dossier.records import read_layers
        from ..layers.import_rows import municipalities, read_layer

        now, request = datetime.now(UTC), self._request(parameters, context)
        user = chosen_user(self, parameters, context)
        dossier = open_dossier(chosen_folder(self, parameters, context))
        source = self.parameterAsSource(parameters, "INPUT", context)
        layer = source_layer(self, parameters, "INPUT", context)
        table, places = read_layer(source, layer, context.transformContext(), feedback)
        left = self.parameterAsStrings(parameters, "LEAVE_OUT", context)
        table = as_told(table, ToldColumns(left=tuple(left)))
        found = read_records(table, request, today=now.date(), places=places)
        if request.layer in PLACED_LAYERS:
            feedback.setProgressText(tr("Finding municipalities"))
            add_municipality(found.records, municipalities)
        feedback.setProgress(40)
        feedback.setProgressText(tr("Comparing with the dossier"))
        layers = read_layers(dossier)
        plan = plan_import(
            layers[request.layer], found.records, now=now, user=user, layer=request.layer, parents=layers,
            numbers=found.numbers,
        )  # fmt: skip
        check_cancelled(feedback)
        notes = (*dossier.notes, *plan.notes, *found.report.notes)
        lines = [*sorted(report_lines(plan, found), key=lambda line: line[0]), *note_lines(notes)]
        destination = write_report(
            self, parameters, context, columns={name: name.capitalize() for name in REPORT_COLUMNS},
            lines=lines, numbers=("rij",),
            title=f"{tr('Import report')}: {RURAL_LAYERS[plan.layer].alias}",
        )  # fmt: skip
        check_cancelled(feedback)
        feedback.setProgressText(tr("Changing the dossier"))
        apply_import(dossier, plan)
        for note in notes:
            feedback.pushInfo(note)
        return {"OUTPUT": destination, **_tell(feedback, plan, found)}

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> ImportRequest:
        day = self.parameterAsDateTime(parameters, "KEEP_UNTIL", context)
        return ImportRequest(
            layer=self.parameterAsEnumString(parameters, "LAYER", context),
            register=self.parameterAsEnumString(parameters, "REGISTER", context),
            source=self.parameterAsString(parameters, "SOURCE", context),
            keep_until=day.date().toString(Qt.DateFormat.ISODate) if day.isValid() else "",
        )


def _counts_labels() -> dict[str, str]:
    return {
        "INSERTED": tr("New records"),
        "UPDATED": tr("Changed records"),
        "UNCHANGED": tr("Unchanged rows"),
        "CONFLICTS": tr("Conflicts"),
        "REFUSED": tr("Refused rows"),
        "UNREAD": tr("Rows not read"),
    }


def _tell(feedback: QgsProcessingFeedback, plan: ImportPlan, found: FileRecords) -> dict[str, int]:
    """What was done, in the log and as numbers; rows that need attention are warnings."""
    counts = {
        "INSERTED": len(plan.inserts),
        "UPDATED": len(plan.updates),
        "UNCHANGED": len(plan.unchanged),
        "CONFLICTS": len(plan.conflicts),
        "REFUSED": len({refusal.row for refusal in plan.refusals}),
        "UNREAD": len(found.report.unused),
    }
    for name, label in _counts_labels().items():
        feedback.pushInfo(f"{label}: {counts[name]}")
    attention = [
        *((item.row, item.explanation) for item in plan.conflicts),
        *((item.row, f"{item.reason} {item.remedy}") for item in plan.refusals),
        *((item.row, item.explanation) for item in found.report.unused),
    ]
    for row, sentence in sorted(attention)[:_MOST_WARNINGS]:
        feedback.pushWarning(f"Rij {row}: {sentence}")
    if len(attention) > _MOST_WARNINGS:
        feedback.pushWarning(
            tr("{count} more are in the report.").format(count=len(attention) - _MOST_WARNINGS)
        )
    return counts
