"""FICTIEF: figures of several periods, of every kind that goes through time differently."""

from __future__ import annotations

import random
from dataclasses import replace

from atlas.core.areas.divisions import areas
from atlas.core.disclosure.fields import Counted
from atlas.core.figures.estimates import given_estimate, survey_estimate
from atlas.core.figures.indicators import Catalogue, Indicator, Source, Theme, Value

THEME = Theme("fictief", "FICTIEF verloop")
SOURCE = Source("fictief", "FICTIEF onderzoek", "FICTIEF bureau", "2025", "")
#: asked with microdata: verdicts; asked without: none; recorded: no sample
JUDGED, ASKED, RECORDED = "fictief_beoordeeld", "fictief_gevraagd", "fictief_vastgelegd"


def indicator(identifier, *, unit="percent", measure="steekproef", direction="hoger_is_ongunstiger", **kept):
    return Indicator(
        id=identifier,
        label=f"FICTIEF {identifier.replace('_', ' ')}",
        theme=THEME.id,
        unit=unit,
        direction=direction,
        decimals=1 if unit == "percent" else 0,
        base="verzonnen inwoners",
        question="In onze woorden: FICTIEF?",
        source=SOURCE,
        place="tabel 1",
        caution="FICTIEF: concludeer hier niets uit.",
        definition="",
        measure=measure,
        **kept,
    )


def surveyed(identifier, period, percents, *, level="gemeente", n=900, ground="microdata"):
    """A share for each area of a level, in its order; None is an area that was not asked."""
    values = []
    for area, percent in zip(areas(level), percents, strict=True):
        if percent is None:
            continue
        estimate = survey_estimate(percent, n, design_effect=1.5, ground="verzonnen")
        if ground:
            estimate = given_estimate(
                percent, estimate.low, estimate.high, n, n_effective=n / 1.5, ground=ground
            )
        values.append(
            Value(
                identifier, level, area.code, period, estimate.value, estimate.low, estimate.high,
                estimate.n, estimate.status, estimate.note, estimate.n_effective, estimate.ground,
            )
        )  # fmt: skip
    return values


def recorded(identifier, period, numbers, *, level="gemeente"):
    return [
        Value(identifier, level, area.code, period, float(number), None, None, None, "geteld", "")
        for area, number in zip(areas(level), numbers, strict=True)
    ]


def catalogue_of(*pairs):
    """A catalogue of (indicator, its values)."""
    return Catalogue(
        (THEME,),
        tuple(one for one, _ in pairs),
        tuple(value for _, values in pairs for value in values),
        (),
    )


def through_time(periods=("2017", "2019", "2021", "2023", "2025")):
    """Three figures of every municipality: judged, asked without a ground, and recorded as a rate.

    The first area goes up a lot, the second stays; the last is not asked in the middle period.
    """
    chance = random.Random(7)
    count = len(areas("gemeente"))
    start = [20 + chance.random() * 20 for _ in range(count)]
    found = {JUDGED: [], ASKED: [], RECORDED: []}
    for nth, period in enumerate(periods):
        percents = [
            round(base + chance.uniform(-1, 1) + nth * (4 if at == 0 else 0.5), 1)
            for at, base in enumerate(start)
        ]
        percents[1] = 30.0
        if nth == len(periods) // 2:
            percents[-1] = None
        found[JUDGED] += surveyed(JUDGED, period, percents)
        found[ASKED] += surveyed(ASKED, period, percents, ground="")
        found[RECORDED] += recorded(
            RECORDED,
            period,
            [round(base / 3 + chance.uniform(-2, 2) + (0 if at else nth)) for at, base in enumerate(start)],
        )
    rate = indicator(
        RECORDED, unit="per_1000", measure="telling", per="inwoners",
        counts=(Counted("misdrijven", "FICTIEF tabel"),),
    )  # fmt: skip
    return catalogue_of(
        (indicator(JUDGED), found[JUDGED]),
        (indicator(ASKED, direction="geen"), found[ASKED]),
        (rate, found[RECORDED]),
    )


def beside(catalogue, *others):
    """Catalogues put together, the first in front."""
    for other in others:
        themes = (*catalogue.themes, *(theme for theme in other.themes if theme not in catalogue.themes))
        catalogue = replace(
            catalogue,
            themes=themes,
            indicators=(*catalogue.indicators, *other.indicators),
            values=(*catalogue.values, *other.values),
        )
    return catalogue
