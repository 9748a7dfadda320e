"""What must go because its term has passed: a record with everything that hangs on it, photos included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.rural import RURAL_LAYERS
from ..schema.visits import REJECTED
from ..tables.registers import read_date
from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from .matching import Record

KEPT_UNTIL = "bewaren_tot"


@dataclass(frozen=True, slots=True)
class Detachment:
    """A record that stays, and the field in which its link to an erased record is emptied."""

    layer: str
    uuid: str
    field: str


@dataclass(frozen=True, slots=True)
class ExpiryPlan:
    """What is erased, and what is left undone.

    Args:
        erase: Layer name -> uuids; signals that were weighed and rejected come first in theirs.
        detach: Links to erased records in records that stay.
        photos: Paths within the dossier that no record that stays refers to.
        undated: (layer, uuid) of records without a readable term: somebody must look at them.
    """

    erase: Mapping[str, tuple[str, ...]]
    detach: tuple[Detachment, ...]
    photos: tuple[str, ...]
    undated: tuple[tuple[str, str], ...]

    @property
    def counts(self) -> dict[str, int]:
        """Layer name -> how many records are erased; the only thing that stays in the register."""
        return {layer: len(uuids) for layer, uuids in self.erase.items()}


def plan_expiry(records: Mapping[str, Iterable[Record]], today: date) -> ExpiryPlan:
    """What must be erased on a day: each record past its `bewaren_tot`, and all that belongs to it.

    `bewaren_tot` is the last day on which a record may be kept. An object takes its evidence, visits,
    findings and photos with it, also when their own term is longer; a signal about it stays and loses the
    link. Evidence whose own term has passed goes alone.

    Args:
        records: Layer name -> all its records. A layer left out is not looked at.
        today: The day of erasing.

    Raises:
        AtlasError: a layer that does not exist.
    """
    day = today.isoformat()
    return _plan(records, lambda _layer, record: bool(term := _term(record)) and term < day)


def plan_erasure(records: Mapping[str, Iterable[Record]], layer: str, uuid: str) -> ExpiryPlan:
    """What must be erased with one record, whatever its term: all that belongs to it, as in `plan_expiry`.

    Raises:
        AtlasError: no such record.
    """
    plan = _plan(records, lambda name, record: name == layer and str(record["uuid"]) == uuid)
    if uuid not in plan.erase.get(layer, ()):
        raise AtlasError(
            "Dit record staat niet in het dossier.", got=uuid, expected=f"de uuid van een record van {layer}"
        )
    return plan


def _plan(records: Mapping[str, Iterable[Record]], is_due: Callable[[str, Record], bool]) -> ExpiryPlan:
    """Erase the records that are due, with all that belongs to them."""
    unknown = sorted(set(records) - set(RURAL_LAYERS))
    if unknown:
        raise AtlasError(
            "Deze werklaag bestaat niet.", got=", ".join(unknown), expected=", ".join(RURAL_LAYERS)
        )
    kept = {layer: list(items) for layer, items in records.items()}
    gone: dict[str, set[str]] = defaultdict(set)
    undated: list[tuple[str, str]] = []
    for name, layer in RURAL_LAYERS.items():  # parents before children
        for record in kept.get(name, []):
            term = _term(record) if layer.field(KEPT_UNTIL) else "9999"
            belongs = (
                relation
                for relation in layer.relations
                if relation.on_erase == "erase" and record.get(relation.field) in gone[relation.layer]
            )
            if is_due(name, record) or any(belongs):
                gone[name].add(str(record["uuid"]))
            elif not term:
                undated.append((name, str(record["uuid"])))
    stays = [
        (name, record) for name, items in kept.items() for record in items if record["uuid"] not in gone[name]
    ]
    goes = [
        (name, record) for name, items in kept.items() for record in items if record["uuid"] in gone[name]
    ]
    return ExpiryPlan(
        erase=_in_order(goes),
        detach=tuple(
            Detachment(name, str(record["uuid"]), relation.field)
            for name, record in stays
            for relation in RURAL_LAYERS[name].relations
            if record.get(relation.field) in gone[relation.layer]
        ),
        photos=tuple(sorted(_photos(goes) - _photos(stays))),
        undated=tuple(sorted(undated)),
    )


def _in_order(goes: Iterable[tuple[str, Record]]) -> dict[str, tuple[str, ...]]:
    """Children before parents, so that no link ever dangles; rejected signals first."""
    by_layer: dict[str, list[Record]] = defaultdict(list)
    for name, record in goes:
        by_layer[name].append(record)
    return {
        name: tuple(
            str(record["uuid"])
            for record in sorted(
                by_layer[name], key=lambda item: (item.get("weging") != REJECTED, str(item["uuid"]))
            )
        )
        for name in reversed(RURAL_LAYERS)
        if name in by_layer
    }


def _photos(records: Iterable[tuple[str, Record]]) -> set[str]:
    return {str(record["foto"]) for _, record in records if record.get("foto")}


def _term(record: Record) -> str:
    """The last day a record may be kept, as ISO text; "" when it has none that can be read."""
    value = record.get(KEPT_UNTIL)
    if not value:
        return ""
    try:
        return read_date(value).value
    except AtlasError:
        return ""
