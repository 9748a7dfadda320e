"""A round as it is taken along: its stops in order, when, where and why; and its map.

No finding and no signal is in it. What a navigation device and a calendar get of it is less still.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..schema.campaigns import DROPPED
from ..schema.published import GEOMETRY_FIELD
from ..words.errors import AtlasError
from ..words.layer_names import CAMPAIGNS, OBJECTS, ROUNDS, STOPS, YARDS
from ..words.notation import format_period
from .campaign_rounds import named_campaign
from .choosing_facts import objects_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from ..disclosure.released import Records, Released
    from .matching import Record

    Line: TypeAlias = tuple[tuple[float, float], ...]

#: the layers that a round is made of
TAKEN = (CAMPAIGNS, ROUNDS, STOPS, YARDS)
_DAY = 10


@dataclass(frozen=True, slots=True)
class StopOut:
    """A stop of a round.

    Attributes:
        uuid: Of the stop.
        name: Ours: A-03.
        arrive: As a clock shows it.
        leave: The same.
        place: In RD metres.
        yard: The uuid of the yard.
        address: Where it is.
        reasons: Why it is on the list, each a sentence that its owner may read.
        notes: What the team should know, of the stop and of the yard.
    """

    uuid: str
    name: str
    arrive: str
    leave: str
    place: tuple[float, float]
    yard: str = ""
    address: str = ""
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundMap:
    """The way from stop to stop, and the roads around it; everything in RD metres.

    Attributes:
        legs: From each place to the next.
        straight: Which legs are a straight line, because no road is known.
        roads: Roads around, to draw below the way.
        through: Those of them that lead through.
        note: What the lines are.
    """

    legs: tuple[Line, ...]
    straight: tuple[bool, ...]
    roads: tuple[Line, ...] = ()
    through: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a team begins and ends, and the latest that it is back; lunch as a sentence."""

    start: tuple[float, float] | None
    end: tuple[float, float] | None
    start_name: str
    end_name: str
    latest_return: str
    lunch: str = ""


@dataclass(frozen=True, slots=True)
class RoundOut:
    """A round.

    Attributes:
        uuid: Of the round.
        name: A letter.
        campaign: The name of its campaign.
        day: As ISO text.
        team: The name of the team.
        stops: In order.
        fictitious: Whether it is made up.
        kind: Of the visits, see `VISIT_KINDS`.
        ground: Of the visits, see `LEGAL_GROUNDS`.
        regulation: That gives the power, of `toezicht`.
        purpose: Of the campaign.
        begins: When the team leaves, as a clock shows it.
        ends: When it is back, by the plan.
        method: How was planned, and with which travel times.
        note: What the team should know.
        shift: Of the team on this day; None when that was not said.
        map: The way along the stops; None when it was not made.
    """

    uuid: str
    name: str
    campaign: str
    day: str
    team: str
    stops: tuple[StopOut, ...]
    fictitious: bool
    kind: str = ""
    ground: str = ""
    regulation: str = ""
    purpose: str = ""
    begins: str = ""
    ends: str = ""
    method: str = ""
    note: str = ""
    shift: Shift | None = None
    map: RoundMap | None = field(default=None, compare=False)


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
    yards = {one["uuid"]: one for one in records[YARDS] if one.get(GEOMETRY_FIELD)}
    stops = tuple(
        _stop(one, yards[one["bedrijf_uuid"]])
        for one in sorted(records[STOPS], key=lambda stop: str(stop.get("naam")))
        if one.get("ronde_uuid") == chosen["uuid"] and one.get("bedrijf_uuid") in yards
    )
    if not stops:
        raise AtlasError(
            "In deze ronde is geen erf dat mee mag.", got=name,
            hint="Van een erf zonder zekere gemeente gaat niets naar buiten: stel die eerst vast.",
        )  # fmt: skip
    return RoundOut(
        uuid=str(chosen["uuid"]),
        name=str(chosen["naam"]),
        campaign=str(of["naam"]),
        day=str(chosen["dag"])[:_DAY],
        team=str(chosen["team"]),
        stops=stops,
        fictitious=fictitious,
        kind=str(of["soort"]),
        ground=str(of.get("grondslag") or ""),
        regulation=str(of.get("regeling") or ""),
        purpose=str(of.get("doel") or ""),
        begins=str(chosen.get("begin") or ""),
        ends=str(chosen.get("eind") or ""),
        method=str(chosen.get("methode") or ""),
        note=str(chosen.get("toelichting") or ""),
    )


def round_records(records: Records, campaign: str, name: str) -> Records:
    """The records of one round: it, its campaign, its stops, their yards, and the objects on those.

    No visit, finding, signal or evidence goes along: those are made in the field.

    Args:
        records: Layer -> what may leave of it.
        campaign: The name of the campaign.
        name: Of the round, a letter.

    Raises:
        AtlasError: see `round_out`.
    """
    content = _round(records, campaign, name, fictitious=False)
    stops = {stop.uuid for stop in content.stops}
    yards = {stop.yard for stop in content.stops}
    kept = {
        CAMPAIGNS: [one for one in records[CAMPAIGNS] if one["naam"] == content.campaign],
        ROUNDS: [one for one in records[ROUNDS] if one["uuid"] == content.uuid],
        STOPS: [one for one in records[STOPS] if one["uuid"] in stops],
        YARDS: [one for one in records[YARDS] if one["uuid"] in yards],
    }
    there = objects_on(map(dict, kept[YARDS]), map(dict, records[OBJECTS]))
    on_yards = {one["uuid"] for one in there}
    kept[OBJECTS] = [one for one in records[OBJECTS] if one["uuid"] in on_yards]
    return {layer: tuple(kept.get(layer, ())) for layer in records}


def _stop(stop: Mapping[str, Any], yard: Mapping[str, Any]) -> StopOut:
    notes = (str(one.get("toelichting") or "").strip() for one in (stop, yard))
    return StopOut(
        str(stop["uuid"]), str(stop["naam"]), str(stop["aankomst"]), str(stop["vertrek"]),
        yard[GEOMETRY_FIELD], str(yard["uuid"]), str(yard.get("adres") or ""),
        tuple(line.strip() for line in str(stop.get("redenen") or "").splitlines() if line.strip()),
        tuple(dict.fromkeys(note for note in notes if note)),
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
        to = f" aan {self.line['ontvanger']}" if self.line.get("ontvanger") else ""
        return f"{self.file}: uitgegeven op {given}{to}, terug voor {format_period(self.back_by)}{late}."


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
