"""How far the visits are: campaigns, rounds, what is still out, and what waits for a decision.

For who works with the dossier itself: it says what is in it, and nothing of it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.counts.campaign_progress import PROGRESS_LAYERS, Progress, campaign_progress
from ..core.records.campaign_rounds import asked_of
from ..core.records.conflicts import open_conflicts
from ..core.records.round_out import still_out
from ..core.schema.campaigns import DROPPED
from ..core.schema.conflicts import LINKS
from ..core.schema.published import GEOMETRY_FIELD
from ..core.words.layer_names import CAMPAIGNS, CONFLICTS, ROUNDS, STOPS, YARDS
from ..core.words.notation import counted, format_period
from ..dossier.issue_register import BACK, read_register
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..core.records.conflicts import OpenConflict
    from ..core.records.matching import Record
    from ..core.records.round_out import StillOut

_DAY = 10


@dataclass(frozen=True, slots=True)
class StopState:
    """A stop of a round: its name, when, where (RD metres; None: not known), and whether it was visited."""

    uuid: str
    name: str
    arrive: str
    leave: str
    address: str
    place: tuple[float, float] | None
    visited: bool


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round that is planned, with its stops in order; the day is ISO text."""

    uuid: str
    campaign: str
    name: str
    day: str
    team: str
    begins: str
    ends: str
    method: str
    stops: tuple[StopState, ...]

    @property
    def sentence(self) -> str:
        """The round in a line."""
        yards = counted(len(self.stops), "erf", "erven")
        done = sum(stop.visited for stop in self.stops)
        when = f"{format_period(self.day)}, {self.begins} tot {self.ends}"
        return f"{self.name}: {when}, {self.team}, {yards}{f', {done} bezocht' if done else ''}"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything a planner follows: by campaign, by round, what is out, and what is to be decided."""

    campaigns: tuple[Progress, ...]
    rounds: tuple[RoundState, ...]
    out: tuple[StillOut, ...]
    conflicts: tuple[OpenConflict, ...]
    notes: tuple[str, ...]


def follow_up(folder: Path) -> FollowUp:
    """Read how far the visits of a dossier are.

    Raises:
        AtlasError: no dossier.
    """
    dossier = open_dossier(folder)
    layers = read_layers(dossier, list(dict.fromkeys((*PROGRESS_LAYERS, YARDS, CONFLICTS, *LINKS))))
    return FollowUp(
        tuple(campaign_progress(layers)),
        tuple(_rounds(layers)),
        tuple(still_out(read_register(dossier), BACK)),
        tuple(open_conflicts(layers)),
        tuple(dossier.notes),
    )


def _rounds(layers: Mapping[str, Sequence[Record]]) -> Iterator[RoundState]:
    yards = {str(one["uuid"]): one for one in layers[YARDS]}
    stops: dict[str, list[Record]] = {}
    for stop in sorted(layers[STOPS], key=lambda one: str(one.get("naam"))):
        stops.setdefault(str(stop.get("ronde_uuid")), []).append(stop)
    for campaign in layers[CAMPAIGNS]:
        visited = set(asked_of(campaign, layers).visited)
        own = [
            one
            for one in layers[ROUNDS]
            if one.get("campagne_uuid") == campaign["uuid"] and one.get("status") != DROPPED
        ]
        for one in sorted(own, key=lambda each: (str(each["dag"]), str(each["naam"]))):
            in_order = tuple(
                _stop(stop, yards.get(str(stop["bedrijf_uuid"]), {}), visited=stop["uuid"] in visited)
                for stop in stops.get(str(one["uuid"]), ())
            )
            yield RoundState(
                str(one["uuid"]), str(campaign["naam"]), str(one["naam"]), str(one["dag"])[:_DAY],
                str(one["team"]), str(one.get("begin") or ""), str(one.get("eind") or ""),
                str(one.get("methode") or ""), in_order,
            )  # fmt: skip


def _stop(stop: Record, yard: Record, *, visited: bool) -> StopState:
    place = yard.get(GEOMETRY_FIELD)
    return StopState(
        str(stop["uuid"]), str(stop.get("naam") or ""), str(stop.get("aankomst") or ""),
        str(stop.get("vertrek") or ""), str(yard.get("adres") or ""),
        (float(place[0]), float(place[1])) if isinstance(place, tuple | list) else None, visited,
    )  # fmt: skip
