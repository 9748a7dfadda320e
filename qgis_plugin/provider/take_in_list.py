"""Take in an own list: its columns and values understood, what would happen shown first, then imported."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..atlas.core.tables.sheet_tables import with_header
from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..layers.import_rows import LayerPlaces
from ..layers.own_file import read_own_file
from ..layers.table_reading import column_name, file_shown
from ..source_layer import source_layer, uses_all_features
from ..texts import tr
from .dossier_parameters import add_day, chosen_day, chosen_folder, chosen_user
from .import_records import ImportRecords

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.core.records.import_file import ImportRequest
    from ..atlas.core.tables.table import Table
    from ..atlas.jobs.importing import Imported, ImportPorts

_SEPARATOR = re.compile(r"[;\n]+")


class TakeInList(ImportRecords):
    """`take_in_list`: `import_records` for a list whose columns and values have names of their own."""

    ID = "take_in_list"
    TAGS = ("dossier", "innemen", "lijst", "intake", "list", "kolommen", "excel")

    def label(self) -> str:
        return tr("Take in a list")

    def add_parameters(self) -> None:
        super().add_parameters()
        self.addParameter(
            QgsProcessingParameterNumber(
                "HEADER", tr("Row with the names of the columns (empty: recognised)"), optional=True,
                minValue=1,
            )
        )  # fmt: skip
        for name, text in (
            ("COLUMN", tr("Columns that are not recognised, such as soort=Type gebouw; more with ;")),
            ("CHOOSE", tr("What a text means, such as soort:loods/stal=loods; more with ;")),
        ):
            self.addParameter(QgsProcessingParameterString(name, text, optional=True))
        add_day(self, "REFERENCE_DATE", tr("Reference date of rows that name none"))
        self.addParameter(
            QgsProcessingParameterBoolean(
                "PREVIEW", tr("Only show what would happen; nothing is written"), defaultValue=True
            )
        )

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> ImportRequest:
        day = chosen_day(self, parameters, "REFERENCE_DATE", context)
        return replace(super()._request(parameters, context), reference_date=day.isoformat() if day else "")

    def _rows(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> tuple[Table, LayerPlaces]:
        """Of a layer without places the rows of its file, as the command reads it; else its own."""
        layer = source_layer(self, parameters, "INPUT", context)
        source = self.parameterAsSource(parameters, "INPUT", context)
        bare = source.wkbType() == Qgis.WkbType.NoGeometry and uses_all_features(parameters, "INPUT")
        shown = file_shown(layer) if bare and layer is not None else None
        header = self.parameterAsInt(parameters, "HEADER", context) if parameters.get("HEADER") else 0
        if shown is None:
            if header:
                raise AtlasError(
                    "In deze laag is er geen rij met de namen van de kolommen te kiezen.",
                    where=source.sourceName(),
                    expected="een CSV of rekenblad, helemaal",
                    hint="Laat het leeg, of kies het bestand.",
                    choices=("header_row",),
                )
            return super()._rows(parameters, context, feedback)
        path, sheet = shown
        file = read_own_file(path, lambda: check_cancelled(feedback))
        register = self._register(parameters, context, feedback)
        return file.table(with_header(sheet, header)), LayerPlaces([], [], register)

    def _understood(
        self,
        table: Table,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Table:
        """The table with our names and values; says how it was understood."""
        from ..atlas.core.records import list_intake

        request = self._request(parameters, context)
        source = self.parameterAsSource(parameters, "INPUT", context)
        pairs = [text.partition("=") for text in self._parts(parameters, "COLUMN", context)]
        mapping = list_intake.told_list(
            list_intake.ListMapping(
                request.layer, request.register, source=request.source, keep_until=request.keep_until
            ),
            {name.strip(): column.strip() for name, _sign, column in pairs},
            [
                column_name(table, source, name)
                for name in self.parameterAsStrings(parameters, "LEAVE_OUT", context)
            ],
            self._parts(parameters, "CHOOSE", context),
        )
        mapping, left = list_intake.understood(table, mapping, saved=False)
        for name, column in mapping.columns.items():
            feedback.pushInfo(f'"{column}": {name}')
        for one in left:
            feedback.pushWarning(f'Niet overgenomen: "{one.column}" ({one.why}).')
        if refusal := list_intake.refuse_open(table, mapping, request.reference_date):
            raise refusal
        return list_intake.prepared(table, mapping)

    def _parts(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> list[str]:
        text = self.parameterAsString(parameters, name, context)
        return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]

    def _do(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        request: ImportRequest,
        ports: ImportPorts,
    ) -> Imported:
        """Import the rows, or only say what would happen."""
        if not self.parameterAsBool(parameters, "PREVIEW", context):
            return super()._do(parameters, context, request, ports)
        from ..atlas.core.records.import_file import note_lines, report_lines
        from ..atlas.jobs.importing import Imported, plan_rows
        from ..atlas.jobs.intake import sentences_of

        folder, user = chosen_folder(self, parameters, context), chosen_user(self, parameters, context)
        planned = plan_rows(folder, request, ports, user=user, now=datetime.now(UTC))
        ports.report([*report_lines(planned.plan, planned.found), *note_lines(planned.notes)])
        shown = (tr("Nothing was written: this is what would happen."), *sentences_of(planned))
        return Imported(planned.plan, planned.found.report.unused, shown)
