"""Letting go of the files of a dossier: when a layer is no longer edited, and before a file is written.

While a layer is edited QGIS keeps its file in write-ahead logging (WAL), and puts it back when that ends.
That fails when the map is being drawn at that moment: the connections that draw are kept for later, and the
file stays as if it were edited until the project is closed. Reading the layer again ends those connections.

The other way round, when somebody elsewhere begins to edit: QGIS reads a GeoPackage without locks, and such a
connection reads nothing from a file in WAL ("unable to open database file", in no log of QGIS): the map goes
empty, and stays so. Reading the layer again helps there too.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsFeatureRequest, QgsProviderRegistry
from qgis.PyQt.QtCore import QObject, QTimer

from ..atlas.dossier.write_ahead import is_write_ahead, put_back

if TYPE_CHECKING:
    from collections.abc import Collection

    from qgis.core import QgsProject, QgsVectorLayer

#: a map that is being drawn is done in the meantime; ms
_PAUSE = 150
#: so many of these before a write: somebody waits for it
_TRIES = 15
#: so often it is looked whether files can be read, and windows on one computer, by its clock, step aside
#: together: at every one of these moments soon after an edit, later at fewer; s
_SOON, _LATER = 2.0, 10.0
#: as long after editing ended it is tried soon, for a window that looks later
_SOON_TRIES = 8
#: so long a window stays aside: the others are there within it, and nobody notices; s
_ASIDE = 0.4


class FileRelease(QObject):
    """Watches the layers of dossiers in a project, and frees their files when editing ends."""

    def __init__(self, project: QgsProject) -> None:
        super().__init__()
        self._project = project
        self._left = 0
        self._edited_elsewhere: frozenset[Path] = frozenset()
        self._watched: list[QgsVectorLayer] = []
        self._after_editing, self._meeting = QTimer(self), QTimer(self)
        self._after_editing.setInterval(_PAUSE)
        for timer, slot in ((self._after_editing, self._free), (self._meeting, self._meet)):
            timer.setSingleShot(True)
            timer.timeout.connect(slot)
        project.layersAdded.connect(self._watch)
        project.layerWillBeRemoved[str].connect(self._forget)
        self._watch()

    def release(self) -> None:
        """Hear nothing any more."""
        self._after_editing.stop()
        self._meeting.stop()
        self._project.layersAdded.disconnect(self._watch)
        self._project.layerWillBeRemoved[str].disconnect(self._forget)
        for layer in self._watched:
            layer.editingStopped.disconnect(self._ended)
        self._watched = []

    def _watch(self, *_: object) -> None:
        from .dossier_layers import EDITABLE, dossier_layers

        for name, layer in dossier_layers(self._project).items():
            if name in EDITABLE and layer not in self._watched:
                layer.editingStopped.connect(self._ended)
                self._watched.append(layer)
        self._make_appointment()

    def _forget(self, identity: str) -> None:
        self._watched = [layer for layer in self._watched if layer.id() != identity]

    def _ended(self) -> None:
        # the layer itself is not done yet when it says that editing has stopped
        self._left = _SOON_TRIES
        self._after_editing.start()

    def _free(self) -> None:
        free_files(self._project)
        self._make_appointment()

    def _make_appointment(self) -> None:
        if self._watched:
            self._meeting.start(int(1000 * (_SOON - time.time() % _SOON)) + 1)

    def _meet(self) -> None:
        self._edited_elsewhere = read_again(self._project, self._edited_elsewhere)
        if self._left or time.time() % _LATER < _SOON:
            for path in free_files(self._project):
                step_aside(self._project, path)
        self._left = max(0, self._left - 1)
        self._make_appointment()


def free_files(project: QgsProject) -> list[Path]:
    """Let go of the files of a dossier whose layers are not being edited here; from the main thread only.

    Returns:
        The files that are still written in WAL: drawn from at this moment, or open in another program.
    """
    held = []
    for path, layers in _files(project).items():
        if any(layer.isEditable() for layer in layers) or not is_write_ahead(path):
            continue
        for layer in layers:
            layer.dataProvider().reloadData()
        if is_write_ahead(path):
            held.append(path)
    return held


def read_again(project: QgsProject, known: Collection[Path] = ()) -> frozenset[Path]:
    """Open layers again that can't be read since somebody edits their file elsewhere; main thread only.

    Args:
        project: With the layers of a dossier.
        known: Files that were edited elsewhere the last time.

    Returns:
        The files that are edited elsewhere now.
    """
    elsewhere = set()
    for path, layers in _files(project).items():
        here = any(layer.isEditable() for layer in layers)
        if not here and is_write_ahead(path):
            elsewhere.add(path)
        for layer in layers if not here else ():
            # of several connections one may still read: when the editing begins all are opened again
            if (path in elsewhere and path not in known) or not can_be_read(layer, path):
                open_again(layer)
                layer.triggerRepaint()
    return frozenset(elsewhere)


def can_be_read(layer: QgsVectorLayer, path: Path) -> bool:
    """Whether a layer gives its records; one that has none, or whose file is not there, counts as read."""
    if not layer.isValid():
        return not path.exists()
    if not is_write_ahead(path) or layer.featureCount() == 0:
        return True
    one = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry).setNoAttributes().setLimit(1)
    return next(layer.getFeatures(one), None) is not None


def open_again(layer: QgsVectorLayer) -> None:
    """End the connections of a layer and make new ones; from the main thread only."""
    if layer.isValid():
        layer.dataProvider().reloadData()
    else:
        _set_source(layer, layer.source())


def step_aside(project: QgsProject, path: Path) -> bool:
    """Close a file here for a moment, in which it is put back from WAL when no other program has it open.

    Two windows that both have read a file while it was edited keep each other from putting it back: neither
    of them lets go while the other looks. From the main thread only; the window does not draw meanwhile.

    Returns:
        Whether the file is free now.
    """
    layers = [(layer, layer.source()) for layer in _files(project)[path]]
    elsewhere = str(path.with_name(f"{path.stem}.elders"))
    for layer, _source in layers:
        _set_source(layer, elsewhere)
    try:
        return put_back(path, _ASIDE)
    finally:
        for layer, source in layers:
            _set_source(layer, source)


def wait_until_free(project: QgsProject) -> None:
    """Free files that will be written, waiting as long as drawing a map takes; from the main thread only."""
    for _ in range(_TRIES):
        if not free_files(project):
            return
        time.sleep(_PAUSE / 1000)  # what draws is done in threads of its own


def _set_source(layer: QgsVectorLayer, source: str) -> None:
    """Nothing else of the layer changes: its form and signs stay."""
    layer.setDataSource(source, layer.name(), "ogr", loadDefaultStyleFlag=False)


def edited_files(project: QgsProject) -> dict[Path, str]:
    """The files that are being edited in this window -> the name of the layer."""
    found = _files(project).items()
    return {path: layer.name() for path, layers in found for layer in layers if layer.isEditable()}


def _files(project: QgsProject) -> dict[Path, list[QgsVectorLayer]]:
    """File of a dossier -> its layers in a project."""
    from .dossier_layers import dossier_layers

    found: dict[Path, list[QgsVectorLayer]] = {}
    for layer in dossier_layers(project).values():
        path = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path")
        if path:
            found.setdefault(Path(path), []).append(layer)
    return found
