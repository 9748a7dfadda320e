"""The area of each point, and how many points there are in each area."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from qgis.PyQt.QtCore import QMetaType

from ..atlas.core.areas.divisions import levels
from ..atlas.core.words.notation import format_number
from ..atlas.planar.certain_places import certain_places
from ..cancelling import check_cancelled
from ..gate import add_issue_parameters
from ..layers.area_index import AreaIndex
from ..layers.area_set import AreaSet, areas_of_layer, embedded_areas
from ..layers.points import chunks, places
from ..layers.rd_transform import rd, to_rd
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .point_input import PointInput, point_input

if TYPE_CHECKING:
    from ..layers.result_sink import ResultSink

OUTSIDE = "Ligt in geen van de gebieden."
_TEXT, _WHOLE, _REAL = QMetaType.Type.QString, QMetaType.Type.Int, QMetaType.Type.Double
_POINT_FIELDS = (("gebied_code", _TEXT), ("gebied_naam", _TEXT), ("gebied_toelichting", _TEXT))
_CERTAIN_FIELD = ("gemeente_zeker", _TEXT)
#: where they stand among the added fields
_CODE, _NAME, _REASON, _CERTAIN = range(4)
_AREA_FIELDS = (
    ("code", _TEXT), ("naam", _TEXT), ("aantal", _WHOLE), ("onzeker", _WHOLE), ("noemer", _REAL),
    ("per_1000", _REAL), ("oppervlakte_km2", _REAL), ("per_km2", _REAL),
)  # fmt: skip


class _Counts:
    """What is counted while the points go by."""

    def __init__(self, areas: int) -> None:
        self.inside = np.zeros(areas, dtype=np.int64)
        self.uncertain = np.zeros(areas, dtype=np.int64)
        self.reasons: Counter[str] = Counter()
        self.points = 0


class AssignPoints(AtlasAlgorithm):
    """The algorithm "Points in areas"."""

    ID = "assign_points"
    GROUP = "countryside"
    TAGS = ("punten", "gebieden", "gemeente", "tellen", "points in polygon", "count", "spatial join")

    def label(self) -> str:
        return tr("Points in areas")

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "POINTS", tr("Points"), [Qgis.ProcessingSourceType.VectorPoint]
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "LEVEL", tr("Areas of the atlas"), [level.label_plural for level in levels()], defaultValue=0
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "AREAS",
                tr("Or polygons of a layer"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            )
        )
        for name, text in (
            ("CODE_FIELD", tr("Field with the code of the area")),
            ("NAME_FIELD", tr("Field with the name of the area")),
            ("BASE_FIELD", tr("Field with addresses or inhabitants, for the figure per 1,000")),
        ):
            self.addParameter(
                QgsProcessingParameterField(name, text, parentLayerParameterName="AREAS", optional=True)
            )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "BASE_POINTS",
                tr("Or points that are counted for the figure per 1,000"),
                [Qgis.ProcessingSourceType.VectorPoint],
                optional=True,
            )
        )
        add_issue_parameters(self)
        for name, text in (
            ("POINTS_OUTPUT", tr("Points with their area")),
            ("AREAS_OUTPUT", tr("Areas with counts")),
        ):
            self.addParameter(
                QgsProcessingParameterFeatureSink(name, text, optional=True, createByDefault=True)
            )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        points = point_input(self, parameters, "POINTS", ("POINTS_OUTPUT", "AREAS_OUTPUT"), context)
        areas = self._areas(parameters, context)
        index = AreaIndex(areas.deciding, max(points.source.featureCount(), 1))
        base = self._base(parameters, context, feedback, areas, index)
        counts = _Counts(len(areas.codes))
        results: dict[str, Any] = {}
        if parameters.get("POINTS_OUTPUT") is None:
            _assign(points, areas, index, counts, None, feedback)
            results |= self._write_areas(parameters, context, points, areas, _rows(areas, counts, base))
        else:
            added = (*_POINT_FIELDS, _CERTAIN_FIELD) if areas.level else _POINT_FIELDS
            fields = points.fields_with(QgsField(name, kind) for name, kind in added)
            with points.sink(self, parameters, "POINTS_OUTPUT", context, fields) as sink:
                _assign(points, areas, index, counts, sink, feedback)
                results |= self._write_areas(parameters, context, points, areas, _rows(areas, counts, base))
            results["POINTS_OUTPUT"] = sink.destination
        _tell(feedback, counts, areas)
        for name, title in (
            ("POINTS_OUTPUT", tr("Points with their area")),
            ("AREAS_OUTPUT", tr("Areas with counts")),
        ):
            if name in results:
                points.name_result(context, results[name], title, areas.source)
        return {**results, "POINTS": counts.points, "ASSIGNED": int(counts.inside.sum())}

    def _areas(self, parameters: dict[str, Any], context: QgsProcessingContext) -> AreaSet:
        source = self.parameterAsSource(parameters, "AREAS", context)
        if source is None:
            return embedded_areas(levels()[self.parameterAsEnum(parameters, "LEVEL", context)].id)
        return areas_of_layer(
            source,
            context.transformContext(),
            code=self.parameterAsString(parameters, "CODE_FIELD", context),
            name=self.parameterAsString(parameters, "NAME_FIELD", context),
            base=self.parameterAsString(parameters, "BASE_FIELD", context),
        )

    def _base(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        areas: AreaSet,
        index: AreaIndex,
    ) -> list[float | None]:
        """What the count of each area is divided by."""
        source = self.parameterAsSource(parameters, "BASE_POINTS", context)
        if source is None:
            return [number if number and number > 0 else None for number in areas.base]
        transform = to_rd(source.sourceCrs(), context.transformContext(), source.sourceName())
        found = np.zeros(len(areas.codes), dtype=np.int64)
        request = QgsFeatureRequest().setSubsetOfAttributes([])
        for chunk in chunks(source.getFeatures(request), feedback):
            x, y, _reasons = places(chunk, transform)
            positions = index.assign(x, y, lambda: check_cancelled(feedback))
            found += np.bincount(positions[positions >= 0], minlength=found.size)
        return [int(number) or None for number in found]

    def _write_areas(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        points: PointInput,
        areas: AreaSet,
        rows: list[list[object]],
    ) -> dict[str, Any]:
        if parameters.get("AREAS_OUTPUT") is None:
            return {}
        fields = QgsFields()
        for name, kind in _AREA_FIELDS:
            fields.append(QgsField(name, kind))
        features = []
        for geometry, row in zip(areas.geometries, rows, strict=True):
            feature = QgsFeature(fields)
            if not geometry.isNull():
                several = QgsGeometry(geometry)
                several.convertToMultiType()
                feature.setGeometry(several)
            feature.setAttributes(row)
            features.append(feature)
        shape = (Qgis.WkbType.MultiPolygon, rd())
        with points.sink(self, parameters, "AREAS_OUTPUT", context, fields, shape=shape) as sink:
            sink.add(features)
        return {"AREAS_OUTPUT": sink.destination}


def _assign(  # noqa: PLR0917 - the parts of one step
    points: PointInput,
    areas: AreaSet,
    index: AreaIndex,
    counts: _Counts,
    sink: ResultSink | None,
    feedback: QgsProcessingFeedback,
) -> None:
    """Find the area of every point, count it, and write it when there is a sink."""
    request = QgsFeatureRequest()
    if sink is None:
        request.setSubsetOfAttributes([])
    texts = _Texts(areas)
    width = len(_POINT_FIELDS) + bool(areas.level)
    total = max(points.source.featureCount(), 1)
    for chunk in chunks(points.features(request), feedback):
        x, y, reasons = places(chunk, points.transform)
        found = index.assign(x, y, lambda: check_cancelled(feedback))
        inside = found >= 0
        certain = certain_places(x, y, areas.level) & inside if areas.level else inside
        _count(counts, found, certain, reasons)
        if sink is not None:
            columns = texts.columns(found, reasons)
            if areas.level:
                columns[_CERTAIN] = np.where(certain, "ja", "nee").tolist()
            points.extend(chunk, columns, width)
            sink.add(chunk)
        feedback.setProgress(100 * min(counts.points / total, 1))
    check_cancelled(feedback)


def _rows(areas: AreaSet, counts: _Counts, base: list[float | None]) -> list[list[object]]:
    """What is known of each area, in the order of `_AREA_FIELDS`."""
    rows = []
    for position, area_km2 in enumerate(areas.area_km2):
        number, divisor = int(counts.inside[position]), base[position]
        rows.append(
            [
                areas.codes[position],
                areas.names[position],
                number,
                int(counts.uncertain[position]) if areas.level else None,
                divisor,
                1000 * number / divisor if divisor else None,
                round(area_km2, 2),
                number / area_km2 if area_km2 else None,
            ]
        )
    return rows


def _count(counts: _Counts, found: np.ndarray, certain: np.ndarray, reasons: dict[int, str]) -> None:
    areas = counts.inside.size
    counts.points += found.size
    counts.inside += np.bincount(found[found >= 0], minlength=areas)
    counts.uncertain += np.bincount(found[(found >= 0) & ~certain], minlength=areas)
    counts.reasons.update(reasons.values())
    outside = int((found < 0).sum()) - len(reasons)
    if outside:
        counts.reasons[OUTSIDE] += outside


class _Texts:
    """What points get beside their own fields.

    Args:
        areas: Of the points.
    """

    def __init__(self, areas: AreaSet) -> None:
        # the last one is for position -1: in no area
        self._codes = [*areas.codes, None]
        self._names = [*areas.names, None]

    def columns(self, found: np.ndarray, reasons: dict[int, str]) -> dict[int, list[str | None]]:
        """Code, name and, when a point has no area, the reason; by their place among the added fields."""
        positions = found.tolist()
        columns = {
            _CODE: list(map(self._codes.__getitem__, positions)),
            _NAME: list(map(self._names.__getitem__, positions)),
        }
        if (found < 0).any():
            told = [OUTSIDE if position < 0 else None for position in positions]
            for number, reason in reasons.items():
                told[number] = reason
            columns[_REASON] = told
        return columns


def _tell(feedback: QgsProcessingFeedback, counts: _Counts, areas: AreaSet) -> None:
    inside = int(counts.inside.sum())
    feedback.pushInfo(
        tr("Points in an area: {inside} of {points}.").format(
            inside=format_number(inside), points=format_number(counts.points)
        )
    )
    if areas.level:
        feedback.pushInfo(
            tr("Of these the area is not certain, too near a border: {uncertain}.").format(
                uncertain=format_number(int(counts.uncertain.sum()))
            )
        )
    for reason, number in counts.reasons.most_common():
        feedback.pushWarning(f"{format_number(number)} × {reason}")
