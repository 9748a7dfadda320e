"""Writing what `core.records` decided: all of it or nothing, in one file or in several.

Several files can't be committed at once. So all are locked and written first; then what is to be written goes
to a journal on disk; only then are they committed one by one. When the atlas is stopped before the journal is
there, SQLite undoes the files; after that, the journal is finished at the next opening.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import JOURNAL_FILE
from ..core.records.import_plan import ImportPlan
from ..core.records.matching import index
from ..core.records.returning_fields import chains_text
from ..core.schema.rural import FICTITIOUS, RURAL_LAYERS, is_fictitious, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import OBJECTS
from ..core.words.notation import counted
from ..gpkg.format import BOOKKEEPING
from ..gpkg.statements import sql
from .checksums import look_at
from .files import Dossier, layer_path
from .journal import Journal, LayerChanges, RecordChange, read_journal, write_journal
from .locks import problem, reading, slot, writing
from .records import fetch
from .rows import history_length, is_marked, write_rows
from .seal import Seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from ..core.records.concluding import ConclusionPlan
    from ..core.records.matching import Index, Record


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: layer name -> number of records that are new, and that changed."""

    inserted: Mapping[str, int]
    updated: Mapping[str, int]


def apply_import(
    dossier: Dossier,
    plans: ImportPlan | Iterable[ImportPlan],
    *,
    reason: str = "",
    now: str = "",
    user: str = "",
) -> Applied:
    """Write the new and changed records of import plans, at most one for each layer.

    Of a record only the fields of its changes are touched, so an edit of another field stays.

    Args:
        dossier: An opened dossier.
        plans: What `core.records.changes.plan_import` returned for records that were read from this dossier.
        reason: Why, when it is a correction; stands in the history.
        now: The moment, as records have it; "" for that of the records.
        user: Who writes; "" for whom the records name.

    Raises:
        AtlasError: a file is being edited, in use or read-only, the disk is full, the records have changed
            since the plan was made, a record they belong to is gone, or made-up records would meet real ones.
            Nothing has changed then, unless the sentence says that opening the dossier finishes it.
    """
    given = [plans] if isinstance(plans, ImportPlan) else list(plans)
    order = list(RURAL_LAYERS)
    if len({plan.layer for plan in given}) < len(given):
        raise ValueError("one plan for each layer")
    changes = [
        LayerChanges(
            plan.layer,
            tuple(item.record for item in plan.inserts),
            tuple(
                RecordChange(
                    item.uuid,
                    {change.field: (change.in_dossier, change.in_file) for change in item.changes},
                    {name: item.record[name] for name in BOOKKEEPING},
                )
                for item in plan.updates
            ),
            {uuid: chains_text(steps) for uuid, steps in plan.steps.items()},
        )
        for plan in sorted(given, key=lambda plan: order.index(plan.layer))
        if plan.inserts or plan.updates or plan.steps
    ]
    records = [item.record for plan in given for item in plan.inserts]
    records += [item.record for plan in given for item in plan.updates]
    if not changes:
        return Applied({}, {})
    check_sources(dossier, records)
    if records and not (now and user):
        first = records[0]
        # what was made in the field was changed before it is read here
        now = now or max(str(first["gewijzigd_op"]), str(first.get("ingelezen_op") or ""))
        user = user or str(first["gewijzigd_door"])
    by_uuid = frozenset(plan.layer for plan in given if plan.by_uuid)
    journal = Journal(now, user, tuple(changes), reason=reason)
    return _apply(dossier, journal, by_uuid)


def apply_conclusions(dossier: Dossier, plan: ConclusionPlan, *, now: datetime, user: str) -> Applied:
    """Write the conclusions that changed. That is no edit, so `gewijzigd_op` of the objects stays.

    Raises:
        AtlasError: as `apply_import`.
    """
    changed = tuple(
        RecordChange(
            item.uuid, {change.field: (change.in_dossier, change.in_file) for change in item.changes}
        )
        for item in plan.concluded
    )
    if not changed:
        return Applied({}, {})
    return _apply(dossier, Journal(write_moment(now), user, (LayerChanges(OBJECTS, (), changed),)))


def finish_import(folder: Path) -> str:
    """Finish an import that was broken off between two files.

    Returns:
        A Dutch sentence about it; "" when there was none.

    Raises:
        AtlasError: the journal is damaged, or a file can't be written now.
    """
    if not (folder / JOURNAL_FILE).exists():
        return ""
    with slot(folder):
        return _finish(folder)


def _finish(folder: Path) -> str:
    path = folder / JOURNAL_FILE
    if not path.exists():  # finished by another atlas while this one waited
        return ""
    journal = read_journal(path)
    kept = 0
    for changes in journal.layers:
        file = layer_path(folder, changes.layer)
        with writing([file]) as connections:
            connection = connections[file]
            if is_marked(connection, journal.mark):
                continue
            current = {
                str(record["uuid"]): record for record in fetch(connection, working_layer(changes.layer))
            }
            still = changes.where_unchanged(current)
            kept += changes.size - still.size
            _write(file, connection, still, journal)
            _commit(connections)
    path.unlink()
    edited = f" {counted(kept, 'waarde was', 'waarden waren')} intussen anders en zo gelaten." if kept else ""
    return f"Een afgebroken invoer is afgemaakt.{edited}"


def _apply(dossier: Dossier, journal: Journal, by_uuid: frozenset[str] = frozenset()) -> Applied:
    path = dossier.folder / JOURNAL_FILE
    files = {dossier.path(changes.layer): changes for changes in journal.layers}
    with slot(dossier.folder):
        _finish(dossier.folder)
        with writing(files) as connections:
            for file, changes in files.items():
                layer = working_layer(changes.layer)
                records = fetch(connections[file], layer)
                known = index(layer.known_by_uuid if layer.name in by_uuid else layer, records)
                _check_current(file, changes, known)
            _check_parents(dossier, journal, connections)
            journal = journal.marked(map(history_length, connections.values()))
            seal, written = Seal(dossier.folder), {}
            for file, changes in files.items():
                looked_through = seal.holds(changes.layer)
                _write(file, connections[file], changes, journal)
                if looked_through:
                    written[changes.layer] = look_at(connections[file], working_layer(changes.layer))
            if len(files) > 1:
                write_journal(path, journal)
            _commit(connections, path)
        path.unlink(missing_ok=True)
        Seal(dossier.folder).keep(written, ())
    return Applied(
        {changes.layer: len(changes.inserts) for changes in journal.layers},
        {changes.layer: len(changes.updates) for changes in journal.layers},
    )


def _write(file: Path, connection: sqlite3.Connection, changes: LayerChanges, journal: Journal) -> None:
    try:
        write_rows(connection, changes, journal)
    except sqlite3.Error as error:
        raise problem(file, error) from error


def _commit(connections: Mapping[Path, sqlite3.Connection], journal: Path | None = None) -> None:
    committed = 0
    try:
        for file, connection in connections.items():
            try:
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise (_half_way(file, error) if committed else problem(file, error)) from error
            committed += 1
    finally:
        if not committed and journal is not None:
            journal.unlink(missing_ok=True)


def _half_way(file: Path, error: sqlite3.Error) -> AtlasError:
    return AtlasError(
        "Het inlezen is halverwege gestopt en wordt afgemaakt zodra het dossier weer wordt geopend.",
        where=str(file),
        got=str(error),
        hint="Maak ruimte vrij op de schijf, of herstel de verbinding, en open het dossier opnieuw.",
    )


def check_sources(dossier: Dossier, records: Iterable[Record]) -> None:
    """Made-up and real records never meet in one dossier."""
    for record in records:
        if is_fictitious(record.get("bron")) != dossier.fictitious:
            raise AtlasError(
                "Verzonnen en echte gegevens komen niet in één dossier.",
                where=str(dossier.folder),
                got=f"bron {record.get('bron')}",
                expected=f"een bron die begint met {FICTITIOUS}" if dossier.fictitious else "een echte bron",
                hint="Kies het andere dossier, of maak er een.",
                choices=("make_dossier",),
            )


def _check_current(file: Path, changes: LayerChanges, known: Index) -> None:
    """Check that the dossier is still what the plan was made for."""
    stale = any(
        (found := known.find(record)).record is not None or found.candidates for record in changes.inserts
    )
    for change in changes.updates:
        record = known.by_uuid.get(change.uuid)
        stale = (
            stale
            or record is None
            or any(record.get(name) != before for name, (before, _) in change.fields.items())
        )
    if stale:
        raise AtlasError(
            "Het dossier is gewijzigd sinds het met dit bestand is vergeleken; er is niets veranderd.",
            where=str(file), hint="Lees het bestand opnieuw in.",
        )  # fmt: skip


def _check_parents(
    dossier: Dossier, journal: Journal, connections: Mapping[Path, sqlite3.Connection]
) -> None:
    """Check that every record to which a new or changed one belongs is there."""
    new = {changes.layer: {record["uuid"] for record in changes.inserts} for changes in journal.layers}
    for changes in journal.layers:
        for relation in working_layer(changes.layer).relations:
            wanted = {record.get(relation.field) for record in changes.inserts} | {
                change.fields[relation.field][1]
                for change in changes.updates
                if relation.field in change.fields
            }
            wanted -= {None, "", *new.get(relation.layer, ())}
            if not wanted:
                continue
            file = dossier.path(relation.layer)
            if file in connections:
                gone = wanted - _uuids(connections[file], relation.layer)
            else:
                with reading(file) as connection:
                    gone = wanted - _uuids(connection, relation.layer)
            if gone:
                raise AtlasError(
                    "Een record hoort bij een ander record dat er niet is; er is niets veranderd.",
                    where=f"{changes.layer}, {relation.field}",
                    got=", ".join(sorted(map(str, gone))[:3]),
                    expected=f"het uuid van een record van {relation.layer}",
                    hint=f"Lees eerst {relation.layer} in.",
                )


def _uuids(connection: sqlite3.Connection, layer: str) -> set[object]:
    return {row[0] for row in connection.execute(sql("SELECT uuid FROM $table", table=layer))}
