"""What became of a field in the field, step by step, and what that makes of the dossier.

A package keeps the history of every change. So a value that comes back is not only a value: it is the end of
a chain that began with what was handed out. Two chains of which the one continues the other are one device
that came back twice; two chains that part are two devices that disagree. The dossier keeps every chain that
came back (in its own history), and what it holds follows from all of them together: whichever came back
first, and however often.

What the office wrote stays until a device has seen it: a chain that begins with the office's value goes
before one that does not. Among those the end that was set last in the field is held, and every other end is
a conflict, with both values, until somebody decides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .matching import Record

#: digits of the mark of a value
_MARK_LENGTH = 12
#: chains of one field that came back together, each from what was handed out to the last step
Chains = Sequence[Sequence[str]]
#: under this name a record that was made in the field keeps its making
MADE = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """A field of one record in a package: what it held first, and (moment, value) of each change since."""

    base: object
    steps: tuple[tuple[str, object], ...]

    @property
    def chain(self) -> tuple[str, ...]:
        """By what these steps are known again: a mark of the first value, then one of each step."""
        return (value_mark(self.base), *(f"{moment}/{value_mark(value)}" for moment, value in self.steps))

    @property
    def last(self) -> object:
        """What it holds in the end."""
        return self.steps[-1][1] if self.steps else self.base


@dataclass(frozen=True, slots=True)
class FieldWork:
    """What people did with a layer of the package.

    Args:
        new: Records that were made in the field.
        changed: Records as they are now.
        edits: uuid -> field -> what it held first, and every change; of new records too.
        made: uuid of a new record -> the moment at which it was made.
        deleted: uuids of records that were deleted.
        steps: uuid -> the steps from one status to another, as they were made.
        carried: uuids of the records that were taken along.
        rows: uuid -> the number of its row (fid) in the layer of the package.
    """

    new: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    edits: Mapping[str, Mapping[str, Edits]] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()
    steps: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Lineage:
    """What the dossier knows of one record: the chains that came back, and what the office wrote.

    Args:
        made: Marks of its makings in the field; none for a record of the office.
        chains: Field -> chains that came back.
        office: Field -> the mark of what the office wrote last.
        overruled: Field -> ends that the office replaced by something else.
    """

    made: set[str] = field(default_factory=set)
    chains: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)
    overruled: dict[str, set[str]] = field(default_factory=dict)

    def knows(self, name: str, chain: Sequence[str]) -> bool:
        """Whether nothing of a chain is new."""
        return any(chain[-1] in known for known in self.chains.get(name, ()))

    def ends(self, name: str) -> set[str]:
        """The ends that nothing in the field or the office has replaced."""
        chains = self.chains.get(name, ())
        passed = {step for chain in chains for step in chain[:-1]}
        ends = {chain[-1] for chain in chains} - passed - self.overruled.get(name, set())
        # who was handed what another brought, and changed it later, has seen it; what the office wrote is
        # where every chain may begin, and says nothing
        seen = {(chain[0], chain[1]) for chain in chains if chain[0] != self.office.get(name)}
        return {end for end in ends if not any(mark_of(end) == root and end < later for root, later in seen)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a field must hold after a chain came back: the mark of a value; and the ends that disagree.

    `others`: mark of a value -> the last moment at which the field set it.
    """

    held: str
    others: Mapping[str, str]


def outcome(
    lineage: Lineage, name: str, chain: Sequence[str], now_holds: str, decided: Collection[str]
) -> Outcome:
    """What a field must hold after a chain came back; the lineage stays as it is.

    Args:
        lineage: Of the record.
        name: The field.
        chain: See `Edits.chain`.
        now_holds: The mark of what the dossier holds.
        decided: Marks of values about which somebody decided.
    """
    chains = [*lineage.chains.get(name, ()), tuple(chain)]
    office = lineage.office.get(name)
    informed = _informed(chains, office)
    with_it = replace(lineage, chains={name: chains})
    ends = [end for end in with_it.ends(name) if mark_of(end) not in decided]
    candidates = [end for end in ends if end in informed]
    held = mark_of(max(candidates)) if candidates else now_holds
    others: dict[str, str] = {}
    for end in sorted(ends):
        if mark_of(end) != held:
            others[mark_of(end)] = end.partition("/")[0]
    return Outcome(held, others)


def lineage_of(lines: Iterable[HistoryLine], holds: Mapping[str, object]) -> Lineage:
    """What the history of a record in the dossier says of it.

    Args:
        lines: Of its history, oldest first.
        holds: The record as it is now.
    """
    found, first = Lineage(), {name: value_mark(value) for name, value in holds.items()}
    made_by_office = False
    seen: set[str] = set()
    for line in lines:
        if line.is_new and not line.steps:
            made_by_office = True
        for name, (before, after) in line.changes.items():
            if name not in seen:
                first[name] = value_mark(before)
                seen.add(name)
            if not line.steps:
                replaced = value_mark(before)
                found.overruled.setdefault(name, set()).update(
                    end for end in found.ends(name) if mark_of(end) == replaced
                )
                found.office[name] = value_mark(after)
        for name, chains in line.steps.items():
            if name == MADE:
                found.made.update(chain[0] for chain in chains)
            else:
                found.chains.setdefault(name, []).extend(tuple(chain) for chain in chains)
    if made_by_office:
        for name, mark in first.items():
            found.office.setdefault(name, mark)
    return found


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history of the dossier: whether it made the record, what changed, and what came back."""

    is_new: bool
    changes: Mapping[str, tuple[object, object]]
    steps: Mapping[str, Chains]


def value_mark(value: object) -> str:
    """A short mark of a value, the same for equal values; a place to the millimetre."""
    if value in (None, ""):
        return "-"
    if isinstance(value, str):
        return _text_mark(value)
    plain = [round(float(number), 3) for number in value] if isinstance(value, tuple | list) else value
    if isinstance(plain, float) and plain.is_integer():
        plain = int(plain)
    return hashlib.sha256(json.dumps(plain, default=str).encode()).hexdigest()[:_MARK_LENGTH]


@lru_cache(maxsize=4096)  # most fields of a day's visits hold the same few values
def _text_mark(value: str) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:_MARK_LENGTH]


def mark_of(step: str) -> str:
    """The mark of the value of a step."""
    return step.rpartition("/")[2]


def _informed(chains: Sequence[tuple[str, ...]], office: str | None) -> set[str]:
    """The steps of chains that knew what the office wrote last, or continue what such a chain brought."""
    known = [chain for chain in chains if office is None or office in map(mark_of, chain[:-1])]
    while True:
        values = {mark_of(step) for chain in known for step in chain[1:]}
        more = [chain for chain in chains if chain not in known and chain[0] in values]
        if not more:
            return {step for chain in known for step in chain[1:]}
        known += more
