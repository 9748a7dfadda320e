"""By which names in it a folder is known to be a dossier, whole or not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..words.layer_names import LAYER_NAMES, REGISTER

if TYPE_CHECKING:
    from pathlib import Path

#: the borders and what the dossier is; read-only
BASE_FILE = "basis.gpkg"
#: taken while a dossier is being changed
SLOT_FILE = "dossier.slot"
#: an import over several files that is being written, or was broken off
JOURNAL_FILE = "inlezen.journaal"

_LAYER_FILES = frozenset(f"{name}.gpkg" for name in LAYER_NAMES)
#: a copy of one layer stands in many a folder; one of these beside it only in a dossier
_BESIDE_LAYERS = frozenset({BASE_FILE, f"{REGISTER}.gpkg", SLOT_FILE, JOURNAL_FILE})


def looks_like_dossier(folder: Path) -> bool:
    """Whether a folder holds a dossier, also one that is damaged or of another version."""
    beside = _those_in(folder, _BESIDE_LAYERS)
    return any(_those_in(folder, _LAYER_FILES - {name}) for name in beside)


def _those_in(folder: Path, names: frozenset[str]) -> list[str]:
    return [name for name in names if os.path.exists(folder / name)]  # noqa: PTH110 - it never raises


def dossier_around(path: Path) -> Path | None:
    """The dossier in which a path lies, or that it is: by the names as given, and where links lead."""
    absolute = type(path)(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow the links
    real, parent = (type(path)(os.path.realpath(place)) for place in (absolute, absolute.parent))
    places = dict.fromkeys((absolute, parent / absolute.name, real))
    folders = dict.fromkeys(folder for place in places for folder in (place, *place.parents))
    return next((folder for folder in folders if looks_like_dossier(folder)), None)
