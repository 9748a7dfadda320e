"""The layout in somebody's own project, to be changed by hand; its layers lie in a GeoPackage."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayerStyle, QgsVectorFileWriter, QgsVectorLayer

from ..atlas.core.disclosure.released import content_of
from ..atlas.core.files.new_file import new_file
from ..atlas.core.words.errors import AtlasError
from .layout import LAYOUT_NAME, make_layout
from .page_layers import PageLayers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qgis.core import QgsProject

    from ..atlas.core.disclosure.released import Released

_GROUP = "Buitengebied Atlas: opmaak"


def add_layout(
    project: QgsProject, released: Released[PageLayers], variables: Mapping[str, object], data: Path
) -> str:
    """Add the layout and its layers to a project.

    Args:
        project: The project.
        released: The layers that are drawn, in memory.
        variables: Of the layout.
        data: The GeoPackage that the layers will be in; it must be a new file.

    Returns:
        The name of the layout.

    Raises:
        AtlasError: the GeoPackage is there already (an open project may use it), or can't be written.
    """
    layers = content_of(released)
    if data.exists():
        raise AtlasError(
            "Dit bestand bestaat al.",
            detail="Een opmaak in een ander project kan het gebruiken.",
            where=str(data),
            hint="Kies een nieuwe naam.",
        )
    names = [field.name for field in fields(PageLayers)]
    with new_file(data) as beside:
        for name in names:
            _write(getattr(layers, name), name, beside, project)
    kept = PageLayers(**{name: _stored(getattr(layers, name), name, data) for name in names})
    group = project.layerTreeRoot().addGroup(_GROUP)
    group.setItemVisibilityChecked(False)
    group.setExpanded(False)
    for layer in kept.all():
        project.addMapLayer(layer, addToLegend=False)
        group.addLayer(layer)
    layout = make_layout(project, kept, variables)
    manager = project.layoutManager()
    number = 1
    while manager.layoutByName(layout.name()):
        number += 1
        layout.setName(f"{LAYOUT_NAME} {number}")
    name = layout.name()
    manager.addLayout(layout)
    return name


def _write(layer: QgsVectorLayer, name: str, path: Path, project: QgsProject) -> None:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = name
    options.fileEncoding = "UTF-8"
    options.actionOnExistingFile = (
        QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        if path.exists()
        else QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteFile
    )
    written = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), project.transformContext(), options)
    if written[0] != QgsVectorFileWriter.WriterError.NoError:
        raise AtlasError(
            "De lagen van de opmaak kunnen niet worden geschreven.",
            where=str(path.parent), got=written[1], hint="Kies een andere map.",
        )  # fmt: skip


def _stored(layer: QgsVectorLayer, name: str, path: Path) -> QgsVectorLayer:
    stored = QgsVectorLayer(f"{path}|layername={name}", layer.name(), "ogr")
    style = QgsMapLayerStyle()
    style.readFromLayer(layer)
    style.writeToLayer(stored)
    stored.setReadOnly(True)
    return stored
