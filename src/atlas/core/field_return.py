"""What a team did with its package in the field, on its way back into the dossier.

Only what was done there comes back: new records, and the fields that were changed. What the team never had
(photos, who edited) and what it left as it was says nothing about the dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .disclosure import may_leave
from .dossier import plan_import
from .incoming import Refusal, Remark
from .schema import GEOMETRY_FIELD
from .schema_rural import RURAL_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from .import_plan import ImportPlan
    from .matching import Record
    from .working import WorkingLayer

REPORT_COLUMNS = ("laag", "uitkomst", "uuid", "veld", "gevonden", "toelichting")
_TEAM = "team"
_PHOTO = "foto"


@dataclass(frozen=True, slots=True)
class FieldWork:
    """What people did with a layer of the package.

    Args:
        new: Records that were made in the field.
        changed: Records as they are now.
        before: uuid -> the fields that changed, with what they held when the package was made.
        deleted: uuids of packed records that were deleted.
    """

    new: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    before: Mapping[str, Mapping[str, object]] | None = None
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What comes back: a plan for each layer, and per layer the uuid of each row of it."""

    plans: tuple[ImportPlan, ...]
    uuids: Mapping[str, Sequence[str]]

    @property
    def photos(self) -> list[str]:
        """The paths of the photos that records get."""
        records = [item.record for plan in self.plans for item in plan.inserts]
        paths = [record.get(_PHOTO) for record in records]
        paths += [
            change.in_file
            for plan in self.plans
            for update in plan.updates
            for change in update.changes
            if change.field == _PHOTO
        ]
        return sorted({str(path) for path in paths if path})

    def counts(self) -> dict[str, int]:
        """Outcome -> number of records."""
        return {
            "nieuw": sum(len(plan.inserts) for plan in self.plans),
            "gewijzigd": sum(len(plan.updates) for plan in self.plans),
            "conflict": sum(len(plan.conflicts) for plan in self.plans),
            "geweigerd": sum(len({item.row for item in plan.refusals}) for plan in self.plans),
        }

    def lines(self) -> Iterator[tuple[str, ...]]:
        """A line (`REPORT_COLUMNS`) for everything that was done in the field."""
        for plan in self.plans:
            uuids = self.uuids[plan.layer]
            for insert in plan.inserts:
                yield plan.layer, "nieuw", uuids[insert.row], "", "", ""
            for update in plan.updates:
                fields = ", ".join(change.field for change in update.changes)
                yield plan.layer, "gewijzigd", update.uuid, fields, "", ""
            for unchanged in plan.unchanged:
                yield plan.layer, "ongewijzigd", unchanged.uuid, "", "", unchanged.remark
            for conflict in plan.conflicts:
                for change in conflict.differences:
                    found = f"dossier: {_shown(change.in_dossier)}; veld: {_shown(change.in_file)}"
                    yield plan.layer, "conflict", conflict.uuid, change.field, found, conflict.explanation
            for refusal in plan.refusals:
                said = f"{refusal.reason} Verwacht: {refusal.expected}. {refusal.remedy}"
                yield plan.layer, "geweigerd", uuids[refusal.row], refusal.field, refusal.got, said
            for remark in plan.remarks:
                yield plan.layer, "opmerking", uuids[remark.row], remark.field, "", remark.text


def plan_return(
    existing: Mapping[str, Sequence[Record]], work: Mapping[str, FieldWork], *, now: datetime, user: str
) -> ReturnPlan:
    """Decide what comes back, parents before children, so that a finding comes with its visit.

    Args:
        existing: Layer -> the records of the dossier.
        work: Layer -> what was done in the field.
        now: The moment, with its time zone.
        user: Who takes it back.
    """
    known = {layer: list(records) for layer, records in existing.items()}
    plans: list[ImportPlan] = []
    uuids: dict[str, list[str]] = {}
    for name, described in RURAL_LAYERS.items():
        done = work.get(name)
        if done is None or described.append_only:
            continue
        uuids[name] = [str(record["uuid"]) for record in (*done.new, *done.changed)] + list(done.deleted)
        plan = _plan_layer(described, done, known, now=now, user=user)
        known[name] += [item.record for item in plan.inserts]
        plans.append(plan)
    return ReturnPlan(tuple(plans), uuids)


def _plan_layer(
    layer: WorkingLayer, done: FieldWork, known: Mapping[str, Sequence[Record]], *, now: datetime, user: str
) -> ImportPlan:
    here = {str(record["uuid"]): record for record in known[layer.name]}
    before = done.before or {}
    rows: dict[int, dict[str, object]] = {}
    refusals: list[Refusal] = []
    remarks: list[Remark] = []
    for number, record in enumerate(done.new):
        rows[number] = {name: record[name] for name in _taken(layer) if record.get(name) not in (None, "")}
    for number, record in enumerate(done.changed, start=len(done.new)):
        uuid = str(record["uuid"])
        if uuid not in here:
            refusals.append(_gone(number))
            continue
        row, said = _changed_row(layer, record, before[uuid], here[uuid], number)
        remarks += said
        if row:
            rows[number] = {**row, **{name: record[name] for name in ("uuid", "bron", "peildatum")}}
    for number, uuid in enumerate(done.deleted, start=len(done.new) + len(done.changed)):
        if uuid in here:
            text = "In het veld verwijderd, in het dossier niet. Verwijder het daar als dat zo hoort."
            remarks.append(Remark(number, "", text))
    plan = plan_import(
        known[layer.name], list(rows.values()), now=now, user=user, layer=layer.name, parents=known,
        numbers=list(rows), seen=before,
    )  # fmt: skip
    return replace(plan, refusals=(*plan.refusals, *refusals), remarks=(*plan.remarks, *remarks))


def _changed_row(
    layer: WorkingLayer, record: Record, before: Mapping[str, object], mine: Record, number: int
) -> tuple[dict[str, object], list[Remark]]:
    """The changed fields of a record, without those that can't come back, and why they can't."""
    row: dict[str, object] = {}
    remarks = []
    for name in _taken(layer):
        if name not in before or name == "uuid":
            continue
        value = record.get(name)
        if value in (None, ""):
            if mine.get(name) not in (None, ""):
                text = "In het veld leeggemaakt; het dossier houdt wat er stond."
                remarks.append(Remark(number, name, text))
        elif not may_leave(layer.name, name, _TEAM) and mine.get(name) not in (None, "", value):
            text = f"Het dossier heeft hier al iets, dat niet mee was; niet overgenomen: {value}"
            remarks.append(Remark(number, name, text))
        else:
            row[name] = value
    return row, remarks


def _taken(layer: WorkingLayer) -> list[str]:
    """The fields that a file may set, and the place."""
    names = [field.name for field in layer.fields if not field.own]
    return [*names, GEOMETRY_FIELD] if layer.geometry else names


def _gone(number: int) -> Refusal:
    return Refusal(
        number, "uuid", "Dit record staat niet (meer) in het dossier.", "een wijziging uit het veld",
        "een record van dit dossier", "Misschien is het gewist na zijn termijn, of is dit een ander dossier.",
    )  # fmt: skip


def _shown(value: object) -> str:
    return "(leeg)" if value in (None, "") else str(value)
