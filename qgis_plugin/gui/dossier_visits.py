"""The page of farm visits joined to the project: read from the dossier, decisions, rounds on the map."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer

from ..controls import told
from ..texts import tr
from .object_message import AGAIN, OPEN
from .tasks import LatestWork

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qgis.gui import QgisInterface

    from ..atlas.core.words.errors import AtlasError
    from ..atlas.jobs.following_up import FollowUp, RoundState
    from .visit_panel import VisitPanel


class DossierVisits(QObject):
    """Keeps a `VisitPanel` in sight showing the visits of the dossier that the project has open."""

    def __init__(
        self,
        iface: QgisInterface,
        panel: VisitPanel,
        run_tool: Callable[..., None],
        open_dossier: Callable[[], None],
    ) -> None:
        super().__init__(panel)
        self._iface, self._panel, self._run_tool = iface, panel, run_tool
        self._folder: Path | None = None
        self._reading, self._deciding = LatestWork(), LatestWork()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self.look)
        panel.tool_requested.connect(self._start)
        panel.show_requested.connect(self._show_rounds)
        panel.back_requested.connect(self._note_back)
        panel.conflicts.decided.connect(self._decide)
        panel.seen.connect(self.read)
        panel.message.asked.connect(lambda action: open_dossier() if action == OPEN else self.read())
        project = QgsProject.instance()
        self._signals = (project.readProject, project.cleared, project.layersAdded, project.layersRemoved)
        for signal in self._signals:
            signal.connect(self._look_soon)

    def release(self) -> None:
        """Let go of project and tasks."""
        self._reading.cancel()
        self._deciding.cancel()
        self._look.stop()
        for signal in self._signals:
            signal.disconnect(self._look_soon)

    def look(self) -> None:
        """See which dossier the project has open now."""
        from ..project.dossier_layers import folder_of_layers

        folder = folder_of_layers(QgsProject.instance())
        if folder == self._folder:
            return
        self._folder = folder
        self._reading.cancel()
        self._panel.set_message(tr("No dossier is open in this project."), OPEN)
        self.read()

    def read(self) -> None:
        """Read how far the visits are, in a task, when somebody looks at it."""
        folder = self._folder
        if folder is None or not self._panel.isVisible():
            return
        if not self._panel.shows_dossier():
            self._panel.set_message(tr("Reading the visits…"))

        def work(_progress: Callable[[float], None]) -> FollowUp:
            from ..atlas.jobs.following_up import follow_up

            return follow_up(folder)

        self._reading.start(tr("Reading the visits of the dossier"), work, self._show, self._tell)

    def _show(self, state: FollowUp) -> None:
        self._panel.set_state(state, datetime.now(UTC).date().isoformat())

    def _tell(self, error: AtlasError) -> None:
        if self._panel.shows_dossier():
            self._panel.set_note(f"{error.title} {error.hint}".strip())
        else:
            self._panel.set_message(told(error), AGAIN, OPEN)

    def _start(self, tool: str, parameters: dict[str, str]) -> None:
        self._run_tool(tool, {"FOLDER": str(self._folder), **parameters})

    def _show_rounds(self, rounds: list[RoundState]) -> None:
        from ..project.round_layers import show_rounds

        if self._folder is None or not rounds:
            return
        stops, _lines = show_rounds(QgsProject.instance(), self._folder, rounds)
        self._iface.setActiveLayer(stops)
        canvas = self._iface.mapCanvas()
        shown = canvas.mapSettings().layerExtentToOutputExtent(stops, stops.extent())
        shown.scale(1.3)
        canvas.setExtent(shown)
        canvas.refresh()

    def _decide(self, uuid: str, choice: str, reason: str) -> None:
        def job(folder: Path, user: str, now: datetime) -> object:
            from ..atlas.jobs.deciding import decide_conflict

            return decide_conflict(folder, uuid, choice, reason=reason, user=user, now=now)

        self._change(tr("Deciding about a conflict"), job)

    def _note_back(self, file: str) -> None:
        def job(folder: Path, user: str, now: datetime) -> object:
            from ..atlas.jobs.rounds_out import note_back

            return note_back(folder, file, user=user, now=now)

        self._change(tr("Noting that a file is back"), job)

    def _change(self, description: str, job: Callable[[Path, str, datetime], object]) -> None:
        """Let a job change the dossier in a task; its open layers let go first, and show the change after."""
        from ..gate import user_name
        from ..project.file_release import wait_until_free

        folder = self._folder
        if folder is None:
            return
        wait_until_free(QgsProject.instance())
        user, now = user_name(), datetime.now(UTC)
        self._deciding.start(description, lambda _progress: job(folder, user, now), self._changed, self._warn)

    def _changed(self, _done: object) -> None:
        from ..project.dossier_layers import dossier_layers, refresh

        refresh(dossier_layers(QgsProject.instance()).values())
        self.read()

    def _warn(self, error: AtlasError) -> None:
        self._iface.messageBar().pushWarning("Buitengebied Atlas", told(error))

    def _look_soon(self, *_: object) -> None:
        # a project says each of its layers; one look at the end is enough
        self._look.start()
