"""The plugin's icons, by the name of their file."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

_FOLDER = Path(__file__).parent / "icons"


def icon(name: str) -> QIcon:
    """The icon in `icons/<name>.svg`."""
    return QIcon(str(_FOLDER / f"{name}.svg"))
