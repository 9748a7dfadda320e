"""What an outsider can work out: the least and most that each cell can be, given everything that was said.

Every statement is a box around a cell, or a row: a sum of cells between two bounds. One model for each group
of cells that hang together; each cell is minimised and maximised on it, warm-started from the one before. A
linear answer in whole numbers is final, and shows what is possible for every other cell; any other is asked
again in whole numbers. Where it is enough to see that a cell stays open, many cells are asked at once, and
tables that are only tied to each other (editions) one after another.
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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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

    @property
    def is_tie(self) -> bool:
        """Whether it says of two cells only how far apart they may lie."""
        return self.low < self.high and [*self.weights.values()] == [1.0, -1.0]


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
    wanted = set(known if asked is None else asked)
    found: dict[str, Ends | None] = {}
    for cells, own in _hanging_together(sorted(known), list(rows)):
        if wanted.isdisjoint(cells):
            continue
        group = _Group(cells, known, own, enough or {})
        found |= group.ends([cell for cell in cells if cell in wanted])
    return found


def _hanging_together(cells: Sequence[str], rows: Sequence[Row]) -> list[tuple[list[str], list[Row]]]:
    linked = [Sum(next(iter(row.weights)), tuple(row.weights)) for row in rows]
    of_row = {id(one): row for one, row in zip(linked, rows, strict=True)}
    return [(group, [of_row[id(one)] for one in own]) for group, own in components(cells, linked)]


@dataclass(frozen=True, slots=True)
class _Table:
    """Cells that hang together by sums, and what lies between two bounds from a cell of another table.

    Shapes: `cells` (n,), the others (ties,): which cell here, which of all cells it is tied to, and how far
    above that it lies at least and at most.
    """

    cells: np.ndarray
    model: highspy.Highs
    here: np.ndarray
    there: np.ndarray
    least: np.ndarray
    most: np.ndarray


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
            self._see_in_turn(asked)
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

    def _costs(self, asked: Sequence[str], turns: int) -> Iterator[np.ndarray]:
        """Questions about all cells that are not seen yet: low or high by chance, then the other way."""
        random = np.random.default_rng(1)
        for turn in range(turns):
            left = np.array([self._position[cell] for cell in asked if not self._is_seen(cell)], dtype=int)
            if not left.size:
                return
            if turn % 2 == 0:
                signs = random.choice([-1.0, 1.0], len(self._position))
            costs = np.zeros(len(self._position))
            costs[left] = signs[left] * (1 - 2 * (turn % 2)) * random.uniform(0.5, 1.0, left.size)
            yield costs

    def _see_in_turn(self, asked: Sequence[str]) -> None:
        """See what is possible of tables that are tied to each other, one after another.

        The answer of a table by itself is in whole numbers, that of all together seldom: each keeps to what
        those before it came to, and where one can't, the question is given up.
        """
        tables = self._tables()
        if len(tables) == 1:
            return
        for turn, costs in enumerate(self._costs(asked, _SWEEPS * len(tables))):
            first = turn // 2 % len(tables)
            values = np.full(len(self._position), np.nan)
            order = (*range(first, len(tables)), *reversed(range(first)))
            if all(self._fits(tables[number], costs, values) for number in order):
                self._see(values)

    def _fits(self, table: _Table, costs: np.ndarray, values: np.ndarray) -> bool:
        """Give the cells of a table values beside those there are; whether that could be."""
        lower, upper = self._lower[table.cells], self._upper[table.cells]
        known = ~np.isnan(values[table.there])
        here, beside = table.here[known], values[table.there[known]]
        np.maximum.at(lower, here, beside + table.least[known])
        np.minimum.at(upper, here, beside + table.most[known])
        if (lower > upper).any():
            return False
        every = np.arange(len(table.cells), dtype=np.int32)
        table.model.changeColsBounds(len(every), every, lower, upper)
        table.model.changeColsCost(len(every), every, costs[table.cells])
        table.model.run()
        if table.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        found = np.array(table.model.getSolution().col_value)
        values[table.cells] = np.rint(found)
        return not (np.abs(found - np.rint(found)) > _WHOLE).any()

    def _tables(self) -> list[_Table]:
        """The cells by what adds up, and what ties them to the others."""
        position, tables = self._position, []
        ties = [row for _, _, row in self._rows if row.is_tie]
        for names, rows in _hanging_together(
            list(position), [row for _, _, row in self._rows if not row.is_tie]
        ):
            inside = {name: number for number, name in enumerate(names)}
            cells = np.array([position[name] for name in names])
            across = []
            for row in ties:
                one, other = row.weights
                if one in inside and other in inside:
                    rows.append(row)
                elif one in inside:
                    across.append((inside[one], position[other], row.low, row.high))
                elif other in inside:
                    across.append((inside[other], position[one], -row.high, -row.low))
            columns = np.array(across, dtype=float).reshape(-1, 4).T
            model = model_of(
                np.zeros(len(cells)), self._lower[cells], self._upper[cells],
                [({inside[name]: of for name, of in row.weights.items()}, row.low, row.high) for row in rows],
            )  # fmt: skip
            tables.append(
                _Table(cells, model, columns[0].astype(int), columns[1].astype(int), columns[2], columns[3])
            )
        return tables

    def _see_many(self, asked: Sequence[str]) -> None:
        """Ask about many cells at once: few are left after it."""
        model = self._model or self._made()
        every = np.arange(len(self._position), dtype=np.int32)
        for costs in self._costs(asked, _SWEEPS):
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
