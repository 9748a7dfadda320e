"""Correcting one record (AVG art. 16): a field gets another value, or a piece of evidence is withdrawn.

What was there stays in the history, with the reason. Evidence that was withdrawn stays until its term and
counts no more; it can be put back. Where a record lies and in which municipality is settled elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.rural import RURAL_LAYERS
from ..tables.registers import write_moment
from ..vacancy.evidence import WITHDRAWN_ON, WITHDRAWN_WHY, is_withdrawn
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE
from ..words.spelling import normalise
from .changes import faults_of
from .import_plan import Change, ImportPlan, Update
from .in_words import change_in_words, record_name
from .incoming import is_empty, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ..schema.working import WorkingLayer
    from .matching import Record

#: settled with the borders, a woonplaats or a person, and never by typing a code
_SETTLED = ("gemeente_code", "gemeente_zeker")
#: what identifies a place, and may not stand in a reason that outlives the record
_IDENTIFYING = ("uuid", "adres", "bag_pand_id", "bag_vbo_id", "bronkenmerk")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction does to one record: the plan, and each change in a Dutch sentence.

    `name` is by what a person knows the record. `about_evidence`: whether the conclusion of an object may
    change by it.
    """

    layer: str
    uuid: str
    name: str
    plan: ImportPlan
    sentences: tuple[str, ...]
    about_evidence: bool


def find_record(layers: Mapping[str, Sequence[Record]], uuid: str) -> tuple[WorkingLayer, Record]:
    """The record with a uuid, and its layer.

    Raises:
        AtlasError: no record has it.
    """
    wanted = uuid.strip("{} ").lower()
    for name, records in layers.items():
        for record in records:
            if str(record["uuid"]) == wanted:
                return RURAL_LAYERS[name], record
    raise AtlasError(
        "Dit record staat niet in het dossier.",
        got=uuid,
        expected="de uuid van een record",
        hint="De uuid staat in het formulier van QGIS, bij Beheer, en in een technische uitvoer.",
    )


def plan_correction(
    layers: Mapping[str, Sequence[Record]],
    uuid: str,
    *,
    fields: Mapping[str, str],
    withdraw: bool = False,
    restore: bool = False,
    reason: str,
    now: datetime,
    user: str,
) -> Correction:
    """Decide what a correction does.

    Args:
        layers: Layer name -> its records.
        uuid: Of the record.
        fields: Field -> its right value as text; "" empties it.
        withdraw: Withdraw this piece of evidence.
        restore: Let withdrawn evidence count again.
        reason: Why; checked by `free_text.check_reason`.
        now: The moment of writing.
        user: Who corrects.

    Raises:
        AtlasError: no such record or field, a value that does not fit, nothing that changes, or not one of
            the three ways.
    """
    layer, record = find_record(layers, uuid)
    if bool(fields) + withdraw + restore != 1:
        raise AtlasError(
            "Zeg wat er moet gebeuren: één van de drie.",
            expected="velden met hun goede waarde, of bewijs intrekken, of het weer laten meetellen",
        )
    if fields:
        wanted = {name: _read(layer, name, text, now) for name, text in fields.items()}
    else:
        wanted = _withdrawal(layer, record, reason, withdraw=withdraw, now=now)
    changes = tuple(
        Change(name, record.get(name), value)
        for name, value in wanted.items()
        if (record.get(name) or None) != value
    )
    if not changes:
        raise AtlasError("Dat staat er al; er is niets veranderd.", where=record_name(layer, record))
    kept = {
        "gewijzigd_op": write_moment(now),
        "gewijzigd_door": user,
        "ingelezen_op": record.get("ingelezen_op"),
    }
    update = Update(0, str(record["uuid"]), changes, {**record, **wanted, **kept})
    for fault in faults_of(layer, update):
        raise AtlasError(
            fault.reason, where=fault.field, got=fault.got, expected=fault.expected,
            hint="Een verplicht veld wordt niet leeg. Hoort er een ander veld bij, geef dat ook een waarde.",
        )  # fmt: skip
    return Correction(
        layer.name,
        update.uuid,
        record_name(layer, record),
        ImportPlan(layer.name, (), (update,), (), (), ()),
        tuple(f"{change_in_words(layer, change)}." for change in changes),
        layer.name == EVIDENCE or any(change.field == "bag_vbo_id" for change in changes),
    )


def check_names_no_place(reason: str, records: Sequence[Record]) -> None:
    """Check that a reason, which outlives the records, does not say which they are.

    Raises:
        AtlasError: it holds an address, an id or a number of one of them.
    """
    text = normalise(reason)
    for record in records:
        known = {name: str(record.get(name) or "") for name in _IDENTIFYING}
        street = known["adres"].partition(",")[0]
        for name, value in (*known.items(), *([("adres", street)] if any(map(str.isdigit, street)) else ())):
            if len(normalise(value)) >= _SHORTEST and normalise(value) in text:
                raise AtlasError(
                    "De reden blijft bewaard en noemt daarom het record zelf niet.",
                    where=name,
                    expected="een korte reden zonder adres of nummer, zoals: verkeerd erf ingevoerd",
                    choices=("reason",),
                )


def _read(layer: WorkingLayer, name: str, text: str, now: datetime) -> object:
    field = layer.field(name)
    if field is None or field.own or name == "uuid" or name in _SETTLED:
        offered = [one.name for one in layer.fields if not one.own and one.name not in ("uuid", *_SETTLED)]
        raise AtlasError(
            "Dit veld verandert zo niet.",
            where=layer.name,
            got=name,
            expected=", ".join(offered),
            hint="De gemeente stelt u apart vast; de plek verandert u op de kaart in QGIS; wat de atlas zelf "
            "bijhoudt, volgt vanzelf.",
        )
    if is_empty(text):
        return None
    try:
        return read_value(field, text, today=now.date())[0]
    except AtlasError as error:
        error.where = error.where or name
        raise


def _withdrawal(
    layer: WorkingLayer, record: Record, reason: str, *, withdraw: bool, now: datetime
) -> dict[str, object]:
    if layer.name != EVIDENCE:
        raise AtlasError(
            "Alleen bewijs van leegstand kan worden ingetrokken.",
            where=record_name(layer, record),
            got=layer.alias,
            hint="Geef een veld zijn goede waarde, of wis het record.",
        )
    if withdraw == is_withdrawn(record):
        raise AtlasError(
            "Dit bewijs is al ingetrokken." if withdraw else "Dit bewijs is niet ingetrokken.",
            where=record_name(layer, record),
        )
    return {
        WITHDRAWN_ON: now.date().isoformat() if withdraw else None,
        WITHDRAWN_WHY: reason if withdraw else None,
    }
