"""Which record of the dossier is a row about? By uuid, else by the identities of the layer, never a guess."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..schema.published import GEOMETRY_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..schema.working import Identity, WorkingLayer

Record = dict[str, object]
Key = tuple[str, ...]
#: more rows than this at one place or address stand for "we don't know where": nothing tells them apart
_MOST_PAIRS = 250_000
#: the position of a row, and the values that tell it apart from others
_Member = tuple[int, tuple[str, ...]]
#: uuids of new records are made from what identifies them, so that the same row is the same record everywhere
_NAMESPACE = UUID("6b1f6a52-7c0f-5a55-9d43-2f6d1c0e8a17")


@dataclass(frozen=True, slots=True)
class Match:
    """`record` is the existing record, None for a new one; `candidates` are several, when it is undecided."""

    record: Record | None
    candidates: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """The existing records of a layer, by uuid and by each identity."""

    layer: WorkingLayer
    by_uuid: dict[str, Record]
    by_identity: tuple[dict[Key, list[Record]], ...]

    def find(self, values: Mapping[str, object]) -> Match:
        """The record that a row with these values is about.

        A known uuid decides, unless the row is recognised as another record too: then both are candidates.
        Without one: the record made from the same identity before, then identities from precise to coarse.
        """
        by_identity = self._by_identity(values)
        same = self.by_uuid.get(str(values.get("uuid", "")))
        if same is None:
            return by_identity
        others = by_identity.candidates or ((by_identity.record,) if by_identity.record else ())
        if others and all(other["uuid"] != same["uuid"] for other in others):
            return Match(None, (same, *others))
        return Match(same)

    def _by_identity(self, values: Mapping[str, object]) -> Match:
        keys = [(identity, key(identity, values)) for identity in self.layer.identities]
        for identity, wanted in keys:
            made = self.by_uuid.get(made_uuid(self.layer, identity, wanted)) if wanted else None
            if made is not None and not differ(made, values, identity.unless_different):
                return Match(made)
        for (identity, wanted), known in zip(keys, self.by_identity, strict=True):
            found = known.get(wanted, []) if wanted else []
            same = [record for record in found if not differ(record, values, identity.unless_different)]
            if same:
                return Match(same[0]) if len(same) == 1 else Match(None, tuple(same))
        return Match(None)


def index(layer: WorkingLayer, records: Iterable[Record]) -> Index:
    """An index of existing records, each with its "uuid"."""
    by_uuid: dict[str, Record] = {}
    by_identity: tuple[dict[Key, list[Record]], ...] = tuple(defaultdict(list) for _ in layer.identities)
    for record in records:
        by_uuid[str(record["uuid"])] = record
        for identity, known in zip(layer.identities, by_identity, strict=True):
            own = key(identity, record)
            if own:
                known[own].append(record)
    return Index(layer, by_uuid, by_identity)


def key(identity: Identity, values: Mapping[str, object]) -> Key:
    """What identifies a record; () when one of the fields is empty, or an address has no house number."""
    parts = tuple(comparable(name, values.get(name)) for name in identity.fields)
    vague = "adres" in identity.fields and not any(map(str.isdigit, parts[identity.fields.index("adres")]))
    return parts if all(parts) and not vague else ()


def differ(one: Mapping[str, object], other: Mapping[str, object], names: Sequence[str]) -> bool:
    """Whether two records differ in a field that both have filled."""
    pairs = ((comparable(name, one.get(name)), comparable(name, other.get(name))) for name in names)
    return any(first and second and first != second for first, second in pairs)


def made_uuid(layer: WorkingLayer, identity: Identity, identifying: Key) -> str:
    """The uuid of a new record that is recognised by this identity: always the same one."""
    return str(uuid5(_NAMESPACE, json.dumps([layer.name, identity.fields, identifying])))


def new_uuid(layer: WorkingLayer, values: Mapping[str, object]) -> str:
    """The uuid of a new record, from the first identity that is filled; "" when there is none."""
    for identity in layer.identities:
        identifying = key(identity, values)
        if identifying:
            return made_uuid(layer, identity, identifying)
    return ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says about a record, as far as recognising it goes.

    `uuids` are those of the records it may be about, `row` what the file says, `record` what the record will
    hold, `named` whether the row names a record of the dossier by its uuid.
    """

    uuids: tuple[str, ...]
    row: Mapping[str, object]
    record: Mapping[str, object]
    named: bool


def same_records(layer: WorkingLayer, claims: Sequence[Claim]) -> list[list[int]]:
    """Groups of positions of rows that may be about one record, each sorted; single rows are left out.

    Rows are compared as they stand in the file and as what their records will hold: a row that is recognised
    only after another one has changed a record must be seen now, not at the next import. Rows that each name
    another record of the dossier by uuid are apart, whatever they share.
    """
    groups = _Groups(list(range(len(claims))))
    named = [claim.uuids[0] if claim.named else "" for claim in claims]
    faces = [(position, face) for position, claim in enumerate(claims) for face in (claim.row, claim.record)]
    buckets: dict[tuple[object, ...], list[_Member]] = defaultdict(list)
    for position, claim in enumerate(claims):
        for uuid in dict.fromkeys((*claim.uuids, str(claim.row.get("uuid", "")))):
            if uuid:
                buckets["uuid", uuid].append((position, (named[position],)))
    for number, identity in enumerate(layer.identities):
        for position, face in faces:
            own = key(identity, face)
            if own:
                tells_apart = (comparable(name, face.get(name)) for name in identity.unless_different)
                buckets[number, own].append((position, (named[position], *tells_apart)))
    for bucket in buckets.values():
        groups.join(bucket)
    members: dict[int, list[int]] = defaultdict(list)
    for position in range(len(claims)):
        members[groups.root(position)].append(position)
    return [group for group in members.values() if len(group) > 1]


@dataclass(slots=True)
class _Groups:
    """Positions that belong together, by the parent of each (disjoint sets)."""

    parent: list[int]

    def root(self, position: int) -> int:
        while self.parent[position] != position:
            self.parent[position] = self.parent[self.parent[position]]
            position = self.parent[position]
        return position

    def join(self, members: Sequence[_Member]) -> None:
        """Put together the members that no value tells apart; "" is no value, and fits with any.

        Split by the fullest column first, so that a file in which every row says "adres onbekend" does not
        cost the square of its rows.
        """
        columns = list(zip(*(values for _, values in members), strict=True))
        useful = [number for number, column in enumerate(columns) if any(column)]
        fullest = min(useful, key=lambda number: columns[number].count(""), default=-1)
        rest = [number for number in useful if number != fullest]
        by_value: dict[str, list[_Member]] = defaultdict(list)
        for position, values in members:
            by_value[values[fullest] if useful else ""].append((position, tuple(values[n] for n in rest)))
        anything = by_value.pop("", [])
        beyond_telling = len(anything) * len(by_value) > _MOST_PAIRS
        if not useful or (anything and not rest) or beyond_telling:
            first = members[0][0]
            for position, _ in members[1:]:
                self.parent[self.root(position)] = self.root(first)
            return
        for same in by_value.values():
            self.join([*same, *anything])


def comparable(name: str, value: object) -> str:
    """A value as text in which case and blanks make no difference; a place to the decimetre."""
    if value is None:
        return ""
    if name == GEOMETRY_FIELD and isinstance(value, tuple | list):
        return " ".join(f"{number:.1f}" for number in value)
    return " ".join(str(value).casefold().split())
