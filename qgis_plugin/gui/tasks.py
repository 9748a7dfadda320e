"""Work away from the window, as a QGIS task: what it makes is handed over in the main thread.

The work gets no layer, widget or project: these belong to the main thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication, QgsTask

from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable


class Stopped(Exception):  # noqa: N818 - it is no error: nobody waits for the answer any more
    """The task was cancelled."""


class Work(QgsTask):
    """Calls `work(progress)` in a thread, and `done(result)` or `failed(error)` in the main thread.

    `progress` is called with a share of 1, and raises `Stopped` when the task was cancelled.
    """

    def __init__(
        self,
        description: str,
        work: Callable[[Callable[[float], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[AtlasError], None],
    ) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self._work, self._done, self._failed = work, done, failed
        self._result: Any = None
        self._error: Exception | None = None
        #: QGIS is about to delete it: only Python's half may be asked from here
        self.ended = False

    def run(self) -> bool:
        try:
            self._result = self._work(self._progress)
        except Exception as error:  # noqa: BLE001 - a thread has nobody to tell: `finished` does
            self._error = error
            return False
        return True

    def finished(self, result: bool) -> None:  # noqa: FBT001 - QGIS's own signature
        self.ended = True
        if self.isCanceled() or isinstance(self._error, Stopped):
            return
        if result:
            self._done(self._result)
        elif isinstance(self._error, AtlasError):
            self._failed(self._error)
        elif isinstance(self._error, OSError):
            self._failed(AtlasError("Dit kan niet worden gelezen.", detail=str(self._error)))
        else:
            raise self._error

    def _progress(self, share: float) -> None:
        if self.isCanceled():
            raise Stopped
        self.setProgress(share * 100)


class LatestWork:
    """One kind of work of which only the latest answer counts: starting it again cancels what was running."""

    def __init__(self) -> None:
        self._task: Work | None = None

    def start(
        self,
        description: str,
        work: Callable[[Callable[[float], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[AtlasError], None],
    ) -> None:
        """Start, see `Work`."""
        self.cancel()
        self._task = Work(description, work, done, failed)
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Forget what is running; nobody is called any more."""
        if self._task is not None:
            if not self._task.ended:
                self._task.cancel()
            self._task = None
