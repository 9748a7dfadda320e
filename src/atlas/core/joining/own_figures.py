"""A joined table of the user becomes an indicator of the catalogue, beside the published figures."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from ..disclosure.fields import Counted
from ..figures.estimates import (
    ASSUMED_DESIGN_EFFECT,
    given_estimate,
    publication_status,
    without_interval,
)
from ..figures.indicators import (
    ESTIMATED,
    NATIONAL_AREA,
    NATIONAL_LEVEL,
    Indicator,
    Source,
    Theme,
    Value,
    estimate_for,
)
from ..tables.periods import provisional_status
from ..words.errors import AtlasError
from ..words.notation import format_value
from ..words.spelling import normalise
from .combining import WITHHELD_BY_SOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..figures.estimates import Estimate
    from ..figures.indicators import Catalogue
    from .combining import JoinedValue, WithheldValue
    from .joined import Joined

#: units of counts and of what is made of them
_COUNTS = frozenset({"count", "per_100", "per_1000", "per_km2"})
#: rates that say per how many, and must say of what
_PER_MANY = {"per_100": "100", "per_1000": "1.000"}
#: decimals that follow from the figures are never more than these
_MOST_DECIMALS = 3
#: from this size on, a figure that was computed needs no decimal, or one
_NO_DECIMAL_FROM, _ONE_DECIMAL_FROM = 100, 10
#: no source of a user is taken for that of a dossier, whatever it is called
_OWN = "eigen_"
#: an id is part of names of files, tables and links
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reader must know of a table's figure before it may stand on a map."""

    label: str
    period: str
    source: str
    base: str
    caution: str
    theme: str = "Eigen cijfers"
    question: str = ""
    definition: str = ""
    place: str = ""
    direction: str = "geen"
    measure: str = "steekproef"
    #: None: as many as the figures have
    decimals: int | None = None
    published: str = ""
    #: published by the source; 0: it isn't
    design_effect: float = 0.0
    #: assumed as long as none is published; 0: the one assumed for every survey
    assumed_design_effect: float = 0.0
    #: the figure of the whole country, to hold the areas against
    national: float | None = None
    #: what is counted, of a count ("inwoners"): decides for whom it may be
    counts: str = ""
    #: of a rate per 1.000 that is given as such: per 1.000 of what
    denominator: str = ""
    #: what the effective n of the source rests on: "microdata" or "gepubliceerd_ontwerpeffect"
    ground: str = ""


def with_own_figure(
    catalogue: Catalogue, figure: Figure, joined: Joined, *, level: str, unit: str, where: str
) -> Catalogue:
    """The catalogue with one more indicator: the values of a joined table.

    Args:
        catalogue: What there is already; may be empty.
        figure: What a reader must know of the figure.
        joined: The values, of a join that was not refused.
        level: Level of their areas.
        unit: Their unit.
        where: The table, for sentences.

    Raises:
        AtlasError: an indicator with this label, level and period is there already, or this label with
            another unit, or a design effect below zero, or a published one beside an assumed one, or a rate
            per 1.000 of nobody knows what.
    """
    _check_design_effects(figure, where)
    theme = next((known for known in catalogue.themes if known.label == figure.theme), None)
    theme = theme or Theme(_id_of(figure.theme, catalogue.themes), figure.theme)
    indicator = Indicator(
        id=_id_of(figure.label, catalogue.indicators),
        label=figure.label,
        theme=theme.id,
        unit=unit,
        direction=figure.direction,
        decimals=_decimals(joined.values, unit) if figure.decimals is None else figure.decimals,
        base=figure.base,
        question=figure.question,
        source=Source(f"{_OWN}{slug(figure.source)}", figure.source, "", figure.published, ""),
        place=figure.place,
        caution=figure.caution,
        definition=figure.definition,
        measure=figure.measure,
        per=_denominator(figure, joined, unit, where),
        counts=_counts(figure, joined, unit, where),
    )
    known = {other.id: other for other in catalogue.indicators}
    if (level, figure.period) in (catalogue.views(indicator.id) if indicator.id in known else ()):
        raise AtlasError(
            "Dit cijfer staat al in de atlas.",
            where=f"{where}, {figure.label}",
            hint="Geef het een andere naam (label) of een andere periode.",
        )
    if indicator.id in known and known[indicator.id].unit != unit:
        raise AtlasError(
            "Dit cijfer staat al met een andere eenheid in de atlas.",
            where=f"{where}, {figure.label}",
            got=unit,
            expected=known[indicator.id].unit,
            hint="Geef het een andere naam (label) of dezelfde eenheid.",
        )
    if indicator.id in known and known[indicator.id].source.title != figure.source:
        raise AtlasError(
            "Dit cijfer staat al met een andere bron in de atlas.",
            where=f"{where}, {figure.label}",
            got=figure.source,
            expected=known[indicator.id].source.title,
            hint="Geef het een andere naam (label): cijfers van twee bronnen zijn geen lijn. Zijn ze te "
            "vergelijken, noem dan in beide blokken dezelfde bron.",
        )
    if indicator.id in known:  # another period may count something else: both are asked about at the door
        counts = dict.fromkeys((*known[indicator.id].counts, *indicator.counts))
        decimals = max(known[indicator.id].decimals, indicator.decimals)
        before = known[indicator.id].caution
        caution = before if before.startswith(indicator.caution) else indicator.caution
        indicator = replace(indicator, counts=tuple(counts), decimals=decimals, caution=caution)
    said = (
        note for note in dict.fromkeys(value.note for value in joined.values) if note not in indicator.caution
    )
    indicator = replace(indicator, caution=" ".join((indicator.caution, *said)))
    known[indicator.id] = indicator
    values = [_value(value, indicator, figure, level, joined) for value in joined.values]
    values += [_withheld(one, indicator, figure, level) for one in joined.withheld]
    if figure.national is not None:
        values.append(_national(figure.national, indicator, figure.period))
    return replace(
        catalogue,
        themes=catalogue.themes if theme in catalogue.themes else (*catalogue.themes, theme),
        indicators=tuple(known.values()),
        values=(*catalogue.values, *values),
    )


def _counts(figure: Figure, joined: Joined, unit: str, where: str) -> tuple[Counted, ...]:
    """What the figure counts, for the door; of a count that does not say so, that it does not say so."""
    whole = all(float(value.value).is_integer() for value in joined.values)
    is_count = unit in _COUNTS or figure.measure == "telling" or (unit == "number" and whole)
    return (Counted(figure.counts, where),) if is_count or figure.counts else ()


def _decimals(values: Sequence[JoinedValue], unit: str) -> int:
    """As many decimals as the figures have: 0,36 is not 0; of computed figures as many as tell them apart."""
    figures = [value.value for value in values]
    for decimals in range(_MOST_DECIMALS + 1):
        if all(math.isclose(round(figure, decimals), figure, abs_tol=1e-9) for figure in figures):
            return decimals
    largest = max(map(abs, figures))
    if unit == "eur" or largest >= _NO_DECIMAL_FROM:
        return 0
    return 1 if largest >= _ONE_DECIMAL_FROM else 2


def _denominator(figure: Figure, joined: Joined, unit: str, where: str) -> str:
    """Per 1.000 of what a rate is: the column that divided it, or what the user says of a given rate."""
    if unit not in _PER_MANY:
        return joined.divided_by if joined.divisor_note else ""
    denominator = joined.divided_by.strip().lower() or figure.denominator.strip()
    if not denominator:
        raise AtlasError(
            f"Een cijfer per {_PER_MANY[unit]} zegt per {_PER_MANY[unit]} waarvan.",
            where=f"{where}, {figure.label}",
            hint='Deel aantallen door een kolom van de tabel: per = "Inwoners". Is het al gedeeld, zeg dan '
            'waardoor: denominator = "inwoners".',
        )
    return denominator


def _check_design_effects(figure: Figure, where: str) -> None:
    """Refuse what would be passed over in silence: an assumption beside what the source publishes."""
    given = (figure.design_effect, figure.assumed_design_effect)
    if not all(math.isfinite(effect) and effect >= 0 for effect in given):
        raise AtlasError(
            "Een ontwerpeffect is een getal boven nul.",
            where=f"{where}, {figure.label}",
            got=", ".join(str(effect) for effect in given if not (math.isfinite(effect) and effect >= 0)),
        )
    if all(given):
        raise AtlasError(
            "Er staan twee ontwerpeffecten bij dit cijfer.",
            where=f"{where}, {figure.label}",
            got=f"design_effect {given[0]}, assumed_design_effect {given[1]}",
            hint="Laat assumed_design_effect weg: wat de bron publiceert, gaat voor.",
        )


def slug(text: str) -> str:
    """A name for files and addresses: "Zorgen, 2025" -> "zorgen_2025"; two texts may have the same one."""
    name = re.sub(r"[^a-z0-9]+", "_", normalise(text)).strip("_")
    return name[:_LONGEST_ID].strip("_") or "cijfer"


def _id_of(label: str, known: Sequence[Indicator] | Sequence[Theme]) -> str:
    """The id of the one with this label, or the first that no other label has.

    "Leegstand" and "Leegstand (%)" have the same slug and are two figures, as are two labels of one emoji.
    """
    labels = {other.id: other.label for other in known}
    name = slug(label)
    numbered = chain((name,), (f"{name}_{number}" for number in count(2)))
    return next(free for free in numbered if labels.get(free, label) == label)


def _value(value: JoinedValue, indicator: Indicator, figure: Figure, level: str, joined: Joined) -> Value:
    provisional = _provisional(joined, figure.period)
    said = (joined.divisor_note, _of_status(provisional))
    estimate = estimate_for(
        indicator,
        value.value,
        value.n,
        design_effect=figure.design_effect or figure.assumed_design_effect or ASSUMED_DESIGN_EFFECT,
        published=bool(figure.design_effect),
    )
    if value.interval and indicator.measure != "telling":
        estimate = given_estimate(
            value.value, *value.interval, value.n, n_effective=value.n_effective, ground=figure.ground
        )
    elif figure.measure != "steekproef" and value.n is not None and indicator.unit not in _COUNTS:
        estimate = replace(estimate, n=value.n, status=_status_of_a_count(estimate, value.n))
    shown = format_value(estimate.value, indicator.unit, indicator.decimals)
    return Value(
        indicator=indicator.id,
        level=level,
        area=value.area.code,
        period=figure.period,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        status=estimate.status,
        note=" ".join(filter(None, (value.note or estimate.note, *said))),
        n_effective=estimate.n_effective,
        ground=estimate.ground,
        text=f"{shown}{ESTIMATED}" if value.note else "",
        provisional=provisional,
    )


def _withheld(one: WithheldValue, indicator: Indicator, figure: Figure, level: str) -> Value:
    """The state of an area of which the source gives no figure."""
    return Value(
        indicator=indicator.id,
        level=level,
        area=one.area.code,
        period=figure.period,
        value=None,
        low=None,
        high=None,
        n=one.n,
        status=one.state,
        note=WITHHELD_BY_SOURCE,
    )


def _provisional(joined: Joined, period: str) -> str:
    """What the source says of figures that may change, by itself or in a note beside its table."""
    return joined.status or provisional_status(joined.provisional, period)


def _of_status(status: str) -> str:
    return f"{status.capitalize()} cijfer: de bron kan het nog veranderen." if status else ""


def _status_of_a_count(estimate: Estimate, n: float) -> str:
    """A share or mean of everyone in a register is withheld as well when they are few."""
    too_few = publication_status(estimate.value, None, None, n) == "te_weinig_respondenten"
    return "te_weinig_respondenten" if too_few else estimate.status


def _national(figure: float, indicator: Indicator, period: str) -> Value:
    estimate = without_interval(figure, None, "het landelijke cijfer is alleen als getal opgegeven")
    return Value(
        indicator=indicator.id,
        level=NATIONAL_LEVEL,
        area=NATIONAL_AREA,
        period=period,
        value=estimate.value,
        low=None,
        high=None,
        n=None,
        status=estimate.status,
        note=estimate.note,
    )
