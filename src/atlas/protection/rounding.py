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

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .linked import Sum

#: a threshold of its own for each cell, most often near the middle: parts of 256 up to which a cell prefers up
#: at less than this part of the base. Flatter hides better and errs more (decision on protected tables)
_THRESHOLDS = ((26, 0.0, 0.2), (77, 0.2, 0.4), (179, 0.4, 0.6), (230, 0.6, 0.8), (256, 0.8, 1.0))
#: what it costs to leave the preferred side, and the figure of the edition before; the error costs 0 to 1
_AGAINST_PREFERENCE, _AGAINST_BEFORE = 1.0, 50.0


def solver() -> str:
    """Name and version of the solver, to be kept with what it made."""
    return f"HiGHS {highspy.Highs().version()}"


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
    cuts = list(cuts)
    for cells, of_cells in components(sorted(counts), sums):
        inside = set(cells)
        part = _rounded(
            cells, counts, of_cells, base, key, before or {}, set(kept),
            [cut for cut in cuts if inside.issuperset(cut)],
        )  # fmt: skip
        if part is None:
            return None
        found |= part
    return found


def _rounded(
    cells: Sequence[str],
    counts: Mapping[str, int],
    sums: Sequence[Sum],
    base: int,
    key: bytes | None,
    before: Mapping[str, int],
    kept: Collection[str],
    cuts: Sequence[Mapping[str, int]],
) -> dict[str, int] | None:
    """One component: a variable for each cell, 0 for down and 1 for up."""
    position = {cell: number for number, cell in enumerate(cells)}
    floors = np.array([counts[cell] // base for cell in cells])
    rests = np.array([counts[cell] % base for cell in cells])
    lower, upper = np.zeros(len(cells)), (rests > 0).astype(float)
    costs = np.zeros(len(cells))
    for cell, number in position.items():
        if not rests[number]:
            continue
        part = rests[number] / base
        cost = 1 - 2 * part  # the error of going up less that of going down, in parts of the base
        if key is not None:
            cost += _AGAINST_PREFERENCE * (-1 if part > threshold(key, cell) else 1)
        if cell in before and before[cell] % base == 0:
            step = before[cell] // base - floors[number]
            if step in (0, 1):
                cost += _AGAINST_BEFORE * (1 - 2 * step)
                if cell in kept:
                    lower[number] = upper[number] = step
        costs[number] = cost
    rows = [
        ({position[one.total]: 1.0, **{position[cell]: -1.0 for cell in one.parts}},
         float(sum(floors[position[cell]] for cell in one.parts) - floors[position[one.total]]))
        for one in sums
    ]  # fmt: skip
    model = model_of(costs, lower, upper, [(row, value, value) for row, value in rows])
    for cut in cuts:
        _add_cut(model, cut, position, floors, base)
    model.changeColsIntegrality(
        len(cells), np.arange(len(cells), dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * len(cells))
    )
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    ups = np.rint(model.getSolution().col_value).astype(int)
    return {cell: int(base * (floors[number] + ups[number])) for cell, number in position.items()}


def _add_cut(
    model: highspy.Highs,
    cut: Mapping[str, int],
    position: Mapping[str, int],
    floors: np.ndarray,
    base: int,
) -> None:
    """At least one cell of the cut is another figure than there."""
    inside, values, ones = [], [], 0
    for cell, figure in cut.items():
        step = figure // base - int(floors[position[cell]])
        if step not in (0, 1):
            return  # it is another already
        inside.append(position[cell])
        values.append(1.0 if step == 0 else -1.0)
        ones += step
    model.addRow(1.0 - ones, highspy.kHighsInf, len(inside), np.array(inside, np.int32), np.array(values))


def model_of(
    costs: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    rows: Sequence[tuple[Mapping[int, float], float, float]],
) -> highspy.Highs:
    """A model for HiGHS: costs and bounds of its columns, and rows of coefficients between two bounds."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1e-6)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_, program.col_lower_, program.col_upper_ = costs, lower, upper
    program.row_lower_ = np.array([low for _, low, _ in rows], dtype=float)
    program.row_upper_ = np.array([high for _, _, high in rows], dtype=float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _, _ in rows)])
    program.a_matrix_.index_ = np.array([column for row, _, _ in rows for column in row], dtype=np.int32)
    program.a_matrix_.value_ = np.array([value for row, _, _ in rows for value in row.values()], dtype=float)
    model.passModel(program)
    return model
