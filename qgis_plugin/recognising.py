"""Recognising records of a dossier in a layer, however they came into QGIS.

A layer of the dossier itself, a copy of its file under another name, a virtual layer or a join on it, a copy
in memory or in a file of another kind. What QGIS itself makes of records without these marks (a count in a
table, a copy with a few renamed fields) can't be recognised by anybody; the guide says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsVirtualLayerDefinition,
)
from qgis.PyQt.QtCore import QUrl

from .atlas.core.schema.rural import RURAL_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qgis.core import QgsMapLayer

#: property of a layer that was made from records of a dossier: its folder and layer
MADE_FROM = "buitengebied_atlas/made_from"
#: marks a report of an algorithm: it tells what happened, and belongs to no project
REPORT = "buitengebied_atlas/report"
_OBJECTS = next(iter(RURAL_LAYERS))
#: a shapefile keeps so much of the name of a field
_SHORT = 10
#: fields found together in nothing else: a record, its history, the register, a report of conclusions
_TELLING = tuple(
    frozenset(name[:_SHORT] for name in names)
    for names in (
        ("uuid", "bewaren_tot", "regime"),
        ("record_uuid", "velden", "bewaren_tot"),
        ("uuid", "publiek", "controlegetal"),
        ("object_uuid", "conclusie_was", "redenen"),
    )
)


@dataclass(frozen=True)
class Records:
    """Where records come from: the folder of a dossier (None: not known), and which of its layers."""

    folder: Path | None
    layer: str


def records_of(layer: QgsMapLayer | None) -> Records | None:
    """Of which dossier a layer shows records, or was made from them; None when of none."""
    return _found(layer, set())


def dossier_of(layer: QgsMapLayer | None) -> Path | None:
    """The folder of the dossier whose records a layer shows or was made from; None when not known."""
    found = records_of(layer)
    return found.folder if found else None


def _found(layer: QgsMapLayer | None, asked: set[str]) -> Records | None:
    if layer is None or layer.id() in asked:  # two layers may be joined to each other
        return None
    asked.add(layer.id())
    made_from = layer.customProperty(MADE_FROM)
    if made_from:
        folder, name = str(made_from).rsplit("|", 1)
        return Records(Path(folder), name)
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    found = _records_in(str(parts.get("path") or ""), str(parts.get("layerName") or ""))
    if found is not None or not isinstance(layer, QgsVectorLayer):
        return found
    behind = (_found(other, asked) for other in _layers_behind(layer))
    return next(filter(None, behind), None) or _copied(layer)


def _layers_behind(layer: QgsVectorLayer) -> Iterator[QgsMapLayer | None]:
    """The layers that are joined to a layer, and those that a virtual layer asks."""
    for join in layer.vectorJoins():
        yield join.joinLayer()
    if layer.providerType() != "virtual":
        return
    for dependency in layer.dataProvider().dependencies():
        yield QgsProject.instance().mapLayer(dependency.layerId())
    definition = QgsVirtualLayerDefinition.fromUrl(QUrl.fromEncoded(layer.source().encode()))
    for source in definition.sourceLayers():
        if not source.isReferenced():
            yield QgsVectorLayer(source.source(), source.name(), source.provider())


def _records_in(path: str, layer_name: str) -> Records | None:
    from .atlas.dossier.opening import is_working_file

    file = Path(path)
    if not path or not file.is_file() or not is_working_file(file):
        return None
    name = layer_name if layer_name in RURAL_LAYERS else file.stem
    # the code lists and the history of a layer lie in its file: they are guarded as the layer itself
    return Records(file.parent, name if name in RURAL_LAYERS else _OBJECTS)


def _copied(layer: QgsVectorLayer) -> Records | None:
    """Records that were copied out of their file, by the fields that only they have."""
    names = {field.name().lower()[:_SHORT] for field in layer.fields()}
    return Records(None, _OBJECTS) if any(telling <= names for telling in _TELLING) else None
