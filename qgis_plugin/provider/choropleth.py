"""A map of a figure: a published one, or one from a table of the user's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.crs import RD
from ..atlas.core.areas.divisions import levels
from ..atlas.core.disclosure.released import content_of
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.notation import UNIT_LABEL
from ..cancelling import check_cancelled
from ..controls import told
from ..figures import find_view, level_of, released_figures
from ..gate import records_of
from ..layers.areas import apply_style, describe, features, qgis_fields, shapes_in_rd
from ..layers.result_sink import result_sink
from ..layers.table_reading import column_name, read_table
from ..source_layer import source_layer, uses_all_features
from ..texts import tr
from .algorithm import AtlasAlgorithm, finish_when_loaded
from .figure_parameter import chosen_figure, figure_parameter, with_figure_as_place
from .own_figure import add_advanced, add_words, figure_of

if TYPE_CHECKING:
    from qgis.core import (
        QgsMapLayer,
        QgsProcessingContext,
        QgsProcessingFeatureSource,
        QgsProcessingFeedback,
    )

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload
    from ..atlas.gpkg.geopackage import Sheet

_LEVELS = tuple(level.id for level in levels())
_UNITS = tuple(UNIT_LABEL)


class Choropleth(AtlasAlgorithm):
    """Areas with a figure, its class and its state, drawn as the core decided."""

    ID = "choropleth"
    GROUP = "figures"
    ICON = "choropleth"
    TAGS = ("choropleet", "choropleth", "kaart", "map", "cijfer", "figure", "enquête", "survey")

    def label(self) -> str:
        return tr("Map of a figure")

    def add_parameters(self) -> None:
        self.addParameter(figure_parameter(optional=True))
        self.addParameter(
            QgsProcessingParameterEnum(
                "LEVEL", tr("Level"), [level.label_plural for level in levels()], optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "PERIOD",
                tr("Period (empty: the newest; for a table of your own it must be filled in)"),
                "",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT",
                tr("Or: a table of your own"),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            )
        )
        for name, label in (
            ("AREA_FIELD", tr("Field with the area (name or code)")),
            ("VALUE_FIELD", tr("Field with the value")),
            ("N_FIELD", tr("Field with the number of answers (n)")),
        ):
            self.addParameter(
                QgsProcessingParameterField(name, label, parentLayerParameterName="INPUT", optional=True)
            )
        units = list(UNIT_LABEL.values())
        add_advanced(
            self,
            QgsProcessingParameterEnum(
                "UNIT", tr("Your table: unit"), units, defaultValue=_UNITS.index("percent")
            ),
        )
        add_words(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Map of the figure"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """A figure that does not exist gets our sentence, with the figures there are."""
        try:
            checked = with_figure_as_place(parameters)
        except AtlasError as error:
            return False, told(error, self)
        return super().checkParameterValues(checked, context)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        sheet = self._sheet(parameters, context, feedback)
        check_cancelled(feedback)
        destination = write_map(self, parameters, context, sheet)
        feedback.pushInfo(sheet.content.abstract)
        return {"OUTPUT": destination}

    def _sheet(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Released[Sheet]:
        parameters = with_figure_as_place(parameters)
        wanted = parameters.get("INDICATOR") is not None
        table = self.parameterAsSource(parameters, "INPUT", context)
        if wanted == (table is not None):
            raise AtlasError(
                "Kies een gepubliceerd cijfer of een eigen tabel: één van de twee.",
                got="beide" if wanted else "geen van beide",
            )
        if table is None:
            released = released_figures()
            indicator_id = chosen_figure(self.parameterAsEnum(parameters, "INDICATOR", context))
        else:
            if records_of(source_layer(self, parameters, "INPUT", context)) is not None:
                raise AtlasError(
                    "Deze laag komt uit een objectdossier: daarvan wordt geen kaart voor iedereen gemaakt.",
                    where=table.sourceName(),
                    hint="Maak met 'Pagina maken' een pagina voor het team.",
                )
            released, warnings = self._own(table, parameters, context, feedback)
            indicator_id = released.content["opening"]["indicator"]
            for warning in warnings:
                feedback.pushWarning(warning)
        return sheet_of_view(released, indicator_id, *self._when_and_where(parameters, context, table))

    def _when_and_where(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        table: QgsProcessingFeatureSource | None,
    ) -> tuple[str, str]:
        if table is not None:  # its payload has one view
            return "", ""
        level = ""
        if parameters.get("LEVEL") is not None:
            level = _LEVELS[self.parameterAsEnum(parameters, "LEVEL", context)]
        return level, self.parameterAsString(parameters, "PERIOD", context).strip()

    def _own(
        self,
        source: QgsProcessingFeatureSource,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Released[Payload], list[str]]:
        from ..layers.own_table import own_payload

        fields = ("AREA_FIELD", "VALUE_FIELD")
        figure = figure_of(self, parameters, context, where=source.sourceName(), fields=fields)
        area, value, n = (self.parameterAsString(parameters, name, context) for name in (*fields, "N_FIELD"))
        level = "gemeente"
        if parameters.get("LEVEL") is not None:
            level = _LEVELS[self.parameterAsEnum(parameters, "LEVEL", context)]
        layer = source_layer(self, parameters, "INPUT", context)
        table = read_table(
            source,
            layer,
            whole=uses_all_features(parameters, "INPUT"),
            feedback=feedback,
            keep_on=lambda: check_cancelled(feedback),
        )
        return own_payload(
            table,
            figure,
            level=level,
            area_field=column_name(table, source, area),
            value_field=column_name(table, source, value),
            n_field=column_name(table, source, n),
            unit=_UNITS[self.parameterAsEnum(parameters, "UNIT", context)],
        )


def sheet_of_view(
    released: Released[Payload], indicator_id: str, level: str = "", period: str = ""
) -> Released[Sheet]:
    """One view of a figure as a table with its style, as the core decides both.

    Raises:
        AtlasError: no such map, see `figures.find_view`.
    """
    from ..atlas.gpkg.published_layers import map_sheet

    def sheet(payload: Payload) -> Sheet:
        indicator, view = find_view(payload, indicator_id, level, period)
        geometries, _areas = shapes_in_rd(level_of(payload, view["level"]))
        return map_sheet(payload, indicator, view, geometries)

    return released.into(sheet)


def write_map(
    algorithm: AtlasAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    released: Released[Sheet],
) -> str:
    """Write the map to OUTPUT, to be styled when it is loaded; returns where it stands."""
    from ..layers.choropleth import GROUP

    sheet = content_of(released)
    fields, crs = qgis_fields(sheet.fields), QgsCoordinateReferenceSystem(RD)
    kind = Qgis.WkbType.MultiPolygon
    with result_sink(algorithm, parameters, "OUTPUT", context, fields, kind, crs, released=released) as sink:
        sink.add(list(features(fields, sheet.rows, sheet.geometries)))
    finish = partial(finish_map, sheet=sheet)
    finish_when_loaded(context, sink.destination, sheet.title, finish, group=GROUP)
    return sink.destination


def finish_map(layer: QgsMapLayer, sheet: Sheet) -> None:
    """Give a loaded result its style and its description."""
    apply_style(layer, sheet.style)
    describe(layer, sheet.title, sheet.abstract, sheet.rights)
