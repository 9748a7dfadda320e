"""The attacker: all that was said, edition beside edition, and the cells that say more than was agreed.

The outsider knows the published rule (a multiple of the base, less than the base from the truth), all sums,
and that at most a few records changed from one edition to the next. He does not know the key.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from .bounds import Enough, Row, derivable, sum_row
from .linked import Sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .bounds import Ends

#: how many records the outsider takes to have changed in a cell between two editions
FEW_CHANGES = 3
#: a figure under this many times the base counts as small
SMALL = 2


@dataclass(frozen=True, slots=True)
class Edition:
    """What was handed out at one moment: cell -> its figure, and the base it was rounded to."""

    name: str
    cells: Mapping[str, int]
    base: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A cell of an edition of which an outsider knows more than was agreed; `ends` None: it contradicts."""

    edition: str
    cell: str
    ends: Ends | None


@dataclass(slots=True)
class Statements:
    """What was said in any number of editions, by the name of the edition and the cell."""

    known: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    asked: dict[tuple[str, str], Enough] = field(default_factory=dict)
    sums: list[tuple[str, Sum]] = field(default_factory=list)

    def say(self, edition: str, cell: str, low: float, high: float) -> None:
        """That a cell lies between two ends, beside what was said of it before."""
        before = self.known.get((edition, cell), (0.0, math.inf))
        self.known[edition, cell] = max(before[0], low), min(before[1], high)

    def ask(self, edition: str, cell: str, width: float, low: float = math.inf) -> None:
        """That a cell must stay open by this much, and down to `low`."""
        self.asked[edition, cell] = Enough(width, low)

    def add_up(self, edition: str, one: Sum) -> None:
        """That a cell is the sum of others; of those nothing was said they are hidden."""
        self.sums.append((edition, one))
        for cell in (one.total, *one.parts):
            self.known.setdefault((edition, cell), (0.0, math.inf))
        parts = [self.known[edition, part] for part in one.parts]
        self.say(edition, one.total, sum(low for low, _ in parts), sum(high for _, high in parts))

    def narrowed(self, few: int = FEW_CHANGES) -> list[Narrowed]:
        """The asked cells that an outsider finds closer than was asked.

        Args:
            few: Records that may have changed in a cell between two editions. Where the figures show that
                more did, the outsider learns nothing from it.
        """
        known = {_name(*cell): ends for cell, ends in self.known.items()}
        asked = {_name(*cell): enough for cell, enough in self.asked.items()}
        rows = [
            sum_row(Sum(_name(edition, one.total), tuple(_name(edition, part) for part in one.parts)))
            for edition, one in self.sums
        ]
        found = derivable(known, [*rows, *self._changes(few)], asked, asked)
        if None in found.values():  # more changed than he thought: each edition by itself
            apart = derivable(known, rows, asked, asked)
            found = {cell: apart[cell] if ends is None else ends for cell, ends in found.items()}
        return [
            Narrowed(edition, cell, ends)
            for (edition, cell), enough in sorted(self.asked.items())
            if (ends := found[_name(edition, cell)]) is None
            or ends[1] - ends[0] < enough.width
            or ends[0] > enough.low
        ]

    def _changes(self, few: int) -> Iterator[Row]:
        """That each cell is nearly what it was in the edition before, where the figures allow it."""
        editions = sorted({edition for edition, _ in self.known})
        for first, second in pairwise(editions):
            for (edition, cell), (low, high) in self.known.items():
                after = self.known.get((second, cell))
                if edition != first or after is None or math.isinf(high) or math.isinf(after[1]):
                    continue
                if low < high and max(after[0] - high, low - after[1]) <= few:
                    yield Row({_name(first, cell): 1.0, _name(second, cell): -1.0}, -few, few)


def narrowed(editions: Sequence[Edition], sums: Sequence[Sum]) -> list[Narrowed]:
    """The small cells whose ends an outsider finds closer than the base allows, or above a rounded 0.

    Args:
        editions: By the order of their names.
        sums: What adds up, in every edition.
    """
    said = Statements()
    for edition in editions:
        for one in sums:
            said.add_up(edition.name, one)
        for cell, figure in edition.cells.items():
            low = max(0, figure - edition.base + 1)
            said.say(edition.name, cell, low, figure + edition.base - 1)
            if figure < SMALL * edition.base:
                said.ask(edition.name, cell, edition.base - 1, math.inf if low else 0)
        for cell in {cell for one in sums for cell in (one.total, *one.parts)} - edition.cells.keys():
            said.ask(edition.name, cell, edition.base - 1)
    return said.narrowed()


def _name(edition: str, cell: str) -> str:
    return f"{edition}#{cell}"
