"""The place of each value in the order of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def percentile_within(values: Floats, groups: NDArray[np.integer]) -> Floats:
    """Of the others in its group, the percentage with a lower value than each.

    Equal values get the same percentage and do not count for each other.

    Args:
        values: Shape (n,); not-a-number takes no part.
        groups: Shape (n,), a number for each group; below zero for none.

    Returns:
        Shape (n,), 0 to 100; not-a-number without a value or a group, and for one that is alone in its group.
    """
    result = np.full(values.size, np.nan)
    part = np.flatnonzero((groups >= 0) & ~np.isnan(values))
    if not part.size:
        return result
    part = part[np.lexsort((values[part], groups[part]))]
    value, group = values[part], groups[part]
    place = np.arange(part.size)
    new_group = np.append(True, group[1:] != group[:-1])
    new_value = new_group | np.append(True, value[1:] != value[:-1])
    begin = np.maximum.accumulate(np.where(new_group, place, 0))
    lower = np.maximum.accumulate(np.where(new_value, place, 0)) - begin
    sizes = np.diff(np.append(np.flatnonzero(new_group), part.size))
    others = np.repeat(sizes, sizes) - 1
    some = others > 0
    result[part[some]] = 100 * lower[some] / others[some]
    return result
