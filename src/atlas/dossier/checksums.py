"""A checksum of every record, kept in its file with the moment of the last change it holds for.

A program that edits stamps a new moment and leaves a line in the history. So what differs without such a line
was changed by nobody: a disk, a cable, a program that went around the file's own rules. Edits by hand are
undone line by line, as the history tells them, until the record is what its checksum was made of.
"""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING

from ..core.schema.published import GEOMETRY_FIELD
from ..gpkg.format import BOOKKEEPING, CHANGED, CHECKSUMS, HISTORY
from ..gpkg.geopackage import insert_rows
from ..gpkg.statements import sql
from .records import read_changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from ..core.schema.working import WorkingLayer

_STAMP, _UUID = "gewijzigd_op", "uuid"
_COLUMNS = ("record_uuid", "stempel", "na", "som")
_SIZE = 12


def note_checksums(
    connection: sqlite3.Connection, layer: WorkingLayer, uuids: Iterable[str] | None = None
) -> None:
    """Keep the checksums of records as they are now, within the caller's transaction.

    Args:
        connection: To the file of the layer.
        layer: Its description.
        uuids: Which records; None for all of them, and those that are gone are forgotten.
    """
    if not _is_kept(connection):
        return
    wanted = None if uuids is None else set(uuids)
    last = _last_line(connection, layer)
    rows = [
        (uuid, stamp, last, _sum(cells))
        for uuid, stamp, cells in _records(connection, layer)
        if wanted is None or uuid in wanted
    ]
    gone = sql("DELETE FROM $table WHERE ?1 IS NULL OR record_uuid = ?1", table=CHECKSUMS)
    connection.executemany(gone, [[None]] if wanted is None else [[uuid] for uuid in sorted(wanted)])
    insert_rows(connection, CHECKSUMS, _COLUMNS, rows)


def damaged_records(connection: sqlite3.Connection, layer: WorkingLayer) -> tuple[str, ...]:
    """The uuids of records that are not what was written, nor what the history says was made of it since."""
    if not _is_kept(connection):
        return ()
    kept = {
        str(row[0]): (row[1], int(row[2]), str(row[3]))
        for row in connection.execute(sql("SELECT $columns FROM $table", columns=_COLUMNS, table=CHECKSUMS))
    }
    lines = _lines_since(connection, layer, min((after for _, after, _ in kept.values()), default=0))
    names, wrong, seen = _names(layer), [], set()
    for uuid, stamp, cells in _records(connection, layer):
        seen.add(uuid)
        since = lines.get(uuid, [])
        if uuid not in kept:
            if not since and kept:  # nobody made it
                wrong.append(uuid)
            continue
        then, after, known = kept[uuid]
        since = [line for line in since if line[0] > after]
        if not since:
            if (stamp, _sum(cells)) != (then, known):
                wrong.append(uuid)
        elif any(sort != CHANGED for _, sort, _, _ in since):  # taken away and put back: made anew
            continue
        elif stamp != since[-1][2] or not _was(dict(zip(names, cells, strict=True)), since, known):
            wrong.append(uuid)
    wrong += [uuid for uuid in kept if uuid not in seen and uuid not in lines]
    return tuple(sorted(wrong))


def _was(record: dict[str, object], since: Sequence[tuple[int, str, str, str]], known: str) -> bool:
    """Whether a record, its edits undone, is what its checksum was made of."""
    for _, _, _, text in reversed(since):
        for name, (before, after) in read_changes(text).items():
            if name not in record or _plain(name, record[name]) != after:
                return False
            record[name] = bytes.fromhex(str(before)) if name == GEOMETRY_FIELD and before else before
    return _digest(_rounded(list(record.values()))) == known[2 * _SIZE :]


def _plain(name: str, cell: object) -> object:
    """A cell as the history writes it: a place as hexadecimal, a number in fifteen digits."""
    if name == GEOMETRY_FIELD and isinstance(cell, bytes):
        return cell.hex().upper()
    return _rounded([cell])[0]


def _sum(cells: Sequence[object]) -> str:
    """Two in one: of the cells to the last bit, and with numbers as the history keeps them."""
    return _digest(cells) + _digest(_rounded(cells))


def _rounded(cells: Sequence[object]) -> list[object]:
    return [float(f"{cell:.15g}") if isinstance(cell, float) else cell for cell in cells]


def _digest(cells: Sequence[object]) -> str:
    text = json.dumps(cells, ensure_ascii=False, default=bytes.hex)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def _names(layer: WorkingLayer) -> list[str]:
    names = [name for name in layer.field_names if name not in BOOKKEEPING and name != _UUID]
    return [*names, *([GEOMETRY_FIELD] if layer.geometry else [])]


def _records(connection: sqlite3.Connection, layer: WorkingLayer) -> list[tuple[str, object, list[object]]]:
    """(uuid, moment of the last change, the other cells) of every record, as they are stored."""
    stamp = _STAMP if layer.field(_STAMP) else _UUID
    statement = sql("SELECT $columns FROM $table", columns=[_UUID, stamp, *_names(layer)], table=layer.name)
    return [(str(row[0]), row[1], list(row)[2:]) for row in connection.execute(statement)]


def _lines_since(
    connection: sqlite3.Connection, layer: WorkingLayer, after: int
) -> Mapping[str, list[tuple[int, str, str, str]]]:
    lines: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    if not layer.append_only:
        statement = sql(
            "SELECT fid, record_uuid, soort, tijdstip, velden FROM $table WHERE fid > ? ORDER BY fid",
            table=HISTORY,
        )
        for fid, uuid, sort, moment, changes in connection.execute(statement, [after]):
            lines[str(uuid)].append((int(fid), str(sort), str(moment), str(changes or "{}")))
    return lines


def _last_line(connection: sqlite3.Connection, layer: WorkingLayer) -> int:
    if layer.append_only:
        return 0
    (last,) = connection.execute(sql("SELECT coalesce(max(fid), 0) FROM $table", table=HISTORY)).fetchone()
    return int(last)


def _is_kept(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [CHECKSUMS])
    return found.fetchone() is not None
