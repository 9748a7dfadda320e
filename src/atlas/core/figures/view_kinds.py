"""What a view is drawn and tabled as: a count as circles, a rate as a fill; its states and its columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..schema.states import COUNT_STATES, STATES
from ..words.notation import format_value
from .circles import CircleScale, circle_scale, may_be_circles
from .classes import CIRCLE_COLOUR
from .estimates import COUNTED, NOT_LOOKED_AT, NOTHING_RECORDED

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from .indicators import Indicator

#: said by a class or a circle itself
_PLAIN = ("ok", COUNTED)
_OF_A_SURVEY = tuple(state.status for state in STATES)
_OF_RECORDS = (COUNTED, NOTHING_RECORDED, NOT_LOOKED_AT, "onderdrukt")


def circles_of(indicator: Indicator, figures: Sequence[float | None], areas: int) -> CircleScale | None:
    """The circles of a count; None for what is drawn as a fill.

    Args:
        indicator: Its unit decides.
        figures: Those shown at one level, of all periods: they share a scale.
        areas: How many areas the level has.
    """
    counts = [figure for figure in figures if figure is not None]
    return circle_scale(counts, areas, indicator.decimals) if may_be_circles(indicator.unit, counts) else None


def circle_key(indicator: Indicator, circles: CircleScale | None) -> dict[str, Any]:
    """What a legend of circles has on top of one of classes: the scale, and circles of round numbers."""
    if circles is None:
        return {}
    examples = [
        {
            "value": count,
            "label": format_value(count, indicator.unit, indicator.decimals),
            "radius": circles.radius(count),
        }
        for count in circles.examples
    ]
    key = {"colour": CIRCLE_COLOUR, "radius_of_one": circles.radius_of_one, "examples": examples}
    return {"circles": key}


def offered_states(indicator: Indicator, present: Container[str]) -> list[str]:
    """The states that a legend has a line for: those of its kind of figure, and any other that is present."""
    offered = _OF_RECORDS if indicator.measure == "telling" else _OF_A_SURVEY
    return [
        state.status
        for state in (*COUNT_STATES, *STATES)
        if state.status not in _PLAIN and (state.status in offered or state.status in present)
    ]


def table_columns(indicator: Indicator, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a table of figures and three of their headings; one without a figure is left out."""
    filled = {
        "value": True,
        "interval": any(row["interval_text"] for row in rows),
        "n": any(row["n_text"] for row in rows),
        "status": True,
    }
    denominator = indicator.denominator
    return {
        "columns": [name for name, shown in filled.items() if shown],
        # what was counted has no sample: its ends are those that the rounding leaves
        "interval": "door afronding" if indicator.measure == "telling" else "95%-interval",
        "n": f"{denominator[0].upper()}{denominator[1:]}" if denominator else "Aantal (n)",
        "status": "Stand" if indicator.measure == "telling" else "Hoe zeker",
    }


def plot_axis(indicator: Indicator, figures: Sequence[float]) -> dict[str, Any]:
    """A dot plot's axis from zero (or below, when a figure is) to a round number that holds all figures.

    A number of things has whole ticks, as many decimals as it is shown with.
    """
    low = min([0.0, *figures])
    high = 10.0 if indicator.unit == "grade_0_10" else max([*figures, low + 1e-9])
    finest = 10.0**-indicator.decimals if indicator.unit == "count" else 0.0
    step = max(round_step((high - low) / 5), finest)
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step)))
    return {
        "min": first * step,
        "max": max(last, first + 1) * step,
        "ticks": [
            {"value": position * step, "label": format_value(position * step, indicator.unit, decimals)}
            for position in range(first, max(last, first + 1) + 1)
        ],
    }


def round_step(raw: float) -> float:
    """The smallest of 1, 2, 5 or 10 times a power of ten that is not under `raw`."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * (1 - 1e-9))
