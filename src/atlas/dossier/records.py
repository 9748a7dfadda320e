"""Reading the records of a dossier as plain dicts, and which municipality each of them belongs to."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from functools import lru_cache
from typing import TYPE_CHECKING

from ..core.disclosure.records import owners_of
from ..core.files.dossier_folder import JOURNAL_FILE
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import read_moment
from ..core.words.errors import AtlasError
from ..gpkg.geometry import read_point
from ..gpkg.statements import sql
from .locks import BUSY_TIMEOUT_S, RESTORE, reading, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.schema.working import WorkingLayer
    from .files import Dossier


def read_records(dossier: Dossier, layer: str) -> list[Record]:
    """The records of one layer, see `read_layers`."""
    return read_layers(dossier, [layer])[layer]


def read_layers(dossier: Dossier, layers: Iterable[str] | None = None) -> dict[str, list[Record]]:
    """The records of several layers at one moment: never half of an import.

    What leaves is selected of these by `handing_out.release_records`, and in no other way.

    Args:
        dossier: An opened dossier.
        layers: Names of working layers; None for all but the register.

    Returns:
        Layer name -> records sorted by uuid: field name -> value (moments as `core.tables.registers` writes
        them, "" as None), and "geometrie" -> (x, y) in EPSG:28992 or None for a layer with a place.

    Raises:
        AtlasError: no such layer, a file that can't be read, or an import that is being written.
    """
    names = [name for name, layer in RURAL_LAYERS.items() if not layer.append_only]
    names = list(names if layers is None else layers)
    with ExitStack() as stack:
        # an import commits file by file, but only while nobody reads any of them
        connections = {name: stack.enter_context(reading(dossier.path(name))) for name in names}
        records = {name: fetch(connection, working_layer(name)) for name, connection in connections.items()}
        _check_finished(dossier.folder)
    return records


def _check_finished(folder: Path) -> None:
    """Check that no import is half done; the last thing an import does is take away its journal."""
    until = time.monotonic() + BUSY_TIMEOUT_S
    while (folder / JOURNAL_FILE).exists():
        if time.monotonic() > until:
            raise AtlasError(
                "In dit dossier is een invoer afgebroken.",
                where=str(folder), hint="Open het dossier opnieuw; de invoer wordt dan afgemaakt.",
            )  # fmt: skip
        time.sleep(0.02)


def read_history(dossier: Dossier, layer: str, uuid: str | None = None) -> list[dict[str, object]]:
    """The changes of a layer, or of one record of it, in the order in which they were made."""
    with reading(dossier.path(layer)) as connection, told(dossier.path(layer)):
        return history_lines(connection, uuid)


def history_lines(connection: sqlite3.Connection, uuid: str | None = None) -> list[dict[str, object]]:
    """See `read_history`; from a connection to the file of the layer."""
    rows = connection.execute(
        "SELECT * FROM wijziging WHERE ?1 IS NULL OR record_uuid = ?1 ORDER BY fid", [uuid]
    )
    return [{key: row[key] for key in row.keys() if key != "fid"} for row in rows]  # noqa: SIM118 - a row


def row_numbers(connection: sqlite3.Connection, layer: WorkingLayer) -> dict[str, int]:
    """The number of the row (fid) of each record by its uuid, as QGIS and QField show it."""
    found = connection.execute(sql("SELECT uuid, fid FROM $table", table=layer.name))
    return {str(uuid): int(row) for uuid, row in found}


def read_changes(text: object) -> dict[str, tuple[object, object]]:
    """The fields of a line of the history: field -> (before, after).

    Raises:
        AtlasError: it is not what the triggers of a file write.
    """
    try:
        plain = json.loads(str(text or "{}"))
        return {name: (before, after) for name, (before, after) in plain.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise AtlasError(
            "In de geschiedenis van een laag staat een regel die niet te lezen is.",
            got=str(text)[:60], expected="per veld wat er stond en wat er kwam te staan, als JSON",
            hint=f"{RESTORE}.",
        ) from error  # fmt: skip


def fetch(connection: sqlite3.Connection, layer: WorkingLayer) -> list[Record]:
    """The records of a layer from a connection to its file, by uuid; lines of a register as written."""
    moments = {field.name for field in layer.fields if field.format == "moment"}
    columns = [*layer.field_names, *([GEOMETRY_FIELD] if layer.geometry else [])]
    order = "fid" if layer.append_only else "uuid"
    rows = connection.cursor()
    rows.row_factory = None  # plain tuples: half of the time goes into making others
    rows.execute(
        sql("SELECT $columns FROM $table ORDER BY $order", columns=columns, table=layer.name, order=order)
    )
    return [
        _record(
            {name: cell if cell != "" else None for name, cell in zip(columns, row, strict=True)}, moments
        )
        for row in rows
    ]


def municipalities_of(records: Mapping[str, Sequence[Record]]) -> dict[str, dict[str, frozenset[str]]]:
    """Layer name -> uuid -> the codes of the municipalities a record belongs to, see `owners_of`."""
    return owners_of(tuple(RURAL_LAYERS.values()), records)


def _record(record: Record, moments: Iterable[str]) -> Record:
    """The cells of a row as a record has them; changed in place: there are very many."""
    for name in moments:
        if record[name] is not None:
            record[name] = _moment(record[name])
    if GEOMETRY_FIELD in record:
        cell = record[GEOMETRY_FIELD]
        place = read_point(cell if isinstance(cell, bytes) else None)
        record[GEOMETRY_FIELD] = None if place is None else (round(place[0], 3), round(place[1], 3))
    return record


@lru_cache(maxsize=4096, typed=True)  # what is written at once has one stamp
def _moment(cell: object) -> object:
    try:
        return read_moment(cell).value
    except AtlasError:
        return cell
