"""The list of objects joined to the project: read from the dossier, edits, zooming, new statuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QFileDialog

from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import EVIDENCE, OBJECTS
from ..controls import told
from ..settings import DOSSIER_FOLDER
from ..texts import tr
from .object_message import AGAIN, CREATE, OPEN
from .object_rows import EDITABLE_FIELDS, object_rows
from .tasks import LatestWork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qgis.core import QgsVectorLayer
    from qgis.gui import QgisInterface

    from .object_panel import ObjectPanel
    from .object_rows import ObjectRow

_RD = "EPSG:28992"
#: a yard and its surroundings fill the map
_YARD_SCALE = 2500
#: changes come in bursts: a paste, an undo of many; ms
_SETTLING = 50
#: no more lines than this are changed at once, or the window would wait
_AT_ONCE = 500


class DossierObjects(QObject):
    """Keeps an `ObjectPanel` showing the objects of the dossier that the project has open."""

    def __init__(self, iface: QgisInterface, panel: ObjectPanel, run_tool: Callable[..., None]) -> None:
        super().__init__(panel)
        self._iface, self._panel, self._run_tool = iface, panel, run_tool
        self._folder: Path | None = None
        #: only the project lies in the folder, no layer of a dossier: it need not be one
        self._perhaps = False
        self._layer: QgsVectorLayer | None = None
        self._changed: set[int] = set()
        self._reading = LatestWork()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLING)
        self._settle.timeout.connect(self._show_changes)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self.look)
        panel.zoom_requested.connect(self.zoom_to)
        panel.status_requested.connect(self._set_statuses)
        panel.unsaved.save_requested.connect(self._save)
        panel.unsaved.undo_requested.connect(self._undo)
        panel.message.asked.connect(self._asked)
        panel.details.right_requested.connect(self._use_right)
        self._project_signals = [
            (signal, self._look_soon)
            for signal in (
                QgsProject.instance().readProject,
                QgsProject.instance().cleared,
                QgsProject.instance().layersAdded,
                QgsProject.instance().layersRemoved,
            )
        ]
        for signal, slot in self._project_signals:
            signal.connect(slot)

    def release(self) -> None:
        """Let go of project, layer and task."""
        self._reading.cancel()
        self._settle.stop()
        self._look.stop()
        for signal, slot in self._project_signals:
            signal.disconnect(slot)
        self._project_signals = []
        self._watch(None)

    def look(self) -> None:
        """See which dossier the project has open now; the disk may be away, and is asked in a task."""
        from ..project.dossier_layers import dossier_layer, folder_of_layers, home_of

        project = QgsProject.instance()
        shown, layer = folder_of_layers(project), dossier_layer(project, OBJECTS)
        folder, layer_changed = shown or home_of(project), layer is not self._layer
        self._watch(layer)
        if folder is None:
            self._folder = None
            self._reading.cancel()
            self._say_none()
        elif folder != self._folder or layer_changed:
            if folder != self._folder:  # the list of another dossier goes at once
                self._say_none()
            self._folder, self._perhaps = folder, shown is None
            self.read()

    def read(self) -> None:
        """Read the objects of the dossier from its files, in a task."""
        folder, perhaps = self._folder, self._perhaps
        if folder is None:
            return
        if not (self._panel.shows_dossier() or perhaps):
            self._panel.set_message(tr("Reading the objects…"))

        def work(progress: Callable[[float], None]) -> tuple[list[ObjectRow], Sequence[str]] | None:
            from ..atlas.dossier.opening import open_dossier
            from ..atlas.dossier.records import read_layers
            from ..project.dossier_layers import is_dossier

            if perhaps and not is_dossier(folder):
                return None
            dossier = open_dossier(folder)
            records = read_layers(dossier, [OBJECTS, EVIDENCE])
            return object_rows(records[OBJECTS], records[EVIDENCE], check=progress), dossier.notes

        self._reading.start(tr("Reading the objects of the dossier"), work, self._show, self._tell)

    def zoom_to(self, uuid: str) -> None:
        """Show an object on the map, and let it flash."""
        row, canvas = self._panel.row(uuid), self._iface.mapCanvas()
        if row is None or row.place is None:
            return
        place, crs = QgsPointXY(*row.place), canvas.mapSettings().destinationCrs()
        source = QgsCoordinateReferenceSystem(_RD)
        try:
            shown = QgsCoordinateTransform(source, crs, QgsProject.instance()).transform(place)
        except QgsCsException:
            self._warn(tr("The map's coordinate system does not reach this place."))
            return
        canvas.setCenter(shown)
        canvas.zoomScale(_YARD_SCALE)
        canvas.refresh()
        canvas.flashGeometries([QgsGeometry.fromPointXY(place)], source)

    def _say_none(self) -> None:
        self._panel.set_message(tr("No dossier is open in this project."), OPEN, CREATE)

    def _show(self, read: tuple[Sequence[ObjectRow], Sequence[str]] | None) -> None:
        """Show what was read, and what is wrong with it; None when the project's own folder is no dossier."""
        if read is None:
            self._say_none()
            return
        rows, notes = read
        self._panel.set_note("\n".join(notes))
        self._panel.set_rows(rows)
        self._take_unsaved()

    def _tell(self, error: AtlasError) -> None:
        if self._panel.shows_dossier():
            # an import that is busy or a drive that is away: what was read is still worth looking at
            self._panel.set_note(f"{error.title} {error.hint}".strip())
        else:
            self._panel.set_message(told(error), AGAIN, OPEN)

    def _asked(self, action: str) -> None:
        if action == AGAIN:
            self.look()
            self.read()
        elif action == CREATE:
            self._run_tool("create_dossier")
        elif action == OPEN:
            self.open()

    def _use_right(self, tool: str) -> None:
        """Open a tool with the one object that is chosen filled in."""
        if (uuids := self._panel.selected()) and self._folder is not None:
            self._run_tool(tool, {"FOLDER": str(self._folder), "UUID": uuids[0]})

    def open(self) -> None:
        """Let the user choose the folder of a dossier, and open its layers."""
        chosen = QFileDialog.getExistingDirectory(
            self._panel, tr("Open the folder of a dossier"), DOSSIER_FOLDER.get()
        )
        if not chosen:
            return
        from ..atlas.dossier.opening import open_dossier
        from ..project.dossier_layers import open_dossier_layers

        try:
            dossier = open_dossier(Path(chosen))
            open_dossier_layers(QgsProject.instance(), dossier.folder)
        except AtlasError as error:
            self._warn(told(error))
            return
        DOSSIER_FOLDER.set(chosen)
        for note in dossier.notes:
            self._iface.messageBar().pushInfo(tr("Dossier"), note)

    def _set_statuses(self, uuids: Sequence[str], status: str) -> None:
        from ..gate import user_name
        from ..project.editing import set_status

        if self._layer is None:
            self._warn(tr("The layer of the objects is not in the project: open the dossier again."))
            return
        # saving and undoing in QGIS's own window are for the layer that is chosen there
        self._iface.setActiveLayer(self._layer)
        for uuid in uuids:
            try:
                set_status(self._layer, uuid, status, user_name())
            except AtlasError as error:
                self._warn(told(error))
                return

    def _save(self) -> None:
        if self._layer is not None and not self._layer.commitChanges():
            self._warn(
                "\n".join(
                    (tr("The changes are not saved; they are still there."), *self._layer.commitErrors())
                )
            )

    def _undo(self) -> None:
        if self._layer is not None:
            self._layer.undoStack().undo()

    def _count_unsaved(self, *_: object) -> None:
        """Objects with changes, new ones and deleted ones together."""
        buffer = self._layer.editBuffer() if self._layer is not None else None
        changed: set[int] = set()
        if buffer is not None:
            changed.update(buffer.changedAttributeValues(), buffer.changedGeometries())
            changed.update(buffer.addedFeatures(), buffer.deletedFeatureIds())
        self._panel.unsaved.set_number(len(changed))

    def _warn(self, text: str) -> None:
        self._iface.messageBar().pushWarning("Buitengebied Atlas", text)

    def _look_soon(self, *_: object) -> None:
        # a project says each of its layers; one look at the end is enough
        self._look.start()

    def _watch(self, layer: QgsVectorLayer | None) -> None:
        if layer is self._layer:
            return
        if self._layer is not None:
            for signal, slot in self._layer_signals(self._layer):
                signal.disconnect(slot)
        self._layer = layer
        self._changed.clear()
        if layer is not None:
            for signal, slot in self._layer_signals(layer):
                signal.connect(slot)
        self._count_unsaved()

    def _layer_signals(self, layer: QgsVectorLayer) -> list[tuple]:
        return [
            (layer.willBeDeleted, self._forget_layer),
            (layer.attributeValueChanged, self._note_change),
            (layer.afterCommitChanges, self._saved),
            (layer.afterRollBack, self._saved),
            (layer.dataSourceChanged, self._look_soon),
            (layer.dataChanged, self._saved),
            (layer.undoStack().indexChanged, self._count_unsaved),
            (layer.layerModified, self._count_unsaved),
            (layer.editingStopped, self._count_unsaved),
        ]

    def _forget_layer(self) -> None:
        self._layer = None
        self._changed.clear()
        self._count_unsaved()
        self._look_soon()

    def _saved(self) -> None:
        self._changed.clear()
        self._count_unsaved()
        self.read()

    def _note_change(self, fid: int, _field: int, _value: object) -> None:
        self._changed.add(fid)
        self._settle.start()

    def _take_unsaved(self) -> None:
        """Edits that are not in the file yet are seen in the list as well."""
        if self._layer is not None and self._layer.editBuffer() is not None:
            self._changed |= set(self._layer.editBuffer().changedAttributeValues())
            self._show_changes()

    def _show_changes(self) -> None:
        if self._layer is None or not self._changed:
            return
        fids = sorted(self._changed)[:_AT_ONCE]
        self._changed.difference_update(fids)
        request = QgsFeatureRequest().setFilterFids(fids)
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        fields = self._layer.fields()
        names = [name for name in EDITABLE_FIELDS if fields.indexOf(name) >= 0]
        self._panel.change(
            {
                feature["uuid"]: {name: feature[name] for name in names}
                for feature in self._layer.getFeatures(request)
            }
        )
        if self._changed:
            self._settle.start()
