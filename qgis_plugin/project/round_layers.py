"""Rounds as layers in memory: the stops with their names, and straight lines from one to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType

from ..atlas.core.words.layer_names import STOPS
from ..recognising import MADE_FROM, REPORT
from .styles import map_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qgis.core import QgsProject

    from ..atlas.jobs.following_up import RoundState

GROUP = "Ronden (hemelsbreed)"
_RD = "EPSG:28992"
#: told apart by eye, and in black and white by their letters
_COLOURS = ("#6c4a76", "#b15080", "#1f6f8b", "#c26a00", "#3b6e22", "#5a5a5a")
_STOP_FIELDS = ("ronde", "naam", "aankomst", "vertrek", "adres", "bezocht")
_LINE_FIELDS = ("ronde", "dag", "team", "wijze")


def show_rounds(project: QgsProject, folder: Path, rounds: Sequence[RoundState]) -> list[QgsVectorLayer]:
    """Show rounds on the map; those that were shown before make room.

    The layers live in memory, and know of which dossier they are: what is made of them passes the gate.

    Args:
        project: Where.
        folder: Of the dossier.
        rounds: Which.
    """
    root = project.layerTreeRoot()
    if (before := root.findGroup(GROUP)) is not None:
        project.removeMapLayers([one.layerId() for one in before.findLayers()])
        root.removeChildNode(before)
    group = root.insertGroup(0, GROUP)
    made = [_stops(rounds), _lines(rounds)]
    for layer in made:
        layer.setCustomProperty(MADE_FROM, f"{folder}|{STOPS}")
        # no part of the project: the check for the field passes it by
        layer.setCustomProperty(REPORT, "ja")
        # they are gone with the project, and QGIS need not ask about that
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        project.addMapLayer(layer, addToLegend=False)
        group.addLayer(layer)
    return made


def _stops(rounds: Sequence[RoundState]) -> QgsVectorLayer:
    layer = _layer("Point", "Erven van de ronden", _STOP_FIELDS)
    for one in rounds:
        for stop in one.stops:
            if stop.place is not None:
                said = (
                    one.name, stop.name, stop.arrive, stop.leave, stop.address,
                    "ja" if stop.visited else "nee",
                )  # fmt: skip
                _add(layer, QgsGeometry.fromPointXY(QgsPointXY(*stop.place)), said)
    layer.setRenderer(_by_round(rounds, _dot))
    settings = QgsPalLayerSettings()
    settings.fieldName = '"naam" || \'  \' || "aankomst"'
    settings.isExpression = True
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = 1.5
    text = map_text(9, "#222222")
    halo = text.buffer()
    halo.setEnabled(True)
    halo.setSize(0.8)
    text.setBuffer(halo)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    layer.updateExtents()
    return layer


def _lines(rounds: Sequence[RoundState]) -> QgsVectorLayer:
    layer = _layer("LineString", "Volgorde, hemelsbreed", _LINE_FIELDS)
    for one in rounds:
        places = [stop.place for stop in one.stops if stop.place is not None]
        for before, after in pairwise(places):
            line = QgsGeometry.fromPolylineXY([QgsPointXY(*before), QgsPointXY(*after)])
            _add(layer, line, (one.name, one.day, one.team, one.method))
    layer.setRenderer(_by_round(rounds, _dashes))
    layer.updateExtents()
    return layer


def _layer(kind: str, title: str, fields: Sequence[str]) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs={_RD}", title, "memory")
    layer.dataProvider().addAttributes([QgsField(name, QMetaType.Type.QString) for name in fields])
    layer.updateFields()
    layer.setReadOnly(True)
    return layer


def _add(layer: QgsVectorLayer, geometry: QgsGeometry, values: Sequence[str]) -> None:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(geometry)
    feature.setAttributes(list(values))
    layer.dataProvider().addFeatures([feature])


def _by_round(rounds: Sequence[RoundState], symbol) -> QgsCategorizedSymbolRenderer:  # noqa: ANN001 - QGIS's own symbols
    names = list(dict.fromkeys(one.name for one in rounds))
    title = {one.name: f"{one.name}: {one.team}" for one in rounds}
    return QgsCategorizedSymbolRenderer(
        "ronde",
        [
            QgsRendererCategory(name, symbol(_COLOURS[place % len(_COLOURS)]), title[name])
            for place, name in enumerate(names)
        ],
    )


def _dot(colour: str) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": colour, "outline_color": "#ffffff", "outline_width": "0.4", "size": "3.4"}
    )


def _dashes(colour: str) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": "0.7", "line_style": "dash", "capstyle": "round"}
    )
