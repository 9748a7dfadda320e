"""One figure at one level through time: one legend, one scale, one axis, so that a colour keeps its meaning.

Of what was counted a month is not held against a year: those are two families. A share is a share whenever it
was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..disclosure.figures import WITHHELD
from ..tables.periods import period_order
from .classes import FEWEST_AREAS_FOR_CLASSES, Legend, circle_legend, legend_for, points_legend
from .estimates import COUNTED, POINTS_ONLY
from .indicators import NATIONAL_LEVEL
from .view_kinds import circles_of, plot_axis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .circles import CircleScale
    from .indicators import Catalogue, Indicator, Value

#: states in which a figure has a class
SHOWN_WITH_CLASS = ("ok", "indicatief", COUNTED)


@dataclass(frozen=True, slots=True)
class Family:
    """What the maps of one figure at one level share; `periods` are its own, oldest first."""

    periods: tuple[str, ...]
    legend: Legend
    circles: CircleScale | None
    axis: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The figures of one map, what they are held against, and their family."""

    values: Sequence[Value]
    references: Sequence[Value]
    family: Family


def figures_by_level(
    catalogue: Catalogue, indicator: Indicator, areas: Mapping[str, int]
) -> dict[str, dict[str, PeriodFigures]]:
    """Level -> period, newest first -> what a map of the indicator shows.

    Args:
        catalogue: What may be shown.
        indicator: One of its indicators.
        areas: Level -> how many areas it has.
    """
    found: dict[str, dict[str, Sequence[Value]]] = {}
    for level, period in catalogue.views(indicator.id):
        found.setdefault(level, {})[period] = catalogue.values_of(indicator.id, level, period)
    held = {period: catalogue.references(indicator.id, period) for level in found for period in found[level]}
    result: dict[str, dict[str, PeriodFigures]] = {}
    for level, values in found.items():
        references = {
            period: [
                value
                for value in held[period]
                if value.level != level and (value.value is not None or value.status in WITHHELD)
            ]
            for period in values
        }
        families = families_of(indicator, values, references, areas[level])
        result[level] = {
            period: PeriodFigures(values[period], references[period], families[period]) for period in values
        }
    return result


def families_of(
    indicator: Indicator,
    values: Mapping[str, Sequence[Value]],
    references: Mapping[str, Sequence[Value]],
    areas: int,
) -> dict[str, Family]:
    """The family of each period.

    A period in which too few areas have a figure gets the plain fill instead of the classes of the others.

    Args:
        indicator: Its measure decides which periods belong together.
        values: Period -> the figures of one level.
        references: Period -> the figures to hold them against.
        areas: How many areas the level has.
    """
    ordered = sorted(values, key=period_order)
    together: dict[str, list[str]] = {}
    for period in ordered:
        together.setdefault(_kind(period) if indicator.measure == "telling" else "", []).append(period)
    found: dict[str, Family] = {}
    for periods in together.values():
        family = _family(indicator, tuple(periods), values, references, areas)
        for period in periods:
            found[period] = (
                family if _enough(family.legend, values[period]) else _plain(family, values[period])
            )
    return {period: found[period] for period in ordered}


def _family(
    indicator: Indicator,
    periods: tuple[str, ...],
    values: Mapping[str, Sequence[Value]],
    references: Mapping[str, Sequence[Value]],
    areas: int,
) -> Family:
    circles = circles_of(indicator, [value.value for period in periods for value in values[period]], areas)
    drawn = [figure for period in periods for figure in classed(values[period])]
    national = [
        (period, value.value)
        for period in periods
        for value in references.get(period, ())
        if value.level == NATIONAL_LEVEL and value.value is not None
    ]
    legend = (
        circle_legend()
        if circles
        else points_legend()
        if any(value.ground == POINTS_ONLY for period in periods for value in values[period])
        else legend_for(
            drawn,
            unit=indicator.unit,
            decimals=indicator.decimals,
            direction=indicator.direction,
            reference=national[-1][1] if national else None,
            reference_period=national[-1][0] if national and len(periods) > 1 else "",
            areas=max(len(classed(values[period])) for period in periods),
        )
    )
    ends = [
        figure
        for period in periods
        for value in (*values[period], *references.get(period, ()))
        for figure in (value.value, value.low, value.high)
        if figure is not None
    ]
    return Family(periods, legend, circles, plot_axis(indicator, ends))


def classed(values: Sequence[Value]) -> list[float]:
    """The figures of a map that have a class."""
    return [value.value for value in values if value.status in SHOWN_WITH_CLASS and value.value is not None]


def _enough(legend: Legend, values: Sequence[Value]) -> bool:
    return legend.kind != "classes" or len(classed(values)) >= FEWEST_AREAS_FOR_CLASSES


def _plain(family: Family, values: Sequence[Value]) -> Family:
    """The same scale with one fill: classes would say more about their limits than about so few areas."""
    fewest = legend_for(classed(values), unit="number", decimals=0, direction="geen")
    return Family(family.periods, fewest, family.circles, family.axis)


def _kind(period: str) -> str:
    """A year, a month, a quarter: how a period is written, without which."""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d", "0", period.casefold()))
