"""What a dossier is on disk: a folder with one GeoPackage for each editable layer, and one with borders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE, JOURNAL_FILE, SLOT_FILE
from ..core.schema.rural import RURAL_LAYERS

if TYPE_CHECKING:
    from pathlib import Path


#: what an erasure that is not completed must still take away
ORDER_FILE = "wissen.opdracht"
#: which bytes of each file were looked through; without it opening takes longer
SEAL_FILE = "dossier.zegel"
#: the folder with the protected tables and their key
PROTECTED = "beschermd"
#: every file and folder of tables that the atlas itself keeps in the folder
OWN_FILES = (
    *(f"{name}.gpkg" for name in RURAL_LAYERS),
    BASE_FILE,
    SLOT_FILE,
    JOURNAL_FILE,
    ORDER_FILE,
    SEAL_FILE,
    PROTECTED,
)
#: where photos lie; it may be a link to a larger disk
PHOTO_FOLDER = "fotos"
#: what a photo's name ends with
PHOTOS = (".jpg", ".jpeg", ".png")
#: items in the metadata of each file
KIND_ITEM, WORKING_FILE, BASE = "soort_bestand", "werkbestand van een dossier", "basis van een dossier"
FICTITIOUS_ITEM = "fictief"
VERSION_ITEM = "schema_versie"
#: in the file with the borders: the editable layers of this dossier
LAYERS_OF_DOSSIER = "lagen_van_het_dossier"


@dataclass(frozen=True, slots=True)
class Dossier:
    """An opened dossier.

    Args:
        folder: Where it lies.
        fictitious: Whether it holds made-up records only; every product then says FICTIEF.
        schema_version: Version of the schema of its files.
        notes: Dutch sentences about what happened at opening: an import that was finished.
    """

    folder: Path
    fictitious: bool
    schema_version: int
    notes: tuple[str, ...] = ()

    def path(self, layer: str) -> Path:
        """The file of an editable layer."""
        return layer_path(self.folder, layer)


def layer_path(folder: Path, layer: str) -> Path:
    """The file of an editable layer of the dossier in a folder."""
    return folder / f"{layer}.gpkg"


def dossier_files(folder: Path) -> tuple[Path, ...]:
    """All files that a dossier must have."""
    return (*(layer_path(folder, name) for name in RURAL_LAYERS), folder / BASE_FILE)


def linked_photos(folder: Path) -> Path | None:
    """Where the photos of a dossier really lie, when that is outside of its folder; else None."""
    real, place = (type(folder)(os.path.realpath(path)) for path in (folder, folder / PHOTO_FOLDER))
    return None if place.is_relative_to(real) else place


def lies_within(path: Path, folder: Path) -> bool:
    """Whether a photo, links followed, lies in the folder of a dossier, or where its photos are kept."""
    real, place = (type(folder)(os.path.realpath(one)) for one in (folder, path))
    photos = linked_photos(folder)
    elsewhere = photos is not None and place.is_relative_to(photos) and path.suffix.lower() in PHOTOS
    return place.is_relative_to(real) or elsewhere
