"""Putting records in the table of a layer, with their history, inside the caller's transaction."""

# ruff: noqa: S608 - names of layers and fields of the schema, quoted; values are parameters or literals

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core.schema import GEOMETRY_FIELD
from ..core.schema_rural import working_layer
from .dossier_format import HISTORY, WRITING
from .gpkg_format import Cell, quoted
from .spatial_functions import point_blob

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..core.working import WorkingLayer
    from .dossier_journal import Journal, LayerChanges


@contextmanager
def as_atlas(connection: sqlite3.Connection, *, mark: str, moment: str, user: str) -> Iterator[None]:
    """Tell the triggers of a file who is writing, when, and for which import (see `dossier_format`)."""
    table = quoted(WRITING)
    connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", (mark, stored_moment(moment), user))
    yield
    connection.execute(f"DELETE FROM {table}")


def write_rows(connection: sqlite3.Connection, changes: LayerChanges, journal: Journal) -> None:
    """Write the new and changed records of a layer.

    Raises:
        sqlite3.Error: a record breaks a rule of the file, or the file can't be written.
    """
    layer = working_layer(changes.layer)
    moments = {field.name for field in layer.fields if field.format == "moment"}
    columns = [*layer.field_names, *([GEOMETRY_FIELD] if layer.geometry else [])]
    with as_atlas(connection, mark=journal.mark, moment=journal.moment, user=journal.user):
        insert_rows(
            connection,
            layer.name,
            columns,
            ([_cell(name, record.get(name), moments) for name in columns] for record in changes.inserts),
        )
        for change in changes.updates:
            after = {**{name: pair[1] for name, pair in change.fields.items()}, **change.stamps}
            names = ", ".join(f"{quoted(name)} = ?" for name in after)
            cells = [_cell(name, value, moments) for name, value in after.items()]
            connection.execute(
                f"UPDATE {quoted(layer.name)} SET {names} WHERE uuid = ?",
                [*cells, change.uuid],
            )
    describe_contents(connection, layer, journal.moment)


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Add rows to a table."""
    names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})", rows)


def describe_contents(connection: sqlite3.Connection, layer: WorkingLayer, moment: str) -> None:
    """Bring up to date what the file says about its layer: when it changed, and between which borders."""
    edges: Mapping[str, str] = {}
    if layer.geometry:
        index = quoted(f"rtree_{layer.name}_{GEOMETRY_FIELD}")
        edges = {
            "min_x": f"(SELECT min(minx) FROM {index})",
            "min_y": f"(SELECT min(miny) FROM {index})",
            "max_x": f"(SELECT max(maxx) FROM {index})",
            "max_y": f"(SELECT max(maxy) FROM {index})",
        }
    extent = "".join(f", {name} = {value}" for name, value in edges.items())
    connection.execute(
        f"UPDATE gpkg_contents SET last_change = ?{extent} WHERE table_name = ?",
        (stored_moment(moment), layer.name),
    )


def history_length(connection: sqlite3.Connection) -> int:
    """How many changes a file has known; it never goes down, so it tells one state from every other."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [HISTORY]).fetchone()
    return int(row[0]) if row else 0


def is_marked(connection: sqlite3.Connection, mark: str) -> bool:
    """Whether the import with this mark has been committed in a file."""
    found = connection.execute(f"SELECT 1 FROM {quoted(HISTORY)} WHERE invoer = ? LIMIT 1", [mark])
    return found.fetchone() is not None


def stored_moment(moment: str) -> str:
    """A moment as a GeoPackage writes it: with thousandths of a second."""
    return moment if "." in moment else moment.replace("Z", ".000Z")


def _cell(name: str, value: object, moments: set[str]) -> Cell:
    if name == GEOMETRY_FIELD:
        return None if value is None else point_blob(value)
    if name in moments and isinstance(value, str):
        return stored_moment(value)
    return value
