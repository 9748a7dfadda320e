"""Which yards are visited: the frame, the tiers, the draw, and for every yard its outcome and its chance.

First the tiers, from high to low, take all places but those of the draw; in the tier where the places run
out, the order of a draw decides. Then the draw takes the other places from all the rest of the frame, spread
over strata (a third of how remote a yard is). A place that no tier wants goes to the draw.

The order of a draw is that of SHA-256 of seed, step and uuid: anybody with the list can repeat it, and a yard
that is added leaves the order of all others as it is. How many places each stratum gets is rounded with one
number of the same kind, so that the chance of every yard in the rest is the number of places over the number
of yards: systematic selection with a random start (Cochran, Sampling Techniques, 1977, chapter 8).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..schema.campaigns import ALL, BY_DRAW, BY_TIER, NOT_CHOSEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .choosing_facts import Frame
    from .choosing_rules import Rules

#: the draws of one seed: within a tier, over the rest, of what is rounded, and the order of villages
_TIER, _REST, _ROUNDING, _VILLAGE = "trede", "loting", "verdeling", "dorp"
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of a yard of the frame: a key of `CHOICES`, its tier (None: none), and its chance."""

    uuid: str
    outcome: str
    tier: int | None
    chance: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The outcome of every yard of a frame, in the order of the frame; and how many places were drawn."""

    yards: tuple[Chosen, ...]
    drawn: int

    @property
    def places(self) -> int:
        """How many yards are visited."""
        return sum(one.outcome != NOT_CHOSEN for one in self.yards)


def lot(seed: str, step: str, uuid: str) -> str:
    """The lot of a yard, in hexadecimal digits: the lowest goes first."""
    return hashlib.sha256(f"{seed}:{step}:{uuid}".encode()).hexdigest()


def needs_draw(frame: Frame, rules: Rules) -> bool:
    """Whether anything is drawn: not every yard of a frame can be visited, or the order of villages is."""
    return rules.by_village or _is_short(frame, rules)


def _is_short(frame: Frame, rules: Rules) -> bool:
    return rules.places is not None and rules.places < len(frame.yards)


def village_order(villages: Iterable[str], seed: str) -> dict[str, int]:
    """The place of each village in the order that is drawn, from 1: the lowest lot goes first."""
    drawn = sorted(set(villages), key=lambda village: lot(seed, _VILLAGE, village))
    return {village: place for place, village in enumerate(drawn, start=1)}


def select(frame: Frame, rules: Rules, seed: str) -> Selection:
    """Choose the yards of a frame.

    Args:
        frame: The yards, with the tier and stratum of each.
        rules: How many places, and which part is drawn.
        seed: Of the draw; not used when every yard is visited.
    """
    if rules.places is None or not _is_short(frame, rules):
        return Selection(
            tuple(Chosen(yard, ALL, frame.tiers.get(yard), 1.0) for yard in frame.yards), drawn=0
        )
    for_draw = math.ceil(rules.places * rules.drawn / _PERCENT)
    by_tier, chances = _by_tier(frame, rules.places - for_draw, seed)
    rest = [yard for yard in frame.yards if yard not in by_tier]
    places = rules.places - len(by_tier)
    drawn = _drawn(rest, frame.strata, places, seed)
    chance_of_rest = places / len(rest)
    return Selection(
        tuple(
            Chosen(
                yard,
                BY_TIER if yard in by_tier else BY_DRAW if yard in drawn else NOT_CHOSEN,
                frame.tiers.get(yard),
                (chance := chances.get(yard, 0.0)) + (1 - chance) * chance_of_rest,
            )
            for yard in frame.yards
        ),
        drawn=places,
    )


def _by_tier(frame: Frame, places: int, seed: str) -> tuple[set[str], dict[str, float]]:
    """The yards that the tiers take, and with which chance each yard of a tier is taken."""
    taken: set[str] = set()
    chances: dict[str, float] = {}
    for tier in sorted(set(frame.tiers.values())):
        members = [yard for yard in frame.yards if frame.tiers.get(yard) == tier]
        here = min(places - len(taken), len(members))
        taken.update(sorted(members, key=lambda yard: lot(seed, _TIER, yard))[:here])
        chances.update(dict.fromkeys(members, here / len(members)))
    return taken, chances


def _drawn(rest: Sequence[str], strata: Mapping[str, str], places: int, seed: str) -> set[str]:
    """So many yards, spread over the strata in proportion, each with the same chance."""
    start, whole = int(lot(seed, _ROUNDING, ""), 16), 16**64
    drawn: set[str] = set()
    before = 0
    for stratum in sorted({strata[yard] for yard in rest}):
        members = [yard for yard in rest if strata[yard] == stratum]
        upto = before + len(members)
        # in whole numbers: as many places as there are, whatever the rounding
        until, since = (
            (places * many * whole + start * len(rest)) // (len(rest) * whole) for many in (upto, before)
        )
        drawn.update(sorted(members, key=lambda yard: lot(seed, _REST, yard))[: until - since])
        before = upto
    return drawn
