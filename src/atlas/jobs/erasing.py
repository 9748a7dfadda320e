"""Erase one record with all that belongs to it, on request or after a mistake, and say who has a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.records.about_place import also_near, told_near
from ..core.records.correcting import check_names_no_place, find_record
from ..core.records.free_text import check_reason
from ..core.records.in_words import record_name
from ..core.records.recipients import recipients
from ..core.records.retention import plan_erasure
from ..core.schema.rural import RURAL_LAYERS
from ..core.words.errors import AtlasError
from ..core.words.layer_names import EVIDENCE
from ..core.words.notation import counted
from ..dossier.expiry import erase_chosen
from ..dossier.files import ORDER_FILE
from ..dossier.issue_register import read_register
from ..dossier.opening import open_dossier
from ..dossier.records import municipalities_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.records.retention import ExpiryPlan
    from ..core.schema.working import WorkingLayer
    from ..dossier.files import Dossier

_REMAINS = (
    "De redenen van het object noemen dit bewijs nog tot de conclusies opnieuw zijn getrokken, en daarna in "
    "zijn geschiedenis: tot de eigen termijn van het object."
)


_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes, or went, in Dutch.

    Args:
        name: By what a person knows the record.
        layer: Its layer.
        counts: Layer -> how many of its records go.
        detached: Records that stay and lose their link to it, each as (by what a person knows it, uuid).
        recipients: Every issue that may hold it, in a sentence.
        notes: What else there is to know, of what stays and of photos.
        left: What was not erased, or where nobody looked.
    """

    name: str
    layer: str
    counts: Mapping[str, int]
    detached: tuple[tuple[str, str], ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What goes, what stays, and who may have a copy."""
        gone = [
            f"{RURAL_LAYERS[name].alias}: {counted(count, 'record', 'records')}"
            for name, count in self.counts.items()
        ]
        if self.detached:
            stay = counted(len(self.detached), "record blijft en verliest", "records blijven en verliezen")
            named = "; ".join(f"{name} ({uuid})" for name, uuid in self.detached[:_MOST_NAMED])
            more = len(self.detached) - _MOST_NAMED
            rest = f"; en nog {more}" if more > 0 else ""
            gone.append(
                f"{stay} alleen de koppeling: {named}{rest}. Gaat het over dezelfde plek, wis het dan apart, "
                "met zijn uuid."
            )
        if not self.recipients:
            return (*gone, "Volgens het register is dit aan niemand uitgegeven.", *self.notes)
        return (
            *gone,
            "Dit kan zijn uitgegeven aan (laat het daar ook wissen, AVG art. 19):",
            *self.recipients,
            *self.notes,
        )


def look_at_erasure(folder: Path, uuid: str, *, reason: str) -> Erasure:
    """What would go with a record; nothing is changed.

    Raises:
        AtlasError: no dossier, no such record, or no reason.
    """
    check_reason(reason)
    dossier = open_dossier(folder)
    layers = read_layers(dossier)
    layer, record = _found(dossier, layers, uuid)
    plan = plan_erasure(layers, layer.name, str(record["uuid"]))
    return _told(layer.name, record, plan, layers, read_register(dossier))


def erase(folder: Path, uuid: str, *, reason: str, user: str, now: datetime) -> Erasure:
    """Erase one record, with evidence, visits, findings, photos and history; a line stays in the register.

    Args:
        folder: Of the dossier.
        uuid: Of the record.
        reason: Why; stays in the register, and names no person or place.
        user: Who erases.
        now: When.

    Raises:
        AtlasError: no such record, no reason, a reason that says which record it is, or see `expire`.
    """
    said = check_reason(reason)
    if not user.strip():
        raise AtlasError(
            "Zeg wie er wist; dat komt in het register.", expected="een naam of functie", choices=("user",)
        )
    dossier = open_dossier(folder)
    before = read_layers(dossier)
    layer, record = _found(dossier, before, uuid)
    told = _told(
        layer.name, record, plan_erasure(before, layer.name, str(record["uuid"])), before,
        read_register(dossier),
    )  # fmt: skip

    def choose(records: Mapping[str, Sequence[Record]]) -> ExpiryPlan:
        plan = plan_erasure(records, layer.name, str(record["uuid"]))
        check_names_no_place(said, [one for some in _erased(plan, records).values() for one in some])
        return plan

    done = erase_chosen(dossier, choose, reason=said, user=user.strip(), now=now)
    return Erasure(
        told.name, told.layer, done.plan.counts, told.detached, told.recipients,
        (*told.notes, *done.notes), done.left,
    )  # fmt: skip


def _found(
    dossier: Dossier, layers: Mapping[str, Sequence[Record]], uuid: str
) -> tuple[WorkingLayer, Record]:
    try:
        return find_record(layers, uuid)
    except AtlasError as error:
        if (dossier.folder / ORDER_FILE).exists():
            error.detail = "Een eerdere wissing in dit dossier is nog niet afgemaakt."
            error.hint = "Wis wat voorbij de bewaartermijn is: dat maakt ook de eerdere wissing af."
            error.choices = ("expire",)
        raise


def _erased(plan: ExpiryPlan, records: Mapping[str, Sequence[Record]]) -> dict[str, list[Record]]:
    chosen = {name: set(uuids) for name, uuids in plan.erase.items()}
    return {
        name: [record for record in records[name] if str(record["uuid"]) in uuids]
        for name, uuids in chosen.items()
    }


def _stays(plan: ExpiryPlan, layers: Mapping[str, Sequence[Record]]) -> tuple[tuple[str, str], ...]:
    """The records that stay without their link, each once, by what a person knows them."""
    found = {
        uuid: record_name(RURAL_LAYERS[link.layer], record)
        for link in plan.detach
        for record in layers[link.layer]
        if (uuid := str(record["uuid"])) == link.uuid
    }
    return tuple((name, uuid) for uuid, name in found.items())


def _told(
    layer: str,
    record: Record,
    plan: ExpiryPlan,
    layers: Mapping[str, Sequence[Record]],
    register: Sequence[Record],
) -> Erasure:
    made = {
        name: min(str(one.get("aangemaakt_op") or "") for one in some)
        for name, some in _erased(plan, layers).items()
    }
    owners = municipalities_of(layers)[layer][str(record["uuid"])]
    stays = _stays(plan, layers)
    told = {*(uuid for uuids in plan.erase.values() for uuid in uuids), *(uuid for _name, uuid in stays)}
    near = told_near(also_near(layers, [record], told), "Gaat het over dezelfde plek, wis het dan apart.")
    notes = (*near, *([_REMAINS] if layer == EVIDENCE else ()))
    return Erasure(
        record_name(RURAL_LAYERS[layer], record), layer, plan.counts, stays,
        recipients(register, made, owners), notes,
    )  # fmt: skip
