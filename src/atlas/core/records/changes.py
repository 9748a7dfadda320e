"""What happens to a dossier: what an import changes, what is erased, what the evidence comes to.

`store` and the plugin read records, ask here, and write exactly what was decided. A record is a dict of field
name -> value, with "uuid" and, for layers with a place, "geometrie" as (x, y) in EPSG:28992.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import working_layer
from ..schema.steps import STEPS, check_step
from ..tables.registers import read_moment, write_moment
from ..vacancy.evidence import evidence_from_record, is_withdrawn
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE, VISITS
from ..words.notation import format_period
from .import_plan import (
    CONFLICTS,
    ELSEWHERE,
    LATER_EDIT,
    OLDER_FILE,
    WITHDRAWN,
    Change,
    Conflict,
    Decision,
    ImportPlan,
    Insert,
    Unchanged,
    Update,
)
from .incoming import Incoming, Refusal, read_rows, refusal
from .matching import Index, Record, index
from .placing import (
    Lookups,
    Placed,
    RefusedRowError,
    empty_field,
    once,
    place,
    read_lookups,
    rounded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ..schema.working import WorkingLayer


#: layer -> the field that no file changes afterwards, and why
_FIXED: Mapping[str, tuple[str, str]] = {
    VISITS: (
        "soort",
        "De soort van een bezoek verandert achteraf niet: toezicht na een gesprek is een nieuw bezoek.",
    ),
}


def plan_import(
    existing: Iterable[Record],
    incoming: Iterable[Mapping[str, object]],
    *,
    now: datetime,
    user: str,
    layer: str,
    parents: Mapping[str, Iterable[Record]] | None = None,
    numbers: Sequence[int] | None = None,
    seen: Mapping[str, Mapping[str, object]] | None = None,
    by_uuid: bool = False,
) -> ImportPlan:
    """Decide what a file does to a layer. Nothing is guessed, nothing newer overwritten, nothing doubled.

    A row is about the record with its uuid, else about the one with the same identity (BAG id and bron, ...).
    Rows of one file about the same record are taken once when they are equal, and all refused when not.

    Args:
        existing: The records of the layer.
        incoming: The rows of the file: field name -> cell.
        now: The moment of the import, with its time zone.
        user: Who imports.
        layer: Name of a working layer.
        parents: Layer name -> its records, to resolve and check relations; a layer left out isn't checked.
        numbers: Of each row, its number as a person sees it in the file; None when a header is line 1.
        seen: uuid -> what each changed field held when the writer of the rows got the record. A conflict is
            then a field that holds something else by now, whatever the dates say.
        by_uuid: Only the uuid says which record a row is about: what was made in the field is another record
            than one that looks like it.

    Raises:
        AtlasError: no such layer, or a register that only the atlas writes.
    """
    described = working_layer(layer)
    if described.append_only or described.made_here:
        raise AtlasError(
            f"In de laag {layer} wordt niets ingelezen; de atlas schrijft die zelf.",
            hint="Kies een andere laag.",
        )
    if by_uuid:
        described = described.known_by_uuid
    rows = read_rows(described, list(incoming), today=now.date(), numbers=numbers)
    refusals = [*(fault for row in rows for fault in row.refusals), *rounded(rows)]
    unread = {item.row for item in refusals}
    known = index(described, existing)
    lookups = read_lookups(described, parents or {}, rows)
    placed, unplaced = _place_all(described, known, lookups, [row for row in rows if row.row not in unread])
    taken, repeated, doubled = once(described, placed)
    refusals += unplaced + doubled
    decisions: list[Decision] = []
    for row in taken:
        number, copies = row.incoming.row, repeated.get(row.incoming.row, [])
        decision = _decide(described, row, write_moment(now), user, (seen or {}).get(row.uuid))
        faults = faults_of(described, decision)
        faults += [*_fixed(described, decision), *_skipped_steps(described, decision)]
        refusals += [replace(fault, row=each) for fault in faults for each in (number, *copies)]
        if not faults:
            decisions += [decision, *(_repeat(decision, row, copy) for copy in copies)]
    decisions.sort(key=lambda item: item.row)
    return ImportPlan(
        layer,
        inserts=tuple(item for item in decisions if isinstance(item, Insert)),
        updates=tuple(item for item in decisions if isinstance(item, Update)),
        unchanged=tuple(item for item in decisions if isinstance(item, Unchanged)),
        conflicts=tuple(item for item in decisions if isinstance(item, Conflict)),
        refusals=tuple(sorted(refusals, key=lambda item: (item.row, item.field, item.reason))),
        remarks=tuple(remark for row in rows for remark in row.remarks),
        notes=_notes(rows),
        by_uuid=by_uuid,
    )


def _place_all(
    layer: WorkingLayer, known: Index, lookups: Lookups, rows: Iterable[Incoming]
) -> tuple[list[Placed], list[Refusal]]:
    placed: list[Placed] = []
    refusals: list[Refusal] = []
    for row in rows:
        try:
            placed.append(place(layer, known, row, lookups))
        except RefusedRowError as refused:
            refusals += refused.refusals
    return placed, refusals


def _repeat(decision: Decision, row: Placed, copy: int) -> Decision:
    """What an equal row further on in the file does: nothing more, unless there is a conflict to show."""
    if isinstance(decision, Conflict):
        return replace(decision, row=copy)
    return Unchanged(copy, row.uuid, f"Gelijk aan rij {row.incoming.row} van dit bestand.")


def _decide(
    layer: WorkingLayer, row: Placed, stamp: str, user: str, seen: Mapping[str, object] | None
) -> Decision:
    """What a row does: it is about a new record, or changes one, or repeats it, or meets something newer."""
    number, record = row.incoming.row, row.existing
    if record is None:
        return Insert(number, _new_record(layer, row, stamp, user))
    peildatum, before = str(row.values["peildatum"]), _day(record.get("peildatum"))
    changes = tuple(
        Change(name, record.get(name), value)
        for name, value in row.values.items()
        if name not in ("uuid", "peildatum") and not _equal(record.get(name), value)
    )
    newer = (Change("peildatum", record.get("peildatum"), peildatum),) if peildatum > before else ()
    if is_withdrawn(record):
        return _about_withdrawn(number, row.uuid, (*changes, *newer))
    reason = _conflict(record, peildatum) if seen is None else _conflict_since(seen, changes)
    if changes and reason:
        return Conflict(number, row.uuid, reason, _explanation(reason, record, peildatum), changes)
    changes += newer
    if not changes:
        return Unchanged(number, row.uuid)
    kept = {"gewijzigd_op": stamp, "gewijzigd_door": user, "ingelezen_op": stamp}
    return Update(
        number, row.uuid, changes, {**record, **{change.field: change.in_file for change in changes}, **kept}
    )


def _about_withdrawn(number: int, uuid: str, changes: tuple[Change, ...]) -> Decision:
    """A row about evidence that was withdrawn: whether it counts again is for a person to say."""
    if not changes:
        return Unchanged(number, uuid, CONFLICTS[WITHDRAWN])
    return Conflict(number, uuid, WITHDRAWN, CONFLICTS[WITHDRAWN], changes)


def _conflict(record: Record, peildatum: str) -> str:
    """Why a differing row must not be taken over: a key of `CONFLICTS`, "" when it may.

    A record was edited by hand when it changed after it was last read from a file. An edit on the reference
    date itself may be the newer one, so it is kept as well.
    """
    changed, read = sortable_moment(record.get("gewijzigd_op")), sortable_moment(record.get("ingelezen_op"))
    by_hand = not changed or not read or changed > read
    if by_hand and (not changed or changed[:10] >= peildatum):
        return LATER_EDIT
    return OLDER_FILE if _day(record.get("peildatum")) > peildatum else ""


def _conflict_since(seen: Mapping[str, object], changes: Iterable[Change]) -> str:
    """`ELSEWHERE` when the dossier has changed a field that the writer changed too, "" when not."""
    met = (change for change in changes if not _equal(seen.get(change.field), change.in_dossier))
    return ELSEWHERE if any(met) else ""


def _explanation(reason: str, record: Record, peildatum: str) -> str:
    if reason == ELSEWHERE:
        return CONFLICTS[reason]
    file = f"Het bestand is van {format_period(peildatum)}"
    if reason == OLDER_FILE:
        return f"{CONFLICTS[reason]} {file}, het dossier van {format_period(_day(record.get('peildatum')))}."
    changed = sortable_moment(record.get("gewijzigd_op"))[:10]
    when = (
        f"de wijziging van {format_period(changed)}"
        if changed
        else "wanneer het is gewijzigd, is niet bekend"
    )
    return f"{CONFLICTS[reason]} {file}, {when}."


def _new_record(layer: WorkingLayer, row: Placed, stamp: str, user: str) -> Record:
    record: Record = {field.name: field.default or None for field in layer.fields}
    if layer.geometry is not None:
        record[GEOMETRY_FIELD] = None
    return {
        **record,
        **row.values,
        "uuid": row.uuid,
        "aangemaakt_op": stamp,
        "aangemaakt_door": user,
        "gewijzigd_op": stamp,
        "gewijzigd_door": user,
        "ingelezen_op": stamp,
    }


def _fixed(layer: WorkingLayer, decision: Decision) -> list[Refusal]:
    """A field that says what a record is and never changes: another visit is another record."""
    if not isinstance(decision, Update) or layer.name not in _FIXED:
        return []
    name, explanation = _FIXED[layer.name]
    return [
        Refusal(
            decision.row, name, explanation, str(change.in_file), str(change.in_dossier),
            "Maak een nieuw bezoek; was het een vergissing, verbeter het record dan met een reden.",
        )
        for change in decision.changes
        if change.field == name
    ]  # fmt: skip


def _skipped_steps(layer: WorkingLayer, decision: Decision) -> list[Refusal]:
    """A step that the table does not know, of a field of which no step may be skipped."""
    refusals = []
    for change in decision.changes if isinstance(decision, Update) else ():
        steps = STEPS.get((layer.name, change.field))
        if steps is not None and steps.strict:
            try:
                check_step(layer.name, change.field, str(change.in_dossier), str(change.in_file))
            except AtlasError as error:
                refusals.append(refusal(decision.row, change.field, error))
    return refusals


def faults_of(layer: WorkingLayer, decision: Decision) -> list[Refusal]:
    """What is wrong with a record as it would become: empty required fields and rules over several fields."""
    if not isinstance(decision, Insert | Update):
        return []
    row, record = decision.row, decision.record
    faults = [
        empty_field(layer, row, field.name)
        for field in layer.fields
        if field.required and record.get(field.name) in (None, "")
    ]
    faults += [
        Refusal(
            row, rule.fields[0], rule.explanation, str(record.get(rule.fields[0]) or "(leeg)"),
            ", ".join(rule.values) or f"{' of '.join(rule.fields)} ingevuld", "Pas de rij aan.",
        )
        for rule in layer.requirements
        if not rule.holds(record)
    ]  # fmt: skip
    if layer.name == EVIDENCE and not faults:
        try:
            evidence_from_record(record)
        except AtlasError as error:
            faults.append(refusal(row, "waarde", error))
    return faults


def _notes(rows: Iterable[Incoming]) -> tuple[str, ...]:
    left = sorted({column for row in rows for column in row.left})
    if not left:
        return ()
    return (f"Deze kolommen houdt het dossier zelf bij en zijn niet overgenomen: {', '.join(left)}.",)


def _equal(in_dossier: object, in_file: object) -> bool:
    if isinstance(in_file, tuple) and isinstance(in_dossier, tuple | list):
        return [round(number, 3) for number in in_dossier] == list(in_file)
    if isinstance(in_dossier, date):
        return _day(in_dossier) == in_file
    return in_dossier == in_file


def _day(value: object) -> str:
    """The ISO date of a stored date, "" when it is empty."""
    return str(value)[:10] if value else ""


def sortable_moment(value: object) -> str:
    """A stored moment in the one notation that sorts, "" when it is empty or unreadable."""
    if not value:
        return ""
    try:
        return read_moment(value).value
    except AtlasError:
        return ""
