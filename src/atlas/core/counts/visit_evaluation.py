"""What a campaign of visits found: per stratum, drawn beside chosen, and what it could have seen at all.

A figure is how many of a hundred visited yards had a finding. Yards are weighted by one over the chance with
which they were chosen (Horvitz and Thompson 1952; the share is Hájek's), so that it says something about the
whole frame. What was chosen by a rule says nothing about the rest, and stands beside what was drawn. Where
nothing was found the figure is the most that it can be, and never "none": who does not look does not find.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..figures.differences import Difference, difference, holm
from ..figures.estimates import (
    MICRODATA,
    Estimate,
    effective_n,
    publication_status,
    smallest_change,
    weighted_proportion,
    wilson,
)
from ..figures.statements import SHOWN_BELOW
from ..records.campaign_rounds import visits_in
from ..schema.campaigns import BY_DRAW, BY_TIER, NOT_CHOSEN
from ..schema.visits import FINDING_CATEGORIES, SEEN_OUTCOMES
from ..words.layer_names import FINDINGS, SIGNALS, STOPS, VISITS
from ..words.notation import counted, format_number
from .village_comparison import VillageComparison, compare_villages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..records.matching import Record

#: what counts as visited and as found; stands under every evaluation
WHAT_COUNTS = (
    "Een erf telt mee als er iemand is gesproken of als het van buiten is bekeken. Wat niet is gemeld "
    "telt als niet gevonden; waar bij staat dat er niet is gekeken, telt niet mee. Een bevinding is geen "
    "verdenking."
)
_SEEN, _NOT_LOOKED = "waargenomen", "niet_bekeken"
UNKNOWN_STRATUM = "stratum niet bekend"
#: fewer yards with a finding than this in both groups together, and a test says nothing
_FEWEST_FOUND = 5
#: fewer yards than this in one of them, and nor does it
_FEWEST_YARDS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A group of visited yards: its name, how many, at how many something was found, and the estimate."""

    name: str
    yards: int
    found: int
    estimate: Estimate

    @property
    def sentence(self) -> str:
        """The figure in Dutch, with its interval; of nothing found the most that it can be."""
        low, high = (format_number(end or 0, 1) for end in (self.estimate.low, self.estimate.high))
        yards = counted(self.yards, "bezocht erf", "bezochte erven")
        if not self.found:
            none = "niet op het ene bezochte erf" if self.yards == 1 else f"op geen van {yards}"
            return f"{self.name}: {none}; dat is hoogstens {high} per 100, en zegt niet dat er niets is."
        few = " Te weinig voor een cijfer." if self.too_few else ""
        return (
            f"{self.name}: op {self.found} van {yards}, {format_number(self.estimate.value, 1)} per 100 "
            f"(95%-interval {low} tot {high}).{few}"
        )

    @property
    def too_few(self) -> bool:
        """Whether there are too few yards for a figure."""
        return self.estimate.status == "te_weinig_respondenten"

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The figure as cells of a table: the group, its yards, those with a finding, and per 100."""
        low, high = (format_number(end or 0, 1) for end in (self.estimate.low, self.estimate.high))
        share = (
            f"{format_number(self.estimate.value, 1)} ({low} tot {high})"
            if self.found
            else f"hoogstens {high}"
        )
        few = "; te weinig voor een cijfer" if self.found and self.too_few else ""
        return (self.name, format_number(self.yards), format_number(self.found), share + few)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: the whole frame, its strata, drawn and chosen, and what their difference says."""

    label: str
    whole: Group | None
    strata: tuple[Group, ...]
    drawn: Group | None
    chosen: Group | None
    compared: str
    visible: float | None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of which there is a figure: all, each stratum, drawn, chosen."""
        return tuple(one for one in (self.whole, *self.strata, self.drawn, self.chosen) if one is not None)

    @property
    def verdicts(self) -> list[str]:
        """What may be said of the figures: drawn beside chosen, and the smallest change they can show."""
        said = [self.compared] if self.compared else []
        if self.visible is not None:
            points = format_number(self.visible, 0 if self.visible >= 1 else 1)
            said.append(f"De kleinste verandering die zo te zien is: ongeveer {points} per 100.")
        return said

    @property
    def sentences(self) -> list[str]:
        """The indicator in Dutch, a sentence for each line."""
        if self.whole is None:
            return [f"{self.label}: nergens naar gekeken."]
        return [f"{self.label}.", *(one.sentence for one in self.groups), *self.verdicts]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How many yards of the frame were planned, reached, refused and not at home, and the indicators."""

    frame: int
    planned: int
    reached: int
    refused: int
    nobody: int
    indicators: tuple[Indicator, ...]
    villages: VillageComparison | None = None

    @property
    def coverage(self) -> str:
        """How much of the frame was visited, in Dutch."""
        return (
            f"{counted(self.frame, 'erf', 'erven')} in het kader, {format_number(self.planned)} gekozen, "
            f"{format_number(self.reached)} bezocht, bij {format_number(self.refused)} geen medewerking, bij "
            f"{format_number(self.nobody)} niemand aanwezig."
        )


def evaluate(
    campaign: Record, records: Mapping[str, Sequence[Record]], categories: Sequence[str]
) -> Evaluation:
    """Reckon what a campaign found.

    Args:
        campaign: The campaign.
        records: Layer -> records of stops, visits, findings and signals, that may be seen.
        categories: The indicators, keys of `FINDING_CATEGORIES`.
    """
    stops = [one for one in records[STOPS] if one.get("campagne_uuid") == campaign["uuid"]]
    by_yard: dict[str, list[Record]] = defaultdict(list)
    for visit in visits_in(campaign, records[VISITS]):
        by_yard[str(visit.get("bedrijf_uuid"))].append(visit)
    visits = {str(stop["uuid"]): by_yard.get(str(stop.get("bedrijf_uuid")), []) for stop in stops}
    outcomes = {uuid: {str(one.get("uitkomst")) for one in made} for uuid, made in visits.items()}
    reached = [stop for stop in stops if outcomes[str(stop["uuid"])] & SEEN_OUTCOMES and stop.get("kans")]
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in records[FINDINGS]:
        key = str(finding.get("bezoek_uuid")), str(finding.get("categorie"))
        seen[key].append(str(finding.get("waarneming")))
    found = {
        category: {
            str(stop["uuid"]): hit
            for stop in reached
            if (hit := _hit(visits[str(stop["uuid"])], category, seen)) is not None
        }
        for category in categories
    }
    compared = _compared(reached, found)
    return Evaluation(
        len(stops),
        sum(stop.get("keuze") != NOT_CHOSEN for stop in stops),
        len(reached),
        sum("geen_medewerking" in one and not one & SEEN_OUTCOMES for one in outcomes.values()),
        sum(one == {"niemand_aanwezig"} for one in outcomes.values()),
        tuple(_indicator(category, reached, found[category], compared[category]) for category in categories),
        compare_villages(campaign, stops, records[VISITS], records[SIGNALS]),
    )


def _hit(visits: Sequence[Record], category: str, seen: Mapping[tuple[str, str], list[str]]) -> bool | None:
    """Whether a category was seen at a yard; None when it was only said that nobody looked."""
    said = [one for visit in visits for one in seen.get((str(visit["uuid"]), category), ())]
    if _SEEN in said:
        return True
    return None if said and set(said) == {_NOT_LOOKED} else False


def _indicator(
    category: str, reached: Sequence[Record], found: Mapping[str, bool], compared: str
) -> Indicator:
    looked = [stop for stop in reached if str(stop["uuid"]) in found]
    strata: dict[str, list[Record]] = defaultdict(list)
    for stop in looked:
        strata[str(stop.get("stratum") or UNKNOWN_STRATUM)].append(stop)
    drawn, chosen = (
        [stop for stop in looked if stop.get("keuze") == choice] for choice in (BY_DRAW, BY_TIER)
    )
    whole = _group("Alle bezochte erven, gewogen naar kans", looked, found) if looked else None
    visible = None
    if whole is not None and whole.estimate.n_effective:
        share = max(whole.estimate.value, whole.estimate.high or 0 if not whole.found else 0) / 100
        visible = 100 * smallest_change(share, whole.estimate.n_effective)
    return Indicator(
        FINDING_CATEGORIES[category],
        whole,
        tuple(_group(name.capitalize(), strata[name], found) for name in sorted(strata))
        if len(strata) > 1
        else (),
        _group("Gekozen door loting", drawn, found) if drawn and chosen else None,
        _group("Gekozen door een regel", chosen, found) if drawn and chosen else None,
        compared,
        visible,
    )


def _group(name: str, stops: Sequence[Record], found: Mapping[str, bool]) -> Group:
    hits = [found[str(stop["uuid"])] for stop in stops]
    weights = [1 / float(str(stop["kans"])) for stop in stops]
    share, worth = weighted_proportion(hits, weights), effective_n(weights)
    low, high = (100 * end for end in wilson(share, worth))
    status = publication_status(100 * share, low, high, worth, sum(hits))
    estimate = Estimate(100 * share, low, high, len(stops), worth, status, "", MICRODATA)
    return Group(name, len(stops), sum(hits), estimate)


def _compared(reached: Sequence[Record], found: Mapping[str, Mapping[str, bool]]) -> dict[str, str]:
    """Category -> what may be said of drawn beside chosen, with Holm's correction for looking at several."""
    differences: dict[str, Difference] = {}
    said = dict.fromkeys(found, "")
    for category, hits in found.items():
        drawn, chosen = (
            [stop for stop in reached if stop.get("keuze") == choice and str(stop["uuid"]) in hits]
            for choice in (BY_DRAW, BY_TIER)
        )
        if not drawn or not chosen:
            continue
        said[category] = "Gekozen en geloot zijn niet te onderscheiden."
        one, other = _group("", chosen, hits), _group("", drawn, hits)
        enough = one.found + other.found >= _FEWEST_FOUND and min(one.yards, other.yards) >= _FEWEST_YARDS
        apart = difference(one.estimate, other.estimate, ground=MICRODATA)
        if enough and isinstance(apart, Difference):
            differences[category] = apart
    adjusted = holm([one.p_value for one in differences.values()])
    for (category, apart), p_value in zip(differences.items(), adjusted, strict=True):
        if p_value < SHOWN_BELOW and apart.low * apart.high > 0:
            more = "meer" if apart.points > 0 else "minder"
            low, high = sorted((abs(apart.low), abs(apart.high)))
            points = format_number(abs(apart.points), 1)
            said[category] = (
                f"Op gekozen erven is er {more} gevonden dan op gelote: {points} per 100 verschil "
                f"(95%-interval {format_number(low, 1)} tot {format_number(high, 1)}). "
                "Gekozen erven zeggen niets over de andere."
            )
    return said
