"""One figure at one level from period to period: where its lines break, and what two periods say together.

A difference between two periods gets a verdict under the rule for two areas: on microdata or a published
design effect only, Holm over the areas of the map. Who answered both times is not taken into account: that
makes an interval too wide, never too narrow.
"""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from ..areas.divisions import boundary_changes
from ..files.embedded import embedded_path
from ..tables.periods import period_start
from ..words.notation import UNIT_SUFFIX, format_number
from .differences import Difference, difference, holm
from .statements import SHOWN_BELOW, judged_estimate
from .view_kinds import round_step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .families import Family
    from .indicators import Indicator, Value

_PALETTES = json.loads(embedded_path("styles", "palettes.json").read_text(encoding="utf-8"))
#: classes on each side of no difference
_SIDE = 3
JUDGED, COUNTED, UNJUDGED = "beoordeeld", "geteld", "zonder_oordeel"
SHOWN, NOT_SHOWN, NOTHING = "1", "0", "-"
#: points of a percentage are told in tenths
_POINT_DECIMALS = 1


def timelines_of(
    indicator: Indicator,
    level: str,
    given: Mapping[str, tuple[Sequence[Value], Family]],
    areas: Sequence[str],
) -> list[dict[str, Any]]:
    """The timelines of a figure at a level: one for each family of two periods or more.

    Args:
        indicator: The figure.
        level: The level.
        given: Period -> its values and its family.
        areas: Codes of the areas, in the order of the level.

    Returns:
        `level`, `periods` (oldest first), `at` (where each lies, in years), `gaps` (area code -> {period: why
        a line does not reach it from the period before}) and `change`: what a map of two periods shows
        (`kind`, `decimals`, `unit`, `breaks`, `classes`, `note`, and for each pair "0 3" of positions the
        verdict on each area: shown, not shown, none).
    """
    together = dict.fromkeys(family.periods for _, family in given.values())
    return [
        _timeline(indicator, level, periods, {period: given[period][0] for period in periods}, areas)
        for periods in together
        if len(periods) > 1
    ]


def _timeline(
    indicator: Indicator,
    level: str,
    periods: tuple[str, ...],
    values: Mapping[str, Sequence[Value]],
    areas: Sequence[str],
) -> dict[str, Any]:
    gaps = _gaps(periods, areas)
    by_area = [{value.area: value for value in values[period]} for period in periods]
    pairs = list(combinations(range(len(periods)), 2))
    verdicts = {
        f"{earlier} {later}": _verdicts(
            indicator, by_area[earlier], by_area[later], _between(gaps, periods, earlier, later), areas
        )
        for earlier, later in pairs
    }
    verdicts = {pair: told for pair, told in verdicts.items() if set(told) != {NOTHING}}
    kind = COUNTED if indicator.measure == "telling" else JUDGED if verdicts else UNJUDGED
    compared = [
        abs(by_area[later][code].value - by_area[earlier][code].value)  # type: ignore[operator]
        for earlier, later in pairs
        for code, verdict in zip(areas, verdicts.get(f"{earlier} {later}", NOTHING * len(areas)), strict=True)
        if verdict != NOTHING or (kind == COUNTED and _both(by_area[earlier], by_area[later], code))
    ]
    return {
        "level": level,
        "periods": list(periods),
        "at": _places(periods),
        "gaps": gaps,
        "change": {"kind": kind, **_change_legend(indicator, kind, compared), "verdicts": verdicts},
    }


def _gaps(periods: Sequence[str], areas: Sequence[str]) -> dict[str, dict[str, str]]:
    changes = boundary_changes()
    found: dict[str, dict[str, str]] = {}
    for code in areas:
        for earlier, later in pairwise(periods):
            between = [
                note
                for date, note in changes.get(code, ())
                if period_start(earlier) < date <= period_start(later)
            ]
            if between:
                found.setdefault(code, {})[later] = " ".join(between)
    return found


def _places(periods: Sequence[str]) -> list[float]:
    """When each period begins, as a year with decimals; their order when one has no year."""
    starts = [period_start(period) for period in periods]
    if not all(starts) or len(set(starts)) < len(starts):
        return [float(nth) for nth in range(len(periods))]
    return [round(int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:]) - 1) / 365, 3) for day in starts]


def _between(
    gaps: Mapping[str, Mapping[str, str]], periods: Sequence[str], earlier: int, later: int
) -> frozenset[str]:
    """The areas that changed between two periods."""
    passed = set(periods[earlier + 1 : later + 1])
    return frozenset(code for code, broken in gaps.items() if passed & broken.keys())


def _verdicts(
    indicator: Indicator,
    earlier: Mapping[str, Value],
    later: Mapping[str, Value],
    changed: frozenset[str],
    areas: Sequence[str],
) -> str:
    found: dict[str, Difference] = {}
    for code in areas:
        if code in changed or code not in earlier or code not in later:
            continue
        first = judged_estimate(earlier[code], indicator.unit)
        second = judged_estimate(later[code], indicator.unit)
        if first is None or second is None or first.ground != second.ground:
            continue
        result = difference(second, first, ground=second.ground)
        if isinstance(result, Difference):
            found[code] = result
    adjusted = dict(zip(found, holm([result.p_value for result in found.values()]), strict=True))
    return "".join(
        NOTHING if code not in found else SHOWN if adjusted[code] < SHOWN_BELOW else NOT_SHOWN
        for code in areas
    )


def _both(earlier: Mapping[str, Value], later: Mapping[str, Value], code: str) -> bool:
    return all(code in values and values[code].value is not None for values in (earlier, later))


def _change_legend(indicator: Indicator, kind: str, sizes: Sequence[float]) -> dict[str, Any]:
    """Classes of equal steps on both sides of no difference, for every pair of periods together.

    Of what was counted no difference at all is a class of its own, in their middle.
    """
    points = indicator.unit == "percent"
    decimals = _POINT_DECIMALS if points else indicator.decimals
    unit = "procentpunt" if points else UNIT_SUFFIX[indicator.unit].strip()
    told = {"decimals": decimals, "unit": unit}
    largest = max(sizes, default=0.0)
    # a number of things is no fill: a large area would look like much
    if largest <= 0 or indicator.unit == "count":
        return {**told, "breaks": [], "classes": [], "note": "Het verschil staat op de kaart."}
    finest = 10.0**-decimals
    step = round(max(round_step(largest / _SIDE), finest), decimals)
    down, up = ("favourable", "unfavourable")
    if indicator.direction == "hoger_is_gunstiger":
        down, up = up, down
    sides = _PALETTES["diverging"]
    same = [("geen verschil", _PALETTES["circles"]["ground"])] if kind == COUNTED else []
    lower = [_side_label(nth, step, decimals, unit, "lager") for nth in reversed(range(_SIDE))]
    higher = [_side_label(nth, step, decimals, unit, "hoger") for nth in range(_SIDE)]
    below = zip(lower, reversed(sides[down][str(_SIDE)]), strict=True)
    above = zip(higher, sides[up][str(_SIDE)], strict=True)
    return {
        **told,
        "breaks": [round(nth * step, decimals) for nth in range(-_SIDE, _SIDE + 1)],
        "classes": [{"label": label, "colour": colour} for label, colour in (*below, *same, *above)],
        "note": (
            "De kleuren zeggen alleen hoger of lager, niet wat gunstiger is."
            if indicator.direction == "geen"
            else "Oranje en bruin is minder gunstig dan eerst, blauw gunstiger."
        ),
    }


def _side_label(nth: int, step: float, decimals: int, unit: str, side: str) -> str:
    first = nth * step + 10.0**-decimals
    low, high = format_number(first, decimals), format_number((nth + 1) * step, decimals)
    between = low if low == high else f"{low} – {high}"
    return f"{between} {unit} {side}".replace("  ", " ")
