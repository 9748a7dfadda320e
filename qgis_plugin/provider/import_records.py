"""Take objects, evidence, signals and more into the dossier: all that the core decides, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.tables.address_columns import ToldColumns, as_told
from ..atlas.core.vacancy.evidence import REGISTERS
from ..cancelling import check_cancelled
from ..source_layer import source_layer
from ..texts import tr
from .algorithm import told_steps, warn_of
from .dossier_parameters import (
    ACCEPT_PERSONAL_TEXT,
    DossierAlgorithm,
    add_accept_personal_text,
    add_day,
    add_folder,
    add_report,
    add_user,
    chosen_day,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.core.records.import_file import ImportRequest
    from ..atlas.core.tables.table import Table
    from ..atlas.jobs.importing import Imported, ImportPorts
    from ..layers.bag_file import BagFile
    from ..layers.import_rows import LayerPlaces

_LAYERS = [
    name for name, described in RURAL_LAYERS.items() if not (described.append_only or described.made_here)
]


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
        add_day(self, "KEEP_UNTIL", tr("Keep until, for rows that do not say"))
        self.addParameter(
            QgsProcessingParameterFile("ADDRESSES", tr("Addresses of the BAG (file)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterField(
                "LEAVE_OUT", tr("Fields to leave out"), parentLayerParameterName="INPUT", allowMultiple=True,
                optional=True,
            )
        )  # fmt: skip
        add_accept_personal_text(self)
        add_user(self)
        add_report(self, tr("Import report"), _counts_labels())

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.import_file import REPORT_COLUMNS
        from ..atlas.jobs.importing import ImportPorts
        from ..layers.import_rows import municipalities

        results: dict[str, Any] = {}
        request = self._request(parameters, context)

        def read() -> tuple[Table, LayerPlaces, tuple[str, ...]]:
            table, places = self._rows(parameters, context, feedback)
            return self._understood(table, parameters, context, feedback), places, ()

        def report(lines: Sequence[tuple[str | int | None, ...]]) -> None:
            results["OUTPUT"] = write_report(
                self, parameters, context, columns={name: name.capitalize() for name in REPORT_COLUMNS},
                lines=sorted(lines, key=lambda line: (line[0] is None, line[0])), numbers=("rij",),
                title=f"{tr('Import report')}: {RURAL_LAYERS[request.layer].alias}",
            )  # fmt: skip

        ports = ImportPorts(read, municipalities, report, told_steps(feedback))
        done = self._do(parameters, context, request, ports)
        for note in done.notes:
            feedback.pushInfo(note)
        return {**results, **_tell(feedback, done)}

    def _rows(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> tuple[Table, LayerPlaces]:
        """The rows of the layer, and what knows where they are."""
        from ..layers.import_rows import read_layer

        source = self.parameterAsSource(parameters, "INPUT", context)
        layer = source_layer(self, parameters, "INPUT", context)
        register = self._register(parameters, context, feedback)
        return read_layer(source, layer, context.transformContext(), feedback, register)

    def _register(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> BagFile | None:
        """The BAG, when there is a file with it."""
        from ..layers.bag_file import BagFile

        path = self.parameterAsFile(parameters, "ADDRESSES", context)
        if not path:
            return None
        register = BagFile(Path(path))
        register.keep_on = lambda: check_cancelled(feedback)
        return register

    def _do(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        request: ImportRequest,
        ports: ImportPorts,
    ) -> Imported:
        """Import the rows."""
        from ..atlas.jobs.importing import import_rows

        folder, user = chosen_folder(self, parameters, context), chosen_user(self, parameters, context)
        return import_rows(folder, request, ports, user=user, now=datetime.now(UTC))

    def _understood(
        self,
        table: Table,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        _feedback: QgsProcessingFeedback,
    ) -> Table:
        """The table without the fields that the user leaves out."""
        left = self.parameterAsStrings(parameters, "LEAVE_OUT", context)
        return as_told(table, ToldColumns(left=tuple(left)))

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> ImportRequest:
        from ..atlas.core.records.import_file import ImportRequest

        day = chosen_day(self, parameters, "KEEP_UNTIL", context)
        return ImportRequest(
            layer=self.parameterAsEnumString(parameters, "LAYER", context),
            register=self.parameterAsEnumString(parameters, "REGISTER", context),
            source=self.parameterAsString(parameters, "SOURCE", context),
            keep_until=day.isoformat() if day else "",
            accept_personal_text=self.parameterAsBool(parameters, ACCEPT_PERSONAL_TEXT, context),
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


def _tell(feedback: QgsProcessingFeedback, done: Imported) -> dict[str, int]:
    """What was done, in the log and as numbers; rows that need attention are warnings."""
    plan = done.plan
    counts = {
        "INSERTED": len(plan.inserts),
        "UPDATED": len(plan.updates),
        "UNCHANGED": len(plan.unchanged),
        "CONFLICTS": len(plan.conflicts),
        "REFUSED": done.refused,
        "UNREAD": len(done.unused),
    }
    for name, label in _counts_labels().items():
        feedback.pushInfo(f"{label}: {counts[name]}")
    attention = [
        *((item.row, item.explanation) for item in plan.conflicts),
        *((item.row, f"{item.reason} {item.remedy}") for item in plan.refusals),
        *((item.row, item.explanation) for item in done.unused),
    ]
    warn_of(feedback, [f"Rij {row}: {sentence}" for row, sentence in sorted(attention)])
    return counts
