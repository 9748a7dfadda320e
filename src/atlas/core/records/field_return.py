"""What a team did with its package in the field, on its way back into the dossier.

Only what was done there comes back: new records, and the fields that were changed. What the team never had
(photos, who edited) and what it left as it was says nothing about the dossier. A record is known by its uuid
and by nothing else; see `made_in_field` for what two teams may both have made, `field_steps` for what two
devices may both have changed, and `conflicts` for what is kept until somebody decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import RURAL_LAYERS
from ..schema.steps import check_step
from ..tables.registers import write_moment
from ..words.errors import AtlasError
from ..words.layer_names import CONFLICTS, OBJECTS, VISITS
from .changes import plan_import, sortable_moment
from .conflicts import Conflicts
from .import_plan import Conflict, Unchanged, Update
from .incoming import Refusal, Remark
from .made_in_field import look_alikes, settle_version, taken_fields
from .returning_fields import Coming
from .visit_stops import at_their_stops

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
    from datetime import datetime

    from ..schema.working import WorkingLayer
    from .field_steps import FieldWork, Lineage
    from .import_plan import Change, ImportPlan, Insert
    from .matching import Record
    from .returning_fields import FieldChanges

REPORT_COLUMNS = ("laag", "uitkomst", "uuid", "veld", "gevonden", "toelichting", "adres", "rij", "pakket")
_PHOTO = "foto"


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What comes back: a plan for each layer, and of each row of it what the report says about it.

    Args:
        plans: A plan for each layer, in the order in which they are written.
        conflicts: What became of the conflicts of the dossier.
        uuids: Layer -> the uuid of each row.
        numbers: Layer -> uuid -> the number of its row in the package.
        addresses: The address, or else the place, of what a record is about.
        package: The name of the file that came back.
    """

    plans: tuple[ImportPlan, ...]
    conflicts: ImportPlan
    uuids: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Mapping[str, int]]
    addresses: Addresses
    package: str

    @property
    def written(self) -> tuple[ImportPlan, ...]:
        """All that is written."""
        return (*self.plans, self.conflicts)

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
        """Outcome -> number of records; a later version that took the place of another is a conflict."""
        versions = sum(bool(item.explanation) for plan in self.plans for item in plan.updates)
        return {
            "nieuw": sum(len(plan.inserts) for plan in self.plans),
            "gewijzigd": sum(bool(item.changes) for plan in self.plans for item in plan.updates) - versions,
            "conflict": sum(len(plan.conflicts) for plan in self.plans) + versions,
            "geweigerd": sum(len({item.row for item in plan.refusals}) for plan in self.plans),
        }

    def lines(self) -> Iterator[tuple[str, ...]]:
        """A line (`REPORT_COLUMNS`) for everything that was done in the field."""
        for plan in self.plans:
            uuids, numbers = self.uuids[plan.layer], self.numbers.get(plan.layer, {})
            for uuid, *told in _told(plan, uuids):
                outcome, name, found, text = told
                row, address = str(numbers.get(uuid, "")), self.addresses.of(plan.layer, uuid)
                yield plan.layer, outcome, uuid, name, found, text, address, row, self.package


def _told(plan: ImportPlan, uuids: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """uuid, outcome, field, what was found and an explanation, for everything in a plan."""
    for insert in plan.inserts:
        yield uuids[insert.row], "nieuw", "", "", ""
    for update in plan.updates:
        if update.explanation:
            yield from _both(update.uuid, update.changes, update.explanation)
        elif update.changes:
            fields = ", ".join(change.field for change in update.changes)
            found = "; ".join(
                f"{change.field}: {_shown(change.in_dossier)} → {_shown(change.in_file)}"
                for change in update.changes
            )
            yield update.uuid, "gewijzigd", fields, found, ""
        else:
            yield update.uuid, "ongewijzigd", "", "", ""
    for unchanged in plan.unchanged:
        yield unchanged.uuid, "ongewijzigd", "", "", unchanged.remark
    for conflict in plan.conflicts:
        yield from _both(conflict.uuid, conflict.differences, conflict.explanation)
    for refusal in plan.refusals:
        said = f"{refusal.reason} Verwacht: {refusal.expected}. {refusal.remedy}"
        yield uuids[refusal.row], "geweigerd", refusal.field, refusal.got, said
    for remark in plan.remarks:
        yield uuids[remark.row], "opmerking", remark.field, "", remark.text


def photo_names(work: Mapping[str, FieldWork]) -> list[str]:
    """The names of the photos of everything that was made or changed, sorted."""
    records = [record for done in work.values() for record in (*done.new, *done.changed)]
    return sorted({str(record[_PHOTO]) for record in records if record.get(_PHOTO)})


def with_photo_names(work: Mapping[str, FieldWork], names: Mapping[str, str]) -> dict[str, FieldWork]:
    """The same work with photos under another name, where the dossier has another photo of that name.

    Args:
        work: Layer -> what was done.
        names: Name of a photo in the package -> its name in the dossier.
    """

    def renamed(records: Iterable[Record]) -> tuple[Record, ...]:
        return tuple(
            {**record, _PHOTO: names[str(record[_PHOTO])]} if record.get(_PHOTO) in names else record
            for record in records
        )

    return {
        layer: replace(done, new=renamed(done.new), changed=renamed(done.changed))
        for layer, done in work.items()
    }


def plan_return(
    existing: Mapping[str, Mapping[str, Record]],
    work: Mapping[str, FieldWork],
    *,
    now: datetime,
    user: str,
    lineages: MutableMapping[str, dict[str, Lineage]] | None = None,
    package: str = "",
) -> ReturnPlan:
    """Decide what comes back, parents before children, so that a finding comes with its visit.

    Args:
        existing: Layer -> uuid -> the records of the dossier, see `Becoming.layers`.
        work: Layer -> what was done in the field.
        now: The moment, with its time zone.
        user: Who takes it back.
        lineages: Layer -> uuid -> what came back of a record before; what comes back now is added.
        package: The name of the file that came back.
    """
    known = {layer: dict(records) for layer, records in existing.items()}
    conflicts = Conflicts(known.get(CONFLICTS, {}), now=now, user=user, package=package)
    plans: list[ImportPlan] = []
    uuids: dict[str, list[str]] = {}
    refused: dict[str, set[str]] = {}
    for name, described in RURAL_LAYERS.items():
        done = work.get(name)
        if described.append_only or described.made_here:
            continue
        if done is not None:
            uuids[name] = [str(record["uuid"]) for record in (*done.new, *done.changed)] + list(done.deleted)
            if name == VISITS:
                done, moved = at_their_stops(done, known)
            before = {} if lineages is None else lineages.setdefault(name, {})
            coming = Coming(described, done, known, conflicts, before)
            plan = _plan_layer(coming, now=now, user=user)
            plan = replace(
                plan, refusals=tuple(_of_what_is_gone(described, one, refused) for one in plan.refusals)
            )
            refused[name] = {uuids[name][one.row] for one in plan.refusals}
            if name == VISITS:
                plan = replace(plan, remarks=(*plan.remarks, *moved))
            known[name].update({str(item.record["uuid"]): item.record for item in plan.inserts})
            plans.append(plan)
    rows = {name: done.rows for name, done in work.items()}
    # what is refused is looked up by its address too
    made = {name: {str(record["uuid"]): record for record in done.new} for name, done in work.items()}
    return ReturnPlan(tuple(plans), conflicts.plan(), uuids, rows, Addresses(known, made), package)


class Addresses:
    """Of a record its address, its place when it has none, or else what it is about has.

    Args:
        sources: Layer -> uuid -> record; of several with one uuid that of the first counts.
    """

    def __init__(self, *sources: Mapping[str, Mapping[str, Record]]) -> None:
        self._sources = sources

    def of(self, layer: str, uuid: str) -> str:
        """The address of a record; "" when nothing is known of it."""
        found = (source[layer][uuid] for source in self._sources if uuid in source.get(layer, ()))
        record = next(found, None)
        if record is None:
            return ""
        if own := str(record.get("adres") or ""):
            return own
        place = record.get(GEOMETRY_FIELD)
        if isinstance(place, tuple | list):
            return "x {:.0f}, y {:.0f}".format(*place)
        relations = RURAL_LAYERS[layer].relations
        above = (self.of(one.layer, str(record.get(one.field))) for one in relations)
        return next(filter(None, above), "")


def _plan_layer(coming: Coming, *, now: datetime, user: str) -> ImportPlan:
    layer, done, known = coming.layer, coming.done, coming.known
    if not (done.new or done.changed or done.deleted):
        return plan_import((), (), now=now, user=user, layer=layer.name, by_uuid=True)
    here = known[layer.name]
    made = {str(record["uuid"]): record for record in done.new if not coming.came_before(record)}
    fields: dict[int, FieldChanges] = {}
    rows: dict[int, dict[str, object]] = {}
    refusals: list[Refusal] = []
    remarks: list[Remark] = []
    for number, record in enumerate((*done.new, *done.changed)):
        uuid = str(record["uuid"])
        remarks += _forbidden_steps(done, uuid, number)
        if uuid in made and number < len(done.new):
            rows[number] = {
                name: record[name] for name in taken_fields(layer) if record.get(name) not in (None, "")
            }
        elif uuid not in here:
            refusals.append(_gone(number))
        else:
            fields[number] = changes = coming.changes(record, here[uuid], number)
            remarks += changes.remarks
            if changes.row:
                rows[number] = changes.row | {name: record[name] for name in ("uuid", "bron", "peildatum")}
    for number, uuid in enumerate(done.deleted, start=len(done.new) + len(done.changed)):
        if uuid in here:
            text = "In het veld verwijderd, in het dossier niet. Verwijder het daar als dat zo hoort."
            remarks.append(Remark(number, "", text))
    asked = {str(record["uuid"]) for record in (*done.new, *done.changed)}
    seen = {uuid: here[uuid] for uuid in asked if uuid in here and uuid not in made}
    parents = {one.layer: known[one.layer].values() for one in layer.relations if one.layer in known}
    plan = plan_import(
        seen.values(), list(rows.values()), now=now, user=user, layer=layer.name, parents=parents,
        numbers=list(rows), seen=seen, by_uuid=True,
    )  # fmt: skip
    plan = coming.with_changes(plan, fields)
    plan = _versions(coming, plan, made, here, write_moment(now))
    plan = replace(plan, steps={**plan.steps, **coming.steps_of(made, plan)})
    if plan.inserts:
        apart = (one for uuid, one in here.items() if uuid not in made and uuid not in done.carried)
        remarks += look_alikes(layer, plan.inserts, apart)
    return replace(plan, refusals=(*plan.refusals, *refusals), remarks=(*plan.remarks, *remarks))


def _versions(
    coming: Coming,
    plan: ImportPlan,
    made: Mapping[str, Record],
    here: Mapping[str, Record],
    now: str,
) -> ImportPlan:
    """The plan with what was made in the field compared with the version of it that came back before."""
    inserts: list[Insert] = []
    settled = []
    for insert in plan.inserts:
        uuid = str(insert.record["uuid"])
        changed = min(sortable_moment(made[uuid].get("gewijzigd_op")) or now, now)
        stamped = replace(insert, record={**insert.record, "gewijzigd_op": changed})
        if uuid in here:
            decision = settle_version(coming.layer, stamped, here[uuid])
            coming.note_version(decision, here[uuid], changed)
            settled.append(decision)
        else:
            inserts.append(stamped)
    return replace(
        plan,
        inserts=tuple(inserts),
        updates=(*plan.updates, *(item for item in settled if isinstance(item, Update))),
        unchanged=(*plan.unchanged, *(item for item in settled if isinstance(item, Unchanged))),
        conflicts=(*plan.conflicts, *(item for item in settled if isinstance(item, Conflict))),
    )


def _forbidden_steps(done: FieldWork, uuid: str, number: int) -> Iterator[Remark]:
    """A sentence for every step of the status that the panel of the dossier would not have made."""
    for was, became in done.steps.get(uuid, ()):
        try:
            check_step(OBJECTS, "status", was, became)
        except AtlasError as error:
            text = (
                f"In het veld is een stap gezet die het paneel niet maakt: {error.got}. "
                f"Verwacht: {error.expected}. Kijk na of dit klopt."
            )
            yield Remark(number, "status", text)


def _of_what_is_gone(
    layer: WorkingLayer, refusal: Refusal, refused: Mapping[str, Collection[str]]
) -> Refusal:
    """A refusal for want of what a record is about, in words for who comes back from the field."""
    above = next((one.layer for one in layer.relations if one.field == refusal.field), "")
    if not above:
        return refusal
    expected = f"een record van {above} dat in het dossier staat"
    if refusal.got in refused.get(above, ()):
        return replace(
            refusal,
            reason=f"Het record van {above} waar dit bij hoort, is zelf geweigerd.", expected=expected,
            remedy="Los eerst dat op en neem het pakket opnieuw terug; bewaar het tot dan.",
        )  # fmt: skip
    return replace(
        refusal,
        reason=f"Het record van {above} waar dit bij hoort, staat niet (meer) in het dossier.",
        expected=expected,
        remedy="Is het gewist, dan komt dit er niet meer bij. Zet het anders terug en neem het pakket "
        "opnieuw terug; bewaar het tot dan.",
    )


def _gone(number: int) -> Refusal:
    return Refusal(
        number, "uuid", "Dit record staat niet (meer) in het dossier.", "een wijziging uit het veld",
        "een record van dit dossier", "Misschien is het gewist na zijn termijn, of is dit een ander dossier.",
    )  # fmt: skip


def _both(
    uuid: str, differences: Sequence[Change], explanation: str
) -> Iterator[tuple[str, str, str, str, str]]:
    """A line for every field of a conflict, with both values."""
    for change in differences:
        found = f"dossier: {_shown(change.in_dossier)}; veld: {_shown(change.in_file)}"
        yield uuid, "conflict", change.field, found, explanation


def _shown(value: object) -> str:
    return "(leeg)" if value in (None, "") else str(value)
