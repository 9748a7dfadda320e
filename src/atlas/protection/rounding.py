"""Controlled rounding: every number of linked tables to a multiple of a base, so that all sums still hold.

One mixed-integer model over all cells (Salazar-González 2005, "A unified mathematical programming framework
for different statistical disclosure limitation methods", Oper. Res. 53:819, section on controlled rounding;
zero-restricted: a multiple stays). Which of its two neighbours a cell prefers comes from a secret key and the
cell's name, so it leans the same way in every table and every time; a figure of the edition before is kept
while it is less than the base from the truth.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import highspy
import numpy as np

from .linked import components
from .model import model_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .linked import Sum

#: a threshold of its own for each cell, most often near the middle: (up to this first byte of the digest,
#: least, most part of the base). Flatter hides better and errs more (see the decision on protected tables)
_THRESHOLDS = ((26, 0.0, 0.2), (77, 0.2, 0.4), (179, 0.4, 0.6), (230, 0.6, 0.8), (256, 0.8, 1.0))
#: what it costs to leave the preferred side, and the figure of the edition before; the error costs 0 to 1
_AGAINST_PREFERENCE, _AGAINST_BEFORE = 1.0, 50.0


def threshold(key: bytes, cell: str) -> float:
    """The part of the base from which a cell prefers to go up, 0 to 1: of the key and its name only."""
    digest = hmac.new(key, cell.encode(), hashlib.sha256).digest()
    for upto, low, high in _THRESHOLDS:
        if digest[0] < upto:
            return low + (high - low) * (int.from_bytes(digest[1:5], "big") + 0.5) / 2**32
    raise AssertionError  # pragma: no cover


def rounded(
    counts: Mapping[str, int],
    sums: Sequence[Sum],
    *,
    base: int,
    key: bytes | None,
    before: Mapping[str, int] | None = None,
    kept: Collection[str] = (),
    cuts: Iterable[Mapping[str, int]] = (),
) -> dict[str, int] | None:
    """Round every cell; None when no table of rounded cells adds up.

    Args:
        counts: Cell -> what was counted, zero or more.
        sums: A cell that is the sum of others.
        base: To which multiple.
        key: Secret; None takes the nearest sums only, to compare with.
        before: Figures of the edition before.
        kept: Cells that must keep the figure they had, where it is near enough.
        cuts: Parts of tables that may not come out again.
    """
    found: dict[str, int] = {}
    cuts, before = list(cuts), before or {}
    for cells, of_cells in components(sorted(counts), sums):
        inside = set(cells)
        of_cuts = [cut for cut in cuts if inside.issuperset(cut)]
        columns = _Columns(cells, counts, base)
        columns.prefer(key)
        columns.stay(before, kept)
        part = columns.solved(of_cells, of_cuts)
        if part is None:
            return None
        found |= part
    return found


class _Columns:
    """The cells of one group as columns of a model: 0 for down to a multiple, 1 for up."""

    def __init__(self, cells: Sequence[str], counts: Mapping[str, int], base: int) -> None:
        self._base = base
        self._position = {cell: number for number, cell in enumerate(cells)}
        self._floors = np.array([counts[cell] // base for cell in cells])
        self._parts = np.array([counts[cell] % base for cell in cells]) / base
        self._lower, self._upper = np.zeros(len(cells)), (self._parts > 0).astype(float)
        # the error of going up less that of going down, in parts of the base
        self._costs = np.where(self._parts > 0, 1 - 2 * self._parts, 0.0)

    def prefer(self, key: bytes | None) -> None:
        """Lean each cell the way that the key says."""
        for cell, number in self._position.items() if key is not None else ():
            if self._parts[number]:
                up = self._parts[number] > threshold(key or b"", cell)
                self._costs[number] += -_AGAINST_PREFERENCE if up else _AGAINST_PREFERENCE

    def stay(self, before: Mapping[str, int], kept: Collection[str]) -> None:
        """Keep the figures of the edition before where they are near enough; those in `kept` in any case."""
        for cell, number in self._position.items():
            step = before.get(cell, -self._base) // self._base - self._floors[number]
            if self._parts[number] and step in (0, 1) and before[cell] % self._base == 0:
                self._costs[number] += _AGAINST_BEFORE * (1 - 2 * step)
                if cell in kept:
                    self._lower[number] = self._upper[number] = step

    def solved(self, sums: Sequence[Sum], cuts: Sequence[Mapping[str, int]]) -> dict[str, int] | None:
        """The figures; None when there are none that add up."""
        rows = []
        for one in sums:
            total, parts = self._position[one.total], [self._position[cell] for cell in one.parts]
            apart = float(self._floors[parts].sum() - self._floors[total])
            rows.append(({total: 1.0, **dict.fromkeys(parts, -1.0)}, apart, apart))
        rows += [row for cut in cuts if (row := self._another(cut))]
        model = model_of(self._costs, self._lower, self._upper, rows)
        every = np.arange(len(self._position), dtype=np.int32)
        whole = np.array([highspy.HighsVarType.kInteger] * len(every))
        model.changeColsIntegrality(len(every), every, whole)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        ups = np.rint(model.getSolution().col_value).astype(int)
        figures = self._base * (self._floors + ups)
        return {cell: int(figures[number]) for cell, number in self._position.items()}

    def _another(self, cut: Mapping[str, int]) -> tuple[dict[int, float], float, float] | None:
        """That at least one cell is another figure than in the cut; None when one is already."""
        steps = {
            self._position[cell]: figure // self._base - int(self._floors[self._position[cell]])
            for cell, figure in cut.items()
        }
        if not set(steps.values()) <= {0, 1}:
            return None
        row = {number: 1.0 if step == 0 else -1.0 for number, step in steps.items()}
        return row, 1.0 - sum(steps.values()), highspy.kHighsInf
