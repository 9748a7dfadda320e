"""Whether the area of a place can be told from the detailed borders: the field `gemeente_zeker`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..core.areas.detailed_borders import stretches
from .near_lines import near_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .near_lines import NearLines

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]


def certain_places(x: Floats, y: Floats, level: str = "gemeente") -> Booleans:
    """Whether each place is further from every border of a level than that border may be off.

    A place at that distance itself, and one of which a coordinate is infinite or no number, is not certain.
    That a place is certain says nothing about in which area it lies, or whether in any.

    Args:
        x: Shape (n,), metres (EPSG:28992).
        y: Shape (n,).
        level: "gemeente", "surveyregio" or "provincie".

    Returns:
        Shape (n,).
    """
    certain = np.isfinite(x) & np.isfinite(y)
    for lines in _lines(level):
        left = np.flatnonzero(certain)
        near, undecided = lines.near(x[left], y[left])
        near[undecided] = True  # at the margin itself, as far as can be computed
        certain[left[near]] = False
    return certain


@cache
def _lines(level: str) -> tuple[NearLines, ...]:
    """The stretches of each margin, made ready; the coast has none."""
    by_margin: dict[float, list[Floats]] = defaultdict(list)
    for one in stretches(level):
        vertices = np.array(one.line)
        by_margin[one.margin_m].append(np.hstack((vertices[:-1], vertices[1:])))
    return tuple(
        near_lines(np.ascontiguousarray(np.vstack(ends).T), margin)
        for margin, ends in sorted(by_margin.items())
        if margin > 0
    )
