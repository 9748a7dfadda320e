"""Counts as proportional circles: how large, and which examples stand in the legend.

A fill is for a rate: a large area in a dark colour looks like much. A number of records is a circle whose
area is proportional to it (true areas, no correction for how they are seen: the example circles say how to
read them). One scale holds for all periods of a figure at one level. Radii are in CSS pixels (1/96 inch), so
that screen, paper and QGIS draw the same size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: CSS pixel -> millimetre
MM_PER_PIXEL = 25.4 / 96
#: (most areas, radius of the largest circle in pixels): many areas are small on the map
_LARGEST_RADII = ((4, 40.0), (30, 26.0), (math.inf, 13.0))
_EXAMPLES = 3
#: what the middle and the smallest example are about, as parts of the largest
_EXAMPLE_PARTS = (0.25, 0.05)
_ROUND = (1, 2, 5)
#: the largest example is near the largest circle of the map: at least three quarters of its count
_ROUND_LARGEST = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class CircleScale:
    """The circles of one figure at one level: `radius_of_one` pixels for a count of one, root-proportional.

    `examples` are round counts for the legend, largest first; none when nothing was counted.
    """

    radius_of_one: float
    examples: tuple[float, ...]

    def radius(self, count: float) -> float:
        """Radius in pixels of the circle whose area stands for a count; 0 for none."""
        return round(self.radius_of_one * math.sqrt(max(count, 0.0)), 2)


def circle_scale(counts: Iterable[float], areas: int, decimals: int = 0) -> CircleScale:
    """Decide the circles of a figure.

    Args:
        counts: Of every area and period that share the scale, none below zero.
        areas: How many areas the level has.
        decimals: Decimals with which a count is shown; no example is finer.
    """
    largest = max(counts, default=0.0)
    if largest <= 0:
        return CircleScale(0.0, ())
    radius = next(radius for most, radius in _LARGEST_RADII if areas <= most)
    return CircleScale(round(radius / math.sqrt(largest), 5), _examples(largest, decimals))


def may_be_circles(unit: str, figures: Iterable[float]) -> bool:
    """Whether figures are numbers of things, which no circle shows when one is below zero."""
    return unit == "count" and all(figure >= 0 for figure in figures)


def _examples(largest: float, decimals: int) -> tuple[float, ...]:
    rounds = _rounds(_ROUND, largest, decimals)
    if len(rounds) < _EXAMPLES:  # few things were counted: the most of them is an example too
        rounds = sorted({*rounds, round(largest, decimals)})
        return tuple(reversed(rounds[-_EXAMPLES:]))
    chosen = [_rounds(_ROUND_LARGEST, largest, decimals)[-1]]
    for smaller, part in enumerate(_EXAMPLE_PARTS):
        left = [one for one in rounds[1 - smaller :] if one < chosen[-1]]
        chosen.append(min(left, key=lambda one: abs(one - part * chosen[0])))
    return tuple(chosen)


def _rounds(factors: Sequence[float], largest: float, decimals: int) -> list[float]:
    """Numbers that are easy to read up to the largest, with as many decimals as it has; smallest first."""
    power = math.floor(math.log10(largest))
    numbers = [
        factor * 10.0**exponent
        for exponent in range(max(power - 3, -decimals), power + 1)
        for factor in factors
    ]
    return [
        round(one, decimals)
        for one in numbers
        if one <= largest and math.isclose(one, round(one, decimals), rel_tol=1e-9)
    ]
