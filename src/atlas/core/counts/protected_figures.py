"""A protected table as figures of the catalogue: everything a reader sees comes from the rounded numbers.

A share has the interval that the rounding leaves; of all, none or nearly so only a band is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..areas.divisions import DetailArea, DetailLevel, area
from ..disclosure.fields import Counted
from ..disclosure.protected import Shown, areas_within
from ..disclosure.rules import may_be_counted
from ..disclosure.squares import SQUARES
from ..figures.estimates import COUNTED
from ..figures.indicators import Indicator, Value
from ..vacancy.evidence import EMPTY, IN_USE, PARTLY_EMPTY
from ..words.layer_names import OBJECTS, YARDS
from ..words.notation import counted, format_number
from .protected_counts import ALONE, COUNTS_OF, NOT_ALONE, OBSERVED, VISITED
from .rural_figures import RECORD_KINDS, own_indicator
from .rural_rates import RATES, rate_indicator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..disclosure.protected import ProtectedTable
    from ..figures.indicators import Source

    #: level, code of an area, its municipalities
    Place = tuple[str, str, tuple[str, ...]]

_HIDDEN = "onderdrukt"
_TOO_WIDE = "De afronding laat te veel open voor een aandeel: dat ligt tussen {low}% en {high}%."
#: what stands in the definition of a figure of a protected table
_ROUNDED = (
    "Alle getallen zijn afgerond om herleiding te voorkomen; het interval is wat die afronding openlaat."
)
_LEAVING_A_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of records: its condition and its words."""

    condition: str
    label: str
    base: str
    caution: str
    place: str


@dataclass(frozen=True, slots=True)
class _Share:
    """A share: the id of the rate of a team that it is, and the conditions above and below the line."""

    rate: str
    above: tuple[str, ...]
    below: tuple[str, ...]


_COUNTS = (
    *(
        _Count(kind.layer, kind.label, kind.base, kind.caution, f"laag {kind.layer}")
        for kind in RECORD_KINDS.values()
    ),
    _Count(
        OBSERVED,
        "Bevindingen",
        "Bevindingen die bij een erfbezoek zijn waargenomen",
        "Een bevinding is geen verdenking en geen overtreding. Meer bevindingen kan ook betekenen dat er"
        " beter is gekeken.",
        "laag bevinding",
    ),
)
_JUDGED = tuple(f"{OBJECTS};conclusie={one}" for one in (EMPTY, PARTLY_EMPTY, IN_USE))
_SHARES = (
    _Share("leegstand_object_aandeel_leeg", _JUDGED[:2], _JUDGED),
    _Share("agrarisch_bedrijf_zonder_buren", (ALONE,), (ALONE, NOT_ALONE)),
    _Share("erfbezoek_dekking", (VISITED,), (YARDS,)),
)


def protected_figures(
    table: ProtectedTable, source: Source, municipalities: Iterable[str]
) -> tuple[tuple[Indicator, ...], tuple[Value, ...]]:
    """The figures of a table as indicators and values, to be added to a catalogue.

    Args:
        table: Of the audience; its rules say at which levels, and what may be counted.
        source: Of `rural_figures.rural_source`; its date is the period.
        municipalities: Of which the page is; an area is in it when all of it is.
    """
    places = areas_within(municipalities, table.rules.geografieen)
    present = {cell.partition("|")[2] for cell in table.cells}
    indicators: list[Indicator] = []
    values: list[Value] = []
    for one in _COUNTS:
        if one.condition not in present or not may_be_counted(COUNTS_OF[one.condition], table.rules):
            continue
        indicator = _count_indicator(one, source)
        indicators.append(indicator)
        values += [
            _count_value(indicator, table, one.condition, place)
            for place in places
            if place[0] != "provincie"  # it would stand beside the map of municipalities as if to compare
        ]
        values += [
            _count_value(indicator, table, one.condition, (SQUARES, code, squares))
            for code, squares in squares_within(table, municipalities).items()
            if table.shown_of_squares(squares, one.condition)
        ]
    for share in _SHARES:
        if not present.issuperset((*share.above, *share.below)):
            continue
        indicator = _share_indicator(share, source)
        indicators.append(indicator)
        values += [_share_value(indicator, table, share, place) for place in places]
    return tuple(indicators), tuple(values)


def squares_within(table: ProtectedTable, municipalities: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Code -> squares of the areas of squares of a table that touch these municipalities only."""
    own = set(municipalities)
    areas = table.square_areas
    return {code: inside for code, inside in areas.items() if own.issuperset(table.touched(inside))}


def square_level(table: ProtectedTable, municipalities: Iterable[str]) -> DetailLevel | None:
    """The level of the squares of a table, in these municipalities; None when there are none."""
    found, rules = squares_within(table, municipalities), table.rules
    described = []
    for code, inside in found.items():
        touched = [area(one) for one in table.touched(inside)]
        names = [one.name for one in touched]
        where = " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        more = f", {counted(len(inside), 'vierkant', 'vierkanten')}" if len(inside) > 1 else ""
        label = f"{where} ({inside[0]}{more})"
        described.append(DetailArea(code, code, label, touched[0].province, table.touched(inside)))
    if not described:
        return None
    return DetailLevel(
        SQUARES,
        "Vierkant",
        "Vierkanten",
        "Vierkanten van 5 km, samengevoegd (liefst tot 10 of 20 km) tot er in elk gebied ten minste "
        f"{counted(rules.minste_per_vierkant, 'object', 'objecten')} en "
        f"{counted(rules.minste_bedrijven, 'agrarisch bedrijf is', 'agrarische bedrijven zijn')}.",
        tuple(described),
    )


def _count_indicator(one: _Count, source: Source) -> Indicator:
    layer = one.condition.partition(";")[0]
    return own_indicator(
        id=f"{layer}_aantal",
        label=f"{one.label}, aantal",
        unit="count",
        decimals=0,
        base=one.base,
        source=source,
        place=one.place,
        caution=one.caution,
        definition=f"Aantal records in het gebied. {_ROUNDED}",
        counts=_counted((one.condition,), source),
    )


def _share_indicator(share: _Share, source: Source) -> Indicator:
    rate = next(one for one in RATES if one.id == share.rate)
    return replace(
        rate_indicator(rate, source),
        definition=f"{rate.definition} {_ROUNDED}",
        counts=_counted((*share.above, *share.below), source),
    )


def _counted(conditions: Iterable[str], source: Source) -> tuple[Counted, ...]:
    """What stands in the protected table of a figure, for the door."""
    counted = sorted({COUNTS_OF[one] for one in conditions})
    return tuple(Counted(counts, source.title, rounded=True) for counts in counted)


def _count_value(indicator: Indicator, table: ProtectedTable, condition: str, place: Place) -> Value:
    level, code, inside = place
    shown = table.shown_of_squares if level == SQUARES else table.shown
    found, period = shown(inside, condition), indicator.source.published
    if found is None:
        why = table.why_withheld(inside, condition)
        return Value(indicator.id, level, code, period, None, None, None, None, _HIDDEN, why)
    return Value(
        indicator.id,
        level,
        code,
        period,
        found.figure,
        found.low,
        found.high,
        None,
        COUNTED,
        "",
        text=found.text,
    )


def _share_value(indicator: Indicator, table: ProtectedTable, share: _Share, place: Place) -> Value:
    level, code, inside = place
    period = indicator.source.published
    above = [table.shown(inside, condition) for condition in share.above]
    below = [table.shown(inside, condition) for condition in share.below]
    if None in above or None in below:
        why = next((why for one in share.below if (why := table.why_withheld(inside, one))), "")
        return Value(indicator.id, level, code, period, None, None, None, None, _HIDDEN, why)
    low, high = _ends([one for one in above if one], [one for one in below if one], share)
    whole = sum(one.figure for one in below if one)
    if high - low > table.rules.grootste_marge or not whole:
        why = _TOO_WIDE.format(low=format_number(low), high=format_number(high))
        return Value(indicator.id, level, code, period, None, None, None, None, _HIDDEN, why)
    percent = min(_LEAVING_A_WHOLE, 100 * sum(one.figure for one in above if one) / whole)
    band = table.rules.as_band(percent)
    text = ""
    if band:
        percent, (low, high) = sum(band) / 2, (min(low, band[0]), max(high, band[1]))
        text = f"{format_number(band[0])}–{format_number(band[1])}%"
    note = f"Van {' + '.join(one.text for one in below if one)}."
    return Value(
        indicator.id, level, code, period, percent, low, high, None, COUNTED, "" if band else note,
        text=text or f"ongeveer {format_number(percent)}%",
    )  # fmt: skip


def _ends(above: Sequence[Shown], below: Sequence[Shown], share: _Share) -> tuple[float, float]:
    """The least and most that a share can be, in percent: a part of the whole or beside the rest of it."""
    rest = [one for one, name in zip(below, share.below, strict=True) if name not in share.above]
    least, most = sum(one.low for one in above), sum(one.high for one in above)
    if len(rest) == len(below):  # the whole is a number of its own
        low = 100 * least / max(sum(one.high for one in below), 1)
        high = 100 * most / max(sum(one.low for one in below), 1)
    else:
        low = 100 * least / max(least + sum(one.high for one in rest), 1)
        high = 100 * most / max(most + sum(one.low for one in rest), 1)
    return min(low, _LEAVING_A_WHOLE), min(high, _LEAVING_A_WHOLE)
