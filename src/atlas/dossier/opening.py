"""Making a dossier and opening one: complete, of a version this atlas knows, and in one state."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE, JOURNAL_FILE, dossier_around
from ..core.files.new_file import cannot_write, keep_private, kept_file
from ..core.schema.published import SCHEMA_VERSION
from ..core.schema.rural import FICTITIOUS, RURAL_LAYERS
from ..core.words.errors import AtlasError
from ..gpkg.format import HISTORY, working_sheets
from ..gpkg.geopackage import LAYERS_ITEM, read_items, write_geopackage
from .base_file import base_sheets, damage_of_base, seal_base
from .changes import finish_import
from .checking import check_records, pass_by
from .files import (
    BASE,
    FICTITIOUS_ITEM,
    KIND_ITEM,
    LAYERS_OF_DOSSIER,
    VERSION_ITEM,
    WORKING_FILE,
    Dossier,
    dossier_files,
)
from .leftovers import left_behind
from .locks import RESTORE, reading, told
from .seal import Seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ..gpkg.geopackage import Sheet

_LOG = logging.getLogger(__name__)
#: a new dossier holds nothing yet, so it has no date: the same bytes whenever it is made
MOMENT = "1970-01-01T00:00:00.000Z"
_PRIVATE = 0o700
_NEWER = "Dit dossier is gemaakt met een nieuwere versie van de atlas."
_OLDER = "Dit dossier is gemaakt met een oudere versie van de atlas."


def init_dossier(folder: Path, *, fictitious: bool = False) -> Dossier:
    """Make an empty dossier in a folder, which stays what it is: its rights, its group, its place.

    The borders are written last: without them it is no dossier yet. What was broken off before that is
    finished by doing it again.

    Args:
        folder: A folder that does not exist yet, or is empty.
        fictitious: For made-up records only; every product of it will say so.

    Raises:
        AtlasError: the folder holds a dossier or something else, lies in one, or can't be written.
    """
    folder = folder.absolute()
    files = dict(_new_files(fictitious=fictitious))
    _check_free(folder, files)
    around = dossier_around(folder.parent)
    if around is not None:
        raise AtlasError(
            "In een dossier komt geen ander dossier.",
            where=str(folder), got=f"dossier {around}", hint="Kies een map buiten het dossier.",
        )  # fmt: skip
    existed = folder.exists()
    try:
        if not existed:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=_PRIVATE)
        for name, content in files.items():
            _put(folder / name, content)
    except OSError as error:
        raise cannot_write(folder, error) from error
    except AtlasError:
        for name in files:
            (folder / name).unlink(missing_ok=True)
        if not existed:
            folder.rmdir()
        raise
    return Dossier(folder, fictitious, SCHEMA_VERSION)


def open_dossier(folder: Path, *, tables_only: bool = False) -> Dossier:
    """Open a dossier; an import that was broken off is finished first.

    Args:
        folder: Of the dossier.
        tables_only: For a package, which was with others: see `check_tables_only`.

    Raises:
        AtlasError: no dossier, incomplete, damaged, of another version, or an import that can't be finished
            now because a file is in use, read-only or on a full disk.
    """
    try:
        check_complete(folder)
    except AtlasError:  # a layer that came with a later version is not lost
        _check_version_of_base(folder)
        raise
    note = ""
    if (folder / JOURNAL_FILE).exists():
        with _every_file(folder) as connections:  # what is not whole is not written in
            _checked_items(connections, Seal(folder), tables_only=tables_only)
        note = finish_import(folder)
    with _every_file(folder) as connections:
        seal = Seal(folder)
        items = _checked_items(connections, seal, tables_only=tables_only)
        _check_one_dossier(folder, items)
        base = folder / BASE_FILE
        with told(base):
            borders = damage_of_base(connections[base])
        notes = (*filter(None, (note, borders)), *check_records(folder, seal, connections))
    for sentence in notes:  # whoever opens it hears of it, also when nobody asks for the notes
        _LOG.warning(sentence)
    return Dossier(folder, _is_fictitious(items[base]), SCHEMA_VERSION, notes)


@contextmanager
def _every_file(folder: Path) -> Iterator[dict[Path, sqlite3.Connection]]:
    """All files of a dossier at one moment, each opened once: its rules take longer to read than its rows."""
    with ExitStack() as stack:
        yield {path: stack.enter_context(reading(path)) for path in dossier_files(folder)}


def _is_fictitious(items: Mapping[str, str]) -> bool:
    return items.get(FICTITIOUS_ITEM) == FICTITIOUS


def _check_one_dossier(folder: Path, items: Mapping[Path, Mapping[str, str]]) -> None:
    if len(set(map(_is_fictitious, items.values()))) > 1:
        raise AtlasError(
            "In deze map staan bestanden van twee dossiers: een met echte en een met verzonnen gegevens.",
            where=str(folder),
            hint="Zet de bestanden terug die bij dit dossier horen; bewaar eerst een kopie van de map.",
        )


def check_tables_only(folder: Path) -> None:
    """Check that the files of a package hold tables and no views, before anything is asked of them.

    A view stands where a table should be and may compute for ever; no program for the field makes one.

    Raises:
        AtlasError: a file with a view, or that can't be read.
    """
    for path in filter(Path.exists, dossier_files(folder)):
        with reading(path) as connection:
            _check_no_view(path, connection)


def _check_no_view(path: Path, connection: sqlite3.Connection) -> None:
    with told(path):
        views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    if views:
        raise AtlasError(
            "In dit bestand staat een view, en die hoort niet in een pakket voor het veld.",
            where=str(path), got=", ".join(str(row[0]) for row in views[:3]),
            expected="de tabellen van het dossier", hint="Kies het pakket zoals het uit het veld kwam.",
        )  # fmt: skip


def check_complete(folder: Path, *, without: Collection[str] = ()) -> None:
    """Check that a folder holds every file of a dossier, but for those of some layers.

    Raises:
        AtlasError: no such folder, no dossier, or a part of one.
    """
    if not folder.is_dir():
        raise AtlasError(
            "Deze map bestaat niet.", where=str(folder), hint="Kies een andere map, of maak een dossier.",
            choices=("make_dossier",),
        )  # fmt: skip
    wanted = [path for path in dossier_files(folder) if path.stem not in without]
    missing = [path.name for path in wanted if not path.exists()]
    if len(missing) == len(wanted):
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
            hint="Een dossier wordt als hele map gekopieerd. Controleer of de schijf bereikbaar is en of "
            "alles is gekopieerd.",
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


def _check_free(folder: Path, files: Mapping[str, bytes]) -> None:
    """Check that a folder is empty, or holds a part of a new dossier whose making was broken off."""
    if folder.is_file():
        raise AtlasError("Op deze plaats staat een bestand.", where=str(folder), hint="Kies een nieuwe map.")
    if not folder.exists():
        return
    found = sorted(path.name for path in dossier_files(folder) if path.exists())
    begun = BASE_FILE not in found and all((folder / name).read_bytes() == files[name] for name in found)
    if found and not begun:
        raise AtlasError(
            "In deze map staat al een dossier, of een deel ervan.",
            where=str(folder), got=", ".join(found), hint="Kies een nieuwe of lege map.",
        )  # fmt: skip
    own = {*found, *(path.name for path in left_behind(folder))}
    if any(path.name not in own for path in folder.iterdir()):
        raise AtlasError(
            "Deze map is niet leeg.", where=str(folder), hint="Kies een nieuwe of lege map voor het dossier."
        )


def _new_files(*, fictitious: bool) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every file of a new dossier, the borders last."""
    for name in RURAL_LAYERS:
        yield f"{name}.gpkg", new_layer(name, fictitious=fictitious)
    sheets, source = base_sheets()
    items = {
        "titel": "Grenzen",
        KIND_ITEM: BASE,
        LAYERS_OF_DOSSIER: ",".join(RURAL_LAYERS),
        "bron_grenzen": source,
    }
    yield BASE_FILE, _content(sheets, items, fictitious=fictitious)


def new_layer(name: str, *, fictitious: bool) -> bytes:
    """The file of an editable layer without a record."""
    described = RURAL_LAYERS[name]
    items = {"titel": described.alias, KIND_ITEM: WORKING_FILE}
    return _content(working_sheets(described), items, fictitious=fictitious)


def _content(sheets: Sequence[Sheet], items: Mapping[str, str], *, fictitious: bool) -> bytes:
    """A file that the atlas never replaces: it does not carry the mark of a published file."""
    said = {
        **items,
        **({FICTITIOUS_ITEM: FICTITIOUS} if fictitious else {}),
        VERSION_ITEM: str(SCHEMA_VERSION),
        LAYERS_ITEM: ",".join(sheet.name for sheet in sheets),
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        write_geopackage(connection, sheets, said, MOMENT)
        if items[KIND_ITEM] == BASE:
            seal_base(connection)
            connection.commit()
        return connection.serialize()


def _put(path: Path, content: bytes) -> None:
    with kept_file(path) as beside:
        beside.write_bytes(content)
    if path.name == BASE_FILE:
        keep_private(path, path.parent, writable=False)


def _checked_items(
    connections: Mapping[Path, sqlite3.Connection], seal: Seal, *, tables_only: bool
) -> dict[Path, dict[str, str]]:
    """The metadata of every file, when it is whole and of this version."""
    found = {}
    for path, connection in connections.items():
        if tables_only:
            _check_no_view(path, connection)
        damage = _damage(connection, path.stem, seal)
        if damage != "ok":
            raise AtlasError(
                "Dit bestand is beschadigd.",
                where=str(path), got=damage.splitlines()[-1], hint=f"{RESTORE}.",
            )  # fmt: skip
        tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master")}
        items = read_items(connection) if "gpkg_metadata" in tables else {}
        wanted = BASE if path.name == BASE_FILE else WORKING_FILE
        if items.get(KIND_ITEM) != wanted:
            raise AtlasError(
                "Dit bestand hoort niet bij een dossier.",
                where=str(path), expected=wanted, hint=f"{RESTORE}.",
            )  # fmt: skip
        _check_version(path, items.get(VERSION_ITEM, ""))
        if wanted == WORKING_FILE:
            _check_tables(path, connection, tables)
        found[path] = items
    return found


def _damage(connection: sqlite3.Connection, name: str, seal: Seal) -> str:
    """What SQLite says of a file: "ok" when it is whole."""
    if name in RURAL_LAYERS and not pass_by(seal, connection, RURAL_LAYERS[name]):
        if seal.holds(name) or seal.holds_but_for_a_log(name):  # these bytes were whole before
            return "ok"
        if seal.rows_to_look_through(name) is not None:
            # the rules of every record take as long as all else; those that differ are looked through
            connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except UnicodeDecodeError:  # the sentence of SQLite quotes a damaged name, and Python can't read it
        return "een naam in het bestand is geen tekst meer"


def _check_version_of_base(folder: Path) -> None:
    base = folder / BASE_FILE
    if not base.exists():
        return
    with reading(base) as connection, told(base):
        version = read_items(connection).get(VERSION_ITEM, "")
    if version:
        _check_version(base, version)


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
            hint=f"{RESTORE}.",
        )  # fmt: skip
    columns = {
        row["name"] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [path.stem])
    }
    gone = [name for name in described.field_names if name not in columns]
    if gone:
        raise AtlasError(
            "In deze laag ontbreken velden.",
            where=str(path), got=", ".join(gone),
            hint=f"Velden van een dossier worden niet verwijderd of hernoemd. {RESTORE}.",
        )  # fmt: skip
