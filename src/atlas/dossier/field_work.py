"""What people did in a package that was taken along, as its own history tells it.

A package is a dossier that was made by one import: every later line of its history is somebody's work, also
when QField or Mergin Maps wrote it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.records.changes import sortable_moment
from ..core.records.field_steps import Edits, FieldWork, HistoryLine, lineage_of
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import RURAL_LAYERS
from ..gpkg.format import CHANGED, CREATED, DELETED
from ..gpkg.geometry import read_point
from .locks import reading, told
from .records import fetch, history_lines, read_changes, row_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..core.records.field_steps import Lineage
    from ..core.records.matching import Record
    from .files import Dossier

_STATUS = "status"


def read_field_work(package: Dossier) -> dict[str, FieldWork]:
    """Layer -> what was done with it since the package was made.

    Args:
        package: The package, unpacked and opened.

    Raises:
        AtlasError: a file can't be read.
    """
    done = {}
    for name, described in RURAL_LAYERS.items():
        if not (described.append_only or described.made_here):
            path = package.path(name)
            # all of a layer at one moment, and once: what takes long is reading the rules of its file
            with reading(path) as connection, told(path):
                work = _work(fetch(connection, described), history_lines(connection))
                done[name] = replace(work, rows=row_numbers(connection, described))
    return done


def _work(records: Sequence[Record], history: Iterable[Mapping[str, object]]) -> FieldWork:
    made: dict[str, str] = {}
    deleted: dict[str, None] = {}
    edits: dict[str, dict[str, Edits]] = {}
    steps: dict[str, list[tuple[str, str]]] = {}
    for line in history:
        if line["invoer"]:
            continue
        uuid, moment = str(line["record_uuid"]), sortable_moment(line["tijdstip"])
        if line["soort"] == CREATED:
            made[uuid] = moment
        elif line["soort"] == DELETED:
            deleted[uuid] = None
        elif line["soort"] == CHANGED:
            for field, (was, became) in read_changes(line["velden"]).items():
                before, after = _value(field, was), _value(field, became)
                known = edits.setdefault(uuid, {}).get(field, Edits(before, ()))
                edits[uuid][field] = Edits(known.base, (*known.steps, (moment, after)))
                if field == _STATUS:
                    steps.setdefault(uuid, []).append((str(was), str(became)))
    present = {str(record["uuid"]): record for record in records}
    return FieldWork(
        new=tuple(present[uuid] for uuid in sorted(made) if uuid in present),
        changed=tuple(present[uuid] for uuid in sorted(edits) if uuid in present and uuid not in made),
        edits=edits,
        made=made,
        deleted=tuple(uuid for uuid in deleted if uuid not in present),
        steps=steps,
        carried=frozenset(present) - set(made),
    )


def read_lineages(
    dossier: Dossier, works: Iterable[Mapping[str, FieldWork]], records: Mapping[str, Sequence[Record]]
) -> dict[str, dict[str, Lineage]]:
    """Layer -> uuid -> what came back before, and what the office wrote, of records that come back now.

    Args:
        dossier: The dossier, opened.
        works: Of each package, layer -> what was done with it in the field.
        records: Layer -> the records of the dossier.

    Raises:
        AtlasError: a file can't be read.
    """
    touched: dict[str, set[str]] = {}
    for work in works:
        for layer, done in work.items():
            of_layer = touched.setdefault(layer, set())
            of_layer.update(str(record["uuid"]) for record in (*done.new, *done.changed))
    found: dict[str, dict[str, Lineage]] = {}
    for layer, uuids in touched.items():
        here = {str(one["uuid"]): one for one in records[layer] if str(one["uuid"]) in uuids}
        path = dossier.path(layer)
        lines: dict[str, list[HistoryLine]] = {}
        with reading(path) as connection, told(path):
            for row in connection.execute(
                "SELECT record_uuid, soort, velden, veldwerk FROM wijziging WHERE record_uuid IN "
                "(SELECT value FROM json_each(?)) ORDER BY fid",
                [json.dumps(sorted(here))],
            ):
                changes = {
                    name: (_value(name, was), _value(name, became))
                    for name, (was, became) in read_changes(row["velden"]).items()
                }
                steps = json.loads(row["veldwerk"] or "{}")
                line = HistoryLine(row["soort"] == CREATED, changes, steps)
                lines.setdefault(str(row["record_uuid"]), []).append(line)
        found[layer] = {uuid: lineage_of(of, here[uuid]) for uuid, of in lines.items()}
    return found


def _value(field: str, cell: object) -> object:
    """A value of the history as records are read."""
    if cell == "":
        return None
    if field == GEOMETRY_FIELD and isinstance(cell, str):
        try:
            place = read_point(bytes.fromhex(cell))
        except ValueError:  # no place: nothing that a program wrote through the rules of the file
            return None
        return None if place is None else (round(place[0], 3), round(place[1], 3))
    return cell
