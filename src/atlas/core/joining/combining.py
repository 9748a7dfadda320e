"""From the rows about one area to its one value: doubles, parts of a merged municipality, sums.

What can't be combined honestly gets no value, and every row says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..areas.divisions import former_parts, mergers
from ..schema.outcomes import (
    ABOLISHED,
    DOUBLE,
    LINKED,
    OUTCOMES,
    VALUE_MISSING,
    VALUE_OUT_OF_RANGE,
    VALUE_UNREADABLE,
)
from ..tables.cell_numbers import MISSING, OUT_OF_RANGE, UNDECIDED, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..areas.divisions import Area
    from ..tables.parsing import Numbers
    from .dividing import Division

#: counts add up by themselves; amounts and plain numbers only when the caller says so; rates never
_ADDS_UP = frozenset({"count"})
ADDS_UP_ON_REQUEST = frozenset({"count", "eur", "number"})

_OUTCOME_OF_KIND = {
    MISSING: VALUE_MISSING,
    UNREADABLE: VALUE_UNREADABLE,
    UNDECIDED: VALUE_UNREADABLE,
    OUT_OF_RANGE: VALUE_OUT_OF_RANGE,
}
WITHHELD_BY_SOURCE = "De bron geeft dit cijfer niet: te weinig respondenten, of onderdrukt."
_ROWS_NAMED = 5
_PLACE = "plaats "


@dataclass(frozen=True, slots=True)
class JoinedValue:
    """The value of one area: `n` when the table has it for all its rows, `rows` as numbered in the file.

    `interval` is the one that the source gives, `n_effective` what it says the respondents are worth, of an
    area with one row. `note` is a sentence about an estimate: a part of a row was counted here.
    """

    area: Area
    value: float
    n: float | None
    rows: tuple[int, ...]
    interval: tuple[float, float] | None = None
    n_effective: float | None = None
    note: str = ""


class WithheldValue(NamedTuple):
    """An area of which the source has a figure and gives none: its state says why."""

    area: Area
    state: str
    n: float | None


@dataclass(frozen=True, slots=True)
class Draft:
    """The report while it is being made, with the numbers of every row (columns of the same length).

    Attributes:
        rows: Row numbers in the file.
        outcomes: Position in `OUTCOMES`; starts with what the text of the row says.
        explanations: Sentences; idem.
        values: The value column.
        sizes: The n column, or None.
        weights: The weight column, or None.
        divisors: The column to divide by, or None.
        of_area: Code of an area -> what its value is divided by, or None.
        scale: By how much what was divided is multiplied.
        unit: Unit of the values.
        interval: Both ends of each row's interval, where the table has them.
        worth: What each row's respondents are worth after weighting, where the table says so.
        states: Of each row the state that withholds its figure, "" for none; None without such a column.
        withheld: Areas of such rows, filled while combining.
        each_row_is_one: Whether every row is one respondent: percentages of 0 and 100 with a weight and no n.
        adds_up: Whether the caller said that rows of one area are to be added up.
        doubled: Areas with more rows than can be used, filled while combining.
        unweighted: Areas that could be combined with a weight column only.
        mixed: Areas of which the table has the present municipality and its parts or places.
        summed: Areas of which rows were added up.
        kinds: Of each row the kind over which is added up, or None.
        every_kind: Those that occur.
        divided: Position of a row that is divided over areas -> how.
        parted: Such rows of which an area got its part, filled while combining.
    """

    rows: Sequence[int]
    outcomes: bytearray
    explanations: list[str]
    values: Numbers
    sizes: Numbers | None
    weights: Numbers | None
    divisors: Numbers | None
    scale: float
    unit: str
    adds_up: bool
    interval: Sequence[tuple[float, float] | None] | None = None
    worth: Sequence[float | None] | None = None
    states: Sequence[str] | None = None
    withheld: list[WithheldValue] = field(default_factory=list)
    each_row_is_one: bool = False
    of_area: Mapping[str, float] | None = None
    doubled: dict[str, list[int]] = field(default_factory=dict)
    unweighted: dict[str, list[int]] = field(default_factory=dict)
    mixed: dict[str, list[int]] = field(default_factory=dict)
    summed: dict[str, list[int]] = field(default_factory=dict)
    kinds: Sequence[str] | None = None
    every_kind: frozenset[str] = frozenset()
    divided: Mapping[int, Division] = field(default_factory=dict)
    parted: set[int] = field(default_factory=set)

    def parts(self, numbers: Sequence[float | None], positions: Sequence[int], area: Area) -> list[float]:
        """The numbers of rows, of a divided one the part of this area; 0 for none."""
        found = [numbers[position] or 0.0 for position in positions]
        for place, position in enumerate(positions if self.divided else ()):
            if position in self.divided:
                found[place] *= self.divided[position].parts[area.code]
        return found

    def mark(self, positions: Sequence[int], outcome: str, explanation: str) -> None:
        """Give rows (by position in the table) an outcome and its explanation."""
        code = OUTCOMES.index(outcome)
        for position in positions:
            self.outcomes[position] = code
            self.explanations[position] = explanation

    def mark_own_problem(self, position: int) -> None:
        """Give a row the outcome of its own cell."""
        self.mark((position,), _OUTCOME_OF_KIND[self.values.kinds[position]], self.values.reasons[position])

    def named(self, positions: Sequence[int]) -> str:
        """Row numbers for a sentence: "rij 3, 7 en 9"."""
        numbers = [str(self.rows[position]) for position in positions[:_ROWS_NAMED]]
        more = len(positions) - len(numbers)
        if more:
            return f"rij {', '.join(numbers)} en nog {more}"
        return "rij " + " en ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))


def combine_rows(area: Area, parts: Mapping[str, list[int]], draft: Draft) -> JoinedValue | None:
    """The value of an area, or None with the reason written at its rows.

    Args:
        area: The area of the present division.
        parts: Positions of the rows by what they name: the code of the area itself, or of a former
            municipality (`former_key`), or of a place in it (`place_key`).
        draft: Numbers and report; outcomes of these rows are filled in.
    """
    everything = sorted(position for positions in parts.values() for position in positions)
    if any(_are_double(positions, draft) for positions in parts.values()):
        _refuse_double(area, everything, draft.doubled, draft)
        return None
    chosen = _choose(area, parts, everything, draft)
    if not chosen:
        return None
    of_today = set(parts.get(area.code, ()))
    only_formers = not of_today.intersection(chosen) and any(map(_is_former, parts))
    lacking = (_lacking(area, parts) if only_formers else "") or _lacking_kinds(area, parts, chosen, draft)
    if draft.states and len(chosen) == 1 and (state := draft.states[chosen[0]]):
        draft.mark(chosen, LINKED, WITHHELD_BY_SOURCE)
        draft.withheld.append(WithheldValue(area, state, _sample_size(chosen, draft)))
        return None
    unusable = [position for position in chosen if draft.values.kinds[position]]
    if lacking or unusable:
        why = lacking or f"Over {area.label} heeft {draft.named(unusable)} geen bruikbare waarde."
        draft.mark(chosen, VALUE_MISSING, f"{why} Daarom is er geen waarde voor het hele gebied.")
        for position in unusable:
            draft.mark_own_problem(position)
        return None
    value = _value(area, chosen, draft)
    if value is not None and draft.divisors is not None:
        value = _divided(area, chosen, value, draft)
    elif value is not None and draft.of_area is not None:
        value *= draft.scale / draft.of_area[area.code]
    if value is None:
        return None
    divided = [position for position in chosen if position in draft.divided]
    if divided and draft.divisors is None and draft.of_area is None:
        value = float(round(value))
    draft.parted.update(divided)
    return JoinedValue(
        area,
        value,
        _sample_size(chosen, draft),
        tuple(draft.rows[position] for position in chosen),
        draft.interval[chosen[0]] if draft.interval and len(chosen) == 1 else None,
        draft.worth[chosen[0]] if draft.worth and len(chosen) == 1 else None,
        " ".join(dict.fromkeys(draft.divided[position].sentence for position in divided)),
    )


def former_key(former: Area) -> str:
    """What distinguishes GM0014 of 2018 from GM0014 of today."""
    return f"{former.code} tot {former.valid_to}"


def place_key(place: str) -> str:
    """What distinguishes the rows of one place from those of its municipality and its other places."""
    return f"{_PLACE}{place}"


def _is_former(part: str) -> bool:
    return " tot " in part


def _live(positions: Sequence[int], draft: Draft) -> list[int]:
    """The positions that say something: readable or not, but not missing."""
    return [position for position in positions if draft.values.kinds[position] != MISSING]


def _choose(area: Area, parts: Mapping[str, list[int]], everything: list[int], draft: Draft) -> list[int]:
    """The rows the value is made of.

    A table of CBS lists every municipality there ever was: of a present municipality, its parts and its
    places one side has figures, and the others are left out. Where more have, adding could count twice.
    """
    kinds: dict[str, list[int]] = {"now": parts.get(area.code, []), "before": [], "places": []}
    for part, positions in parts.items():
        if part != area.code:
            kinds["places" if part.startswith(_PLACE) else "before"] += positions
    sides = [sorted(positions) for positions in kinds.values() if positions]
    if len(sides) == 1:
        return everything
    live = [side for side in sides if _live(side, draft)]
    if len(live) > 1:
        if draft.adds_up:
            return everything
        _refuse_double(area, everything, draft.mixed, draft)
        return []
    chosen = live[0] if live else sides[0]
    for side in sides:
        for position in side if side is not chosen else ():
            if side == sorted(kinds["before"]):
                draft.mark((position,), ABOLISHED, draft.explanations[position])
            else:
                draft.mark_own_problem(position)
    return chosen


def _refuse_double(area: Area, positions: list[int], where: dict[str, list[int]], draft: Draft) -> None:
    where[area.code] = positions
    draft.mark(positions, DOUBLE, f"Over {area.label} gaan meer rijen: {draft.named(positions)}.")


def _lacking(area: Area, parts: Mapping[str, list[int]]) -> str:
    """Which former municipalities are not in the table, a sentence; "" when none."""
    lacking = [part.name for part in former_parts(area.code) if former_key(part) not in parts]
    if not lacking:
        return ""
    divided = {merger.former.name for merger in mergers() if not merger.whole}
    if divided.issuperset(lacking):
        return f"Een voorganger van {area.label} is over twee gemeenten verdeeld: {', '.join(lacking)}."
    return f"Van de voorgangers van {area.label} ontbreken in de tabel: {', '.join(lacking)}."


def _are_double(positions: Sequence[int], draft: Draft) -> bool:
    """Whether rows of one area are more than may be added up: any, or two of one kind."""
    if draft.kinds is None:
        return not draft.adds_up and len(positions) > 1
    return len({draft.kinds[position] for position in positions}) < len(positions)


def _lacking_kinds(area: Area, parts: Mapping[str, list[int]], chosen: Sequence[int], draft: Draft) -> str:
    """Which kinds have no row where all of them are to be added up, a sentence; "" when none."""
    if draft.kinds is None:
        return ""
    used = set(chosen)
    for positions in parts.values():
        found = {draft.kinds[position] for position in positions if position in used}
        if found and (lacking := sorted(draft.every_kind - found)):
            return f"Over {area.label} ontbreekt {', '.join(lacking[:_ROWS_NAMED])}."
    return ""


def _value(area: Area, chosen: list[int], draft: Draft) -> float | None:
    values = draft.parts(draft.values.values, chosen, area)
    if len(values) == 1:
        return values[0]
    if draft.weights is not None:
        return _weighted_mean(area, chosen, values, draft)
    if draft.unit in (ADDS_UP_ON_REQUEST if draft.adds_up or draft.kinds else _ADDS_UP):
        draft.summed[area.code] = chosen
        return math.fsum(values)
    draft.unweighted[area.code] = chosen
    draft.mark(
        chosen,
        DOUBLE,
        f"Over {area.label} gaan meer rijen ({draft.named(chosen)}), en deze cijfers zijn niet op te tellen.",
    )
    return None


def _weighted_mean(area: Area, chosen: list[int], values: list[float], draft: Draft) -> float | None:
    column = draft.weights.values if draft.weights else []
    weights = [column[position] for position in chosen]
    known = [weight for weight in weights if weight is not None and weight >= 0]
    total = math.fsum(known)
    if len(known) < len(chosen) or total <= 0:
        draft.mark(chosen, VALUE_MISSING, f"Niet alle rijen over {area.label} hebben een bruikbaar gewicht.")
        return None
    return math.fsum(value * weight for value, weight in zip(values, known, strict=True)) / total


def _divided(area: Area, chosen: list[int], value: float, draft: Draft) -> float | None:
    column = draft.divisors.values if draft.divisors else []
    total = math.fsum(draft.parts(column, chosen, area))
    if any(column[position] is None for position in chosen) or total <= 0:
        draft.mark(chosen, VALUE_MISSING, f"Over {area.label} is niet bekend waardoor moet worden gedeeld.")
        return None
    return value * draft.scale / total


def _sample_size(chosen: list[int], draft: Draft) -> float | None:
    if draft.each_row_is_one:
        return float(len(chosen))
    if draft.sizes is None or not draft.divided.keys().isdisjoint(chosen):
        return None
    sizes = [draft.sizes.values[position] for position in chosen]
    known = [size for size in sizes if size is not None]
    return math.fsum(known) if len(known) == len(sizes) else None
