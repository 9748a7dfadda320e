"""What is to be written in a dossier, and the journal in which it stands while files are committed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..core.files.new_file import kept_file
from ..core.files.reading_limits import read_whole
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import RURAL_LAYERS
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..core.records.matching import Record

#: before and after, of one field
Pair = tuple[object, object]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """An existing record: field -> (before, after), and the bookkeeping that goes with it."""

    uuid: str
    fields: Mapping[str, Pair]
    stamps: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayerChanges:
    """What is to be written in one file; `steps`: uuid -> what of it came from the field, for its history."""

    layer: str
    inserts: tuple[Record, ...]
    updates: tuple[RecordChange, ...]
    steps: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many values it sets; a new record counts as one."""
        return len(self.inserts) + sum(len(change.fields) for change in self.updates)

    def where_unchanged(self, current: Mapping[str, Record]) -> LayerChanges:
        """What of this may still be written when the records are `current`: nothing that was edited since."""
        updates = []
        for change in self.updates:
            record = current.get(change.uuid)
            if record is None:
                continue
            fields = {
                name: (before, after)
                for name, (before, after) in change.fields.items()
                if record.get(name) in (before, after)
            }
            if fields:
                updates.append(replace(change, fields=fields))
        inserts = tuple(record for record in self.inserts if record["uuid"] not in current)
        return LayerChanges(self.layer, inserts, tuple(updates), self.steps)


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything that is to be written at once: `moment`, `user` and `reason` stand in the history.

    `layers` go from parents to children, so that a file that is read too early misses a child, not a parent.
    `mark` stands in the history of each file that has been committed.
    """

    moment: str
    user: str
    layers: tuple[LayerChanges, ...]
    mark: str = ""
    reason: str = ""

    def marked(self, positions: Iterable[int]) -> Journal:
        """The same with a mark that is its own: made from the contents and how long each history is."""
        contents = [self._plain(), list(positions)]
        return replace(self, mark=hashlib.sha256(_json(contents).encode()).hexdigest()[:32])

    def _plain(self) -> dict[str, object]:
        return {
            "kenmerk": self.mark,
            "tijdstip": self.moment,
            "door": self.user,
            "reden": self.reason,
            "lagen": [
                {
                    "laag": changes.layer,
                    "nieuw": changes.inserts,
                    "gewijzigd": [
                        {"uuid": item.uuid, "velden": dict(item.fields), "bij": dict(item.stamps)}
                        for item in changes.updates
                    ],
                    **({"veldwerk": dict(changes.steps)} if changes.steps else {}),
                }
                for changes in self.layers
            ],
        }


def write_journal(path: Path, journal: Journal) -> None:
    """Put a journal on disk, for certain: whole or not at all, also when the power fails.

    Raises:
        AtlasError: it can't be written.
    """
    text = _json(journal._plain())  # noqa: SLF001 - the two are one format
    content = f"{_checksum(text)}\n{text}\n".encode()
    with kept_file(path) as beside, beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def read_journal(path: Path) -> Journal:
    """The journal that stands on disk.

    Raises:
        AtlasError: it is damaged.
    """
    try:
        checksum, _, text = read_whole(path).decode("utf-8").partition("\n")
        if checksum == _checksum(text.rstrip("\n")):
            journal = _from_plain(json.loads(text))
            _check_fields(journal)
            return journal
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _damaged(path) from error
    raise _damaged(path)


def _damaged(path: Path) -> AtlasError:
    return AtlasError(
        "Een invoer in dit dossier is afgebroken en het journaal ervan is beschadigd.",
        detail="Er is niets veranderd.",
        where=str(path),
        hint="Haal het hele dossier terug uit een reservekopie van voor deze invoer.",
    )


def _check_fields(journal: Journal) -> None:
    """Check that it names layers and fields that an import may write.

    Raises:
        ValueError: it names others.
    """
    for changes in journal.layers:
        described = RURAL_LAYERS[changes.layer]
        if described.append_only:
            raise ValueError(changes.layer)
        known = {*described.field_names, GEOMETRY_FIELD}
        named = [*changes.inserts, *(item.fields for item in changes.updates)]
        named += [item.stamps for item in changes.updates]
        for names in named:
            if not known >= set(names):
                raise ValueError(changes.layer)
        steps_are_text = all(isinstance(text, str) for pair in changes.steps.items() for text in pair)
        if not steps_are_text or not all(isinstance(record["uuid"], str) for record in changes.inserts):
            raise ValueError(changes.layer)


def _from_plain(plain: dict[str, Any]) -> Journal:
    return Journal(
        plain["tijdstip"],
        plain["door"],
        tuple(
            LayerChanges(
                entry["laag"],
                tuple(
                    {name: _value(name, value) for name, value in record.items()} for record in entry["nieuw"]
                ),
                tuple(
                    RecordChange(
                        item["uuid"],
                        {
                            name: (_value(name, before), _value(name, after))
                            for name, (before, after) in item["velden"].items()
                        },
                        item["bij"],
                    )
                    for item in entry["gewijzigd"]
                ),
                entry.get("veldwerk", {}),
            )
            for entry in plain["lagen"]
        ),
        plain["kenmerk"],
        plain["reden"],
    )


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on disk; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _value(name: str, value: object) -> object:
    return tuple(value) if name == GEOMETRY_FIELD and isinstance(value, list) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
