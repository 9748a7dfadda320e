"""A dossier of an older version of the schema becomes one of this version; a copy of it comes first.

A file is made anew in place, in one exclusive transaction: its records and history are kept, tables, code
lists and rules are those of this version. The version in each file says whether it has been done, so a
migration that was broken off is simply done again.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE, JOURNAL_FILE
from ..core.files.new_file import cannot_write, keep_private, kept_file, patiently
from ..core.schema.published import GEOMETRY_FIELD, SCHEMA_VERSION
from ..core.schema.rural import RURAL_LAYERS
from ..core.tables.registers import write_moment
from ..core.vacancy.evidence import BAG, BAG_ADDRESS, VALUES
from ..core.words.errors import AtlasError
from ..core.words.layer_names import EVIDENCE, FINDINGS, OBJECTS, REGISTER, SIGNALS, VISITS, YARDS
from ..core.words.notation import counted
from ..gpkg.format import HISTORY, working_sheets
from ..gpkg.geopackage import LAYERS_ITEM, fill_geopackage, insert_rows, read_items
from ..gpkg.statements import sql
from .base_file import base_sheets, damage_of_base, seal_base
from .checking import check_records
from .checksums import (
    damaged_records,
    differing_from_history,
    has_checksums,
    note_checksums,
)
from .files import FICTITIOUS_ITEM, LAYERS_OF_DOSSIER, VERSION_ITEM, dossier_files, layer_path
from .issue_register import chained
from .locks import problem, reading, slot, told, writing
from .opening import MOMENT, check_complete, new_layer

if TYPE_CHECKING:
    from pathlib import Path


#: so many damaged records are named
_SHOWN = 3
#: a record as it is stored: column -> cell
Row = dict[str, object]
#: what a version does with a record of the one before: (layer, record) -> record
Step = Callable[[str, Row], Row]


def _address_has_its_own_source(layer: str, row: Row) -> Row:
    """Version 2: what the BAG says of an address is no longer said of a building."""
    of_address = layer == EVIDENCE and row["bewijsbron"] == BAG and row["waarde"] not in VALUES[BAG]
    return {**row, "bewijsbron": BAG_ADDRESS} if of_address else row


def _as_it_was(_layer: str, row: Row) -> Row:
    """No record changes: what a version adds to a layer, a code list or the history is empty at first."""
    return row


#: version -> the step that makes its records into those of the next; a field or code list that is added needs
#: nothing in it, a field that gets another name or meaning does
STEPS: Mapping[int, Step] = {
    1: _address_has_its_own_source,
    2: _as_it_was,
    3: _as_it_was,
    4: _as_it_was,
    5: _as_it_was,
    6: _as_it_was,
    7: _as_it_was,
    8: _as_it_was,
    9: _as_it_was,
    10: _as_it_was,
    11: _as_it_was,
}
#: from here on the register is a chain
_CHAINED_FROM = 10
_START_OF_CHAIN = (
    "uitgifte.gpkg: de regels van het register zijn nu een ketting. Of er voor het omzetten een regel was "
    "gewijzigd of weggehaald, is niet te zien."
)
#: the editable layers of a dossier that does not say which it has: of version 1 and 2
_FIRST_LAYERS = (
    OBJECTS, EVIDENCE, YARDS, SIGNALS, VISITS, FINDINGS,
    REGISTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: from which version, and where the copy is; None when nothing was to be done.

    `notes` are Dutch sentences about records that were damaged before, as far as that can be known.
    """

    version: int
    copy: Path | None
    notes: tuple[str, ...] = ()


def migrate_dossier(folder: Path, steps: Mapping[int, Step] = STEPS) -> Migrated:
    """Bring a dossier to this version of the schema.

    Args:
        folder: Of the dossier.
        steps: Version -> step to the next.

    Raises:
        AtlasError: no dossier, a newer version, no way from this version, an import that was broken off, a
            file that is in use or can't be written, or a record that does not fit this version. A file that
            is not migrated yet is then as it was.
    """
    folder = folder.absolute()
    added = _added_layers(folder)
    check_complete(folder, without=added)
    versions = {path: version_of(path) for path in dossier_files(folder) if path.stem not in added}
    oldest = min(versions.values())
    if oldest == max(versions.values()) == SCHEMA_VERSION and not added:
        return Migrated(SCHEMA_VERSION, None)
    _check_way(folder, versions, steps)
    older = [path for path, version in versions.items() if version < SCHEMA_VERSION]
    base, notes = folder / BASE_FILE, list[str]()
    with slot(folder):
        if base in older:
            keep_private(base, folder)
        try:
            with writing(older) as connections:
                copy = _copy(folder, oldest, connections)
                fictitious = FICTITIOUS_ITEM in read_items(connections[older[-1]])
                for name in added:
                    with kept_file(layer_path(folder, name)) as beside:
                        beside.write_bytes(new_layer(name, fictitious=fictitious))
                for path, connection in connections.items():
                    with told(path):
                        notes += _renew(path, connection, versions[path], steps)
                        connection.execute("COMMIT")
        finally:
            if base in older:
                keep_private(base, folder, writable=False)
    with suppress(AtlasError):  # all bytes are others: so the next to open it need not look through them
        check_records(folder)
    return Migrated(oldest, copy, tuple(notes))


def version_of(path: Path) -> int:
    """The version of the schema that a file of a dossier was made with.

    Raises:
        AtlasError: it can't be read, or does not say.
    """
    with reading(path) as connection:
        try:
            text = read_items(connection).get(VERSION_ITEM, "")
        except sqlite3.Error as error:
            raise problem(path, error) from error
    if not text.isdecimal():
        raise AtlasError(
            "Van dit bestand is de versie niet bekend.", where=str(path), got=text or "geen versie"
        )
    return int(text)


def _check_way(folder: Path, versions: Mapping[Path, int], steps: Mapping[int, Step]) -> None:
    if max(versions.values()) > SCHEMA_VERSION:
        raise AtlasError(
            "Dit dossier is gemaakt met een nieuwere versie van de atlas.",
            where=str(folder),
            got=f"{VERSION_ITEM} {max(versions.values())}",
            expected=f"{VERSION_ITEM} {SCHEMA_VERSION}",
            hint="Installeer de nieuwste versie van de atlas.",
        )
    missing = [version for version in range(min(versions.values()), SCHEMA_VERSION) if version not in steps]
    if missing:
        raise AtlasError(
            "Voor deze versie van een dossier is er geen omzetting.",
            where=str(folder),
            got=f"{VERSION_ITEM} {missing[0]}",
            expected=f"{VERSION_ITEM} {SCHEMA_VERSION}",
            hint="Open het met de versie van de atlas waarmee het is gemaakt.",
        )
    if (folder / JOURNAL_FILE).exists():
        raise AtlasError(
            "In dit dossier is een invoer afgebroken die nog niet is afgemaakt.",
            where=str(folder),
            hint="Open het eerst met de versie van de atlas waarmee is ingelezen.",
        )


def _added_layers(folder: Path) -> tuple[str, ...]:
    """The layers that came after the version of a dossier: their files are not there yet.

    Only for a dossier that is older: its own list of layers, or that of the first versions, says what it must
    have, so that a file that was lost is never taken for one that is to come.
    """
    base = folder / BASE_FILE
    if not base.exists() or version_of(base) >= SCHEMA_VERSION:
        return ()
    with reading(base) as connection:
        said = read_items(connection).get(LAYERS_OF_DOSSIER, "")
    had = said.split(",") if said else _FIRST_LAYERS
    return tuple(name for name in RURAL_LAYERS if name not in had and not layer_path(folder, name).exists())


def _copy(folder: Path, version: int, connections: Mapping[Path, sqlite3.Connection]) -> Path:
    """The files as they are, in a folder beside, compared with what they were made of.

    A folder that stands there already must be the copy of an earlier attempt that was broken off.

    Raises:
        AtlasError: something else stands there, it can't be written, or it is not the same when read again.
    """
    target = folder.with_name(f"{folder.name} (versie {version})")
    # not `backup`, which waits for ever for the lock that this very connection has
    with told(folder):
        contents = {path.name: connection.serialize() for path, connection in connections.items()}
    try:
        if target.exists():
            _check_copy(target, contents)
            return target
        beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        try:
            beside.mkdir(mode=0o700)
            for name, content in contents.items():
                (beside / name).write_bytes(content)
                keep_private(beside / name, folder)
            for project in folder.glob("*.qg[sz]"):
                shutil.copy2(project, beside / project.name)
                keep_private(beside / project.name, folder)
            _check_copy(beside, contents)
            patiently(lambda: beside.rename(target))
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(target, error) from error
    return target


def _check_copy(copy: Path, contents: Mapping[str, bytes]) -> None:
    """Check that a copy holds the files of this dossier that are still to be migrated, to the byte."""
    other = [
        name
        for name, content in contents.items()
        if not (copy / name).is_file() or (copy / name).read_bytes() != content
    ]
    if other:
        raise AtlasError(
            "De map voor de kopie bestaat al, en is geen kopie van dit dossier; er is niets veranderd.",
            where=str(copy),
            got=f"{', '.join(other)} ontbreekt of is anders",
            hint="Geef die map een andere naam, of zet haar ergens anders, en zet het dossier dan om.",
        )


def _renew(path: Path, connection: sqlite3.Connection, version: int, steps: Mapping[int, Step]) -> list[str]:
    """Make the tables of a file anew, with its records, within a transaction.

    Returns:
        A Dutch sentence about damage that was there already, and about what can't be known. A record that is
        known as damaged stays so: the new checksums don't make it right.
    """
    damaged, notes = _damage_before(path, connection)
    items = {**read_items(connection), VERSION_ITEM: str(SCHEMA_VERSION)}
    name = path.stem
    kept: dict[str, list[Row]] = {}
    if path.name == BASE_FILE:
        borders, items["bron_grenzen"] = base_sheets()
        sheets = list(borders)
        items[LAYERS_OF_DOSSIER] = ",".join(RURAL_LAYERS)
    else:
        sheets = working_sheets(RURAL_LAYERS[name])
        kept[name] = _stepped(name, _rows(connection, name), version, steps)
        if name == REGISTER and version < _CHAINED_FROM and kept[name]:
            notes.append(_START_OF_CHAIN)
            lines = [{key: cell for key, cell in row.items() if key != "fid"} for row in kept[name]]
            kept[name] = chained(lines, write_moment(datetime.now(UTC)))
        if not RURAL_LAYERS[name].append_only:
            kept[HISTORY] = _rows(connection, HISTORY)
    items[LAYERS_ITEM] = ",".join(sheet.name for sheet in sheets)
    _drop_everything(connection)
    fill_geopackage(connection, sheets, items, MOMENT)
    for table, rows in kept.items():
        if table == HISTORY:  # what the triggers wrote now is no change; what is kept says what were
            connection.execute(sql("DELETE FROM $table", table=HISTORY))
        _put_back(path, connection, table, rows)
    if name in RURAL_LAYERS:
        note_checksums(connection, RURAL_LAYERS[name], damaged=damaged)
    else:
        seal_base(connection)
    return notes


def _damage_before(path: Path, connection: sqlite3.Connection) -> tuple[tuple[str, ...], list[str]]:
    """Which records are not what was written, in a file of an older version, and what to say of it."""
    if path.name == BASE_FILE:
        return (), [sentence for sentence in [damage_of_base(connection)] if sentence]
    layer = RURAL_LAYERS[path.stem]
    columns = [
        row["name"] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [path.stem])
    ]
    stored = replace(
        layer,
        fields=tuple(
            layer.field(name) or replace(layer.fields[0], name=name)  # of a field that is gone only the name
            for name in columns
            if name not in {"fid", GEOMETRY_FIELD}
        ),
    )
    if has_checksums(connection):
        damaged, unknown = damaged_records(connection, stored), ""
    else:
        damaged = differing_from_history(connection, stored)
        unknown = (
            f"{path.name}: deze versie hield geen controlegetallen bij. Of er voor het omzetten iets was "
            "beschadigd, is alleen te zien bij wat sindsdien met de hand of door inlezen is gewijzigd."
        )
    said = (
        f"{path.name}: {counted(len(damaged), 'record was', 'records waren')} voor het omzetten al anders "
        f"dan opgeslagen ({', '.join(damaged[:_SHOWN])}{' …' if len(damaged) > _SHOWN else ''}). Vergelijk "
        "met een reservekopie, of aanvaard het bij het controleren van het dossier."
    )
    has_records = connection.execute(sql("SELECT 1 FROM $table LIMIT 1", table=layer.name)).fetchone()
    return damaged, [*([said] if damaged else []), *([unknown] if unknown and has_records else [])]


def _rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    return [dict(row) for row in connection.execute(sql("SELECT * FROM $table ORDER BY fid", table=table))]


def _stepped(layer: str, rows: Iterable[Row], version: int, steps: Mapping[int, Step]) -> list[Row]:
    stepped = list(rows)
    for passed in range(version, SCHEMA_VERSION):
        stepped = [steps[passed](layer, row) for row in stepped]
    return stepped


def _put_back(path: Path, connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    """Rows into their new table; a column that is not there any more must have been emptied by a step."""
    columns = {
        str(row["name"]) for row in connection.execute("SELECT name FROM pragma_table_info(?)", [table])
    }
    lost = sorted({name for row in rows for name, cell in row.items() if cell is not None} - columns)
    if lost:
        raise AtlasError(
            "Bij het omzetten zouden gegevens verloren gaan; er is niets veranderd.",
            where=str(path),
            got=", ".join(lost),
            hint="Meld dit bij de maker van de atlas.",
        )
    for row in rows:
        names = [name for name, cell in row.items() if name in columns and cell is not None]
        insert_rows(connection, table, names, [[row[name] for name in names]])


def _drop_everything(connection: sqlite3.Connection) -> None:
    """All triggers, then the spatial index with the tables it keeps itself, then every table."""
    for kind, statement in (("trigger", "DROP TRIGGER $name"), ("table", "DROP TABLE $name")):
        while names := _names(connection, kind):
            connection.execute(sql(statement, name=names[0]))


def _names(connection: sqlite3.Connection, kind: str) -> list[str]:
    """What there is of a kind, virtual tables first: they take their own tables with them."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
        "ORDER BY sql NOT LIKE 'CREATE VIRTUAL%', name",
        [kind],
    )
    return [str(row[0]) for row in found]
