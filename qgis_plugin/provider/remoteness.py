"""How remote yards lie: dwellings around, and distances to a dwelling, a village edge and a through road."""

from __future__ import annotations

import math
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    NULL,
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ..atlas.core.counts.rural_methods import CIRCLES_M, OWN_YARD_M, RemotenessMethod, region_codes
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import YARDS
from ..atlas.core.words.notation import counted, format_number
from ..atlas.planar.circle_counts import count_within
from ..atlas.planar.ranking import percentile_within
from ..cancelling import check_cancelled
from ..gate import add_issue_parameters
from ..layers.area_index import AreaIndex
from ..layers.area_set import areas_of_layer, embedded_areas
from ..layers.areas import qgis_fields
from ..layers.distances import Dwellings, distances_to_shapes
from ..layers.points import chunks, places
from ..layers.rd_transform import to_rd
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .point_input import PointInput, point_input

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MEASURES = (
    *(f"woningen_{radius}m" for radius in CIRCLES_M), "afstand_woning_m", "afstand_kern_m", "afstand_weg_m",
    "percentiel_gemeente", "percentiel_regio",
)  # fmt: skip
_FIELDS = (*_MEASURES, "methode", "peildatum")
_MUNICIPALITY = "gemeente_code"
_TRUE = ("1", "1.0", "ja", "j", "true", "waar", "t", "y")


class Remoteness(AtlasAlgorithm):
    """The algorithm "Remoteness of yards"."""

    ID = "remoteness"
    GROUP = "countryside"
    TAGS = ("afgelegen", "erven", "afstand", "woningen", "kern", "distance", "remote", "farms")

    def label(self) -> str:
        return tr("Remoteness of yards")

    def add_parameters(self) -> None:
        point, polygon, line = (
            Qgis.ProcessingSourceType.VectorPoint,
            Qgis.ProcessingSourceType.VectorPolygon,
            Qgis.ProcessingSourceType.VectorLine,
        )
        self._add_source("YARDS", tr("Yards"), point)
        self._add_field("YARD_ADDRESS", tr("Field with the address id of a yard"), "YARDS")
        self._add_field("MUNICIPALITY", tr("Field with the municipality code of a yard"), "YARDS")
        self._add_source("DWELLINGS", tr("Addresses with a dwelling"), point)
        self._add_field("DWELLING_ADDRESS", tr("Field with the address id of a dwelling"), "DWELLINGS")
        self._add_field("IS_DWELLING", tr("Field that says which addresses are dwellings"), "DWELLINGS")
        self._add_source("KERNEN", tr("Built-up areas or population centres"), polygon, optional=True)
        self._add_source("ROADS", tr("Roads"), line, optional=True)
        self._add_field("IS_THROUGH", tr("Field that says which roads are through roads"), "ROADS")
        self.addParameter(
            QgsProcessingParameterNumber(
                "OWN_YARD_M",
                tr("A yard without address: dwellings this near are its own (m)"),
                Qgis.ProcessingNumberParameterType.Double,
                OWN_YARD_M,
                minValue=0,
            )
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "REFERENCE_DATE",
                tr("Reference date of the addresses"),
                Qgis.ProcessingDateTimeParameterDataType.Date,
            )
        )
        add_issue_parameters(self)
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Yards with their remoteness")))

    def _add_source(
        self, name: str, text: str, kind: Qgis.ProcessingSourceType, *, optional: bool = False
    ) -> None:
        self.addParameter(QgsProcessingParameterFeatureSource(name, text, [kind], optional=optional))

    def _add_field(self, name: str, text: str, parent: str) -> None:
        self.addParameter(
            QgsProcessingParameterField(name, text, parentLayerParameterName=parent, optional=True)
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        def keep_on() -> None:
            check_cancelled(feedback)

        day = self.parameterAsDateTime(parameters, "REFERENCE_DATE", context).date()
        own_yard_m = self.parameterAsDouble(parameters, "OWN_YARD_M", context)
        method = RemotenessMethod(day.toString("yyyy-MM-dd"), own_yard_m)
        yards = point_input(self, parameters, "YARDS", ["OUTPUT"], context, renewed=_FIELDS)
        features, x, y = _yards(yards, feedback)
        dwellings = self._dwellings(parameters, context, feedback)
        feedback.setProgress(30)
        counts, nearest = _around(
            (x, y),
            _texts(features, self._field(parameters, "YARD_ADDRESS", context)),
            dwellings,
            own_yard_m,
            keep_on,
        )
        feedback.setProgress(60)
        edge = self._to_shapes(parameters, context, (x, y), keep_on, name="KERNEN")
        feedback.setProgress(70)
        through = self._field(parameters, "IS_THROUGH", context)
        road = self._to_shapes(parameters, context, (x, y), keep_on, name="ROADS", wanted=through)
        codes = self._municipalities(parameters, context, yards, features, (x, y))
        regions = [region_codes().get(code, "") for code in codes]
        measures = [
            *counts, nearest, edge, road,
            percentile_within(nearest, _numbered(codes)), percentile_within(nearest, _numbered(regions)),
        ]  # fmt: skip
        feedback.setProgress(80)
        described = [working_layer(YARDS).field(name) for name in _FIELDS]
        with yards.sink(
            self, parameters, "OUTPUT", context, yards.fields_with(qgis_fields(described))
        ) as sink:
            columns = (*_columns(measures), repeat(method.text), repeat(method.peildatum))
            yards.extend(features, dict(enumerate(columns)), len(_FIELDS))
            for first in range(0, len(features), 1_000):
                keep_on()
                sink.add(features[first : first + 1_000])
                feedback.setProgress(80 + 20 * first / len(features))
            keep_on()
        feedback.pushInfo(method.text)
        yards.name_result(context, sink.destination, tr("Yards with their remoteness"), method.text)
        return {"OUTPUT": sink.destination, "YARDS": len(features)}

    def _field(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        return self.parameterAsString(parameters, name, context)

    def _dwellings(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dwellings:
        source = self.parameterAsSource(parameters, "DWELLINGS", context)
        if source is None:
            raise AtlasError("De laag met woningen kan niet worden gelezen.")
        address, is_dwelling = (
            self._field(parameters, name, context) for name in ("DWELLING_ADDRESS", "IS_DWELLING")
        )
        transform = to_rd(source.sourceCrs(), context.transformContext(), source.sourceName())
        unknown = 0
        wanted = [name for name in (address, is_dwelling) if name]
        request = QgsFeatureRequest().setSubsetOfAttributes(wanted, source.fields())
        xs, ys, ids = [np.empty(0)], [np.empty(0)], []
        for chunk in chunks(source.getFeatures(request), feedback):
            said = [_claim(one[is_dwelling]) if is_dwelling else True for one in chunk]
            unknown += said.count(None)
            homes = [one for one, answer in zip(chunk, said, strict=True) if answer]
            x, y, _reasons = places(homes, transform)
            placed = np.flatnonzero(np.isfinite(x))
            xs.append(x[placed])
            ys.append(y[placed])
            texts = _texts(homes, address)
            ids += [texts[number] for number in placed.tolist()]
        if unknown:
            raise AtlasError(
                "Niet van elk adres is bekend of het een woning is; wat daarvan afhangt is niet te meten.",
                where=f"{source.sourceName()}, veld {is_dwelling}",
                got=f"{counted(unknown, 'adres', 'adressen')} waarbij niets is ingevuld",
                expected="ja of nee bij elk adres, of het gebruiksdoel",
                hint="Vul het veld aan, of geef een laag met alleen de woningen.",
            )
        feedback.pushInfo(tr("{homes} dwellings").format(homes=format_number(len(ids))))
        return Dwellings(np.concatenate(xs), np.concatenate(ys), ids, lambda: check_cancelled(feedback))

    def _to_shapes(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        places_of_yards: tuple[Floats, Floats],
        keep_on: Callable[[], None],
        *,
        name: str,
        wanted: str = "",
    ) -> Floats:
        """Metres to the nearest shape of a layer; not-a-number without the layer."""
        x, y = places_of_yards
        result = np.full(x.size, np.nan)
        source = self.parameterAsSource(parameters, name, context)
        if source is None:
            return result
        shapes = areas_of_layer(source, context.transformContext(), name=wanted)
        unknown = sum(1 for value in shapes.names if not value) if wanted else 0
        if unknown:
            raise AtlasError(
                "Niet van elke weg is bekend of het een doorgaande weg is; de afstand is niet te meten.",
                where=f"{source.sourceName()}, veld {wanted}",
                got=f"{format_number(unknown)} wegen waarbij niets is ingevuld",
                expected="ja of nee bij elke weg",
                hint="Vul het veld aan, of geef een laag met alleen de doorgaande wegen.",
            )
        geometries = [
            geometry
            for geometry, value in zip(shapes.geometries, shapes.names, strict=True)
            if not geometry.isEmpty() and (not wanted or _is_true(value))
        ]
        if not geometries:
            raise AtlasError(
                "Er zijn geen vlakken of lijnen om mee te vergelijken.",
                where=source.sourceName(),
                got=f"{counted(len(shapes.names), 'object', 'objecten')}, geen met {wanted} = ja"
                if wanted
                else "lege geometrie",
                hint="Controleer of de laag volledig is en of het goede veld is gekozen.",
            )
        placed = np.flatnonzero(np.isfinite(x))
        result[placed] = distances_to_shapes(x[placed], y[placed], geometries, keep_on)
        return result

    def _municipalities(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        yards: PointInput,
        features: Sequence[QgsFeature],
        places_of_yards: tuple[Floats, Floats],
    ) -> list[str]:
        """The code of each yard's municipality: from its field, else from the detailed borders."""
        name = self._field(parameters, "MUNICIPALITY", context)
        if not name and yards.source.fields().lookupField(_MUNICIPALITY) >= 0:
            name = _MUNICIPALITY
        if name:
            return _texts(features, name)
        areas = embedded_areas("gemeente")
        found = AreaIndex(areas.deciding, len(features)).assign(*places_of_yards)
        return [areas.codes[position] if position >= 0 else "" for position in found.tolist()]


def _yards(yards: PointInput, feedback: QgsProcessingFeedback) -> tuple[list[QgsFeature], Floats, Floats]:
    """The yards and where they lie; one without a place is told and gets no measures."""
    features: list[QgsFeature] = []
    xs, ys = [np.empty(0)], [np.empty(0)]
    for chunk in chunks(yards.features(), feedback):
        x, y, reasons = places(chunk, yards.transform)
        features += chunk
        xs.append(x)
        ys.append(y)
        for number, reason in reasons.items():
            feedback.pushWarning(
                tr("Yard {number}: {reason}").format(number=chunk[number].id(), reason=reason)
            )
    return features, np.concatenate(xs), np.concatenate(ys)


def _around(
    places_of_yards: tuple[Floats, Floats],
    address_ids: Sequence[str],
    dwellings: Dwellings,
    own_yard_m: float,
    keep_on: Callable[[], None],
) -> tuple[list[Floats], Floats]:
    """Other dwellings within each of `CIRCLES_M`, and the distance to the nearest, as `geo` does."""
    x, y = places_of_yards
    placed = np.flatnonzero(np.isfinite(x))
    counts = []
    for radius in CIRCLES_M:
        keep_on()
        count = np.full(x.size, np.nan)
        count[placed] = count_within(x[placed], y[placed], dwellings.x, dwellings.y, radius)
        counts.append(count)
    nearest = np.full(x.size, np.nan)
    for step, number in enumerate(placed.tolist()):
        if step % 200 == 0:
            keep_on()
        here = float(x[number]), float(y[number])
        own = dwellings.own(*here, address_ids[number], own_yard_m)
        for radius, count in zip(CIRCLES_M, counts, strict=True):
            count[number] -= sum(dwellings.squared(one, *here) <= radius**2 for one in own)
        nearest[number] = dwellings.nearest_other(*here, own)
    return counts, nearest


def _texts(features: Sequence[QgsFeature], name: str) -> list[str]:
    """A field as text, "" where it is empty or there is no field."""
    if not name:
        return [""] * len(features)
    values = (feature[name] for feature in features)
    return ["" if value is None or value == NULL else str(value) for value in values]


def _numbered(codes: Sequence[str]) -> NDArray[np.int64]:
    """A number for each different code, -1 for none."""
    numbers = {code: number for number, code in enumerate(dict.fromkeys(filter(None, codes)))}
    return np.array([numbers.get(code, -1) for code in codes], dtype=np.int64)


def _is_true(value: object) -> bool:
    return str(value).strip().lower() in _TRUE


def _claim(value: object) -> bool | None:
    """Whether an address is a dwelling; None when nothing is filled in: unknown is not "no"."""
    if value is None or value == NULL or not str(value).strip():
        return None
    return "woonfunctie" in str(value).lower() or _is_true(value)


def _columns(measures: Sequence[Floats]) -> list[list[float | int | None]]:
    """The measures as QGIS takes them: counts are whole, and None is nothing measured."""
    kinds = [int] * len(CIRCLES_M) + [float] * (len(measures) - len(CIRCLES_M))
    return [
        [None if math.isnan(value) else kind(value) for value in measure.tolist()]
        for kind, measure in zip(kinds, measures, strict=True)
    ]
