"""A published figure as a styled layer of a project: added once, refreshed in its place.

The data is a small GeoPackage beside the project; a project without a file gets it in a temporary folder, and
the layer a note that says so. A file is never rewritten, so nothing can be lost or locked: other data gets
another name. QGIS can't undo a change of the layer tree or of data; the user's own style is never thrown
away, and stays among the styles of the layer.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsLayerNotesUtils,
    QgsMapLayer,
    QgsProcessingUtils,
    QgsProject,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from ..atlas.core.disclosure.released import content_of
from ..atlas.core.figures.map_layers import map_name
from ..atlas.core.files.new_file import kept_file
from ..atlas.core.words.errors import AtlasError
from ..atlas.dossier.file_bytes import read_whole
from ..atlas.gpkg.published_layers import geopackage_bytes, map_sheet
from ..figures import find_view, level_of
from ..texts import tr
from .areas import apply_style, describe, shapes_in_rd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload
    from ..atlas.gpkg.geopackage import Sheet

GROUP = "Buitengebied Atlas"
#: folder beside the project's file in which the data of its maps is kept
FOLDER = "buitengebied_atlas"
_PROPERTY = "buitengebied_atlas/"
#: at the end of the key of a map of a figure of the user's own
_OWN = "eigen"
VIEW, _STYLE, _LEGEND, _NAME, _NOTE = (
    _PROPERTY + key for key in ("kaart", "stijl", "legenda", "naam", "notitie")
)
_STYLE_CATEGORIES = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling


def show(
    project: QgsProject,
    released: Released[Payload],
    indicator_id: str,
    level: str = "",
    period: str = "",
    *,
    own: bool = False,
) -> QgsVectorLayer:
    """Add the map of a figure to the project, in the group "Buitengebied Atlas", or refresh it.

    A layer that already shows this view stays where it is and gets the present data; the user's own style is
    kept when it still fits the legend, and otherwise kept among the layer's styles. A layer that this
    function made for another view and that the user neither renamed nor restyled is changed into this one,
    in its place. Else a layer is added on top of the group.

    Args:
        project: The project.
        released: As `figures.released_figures` gives it.
        indicator_id: Id of an indicator.
        level: Level of the areas; "" for the first at which the figure exists.
        period: Period; "" for the newest, `THROUGH_TIME` for all of them, with a clock.
        own: Whether it is a figure of the user's own: its layer is never changed into that of another.

    Returns:
        The layer, in the project.

    Raises:
        AtlasError: no such map, or its data can't be written.
    """
    payload = content_of(released)
    indicator, view = find_view(payload, indicator_id, level, period)
    geometries, _areas = shapes_in_rd(level_of(payload, view["level"]))
    sheet = map_sheet(payload, indicator, view, geometries)
    content = geopackage_bytes([sheet], {"titel": sheet.title, "bron": indicator["source"]}, payload["date"])
    source = f"{_kept(_folder(project), map_name(indicator, view), content)}|layername={sheet.name}"
    key = json.dumps([indicator["id"], view["level"], view["period"], *([_OWN] if own else [])])
    layer = _of_view(project, key) or (None if own else _taken_over(project))
    if layer is None:
        layer = _new_layer(source, sheet)
        _dress(layer, sheet, view, key)
        project.addMapLayer(layer, addToLegend=False)
        _group(project).insertLayer(0, layer)
    else:
        if layer.source() != source:
            layer.setDataSource(source, layer.name(), "ogr", False)  # noqa: FBT003 - keep the style
        _dress(layer, sheet, view, key)
    _say_where(project, layer)
    return layer


def shown_maps(project: QgsProject) -> Iterator[QgsVectorLayer]:
    """The layers of a project that `show` made, those on top first."""
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        if isinstance(layer, QgsVectorLayer) and layer.customProperty(VIEW):
            yield layer


def has_own_style(layer: QgsVectorLayer) -> bool:
    """Whether the user changed the style since we last gave one."""
    return layer.customProperty(_STYLE, "") != _style_hash(layer)


def _of_view(project: QgsProject, key: str) -> QgsVectorLayer | None:
    return next((layer for layer in shown_maps(project) if layer.customProperty(VIEW) == key), None)


def _taken_over(project: QgsProject) -> QgsVectorLayer | None:
    """The layer that the user left as we made it; a renamed or restyled one is the user's."""
    untouched = (
        layer
        for layer in shown_maps(project)
        if layer.name() == layer.customProperty(_NAME)
        and not has_own_style(layer)
        and json.loads(layer.customProperty(VIEW))[-1] != _OWN
    )
    return next(untouched, None)


def _new_layer(source: str, sheet: Sheet) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    layer = QgsVectorLayer(source, sheet.title, "ogr", options)
    if not layer.isValid():
        raise AtlasError(
            "QGIS kan de kaartlaag niet openen.", where=source, got=layer.error().summary(),
            hint="Controleer of de map waarin het project staat bereikbaar is.",
        )  # fmt: skip
    return layer


def _dress(layer: QgsVectorLayer, sheet: Sheet, view: Mapping[str, Any], key: str) -> None:
    """Style, name and notes of a layer that holds the data of a view."""
    words = [view["interval_note"], view["overlap_note"]]
    legend = _hash(json.dumps([view["legend"], *words], sort_keys=True))
    same_view = layer.customProperty(VIEW) == key
    own_style = same_view and has_own_style(layer)
    if own_style and layer.customProperty(_LEGEND) != legend:
        layer.styleManager().addStyleFromLayer(_free_name(layer))
        own_style = False
    if not own_style:
        apply_style(layer, sheet.style)
        layer.setCustomProperty(_STYLE, _style_hash(layer))
    if not same_view or layer.name() == layer.customProperty(_NAME):
        layer.setName(sheet.title)
        layer.setCustomProperty(_NAME, sheet.title)
    # the style of a map without a clock says nothing of one, and leaves that of the map before it on
    layer.temporalProperties().setIsActive("moments" in view)
    layer.setCustomProperty(VIEW, key)
    layer.setCustomProperty(_LEGEND, legend)
    describe(layer, sheet.title, sheet.abstract, sheet.rights)
    layer.setReadOnly(True)


def _free_name(layer: QgsVectorLayer) -> str:
    used, name, number = layer.styleManager().styles(), tr("My style"), 1
    while name in used:
        number += 1
        name = f"{tr('My style')} {number}"
    return name


def _style_hash(layer: QgsVectorLayer) -> str:
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), _STYLE_CATEGORIES)
    return _hash(document.toString())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _group(project: QgsProject):  # noqa: ANN202 - QgsLayerTreeGroup, only ever asked for its children
    root = project.layerTreeRoot()
    return root.findGroup(GROUP) or root.insertGroup(0, GROUP)


def _folder(project: QgsProject) -> Path:
    """Where the data of the project's maps is: beside its file, or in a folder of this session."""
    place = project.absolutePath() or QgsProcessingUtils.tempFolder()
    return Path(place) / FOLDER


def _kept(folder: Path, name: str, content: bytes) -> Path:
    """The file with this content; an older one with the name stays for whoever has it open."""
    for path in (folder / f"{name}.gpkg", folder / f"{name}_{hashlib.sha256(content).hexdigest()[:8]}.gpkg"):
        if not path.exists():
            with kept_file(path) as beside:
                beside.write_bytes(content)
            return path
        if read_whole(path) == content:
            return path
    return path


def _say_where(project: QgsProject, layer: QgsVectorLayer) -> None:
    """A note at the layer (an icon in the layer tree) as long as its data is in a temporary file."""
    note = tr(
        "The data of this layer is in a temporary file, which is gone when QGIS closes. Save the project and "
        "show the map again: its data is then kept in the folder buitengebied_atlas beside the project."
    )
    if not project.absolutePath():
        if not QgsLayerNotesUtils.layerHasNotes(layer):
            QgsLayerNotesUtils.setLayerNotes(layer, note)
            layer.setCustomProperty(_NOTE, note)
    elif layer.customProperty(_NOTE):
        if QgsLayerNotesUtils.layerNotes(layer) == layer.customProperty(_NOTE):
            QgsLayerNotesUtils.removeNotes(layer)
        layer.removeCustomProperty(_NOTE)
