"""Where the plugin under test lies: unpacked from its zip, or a tree that is ready."""

from __future__ import annotations

import configparser
import os
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "buitengebied_atlas"


def plugin_root(room: Path) -> Path:
    """The folder that holds `buitengebied_atlas/`, as QGIS's plugin folder does.

    It is what BUITENGEBIED_PLUGIN_ROOT names, or else the zip of `make plugin` unpacked in `room`.

    Raises:
        FileNotFoundError: there is no zip of this version.
    """
    ready = os.environ.get("BUITENGEBIED_PLUGIN_ROOT")
    return Path(ready) if ready else unpacked(room)


def unpacked(room: Path) -> Path:
    """`room`, with the zip of this version unpacked in it."""
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    with zipfile.ZipFile(ROOT / "dist" / f"{NAME}-{metadata['general']['version']}.zip") as archive:
        archive.extractall(room)
    return room


if __name__ == "__main__":
    unpacked(Path(sys.argv[1]))
