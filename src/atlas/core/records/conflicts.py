"""Conflicts between what came from the field and what the dossier holds: kept with both values until decided.

A conflict is known by its record, its field and the value from the field: the same value again is the same
conflict, whichever device brought it and however often.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..schema.conflicts import KEEPS_DOSSIER, LINKS, OPEN, SUPERSEDED, TAKES_FIELD
from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import working_layer
from ..tables.registers import write_moment
from ..words.errors import AtlasError
from ..words.layer_names import CONFLICTS
from .changes import plan_import
from .field_steps import value_mark
from .import_plan import Change, ImportPlan, Insert, Update
from .in_words import field_in_words, record_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from ..schema.working import WorkingLayer
    from .matching import Record

_NAMESPACE = UUID("9d0c5f0a-3a0e-5b8f-8a58-0f1b7d2c6e41")
_AS_THE_RECORD = ("bron", "peildatum", "bewaren_tot", "regime")
_STAMPS = ("gewijzigd_op", "gewijzigd_door", "ingelezen_op")
#: letters of a uuid by which a person names a conflict
SHORT = 8


class Conflicts:
    """The conflicts of a dossier while packages come back; `plan` says what became of them.

    Args:
        records: uuid -> the records of the layer.
        now: When.
        user: Who takes back.
        package: The name of the file that came back.
    """

    def __init__(self, records: Mapping[str, Record], *, now: datetime, user: str, package: str = "") -> None:
        self._before = records
        self._records = dict(self._before)
        self._by_record: dict[tuple[str, str], list[str]] = {}
        for uuid, record in self._records.items():
            self._by_record.setdefault(_about(record), []).append(uuid)
        self._stamp, self._user, self.package = write_moment(now), user, package

    def decided(self, layer: str, uuid: str, name: str) -> dict[str, Record]:
        """Mark of the value from the field -> its conflict, of those that somebody decided."""
        return {
            value_mark(field_value(working_layer(layer), name, record.get("waarde_veld"))): record
            for record in self._of(layer, uuid, name)
            if record["besluit"] in (KEEPS_DOSSIER, TAKES_FIELD)
        }

    def values(self, layer: str, uuid: str, name: str) -> list[object]:
        """The values from the field that there is a conflict about."""
        described = working_layer(layer)
        return [field_value(described, name, one.get("waarde_veld")) for one in self._of(layer, uuid, name)]

    def settle(
        self, layer: str, record: Record, name: str, held: object, others: Mapping[str, tuple[object, str]]
    ) -> None:
        """Note which values differ from what a field holds; what was open and is not among them has lapsed.

        Args:
            layer: Of the record.
            record: As it is in the dossier.
            name: The field.
            held: What the dossier holds.
            others: Mark of a value -> the value, and the last moment at which the field set it.
        """
        uuid = str(record["uuid"])
        for known in self._of(layer, uuid, name):
            mark = value_mark(field_value(working_layer(layer), name, known.get("waarde_veld")))
            if known["besluit"] == OPEN and mark not in others:
                self._change(known, besluit=SUPERSEDED)
        for value, moment in others.values():
            self.add(layer, record, Change(name, held, value), moment)

    def add(self, layer: str, record: Record, values: Change, moment: str) -> None:
        """Note a value from the field that differs from the dossier's, unless somebody decided about it."""
        name, held, value = values.field, values.in_dossier, values.in_file
        own = str(uuid5(_NAMESPACE, f"{layer}|{record['uuid']}|{name}|{value_mark(value)}"))
        known = self._records.get(own)
        if known is not None:
            if known["besluit"] in (OPEN, SUPERSEDED):
                later = max(moment, str(known.get("moment_veld") or ""))
                self._change(known, besluit=OPEN, waarde_dossier=field_text(held), moment_veld=later)
            return
        self._by_record.setdefault((layer, str(record["uuid"])), []).append(own)
        self._records[own] = {
            **dict.fromkeys(working_layer(CONFLICTS).field_names),
            **{field: record.get(field) for field in _AS_THE_RECORD},
            "uuid": own,
            LINKS[layer]: record["uuid"],
            "veld": name,
            "waarde_dossier": field_text(held),
            "waarde_veld": field_text(value),
            "moment_veld": moment or None,
            "veldwerk": value_mark(value),
            "pakket": self.package or None,
            "besluit": OPEN,
            "aangemaakt_op": self._stamp,
            "aangemaakt_door": self._user,
            **self._stamps(),
        }

    def lapse(self, layer: str, uuid: str, name: str, held: object) -> None:
        """Let the open conflicts about a field lapse that are about what it holds by now."""
        for known in self._of(layer, uuid, name):
            value = field_value(working_layer(layer), name, known.get("waarde_veld"))
            if known["besluit"] == OPEN and value_mark(value) == value_mark(held):
                self._change(known, besluit=SUPERSEDED)

    def plan(self) -> ImportPlan:
        """What is to be written."""
        inserts, updates = [], []
        for number, (uuid, record) in enumerate(sorted(self._records.items()), start=1):
            before = self._before.get(uuid)
            if before is None:
                inserts.append(Insert(number, record))
            elif changes := _differences(before, record):
                updates.append(Update(number, uuid, changes, record))
        return ImportPlan(CONFLICTS, tuple(inserts), tuple(updates), (), (), (), by_uuid=True)

    @property
    def open(self) -> int:
        """How many are still to be decided."""
        return sum(record["besluit"] == OPEN for record in self._records.values())

    def _of(self, layer: str, uuid: str, name: str) -> Iterator[Record]:
        for own in self._by_record.get((layer, uuid), ()):
            if self._records[own]["veld"] == name:
                yield self._records[own]

    def _change(self, record: Record, **fields: object) -> None:
        if any(record.get(name) != value for name, value in fields.items()):
            self._records[str(record["uuid"])] = {**record, **fields, **self._stamps()}

    def _stamps(self) -> dict[str, object]:
        return {"gewijzigd_op": self._stamp, "gewijzigd_door": self._user, "ingelezen_op": self._stamp}


def _about(conflict: Record) -> tuple[str, str]:
    """The layer and the uuid of the record that a conflict is about."""
    return next((layer, str(conflict[field])) for layer, field in LINKS.items() if conflict.get(field))


def _differences(before: Record, after: Record) -> tuple[Change, ...]:
    return tuple(
        Change(name, before.get(name), value)
        for name, value in after.items()
        if name not in _STAMPS and before.get(name) != value
    )


def field_text(value: object) -> str | None:
    """A value of any field as text, as a conflict keeps it."""
    if value in (None, ""):
        return None
    if isinstance(value, tuple | list):
        return " ".join(f"{number:.3f}" for number in value)
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def field_value(layer: WorkingLayer, name: str, text: object) -> object:
    """The value of a field that a conflict keeps as text."""
    if text in (None, ""):
        return None
    if name == GEOMETRY_FIELD:
        return tuple(float(number) for number in str(text).split())
    known = layer.field(name)
    if known is not None and known.type == "integer":
        return int(str(text))
    return float(str(text)) if known is not None and known.type == "real" else str(text)


class OpenConflict:
    """A conflict for a person: about what it is, and both values in words."""

    def __init__(self, record: Record, layers: Mapping[str, Sequence[Record]]) -> None:
        self.record = record
        self.layer, self.about = _about(record)
        described = working_layer(self.layer)
        found = next((one for one in layers[self.layer] if str(one["uuid"]) == self.about), {})
        self.now_holds = found.get(str(record["veld"]))
        self.name = record_name(described, found) if found else self.about
        self.field, self.in_dossier = field_in_words(described, str(record["veld"]), self.now_holds)
        value = field_value(described, str(record["veld"]), record.get("waarde_veld"))
        self.from_field = field_in_words(described, str(record["veld"]), value)[1]

    @property
    def short(self) -> str:
        """By what a person names it."""
        return str(self.record["uuid"])[:SHORT]

    @property
    def title(self) -> str:
        """About what it is: the layer, and by what a person knows the record."""
        alias = working_layer(self.layer).alias
        return self.name if self.name.startswith(alias) else f"{alias}, {self.name}"

    @property
    def moment(self) -> str:
        """When the field was changed outside; "" when that is not known."""
        moment = str(self.record.get("moment_veld") or "")
        return f"{moment[:10]} {moment[11:16]} UTC" if moment else ""

    def decided(self, choice: str, *, again: bool) -> str:
        """Which value the field has after a decision, and whether it was decided before."""
        held = self.in_dossier if choice == KEEPS_DOSSIER else self.from_field
        before = " Dat was al besloten." if again else ""
        return f"{self.short}: {self.field} van {self.name} is {held}.{before}"

    @property
    def sentence(self) -> str:
        """About what it is, and both values."""
        when = f" (in het veld op {self.moment})" if self.moment else ""
        return (
            f"{self.short}  {self.title}: {self.field}. Dossier: {self.in_dossier}; "
            f"veld: {self.from_field}{when}."
        )


def open_conflicts(layers: Mapping[str, Sequence[Record]]) -> list[OpenConflict]:
    """The conflicts that are still to be decided, by what they are about."""
    found = [OpenConflict(one, layers) for one in layers[CONFLICTS] if one["besluit"] == OPEN]
    return sorted(found, key=lambda one: (one.layer, one.name, one.about, one.field, one.short))


def plan_decision(
    layers: Mapping[str, Sequence[Record]], named: str, choice: str, *, why: str, now: datetime, user: str
) -> tuple[OpenConflict, tuple[ImportPlan, ...]]:
    """What a decision about a conflict writes; nothing when the same was decided before.

    Args:
        layers: All records of the dossier.
        named: The uuid of the conflict, or how it begins.
        choice: `dossier` or `veld`.
        why: In a few words; "" for nothing.
        now: When.
        user: Who decides.

    Raises:
        AtlasError: no such conflict, several, one that was decided otherwise, or a value that can't be.
    """
    conflict = _named(layers, named)
    before = conflict.record
    if before["besluit"] == choice:
        return conflict, ()
    if before["besluit"] != OPEN:
        raise AtlasError(
            "Over dit conflict is al beslist.", got=str(before["besluit"]),
            where=f"{conflict.short}, op {str(before.get('besloten_op') or before['gewijzigd_op'])[:10]}",
            expected="een conflict dat nog open is",
            hint="Verbeter het record als het toch anders moet zijn.",
        )  # fmt: skip
    stamp = write_moment(now)
    kept = {"gewijzigd_op": stamp, "gewijzigd_door": user, "ingelezen_op": stamp}
    fields = {
        "besluit": choice, "besloten_op": stamp, "besloten_door": user, "toelichting": why or None,
        "waarde_dossier": field_text(conflict.now_holds),
    }  # fmt: skip
    after = {**before, **fields, **kept}
    decided = Update(1, str(before["uuid"]), _differences(before, after), after)
    plans = [ImportPlan(CONFLICTS, (), (decided,), (), (), (), by_uuid=True)]
    if choice == TAKES_FIELD:
        plans.insert(0, _taken(conflict, layers, now=now, user=user))
    return conflict, tuple(plans)


def _taken(
    conflict: OpenConflict, layers: Mapping[str, Sequence[Record]], *, now: datetime, user: str
) -> ImportPlan:
    """The record with the value from the field, checked like any row that comes in."""
    name, uuid = str(conflict.record["veld"]), conflict.about
    (mine,) = (one for one in layers[conflict.layer] if str(one["uuid"]) == uuid)
    value = field_value(working_layer(conflict.layer), name, conflict.record.get("waarde_veld"))
    row = {"uuid": uuid, "bron": mine["bron"], "peildatum": mine["peildatum"], name: value}
    plan = plan_import(
        layers[conflict.layer], [row], now=now, user=user, layer=conflict.layer, parents=layers,
        seen={uuid: {name: mine.get(name)}}, by_uuid=True,
    )  # fmt: skip
    for refused in plan.refusals:
        raise AtlasError(
            refused.reason, where=f"{conflict.name}, {conflict.field}", got=refused.got,
            expected=refused.expected, hint="Kies de waarde van het dossier, of verbeter het record.",
        )  # fmt: skip
    return replace(plan, unchanged=())


def _named(layers: Mapping[str, Sequence[Record]], named: str) -> OpenConflict:
    wanted = named.strip("{} ").lower()
    found = [one for one in layers[CONFLICTS] if wanted and str(one["uuid"]).startswith(wanted)]
    if len(found) != 1:
        shown = ", ".join(one.short for one in open_conflicts(layers)[:5])
        raise AtlasError(
            "Zo beginnen meer conflicten." if found else "Dit conflict is er niet.", got=named,
            expected=shown or "een conflict dat nog open is; er zijn er geen",
        )  # fmt: skip
    return OpenConflict(found[0], layers)
