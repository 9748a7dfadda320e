"""How sure a figure is: intervals, the publication rule, and differences between two areas.

Percentages run from 0 to 100, proportions from 0 to 1. Where an interval cannot be given honestly there is
none, and the note says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

#: the five states of a figure, from plainly shown to withheld; they look different on every map
STATUSES = ("ok", "indicatief", "te_weinig_respondenten", "geen_gegevens", "onderdrukt")

#: the states of what was counted in records: a registration is no survey answer
COUNTED, NOTHING_RECORDED, NOT_JUDGED, NOT_VISITED, NOT_LOOKED_AT = (
    "geteld", "niets_vastgelegd", "niet_beoordeeld", "niet_bezocht", "niet_bekeken",
)  # fmt: skip
COUNT_STATUSES = (COUNTED, NOTHING_RECORDED, NOT_JUDGED, NOT_VISITED, NOT_LOOKED_AT, "onderdrukt")
#: units in which zero says that nothing was recorded; a share of 0% was looked at
_RECORD_UNITS = ("count", "per_1000", "per_km2")

#: assumed where nothing better is known: neither weights nor a design effect (docs/decisions/0001)
ASSUMED_DESIGN_EFFECT = 3.0

#: what that number rests on, for the reader
ASSUMED_GROUND = "Zo ongelijk zijn de gewichten van een panel al gauw."

#: what a verdict on a difference may rest on; an assumed design effect is not among them
MICRODATA, PUBLISHED = VERDICT_GROUNDS = ("microdata", "gepubliceerd_ontwerpeffect")
#: answers of a panel per municipality: points with their interval, without classes, order or verdicts (of 220
#: such figures 13 were fine, and of 2,310 pairs 3 differed after Holm)
POINTS_ONLY = "microdata_punten"

_GIVEN_NOTE = "95%-interval zoals de bron het geeft."
_MINIMUM_EFFECTIVE_N = 30
_MINIMUM_RESPONDENTS = 5  # those who gave the answer that is counted
_WITHHELD_FROM_WIDTH = 30.0  # percentage points, this width included
_ALWAYS_PRECISE_UP_TO_WIDTH = 5.0  # a narrow interval is fine, however small the estimate
_LARGEST_RELATIVE_WIDTH = 1.30
_INDICATIVE_ABOVE_WIDTH = 10.0
#: 14.7 - 4.7 is 9.999999999999998 in binary: a boundary case is decided on what it says in decimals
_DECIMALS_COMPARED = 9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with what is known about its precision.

    `value`, `low` and `high` are in the unit of the figure (percent for surveys); `low` and `high` are the
    ends of a 95% interval. `n` counts respondents, `n_effective` what they are worth after weighting. `note`
    is a Dutch sentence for the reader: how the interval was made, or why there is none. `ground` is what
    `n_effective` rests on: one of `VERDICT_GROUNDS`, or "" when it is assumed.
    """

    value: float
    low: float | None
    high: float | None
    n: float | None
    n_effective: float | None
    status: str
    note: str
    ground: str = ""


def wilson(proportion: float, n_effective: float, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a proportion, on an effective (possibly fractional) n.

    Wilson (1927), with the effective sample size in place of n as Franco et al. (2019, J. Surv. Stat.
    Methodol. 7:334) recommend for weighted surveys. Agrees with statsmodels
    `proportion_confint(method="wilson")`.

    Args:
        proportion: 0 to 1.
        n_effective: Above zero, need not be whole.
        confidence: Between 0 and 1.

    Returns:
        Low and high, both within 0 to 1; exactly 0 at a proportion of 0, exactly 1 at 1.

    Raises:
        AtlasError: a value outside its range, or not a number.
    """
    if not 0 <= proportion <= 1:
        raise AtlasError("Een aandeel ligt tussen 0 en 1.", got=str(proportion))
    _check_positive(n_effective, "Het effectieve aantal respondenten moet groter dan nul zijn.")
    if not 0 < confidence < 1:
        raise AtlasError(
            "De betrouwbaarheid ligt tussen 0 en 1.", got=str(confidence), expected="bijvoorbeeld 0.95"
        )
    z_squared = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    shrink = 1 + z_squared / n_effective
    centre = (proportion + z_squared / (2 * n_effective)) / shrink
    spread = proportion * (1 - proportion) / n_effective + z_squared / (4 * n_effective**2)
    half_width = math.sqrt(z_squared * spread) / shrink
    # at the ends of the scale the formula is exact on paper and not in floating point
    low = 0.0 if proportion == 0 else max(0.0, centre - half_width)
    high = 1.0 if proportion == 1 else min(1.0, centre + half_width)
    return low, high


def weighted_proportion(hits: Sequence[bool], weights: Sequence[float]) -> float:
    """The share (0 to 1) of the weight that belongs to respondents with a hit.

    Raises:
        AtlasError: lengths differ, or a weight is negative or not a number, or all are zero.
    """
    if len(hits) != len(weights):
        raise AtlasError("Elk antwoord heeft één gewicht nodig.", got=f"{len(hits)} en {len(weights)}")
    _check_weights(weights)
    return math.fsum(weight for hit, weight in zip(hits, weights, strict=True) if hit) / math.fsum(weights)


def effective_n(weights: Sequence[float]) -> float:
    """What weighted respondents are worth as unweighted ones: (sum w)^2 / sum w^2.

    Kish (1965): n divided by the design effect of weighting, 1 + CV(w)^2. Equal weights give n itself.

    Raises:
        AtlasError: a weight is negative or not a number, or all are zero.
    """
    _check_weights(weights)
    largest = max(weights)
    scaled = [
        weight / largest for weight in weights
    ]  # so that tiny and huge weights cannot under- or overflow
    return math.fsum(scaled) ** 2 / math.fsum(weight * weight for weight in scaled)


def publication_status(
    percent: float,
    low: float | None,
    high: float | None,
    n_effective: float | None,
    respondents: float | None = None,
) -> str:
    """Which of the states a percentage has: `ok`, `indicatief` or `te_weinig_respondenten`.

    After the presentation standard of the NCHS (Parker et al. 2017, Vital Health Stat. 2:175), with a state
    in between for wide intervals and a least number of people behind a share. The first that applies:

    1. `te_weinig_respondenten`: effective n under 30; or the share rests on fewer than 5 respondents; or 95%
       width of 30 points or more; or width over 5 points and over 130% of the estimate;
    2. `indicatief`: width over 10 points, or no interval is known;
    3. `ok`.

    Args:
        percent: The estimate, 0 to 100.
        low: Lower end of the 95% interval, or None when there is no interval.
        high: Upper end, likewise.
        n_effective: None when unknown; then only the width decides.
        respondents: How many people, unweighted, gave the answer; None when unknown.
    """
    if n_effective is not None and n_effective < _MINIMUM_EFFECTIVE_N:
        return "te_weinig_respondenten"
    if respondents is not None and round(respondents, _DECIMALS_COMPARED) < _MINIMUM_RESPONDENTS:
        return "te_weinig_respondenten"
    if low is None or high is None:
        return "indicatief"
    width = round(high - low, _DECIMALS_COMPARED)
    relative_limit = round(_LARGEST_RELATIVE_WIDTH * percent, _DECIMALS_COMPARED)
    if width >= _WITHHELD_FROM_WIDTH or (width > _ALWAYS_PRECISE_UP_TO_WIDTH and width > relative_limit):
        return "te_weinig_respondenten"
    return "indicatief" if width > _INDICATIVE_ABOVE_WIDTH else "ok"


def survey_estimate(
    percent: float,
    n: float | None,
    *,
    design_effect: float = ASSUMED_DESIGN_EFFECT,
    published: bool = False,
    ground: str = ASSUMED_GROUND,
    respondents: float | None = None,
) -> Estimate:
    """A survey percentage with its Wilson interval on n / design effect, and its state.

    Args:
        percent: 0 to 100.
        n: Respondents behind the figure, unweighted; None when the source does not say.
        design_effect: How many times the variance exceeds that of a simple random sample of the same n.
        published: The source publishes this design effect; if not, the note says it is assumed.
        ground: Dutch sentences for the reader: what an assumed design effect rests on.
        respondents: How many of them gave the answer that is counted, when it is known (microdata);
            None takes n times the percentage.

    Raises:
        AtlasError: percent outside 0 to 100, n or design effect not above zero.
    """
    _check_percent(percent)
    if n is None:
        return without_interval(percent, None, "het aantal respondenten bij deze vraag is niet bekend")
    _check_positive(n, "Het aantal respondenten moet groter dan nul zijn.")
    _check_positive(design_effect, "Het ontwerpeffect moet groter dan nul zijn.")
    effective = n / design_effect
    low, high = (100 * end for end in wilson(percent / 100, effective))
    return Estimate(
        value=percent,
        low=low,
        high=high,
        n=n,
        n_effective=effective,
        status=publication_status(
            percent, low, high, effective, n * percent / 100 if respondents is None else respondents
        ),
        note=_interval_note(design_effect, ground, published=published),
        ground=PUBLISHED if published else "",
    )


def given_estimate(
    value: float,
    low: float,
    high: float,
    n: float | None,
    *,
    n_effective: float | None = None,
    ground: str = "",
) -> Estimate:
    """A figure with the 95% interval that its source gives; a percentage, or any other unit.

    Args:
        value: In its own unit.
        low: Lower end.
        high: Upper end.
        n: Respondents, when the source says so.
        n_effective: What they are worth after weighting, likewise.
        ground: What that rests on, of `VERDICT_GROUNDS`; "" when nobody says so.
    """
    respondents = None if n is None else n * value / 100
    worth = n if n_effective is None else n_effective
    status = publication_status(value, low, high, worth, respondents)
    return Estimate(value, low, high, n, n_effective, status, _GIVEN_NOTE, ground)


def without_interval(
    value: float, n: float | None, reason: str, design_effect: float = ASSUMED_DESIGN_EFFECT
) -> Estimate:
    """A measured or modelled figure for which no interval can be made: at most `indicatief` (decision 0002).

    Args:
        value: In its own unit.
        n: Respondents, when known: too few of them withhold this figure too.
        reason: Completes "Geen interval mogelijk: …", without a full stop.
        design_effect: Of the survey.
    """
    status = publication_status(value, None, None, None if n is None else n / design_effect)
    return Estimate(value, None, None, n, None, status, f"Geen interval mogelijk: {reason}.")


def count_status(value: float, unit: str) -> str:
    """Whether something was counted or nothing was recorded; the unit says what zero means."""
    return NOTHING_RECORDED if value == 0 and unit in _RECORD_UNITS else COUNTED


def count_estimate(value: float, unit: str = "count") -> Estimate:
    """A full count: nothing was sampled, so there is no interval, and its state is not that of a survey."""
    note = "Volledige telling, geen steekproef: er is geen interval."
    return Estimate(value, None, None, None, None, count_status(value, unit), note)


def smallest_change(share: float, n_effective: float) -> float:
    """The smallest change between two measurements of this size that is likely to be seen.

    Both with this share and this effective n, tested at 5% with a power of 80%: (z(0.975) + z(0.80)) times
    √(2p(1-p)/n) (Cohen 1988, Statistical Power Analysis, chapter 6, for equal variances).

    Args:
        share: 0 to 1.
        n_effective: What the respondents or yards are worth.

    Returns:
        The difference, 0 to 1.

    Raises:
        AtlasError: a value outside its range.
    """
    if not 0 <= share <= 1:
        raise AtlasError("Een aandeel ligt tussen 0 en 1.", got=str(share))
    _check_positive(n_effective, "Het effectieve aantal moet groter dan nul zijn.")
    both = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.80)
    return both * math.sqrt(2 * share * (1 - share) / n_effective)


def _interval_note(design_effect: float, ground: str, *, published: bool) -> str:
    effect = format_number(design_effect, 0 if float(design_effect).is_integer() else 2)
    if published:
        return f"95%-interval (Wilson) met het gepubliceerde ontwerpeffect {effect}."
    return (
        f"Het 95%-interval is een benadering: de gewichten zijn niet bekend, daarom is ontwerpeffect "
        f"{effect} aangenomen. {ground} Een panel is geen aselecte steekproef."
    )


def _check_percent(percent: float) -> None:
    if not 0 <= percent <= 100:  # noqa: PLR2004  (also refuses NaN)
        raise AtlasError("Een percentage ligt tussen 0 en 100.", got=str(percent))


def _check_positive(number: float, title: str) -> None:
    if not (math.isfinite(number) and number > 0):
        raise AtlasError(title, got=str(number))


def _check_weights(weights: Sequence[float]) -> None:
    for weight in weights:
        if not (math.isfinite(weight) and weight >= 0):
            raise AtlasError("Een gewicht is een getal van nul of hoger.", got=str(weight))
    if not any(weights):
        raise AtlasError("Er is ten minste één gewicht boven nul nodig.", got=f"{len(weights)} gewichten")
