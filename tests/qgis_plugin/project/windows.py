"""Windows of QGIS in processes of their own, for tests in which several use one dossier."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

_HERE = Path(__file__).parent
_ENDING = "SAID "


class OwnWindow:
    """One window; `do` tells it a step of `window_session`."""

    def __init__(self, folder, plugin_root):
        paths = (plugin_root, _HERE, _HERE.parent / "gui", "/usr/share/qgis/python/plugins")
        self._process = subprocess.Popen(
            [sys.executable, _HERE / "window_session.py", folder],
            env={**os.environ, "PYTHONPATH": ":".join(map(str, paths))},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._read()

    @property
    def process(self):
        """Its number."""
        return self._process.pid

    def do(self, *step):
        """What the step gave; a refusal as its sentence."""
        self._process.stdin.write(json.dumps(step) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self):
        """End it."""
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def _read(self):
        for line in self._process.stdout:
            if line.startswith(_ENDING):
                return json.loads(line.removeprefix(_ENDING))
        raise AssertionError(f"the window ended: {self._process.poll()}")


@contextmanager
def own_windows(count, folder, plugin_root):
    """Some windows on one dossier, ended afterwards."""
    opened = []
    try:
        opened.extend(OwnWindow(folder, plugin_root) for _ in range(count))
        yield opened
    finally:
        for window in opened:
            window.close()
