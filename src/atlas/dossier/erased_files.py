"""Searching every file of a dossier for what was erased, and taking it out where that can be done.

That is every file below the folder, hidden ones too, the photos where a link of the photo folder leads, and
the copies that are known: of a migration, packages that were being unpacked beside it, and outputs that were
begun and never completed.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from ..gpkg.statements import assignments, sql
from .erasure_order import PHOTO, UUID, read_form
from .file_bytes import read_start, read_whole
from .files import ORDER_FILE, OWN_FILES, PHOTO_FOLDER, PHOTOS, linked_photos
from .leftovers import is_left_behind, take_away
from .locks import told, writing
from .packed_files import packed_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .erasure_order import ErasureOrder

#: stands where something was erased
REPLACED = "gewist"
_DATABASE = b"SQLite format 3\0"
_SIDES = ("-wal", "-shm", "-journal")


def erase_everywhere(folder: Path, order: ErasureOrder, half_made: Iterable[Path] = ()) -> tuple[str, ...]:
    """Take what an order names out of every file.

    Args:
        folder: Of the dossier.
        order: What it names.
        half_made: Outputs elsewhere that were never completed; one with something of it goes whole.

    Returns:
        The files in which it still is, or that can't be searched, with a word why; none when all is gone.

    Raises:
        AtlasError: a database is in use or can't be written.
    """
    for output in half_made:
        if any(_holds(path, order) for path in (output, *output.rglob("*"))):
            take_away(output)
    for path in _files(folder):
        found = order.found_in(_name(path, folder))
        with suppress(AtlasError):  # what can't be searched is named below; all else goes first
            found |= _found(path, order)
        if found:
            _take_out(path, folder, order, found)
    left = []
    for path in _files(folder):
        try:
            if _found(path, order) or order.found_in(_name(path, folder)):
                left.append(f"{_shown(path, folder)}: hier staat het nog in")
        except AtlasError as error:
            left.append(f"{_shown(path, folder)}: niet te doorzoeken ({error.title})")
    for path in _named_folders(folder, order):
        try:
            path.rmdir()
        except OSError:
            left.append(f"{_shown(path, folder)}: een map met deze naam")
    return tuple(left)


def links_out(folder: Path) -> tuple[str, ...]:
    """A sentence for each link in a folder that leads out of it: nobody looks there."""
    root = folder.resolve()
    return tuple(
        f"{_shown(path, folder)} verwijst naar een plaats buiten het dossier; daar is niet gezocht."
        for path in sorted(folder.rglob("*"))
        if path != folder / PHOTO_FOLDER and path.is_symlink() and not path.resolve().is_relative_to(root)
    )


def _named_folders(folder: Path, order: ErasureOrder) -> list[Path]:
    """Folders that have a needle in their name, the deepest first."""
    places = (path for place in (folder, *known_copies(folder)) for path in place.rglob("*"))
    named = (
        path for path in places if path.is_dir() and order.found_in(path.name.encode("utf-8", "replace"))
    )
    return sorted(named, reverse=True)


def known_copies(folder: Path) -> tuple[Path, ...]:
    """Folders beside a dossier that hold a copy of it, or of a part: of a migration, or half unpacked.

    Beside a link to it, too: the copy may have been made by the one path or by the other.
    """
    real = type(folder)(os.path.realpath(folder))
    copies = []
    for place in dict.fromkeys((folder, real)):
        with suppress(OSError):  # the folder above may not be listed; then nothing of ours was made there
            copies += [
                path
                for path in sorted(place.parent.iterdir())
                if path.is_dir() and not path.is_symlink() and path not in (folder, real)
                and (path.name.startswith(f"{place.name} (versie ") or _is_hidden_copy(path))
            ]  # fmt: skip
    return tuple(dict.fromkeys(copies))


def _is_hidden_copy(folder: Path) -> bool:
    """Whether a hidden folder holds a file of a dossier: one may do, a kill left the rest unmade."""
    return folder.name.startswith(".") and any(path.name in OWN_FILES for path in folder.rglob("*.gpkg"))


def _files(folder: Path) -> Iterator[Path]:
    for place in (folder, *known_copies(folder)):
        for path in sorted(place.rglob("*")):
            try:
                is_file = stat.S_ISREG(path.lstat().st_mode)
            except FileNotFoundError:  # went while we looked: a file that SQLite keeps beside
                continue
            if is_file and path != folder / ORDER_FILE:
                yield path
    elsewhere = linked_photos(folder)
    if elsewhere is not None:  # what else lies there is not ours
        yield from (path for path in sorted(elsewhere.rglob("*")) if path.suffix.lower() in PHOTOS)


def _holds(path: Path, order: ErasureOrder) -> bool:
    try:
        return path.is_file() and bool(_found(path, order))
    except AtlasError:  # half of an archive
        return True


def _found(path: Path, order: ErasureOrder) -> set[bytes]:
    try:
        content = read_whole(path)
        found = order.found_in(content)
        for packed in packed_in(content, path):
            found |= order.found_in(packed)
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise AtlasError("Dit bestand kan niet worden gelezen.", where=str(path), got=str(error)) from error
    return found


def _name(path: Path, folder: Path) -> bytes:
    return _shown(path, folder).encode("utf-8", "surrogateescape")


def _shown(path: Path, folder: Path) -> str:
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _take_out(path: Path, folder: Path, order: ErasureOrder, found: Iterable[bytes]) -> None:
    ours = next((place for place in (path, *path.parents) if _is_half_made(place, folder)), None)
    if ours is not None:
        take_away(ours)
    elif path.suffix.lower() in PHOTOS:
        # its name, a uuid in it, or a copy of it; another text may be in a picture by chance
        if order.found_in(_name(path, folder)) or any(order.kind_of(text) in {UUID, PHOTO} for text in found):
            path.unlink(missing_ok=True)
    else:
        side = next((end for end in _SIDES if path.name.endswith(end)), "")
        database = path.with_name(path.name.removesuffix(side))  # opening that takes its log in
        if database.is_file() and read_start(database, len(_DATABASE)) == _DATABASE:
            _clean(database, order, tuple(found))


def _is_half_made(path: Path, folder: Path) -> bool:
    """A file or folder of our own that a kill left behind: in the dossier, in a copy, or beside it."""
    copies = known_copies(folder)
    if path in copies:
        return path.name.startswith(".")
    return any(place in path.parents for place in (folder, *copies)) and is_left_behind(path)


def _clean(path: Path, order: ErasureOrder, found: tuple[bytes, ...]) -> None:
    """Take needles out of every table of a database, whoever made it, and rebuild the file."""
    found = tuple({form for text in found for form in (text, read_form(text))})  # cells are read as UTF-8
    uuids = {text.decode("utf-8", "replace") for text in found if order.kind_of(text) == UUID}
    with writing([path], ours=False) as connections, told(path):
        connection = connections[path]
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger in triggers:  # what we do is no change that anybody made
            connection.execute(sql("DROP TRIGGER $name", name=trigger["name"]))
        for table in _tables(connection):
            _clean_table(connection, table, uuids, found)
        for trigger in triggers:
            connection.execute(trigger["sql"])
        connection.execute("COMMIT")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("VACUUM")


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Tables with rows of their own: not those of SQLite, not those that keep an index."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0 "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return [str(row[0]) for row in rows]


def _clean_table(
    connection: sqlite3.Connection, table: str, uuids: set[str], found: tuple[bytes, ...]
) -> None:
    rows = connection.execute(sql("SELECT rowid AS $row, * FROM $table", row="rij", table=table)).fetchall()
    for row in rows:
        number, cells = row["rij"], {name: row[name] for name in row.keys()[1:]}
        if uuids & {cells.get("uuid"), cells.get("record_uuid")}:
            _delete(connection, table, number)
            continue
        cleaned = {name: _cleaned(cell, found) for name, cell in cells.items()}
        changed = {name: cell for name, cell in cleaned.items() if cell != cells[name]}
        if not changed:
            continue
        try:
            connection.execute(
                sql("UPDATE $table SET $fields WHERE rowid = ?", table=table, fields=assignments(changed)),
                [*changed.values(), number],
            )
        except (
            sqlite3.IntegrityError,
            sqlite3.OperationalError,
        ):  # the table wants something there, or makes it
            _delete(connection, table, number)


def _delete(connection: sqlite3.Connection, table: str, number: int) -> None:
    connection.execute(sql("DELETE FROM $table WHERE rowid = ?", table=table), [number])
    indexes = connection.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'virtual' "
        "AND name LIKE 'rtree!_' || ? || '!_%' ESCAPE '!'",
        [table],
    ).fetchall()
    for index in indexes:  # it has the place too, rounded
        connection.execute(sql("DELETE FROM $index WHERE id = ?", index=str(index[0])), [number])


def _cleaned(cell: object, found: tuple[bytes, ...]) -> object:
    if isinstance(cell, bytes):
        return None if any(text in cell for text in found) else cell
    if not isinstance(cell, str) or not any(text in cell.encode() for text in found):
        return cell
    if cell.encode() in found:
        return None
    data = cell.encode()
    for text in sorted(found, key=len, reverse=True):
        data = data.replace(text, REPLACED.encode())
    return data.decode("utf-8", "replace")
