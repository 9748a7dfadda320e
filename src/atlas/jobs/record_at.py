"""Which record is meant by an address: what stands there, for who corrects or erases one of them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..core.records.about_place import about_address, named_place, records_at
from ..core.records.in_words import title_of
from ..core.schema.rural import RURAL_LAYERS
from ..core.vacancy.evidence import is_withdrawn
from ..core.words.errors import AtlasError
from ..core.words.layer_names import EVIDENCE
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from ..core.records.matching import Record

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class RecordAt:
    """A record at an address: its uuid, and by what a person tells it from the others there."""

    uuid: str
    words: str


def places_at(folder: Path, address: str, *, fields: Collection[str] = ()) -> list[RecordAt]:
    """The objects and yards at an address that have these fields; without fields all of them.

    When none of them has the fields, the evidence at the address that has.

    Raises:
        AtlasError: no dossier, nothing stands at the address, or nothing there has the fields.
    """
    layers = read_layers(open_dossier(folder))
    found = [
        RecordAt(str(record["uuid"]), named_place(layer, record))
        for layer, record in records_at(layers, address)
        if _has(layer, fields)
    ]
    if not found and _has(EVIDENCE, fields):
        found = _evidence(layers, address)
    if not found:
        raise _without(fields, address, {layer for layer, _ in records_at(layers, address)})
    return found


def evidence_at(folder: Path, address: str, *, withdrawn: bool) -> list[RecordAt]:
    """The evidence about the one object at an address that was withdrawn, or that was not.

    Raises:
        AtlasError: no dossier, nothing or more than one place at the address, or no such evidence there.
    """
    found = _evidence(read_layers(open_dossier(folder)), address, withdrawn=withdrawn)
    if not found:
        kind = "ingetrokken bewijs" if withdrawn else "bewijs dat kan worden ingetrokken"
        raise AtlasError(f"Op dit adres staat geen {kind}.", where=address)
    return found


def the_one_at(found: Sequence[RecordAt], address: str) -> str:
    """The uuid of the only record that may be meant.

    Raises:
        AtlasError: it may be more than one: each is named with its uuid.
    """
    if len(found) == 1:
        return found[0].uuid
    more = f" en nog {len(found) - _MOST_NAMED}" if len(found) > _MOST_NAMED else ""
    raise AtlasError(
        "Op dit adres staat meer dan één record in het dossier.",
        where=address,
        got="; ".join(one.words for one in found[:_MOST_NAMED]) + more,
        expected="één record",
        hint="Noem het record met zijn uuid.",
        choices=("uuid",),
    )


def _without(fields: Collection[str], address: str, layers: Collection[str]) -> AtlasError:
    """That nothing at an address has these fields, with the name that was probably meant."""
    said = "Wat op dit adres staat, heeft dit veld niet."
    strange = [name for name in sorted(fields) if not any(_has(layer, [name]) for layer in RURAL_LAYERS)]
    if not strange:
        return AtlasError(
            said,
            where=address,
            got=", ".join(sorted(fields)),
            hint="Noem het record dat het wel heeft, met zijn uuid.",
            choices=("uuid",),
        )
    fields_there = (field for layer in layers for field in RURAL_LAYERS[layer].fields)
    offered = sorted({field.name for field in fields_there if not field.own})
    begun = [name for name in offered if name.startswith(strange[0].lower())]
    near = begun or get_close_matches(strange[0].lower(), offered, n=1)
    return AtlasError(
        said,
        where=address,
        got=", ".join(strange),
        expected=", ".join(offered),
        hint=f"Bedoelt u {near[0]}?" if near else "Kies een van deze velden.",
    )


def _has(layer: str, fields: Collection[str]) -> bool:
    return all(RURAL_LAYERS[layer].field(name) for name in fields)


def _evidence(
    layers: Mapping[str, Sequence[Record]], address: str, *, withdrawn: bool | None = None
) -> list[RecordAt]:
    return [
        RecordAt(str(record["uuid"]), f"{title_of(EVIDENCE, record)} ({record['uuid']})")
        for record in about_address(layers, address).records.get(EVIDENCE, ())
        if withdrawn is None or is_withdrawn(record) is withdrawn
    ]
