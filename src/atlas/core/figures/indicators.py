"""The catalogue: which figures there are, what they mean, where they come from, how sure they are.

The published figures are data (`data/survey/*.csv`); intervals and states are computed here, by `estimates`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from ..areas import divisions as division
from ..files.embedded import read_embedded_csv
from ..tables.periods import period_order
from ..words.errors import AtlasError
from ..words.notation import check_unit, format_period
from .classes import DIRECTIONS
from .estimates import (
    ASSUMED_DESIGN_EFFECT,
    ASSUMED_GROUND,
    Estimate,
    count_estimate,
    survey_estimate,
    without_interval,
)

if TYPE_CHECKING:
    from ..disclosure.fields import Counted

MEASURES = ("steekproef", "telling", "model")
#: figures of the whole country stand beside the map, never on it
NATIONAL_LEVEL, NATIONAL_AREA = "land", "NL00"
#: behind the number of a count that was estimated
ESTIMATED = " (schatting)"
#: levels whose figures serve as a reference for the levels below them
_REFERENCE_LEVELS = ("provincie", NATIONAL_LEVEL)
#: what the n of a row counts -> what the reader has to know about it
_N_NOTES = {
    "": "",
    "vraag": "",
    "regio": (
        " n telt alle respondenten in de regio, ongewogen; hoeveel van hen deze vraag beantwoordden staat"
        " niet in de tekstversie die wij hebben."
    ),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject under which indicators and cards are grouped."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. `published` is a year or year-month; `licence_note` a Dutch sentence on re-use."""

    id: str
    title: str
    publisher: str
    published: str
    licence_note: str

    @property
    def citation(self) -> str:
        """Title with publisher and date, as far as they are known, for the reader."""
        details = ", ".join(part for part in (self.publisher, format_period(self.published)) if part)
        return f"{self.title} ({details})" if details else self.title


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one figure measures, in words for the reader (Dutch, our own).

    `unit` is one of `notation.UNIT_SUFFIX`, `direction` one of `classes.DIRECTIONS`, `measure` one of
    `MEASURES`. `base`: who or what was counted; `place`: where in the source; `caution`: what not to
    conclude; `denominator`: what the n of its values counts, "" for respondents.
    """

    id: str
    label: str
    theme: str
    unit: str
    direction: str
    decimals: int
    base: str
    question: str
    source: Source
    place: str
    caution: str
    definition: str
    measure: str
    denominator: str = ""
    #: of a rate per 1.000: of what
    per: str = ""
    #: what it counts or is made of, by every table that says so; none when it is no count
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of one area in one period, in the indicator's unit.

    `area` is a code of `level`, or NL00 at level "land". `low` and `high` are the ends of the 95% interval,
    `n` counts respondents or what the indicator's `denominator` says, `status` is one of
    `estimates.STATUSES` (of a registration `COUNT_STATUSES`), `note` a Dutch sentence on the figure. `text`
    is what a reader sees in place of the bare number ("0–4", "ongeveer 15"; of an estimated count it ends in
    `ESTIMATED`); "" for the number itself.
    """

    indicator: str
    level: str
    area: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    n: float | None
    status: str
    note: str
    #: what the respondents are worth after weighting, and what that rests on (`estimates.VERDICT_GROUNDS`)
    n_effective: float | None = None
    ground: str = ""
    text: str = ""
    #: what the source says of a figure that may change ("voorlopig"), "" of one that is final
    provisional: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A published figure that stands in text only: a range without an area, a fraction in words, a count."""

    id: str
    theme: str
    label: str
    text: str
    base: str
    source: Source
    place: str
    caution: str
    period: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be published, in reading order."""

    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    values: tuple[Value, ...]
    cards: tuple[Card, ...]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id.

        Raises:
            AtlasError: there is none; names the nearest.
        """
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        known = [indicator.id for indicator in self.indicators]
        near = get_close_matches(indicator_id, known, n=1)
        raise AtlasError(
            "Dit cijfer bestaat niet in de atlas.",
            got=indicator_id,
            expected=", ".join(known),
            hint=f"Bedoelde u {near[0]}?" if near else "",
        )

    def views(self, indicator_id: str) -> tuple[tuple[str, str], ...]:
        """The (level, period) pairs at which the figure exists as a map: smallest areas and newest first.

        Levels that one edition has beside those of the atlas come last, in the order of the data.
        """
        found = dict.fromkeys((value.level, value.period) for value in self._of(indicator_id))
        known = [level.id for level in division.levels()]
        levels = dict.fromkeys([*known, *(level for level, _ in found if level != NATIONAL_LEVEL)])
        periods = sorted({period for _, period in found}, key=period_order, reverse=True)
        return tuple((level, period) for level in levels for period in periods if (level, period) in found)

    def values_of(self, indicator_id: str, level: str, period: str) -> tuple[Value, ...]:
        """The figures of one map, in the order of the data."""
        return tuple(
            value for value in self._of(indicator_id) if value.level == level and value.period == period
        )

    def references(self, indicator_id: str, period: str) -> tuple[Value, ...]:
        """The figures to hold a map against: of the provinces, then of the country, in the same period."""
        return tuple(
            value for level in _REFERENCE_LEVELS for value in self.values_of(indicator_id, level, period)
        )

    def _of(self, indicator_id: str) -> tuple[Value, ...]:
        self.indicator(indicator_id)
        return tuple(value for value in self.values if value.indicator == indicator_id)


@cache
def load_catalogue(design_effect: float | None = None) -> Catalogue:
    """The embedded figures, with intervals and states.

    Args:
        design_effect: Assumed for every survey figure; None takes those of `ontwerpeffecten.csv`, which
            `waarden.csv` names per figure, level and area: no embedded source publishes its own.

    Raises:
        AtlasError: the embedded data are incomplete or contradict themselves.
    """
    themes = tuple(Theme(row["id"], row["label"]) for row in read_embedded_csv("data", "survey", "thema.csv"))
    sources = {source.id: source for source in embedded_sources()}
    rows = read_embedded_csv("data", "survey", "indicatoren.csv")
    indicators = tuple(_indicator(row, sources) for row in rows)
    by_id = {indicator.id: indicator for indicator in indicators}
    no_interval = {row["id"]: row["geen_interval"] for row in rows}
    assumed = {"": (ASSUMED_DESIGN_EFFECT, ASSUMED_GROUND)}  # of figures without an interval
    for row in read_embedded_csv("data", "survey", "ontwerpeffecten.csv"):
        assumed[row["id"]] = (design_effect or float(row["ontwerpeffect"]), row["grond"])
    return Catalogue(
        themes=themes,
        indicators=indicators,
        values=tuple(
            _value(row, by_id[row["indicator"]], no_interval[row["indicator"]], assumed)
            for row in read_embedded_csv("data", "survey", "waarden.csv")
        ),
        cards=tuple(_card(row, sources) for row in read_embedded_csv("data", "survey", "kaartjes.csv")),
    )


def estimate_for(
    indicator: Indicator,
    value: float,
    n: float | None,
    *,
    no_interval: str = "",
    design_effect: float = ASSUMED_DESIGN_EFFECT,
    published: bool = False,
    ground: str = ASSUMED_GROUND,
    respondents: float | None = None,
) -> Estimate:
    """How sure a figure of this indicator is.

    Args:
        indicator: Its measure and unit decide whether there can be an interval.
        value: In the unit of the indicator.
        n: Respondents, or None.
        no_interval: Why none can be made, when known beforehand; completes "Geen interval mogelijk: …".
        design_effect: Of the survey.
        published: The source publishes this design effect; if not, the note says it is assumed.
        ground: What an assumed design effect rests on, for the reader.
        respondents: Of a survey percentage, how many gave the answer; None takes n times the percentage.
    """
    if indicator.measure == "telling":
        return count_estimate(value, indicator.unit)
    if no_interval:
        return without_interval(value, n, no_interval)
    if indicator.measure == "model":
        modelled = without_interval(value, None, "de uitkomst komt uit een rekenmodel")
        return replace(modelled, n=n)  # nobody's answers: too few of them can't withhold it
    if indicator.unit != "percent":
        return without_interval(value, n, "de spreiding van de antwoorden is onbekend", design_effect)
    return survey_estimate(
        value,
        n,
        design_effect=design_effect,
        published=published,
        ground=ground,
        respondents=respondents,
    )


def embedded_sources() -> list[Source]:
    """The publications that embedded figures come from."""
    return [
        Source(row["id"], row["titel"], row["uitgever"], row["gepubliceerd"], row["licentie"])
        for row in read_embedded_csv("data", "survey", "bronnen.csv")
    ]


def embedded_indicators(name: str) -> tuple[Indicator, ...]:
    """The indicators of a file of `data/survey`, without values.

    Raises:
        AtlasError: an unknown direction or measure.
    """
    sources = {source.id: source for source in embedded_sources()}
    return tuple(_indicator(row, sources) for row in read_embedded_csv("data", "survey", name))


def _indicator(row: dict[str, str], sources: dict[str, Source]) -> Indicator:
    if row["richting"] not in DIRECTIONS or row["meting"] not in MEASURES:
        raise AtlasError(
            "Een cijfer heeft een onbekende richting of meting.",
            where=f"indicatoren.csv, {row['id']}",
            got=f"{row['richting']}, {row['meting']}",
            expected=", ".join((*DIRECTIONS, *MEASURES)),
        )
    return Indicator(
        id=row["id"],
        label=row["label"],
        theme=row["thema"],
        unit=check_unit(row["eenheid"]),
        direction=row["richting"],
        decimals=int(row["decimalen"]),
        base=row["basis"],
        question=row["vraag"],
        source=sources[row["bron"]],
        place=row["plaats"],
        caution=row["let_op"],
        definition=row["definitie"],
        measure=row["meting"],
    )


def _value(
    row: dict[str, str], indicator: Indicator, no_interval: str, assumed: dict[str, tuple[float, str]]
) -> Value:
    n = int(row["n"]) if row["n"] else None
    design_effect, ground = assumed[row["ontwerpeffect"]]
    estimate = estimate_for(
        indicator,
        float(row["waarde"]),
        n,
        no_interval=no_interval,
        design_effect=design_effect,
        ground=ground,
    )
    return Value(
        indicator=indicator.id,
        level=row["niveau"],
        area=row["gebied_code"],
        period=row["periode"],
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        status=estimate.status,
        note=estimate.note + _N_NOTES[row["n_soort"]],
        n_effective=estimate.n_effective,
        ground=estimate.ground,
    )


def _card(row: dict[str, str], sources: dict[str, Source]) -> Card:
    return Card(
        id=row["id"],
        theme=row["thema"],
        label=row["label"],
        text=row["tekst"],
        base=row["basis"],
        source=sources[row["bron"]],
        place=row["plaats"],
        caution=row["let_op"],
        period=row["periode"],
    )
