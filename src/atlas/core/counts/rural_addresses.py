"""The first step of a picture of the countryside: how many addresses lie in it, per municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..areas.divisions import areas, members
from ..disclosure.fields import Counted
from ..figures.estimates import COUNTED, NOTHING_RECORDED, count_status
from ..figures.indicators import Indicator, Source, Value
from ..words.notation import counted, format_number
from .rural_figures import own_indicator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .rural_methods import CountrysideMethod

NUMBER, SHARE = "adressen_buitengebied_aantal", "adressen_buitengebied_aandeel"
#: a total of a province is no yardstick for its municipalities (see `rural_figures`); a share is
_LEVELS = {NUMBER: ("gemeente", "surveyregio"), SHARE: ("gemeente", "surveyregio", "provincie")}
#: label, unit, and what is divided by
_WORDS = {
    NUMBER: ("Adressen in het buitengebied, aantal", "count", ""),
    SHARE: ("Adressen in het buitengebied, deel van alle", "percent", "adressen"),
}
_FROM_A_FILE = (
    "De adressen komen uit het bestand dat bij het maken is opgegeven; de peildatum is die van het dossier."
)


def countryside_figures(
    counted: Mapping[str, tuple[int, int]],
    method: CountrysideMethod,
    *,
    municipalities: Iterable[str],
    fictitious: bool,
) -> tuple[tuple[Indicator, ...], tuple[Value, ...]]:
    """The number of addresses in the countryside, and their share of all addresses, as figures.

    Args:
        counted: Municipality -> addresses in the countryside, and all addresses.
        method: What countryside is; its reference date is the period.
        municipalities: Of the team; an area gets a figure only when all of it is theirs.
        fictitious: Whether the addresses are made up.
    """
    own = set(municipalities)
    title = "FICTIEF: verzonnen adressen" if fictitious else "Adressen in de BAG"
    source = Source(
        "adressen_fictief" if fictitious else "adressen", title, "", method.peildatum, "Alleen voor het team."
    )
    indicators = tuple(_indicator(identifier, source, method) for identifier in _LEVELS)
    values = []
    for indicator in indicators:
        for level in _LEVELS[indicator.id]:
            for area in areas(level):
                codes = [member.code for member in members(area.code)]
                if own.issuperset(codes):
                    outside = sum(counted.get(code, (0, 0))[0] for code in codes)
                    every = sum(counted.get(code, (0, 0))[1] for code in codes)
                    values.append(_value(indicator, level, area.code, outside, every))
    return indicators, tuple(values)


def _indicator(identifier: str, source: Source, method: CountrysideMethod) -> Indicator:
    label, unit, denominator = _WORDS[identifier]
    return own_indicator(
        id=identifier,
        label=label,
        unit=unit,
        decimals=0,
        base="Adressen die in gebruik zijn",
        source=source,
        place="",
        caution="Er is geen vaste definitie van het buitengebied: met een andere komt er een ander getal.",
        definition=f"{method.text} {_FROM_A_FILE}",
        denominator=denominator,
        counts=(Counted("adressen", source.title),),
    )


def _value(indicator: Indicator, level: str, code: str, outside: int, every: int) -> Value:
    note = f"{format_number(outside)} van {counted(every, 'adres', 'adressen')}."
    if indicator.id == NUMBER:
        figure, n, status = float(outside), None, count_status(outside, indicator.unit)
    elif every:
        figure, n, status = 100 * outside / every, every, COUNTED
    else:
        figure, n, status, note = None, None, NOTHING_RECORDED, "In het bestand staan hier geen adressen."
    return Value(indicator.id, level, code, indicator.source.published, figure, None, None, n, status, note)
