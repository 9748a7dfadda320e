"""What an outsider can work out: the least and most that each cell can be, given everything that was said.

Every statement is a box around a cell, or a row: a sum of cells between two bounds. One model for each group
of cells that hang together; each cell is minimised and maximised on it, warm-started from the one before. A
linear answer in whole numbers is final, and shows what is possible for every other cell; any other is asked
again in whole numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from .linked import Sum, components
from .model import model_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: the least and most that a cell can be
Ends = tuple[int, float]
_WHOLE = 1e-6
#: stands for no end; what comes near it has none
_NO_END = 1e9
#: rounds of narrowing boxes by the rows before a model is made
_PASSES = 6
#: questions about many cells at once before each is asked by itself
_SWEEPS = 40
#: to see what is possible an answer that is nearly the best will do
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class Row:
    """A statement about several cells: a weighted sum of them lies between two bounds."""

    weights: Mapping[str, float]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Enough:
    """How far apart the ends of a cell are to be at least, and how low the least."""

    width: float
    low: float = math.inf


def sum_row(one: Sum) -> Row:
    """That a cell is the sum of others."""
    return Row({one.total: 1.0, **dict.fromkeys(one.parts, -1.0)}, 0.0, 0.0)


def derivable(
    known: Mapping[str, tuple[float, float]],
    rows: Iterable[Row],
    asked: Collection[str] | None = None,
    enough: Mapping[str, Enough] | None = None,
) -> dict[str, Ends | None]:
    """The least and most that each asked cell can be, as a whole number of zero or more.

    Args:
        known: Cell -> the ends of what was said of it; `math.inf` for no end.
        rows: What was said of several together.
        asked: Those to work out; None for all.
        enough: Cell -> what is asked of its ends; once that was seen to be possible they are not sought
            further, and may in truth lie further apart.

    Returns:
        Cell -> its ends; None when what was said of its group contradicts itself.
    """
    rows = list(rows)
    wanted = set(known if asked is None else asked)
    linked = [Sum(next(iter(row.weights)), tuple(row.weights)) for row in rows]
    of_row = {id(one): row for one, row in zip(linked, rows, strict=True)}
    found: dict[str, Ends | None] = {}
    for cells, own in components(sorted(known), linked):
        if wanted.isdisjoint(cells):
            continue
        group = _Group(cells, known, [of_row[id(one)] for one in own], enough or {})
        found |= group.ends([cell for cell in cells if cell in wanted])
    return found


class _Group:
    """Cells that hang together, with the least and most of each that were seen to be possible."""

    def __init__(
        self,
        cells: Sequence[str],
        known: Mapping[str, tuple[float, float]],
        rows: Sequence[Row],
        enough: Mapping[str, Enough],
    ) -> None:
        self._enough = enough
        self._position = {cell: number for number, cell in enumerate(cells)}
        self._lower = np.array([max(0.0, math.ceil(known[cell][0] - _WHOLE)) for cell in cells])
        self._upper = np.array(
            [math.floor(min(known[cell][1], _NO_END) + _WHOLE) for cell in cells], dtype=float
        )
        self._rows = [
            (np.array([self._position[cell] for cell in row.weights]), np.array([*row.weights.values()]), row)
            for row in rows
        ]
        self._possible = self._narrow()
        self._least = np.full(len(cells), math.inf)
        self._most = np.full(len(cells), -math.inf)
        self._model: highspy.Highs | None = None

    def ends(self, asked: Sequence[str]) -> dict[str, Ends | None]:
        """The ends of the asked cells."""
        if not self._possible:
            return dict.fromkeys(asked)
        if not self._rows:
            return {cell: self._boxed(self._position[cell]) for cell in asked}
        found: dict[str, Ends | None] = {}
        if self._enough:
            self._see_many(asked)
        for cell in asked:
            number = self._position[cell]
            if self._is_seen(cell):
                found[cell] = int(self._least[number]), _told(self._most[number])
                continue
            low = self._end(number, 1.0)
            high = self._end(number, -1.0) if low is not None else None
            if low is None or high is None:
                return dict.fromkeys(asked)
            found[cell] = int(low), high
        return found

    def _is_seen(self, cell: str) -> bool:
        """Whether what is asked of the ends of a cell was seen to be possible."""
        number, asked = self._position[cell], self._enough.get(cell)
        return (
            asked is not None
            and bool(self._most[number] - self._least[number] >= asked.width)
            and bool(self._least[number] <= asked.low)
        )

    def _see_many(self, asked: Sequence[str]) -> None:
        """Ask about many cells at once, low or high by chance, then the other way: few are left after it."""
        model = self._model or self._made()
        random = np.random.default_rng(1)
        every = np.arange(len(self._position), dtype=np.int32)
        for turn in range(_SWEEPS):
            left = np.array([self._position[cell] for cell in asked if not self._is_seen(cell)], dtype=int)
            if not left.size:
                break
            if turn % 2 == 0:
                signs = random.choice([-1.0, 1.0], len(every))
            costs = np.zeros(len(every))
            costs[left] = signs[left] * (1 - 2 * (turn % 2)) * random.uniform(0.5, 1.0, left.size)
            model.changeColsCost(len(every), every, costs)
            model.run()
            if model.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                values: np.ndarray | None = np.array(model.getSolution().col_value)
                if (np.abs(values - np.rint(values)) > _WHOLE).any():
                    values = self._in_whole_numbers(model, gap=_NEAR)
                if values is not None:
                    self._see(np.rint(values))
        model.changeColsCost(len(every), every, np.zeros(len(every)))

    def _see(self, values: np.ndarray) -> None:
        self._least, self._most = np.minimum(self._least, values), np.maximum(self._most, values)

    def _boxed(self, number: int) -> Ends:
        return int(self._lower[number]), _told(self._upper[number])

    def _narrow(self) -> bool:
        """Narrow the boxes by the rows; whether anything is still possible."""
        for _ in range(_PASSES):
            changed = False
            for places, weights, row in self._rows:
                lows, highs = self._lower[places], self._upper[places]
                least = np.where(weights > 0, weights * lows, weights * highs)
                most = np.where(weights > 0, weights * highs, weights * lows)
                low_rest, high_rest = least.sum() - least, most.sum() - most
                ends = (row.low - high_rest) / weights, (row.high - low_rest) / weights
                lower = np.ceil(np.minimum(*ends) - _WHOLE)
                upper = np.floor(np.maximum(*ends) + _WHOLE)
                if (lower > lows).any() or (upper < highs).any():
                    changed = True
                    self._lower[places] = np.maximum(lows, lower)
                    self._upper[places] = np.minimum(highs, upper)
            if (self._lower > self._upper).any():
                return False
            if not changed:
                break
        return True

    def _end(self, number: int, sign: float) -> float | None:
        """The least (sign 1) or most (sign -1) of a cell; None when nothing is possible."""
        box = self._lower[number] if sign > 0 else self._upper[number]
        seen = self._least[number] if sign > 0 else self._most[number]
        if seen == box:  # seen to be possible, and no more can be
            return _told(box)
        model = self._model or self._made()
        model.changeColCost(number, sign)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            model.changeColCost(number, 0.0)
            return None
        values = np.array(model.getSolution().col_value)
        if (np.abs(values - np.rint(values)) > _WHOLE).any():
            whole = self._in_whole_numbers(model)
            if whole is None:
                model.changeColCost(number, 0.0)
                return None
            values = whole
        model.changeColCost(number, 0.0)
        values = np.rint(values)
        self._see(values)
        return _told(values[number])

    def _in_whole_numbers(self, model: highspy.Highs, gap: float = 0.0) -> np.ndarray | None:
        """The same question in whole numbers; the model is linear again afterwards."""
        model.setOptionValue("mip_rel_gap", gap)
        every = np.arange(len(self._position), dtype=np.int32)
        for kind in (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous):
            model.changeColsIntegrality(len(every), every, np.array([kind] * len(every)))
            if kind == highspy.HighsVarType.kInteger:
                model.run()
                optimal = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
                values = np.array(model.getSolution().col_value) if optimal else None
        return values

    def _made(self) -> highspy.Highs:
        self._model = model_of(
            np.zeros(len(self._position)),
            self._lower,
            self._upper,
            [
                (dict(zip(places.tolist(), weights.tolist(), strict=True)), row.low, row.high)
                for places, weights, row in self._rows
            ],
        )
        self._model.setOptionValue("presolve", "off")  # the basis of the last question is the better start
        return self._model


def _told(end: float) -> float:
    return math.inf if end > _NO_END / 2 else float(end)
