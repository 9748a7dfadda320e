"""Records taken out of the file of their layer: rows, links and history, and no free page keeps them."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from ..core.schema.rural import working_layer
from ..core.words.errors import AtlasError
from ..gpkg.format import HISTORY
from ..gpkg.statements import known_columns, sql
from .checksums import damaged_records, note_checksums
from .erased_files import REPLACED
from .rows import as_atlas, describe_contents

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.records.retention import ExpiryPlan

_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def erase_rows(
    connection: sqlite3.Connection, name: str, plan: ExpiryPlan, uuids: set[str], note: tuple[str, str]
) -> None:
    """Erase in one file, in one transaction.

    Args:
        connection: To its file.
        name: Of the layer.
        plan: What goes, and which links are emptied.
        uuids: Of all that goes, in any layer: they leave the history of others too.
        note: The moment and who, for the history.
    """
    moment, user = note
    connection.execute("PRAGMA secure_delete = ON")
    layer = working_layer(name)
    damaged = damaged_records(connection, layer)
    with as_atlas(connection, mark=REPLACED, moment=moment, user=user):
        for link in plan.detach:
            if link.layer == name:
                (column,) = known_columns(layer, [link.field])
                emptied = sql("UPDATE $table SET $column = NULL WHERE uuid = ?", table=name, column=column)
                connection.execute(emptied, [link.uuid])
        erased = set(plan.erase.get(name, ()))
        connection.executemany(
            sql("DELETE FROM $table WHERE uuid = ?", table=name), [[uuid] for uuid in sorted(erased)]
        )
    _erase_history(connection, erased, uuids)
    note_checksums(connection, layer, damaged={*damaged} - erased)
    describe_contents(connection, layer, moment)
    connection.execute("COMMIT")


def _erase_history(connection: sqlite3.Connection, erased: set[str], uuids: set[str]) -> None:
    """Erase the history of records, and their uuids from the history of others."""
    replaced = []
    for fid, uuid, changes in connection.execute(
        sql("SELECT fid, record_uuid, velden FROM $table", table=HISTORY)
    ):
        if uuid not in erased and changes and not uuids.isdisjoint(_UUID.findall(changes)):
            replaced.append((_UUID.sub(lambda m: REPLACED if m[0] in uuids else m[0], changes), fid))
    connection.executemany(sql("UPDATE $table SET velden = ? WHERE fid = ?", table=HISTORY), replaced)
    connection.executemany(
        sql("DELETE FROM $table WHERE record_uuid = ?", table=HISTORY), [[uuid] for uuid in sorted(erased)]
    )


def rebuild(path: Path, connection: sqlite3.Connection) -> None:
    """Write a file anew, without free pages or gaps. There is no WAL: `writing` left that mode.

    Raises:
        AtlasError: another program came in between, or the disk is full.
    """
    try:
        if connection.in_transaction:
            connection.execute("COMMIT")
        connection.execute("PRAGMA temp_store = MEMORY")  # the copy holds records too
        connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise AtlasError(
            "De records zijn gewist, maar een bestand kon niet worden opgeruimd.",
            where=str(path),
            got=str(error),
            hint="Sluit het in andere programma's, maak ruimte vrij op de schijf en wis opnieuw.",
        ) from error
