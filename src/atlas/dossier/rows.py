"""Putting records in the table of a layer, with their history, inside the caller's transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import working_layer
from ..gpkg.format import CHANGED, HISTORY, WRITING
from ..gpkg.geometry import point_blob
from ..gpkg.geopackage import insert_rows
from ..gpkg.statements import assignments, known_columns, sql
from .checksums import damaged_among, note_checksums

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from ..core.schema.working import WorkingLayer
    from .journal import Journal, LayerChanges


@contextmanager
def as_atlas(
    connection: sqlite3.Connection, *, mark: str, moment: str, user: str, reason: str = ""
) -> Iterator[None]:
    """Tell the triggers of a file who is writing, when, for which import, and why (see `format`)."""
    row = (mark, stored_moment(moment), user, reason or None)
    connection.execute(sql("INSERT INTO $table VALUES (?, ?, ?, ?)", table=WRITING), row)
    yield
    connection.execute(sql("DELETE FROM $table", table=WRITING))


def write_rows(connection: sqlite3.Connection, changes: LayerChanges, journal: Journal) -> None:
    """Write the new and changed records of a layer.

    Raises:
        sqlite3.Error: a record breaks a rule of the file, or the file can't be written.
        ValueError: a change is of a field that the layer does not have.
    """
    layer = working_layer(changes.layer)
    moments = {field.name for field in layer.fields if field.format == "moment"}
    columns = [*layer.field_names, *([GEOMETRY_FIELD] if layer.geometry else [])]
    updated = [item.uuid for item in changes.updates]
    looked_at = [*updated, *changes.steps]
    damaged = damaged_among(connection, layer, looked_at) if looked_at else frozenset()
    with as_atlas(
        connection, mark=journal.mark, moment=journal.moment, user=journal.user, reason=journal.reason
    ):
        insert_rows(
            connection,
            layer.name,
            columns,
            ([_cell(name, record.get(name), moments) for name in columns] for record in changes.inserts),
        )
        for change in changes.updates:
            after = {**{name: pair[1] for name, pair in change.fields.items()}, **change.stamps}
            cells = [_cell(name, value, moments) for name, value in after.items()]
            fields = assignments(known_columns(layer, after, GEOMETRY_FIELD))
            connection.execute(
                sql("UPDATE $table SET $fields WHERE uuid = ?", table=layer.name, fields=fields),
                [*cells, change.uuid],
            )
    _note_steps(connection, layer, changes, journal)
    touched = [str(record["uuid"]) for record in changes.inserts] + updated + list(changes.steps)
    # what is damaged stays so, whatever else of it changes: somebody must look at it
    note_checksums(connection, layer, touched, damaged=damaged)
    describe_contents(connection, layer, journal.moment)


def _note_steps(
    connection: sqlite3.Connection, layer: WorkingLayer, changes: LayerChanges, journal: Journal
) -> None:
    """Keep what came from the field with the line of this import; in one of its own when nothing changed."""
    noted = [(text, uuid, journal.mark) for uuid, text in changes.steps.items()]
    connection.executemany(
        sql(
            "INSERT INTO $history (record_uuid, tijdstip, door, soort, velden, bewaren_tot, invoer) "
            "SELECT uuid, ?, ?, ?, '{}', bewaren_tot, ? FROM $table WHERE uuid = ? AND NOT EXISTS "
            "(SELECT 1 FROM $history WHERE record_uuid = ? AND invoer = ?)",
            history=HISTORY,
            table=layer.name,
        ),
        [
            (stored_moment(journal.moment), journal.user, CHANGED, mark, uuid, uuid, mark)
            for _text, uuid, mark in noted
        ],
    )
    connection.executemany(
        sql("UPDATE $history SET veldwerk = ? WHERE record_uuid = ? AND invoer = ?", history=HISTORY), noted
    )


def describe_contents(connection: sqlite3.Connection, layer: WorkingLayer, moment: str) -> None:
    """Bring up to date what the file says about its layer: when it changed, and between which borders."""
    moment = stored_moment(moment)
    connection.execute("UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", (moment, layer.name))
    if layer.geometry:
        connection.execute(
            sql(
                "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = "
                "(SELECT min(minx), min(miny), max(maxx), max(maxy) FROM $index) WHERE table_name = ?",
                index=f"rtree_{layer.name}_{GEOMETRY_FIELD}",
            ),
            [layer.name],
        )


def history_length(connection: sqlite3.Connection) -> int:
    """How many changes a file has known; it never goes down, so it tells one state from every other."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [HISTORY]).fetchone()
    return int(row[0]) if row else 0


def is_marked(connection: sqlite3.Connection, mark: str) -> bool:
    """Whether the import with this mark has been committed in a file."""
    found = connection.execute(sql("SELECT 1 FROM $table WHERE invoer = ? LIMIT 1", table=HISTORY), [mark])
    return found.fetchone() is not None


def stored_moment(moment: str) -> str:
    """A moment as a GeoPackage writes it: with thousandths of a second."""
    return moment if "." in moment else moment.replace("Z", ".000Z")


def _cell(name: str, value: object, moments: set[str]) -> object:
    if name == GEOMETRY_FIELD:
        return None if value is None else point_blob(cast("tuple[float, float]", value))
    if name in moments and isinstance(value, str):
        return stored_moment(value)
    return value
