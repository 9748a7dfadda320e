"""How sure a difference between two figures is, and what may be said of an order of many."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import format_number
from .estimates import VERDICT_GROUNDS, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .estimates import Estimate

#: the reader is told when there is none
NO_GROUND = (
    "Of dit verschil echt is, valt niet te zeggen: daarvoor zijn de antwoorden per persoon nodig, of een "
    "ontwerpeffect dat de bron zelf publiceert. Vergelijk de intervallen: overlap bewijst geen verschil en "
    "sluit het ook niet uit."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second, in percentage points, with a 95% interval and a two-sided test."""

    points: float
    low: float
    high: float
    z: float
    p_value: float


@dataclass(frozen=True, slots=True)
class NoVerdict:
    """No difference is computed; `reason` is the Dutch sentence that says why."""

    reason: str


def difference(first: Estimate, second: Estimate, *, ground: str) -> Difference | NoVerdict:
    """The difference between two independent survey percentages, when a verdict on it is justified.

    Interval: Newcombe (1998, Stat. Med. 17:873) method 10, from the two Wilson intervals; agrees with
    statsmodels `confint_proportions_2indep(method="newcomb", compare="diff")`. Test: z for two proportions
    with pooled variance; agrees with statsmodels `proportions_ztest`. Both on the effective n.

    Args:
        first: A percentage with an effective n.
        second: Likewise, of other respondents (the areas must not overlap).
        ground: What the effective n rests on; a verdict is given only for one of `VERDICT_GROUNDS`.

    Returns:
        First minus second, or the reason why nothing is computed.
    """
    if ground not in VERDICT_GROUNDS:
        return NoVerdict(NO_GROUND)
    if first.n_effective is None or second.n_effective is None:
        return NoVerdict(
            "Of dit verschil echt is, valt niet te zeggen: van ten minste één cijfer is het aantal "
            "respondenten onbekend."
        )
    return _difference(first.value / 100, first.n_effective, second.value / 100, second.n_effective)


def overlap_note(intervals: Sequence[tuple[float, float]]) -> str:
    """What the intervals on one map say about their order: a Dutch sentence, from the intervals themselves.

    Two intervals overlap when they share a point. Overlap doesn't forbid a difference (Schenker and Gentleman
    2001, Am. Stat. 55:182), so the sentence never says that there is none.

    Args:
        intervals: Low and high of every figure that is shown with an interval.

    Returns:
        Nothing when there are fewer than two.
    """
    if len(intervals) < 2:  # noqa: PLR2004
        return ""
    highs = sorted(high for _, high in intervals)
    apart = sum(bisect_left(highs, low) for low, _ in intervals)
    pairs = len(intervals) * (len(intervals) - 1) // 2
    if apart == pairs:
        return (
            "De intervallen overlappen elkaar niet: een verschil is aannemelijk, als de intervallen kloppen."
        )
    if apart:
        found = f"Bij {format_number(pairs - apart)} van de {format_number(pairs)} paren gebieden overlappen"
        return f"{found} de intervallen: daar kan de volgorde anders zijn. Dat sluit een verschil niet uit."
    return "De intervallen overlappen elkaar: de volgorde kan anders zijn. Dat sluit een verschil niet uit."


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values adjusted for looking at several at once, in the order given.

    Holm (1979, Scand. J. Stat. 6:65), step-down; agrees with statsmodels `multipletests(method="holm")`.

    Raises:
        AtlasError: a value outside 0 to 1, or not a number.
    """
    for p_value in p_values:
        if not 0 <= p_value <= 1:
            raise AtlasError("Een p-waarde ligt tussen 0 en 1.", got=str(p_value))
    adjusted = [0.0] * len(p_values)
    running = 0.0
    for rank, position in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[position]))
        adjusted[position] = running
    return tuple(adjusted)


def _difference(p_first: float, n_first: float, p_second: float, n_second: float) -> Difference:
    low_first, high_first = wilson(p_first, n_first)
    low_second, high_second = wilson(p_second, n_second)
    points = p_first - p_second
    pooled = (p_first * n_first + p_second * n_second) / (n_first + n_second)
    standard_error = math.sqrt(pooled * (1 - pooled) * (1 / n_first + 1 / n_second))
    z = points / standard_error if standard_error > 0 else 0.0  # both 0% or both 100%: no difference to test
    return Difference(
        points=100 * points,
        low=100 * (points - math.hypot(p_first - low_first, high_second - p_second)),
        high=100 * (points + math.hypot(high_first - p_first, p_second - low_second)),
        z=z,
        p_value=math.erfc(abs(z) / math.sqrt(2)),  # stays exact far out, where 1 - cdf would be 0
    )
