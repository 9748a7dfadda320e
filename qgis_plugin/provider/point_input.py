"""The points that an algorithm works on: what may be read of them, and in which system they are."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingUtils,
)

from ..atlas.core.schema.rural import FICTITIOUS, working_layer
from ..atlas.core.words.errors import AtlasError
from ..gate import check_output, mark_made_from, records_of, requested
from ..layers.areas import describe
from ..layers.rd_transform import to_rd
from ..layers.result_sink import WITHOUT_RECORDS, file_of, result_sink
from ..source_layer import source_layer
from .algorithm import AtlasAlgorithm, finish_when_loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsCoordinateTransform,
        QgsMapLayer,
        QgsProcessingFeatureSource,
    )

    from ..atlas.core.disclosure.released import Released
    from ..atlas.jobs.handing_out import Permit
    from ..layers.result_sink import ResultSink

#: says which record a feature shows
_KEY = "uuid"
_TEAM_ONLY = "Alleen voor het team van de genoemde gemeenten; niet doorgeven"


@dataclass(frozen=True)
class PointInput:
    """A layer of points.

    Args:
        source: To read from.
        transform: From its system to RD New.
        permit: When the points are records of a dossier.
        kept: Positions of the fields that may go along and are not written anew.
        released: With a permit the records that may leave, else that there are none.
        going: With a permit, layer -> number of records that go along.
    """

    source: QgsProcessingFeatureSource
    transform: QgsCoordinateTransform
    permit: Permit | None
    kept: tuple[int, ...]
    released: Released[Any]
    going: dict[str, int] = field(default_factory=dict)

    def features(self, request: QgsFeatureRequest | None = None) -> Iterator[QgsFeature]:
        """The features that may be used: of a dossier those whose record is released.

        Args:
            request: What is asked of each.
        """
        request = request or QgsFeatureRequest()
        if self.permit is None:
            return self.source.getFeatures(request)
        return self._released(request)

    def _released(self, request: QgsFeatureRequest) -> Iterator[QgsFeature]:
        """The features of released records, without a link to a record that stays."""
        (layer,) = self.permit.layers
        records = {record[_KEY]: record for record in self.released.content[layer]}
        fields = self.source.fields()
        links = [one.field for one in working_layer(layer).relations if fields.lookupField(one.field) >= 0]
        if request.flags() & Qgis.FeatureRequestFlag.SubsetOfAttributes:
            asked = [fields[place].name() for place in request.subsetOfAttributes()]
            request.setSubsetOfAttributes([*asked, _KEY, *links], fields)
        for feature in self.source.getFeatures(request):
            record = records.get(feature[_KEY])
            if record is None:
                continue
            for name in links:
                feature[name] = record[name]
            yield feature

    def fields_with(self, added: Iterable[QgsField]) -> QgsFields:
        """The kept fields and those that are added; a name that is taken gets a number."""
        own, more = QgsFields(), QgsFields()
        for position in self.kept:
            own.append(self.source.fields()[position])
        for one in added:
            more.append(one)
        return QgsProcessingUtils.combineFields(own, more)

    def extend(
        self, features: Sequence[QgsFeature], columns: Mapping[int, Iterable[object]], width: int
    ) -> None:
        """Give features the kept attributes, and after these what is added.

        Args:
            features: Of the source, as read.
            columns: Place among the added fields -> a value for each feature; the other places stay empty.
            width: Number of fields that are added.
        """
        first = len(self.kept)
        if first != self.source.fields().count():
            for feature in features:
                old = feature.attributes()
                feature.setAttributes([old[position] for position in self.kept])
        # Column after column, without a step of Python's own for each feature: with a million of them that
        # is most of the time. The attributes that stay are not made into Python values and back.
        deque(map(QgsFeature.resizeAttributes, features, repeat(first + width)), maxlen=0)
        for place, values in columns.items():
            deque(map(QgsFeature.setAttribute, features, repeat(first + place), values), maxlen=0)

    def sink(
        self,
        algorithm: AtlasAlgorithm,
        parameters: dict[str, Any],
        name: str,
        context: QgsProcessingContext,
        fields: QgsFields,
        *,
        shape: tuple[Qgis.WkbType, QgsCoordinateReferenceSystem] | None = None,
    ) -> AbstractContextManager[ResultSink]:
        """The sink of an output, through the gate; of the points themselves unless `shape` says otherwise."""
        kind, crs = shape or (self.source.wkbType(), self.source.sourceCrs())
        return result_sink(
            algorithm,
            parameters,
            name,
            context,
            fields,
            kind,
            crs,
            released=self.released,
            permit=self.permit,
            counts=self.going if self.permit else None,
        )

    def name_result(self, context: QgsProcessingContext, destination: str, title: str, about: str) -> None:
        """Name and describe a result when it is loaded, and let it remember its dossier."""
        permit = self.permit
        if permit and permit.dossier.fictitious:
            title = f"{title} ({FICTITIOUS})"

        def finish(layer: QgsMapLayer) -> None:
            describe(layer, title, about, _TEAM_ONLY if permit else about)
            if permit:
                mark_made_from(layer, permit)

        finish_when_loaded(context, destination, title, finish)


def point_input(
    algorithm: AtlasAlgorithm,
    parameters: dict[str, Any],
    name: str,
    outputs: Iterable[str],
    context: QgsProcessingContext,
    *,
    renewed: Iterable[str] = (),
) -> PointInput:
    """The points of parameter `name`, after asking the gate.

    Args:
        algorithm: Whose parameters they are.
        parameters: Of the algorithm.
        name: Of the parameter with the points.
        outputs: Names of the parameters with the results.
        context: Of the algorithm.
        renewed: Fields that the algorithm writes itself: old ones of that name do not go along.

    Raises:
        AtlasError: the layer can't be read or has no coordinate system, or the gate refuses.
    """
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise AtlasError("De laag met punten kan niet worden gelezen.", where=name)
    records = records_of(source_layer(algorithm, parameters, name, context))
    permit = None
    if records is not None:
        paths = _paths(algorithm, parameters, outputs, context)
        if source.fields().lookupField(_KEY) < 0:
            raise AtlasError(
                "Deze laag is gemaakt van een dossier, en zegt niet meer van welke records.",
                where=source.sourceName(),
                expected=f"het veld {_KEY}",
                hint="Kies de laag van het dossier zelf.",
            )
        permit = check_output(
            records.folder, [records.layer], requested(algorithm, parameters, context), paths
        )
    anew = set(renewed)
    kept = tuple(
        position
        for position, one in enumerate(source.fields())
        if one.name() not in anew and (permit is None or permit.may_leave(one.name()))
    )
    transform = to_rd(source.sourceCrs(), context.transformContext(), source.sourceName())
    points = PointInput(source, transform, permit, kept, permit.release() if permit else WITHOUT_RECORDS)
    if permit:
        counting = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
        points.going[permit.layers[0]] = sum(1 for _ in points.features(counting))
    return points


def _paths(
    algorithm: AtlasAlgorithm,
    parameters: dict[str, Any],
    outputs: Iterable[str],
    context: QgsProcessingContext,
) -> list[Any]:
    """The files that the outputs will be."""
    scratch = QgsProcessingContext()
    scratch.setProject(context.project())
    wanted = (
        algorithm.parameterAsOutputLayer(parameters, name, scratch)
        for name in outputs
        if parameters.get(name) is not None
    )
    return [path for destination in wanted if (path := file_of(destination)) is not None]
