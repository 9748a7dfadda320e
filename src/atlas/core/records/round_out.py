"""A round as it is taken along: the names of its stops in order, when, and where.

A navigation device and a calendar get as little as they need: no address, no owner, no reason, no finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files.dossier_folder import CAMPAIGNS, ROUNDS, STOPS, YARDS
from ..schema.campaigns import DROPPED
from ..schema.published import GEOMETRY_FIELD
from ..words.errors import AtlasError
from ..words.notation import format_period
from .campaign_rounds import named_campaign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..disclosure.released import Records, Released
    from .matching import Record

#: the layers that a round is made of
TAKEN = (CAMPAIGNS, ROUNDS, STOPS, YARDS)
_DAY = 10


@dataclass(frozen=True, slots=True)
class StopOut:
    """A stop: its name in the round, the times as a clock shows them, and its place in RD metres."""

    uuid: str
    name: str
    arrive: str
    leave: str
    place: tuple[float, float]


@dataclass(frozen=True, slots=True)
class RoundOut:
    """A round: its name, its campaign, the day as ISO text, the team, and its stops in order."""

    uuid: str
    name: str
    campaign: str
    day: str
    team: str
    stops: tuple[StopOut, ...]
    fictitious: bool


def round_out(released: Released[Records], campaign: str, name: str) -> Released[RoundOut]:
    """Take one round out of what may leave.

    Args:
        released: Of `TAKEN`.
        campaign: The name of the campaign.
        name: Of the round, a letter.

    Raises:
        AtlasError: no such campaign or round, or nobody is visited in it.
    """
    return released.into(lambda records: _round(records, campaign, name, fictitious=released.fictitious))


def _round(records: Records, campaign: str, name: str, *, fictitious: bool) -> RoundOut:
    of = named_campaign([dict(one) for one in records[CAMPAIGNS]], campaign)
    rounds = [
        one
        for one in records[ROUNDS]
        if one.get("campagne_uuid") == of["uuid"] and one.get("status") != DROPPED
    ]
    found = [one for one in rounds if str(one.get("naam")).casefold() == name.strip().casefold()]
    if not found:
        raise AtlasError(
            "Deze ronde is er niet.", got=name,
            expected=", ".join(sorted(str(one["naam"]) for one in rounds)),
            hint="" if rounds else "Plan eerst de ronden van de campagne.",
        )  # fmt: skip
    (chosen,) = found
    places = {one["uuid"]: one[GEOMETRY_FIELD] for one in records[YARDS] if one.get(GEOMETRY_FIELD)}
    stops = tuple(
        StopOut(
            str(one["uuid"]), str(one["naam"]), str(one["aankomst"]), str(one["vertrek"]),
            places[one["bedrijf_uuid"]],
        )
        for one in sorted(records[STOPS], key=lambda stop: str(stop.get("naam")))
        if one.get("ronde_uuid") == chosen["uuid"] and one.get("bedrijf_uuid") in places
    )  # fmt: skip
    if not stops:
        raise AtlasError(
            "In deze ronde is geen erf dat mee mag.", got=name,
            hint="Van een erf zonder zekere gemeente gaat niets naar buiten: stel die eerst vast.",
        )  # fmt: skip
    return RoundOut(
        str(chosen["uuid"]), str(chosen["naam"]), str(of["naam"]), str(chosen["dag"])[:_DAY],
        str(chosen["team"]), stops, fictitious,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StillOut:
    """A file that was handed out with a day to be back, and did not come back yet."""

    line: Record
    file: str
    back_by: str

    def sentence(self, today: str) -> str:
        """What is out, for a person; `today` as ISO text."""
        late = " (te laat)" if self.back_by < today else ""
        given = format_period(str(self.line["tijdstip"])[:_DAY])
        return f"{self.file}: uitgegeven op {given}, terug voor {format_period(self.back_by)}{late}."


def still_out(register: Iterable[Record], back: str) -> list[StillOut]:
    """What is still out, the longest first.

    Args:
        register: Its lines, oldest first.
        back: The kind of a line that says that a file came back.
    """
    lines = list(register)
    came = {str(line.get("hoort_bij")) for line in lines if line.get("handeling") == back}
    out = [
        StillOut(line, str(line.get("bestand")), str(line["terug_voor"])[:_DAY])
        for line in lines
        if line.get("terug_voor") and line.get("controlegetal") and str(line["uuid"]) not in came
    ]
    return sorted(out, key=lambda one: one.back_by)


def named_out(out: Sequence[StillOut], file: str) -> StillOut:
    """The file of that name that is out; of several the one that was to be back first.

    Raises:
        AtlasError: none is.
    """
    found = [one for one in out if one.file == file]
    if not found:
        raise AtlasError(
            "Dit bestand is niet uit.", got=file,
            expected=", ".join(dict.fromkeys(one.file for one in out)) or "er is niets meer uit",
        )  # fmt: skip
    return found[0]
