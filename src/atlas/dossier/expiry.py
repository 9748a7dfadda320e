"""Erasing what may no longer be kept, and looking in the files themselves whether it is gone.

Deleting in SQLite leaves text behind in free pages, in the WAL and in the history. So the pages are
overwritten, the files rebuilt, and then their bytes are searched. What a disk keeps of a file that was
rewritten, and what lies in backups, is beyond the reach of a program (see docs/dossier.md).
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from ..core.records.changes import plan_expiry
from ..core.records.retention import KEPT_UNTIL
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..gpkg.format import DELETED, HISTORY
from ..gpkg.geometry import place_bytes
from ..gpkg.statements import known_columns, sql
from .erased_bytes import SHORTEST, found_in
from .file_bytes import read_whole
from .files import JOURNAL_FILE, OWN_FILES
from .issue_register import ERASED, append_line
from .locks import SIDE_FILES, reading, slot, told, writing
from .records import fetch, municipalities_of, read_layers
from .rows import as_atlas, describe_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.records.retention import ExpiryPlan
    from .files import Dossier

_PURPOSE = "De bewaartermijn is voorbij."
#: takes the place of the uuid of an erased record in the history of records that stay
_REPLACED = "gewist"
#: what of a record is searched for when it is gone
_IDENTIFYING = ("adres", "bag_pand_id", "bag_vbo_id", "bronkenmerk", "foto")
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: children before parents, a link before what it points to: erasing can be done again when broken off
_ORDER = tuple(name for name in reversed(RURAL_LAYERS) if not RURAL_LAYERS[name].append_only)


@dataclass(frozen=True, slots=True)
class Expiry:
    """What is past its term, and whether it was erased.

    `plan.erase` has the records that were deleted by hand as well, when only their history is left to erase.
    `notes` are Dutch sentences about photos.
    """

    plan: ExpiryPlan
    erased: bool
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records it is about."""
        return sum(self.plan.counts.values())


@dataclass(slots=True)
class _Traces:
    """What may no longer be found: uuids, and texts and places that no record that stays has too."""

    uuids: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    places: set[tuple[float, float]] = field(default_factory=set)

    def add(self, record: Mapping[str, object]) -> None:
        """Note what identifies a record."""
        self.texts |= {str(record[name]) for name in _IDENTIFYING if record.get(name)}
        place = record.get(GEOMETRY_FIELD)
        if isinstance(place, tuple):
            self.places.add(place)

    def needles(self, kept: Sequence[Record], kept_history: str) -> set[bytes]:
        """What to search the files for, when these records and this history stay."""
        values = (value for record in kept for value in record.values() if value is not None)
        still_there = "\n".join([*map(str, values), kept_history]).encode()
        texts = {text.encode() for text in self.texts}
        places = self.places - {record.get(GEOMETRY_FIELD) for record in kept}
        return {
            *(uuid.encode() for uuid in self.uuids),
            *(texts - found_in(still_there, texts)),
            *map(place_bytes, places),
        }


def expire(dossier: Dossier, today: date, *, erase: bool = False, user: str = "") -> Expiry:
    """List, and erase, what is past its last day of keeping.

    Each record goes with its evidence, visits, findings, photos and history; a count stays in the register.
    When erasing is broken off it can be done again.

    Args:
        dossier: An opened dossier.
        today: The day of erasing.
        erase: Whether to erase; otherwise nothing is changed.
        user: Who erases, for the register.

    Raises:
        AtlasError: a file is in use or read-only, no user is named, or the register can't be written (nothing
            is erased then); a photo can't be erased; or something of an erased record is still in a file.
    """
    if not erase:
        records = read_layers(dossier)
        for name in _ORDER:
            with reading(dossier.path(name)) as connection:
                records[name] += _deleted(connection, name, today)
        return Expiry(plan_expiry(records, today), erased=False)
    if not user.strip():
        raise AtlasError("Zeg wie er wist; dat komt in het register.", expected="een naam of functie")
    with slot(dossier.folder):
        if (dossier.folder / JOURNAL_FILE).exists():
            raise AtlasError(
                "In dit dossier is een invoer afgebroken.",
                where=str(dossier.folder), hint="Open het dossier opnieuw; de invoer wordt dan afgemaakt.",
            )  # fmt: skip
        return _erase(dossier, today, user.strip())


def _erase(dossier: Dossier, today: date, user: str) -> Expiry:
    moment = write_moment(datetime.combine(today, time(), UTC))
    paths = {name: dossier.path(name) for name in _ORDER}
    with writing(paths.values()) as opened:
        connections = {name: opened[path] for name, path in paths.items()}
        records = {
            name: fetch(connection, working_layer(name)) + _deleted(connection, name, today)
            for name, connection in connections.items()
        }
        plan = plan_expiry(records, today)
        traces = _Traces({uuid for uuids in plan.erase.values() for uuid in uuids})
        notes: tuple[str, ...] = ()
        if traces.uuids:
            _note_in_register(dossier, plan, records, moment, user)
            notes = _erase_photos(dossier.folder, plan.photos)
            for name, connection in connections.items():
                with told(paths[name]):
                    _erase_rows(connection, name, plan, traces, (moment, user))
        kept: list[Record] = []
        for record in (record for items in records.values() for record in items):
            if record["uuid"] in traces.uuids:
                traces.add(record)
            else:
                kept.append(record)
        kept_history = "\n".join(map(_history_text, connections.values()))
        for path, connection in opened.items():  # always: an earlier time may have stopped just before this
            _rebuild(path, connection)
    _check_gone(dossier.folder, traces.needles(kept, kept_history))
    return Expiry(plan, erased=True, notes=notes)


def _deleted(connection: sqlite3.Connection, layer: str, today: date) -> list[Record]:
    """Records deleted by hand whose history is past the term they had, as that history tells them."""
    rows = connection.execute(
        sql(
            "SELECT record_uuid, bewaren_tot, velden, max(fid) FROM $history WHERE soort = ? "
            "AND record_uuid NOT IN (SELECT uuid FROM $layer) GROUP BY record_uuid",
            history=HISTORY,
            layer=layer,
        ),
        [DELETED],
    )
    return [
        {
            **{name: before for name, (before, _) in json.loads(changes).items()},
            "uuid": uuid,
            KEPT_UNTIL: term,
        }
        for uuid, term, changes, _ in rows.fetchall()
        if term < today.isoformat()
    ]


def _note_in_register(
    dossier: Dossier, plan: ExpiryPlan, records: Mapping[str, Sequence[Record]], moment: str, user: str
) -> None:
    """How many records go, of which layers and municipalities; nothing of the records themselves."""
    owners = municipalities_of(records)
    codes = {code for name, uuids in plan.erase.items() for uuid in uuids for code in owners[name][uuid]}
    append_line(
        dossier,
        {
            "tijdstip": moment,
            "door": user,
            "handeling": ERASED,
            "doel": _PURPOSE,
            "publiek": "team",
            "gemeenten": ",".join(sorted(codes)) or "onbekend",
            "lagen": ",".join(name for name in RURAL_LAYERS if name in plan.erase),
            "aantal": sum(plan.counts.values()),
        },
    )


def _erase_photos(folder: Path, photos: Iterable[str]) -> tuple[str, ...]:
    root, notes = folder.resolve(), []
    own = {root / name for name in OWN_FILES}
    for photo in photos:
        path = (root / photo).resolve()
        if not path.is_relative_to(root) or path in own:
            notes.append(f"{photo} is niet gewist: het is geen foto in de map van het dossier.")
            continue
        try:
            (root / photo).unlink()
        except FileNotFoundError:
            notes.append(f"{photo} was er niet meer.")
        except OSError as error:
            raise AtlasError(
                "Een foto kan niet worden gewist; de records staan er nog.",
                where=str(path), got=str(error), hint="Sluit de foto in andere programma's en wis opnieuw.",
            ) from error  # fmt: skip
    return tuple(notes)


def _erase_rows(
    connection: sqlite3.Connection, name: str, plan: ExpiryPlan, traces: _Traces, note: tuple[str, str]
) -> None:
    """Erase in one file, in one transaction, and note what must not be found in it."""
    moment, user = note
    connection.execute("PRAGMA secure_delete = ON")
    layer = working_layer(name)
    with as_atlas(connection, mark=_REPLACED, moment=moment, user=user):
        for link in plan.detach:
            if link.layer == name:
                (column,) = known_columns(layer, [link.field])
                emptied = sql("UPDATE $table SET $column = NULL WHERE uuid = ?", table=name, column=column)
                connection.execute(emptied, [link.uuid])
        erased = set(plan.erase.get(name, ()))
        connection.executemany(
            sql("DELETE FROM $table WHERE uuid = ?", table=name), [[uuid] for uuid in sorted(erased)]
        )
    _erase_history(connection, erased, traces)
    describe_contents(connection, layer, moment)
    connection.execute("COMMIT")


def _erase_history(connection: sqlite3.Connection, uuids: set[str], traces: _Traces) -> None:
    """Erase the history of records, and their uuids from the history of others."""
    replaced = []
    for fid, uuid, changes in connection.execute(
        sql("SELECT fid, record_uuid, velden FROM $table", table=HISTORY)
    ):
        if uuid in uuids:
            for before_and_after in zip(*json.loads(changes or "{}").values(), strict=True):
                traces.add(dict(zip(json.loads(changes), before_and_after, strict=True)))
        elif changes and not traces.uuids.isdisjoint(_UUID.findall(changes)):
            replaced.append((_UUID.sub(lambda m: _REPLACED if m[0] in traces.uuids else m[0], changes), fid))
    connection.executemany(sql("UPDATE $table SET velden = ? WHERE fid = ?", table=HISTORY), replaced)
    connection.executemany(
        sql("DELETE FROM $table WHERE record_uuid = ?", table=HISTORY), [[uuid] for uuid in sorted(uuids)]
    )


def _history_text(connection: sqlite3.Connection) -> str:
    rows = connection.execute(sql("SELECT velden FROM $table WHERE velden IS NOT NULL", table=HISTORY))
    return "\n".join(str(row[0]) for row in rows)


def _rebuild(path: Path, connection: sqlite3.Connection) -> None:
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


def _check_gone(folder: Path, needles: set[bytes]) -> None:
    """Look in the bytes of every file of the dossier.

    Raises:
        AtlasError: something is still there; it is not repeated in the sentence.
    """
    paths = [folder / f"{name}{end}" for name in OWN_FILES for end in ("", *SIDE_FILES)]
    left = [path.name for path in paths if path.exists() and found_in(read_whole(path), needles)]
    if left:
        raise AtlasError(
            "Er is gewist, maar in een bestand staat nog iets van een gewist record.",
            where=str(folder),
            got=", ".join(left),
            detail=f"Gezocht is naar uuid, adres, BAG-id, kenmerk, foto en plaats (vanaf {SHORTEST} tekens).",
            hint="Kijk in QGIS welk veld, of welke toegevoegde tabel, het nog noemt en haal dat weg.",
        )
