"""Which points lie in the countryside (buitengebied), by a definition that is kept with the answer."""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ..atlas.core.counts.rural_methods import DENSITY_THRESHOLD, CountrysideMethod
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import YARDS
from ..atlas.core.words.notation import format_number
from ..cancelling import check_cancelled
from ..gate import add_issue_parameters
from ..layers.area_index import AreaIndex
from ..layers.area_set import areas_of_layer
from ..layers.areas import qgis_fields
from ..layers.points import chunks, places
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .point_input import point_input

if TYPE_CHECKING:
    from ..layers.area_set import AreaSet

KINDS = ("kom", "kern", "oad")
_FIELDS = ("buitengebied", "methode", "peildatum")


class Countryside(AtlasAlgorithm):
    """The algorithm "Mark the rural area"."""

    ID = "countryside"
    GROUP = "countryside"
    TAGS = ("buitengebied", "bebouwde kom", "kernen", "adressendichtheid", "OAD", "built-up")

    def label(self) -> str:
        return tr("Mark what lies in the rural area")

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "POINTS", tr("Yards, addresses or other points"), [Qgis.ProcessingSourceType.VectorPoint]
            )
        )
        options = [
            tr("Outside the built-up areas (TOP10NL)"),
            tr("Outside the population centres (CBS)"),
            tr("In a neighbourhood with few addresses around (CBS)"),
        ]
        self.addParameter(QgsProcessingParameterEnum("METHOD", tr("Definition"), options))
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "POLYGONS",
                tr("Built-up areas, population centres or neighbourhoods"),
                [Qgis.ProcessingSourceType.VectorPolygon],
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "DENSITY_FIELD",
                tr("Field with the address density (OAD) of a neighbourhood"),
                parentLayerParameterName="POLYGONS",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "THRESHOLD",
                tr("Fewer addresses per km² than this"),
                Qgis.ProcessingNumberParameterType.Double,
                DENSITY_THRESHOLD,
                minValue=0,
            )
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "REFERENCE_DATE",
                tr("Reference date of the polygons"),
                Qgis.ProcessingDateTimeParameterDataType.Date,
            )
        )
        add_issue_parameters(self)
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Points marked as rural or not")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        method = self._method(parameters, context)
        density_field = self.parameterAsString(parameters, "DENSITY_FIELD", context)
        if method.kind == "oad" and not density_field:
            raise AtlasError(
                "Bij deze definitie hoort het veld met de adressendichtheid van de buurt.",
                where=method.text,
                hint="Kies het veld met de omgevingsadressendichtheid (OAD) van het CBS.",
            )
        points = point_input(self, parameters, "POINTS", ["OUTPUT"], context, renewed=_FIELDS)
        polygons = areas_of_layer(
            self.parameterAsSource(parameters, "POLYGONS", context),
            context.transformContext(),
            base=density_field if method.kind == "oad" else "",
        )
        if all(geometry.isEmpty() for geometry in polygons.geometries):
            raise AtlasError("Er zijn geen vlakken om mee te vergelijken.", where=polygons.source)
        total = max(points.source.featureCount(), 1)
        index = AreaIndex(polygons.geometries, total)
        described = [working_layer(YARDS).field(name) for name in _FIELDS]
        fields = points.fields_with(qgis_fields(described))
        rural = unknown = seen = 0
        reasons: Counter[str] = Counter()
        with points.sink(self, parameters, "OUTPUT", context, fields) as sink:
            for chunk in chunks(points.features(), feedback):
                x, y, why_not = places(chunk, points.transform)
                found = index.assign(x, y, lambda: check_cancelled(feedback))
                codes = countryside_codes(found, method, polygons)
                for number in why_not:
                    codes[number] = None
                columns = (codes, repeat(method.text), repeat(method.peildatum))
                points.extend(chunk, dict(enumerate(columns)), len(_FIELDS))
                sink.add(chunk)
                reasons.update(why_not.values())
                rural += codes.count("ja")
                unknown += codes.count("onbekend")
                seen += len(chunk)
                feedback.setProgress(100 * min(seen / total, 1))
            check_cancelled(feedback)
        feedback.pushInfo(method.text)
        feedback.pushInfo(
            tr("Points in the rural area: {rural} of {points}.").format(
                rural=format_number(rural), points=format_number(seen)
            )
        )
        if unknown:
            feedback.pushWarning(
                tr("Points of which the density is not known: {points}.").format(
                    points=format_number(unknown)
                )
            )
        for reason, number in reasons.most_common():
            feedback.pushWarning(f"{format_number(number)} × {reason}")
        points.name_result(context, sink.destination, tr("Points marked as rural or not"), method.text)
        return {"OUTPUT": sink.destination, "RURAL": rural}

    def _method(self, parameters: dict[str, Any], context: QgsProcessingContext) -> CountrysideMethod:
        kind = KINDS[self.parameterAsEnum(parameters, "METHOD", context)]
        chosen: dict[str, float | str] = {}
        if kind == "oad":
            threshold = self.parameterAsDouble(parameters, "THRESHOLD", context)
            chosen = {"drempel_per_km2": threshold, "herkomst": "buurt"}
        day = self.parameterAsDateTime(parameters, "REFERENCE_DATE", context).date()
        return CountrysideMethod(kind, chosen, day.toString("yyyy-MM-dd"))


def countryside_codes(found: np.ndarray, method: CountrysideMethod, polygons: AreaSet) -> list[str | None]:
    """ja, nee or onbekend for each point, by the rules of `atlas.geo.measuring.countryside`.

    Args:
        found: Position of the polygon of each point, or -1.
        method: The definition.
        polygons: Built-up areas, or neighbourhoods with their density; CBS writes a secret one below zero.
    """
    if method.kind != "oad":
        return np.where(found < 0, "ja", "nee").tolist()
    known = [np.nan if value is None or value < 0 else value for value in polygons.base]
    density = np.where(found >= 0, np.array(known)[found], np.nan)
    low = density < float(method.parameters["drempel_per_km2"])
    return np.where(np.isnan(density), "onbekend", np.where(low, "ja", "nee")).tolist()
