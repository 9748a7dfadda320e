"""From answers to figures of survey regions and provinces, with interval and state; and how they changed.

Only these figures leave: shares of at least five respondents, their interval and n.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING

from ..core.areas.divisions import areas, members
from ..core.areas.resolving import resolve
from ..core.disclosure.figures import WITHHELD, told_n
from ..core.figures.differences import Difference, difference, holm
from ..core.figures.weighted_shares import MICRODATA, Respondents, Share
from ..core.words.errors import AtlasError
from ..core.words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from .questions import Question
    from .reading import Answer, PanelFile

LEVELS = ("surveyregio", "provincie")
#: made on request only: most rest on too few answers to compare
MUNICIPALITY = "gemeente"
_NO_OVERLAP = "Overlap tussen de metingen is niet verrekend: het interval is te breed, nooit te smal."
#: a difference is shown below this p, after Holm
_LEVEL_OF_PROOF = 0.05
_Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of one area; value and interval in percent, None where the state withholds them."""

    question: str
    level: str
    area: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    n_effective: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of one question: the difference in points, its interval, and Holm's p over all of them."""

    question: str
    first: str
    second: str
    points: float
    low: float
    high: float
    p_value: float
    #: whether the interval after looking at all of them leaves a difference
    differs: bool
    note: str = ""


def areas_of_respondents(
    panel: PanelFile,
    column: str,
    postcodes: Mapping[str, str] | None = None,
    *,
    municipalities: bool = False,
) -> tuple[list[tuple[str, ...]], list[str]]:
    """The survey region and province of each respondent, and the municipality when asked for.

    Args:
        panel: The panel.
        column: Column with the municipality (name or code), or with the postcode.
        postcodes: Of a column of postcodes: the four digits -> code of the municipality.
        municipalities: Whether figures of single municipalities are made as well.

    Returns:
        Codes of areas for each respondent, none for who lives elsewhere or says nothing; and notes.

    Raises:
        AtlasError: nobody lives in an area of the atlas.
    """
    region_of = {member.code: item.code for item in areas("surveyregio") for member in members(item.code)}
    province_of = {item.code: item.province for item in areas("gemeente")}
    code_of: dict[Answer, str] = {}
    cells = panel.column(column)
    for cell in dict.fromkeys(cells):
        if postcodes is not None:
            code_of[cell] = postcodes.get(_text(cell)[:4], "")
        else:
            found = resolve(_text(cell), "gemeente")
            code_of[cell] = found.area.code if found.area else ""
    own = [
        tuple(
            filter(None, (region_of.get(code, ""), province_of.get(code, ""), code if municipalities else ""))
        )
        for code in map(code_of.__getitem__, cells)
    ]
    unplaced = sum(not one for one in own)
    if unplaced == len(own):
        raise AtlasError(
            "Van geen enkele respondent is de gemeente te bepalen.",
            where=f'{panel.source}, kolom "{column}"',
            expected="een gemeente (naam of code), of een postcode met de tabel erbij",
        )
    note = f"{counted(unplaced, 'respondent telt', 'respondenten tellen')} niet mee: geen bekende gemeente."
    return own, [note] if unplaced else []


def figures_of(
    question: Question, shares: Mapping[Hashable, Share], levels: Sequence[str] = LEVELS
) -> list[Figure]:
    """The figures of a question at each of the levels, withheld ones without a value.

    An area with an answer has a line; one without has none.
    """
    made = []
    for level in levels:
        for item in areas(level):
            if (share := shares.get(item.code)) is None:
                continue
            found = share.estimate()
            withheld = found.status in WITHHELD
            made.append(
                Figure(
                    question.label,
                    level,
                    item.code,
                    item.name,
                    None if withheld else round(found.value, 4),
                    None if withheld or found.low is None else round(found.low, 4),
                    None if withheld or found.high is None else round(found.high, 4),
                    told_n(share.n, found.status),
                    None if withheld or found.n_effective is None else round(found.n_effective, 1),
                    found.status,
                )
            )
    return made


def compared(question: str, shares: Mapping[Hashable, Share], rests: Mapping[str, Share]) -> list[Comparison]:
    """Every two survey regions, and every one against the rest of its province, with Holm over all of these.

    Args:
        question: Label of the question.
        shares: Area -> share.
        rests: Survey region -> the share of the rest of its province.
    """
    shown = {
        item.code: (item.name, found)
        for item in areas("surveyregio")
        if (share := shares.get(item.code)) and (found := share.estimate()).status not in WITHHELD
    }
    pairs = [(one[0], other[0], one[1], other[1]) for one, other in combinations(shown.values(), 2)]
    for code, rest in rests.items():
        found = rest.estimate()
        if code in shown and found.status not in WITHHELD:
            pairs.append((shown[code][0], "de rest van de provincie", shown[code][1], found))
    found_pairs = [
        (first, second, verdict)
        for first, second, one, other in pairs
        if isinstance(verdict := difference(one, other, ground=MICRODATA), Difference)
    ]
    adjusted = holm([verdict.p_value for _first, _second, verdict in found_pairs])
    return [
        Comparison(
            question,
            first,
            second,
            verdict.points,
            verdict.low,
            verdict.high,
            p,
            p < _LEVEL_OF_PROOF,
        )
        for (first, second, verdict), p in zip(found_pairs, adjusted, strict=True)
    ]


def changes(
    questions: Sequence[Question],
    waves: Sequence[tuple[PanelFile, Respondents, Sequence[tuple[str, ...]]]],
    person: str,
) -> list[Comparison]:
    """The later wave minus the earlier of every area, with Holm over all areas of a question.

    Args:
        questions: The same in both.
        waves: Earlier and later: answers, weights, areas of each respondent.
        person: Column with the key of the person behind each respondent; "" when there is none: then what
            the waves have in common is not taken into account, and the interval is too wide.

    Raises:
        AtlasError: a key occurs twice in one wave.
    """
    keys = [_persons(panel, person) for panel, _respondents, _own in waves] if person else None
    own = [areas_ for _panel, _respondents, these in waves for areas_ in these]
    later = [place for place, (panel, _r, _o) in enumerate(waves) for _row in range(len(panel))]
    both = Respondents([weight for _p, respondents, _o in waves for weight in respondents.weights])
    made = []
    for question in questions:
        answers = [answer for panel, _r, _o in waves for answer in question.answers(panel)]
        found = []
        for item in (*areas("surveyregio"), *areas("provincie")):
            of_area = [
                answer if item.code in these else None for answer, these in zip(answers, own, strict=True)
            ]
            persons = [key for wave in keys for key in wave] if keys else list(range(len(answers)))
            change = both.change_error(of_area, [bool(wave) for wave in later], persons)
            if change and (one := _change(question.label, item.name, change, clustered=bool(keys))):
                found.append(one)
        adjusted = holm([one.p_value for one in found])
        made += [
            replace(one, p_value=p, differs=p < _LEVEL_OF_PROOF)
            for one, p in zip(found, adjusted, strict=True)
        ]
    return made


def _change(
    question: str, name: str, change: tuple[Share, Share, float], *, clustered: bool
) -> Comparison | None:
    earlier, later, error = change
    first, second = later.estimate(), earlier.estimate()
    if first.status in WITHHELD or second.status in WITHHELD:
        return None
    names = (f"{name}, deze meting", f"{name}, vorige meting")
    if not clustered:
        found = difference(first, second, ground=MICRODATA)
        if not isinstance(found, Difference):
            return None
        ends = (found.points, found.low, found.high, found.p_value)
        return Comparison(question, *names, *ends, differs=False, note=_NO_OVERLAP)
    points = first.value - second.value
    half = _Z_95 * 100 * error
    p_value = math.erfc(abs(points) / (100 * error) / math.sqrt(2)) if error > 0 else 1.0
    return Comparison(question, *names, points, points - half, points + half, p_value, differs=False)


def _persons(panel: PanelFile, column: str) -> list[Answer]:
    keys = list(panel.column(column))
    if len(set(keys)) < len(keys):
        raise AtlasError(
            "Een sleutel van een persoon komt twee keer voor in één meting.",
            where=f'{panel.source}, kolom "{column}"',
            got=f"{len(keys)} respondenten, {len(set(keys))} sleutels",
            hint="Kies de kolom die elke persoon één keer noemt.",
        )
    return keys


def rest_domains(own: Sequence[tuple[str, ...]]) -> list[tuple[Hashable, ...]]:
    """The domains of each respondent: own areas, and "the rest" of every other region of the province."""
    regions = {item.code: item.province for item in areas("surveyregio")}
    others = {
        code: tuple(
            ("rest", other)
            for other, province in regions.items()
            if province == regions[code] and other != code
        )
        for code in regions
    }
    return [(*one, *(others[one[0]] if one and one[0] in others else ())) for one in own]


def all_shares(
    panel: PanelFile, questions: Sequence[Question], respondents: Respondents, own: Sequence[tuple[str, ...]]
) -> list[tuple[Question, Mapping[Hashable, Share], dict[str, Share]]]:
    """Of every question the shares of areas, and of the rest of each region's province."""
    domains = rest_domains(own)
    made = []
    for question in questions:
        shares = respondents.shares(question.answers(panel), domains)
        rests = {key[1]: share for key, share in shares.items() if isinstance(key, tuple)}
        made.append((question, shares, rests))
    return made


def _text(cell: Answer) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
