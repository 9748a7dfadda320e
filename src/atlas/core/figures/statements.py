"""What one may say of a figure, and of two side by side: sentences that go into a memo as they are.

A figure that is withheld has no sentence. Which of two areas is higher is said only where the design allows
a verdict (`differences.difference`); the margin then is that of this pair, and whether it counts as shown is
decided over all pairs of the map together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ..disclosure.audiences import Audience
from ..words.errors import AtlasError
from ..words.notation import format_number
from .differences import NO_GROUND, Difference, difference, holm
from .estimates import VERDICT_GROUNDS, Estimate
from .map_layers import caution_of, cited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .indicators import Value

Record = Mapping[str, Any]
#: states in which a figure is shown
_SHOWN = ("ok", "indicatief", "geteld")
_INDICATIVE = "indicatief"
#: of more areas the pairs fill a page, and no reader compares them two by two
_MOST_COMPARED = 40
#: below this a difference is called shown; after Holm where there are several
SHOWN_BELOW = 0.05
_CANNOT_TELL = "Deze kaart kan niet zeggen welke van de twee hoger is."
_COUNTED = (
    "Dit is wat is vastgelegd, geen steekproef: een verschil kan ook komen doordat ergens meer is gekeken."
)
_ESTIMATED = (
    "Het zijn aantallen, geen steekproef, en waar dat staat een schatting: een verschil kan ook komen "
    "doordat ergens meer is gekeken, of door hoe er is geschat."
)

#: the pattern that ends what is copied
_LAST = "source"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures side by side: a line for each, what may be said of them together, and what they are."""

    first: str
    second: str
    verdict: str
    about: str


def sentence_patterns(audience: Audience, *, estimated: bool = False) -> dict[str, str]:
    """The wording of a sentence, for a face that fills it in itself; `sentence_of` fills in the same.

    What is not for everyone says so at the end: a sentence in a memo has no page around it that does. With
    `estimated` counts are not said to be what was recorded.
    """
    kept = "" if audience == Audience.PUBLIC else f" {audience.label}: geef dit niet verder door."
    patterns = _patterns(_ESTIMATED if estimated else _COUNTED)
    return {name: f"{pattern}{kept}" if name == _LAST else pattern for name, pattern in patterns.items()}


def _patterns(about_counts: str) -> dict[str, str]:
    return {
        "figure": "{label}: {text} in {area}, {period}{sure}.",
        "sure": " ({parts})",
        "interval": "95%-interval {interval}",
        "rounded": "door afronding {interval}",
        "respondents": "{n} respondenten",
        "counted": "van {n} {denominator}",
        "indicative": "indicatief",
        "base": " Onder wie: {base}.",
        "caution": " Let op: {caution}.",
        "source": " Bron: {source}.",
        "about": "{label}, {period}.",
        "withheld": "Over {area} is hier geen cijfer: {state}. {explanation}",
        "no_interval": f"{_CANNOT_TELL} Van ten minste één van beide is geen interval bekend.",
        "no_ground": f"{_CANNOT_TELL} {NO_GROUND}",
        "counts": f"{_CANNOT_TELL} {about_counts}",
        "higher": (
            "In {higher} is het cijfer aantoonbaar hoger dan in {lower}: het verschil is {points} "
            "procentpunt (95%-interval {low} tot {high})."
        ),
        "not_shown": (
            "Tussen {higher} en {lower} is geen verschil aangetoond: het is {points} procentpunt "
            "(95%-interval {low} tot {high}), en op een kaart met {pairs} paren gebieden kan dat toeval "
            "zijn. Dat zegt niet dat ze gelijk zijn."
        ),
        "change": "{label} in {area}: {first} in {earlier}, {second} in {later}.",
        "changed": (
            "In {higher} is het cijfer aantoonbaar hoger dan in {lower}: het verschil is {points} "
            "procentpunt (95%-interval {low} tot {high})."
        ),
        "not_changed": (
            "Een verschil tussen beide periodes is niet aangetoond: het is {points} procentpunt "
            "(95%-interval {low} tot {high}), en op een kaart met zoveel gebieden ({areas}) kan dat toeval "
            "zijn. Dat zegt niet dat de cijfers gelijk zijn."
        ),
        "change_unknown": f"Of dit een echt verschil is, kan deze kaart niet zeggen. {NO_GROUND}",
        "change_counted": f"Het verschil is {{points}}. {about_counts}",
        "other_area": "Beide cijfers gaan niet over hetzelfde gebied. {note}",
    }


def sentence_of(payload: Record, indicator: Record, view: Record, code: str) -> str:
    """The figure of an area as sentences: figure, interval, n, period, base, caution and source.

    Args:
        payload: The published atlas.
        indicator: One of its indicators.
        view: One of its views.
        code: Of an area of the view's level.

    Raises:
        AtlasError: the figure is withheld or not known.
    """
    check_shown(payload, view, code, area_label(payload, view, code))
    patterns = payload["sentences"]
    value = view["values"][code]
    figure: str = patterns["figure"].format(
        label=indicator["label"],
        text=value["text"],
        area=area_label(payload, view, code),
        period=view["period_label"],
        sure=_how_sure(patterns, indicator, value),
    )
    return figure + _about(payload, indicator, view)


def _about(payload: Record, indicator: Record, view: Record) -> str:
    """Among whom, what not to conclude, and the source: behind a sentence about a figure."""
    known = {"base": indicator["base"], "caution": caution_of(indicator, view), "source": cited(indicator)}
    return "".join(
        payload["sentences"][name].format(**{name: _bare(text)}) for name, text in known.items() if text
    )


def compare(payload: Record, indicator: Record, view: Record, first: str, second: str) -> Comparison:
    """Two areas of one map side by side, and the sentence that one may use of them.

    Raises:
        AtlasError: they are one area, or the figure of one is withheld or not known.
    """
    if first == second:
        raise AtlasError(
            "Dit is twee keer hetzelfde gebied.",
            got=area_label(payload, view, first),
            hint="Noem twee verschillende gebieden.",
        )
    return Comparison(
        short_sentence_of(payload, indicator, view, first),
        short_sentence_of(payload, indicator, view, second),
        _verdict(payload, indicator, view, first, second),
        payload["sentences"]["about"].format(label=indicator["label"], period=view["period_label"])
        + _about(payload, indicator, view),
    )


def check_shown(payload: Record, view: Record, code: str, where: str) -> None:
    """Refuse a figure that is withheld or not known, with its state.

    Raises:
        AtlasError: as said.
    """
    value = view["values"][code]
    if value["status"] in _SHOWN and value["value"] is not None:
        return
    state = next(state for state in payload["states"] if state["status"] == value["status"])
    raise AtlasError(
        "Van dit gebied is er geen cijfer om door te geven.",
        detail=state["explanation"],
        where=where,
        got=state["label"].lower(),
        hint="Noem een ander gebied, of een ruimer niveau.",
    )


def area_label(payload: Record, view: Record, code: str) -> str:
    """What an area of a view is called."""
    level = next(level for level in payload["levels"] if level["id"] == view["level"])
    return str(next(area["label"] for area in level["areas"] if area["code"] == code))


def pairs_of(values: Sequence[Value], unit: str) -> dict[str, str]:
    """The verdicts on all pairs of areas of one map, as far as the design allows them.

    Args:
        values: Those of the map, in the order of its areas.
        unit: Of the figure; only percentages have a verdict.

    Returns:
        "first second" of area codes -> "points low high shown": points and ends in tenths, shown 0 or 1.
        Empty when nothing may be said.
    """
    known = [(value.area, estimate) for value in values if (estimate := judged_estimate(value, unit))]
    if len(values) > _MOST_COMPARED:
        return {}
    found = [
        (f"{one} {other}", result)
        for (one, first), (other, second) in combinations(known, 2)
        if isinstance(result := difference(first, second, ground=first.ground), Difference)
    ]
    adjusted = holm([result.p_value for _, result in found])
    return {
        pair: " ".join(map(str, (*_tenths(result), int(p_value < SHOWN_BELOW))))
        for (pair, result), p_value in zip(found, adjusted, strict=True)
    }


def judged_estimate(value: Value, unit: str) -> Estimate | None:
    """A figure whose difference with another may be judged; None for any other."""
    judged = unit == "percent" and value.ground in VERDICT_GROUNDS and value.status in ("ok", _INDICATIVE)
    # what an audience may not see of a figure, nothing is concluded from
    if not judged or value.value is None or None in (value.low, value.high, value.n, value.n_effective):
        return None
    return Estimate(
        value.value, value.low, value.high, value.n, value.n_effective, value.status, value.note, value.ground
    )


def _tenths(result: Difference) -> tuple[int, int, int]:
    return round(10 * result.points), round(10 * result.low), round(10 * result.high)


def _how_sure(patterns: Mapping[str, str], indicator: Record, value: Record) -> str:
    parts = []
    if value["interval_text"]:
        counted_all = indicator["measure"] == "telling"
        pattern = patterns["rounded" if counted_all else "interval"]
        parts.append(pattern.format(interval=value["interval_text"]))
    if value["n_text"]:
        denominator = indicator["denominator"]
        counted = patterns["counted"] if denominator else patterns["respondents"]
        parts.append(counted.format(n=value["n_text"], denominator=denominator))
    if value["status"] == _INDICATIVE:
        parts.append(patterns["indicative"])
    return patterns["sure"].format(parts="; ".join(parts)) if parts else ""


def short_sentence_of(payload: Record, indicator: Record, view: Record, code: str) -> str:
    """Area, figure and how sure it is, in one line.

    Raises:
        AtlasError: the figure is withheld or not known.
    """
    label = area_label(payload, view, code)
    check_shown(payload, view, code, label)
    value = view["values"][code]
    return f"{label}: {value['text']}{_how_sure(payload['sentences'], indicator, value)}"


def _verdict(payload: Record, indicator: Record, view: Record, first: str, second: str) -> str:
    patterns, pairs = payload["sentences"], view["pairs"]
    if indicator["measure"] == "telling":
        return str(patterns["counts"])
    if f"{second} {first}" in pairs:
        first, second = second, first
    if f"{first} {second}" not in pairs:
        known = all(view["values"][code]["interval_text"] for code in (first, second))
        return str(patterns["no_ground" if known else "no_interval"])
    points, low, high, shown = map(int, pairs[f"{first} {second}"].split())
    higher, lower = first, second
    if points < 0:
        higher, lower, points, low, high = second, first, -points, -high, -low
    return str(
        patterns["higher" if shown else "not_shown"].format(
            higher=area_label(payload, view, higher),
            lower=area_label(payload, view, lower),
            points=format_number(points / 10, 1),
            low=format_number(low / 10, 1),
            high=format_number(high / 10, 1),
            pairs=format_number(len(pairs)),
        )
    )


def _bare(text: str) -> str:
    """A text that goes on: without the full stop that a sentence of its own would have."""
    return text.strip().removesuffix(".")
