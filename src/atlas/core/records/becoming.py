"""The records of a dossier while several plans follow each other, and one plan for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .import_plan import Change, ImportPlan, Insert, Update

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .field_steps import Chains
    from .matching import Record

_STAMPS = ("gewijzigd_op", "gewijzigd_door", "ingelezen_op")


class Becoming:
    """Records that plans change one after the other.

    Args:
        before: Layer -> the records of the dossier.
    """

    def __init__(self, before: Mapping[str, Sequence[Record]]) -> None:
        self._before = {
            layer: {str(one["uuid"]): one for one in records} for layer, records in before.items()
        }
        self._now = {layer: dict(records) for layer, records in self._before.items()}
        self._steps: dict[str, dict[str, dict[str, Chains]]] = {}

    @property
    def layers(self) -> Mapping[str, Mapping[str, Record]]:
        """Layer -> uuid -> the records as they are by now."""
        return self._now

    def take(self, plans: Iterable[ImportPlan]) -> None:
        """Take over what plans would write."""
        for plan in plans:
            records = self._now[plan.layer]
            records.update({str(item.record["uuid"]): item.record for item in plan.inserts})
            records.update({item.uuid: item.record for item in plan.updates})
            of_layer = self._steps.setdefault(plan.layer, {})
            for uuid, steps in plan.steps.items():
                known = of_layer.setdefault(uuid, {})
                for name, chains in steps.items():
                    known[name] = (*known.get(name, ()), *chains)

    def plans(self) -> list[ImportPlan]:
        """One plan for each layer that brings the dossier from what it was to what it became."""
        return [self._plan(layer) for layer in self._now]

    def _plan(self, layer: str) -> ImportPlan:
        before = self._before[layer]
        inserts, updates = [], []
        for number, (uuid, record) in enumerate(self._now[layer].items()):
            was = before.get(uuid)
            if was is None:
                inserts.append(Insert(number, record))
            elif was is not record:
                changes = tuple(
                    Change(name, was.get(name), value)
                    for name, value in record.items()
                    if name not in _STAMPS and was.get(name) != value
                )
                if changes or any(was.get(name) != record.get(name) for name in _STAMPS):
                    updates.append(Update(number, uuid, changes, record))
        steps = self._steps.get(layer, {})
        return ImportPlan(layer, tuple(inserts), tuple(updates), (), (), (), by_uuid=True, steps=steps)
