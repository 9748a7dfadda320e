"""Making a dossier and opening one: complete, of a version this atlas knows, and in one state."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import dossier_around
from ..core.files.new_file import cannot_write
from ..core.schema.published import SCHEMA_VERSION
from ..core.schema.rural import FICTITIOUS, RURAL_LAYERS
from ..core.words.errors import AtlasError
from ..gpkg.format import HISTORY, working_sheets
from ..gpkg.geopackage import LAYERS_ITEM, read_items, write_geopackage
from .base_file import base_sheets
from .changes import finish_import
from .files import (
    BASE,
    BASE_FILE,
    FICTITIOUS_ITEM,
    KIND_ITEM,
    VERSION_ITEM,
    WORKING_FILE,
    Dossier,
    dossier_files,
    layer_path,
)
from .locks import reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..gpkg.geopackage import Sheet

#: a new dossier holds nothing yet, so it has no date: the same bytes whenever it is made
MOMENT = "1970-01-01T00:00:00.000Z"
_READ_ONLY = 0o444
_NEWER = "Dit dossier is gemaakt met een nieuwere versie van de atlas."
_OLDER = "Dit dossier is gemaakt met een oudere versie van de atlas."


def init_dossier(folder: Path, *, fictitious: bool = False) -> Dossier:
    """Make an empty dossier: whole or not at all.

    Args:
        folder: A folder that does not exist yet, or is empty.
        fictitious: For made-up records only; every product of it will say so.

    Raises:
        AtlasError: the folder holds a dossier or something else, lies in one, or can't be written.
    """
    folder = folder.resolve()
    _check_free(folder)
    around = dossier_around(folder.parent)
    if around is not None:
        raise AtlasError(
            "In een dossier komt geen ander dossier.",
            where=str(folder), got=f"dossier {around}", hint="Kies een map buiten het dossier.",
        )  # fmt: skip
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        beside.mkdir(parents=True)
        _write_files(beside, fictitious=fictitious)
        if folder.exists():
            folder.rmdir()  # it is empty; not every system renames onto a folder
        beside.rename(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Dossier(folder, fictitious, SCHEMA_VERSION)


def open_dossier(folder: Path) -> Dossier:
    """Open a dossier; an import that was broken off is finished first.

    Raises:
        AtlasError: no dossier, incomplete, damaged, of another version, or an import that can't be finished
            now because a file is in use, read-only or on a full disk.
    """
    check_complete(folder)
    items = {path: _checked_items(path) for path in dossier_files(folder)}
    note = finish_import(folder)
    fictitious = {values.get(FICTITIOUS_ITEM) == FICTITIOUS for values in items.values()}
    if len(fictitious) > 1:
        raise AtlasError(
            "In deze map staan bestanden van twee dossiers: een met echte en een met verzonnen gegevens.",
            where=str(folder),
            hint="Haal het hele dossier terug uit een reservekopie.",
        )
    return Dossier(folder, fictitious.pop(), SCHEMA_VERSION, (note,) if note else ())


def check_complete(folder: Path) -> None:
    """Check that a folder holds every file of a dossier.

    Raises:
        AtlasError: no such folder, no dossier, or a part of one.
    """
    if not folder.is_dir():
        raise AtlasError(
            "Deze map bestaat niet.", where=str(folder), hint="Kies een andere map, of maak een dossier.",
            choices=("make_dossier",),
        )  # fmt: skip
    missing = [path.name for path in dossier_files(folder) if not path.exists()]
    if len(missing) == len(dossier_files(folder)):
        raise AtlasError(
            "Dit is geen dossier.",
            where=str(folder),
            expected=f"{BASE_FILE} en een GeoPackage voor elke laag",
            hint="Kies de map van een dossier, of maak er een.",
            choices=("make_dossier",),
        )
    if missing:
        raise AtlasError(
            "Dit dossier is niet compleet.",
            where=str(folder),
            got=f"zonder {', '.join(missing)}",
            hint="Een dossier wordt als hele map gekopieerd; haal de bestanden terug uit een reservekopie.",
        )


def is_working_file(path: Path) -> bool:
    """Whether a file holds records of a dossier, also when it was copied out of one or renamed."""
    if path.name in {file.name for file in dossier_files(path.parent)} and (path.parent / BASE_FILE).exists():
        return path.name != BASE_FILE
    if path.suffix.lower() != ".gpkg":
        return False
    try:
        with reading(path) as connection:
            return read_items(connection).get(KIND_ITEM) == WORKING_FILE
    except (AtlasError, sqlite3.Error):  # not whole, or without metadata: then no atlas made it
        return False


def _check_free(folder: Path) -> None:
    if folder.is_file():
        raise AtlasError("Op deze plaats staat een bestand.", where=str(folder), hint="Kies een nieuwe map.")
    if not folder.exists():
        return
    found = sorted(path.name for path in dossier_files(folder) if path.exists())
    if found:
        raise AtlasError(
            "In deze map staat al een dossier, of een deel ervan.",
            where=str(folder), got=", ".join(found), hint="Kies een nieuwe of lege map.",
        )  # fmt: skip
    if any(folder.iterdir()):
        raise AtlasError(
            "Deze map is niet leeg.", where=str(folder), hint="Kies een nieuwe of lege map voor het dossier."
        )


def _write_files(folder: Path, *, fictitious: bool) -> None:
    for name, described in RURAL_LAYERS.items():
        _write(
            layer_path(folder, name),
            working_sheets(described),
            {"titel": described.alias, KIND_ITEM: WORKING_FILE},
            fictitious=fictitious,
        )
    sheets, source = base_sheets()
    base = folder / BASE_FILE
    _write(base, sheets, {"titel": "Grenzen", KIND_ITEM: BASE, "bron_grenzen": source}, fictitious=fictitious)
    base.chmod(_READ_ONLY)


def _write(path: Path, sheets: Sequence[Sheet], items: Mapping[str, str], *, fictitious: bool) -> None:
    """A file that the atlas never replaces: it does not carry the mark of a published file."""
    told = {
        **items,
        **({FICTITIOUS_ITEM: FICTITIOUS} if fictitious else {}),
        VERSION_ITEM: str(SCHEMA_VERSION),
        LAYERS_ITEM: ",".join(sheet.name for sheet in sheets),
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        write_geopackage(connection, sheets, told, MOMENT)
        path.write_bytes(connection.serialize())


def _checked_items(path: Path) -> dict[str, str]:
    """The metadata of a file, when it is whole and of this version."""
    with reading(path) as connection:
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise AtlasError(
                "Dit bestand is beschadigd.",
                where=str(path), got=damage.splitlines()[-1], hint="Haal het terug uit een reservekopie.",
            )  # fmt: skip
        tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master")}
        items = read_items(connection) if "gpkg_metadata" in tables else {}
        wanted = BASE if path.name == BASE_FILE else WORKING_FILE
        if items.get(KIND_ITEM) != wanted:
            raise AtlasError(
                "Dit bestand hoort niet bij een dossier.",
                where=str(path), expected=wanted, hint="Haal het goede bestand terug uit een reservekopie.",
            )  # fmt: skip
        _check_version(path, items.get(VERSION_ITEM, ""))
        if wanted == WORKING_FILE:
            _check_tables(path, connection, tables)
    return items


def _check_version(path: Path, version: str) -> None:
    if version == str(SCHEMA_VERSION):
        return
    newer = version.isdecimal() and int(version) > SCHEMA_VERSION
    raise AtlasError(
        _NEWER if newer else _OLDER,
        where=str(path),
        got=f"schema_versie {version or 'ontbreekt'}",
        expected=f"schema_versie {SCHEMA_VERSION}",
        hint="Installeer de nieuwste versie van de atlas."
        if newer
        else "Zet het om; er wordt eerst een kopie gemaakt.",
        choices=() if newer else ("migrate_dossier",),
    )


def _check_tables(path: Path, connection: sqlite3.Connection, tables: set[str]) -> None:
    described = RURAL_LAYERS[path.stem]
    wanted = {path.stem} if described.append_only else {path.stem, HISTORY}
    if not wanted <= tables:
        raise AtlasError(
            "In dit bestand ontbreekt een tabel.",
            where=str(path), got=", ".join(sorted(wanted - tables)),
            hint="Haal het bestand terug uit een reservekopie.",
        )  # fmt: skip
    columns = {
        row["name"] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [path.stem])
    }
    gone = [name for name in described.field_names if name not in columns]
    if gone:
        raise AtlasError(
            "In deze laag ontbreken velden.",
            where=str(path), got=", ".join(gone),
            hint="Velden van een dossier worden niet verwijderd of hernoemd; haal het bestand terug uit een "
            "reservekopie.",
        )  # fmt: skip
