"""The project that goes along in a package for the field, when no QGIS is at hand to make it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ..core.files.embedded import embedded_path

if TYPE_CHECKING:
    from pathlib import Path

#: by whether the dossier holds made-up records; made by `release/field_project.py`
_NAMES = {True: "project-FICTIEF.qgz", False: "project.qgz"}
_PROJECT = "dossier.qgz"


def add_project(packed: Path) -> None:
    """Put the project of a dossier beside its files: layers, forms and rules, relative paths, no record.

    Args:
        packed: The folder of the package, a dossier.
    """
    from ..dossier.opening import open_dossier

    name = _NAMES[open_dossier(packed).fictitious]
    shutil.copyfile(embedded_path("data", "field", name), packed / _PROJECT)
