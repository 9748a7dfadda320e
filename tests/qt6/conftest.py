"""The plugin's source beside PyQt6."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

import packaged_plugin

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_ROOM = tempfile.TemporaryDirectory(prefix="plugin-qt6-")
PLUGIN = packaged_plugin.plugin_root(Path(_ROOM.name)) / packaged_plugin.NAME
sys.path.insert(0, str(PLUGIN.parent))


def pytest_unconfigure():
    """Leave nothing behind."""
    _ROOM.cleanup()


@pytest.fixture(scope="session")
def application():
    from PyQt6.QtWidgets import QApplication

    return QApplication([])
