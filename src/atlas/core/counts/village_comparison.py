"""Villages that were visited beside those that wait for their turn in an order that was drawn.

What is compared is not what a visit found, for where nobody went nothing is found: it is the reports that
came in from others since the first visit. Those of the own organisation do not count: who visits reports what
he sees there. As the order was drawn, chance alone can be reckoned: how often would another order of the same
villages have given at least this difference (Fisher's randomisation test; the roll-out by lot is a stepped
wedge, Hussey and Hughes 2007)? Where that order was not kept nothing can be reckoned. A report is no offence:
more may be trust.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ..figures.statements import SHOWN_BELOW
from ..records.campaign_rounds import visits_in
from ..records.choosing import lot
from ..schema.visits import OWN_ORGANISATION
from ..words.notation import counted, format_number, format_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..records.matching import Record

#: with fewer reports than this, or fewer villages on either side, nothing can come out of a test
_FEWEST_REPORTS, _FEWEST_VILLAGES = 5, 3
#: so many orders are all looked at; of more so many are drawn, the same each time
_MOST_ORDERS, _DRAWN_ORDERS = 20_000, 5_000
_DAY = 10


@dataclass(frozen=True, slots=True)
class Side:
    """Villages on one side: how many, their yards, and the reports from those yards."""

    villages: int
    yards: int
    reports: int

    @property
    def sentence(self) -> str:
        """The side in Dutch."""
        villages, yards = counted(self.villages, "dorp", "dorpen"), counted(self.yards, "erf", "erven")
        reports = counted(self.reports, "melding", "meldingen")
        return f"{villages}, {yards}, {reports}: {format_number(_rate(self), 1)} per 100 erven"


@dataclass(frozen=True, slots=True)
class VillageComparison:
    """Visited and waiting villages since a day; `chance` is the p-value, None when nothing can be said."""

    since: str
    visited: Side
    waiting: Side
    in_order: bool
    chance: float | None

    @property
    def sentences(self) -> list[str]:
        """What may be said, in Dutch."""
        since = format_period(self.since)
        said = [
            f"Meldingen over deze erven sinds het eerste bezoek ({since}), behalve van de eigen organisatie.",
            f"Waar is bezocht: {self.visited.sentence}.",
            f"Waar men in de gelote volgorde nog wacht: {self.waiting.sentence}.",
        ]
        if not self.in_order:
            said.append(
                "Er is niet in de gelote volgorde bezocht: of een verschil toeval is, is dan niet te zeggen."
            )
        elif self.chance is None:
            said.append("Dat zijn te weinig dorpen of meldingen om iets van een verschil te zeggen.")
        elif self.chance >= SHOWN_BELOW:
            said.append(f"Die zijn niet te onderscheiden (p = {format_number(self.chance, 2)}).")
        else:
            more = "meer" if _rate(self.visited) > _rate(self.waiting) else "minder"
            said.append(
                f"Waar is bezocht wordt {more} gemeld dan toeval verklaart (p = "
                f"{format_number(self.chance, 3)}). Meer meldingen kan ook meer vertrouwen zijn; een "
                "melding is geen strafbaar feit."
            )
        return said


def compare_villages(
    campaign: Record, stops: Sequence[Record], visits: Sequence[Record], reports: Sequence[Record]
) -> VillageComparison | None:
    """Compare the villages that were visited with those that wait.

    Args:
        campaign: The campaign.
        stops: Its yards.
        visits: Visits of any campaign.
        reports: Signals, of which those count that are about a yard of the frame.

    Returns:
        None when the order of villages was not drawn, nobody was visited yet, or nobody waits.
    """
    village = {
        str(one["bedrijf_uuid"]): (int(str(one["volgorde"])), str(one["plaats"]))
        for one in stops
        if one.get("volgorde")
    }
    made = [one for one in visits_in(campaign, visits) if str(one.get("bedrijf_uuid")) in village]
    begun = {village[str(one["bedrijf_uuid"])] for one in made}
    waiting = sorted(set(village.values()) - begun)
    if not begun or not waiting:
        return None
    since = min(str(one["datum"])[:_DAY] for one in made)
    yards = Counter(village.values())
    told: dict[tuple[int, str], int] = defaultdict(int)
    for one in reports:
        of = village.get(str(one.get("bedrijf_uuid")))
        if of is None or one.get("melder_soort") == OWN_ORGANISATION:
            continue
        if str(one.get("peildatum"))[:_DAY] > since:
            told[of] += 1
    counts = {of: (yards[of], told[of]) for of in sorted(yards)}
    sides = [
        Side(len(each), sum(counts[of][0] for of in each), sum(counts[of][1] for of in each))
        for each in (sorted(begun), waiting)
    ]
    in_order = max(begun) < min(waiting)
    enough = (
        in_order
        and min(one.villages for one in sides) >= _FEWEST_VILLAGES
        and sum(told.values()) >= _FEWEST_REPORTS
    )
    chance = (
        _chance(list(counts.values()), [list(counts).index(of) for of in sorted(begun)]) if enough else None
    )
    return VillageComparison(since, sides[0], sides[1], in_order, chance)


def _chance(counts: Sequence[tuple[int, int]], begun: Sequence[int]) -> float:
    """How often another order of the villages gives at least this difference."""
    found = abs(_apart(counts, begun))
    orders, as_large = 0, 0
    for other in _orders(len(counts), begun):
        orders += 1
        as_large += abs(_apart(counts, other)) >= found - 1e-12
    return as_large / orders


def _orders(villages: int, begun: Sequence[int]) -> Iterator[Sequence[int]]:
    """All that could have gone first; of too many those that did, and others by lot."""
    if math.comb(villages, len(begun)) <= _MOST_ORDERS:
        yield from combinations(range(villages), len(begun))
        return
    yield begun
    for number in range(_DRAWN_ORDERS):
        yield sorted(range(villages), key=lambda village: lot(str(number), "", str(village)))[: len(begun)]


def _apart(counts: Sequence[tuple[int, int]], begun: Sequence[int]) -> float:
    yards, reports = (sum(counts[one][part] for one in begun) for part in (0, 1))
    all_yards, all_reports = (sum(one[part] for one in counts) for part in (0, 1))
    return _per_100(reports, yards) - _per_100(all_reports - reports, all_yards - yards)


def _rate(side: Side) -> float:
    return _per_100(side.reports, side.yards)


def _per_100(reports: int, yards: int) -> float:
    return 100 * reports / yards
