"""Models for HiGHS: silent, on one thread, the same answer every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Solver(highspy.Highs):
    """HiGHS that prints nothing: without this it greets on standard output when it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name that HiGHS calls
        """What its constructor does last, and the first that prints."""
        self.silent()
        super().enableCallbacks()


def solver() -> str:
    """Name and version of the solver, to be kept with what it made."""
    return f"HiGHS {Solver().version()}"


def model_of(
    costs: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    rows: Sequence[tuple[Mapping[int, float], float, float]],
) -> highspy.Highs:
    """A model for HiGHS: costs and bounds of its columns, and rows of coefficients between two bounds."""
    model = Solver()
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
