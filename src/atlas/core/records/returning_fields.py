"""The fields of a record that comes back from the field: which are taken, and which conflict."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..disclosure.audiences import Audience
from ..disclosure.fields import may_leave
from ..schema.conflicts import KEEPS_DOSSIER
from .changes import sortable_moment
from .field_steps import MADE, Lineage, mark_of, outcome, value_mark
from .import_plan import CONFLICTS, ELSEWHERE, Change, Conflict, Unchanged, Update
from .incoming import Remark
from .made_in_field import LAST_ONE_STAYS, TWO_VERSIONS, taken_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from ..schema.working import WorkingLayer
    from .conflicts import Conflicts
    from .field_steps import Chains, Edits, FieldWork
    from .import_plan import Decision, ImportPlan
    from .matching import Record

#: a record keeps its own, and the newest day on which something was so is no matter of opinion
_NO_MATTER_OF_STEPS = ("uuid", "peildatum")


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """What comes of the fields of one record.

    Args:
        record: As it is in the dossier.
        row: The fields that it gets.
        chains: Field -> the steps that came back.
        held: Field -> what it will hold, of the fields with steps.
        others: Field -> mark -> values that differ from that, with the moment of each.
        told: Of each conflict that this brings: what the dossier had and what the field says.
        by_office: Whether the office's own value stays in one of them.
        remarks: What is not taken, and why.
    """

    record: Record
    row: dict[str, object]
    chains: dict[str, tuple[str, ...]]
    held: dict[str, object]
    others: dict[str, dict[str, tuple[object, str]]]
    told: list[Change]
    by_office: bool
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class Coming:
    """A layer of a package beside the dossier: its work, the records, the conflicts, and what came before."""

    layer: WorkingLayer
    done: FieldWork
    known: Mapping[str, Mapping[str, Record]]
    conflicts: Conflicts
    lineages: MutableMapping[str, Lineage]

    def came_before(self, record: Record) -> bool:
        """Whether a new record is one that this making of it brought before, and only its changes count."""
        uuid = str(record["uuid"])
        lineage = self.lineages.get(uuid)
        if lineage is None or self._making(record) not in lineage.made:
            return False
        edits = self.done.edits.get(uuid, {})
        return len(lineage.made) == 1 or all(lineage.knows(name, one.chain) for name, one in edits.items())

    def changes(self, record: Record, mine: Record, number: int) -> FieldChanges:
        """What comes of the fields that were changed in the field."""
        uuid = str(record["uuid"])
        lineage = self.lineages.get(uuid)
        found = FieldChanges(mine, {}, {}, {}, {}, [], by_office=False, remarks=[])
        for name, edits in self.done.edits.get(uuid, {}).items():
            if name not in taken_fields(self.layer) or name in _NO_MATTER_OF_STEPS:
                continue
            if lineage is not None and lineage.knows(name, edits.chain):
                continue
            why_not = self._why_not(name, record.get(name), mine.get(name), carried=uuid in self.done.carried)
            if why_not:
                found.remarks.append(Remark(number, name, why_not))
            else:
                found = self._settled(found, name, edits, record.get(name))
        return found

    def with_changes(self, plan: ImportPlan, fields: Mapping[int, FieldChanges]) -> ImportPlan:
        """The plan with the conflicts, and what nothing came of; of a refused row nothing is kept."""
        refused = {refusal.row for refusal in plan.refusals}
        conflicts, unchanged = [], []
        steps: dict[str, dict[str, Chains]] = {}
        for number, found in fields.items():
            if number in refused:
                continue
            uuid = str(found.record["uuid"])
            lineage = self.lineages.setdefault(uuid, Lineage())
            for name, chain in found.chains.items():
                self._office_of(lineage, name, found.record)
                lineage.chains.setdefault(name, []).append(chain)
                after = found.held[name]
                self.conflicts.settle(self.layer.name, found.record, name, after, found.others[name])
            if found.chains:
                steps[uuid] = {name: (chain,) for name, chain in found.chains.items()}
            if found.told:
                reason = ELSEWHERE if found.by_office else TWO_VERSIONS
                words = CONFLICTS[ELSEWHERE] if found.by_office else LAST_ONE_STAYS
                conflicts.append(Conflict(number, uuid, reason, words, tuple(found.told)))
            elif not found.row and not found.remarks:
                unchanged.append(Unchanged(number, uuid))
        return replace(
            plan,
            unchanged=(*plan.unchanged, *unchanged),
            conflicts=(*plan.conflicts, *conflicts),
            steps={**plan.steps, **steps},
        )

    def note_version(self, decision: Decision, mine: Record, moment: str) -> None:
        """Keep the values that gave way when one uuid came back as two records."""
        layer, uuid = self.layer.name, str(mine["uuid"])
        if isinstance(decision, Update):
            then = sortable_moment(mine.get("gewijzigd_op"))
            for change in decision.changes:
                self.conflicts.lapse(layer, uuid, change.field, change.in_file)
                gave_way = Change(change.field, change.in_file, change.in_dossier)
                self.conflicts.add(layer, mine, gave_way, then)
        elif isinstance(decision, Conflict):
            for change in decision.differences:
                self.conflicts.add(layer, mine, change, moment)

    def steps_of(self, made: Mapping[str, Record], plan: ImportPlan) -> dict[str, dict[str, Chains]]:
        """By what records that were made in the field are known again; refused ones aren't."""
        rows = {
            item.row for part in (plan.inserts, plan.updates, plan.unchanged, plan.conflicts) for item in part
        }
        numbers = {str(record["uuid"]): number for number, record in enumerate(self.done.new)}
        steps: dict[str, dict[str, Chains]] = {}
        for uuid, record in made.items():
            if numbers[uuid] not in rows:
                continue
            making = self._making(record)
            chains = {name: edits.chain for name, edits in self.done.edits.get(uuid, {}).items()}
            lineage = self.lineages.setdefault(uuid, Lineage())
            if making in lineage.made and all(lineage.knows(name, chain) for name, chain in chains.items()):
                continue
            lineage.made.add(making)
            for name, chain in chains.items():
                lineage.chains.setdefault(name, []).append(chain)
            steps[uuid] = {MADE: ((making,),), **{name: (chain,) for name, chain in chains.items()}}
        return steps

    def _settled(self, found: FieldChanges, name: str, edits: Edits, value: object) -> FieldChanges:
        """The same with one field more."""
        uuid, mine = str(found.record["uuid"]), found.record.get(name)
        lineage = self.lineages.get(uuid, Lineage())
        self._office_of(lineage, name, found.record)
        decided = self.conflicts.decided(self.layer.name, uuid, name)
        now_holds, came = value_mark(mine), mark_of(edits.chain[-1])
        result = outcome(lineage, name, edits.chain, now_holds, decided)
        values = {value_mark(one): one for one in self.conflicts.values(self.layer.name, uuid, name)}
        values |= {came: value, now_holds: mine}
        held = result.held if result.held in values else now_holds
        others = {
            mark: (values[mark], moment)
            for mark, moment in result.others.items()
            if mark in values and mark != held
        }
        found.chains[name], found.held[name], found.others[name] = edits.chain, values[held], others
        if held != now_holds:
            found.row[name] = values[held]
        lost, gave_way = came in others, now_holds in others
        if lost or gave_way:
            found.told.append(Change(name, mine, value if lost else values[held]))
        return replace(found, by_office=found.by_office or (lost and lineage.office.get(name) == now_holds))

    def _office_of(self, lineage: Lineage, name: str, mine: Record) -> None:
        """What somebody chose of two values is what the office says; so is what no history tells about."""
        now_holds = value_mark(mine.get(name))
        decided = self.conflicts.decided(self.layer.name, str(mine["uuid"]), name).values()
        chosen = any(
            one["besluit"] == KEEPS_DOSSIER and value_mark(one.get("waarde_dossier")) == now_holds
            for one in decided
        )
        if chosen or not (lineage.made or lineage.office or lineage.chains):
            lineage.office[name] = now_holds

    def _why_not(self, name: str, value: object, mine: object, *, carried: bool) -> str:
        """Why a value from the field is not taken, in Dutch; "" when it may be."""
        if value in (None, ""):
            if mine in (None, ""):
                return ""
            return f"In het veld leeggemaakt; het dossier houdt wat er stond: {mine}"
        withheld = carried and not may_leave(self.layer.name, name, Audience.TEAM)
        if withheld and mine not in (None, "", value):
            return (
                "Het dossier heeft hier al iets, dat niet mee was; niet overgenomen. "
                f"Dossier: {mine}; veld: {value}"
            )
        return ""

    def _making(self, record: Record) -> str:
        """A mark of the making of a record in the field: when, and what it held then."""
        uuid = str(record["uuid"])
        edits = self.done.edits.get(uuid, {})
        first = [
            value_mark(edits[name].base if name in edits else record.get(name))
            for name in taken_fields(self.layer)
        ]
        moment = self.done.made.get(uuid) or sortable_moment(record.get("gewijzigd_op"))
        return f"{moment}/{value_mark(json.dumps(first))}"


def chains_text(steps: Mapping[str, Chains]) -> str:
    """Steps as the history keeps them."""
    return json.dumps(steps, separators=(",", ":"))
