"""What people did in a package that was taken along, as its own history tells it.

A package is a dossier that was made by one import: every later line of its history is somebody's work, also
when QField or Mergin Maps wrote it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..core.field_return import FieldWork
from ..core.schema import GEOMETRY_FIELD
from ..core.schema_rural import RURAL_LAYERS
from .format import CHANGED, CREATED, DELETED
from .geometry import read_point
from .records import read_history, read_layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.matching import Record
    from .files import Dossier


def read_field_work(package: Dossier) -> dict[str, FieldWork]:
    """Layer -> what was done with it since the package was made.

    Args:
        package: The package, unpacked and opened.

    Raises:
        AtlasError: a file can't be read.
    """
    records = read_layers(package)
    return {
        name: _work(records[name], read_history(package, name))
        for name, described in RURAL_LAYERS.items()
        if not described.append_only
    }


def _work(records: Sequence[Record], history: Sequence[dict[str, object]]) -> FieldWork:
    made: set[str] = set()
    deleted: dict[str, None] = {}
    before: dict[str, dict[str, object]] = {}
    for line in history:
        if line["invoer"]:
            continue
        uuid = str(line["record_uuid"])
        if line["soort"] == CREATED:
            made.add(uuid)
        elif line["soort"] == DELETED:
            deleted[uuid] = None
        elif line["soort"] == CHANGED:
            for field, (was, _is) in json.loads(str(line["velden"])).items():
                before.setdefault(uuid, {}).setdefault(field, _value(field, was))
    present = {str(record["uuid"]): record for record in records}
    changed = {
        uuid: {field: was for field, was in fields.items() if was != present[uuid].get(field)}
        for uuid, fields in before.items()
        if uuid in present and uuid not in made
    }
    changed = {uuid: fields for uuid, fields in changed.items() if fields}
    return FieldWork(
        new=tuple(present[uuid] for uuid in sorted(made) if uuid in present),
        changed=tuple(present[uuid] for uuid in sorted(changed)),
        before=changed,
        deleted=tuple(uuid for uuid in deleted if uuid not in made and uuid not in present),
    )


def _value(field: str, cell: object) -> object:
    """A value of the history as records are read."""
    if cell == "":
        return None
    if field == GEOMETRY_FIELD and isinstance(cell, str):
        place = read_point(bytes.fromhex(cell))
        return None if place is None else (round(place[0], 3), round(place[1], 3))
    return cell
