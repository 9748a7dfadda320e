"""The attacker: all that was said, edition beside edition, and the cells that say more than was agreed.

The outsider knows the published rule (a multiple of the base, less than the base from the truth), all sums,
and of each cell in which at most a few records changed from one edition to the next that they were few. Where
more changed that would be false, and so would be all that he concludes from it. He does not know the key.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.disclosure.protected import cell_name
from .bounds import Enough, Row, derivable, sum_row
from .linked import Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..core.disclosure.protected import ProtectedTable
    from .bounds import Ends

    #: whether more than a few records changed from an edition to another in a cell
    Changed = Callable[[str, str, str], bool]

#: how many records the outsider takes to have changed in a cell between two editions
FEW_CHANGES = 3


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


def _not_known(_first: str, _second: str, _cell: str) -> bool:
    return False


def changed_much(tables: Sequence[ProtectedTable], few: int = FEW_CHANGES) -> Changed:
    """Whether more than a few records changed in a cell, by what was counted for two tables.

    Of a table that does not know it any more its figure tells how many changed at least.
    """
    of_date = {table.peildatum: table for table in tables}
    squares = {code: area for table in tables for code, area in table.square_areas.items()}

    def changed(first: str, second: str, cell: str) -> bool:
        one, other = of_date.get(first), of_date.get(second)
        area, _, condition = cell.partition("|")
        inside = squares.get(area) or tuple(area.split(","))
        after = other.counted_in(inside, condition) if other else None
        if one is None or after is None:
            return False
        before, figure = one.counted_in(inside, condition), one.cells.get(cell_name(inside, condition))
        if before is not None:
            return abs(after - before) > few
        return figure is not None and abs(after - figure) - one.rules.grondtal + 1 > few

    return changed


@dataclass(slots=True)
class Statements:
    """What was said in any number of editions, by the name of the edition and the cell.

    `changed` says in which cells more than a few records changed: who supposes few there is wrong.
    """

    changed: Changed = _not_known
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

    def say_rounded(self, edition: str, cell: str, ends: tuple[float, float], width: float) -> None:
        """That a figure stands for a number between two ends, and must stay open: a rounded 0 down to 0."""
        self.say(edition, cell, *ends)
        self.ask(edition, cell, width, math.inf if ends[0] else 0)

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
                apart = max(after[0] - high, low - after[1])
                if low < high and apart <= few and not self.changed(first, second, cell):
                    yield Row({_name(first, cell): 1.0, _name(second, cell): -1.0}, -few, few)


def narrowed(
    editions: Sequence[Edition], sums: Sequence[Sum], changed: Changed = _not_known
) -> list[Narrowed]:
    """The cells whose ends an outsider finds closer than the base allows, or above a rounded 0.

    Args:
        editions: By the order of their names.
        sums: What adds up, in every edition.
        changed: In which cells more than a few records changed, see `changed_much`.
    """
    said = Statements(changed)
    for edition in editions:
        for one in sums:
            said.add_up(edition.name, one)
        for cell, figure in edition.cells.items():
            ends = max(0, figure - edition.base + 1), figure + edition.base - 1
            said.say_rounded(edition.name, cell, ends, edition.base - 1)
        for cell in {cell for one in sums for cell in (one.total, *one.parts)} - edition.cells.keys():
            said.ask(edition.name, cell, edition.base - 1)
    return said.narrowed()


def _name(edition: str, cell: str) -> str:
    return f"{edition}#{cell}"
