"""A table of the user's joined to areas: values on the map, and a report with one line for every row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProject,
)

from ..atlas.core.areas.districts import joinable_levels
from ..atlas.core.areas.embedded_boundaries import embedded_source
from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.schema.published import layer as described_layer
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.notation import TABLE_CHOICES, UNIT_LABEL
from ..cancelling import Cancelled, check_cancelled
from ..controls import told
from ..gate import records_of
from ..layers.area_set import drawn_areas
from ..layers.areas import apply_style, describe, qgis_fields
from ..layers.join_report import (
    REPORT,
    counted_outcomes,
    report_fields,
    report_file,
    show_later,
    style_report,
    tell_outcomes,
    write_report,
)
from ..layers.rd_transform import rd
from ..layers.result_sink import WITHOUT_RECORDS, file_of, result_sink
from ..layers.table_reading import column_name, read_table, read_text_file
from ..source_layer import source_layer, uses_all_features
from ..texts import tr
from .algorithm import AtlasAlgorithm, finish_when_loaded
from .choropleth import sheet_of_view, write_map
from .own_figure import add_advanced, add_words, figure_of

if TYPE_CHECKING:
    from qgis.core import QgsMapLayer, QgsVectorLayer

    from ..atlas.core.joining.joined import Joined, JoinReport
    from ..atlas.core.joining.own_figures import Figure

_UNITS = tuple(UNIT_LABEL)
_AUDIENCE = Audience.PUBLIC


class JoinTable(AtlasAlgorithm):
    """The algorithm "Join a table to areas"."""

    ID = "join_table"
    GROUP = "figures"
    TAGS = ("koppelen", "tabel", "csv", "excel", "join", "gemeente", "rapport")

    def label(self) -> str:
        return tr("Join a table to areas")

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", tr("Table (layer or file)"), [Qgis.ProcessingSourceType.Vector], optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "FILE",
                tr("Or a CSV of StatLine or the police, which QGIS can't open as a layer"),
                optional=True,
                fileFilter="CSV (*.csv)",
            )
        )
        self._add_choice(
            "LEVEL",
            tr("Level of the areas in the table"),
            [described_layer(level).alias for level in joinable_levels()],
        )
        self._add_field("KEY", tr("Column with the name or code of the area"), optional=True)
        self._add_field("VALUE", tr("Column with the value"), optional=True)
        self._add_choice("UNIT", tr("Unit of the value"), list(UNIT_LABEL.values()), _UNITS.index("number"))
        self._add_field("N", tr("Column with the number of respondents"), optional=True)
        self._add_field("WEIGHT", tr("Column with weights, for percentages"), optional=True)
        self.addParameter(
            QgsProcessingParameterNumber(
                "YEAR", tr("Year of the municipal division (empty: now)"), optional=True, minValue=1900
            )
        )
        self._add_choice(
            "COMBINE", tr("Several rows for one area"), [tr("Refuse the join"), tr("Add them up")]
        )
        self._add_choice("DECIMAL", tr("Decimal mark"), [tr("Decided per column"), tr("Comma"), tr("Point")])
        self._add_choice(
            "DASH",
            tr("A cell with only a dash means"),
            [tr("Not decided: a table with such cells is refused"), tr("Zero"), tr("Missing")],
        )
        self._add_field("PER", tr("Column to divide counts by, for a rate"), optional=True)
        self.addParameter(
            QgsProcessingParameterNumber(
                "PER_POPULATION",
                tr("Divide counts by the inhabitants of this year, for a rate per 1,000"),
                optional=True,
                minValue=1900,
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "PER_LAND", tr("Divide counts by the km² of land, for a rate per km²"), defaultValue=False
            )
        )
        self._add_choice(
            "BELOW_ONE",
            tr("Percentages below 1"),
            [tr("Not decided: such columns are refused"), tr("0.36 is 0.36%"), tr("0.36 is 36%")],
        )
        self._add_choice(
            "PLACES",
            tr("A row about a place"),
            [tr("Gives its municipality no value"), tr("Is a count, added up for its municipality")],
        )
        self._add_field(
            "MUNICIPALITY", tr("Column with the municipality, for names of wijken"), optional=True
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "CLASSES",
                tr("Draw the map with classes (say under Advanced what the figure is)"),
                defaultValue=False,
            )
        )
        topic = tr("StatLine: name of the topic, instead of a column with the value")
        add_advanced(self, QgsProcessingParameterString("TOPIC", topic, optional=True))
        rows = tr("Only these rows: column=value; column=value")
        add_advanced(self, QgsProcessingParameterString("WHERE", rows, optional=True))
        column = tr("Column with the periods (empty: as StatLine has it)")
        add_advanced(self, _field("PERIOD_COLUMN", column, optional=True))
        sum_over = tr("Add counts up over the kinds in this column")
        add_advanced(self, _field("SUM_OVER", sum_over, optional=True))
        divide = tr("Divide Winsum of before 2019 by addresses, an estimate: list of addresses")
        csv = "CSV (*.csv)"
        add_advanced(
            self, QgsProcessingParameterFile("DIVIDE_ADDRESSES", divide, optional=True, fileFilter=csv)
        )
        period = tr("Your table: period, such as 2025 or 2025-11")
        add_advanced(self, QgsProcessingParameterString("PERIOD", period, optional=True))
        add_words(self)
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Areas with values")))
        self.addParameter(QgsProcessingParameterFeatureSink("REPORT", tr("Report of the join")))

    def _add_choice(self, name: str, text: str, options: list[str], default: int = 0) -> None:
        self.addParameter(QgsProcessingParameterEnum(name, text, options, defaultValue=default))

    def _add_field(self, name: str, text: str, *, optional: bool = False) -> None:
        self.addParameter(_field(name, text, optional=optional))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.joining.joined import JoinReport

        file = self.parameterAsFile(parameters, "FILE", context)
        layer = None if file else source_layer(self, parameters, "INPUT", context)
        if not file:
            _check_input(layer)
        figure = None
        if self.parameterAsBool(parameters, "CLASSES", context):
            figure = figure_of(self, parameters, context, where=file or layer.name())
        level = joinable_levels()[self.parameterAsEnum(parameters, "LEVEL", context)]
        try:
            joined = self._joined(parameters, context, feedback, level)
        except AtlasError as error:
            self._deliver_report(parameters, context, feedback, JoinReport.empty(), error)
            raise
        check_cancelled(feedback)
        tell_outcomes(feedback, joined)
        for note in joined.notes:
            feedback.pushWarning(note)
        feedback.setProgress(50)
        if joined.refusal is not None:
            self._deliver_report(parameters, context, feedback, joined.report, joined.refusal)
            raise joined.refusal
        with self._report_sink(parameters, context) as report_sink:
            write_report(joined.report, report_sink, lambda: check_cancelled(feedback))
            feedback.setProgress(90)
            check_cancelled(feedback)
            if figure is None:
                output = self._write_areas(parameters, context, feedback, joined, level)
            else:
                output = self._write_classes(parameters, context, joined, level, figure)
        finish_when_loaded(context, report_sink.destination, REPORT.alias, style_report)
        return {
            "OUTPUT": output,
            "REPORT": report_sink.destination,
            "ROWS": len(joined.report),
            "AREAS": len(joined.values),
        }

    def _joined(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        level: str,
    ) -> Joined:
        from ..atlas.core.joining.dividing import divisions_by_address
        from ..atlas.core.joining.join import join
        from ..atlas.core.joining.statistics import Choice, read_choices

        source = None
        if file := self.parameterAsFile(parameters, "FILE", context):
            table = read_text_file(Path(file))
        else:
            source = self.parameterAsSource(parameters, "INPUT", context)
            table = read_table(
                source,
                source_layer(self, parameters, "INPUT", context),
                whole=uses_all_features(parameters, "INPUT"),
                feedback=feedback,
                keep_on=lambda: check_cancelled(feedback),
            )

        def column(name: str) -> str | None:
            field = self.parameterAsString(parameters, name, context)
            return column_name(table, source, field) if field and source else field or None

        def choice(name: str) -> str:
            return TABLE_CHOICES[name.lower()][self.parameterAsEnum(parameters, name, context)]

        def choice_or_none(name: str) -> str | None:
            place = self.parameterAsEnum(parameters, name, context)
            return TABLE_CHOICES[name.lower()][place - 1] if place else None

        year = parameters.get("YEAR")
        where = self.parameterAsString(parameters, "WHERE", context)
        addresses = self.parameterAsFile(parameters, "DIVIDE_ADDRESSES", context)
        return join(
            table,
            level=level,
            key=column("KEY") or "",
            value=self.parameterAsString(parameters, "TOPIC", context) or column("VALUE") or "",
            unit=_UNITS[self.parameterAsEnum(parameters, "UNIT", context)],
            n=column("N"),
            weight=column("WEIGHT"),
            year=None if year is None else self.parameterAsInt(parameters, "YEAR", context),
            combine=choice("COMBINE"),
            decimal=choice_or_none("DECIMAL"),
            dash=choice_or_none("DASH"),
            per=column("PER"),
            per_population=None
            if parameters.get("PER_POPULATION") is None
            else self.parameterAsInt(parameters, "PER_POPULATION", context),
            per_land=self.parameterAsBool(parameters, "PER_LAND", context),
            below_one=choice_or_none("BELOW_ONE"),
            places=choice("PLACES"),
            municipality=column("MUNICIPALITY"),
            choice=Choice(
                where=read_choices(filter(str.strip, where.split(";"))),
                period=self.parameterAsString(parameters, "PERIOD", context),
                period_column=column("PERIOD_COLUMN") or "",
                sum_over=column("SUM_OVER") or "",
            ),
            divisions=divisions_by_address(read_text_file(Path(addresses))) if addresses else (),
        )

    def _report_sink(self, parameters: dict[str, Any], context: QgsProcessingContext):  # noqa: ANN202
        return result_sink(
            self,
            parameters,
            "REPORT",
            context,
            report_fields(),
            Qgis.WkbType.NoGeometry,
            QgsCoordinateReferenceSystem(),
            released=WITHOUT_RECORDS,
        )

    def _deliver_report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        report: JoinReport,
        refusal: AtlasError,
    ) -> None:
        """Write the report of a join that fails, as a file, and show it: QGIS itself would drop it."""
        scratch = QgsProcessingContext()
        scratch.setProject(context.project())
        wanted = self.parameterAsOutputLayer(parameters, "REPORT", scratch)
        asked_for = scratch.willLoadLayerOnCompletion(wanted)
        path = file_of(wanted) or report_file(context)
        own_context = QgsProcessingContext()
        try:
            with self._report_sink({**parameters, "REPORT": str(path)}, own_context) as sink:
                write_report(report, sink, lambda: check_cancelled(feedback))
        except Cancelled:
            raise
        except AtlasError as error:
            feedback.reportError(told(error, self))
            return
        feedback.pushInfo(tr("The report of the join stands in {path}").format(path=path))
        refusal.detail = "\n".join(filter(None, (refusal.detail, counted_outcomes(report))))
        if asked_for:
            name = tr("{report} (refused)").format(report=REPORT.alias)
            show_later(path, name, context.project() or QgsProject.instance())

    def _write_classes(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        joined: Joined,
        level: str,
        figure: Figure,
    ) -> str:
        """The values as a map of a figure: with interval, status and class, as the core decides them."""
        from ..layers.own_table import payload_of

        unit = _UNITS[self.parameterAsEnum(parameters, "UNIT", context)]
        released = payload_of([(joined, figure)], level=level, unit=unit, where=figure.source)
        figure_id = released.content["opening"]["indicator"]
        return write_map(self, parameters, context, sheet_of_view(released, figure_id))

    def _write_areas(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        joined: Joined,
        level: str,
    ) -> str:
        from ..atlas.core.figures.qml import boundary_style
        from ..atlas.core.joining.joined import LAYER, joined_estimates, joined_rows, withheld_areas

        estimates = joined_estimates(joined, _UNITS[self.parameterAsEnum(parameters, "UNIT", context)])
        released = joined_rows(joined, level, estimates, _AUDIENCE)
        fields, rows = released.content.fields, released.content.rows
        if withheld := withheld_areas(estimates):
            feedback.pushWarning(
                tr("Areas without a figure, as there are too few respondents: {count}.").format(
                    count=withheld
                )
            )
        geometry = drawn_areas(level)
        made = qgis_fields(fields)
        features = []
        for row in rows:
            feature = QgsFeature(made)
            feature.setAttributes([row[field.name] for field in fields])
            feature.setGeometry(geometry[str(row["code"])])
            features.append(feature)
        kind = Qgis.WkbType.MultiPolygon
        with result_sink(self, parameters, "OUTPUT", context, made, kind, rd(), released=released) as sink:
            sink.add(features)
        described = described_layer(LAYER)
        title = f"{described.alias} ({described_layer(level).alias.lower()})"
        source = embedded_source(level)

        def finish(layer: QgsMapLayer) -> None:
            apply_style(layer, boundary_style(level, described.alias, fields, label_field="waarde"))
            describe(layer, title, f"{described.description}. {source}", source)

        finish_when_loaded(context, sink.destination, title, finish)
        return sink.destination


def _field(name: str, text: str, *, optional: bool) -> QgsProcessingParameterField:
    return QgsProcessingParameterField(name, text, parentLayerParameterName="INPUT", optional=optional)


def _check_input(layer: QgsVectorLayer | None) -> None:
    if layer is None or not layer.isValid():
        raise AtlasError(
            "Deze tabel kan niet worden gelezen.",
            expected="een laag, of een bestand zoals .csv, .xlsx, .ods of .gpkg",
            hint="Open de tabel eerst in QGIS en kies haar daarna als laag.",
        )
    if records_of(layer) is not None:
        raise AtlasError(
            "Records van een dossier worden niet als tabel gekoppeld: het resultaat zou niet alleen voor het "
            "team zijn.",
            where=layer.name(),
            hint="Tel ze per gebied met 'Punten in gebieden'.",
        )
