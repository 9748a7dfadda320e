"""The legend of a map: class breaks, colours and labels, decided once for the page, the sheets and QGIS.

A class holds its upper bound. Values are classed as they are shown: two areas with the same figure in the
text never differ in colour, and no figure falls outside the label of its class.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ..files.embedded import embedded_path
from ..words.errors import AtlasError
from ..words.notation import check_unit, format_number, format_period, format_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DIRECTIONS = ("hoger_is_gunstiger", "hoger_is_ongunstiger", "geen")
METHODS = {
    "fisher_jenks": "natuurlijke klassen (Fisher-Jenks)",
    "quantiles": "evenveel gebieden per klasse (kwantielen)",
    "pretty": "ronde grenzen",
    "fixed": "vaste grenzen",
}
#: below this a class would say more about its limits than about the areas
FEWEST_AREAS_FOR_CLASSES = 5
FEWEST_CLASSES, MOST_CLASSES = 2, 7
_PALETTES = json.loads(embedded_path("styles", "palettes.json").read_text(encoding="utf-8"))
CIRCLE_COLOUR: str = _PALETTES["circles"]["colour"]


@dataclass(frozen=True, slots=True)
class Legend:
    """Classes of one map, lowest first.

    `kind` is "classes", "single" (one neutral fill, the figures themselves stand on the map) or "circles"
    (counts: one plain ground below circles, see `core.figures.circles`). `breaks` are the k + 1 edges in the
    unit of the values (only for "classes"), `colours` and `labels` have one entry a class. Areas that are
    not `ordered` stand by name, whatever their figures.
    """

    kind: str
    method: str
    method_label: str
    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    note: str
    ordered: bool = True

    def class_of(self, value: float | None) -> int | None:
        """The position of the class `value` falls in; None without a value or outside the edges."""
        if value is None or math.isnan(value):
            return None
        if self.kind != "classes":
            return 0
        if not self.breaks[0] <= value <= self.breaks[-1]:
            return None
        return bisect_left(self.breaks, value, lo=1) - 1


def legend_for(
    values: Sequence[float],
    *,
    unit: str,
    decimals: int,
    direction: str,
    reference: float | None = None,
    reference_period: str = "",
    areas: int | None = None,
    method: str = "fisher_jenks",
    k: int | None = None,
    breaks: Sequence[float] | None = None,
) -> Legend:
    """Decide the legend for the values of one map, or of the maps of several periods together.

    Colours run light to dark with the value; dark is unfavourable, so they are turned round where higher is
    more favourable. With a direction and a reference they diverge from the reference, which is then a class
    edge. No palette holds green: few signals is not safety.

    Args:
        values: The values that are drawn, in any order.
        unit: One of `notation.UNIT_SUFFIX`.
        decimals: Decimals with which the values are shown.
        direction: One of `DIRECTIONS`.
        reference: The figure to compare with, in the unit of the values.
        reference_period: Of which period it is, when the values are of several.
        areas: Most areas with a value in one period, when the values are of several: they decide how many
            classes there are, and whether there are any.
        method: One of `METHODS`.
        k: Number of classes wanted, 2 to 7; None chooses 3 for under 12 areas, 4 for under 20, else 5.
            Natural classes and quantiles give fewer when there are fewer different values.
        breaks: The k + 1 edges, rising; for method "fixed" only, and then needed.

    Raises:
        AtlasError: unknown unit, direction or method; a value or edge that is not a number; edges that do not
            rise, do not hold all values, or miss the reference.
    """
    check_unit(unit)
    _check_choices(direction, method, k, breaks)
    _check_numbers(values, "Een waarde voor de kaart is geen getal.")
    shown = sorted(round(value, decimals) for value in values)
    drawn = len(shown) if areas is None else areas
    if drawn < FEWEST_AREAS_FOR_CLASSES or shown[0] == shown[-1]:
        return _single(shown, drawn)
    middle = None if reference is None or direction == "geen" else round(reference, decimals)
    if breaks is not None:
        edges = _fixed(breaks, shown, middle, decimals)
    else:
        edges = _edges(shown, method, k or _default_k(drawn), middle, decimals)
    return Legend(
        kind="classes",
        method=method,
        method_label=METHODS[method],
        breaks=_cuts(edges, sorted(values), decimals),
        colours=_colours(edges, direction, middle),
        labels=_labels(edges, unit, decimals),
        note=_note(
            direction, None if middle is None else format_value(middle, unit, decimals), reference_period
        ),
    )


def points_legend() -> Legend:
    """The legend of figures that bear no comparison: one fill, points with their interval, by name."""
    note = (
        "Op weinig antwoorden: geen klassen en geen volgorde. Lees elk punt met zijn interval; welk gebied "
        "hoger is, is niet te zeggen."
    )
    return replace(_single((0.0,), 0), note=note, ordered=False)


def circle_legend() -> Legend:
    """The legend of counts: no classes, the ground on which the circles lie."""
    note = "Hoe meer er is vastgelegd, hoe groter de cirkel. Veel kan ook zeggen dat er veel is gekeken."
    method = "de oppervlakte van een cirkel is evenredig met het aantal"
    ground = _PALETTES["circles"]["ground"]
    return Legend("circles", "", method, (), (ground,), ("Geteld",), note)


def fisher_jenks(values: Sequence[float], k: int) -> tuple[float, ...]:
    """Upper bounds of the classes with the smallest sum of squared deviations from their means.

    Fisher (1958, J. Am. Stat. Assoc. 53:789) by dynamic programming over the different values, so equal
    values stay together; exact, and the same answer every time. Agrees in fit with mapclassify
    `FisherJenks`. Where a class begins never moves back when its end moves on (Wu 1991, J. Algorithms
    12:663), so each layer is halved: time grows with k n log n, and twelve periods of a figure are no wait.

    Args:
        values: At least one.
        k: Classes wanted; fewer come back when there are fewer different values.
    """
    distinct, counts = zip(*sorted(Counter(values).items()), strict=True)
    cost = _deviation(distinct, counts)
    size = len(distinct)
    best = [cost(0, last) for last in range(size)]
    first_of_class: list[list[int]] = []
    for layer in range(1, min(k, size)):
        choices = _best_starts(best, cost, layer)
        best = [fit for fit, _ in choices]
        first_of_class.append([first for _, first in choices])
    uppers = [size - 1]
    for firsts in reversed(first_of_class):
        uppers.append(firsts[uppers[-1]] - 1)
    return tuple(distinct[position] for position in reversed(uppers))


def _best_starts(
    best: Sequence[float], cost: Callable[[int, int], float], layer: int
) -> list[tuple[float, int]]:
    """For each last value the smallest sum with one class more, and where that class begins."""
    choices = [(math.inf, layer)] * len(best)
    waiting = [(layer, len(best) - 1, layer, len(best) - 1)]
    while waiting:
        low, high, earliest, latest = waiting.pop()
        if low > high:
            continue
        last = (low + high) // 2
        choices[last] = min(
            (best[first - 1] + cost(first, last), first) for first in range(earliest, min(last, latest) + 1)
        )
        start = choices[last][1]
        waiting += [(low, last - 1, earliest, start), (last + 1, high, start, latest)]
    return choices


def quantiles(values: Sequence[float], k: int) -> tuple[float, ...]:
    """Upper bounds that put about as many values in every class; equal bounds are given once.

    Linear interpolation between order statistics (Hyndman and Fan 1996, type 7), as numpy and mapclassify do.
    """
    ordered = sorted(values)
    bounds = []
    for position in range(1, k + 1):
        below, between = divmod((len(ordered) - 1) * position, k)
        above = min(below + 1, len(ordered) - 1)
        bounds.append(ordered[below] + (ordered[above] - ordered[below]) * between / k)
    return tuple(sorted(set(bounds)))


def pretty(low: float, high: float, k: int, smallest_step: float = 0.0) -> tuple[float, ...]:
    """Edges at round numbers that hold low to high in at most k classes.

    Steps are 1, 2 or 5 times a power of ten, not under `smallest_step`; `high` is above `low`.
    """
    power = math.floor(math.log10((high - low) / k)) - 1
    steps = (factor * 10.0**exponent for exponent in range(power, power + 5) for factor in (1, 2, 5))
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= k and step >= smallest_step:
            break
    places = max(0, -math.floor(math.log10(step)))
    return tuple(round(position * step, places) for position in range(first, last + 1))


def _default_k(areas: int) -> int:
    """Few areas get few classes: eight regions in five classes would show noise as pattern."""
    return next(k for k, below in ((3, 12), (4, 20), (5, math.inf)) if areas < below)


def _deviation(distinct: Sequence[float], counts: Sequence[int]) -> Callable[[int, int], float]:
    """The sum of squared deviations of distinct[first..last], in constant time from running sums."""
    centre = distinct[len(distinct) // 2]  # near zero the running sums lose no digits
    shifted = [value - centre for value in distinct]
    number = [0, *accumulate(counts)]
    total = [0.0, *accumulate(value * n for value, n in zip(shifted, counts, strict=True))]
    square = [0.0, *accumulate(value * value * n for value, n in zip(shifted, counts, strict=True))]

    def cost(first: int, last: int) -> float:
        n, s = number[last + 1] - number[first], total[last + 1] - total[first]
        return max(0.0, square[last + 1] - square[first] - s * s / n)

    return cost


def _edges(
    shown: Sequence[float], method: str, k: int, middle: float | None, decimals: int
) -> tuple[float, ...]:
    """Edges on the values as shown; a reference among them becomes one of them."""
    if method == "pretty":
        edges = pretty(shown[0], shown[-1], k, 10.0**-decimals)
        if middle is None or not edges[0] <= middle < edges[-1]:
            return edges
        # a value at the reference and at the lowest edge needs a class of its own: the first holds both ends
        return (middle, *edges) if middle == shown[0] == edges[0] else tuple(sorted({*edges, middle}))
    if middle is None or not shown[0] <= middle < shown[-1]:
        return (shown[0], *_uppers(shown, method, k))
    below, above = shown[: bisect_right(shown, middle)], shown[bisect_right(shown, middle) :]
    k_below = max(1, min(k - 1, round(k * len(below) / len(shown))))
    return (
        shown[0],
        *_uppers(below, method, k_below)[:-1],
        middle,
        *_uppers(above, method, k - k_below),
    )


def _uppers(shown: Sequence[float], method: str, k: int) -> tuple[float, ...]:
    if method == "fisher_jenks":
        return fisher_jenks(shown, k)
    # the highest value at or under each bound: the same classes, and an edge that can be shown as it is
    return tuple(sorted({shown[bisect_right(shown, bound) - 1] for bound in quantiles(shown, k)}))


def _fixed(
    breaks: Sequence[float], shown: Sequence[float], middle: float | None, decimals: int
) -> tuple[float, ...]:
    _check_numbers(breaks, "Een klassegrens is geen getal.")
    text = ", ".join(str(edge) for edge in breaks)
    if any(low >= high for low, high in pairwise(breaks)) or not (
        FEWEST_CLASSES < len(breaks) <= MOST_CLASSES + 1
    ):
        raise AtlasError(
            "De klassegrenzen lopen niet op, of het zijn er te weinig of te veel.",
            got=text,
            expected=f"{FEWEST_CLASSES + 1} tot {MOST_CLASSES + 1} oplopende grenzen, met de uiterste erbij",
        )
    if not breaks[0] <= shown[0] <= shown[-1] <= breaks[-1]:
        raise AtlasError(
            "Niet alle waarden vallen binnen de klassegrenzen.",
            got=text,
            expected=f"grenzen om {shown[0]} tot en met {shown[-1]} heen",
        )
    if any(round(edge, decimals) != edge for edge in breaks):
        raise AtlasError(
            "Een klassegrens heeft meer decimalen dan de cijfers op de kaart.",
            got=text,
            expected=f"grenzen met hooguit {decimals} decimalen",
        )
    if middle is not None and breaks[0] < middle < breaks[-1] and middle not in breaks:
        raise AtlasError(
            "Het cijfer waarmee wordt vergeleken is geen klassegrens.",
            got=text,
            expected=f"ook de grens {middle}",
        )
    return tuple(breaks)


def _cuts(edges: Sequence[float], values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Edges for the unrounded values, so that each falls in the class whose label holds its shown value.

    Mostly the edges themselves. But 21.4 is shown as 21: with classes labelled 20 to 21 and 22 to 24 the edge
    at 21 has to move up, to 21.5 when no value lies between, else to the value itself.
    """
    rounded = [round(value, decimals) for value in values]
    half_step = 0.5 * 10.0**-decimals
    cuts: list[float] = []
    for edge in edges[1:-1]:
        behind = bisect_right(rounded, edge)
        highest_in = values[behind - 1] if behind else edge
        lowest_out = values[behind] if behind < len(values) else math.inf
        cuts.append(
            next(cut for cut in (edge, edge + half_step, highest_in) if highest_in <= cut < lowest_out)
        )
    lowest, highest = min(edges[0], values[0]), max(edges[-1], values[-1])
    # a lowest class of one value: the edges still rise, for those who draw with them
    return (lowest - half_step if [lowest] == cuts[:1] else lowest, *cuts, highest)


def _labels(edges: Sequence[float], unit: str, decimals: int) -> tuple[str, ...]:
    """Labels that hold every value as shown exactly once: 20 to 21%, 22 to 24%."""
    step = 10.0**-decimals
    lows = [edges[0], *(edge + step for edge in edges[1:-1])]
    between = " \N{EN DASH} " if edges[0] >= 0 else " tot en met "  # beside a minus sign a dash is misread
    labels = []
    for low, high in zip(lows, edges[1:], strict=True):
        low_text = format_value(low, unit, decimals) if unit == "eur" else format_number(low, decimals)
        high_text = format_value(high, unit, decimals)
        one_value = format_number(low, decimals) == format_number(high, decimals)
        labels.append(high_text if one_value else f"{low_text}{between}{high_text}")
    return tuple(labels)


def _colours(edges: Sequence[float], direction: str, middle: float | None) -> tuple[str, ...]:
    k = len(edges) - 1
    if middle is None:
        ramp = _PALETTES["sequential"]["colours"][str(k)]
        return tuple(reversed(ramp)) if direction == "hoger_is_gunstiger" else tuple(ramp)
    sides = _PALETTES["diverging"]
    names = (
        ("unfavourable", "favourable")
        if direction == "hoger_is_gunstiger"
        else ("favourable", "unfavourable")
    )
    below = sum(edge <= middle for edge in edges[1:])
    lower = reversed(sides[names[0]][str(below)]) if below else ()
    upper = sides[names[1]][str(k - below)] if below < k else ()
    return (*lower, *upper)


def _single(shown: Sequence[float], areas: int) -> Legend:
    if not shown:
        note = "Geen enkel gebied heeft een cijfer."
    elif areas < FEWEST_AREAS_FOR_CLASSES:
        note = "Minder dan vijf gebieden met een cijfer: geen klassen, de cijfers staan op de kaart."
    else:
        note = "Alle gebieden hebben hetzelfde cijfer: geen klassen."
    label = "Cijfer staat op de kaart"
    return Legend("single", "", "geen klassen", (), (_PALETTES["neutral"],), (label,), note)


def _note(direction: str, reference: str | None, period: str) -> str:
    if reference is not None:
        held = f"{reference}, het landelijke cijfer van {format_period(period)}" if period else reference
        return f"De kleuren wijken uiteen vanaf {held}: oranje en bruin is minder gunstig, blauw gunstiger."
    if direction == "hoger_is_gunstiger":
        return "Donkerder is lager: bij dit cijfer is hoger gunstiger."
    if direction == "hoger_is_ongunstiger":
        return "Donkerder is hoger. Licht betekent niet dat er niets speelt."
    return "Donkerder is hoger."


def _check_choices(direction: str, method: str, k: int | None, breaks: Sequence[float] | None) -> None:
    if direction not in DIRECTIONS:
        raise AtlasError("Deze richting bestaat niet.", got=direction, expected=", ".join(DIRECTIONS))
    if method not in METHODS:
        raise AtlasError(
            "Deze manier van klassen maken bestaat niet.", got=method, expected=", ".join(METHODS)
        )
    if (method == "fixed") != (breaks is not None):
        raise AtlasError(
            "Vaste klassegrenzen horen bij de methode 'fixed', en alleen daarbij.",
            got=f"{method}, {'met' if breaks is not None else 'zonder'} grenzen",
        )
    if k is not None and not FEWEST_CLASSES <= k <= MOST_CLASSES:
        expected = f"{FEWEST_CLASSES} tot en met {MOST_CLASSES}"
        raise AtlasError("Dit aantal klassen kan niet.", got=str(k), expected=expected)


def _check_numbers(numbers: Sequence[float], title: str) -> None:
    for number in numbers:
        if not math.isfinite(number):
            raise AtlasError(title, got=str(number))
