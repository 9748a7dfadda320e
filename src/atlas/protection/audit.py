"""The attacker: editions of rounded numbers read side by side, and the cells that say more than was agreed.

The outsider knows the published rule (a multiple of the base, less than the base from the truth), all sums,
and that at most a few records changed from one edition to the next. He does not know the key.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .bounds import Enough, Row, derivable, sum_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .linked import Sum

#: how many records the outsider takes to have changed in a cell between two editions
FEW_CHANGES = 3
#: a figure up to this many times the base counts as small
_SMALL = 2


@dataclass(frozen=True, slots=True)
class Edition:
    """What was handed out at one moment: cell -> its figure, and the base it was rounded to."""

    name: str
    cells: Mapping[str, int]
    base: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A cell of which an outsider knows more than was agreed: between which ends it lies."""

    cell: str
    edition: str
    figure: int
    low: int
    high: float


def narrowed(editions: Sequence[Edition], sums: Sequence[Sum], few: int = FEW_CHANGES) -> list[Narrowed]:
    """The small cells whose ends an outsider finds closer than the base allows, or above a rounded 0.

    Args:
        editions: Oldest first.
        sums: What adds up, in every edition that has all of it.
        few: Records that may have changed in a cell between two editions. Where the figures show that more
            did, the outsider learns nothing from it.
    """
    known: dict[str, tuple[float, float]] = {}
    rows: list[Row] = []
    asked: dict[str, Enough] = {}
    where: dict[str, tuple[int, str]] = {}
    for number, edition in enumerate(editions):
        cells = dict.fromkeys([*edition.cells, *(cell for one in sums for cell in (one.total, *one.parts))])
        for cell in cells:
            name = f"{number}#{cell}"
            where[name] = number, cell
            figure = edition.cells.get(cell)
            if figure is None:
                known[name] = 0, math.inf
                asked[name] = Enough(edition.base - 1)
                continue
            known[name] = max(0, figure - edition.base + 1), figure + edition.base - 1
            if figure < _SMALL * edition.base:
                asked[name] = Enough(edition.base - 1, 0 if figure == 0 else math.inf)
        rows += [
            sum_row(type(one)(f"{number}#{one.total}", tuple(f"{number}#{part}" for part in one.parts)))
            for one in sums
        ]
    plain = len(rows)
    for (first, before), (second, after) in pairwise(enumerate(editions)):
        for cell in before.cells.keys() & after.cells.keys():
            apart = abs(before.cells[cell] - after.cells[cell]) - before.base - after.base + 2
            if apart <= few:
                rows.append(Row({f"{first}#{cell}": 1.0, f"{second}#{cell}": -1.0}, -few, few))
    found = derivable(known, rows, asked, asked)
    if None in found.values():  # more changed than he thought: each edition by itself
        found = {**derivable(known, rows[:plain], asked, asked), **{k: v for k, v in found.items() if v}}
    wrong = []
    for name, ends in sorted(found.items()):
        number, cell = where[name]
        if ends is not None and (ends[1] - ends[0] < asked[name].width or ends[0] > asked[name].low):
            figure = editions[number].cells.get(cell, -1)
            wrong.append(Narrowed(cell, editions[number].name, figure, ends[0], ends[1]))
    return wrong
