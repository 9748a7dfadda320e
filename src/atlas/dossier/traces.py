"""By what a record that goes is known, and what of that may no longer be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ..core.records.conflicts import field_value
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.words.layer_names import CONFLICTS
from ..gpkg.format import CHECKSUMS, HISTORY
from ..gpkg.geometry import place_bytes, read_point
from ..gpkg.statements import sql
from .erasure_order import SHARED, UUID, forms_of_text, forms_of_uuid
from .file_bytes import read_whole
from .files import PHOTOS, lies_within
from .opening import new_layer
from .records import read_changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.records.retention import ExpiryPlan
    from .erasure_order import ErasureOrder

#: what of a record is searched for when it is gone
_IDENTIFYING = ("adres", "bag_pand_id", "bag_vbo_id", "bronkenmerk", "foto", "omtrek")
#: in own words: a short remark is anybody's
_REMARKS, _SHORTEST_REMARK = ("toelichting", "ingetrokken_reden"), 16
#: a conflict keeps both values of a field of another record
_FIELD, _VALUES = "veld", ("waarde_dossier", "waarde_veld")
#: bytes from the middle of a photo tell it from any other; a smaller one is known by all it has
_PHOTO_PIECE = 64
#: a piece with fewer different bytes, of a sky say, may be anybody's
_DIFFERENT = 6


@dataclass(slots=True)
class Traces:
    """What may no longer be found: uuids, and texts and places of the records that go."""

    uuids: set[str]
    texts: set[str] = field(default_factory=set)
    photos: set[str] = field(default_factory=set)
    places: set[tuple[float, float]] = field(default_factory=set)

    def add(self, record: Mapping[str, object]) -> None:
        """Note what identifies a record, as it is or as it once was."""
        self.texts |= {str(record[name]) for name in _IDENTIFYING if record.get(name)}
        remarks = (str(record.get(name) or "") for name in _REMARKS)
        self.texts |= {remark for remark in remarks if len(remark) >= _SHORTEST_REMARK}
        if name := str(record.get(_FIELD) or ""):
            for side in _VALUES:
                self.add({name: field_value(working_layer(CONFLICTS), name, record.get(side))})
        if record.get("foto"):
            self.photos.add(str(record["foto"]))
        place = record.get(GEOMETRY_FIELD)
        if isinstance(place, str):  # as the history writes it
            place = read_point(bytes.fromhex(place))
        if isinstance(place, tuple):
            self.places.add(place)

    def of_places(self) -> set[bytes]:
        """The ways in which the places stand in a file: packed, as hexadecimal, in a journal, as text."""
        packed = {place_bytes(place) for place in self.places}
        return {
            *packed,
            *(text.hex().upper().encode() for text in packed),
            *(f"{x!r}{between}{y!r}".encode() for x, y in self.places for between in ", "),
        }


def traces_of(
    plan: ExpiryPlan,
    records: Mapping[str, Sequence[Record]],
    connections: Mapping[str, sqlite3.Connection],
) -> Traces:
    """What the records that go are known by, now and in their history."""
    traces = Traces({uuid for uuids in plan.erase.values() for uuid in uuids})
    for record in (record for items in records.values() for record in items):
        if record["uuid"] in traces.uuids:
            traces.add(record)
    for connection in connections.values():
        for uuid, text in _history_lines(connection):
            if uuid in traces.uuids:
                changes = read_changes(text)
                for side in (0, 1):
                    traces.add({name: pair[side] for name, pair in changes.items()})
    return traces


def order_for(
    earlier: ErasureOrder,
    traces: Traces,
    kept: Sequence[Record],
    connections: Mapping[str, sqlite3.Connection],
    hashes: Iterable[str],
) -> ErasureOrder:
    """What to look for: that of an earlier erasure too, but nothing that records which stay have as well.

    Nor what stands in a checksum or a hash of the register: a reference of six digits is there by chance.
    """
    order = earlier.with_needles(UUID, (form for uuid in traces.uuids for form in forms_of_uuid(uuid)))
    texts = (form for text in traces.texts for form in forms_of_text(text.encode()))
    order = order.with_needles(SHARED, (*texts, *traces.of_places()))
    if not order.needles:
        return order
    stays = Traces(set())
    for record in kept:
        stays.add(record)
    values = (str(value) for record in kept for value in record.values() if value is not None)
    history = (
        text
        for connection in connections.values()
        for uuid, text in _history_lines(connection)
        if uuid not in traces.uuids
    )
    sums = (
        str(row[0])
        for connection in connections.values()
        for row in connection.execute(sql("SELECT som FROM $table", table=CHECKSUMS))
    )
    texts = (text.encode() for text in (*values, *history, *sums, *hashes))
    there = b"\n".join([*texts, *stays.of_places(), _words()])
    return order.without_shared(there)


def of_photos(folder: Path, photos: Iterable[str], kept: Iterable[str]) -> set[bytes]:
    """By which bytes photos that go are found again under another name; not those that a record keeps."""
    pieces, staying = ({_piece_of(folder, name) for name in names} for names in (photos, kept))
    return {piece for piece in pieces - staying if piece}


def _piece_of(folder: Path, photo: str) -> bytes:
    path = folder / photo
    try:
        if not path.is_file() or not lies_within(path, folder):
            return b""
        content = read_whole(path)
    except OSError:  # it is told when it can't be erased either
        return b""
    middle = len(content) // 2
    piece = content if len(content) < 2 * _PHOTO_PIECE else content[middle : middle + _PHOTO_PIECE]
    return piece if path.suffix.lower() in PHOTOS and len(set(piece)) >= _DIFFERENT else b""


@cache
def _words() -> bytes:
    """What stands in every dossier: a text that is in there by itself says nothing about a record."""
    return b"".join(new_layer(name, fictitious=False) for name in RURAL_LAYERS)


def _history_lines(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        sql("SELECT record_uuid, velden FROM $table WHERE velden IS NOT NULL", table=HISTORY)
    )
    return [(str(row[0]), str(row[1])) for row in rows]
