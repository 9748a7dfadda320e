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
from ..gpkg.format import BOOKKEEPING, CHANGED, CHECKSUMS, CREATED, DELETED, HISTORY
from ..gpkg.geopackage import insert_rows
from ..gpkg.statements import Sql, sql
from .records import read_changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..core.schema.working import WorkingLayer

_STAMP, _UUID = "gewijzigd_op", "uuid"
_COLUMNS = ("record_uuid", "stempel", "na", "som")
_SIZE = 12
#: a checksum is two in one: of all cells to the last bit, and of those in the history with numbers as it
#: keeps them
_LENGTH = 2 * _SIZE
_IN_JSON = json.JSONEncoder(ensure_ascii=False, default=bytes.hex)


def note_checksums(
    connection: sqlite3.Connection,
    layer: WorkingLayer,
    uuids: Iterable[str] | None = None,
    *,
    damaged: Iterable[str] = (),
) -> None:
    """Keep the checksums of records as they are now, within the caller's transaction.

    Args:
        connection: To the file of the layer.
        layer: Its description.
        uuids: Which records; None for all of them, and those that are gone are forgotten.
        damaged: Records that stay known as damaged: they get a checksum that nothing has.
    """
    if not has_checksums(connection):
        return
    wanted = None if uuids is None else json.dumps(sorted(set(uuids)))
    last, end = last_line(connection, layer), len(_names(layer))
    rows = [
        (uuid, stamp, last, _digest(cells) + _digest(_rounded(cells[:end])))
        for uuid, stamp, cells in _records(connection, layer, None, wanted)
    ]
    connection.execute(
        sql("DELETE FROM $table WHERE $which", table=CHECKSUMS, which=_which("record_uuid", wanted)),
        {"uuids": wanted},
    )
    insert_rows(connection, CHECKSUMS, _COLUMNS, rows)
    connection.executemany(
        sql(
            "INSERT OR REPLACE INTO $table ($columns) VALUES (?, '', ?, '')",
            table=CHECKSUMS,
            columns=_COLUMNS,
        ),
        [(uuid, last) for uuid in sorted(damaged)],
    )


def damaged_records(
    connection: sqlite3.Connection, layer: WorkingLayer, rows: Collection[int] | None = None
) -> tuple[str, ...]:
    """The uuids of records that are not what was written, nor what the history says was made of it since.

    Args:
        connection: To the file of the layer.
        layer: Its description.
        rows: Numbers of rows, in whatever table, that may be others than they were; None for all.
    """
    if not has_checksums(connection):
        return ()
    fids = wanted = None
    if rows is not None:
        fids = json.dumps(sorted(rows))
        wanted = json.dumps(_uuids_of(connection, layer, fids))
    given = {"uuids": wanted}
    (some,) = connection.execute(sql("SELECT count(*) FROM $table", table=CHECKSUMS)).fetchone()
    kept = {
        str(row[0]): (row[1], int(row[2]), str(row[3]))
        for row in connection.execute(
            sql(
                "SELECT $columns FROM $table WHERE $which",
                columns=_COLUMNS, table=CHECKSUMS, which=_which("record_uuid", wanted),
            ),
            given,
        )
    }  # fmt: skip
    lines = _lines_since(connection, layer, min((after for _, after, _ in kept.values()), default=0), wanted)
    names, wrong, seen = _names(layer), [], set()
    for uuid, stamp, cells in _records(connection, layer, fids, wanted):
        seen.add(uuid)
        since = lines.get(uuid, [])
        if uuid not in kept:
            if not since and some:  # nobody made it
                wrong.append(uuid)
            continue
        then, after, known = kept[uuid]
        since = [line for line in since if line[0] > after]
        if not since:
            if stamp != then or _digest(cells) != known[:_LENGTH]:
                wrong.append(uuid)
        elif any(sort != CHANGED for _, sort, _, _ in since):  # taken away and put back: made anew
            continue
        elif stamp != since[-1][2] or not _was(dict(zip(names, cells, strict=False)), since, known):
            wrong.append(uuid)
    wrong += [uuid for uuid in kept if uuid not in seen and uuid not in lines]
    return tuple(sorted(wrong))


def differing_from_history(connection: sqlite3.Connection, layer: WorkingLayer) -> tuple[str, ...]:
    """The uuids of records that are not what the last line of the history about a field says of it.

    For a file of a version without checksums: of a field that was never changed nothing can be said.
    """
    if layer.append_only:
        return ()
    last: dict[str, dict[str, object]] = defaultdict(dict)
    for uuid, lines in _lines_since(connection, layer, 0, None).items():
        for _, _, _, text in lines:
            last[uuid].update({name: after for name, (_, after) in read_changes(text).items()})
    names = _names(layer)
    return tuple(
        sorted(
            uuid
            for uuid, _, cells in _records(connection, layer, None, None)
            for record in [dict(zip(names, cells, strict=False))]
            if any(
                name in record and _plain(name, record[name]) != after for name, after in last[uuid].items()
            )
        )
    )


def damaged_among(
    connection: sqlite3.Connection, layer: WorkingLayer, uuids: Iterable[str]
) -> frozenset[str]:
    """Which of some records are damaged, see `damaged_records`."""
    statement = sql(
        "SELECT fid FROM $table WHERE $which", table=layer.name, which=_which(_UUID, "")
    )  # fmt: skip
    rows = connection.execute(statement, {"uuids": json.dumps(sorted(uuids))})
    return frozenset(damaged_records(connection, layer, [int(row[0]) for row in rows]))


def _was(record: dict[str, object], since: Sequence[tuple[int, str, str, str]], known: str) -> bool:
    """Whether a record, its edits undone, is what its checksum was made of."""
    for _, _, _, text in reversed(since):
        for name, (before, after) in read_changes(text).items():
            if name not in record or _plain(name, record[name]) != after:
                return False
            record[name] = bytes.fromhex(str(before)) if name == GEOMETRY_FIELD and before else before
    return _digest(_rounded(list(record.values()))) == known[_LENGTH:]


def _plain(name: str, cell: object) -> object:
    """A cell as the history writes it: a place as hexadecimal, a number in fifteen digits."""
    if name == GEOMETRY_FIELD and isinstance(cell, bytes):
        return cell.hex().upper()
    return _rounded([cell])[0]


def _rounded(cells: Sequence[object]) -> list[object]:
    return [float(f"{cell:.15g}") if isinstance(cell, float) else cell for cell in cells]


def _digest(cells: Sequence[object]) -> str:
    text = _IN_JSON.encode(cells)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def _names(layer: WorkingLayer) -> list[str]:
    names = [name for name in layer.field_names if name not in BOOKKEEPING and name != _UUID]
    return [*names, *([GEOMETRY_FIELD] if layer.geometry else [])]


def _records(
    connection: sqlite3.Connection, layer: WorkingLayer, fids: str | None, uuids: str | None
) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """(uuid, moment of the last change, the cells in the history and then the others) as stored, of each.

    `fids` and `uuids` are lists in JSON: only these rows and these records. None for all.
    """
    stamp = _STAMP if layer.field(_STAMP) else _UUID
    names, others = _names(layer), [name for name in BOOKKEEPING if layer.field(name)]
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: half of the time goes into making them
    cursor.execute(
        sql(
            "SELECT $columns FROM $table WHERE fid IN (SELECT value FROM json_each(:fids)) OR $which",
            columns=[_UUID, stamp, *names, *others], table=layer.name, which=_which(_UUID, uuids),
        ),
        {"fids": fids or "[]", "uuids": uuids},
    )  # fmt: skip
    for row in cursor:
        yield str(row[0]), row[1], row[2:]


def _which(column: str, uuids: str | None) -> Sql:
    return (
        Sql("1") if uuids is None else sql("$column IN (SELECT value FROM json_each(:uuids))", column=column)
    )


def _uuids_of(connection: sqlite3.Connection, layer: WorkingLayer, fids: str) -> list[str]:
    """The records, checksums and lines of the history in some rows: of which records they are."""
    tables = [(layer.name, _UUID), (CHECKSUMS, "record_uuid")]
    tables += [] if layer.append_only else [(HISTORY, "record_uuid")]
    found: set[str] = set()
    for table, column in tables:
        statement = sql(
            "SELECT $column FROM $table WHERE rowid IN (SELECT value FROM json_each(?))",
            column=column, table=table,
        )  # fmt: skip
        found |= {str(row[0]) for row in connection.execute(statement, [fids])}
    return sorted(found)


def _lines_since(
    connection: sqlite3.Connection, layer: WorkingLayer, after: int, uuids: str | None
) -> Mapping[str, list[tuple[int, str, str, str]]]:
    lines: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    if not layer.append_only:
        statement = sql(
            "SELECT fid, record_uuid, soort, tijdstip, velden FROM $table "
            "WHERE fid > :after AND $which ORDER BY fid",
            table=HISTORY, which=_which("record_uuid", uuids),
        )  # fmt: skip
        given = {"after": after, "uuids": uuids}
        for fid, uuid, sort, moment, changes in connection.execute(statement, given):
            lines[str(uuid)].append((int(fid), str(sort), str(moment), str(changes or "{}")))
    return lines


def look_at(connection: sqlite3.Connection, layer: WorkingLayer) -> tuple[int, int]:
    """How many records a layer has, and the last line of its history: what a seal keeps."""
    return count_rows(connection, layer), last_line(connection, layer)


def count_rows(connection: sqlite3.Connection, layer: WorkingLayer) -> int:
    """How many records there are now."""
    (count,) = connection.execute(sql("SELECT count(*) FROM $table", table=layer.name)).fetchone()
    return int(count)


def count_records(connection: sqlite3.Connection, layer: WorkingLayer, after: int) -> tuple[int, int]:
    """How many records there are, and how many there were at a line of the history as far as it tells."""
    count = count_rows(connection, layer)
    if layer.append_only:
        return count, count
    statement = sql(
        "SELECT coalesce(sum(CASE soort WHEN ? THEN 1 WHEN ? THEN -1 ELSE 0 END), 0) "
        "FROM $table WHERE fid > ?",
        table=HISTORY,
    )
    (more,) = connection.execute(statement, [CREATED, DELETED, after]).fetchone()
    return count, count - more


def count_edits(connection: sqlite3.Connection, layer: WorkingLayer, after: int, most: int) -> int:
    """How many lines of the history since one were not written by the atlas; counting stops at `most`."""
    if layer.append_only:
        return 0
    statement = sql(
        "SELECT count(*) FROM (SELECT 1 FROM $table WHERE fid > ? AND invoer IS NULL LIMIT ?)", table=HISTORY
    )
    return int(connection.execute(statement, [after, most]).fetchone()[0])


def last_line(connection: sqlite3.Connection, layer: WorkingLayer) -> int:
    """The number of the last line of the history; 0 for a register, which has none."""
    if layer.append_only:
        return 0
    (last,) = connection.execute(sql("SELECT coalesce(max(fid), 0) FROM $table", table=HISTORY)).fetchone()
    return int(last)


def has_checksums(connection: sqlite3.Connection) -> bool:
    """Whether a file keeps checksums: one of an older version does not."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [CHECKSUMS])
    return found.fetchone() is not None
