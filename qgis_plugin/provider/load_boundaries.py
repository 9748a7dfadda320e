"""The boundaries of a level: those of the plugin, the user's own, or the present ones of CBS."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsJsonUtils,
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.boundary_areas import COLLECTIONS, FIRST_YEAR, service_source
from ..atlas.core.areas.crs import RD, WGS84
from ..atlas.core.areas.divisions import levels
from ..atlas.core.areas.embedded_boundaries import source_sentence
from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..figures import level_of, published
from ..layers.areas import features, qgis_fields, shapes_in_rd
from ..layers.rd_transform import to_rd
from ..layers.result_sink import WITHOUT_RECORDS, result_sink
from ..settings import BOUNDARY_ENDPOINT
from ..texts import tr
from .algorithm import AtlasAlgorithm, finish_when_loaded
from .choropleth import finish_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsProcessingFeedback

    from ..atlas.gpkg.geopackage import Sheet
    from ..layers.boundary_polygons import CheckedAreas

EMBEDDED, OWN, SERVICE = range(3)
#: the service has the boundaries of a year in the course of it
_LAST_COMPLETE_YEAR = 2025
#: of a degree, a centimetre on the ground: neighbours keep the vertices they share
_DECIMALS = 7


class LoadBoundaries(AtlasAlgorithm):
    """Municipalities, survey regions or provinces, checked, in RD New."""

    ID = "load_boundaries"
    GROUP = "boundaries"
    ICON = "load_boundaries"
    TAGS = ("grenzen", "boundaries", "gemeenten", "municipalities", "provincies", "PDOK", "CBS")

    def label(self) -> str:
        return tr("Load boundaries")

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterEnum(
                "LEVEL", tr("Level"), [level.label_plural for level in levels()], defaultValue=0
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "FROM",
                tr("From"),
                [
                    tr("the plugin (CBS/Kadaster 2022; no connection)"),
                    tr("a layer or file of your own"),
                    tr("the service of CBS and PDOK (asks the internet)"),
                ],
                defaultValue=EMBEDDED,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT",
                tr("Layer or file of your own"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            )
        )
        advanced = (
            QgsProcessingParameterNumber(
                "YEAR", tr("Service: year"), defaultValue=_LAST_COMPLETE_YEAR, minValue=FIRST_YEAR
            ),
            QgsProcessingParameterString("ENDPOINT", tr("Service: address"), BOUNDARY_ENDPOINT.get()),
        )
        for parameter in advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Boundaries"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "PLACES",
                tr("Names of places"),
                QgsProcessing.SourceType.TypeVectorPoint,
                optional=True,
                createByDefault=False,
            )
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.gpkg.published_layers import boundary_sheet
        from ..layers.choropleth import GROUP

        level = levels()[self.parameterAsEnum(parameters, "LEVEL", context)].id
        choice = self.parameterAsEnum(parameters, "FROM", context)
        source = self.parameterAsSource(parameters, "INPUT", context)
        if choice == OWN:
            sheet = _own(source, level, context, feedback)
        elif source is not None:
            raise AtlasError(
                "Er is een eigen laag gekozen, maar de grenzen komen ergens anders vandaan.",
                got=source.sourceName(),
                hint="Kies bij 'Uit' de eigen laag, of laat de laag leeg.",
            )
        elif choice == SERVICE:
            year = self.parameterAsInt(parameters, "YEAR", context)
            endpoint = self.parameterAsString(parameters, "ENDPOINT", context).strip()
            sheet = _served(endpoint, year, level, context, feedback)
        else:
            entry = level_of(published(), level)
            sheet = boundary_sheet(published(), entry, *shapes_in_rd(entry))
        fields, crs = qgis_fields(sheet.fields), QgsCoordinateReferenceSystem(RD)
        kind = Qgis.WkbType.MultiPolygon
        with result_sink(
            self, parameters, "OUTPUT", context, fields, kind, crs, released=WITHOUT_RECORDS
        ) as sink:
            sink.add(list(features(fields, sheet.rows, sheet.geometries)))
            check_cancelled(feedback)
        finish = partial(finish_map, sheet=sheet)
        finish_when_loaded(context, sink.destination, sheet.title, finish, group=GROUP)
        feedback.pushInfo(sheet.rights)
        return {"OUTPUT": sink.destination, **self._places(parameters, context)}

    def _places(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, str]:
        """The names of places as a second layer, when asked for."""
        from ..layers.choropleth import GROUP
        from ..layers.place_names import TITLE, place_features, place_fields, show_names

        if parameters.get("PLACES") is None:
            return {}
        fields, crs = place_fields(), QgsCoordinateReferenceSystem(RD)
        kind = Qgis.WkbType.Point
        with result_sink(
            self, parameters, "PLACES", context, fields, kind, crs, released=WITHOUT_RECORDS
        ) as sink:
            sink.add(place_features(fields))
        finish_when_loaded(context, sink.destination, TITLE, show_names, group=GROUP)
        return {"PLACES": sink.destination}


def _own(
    source: QgsProcessingFeatureSource | None,
    level: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Sheet:
    from ..layers.boundary_polygons import Rows, checked_areas

    if source is None:
        raise AtlasError(
            "Er is geen eigen laag gekozen, of die kan niet worden gelezen.",
            hint="Kies bij 'Eigen laag of bestand' een laag met vlakken.",
        )
    names = [item.name() for item in source.fields()]
    columns: dict[str, list[object]] = {name: [] for name in names}
    geometries = []
    # no check by Processing: it would only say "invalid geometry", we name the area
    unchecked = Qgis.ProcessingFeatureSourceFlag.SkipGeometryValidityChecks
    for feature in source.getFeatures(QgsFeatureRequest(), unchecked):
        check_cancelled(feedback)
        for name, cell in zip(names, feature.attributes(), strict=True):
            columns[name].append(cell if isinstance(cell, str | int | float) else None)
        geometries.append(feature.geometry())
    rows = Rows(source.sourceName(), columns, geometries, source.sourceCrs())
    told = source_sentence({"bron": f"eigen laag {source.sourceName()}"})
    checked = checked_areas(rows, level, context.transformContext())
    return _sheet(checked, level, told, context, feedback)


def _served(
    endpoint: str, year: int, level: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> Sheet:
    from ..layers.boundary_polygons import Rows, checked_areas
    from ..layers.boundary_service import fetched_areas

    asked = level if level in COLLECTIONS else "gemeente"
    found = fetched_areas(endpoint, asked, year, feedback)
    shapes = [
        QgsJsonUtils.geometryFromGeoJson(json.dumps(feature.get("geometry"))) for feature in found.values()
    ]
    properties = [feature.get("properties") or {} for feature in found.values()]
    names = dict.fromkeys(name for entry in properties for name in entry)
    columns: dict[str, list[object]] = {
        name: [entry.get(name) for entry in properties] for name in names if name != "statcode"
    }
    columns["statcode"] = list(found)
    rows = Rows(f"het antwoord van {endpoint}", columns, shapes, QgsCoordinateReferenceSystem(WGS84))
    told = source_sentence(service_source(asked, year))
    checked = checked_areas(rows, level, context.transformContext())
    return _sheet(checked, level, told, context, feedback)


def _sheet(
    checked: CheckedAreas,
    level: str,
    source: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Sheet:
    from ..atlas.gpkg.published_layers import boundary_sheet

    for warning in checked.warnings:
        feedback.pushWarning(warning)
    entry = level_of(published(), level)
    entry = {
        **entry,
        "geometry": _in_wgs84(checked.polygons, context) if entry["inferred_borders"] else {},
        "areas": [{**area, "land_km2": checked.land_km2.get(area["code"])} for area in entry["areas"]],
    }
    areas_m2 = {code: polygon.area() for code, polygon in checked.polygons.items()}
    return boundary_sheet({**published(), "boundary_source": source}, entry, checked.geometries(), areas_m2)


def _in_wgs84(polygons: Mapping[str, QgsGeometry], context: QgsProcessingContext) -> dict[str, Any]:
    """The areas as the payload has them, in GeoJSON: the style finds the lines to dash in it."""
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    into_rd = to_rd(wgs84, context.transformContext(), tr("Boundaries"))
    found = {}
    for code, polygon in polygons.items():
        shape = QgsGeometry(polygon)
        shape.transform(into_rd, Qgis.TransformDirection.Reverse)
        found[code] = json.loads(shape.asJson(_DECIMALS))
    return found
