"""Whether a dossier is whole: records as they were written, nothing half made, photos with their records."""

from __future__ import annotations

import json
import logging
import shutil
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.files.new_file import kept_file
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.words.errors import AtlasError
from .checksums import damaged_records, note_checksums
from .file_bytes import read_whole
from .files import ORDER_FILE, SEAL_FILE, layer_path
from .issue_register import ISSUED, read_register
from .leftovers import left_behind
from .locks import RESTORE, reading, slot, writing
from .records import read_layers

if TYPE_CHECKING:
    from pathlib import Path

    from .files import Dossier

_LOG = logging.getLogger(__name__)
_PHOTOS = "fotos"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found, as Dutch sentences: what is wrong, what was cleared up, what is worth knowing."""

    wrong: tuple[str, ...]
    cleared: tuple[str, ...]
    notes: tuple[str, ...]


def check_records(folder: Path) -> tuple[str, ...]:
    """Look for records that nobody changed and that are yet not what was written.

    A file whose bytes are those that were looked through before is passed over; that is what the seal is for.

    Returns:
        A Dutch sentence for each file in which something is wrong.

    Raises:
        AtlasError: a file can't be read.
    """
    before = _read_seal(folder)
    seal, wrong = {}, []
    for name in RURAL_LAYERS:
        path = layer_path(folder, name)
        fingerprint = _fingerprint(path)
        if before.get(name) != fingerprint:
            with reading(path) as connection:
                damaged = damaged_records(connection, working_layer(name))
            if damaged:
                wrong.append(_sentence(path, damaged))
                continue
        seal[name] = fingerprint
    if seal != before:  # without it the next time takes longer, and that is all
        with (
            suppress(AtlasError),
            kept_file(folder / SEAL_FILE) as beside,
        ):
            beside.write_text(json.dumps(seal, indent=1), encoding="utf-8")
    for sentence in wrong:
        _LOG.warning(sentence)
    return tuple(wrong)


def check_dossier(dossier: Dossier, *, accept: bool = False) -> Check:
    """Look through a dossier that was opened, and clear up what the atlas itself left behind.

    Args:
        dossier: An opened dossier.
        accept: Whether records stay as they are now, also those that nobody is known to have changed.

    Raises:
        AtlasError: a file can't be read, or somebody else is changing the dossier.
    """
    folder = dossier.folder
    cleared = []
    with slot(folder):
        for place in (folder, folder / _PHOTOS):
            for path in left_behind(place) if place.is_dir() else ():
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
                cleared.append(f"{path.name}: half gemaakt en opgeruimd.")
        if accept:
            _accept(dossier)
            cleared.append("De records zijn aanvaard zoals ze er nu staan.")
    notes = [*_photos(dossier), *_register(dossier)]
    if (folder / ORDER_FILE).exists():
        notes.append("Een wissing is niet afgemaakt: wis opnieuw.")
    return Check(check_records(folder), tuple(cleared), tuple(notes))


def _accept(dossier: Dossier) -> None:
    paths = {dossier.path(name): working_layer(name) for name in RURAL_LAYERS}
    with writing(paths) as connections:
        for path, connection in connections.items():
            note_checksums(connection, paths[path])
            connection.execute("COMMIT")


def _photos(dossier: Dossier) -> list[str]:
    """Photos without a record, and records whose photo is not there."""
    named = {
        str(record["foto"])
        for items in read_layers(dossier).values()
        for record in items
        if record.get("foto")
    }
    place = dossier.folder / _PHOTOS
    there = {f"{_PHOTOS}/{path.relative_to(place).as_posix()}" for path in place.rglob("*") if path.is_file()}
    missing = sorted(name for name in named if not (dossier.folder / name).is_file())
    said = [("foto's zonder record", sorted(there - named)), ("foto's die er niet zijn", missing)]
    return [f"{len(names)} {what}: {_few(names)}" for what, names in said if names]


def _register(dossier: Dossier) -> list[str]:
    begun = [
        line for line in read_register(dossier) if line["handeling"] == ISSUED and not line["controlegetal"]
    ]
    if not begun:
        return []
    moments = [str(line["tijdstip"]) for line in begun]
    return [f"{len(begun)} uitgiften zijn begonnen en niet voltooid: {_few(moments)}. Is er een bestand?"]


def _sentence(path: Path, uuids: tuple[str, ...]) -> str:
    return (
        f"{path.name}: {len(uuids)} records zijn anders dan ze zijn opgeslagen, en niemand wijzigde ze "
        f"({_few(uuids)}). {RESTORE}. Of aanvaard ze, als ze kloppen, bij het controleren van het dossier."
    )


def _few(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _fingerprint(path: Path) -> str:
    """What tells the bytes of a file, and of what SQLite keeps beside it, from those of another moment."""
    parts = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        with suppress(FileNotFoundError):
            content = read_whole(file)
            parts.append(f"{len(content)}-{zlib.crc32(content):08x}")
    return " ".join(parts)


def _read_seal(folder: Path) -> dict[str, str]:
    try:
        seal = json.loads((folder / SEAL_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # it only saves time
        return {}
    return seal if isinstance(seal, dict) else {}
