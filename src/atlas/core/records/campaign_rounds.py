"""What a plan of rounds does to a campaign: which of its yards are still to be visited, and what is written.

Planning again keeps what there is: a round of the same team on the same day stays the same record, one in
which somebody was visited stays as it is, and one that is not needed any more is dropped and not forgotten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..schema.campaigns import DROPPED, NOT_CHOSEN, PLANNED
from ..schema.published import GEOMETRY_FIELD
from ..tables.registers import write_moment
from ..words.errors import AtlasError
from ..words.layer_names import ROUNDS, STOPS, VISITS, YARDS
from .import_plan import Change, ImportPlan, Insert, Update

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from .matching import Record

_NAMESPACE = UUID("2f0f8d1c-5f6a-5c0e-9a5b-7f6f0f4a2d11")
NO_PLACE = "Van dit erf is geen plek bekend."
NOT_YET = "De volgorde van de dorpen is geloot, en dit dorp is later aan de beurt."
#: who was spoken or seen; who was not at home is visited again
_AGAIN = frozenset({"niemand_aanwezig"})
_DAY, _MINUTE_S, _HOUR_S, _LETTERS = 10, 60, 3600, 26


@dataclass(frozen=True, slots=True)
class ToVisit:
    """A yard of a campaign that is still to be visited: the uuid of its stop, and its place in RD metres.

    `turn` is the place of its village in the order that was drawn; 0 when none was.
    """

    stop: str
    x_rd: float
    y_rd: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit in a plan: the uuid of the stop, and begin and end in seconds after midnight."""

    stop: str
    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A team on a day: its id in the plan, the team, the day as ISO text, and its visits in order."""

    team_day: str
    team: str
    day: str
    leave_s: int
    return_s: int
    visits: tuple[PlannedVisit, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which yards of a campaign are to be planned, which were visited already, and which have no place."""

    to_visit: tuple[ToVisit, ...]
    visited: tuple[str, ...]
    nowhere: tuple[str, ...]


def named_campaign(campaigns: Sequence[Record], name: str) -> Record:
    """The campaign with a name.

    Raises:
        AtlasError: none has it, or those of two municipalities do.
    """
    found = [one for one in campaigns if str(one.get("naam")) == " ".join(name.split())]
    if len(found) != 1:
        raise AtlasError(
            "Twee campagnes heten zo." if found else "Deze campagne staat niet in het dossier.", got=name,
            expected=", ".join(sorted({str(one.get("naam")) for one in campaigns})) or "een campagne",
            hint="Kies eerst de erven van een campagne." if not campaigns else "",
        )  # fmt: skip
    return found[0]


def asked_of(campaign: Record, layers: Mapping[str, Sequence[Record]]) -> Asked:
    """Which yards of a campaign are still to be visited.

    A yard counts as visited after a visit of the same kind since the campaign began, at which somebody was
    there.

    Args:
        campaign: The campaign.
        layers: Records of `ronde_stop`, `agrarisch_bedrijf` and `erfbezoek`.
    """
    counted = visits_in(campaign, layers[VISITS])
    visited = {visit.get("bedrijf_uuid") for visit in counted if visit.get("uitkomst") not in _AGAIN}
    yards = {yard["uuid"]: yard for yard in layers[YARDS]}
    chosen = [
        stop
        for stop in layers[STOPS]
        if stop.get("campagne_uuid") == campaign["uuid"] and stop.get("keuze") != NOT_CHOSEN
    ]
    left = [stop for stop in chosen if stop.get("bedrijf_uuid") not in visited]
    turns = {str(stop["uuid"]): int(str(stop.get("volgorde") or 0)) for stop in left}
    places = {str(stop["uuid"]): yards.get(stop.get("bedrijf_uuid"), {}).get(GEOMETRY_FIELD) for stop in left}
    return Asked(
        tuple(
            ToVisit(uuid, place[0], place[1], turns[uuid])
            for uuid, place in places.items()
            if isinstance(place, tuple | list)
        ),
        tuple(str(stop["uuid"]) for stop in chosen if stop.get("bedrijf_uuid") in visited),
        tuple(uuid for uuid, place in places.items() if not isinstance(place, tuple | list)),
    )


def in_turn(to_visit: Sequence[ToVisit], places: int | None) -> tuple[list[ToVisit], list[ToVisit]]:
    """Which yards have their turn, and which wait because the order of villages was drawn.

    The villages come in their order until the places are full; the last one that has its turn is offered
    whole, and what does not fit of it is planned next time.

    Args:
        to_visit: What is still to be visited.
        places: How many visits the teams can make; None: no limit is known.
    """
    last = 0
    if places is not None:
        seen = 0
        for one in sorted(to_visit, key=lambda each: each.turn):
            if seen >= places and one.turn > last:
                break
            seen, last = seen + 1, one.turn
    now = [one for one in to_visit if places is None or one.turn <= last]
    return now, [one for one in to_visit if one not in now]


def visits_in(campaign: Record, visits: Iterable[Record]) -> list[Record]:
    """The visits that count for a campaign: of its kind, since it began."""
    since = str(campaign.get("peildatum"))[:_DAY]
    return [
        visit
        for visit in visits
        if visit.get("soort") == campaign.get("soort") and str(visit.get("datum"))[:_DAY] >= since
    ]


def plan_campaign(
    campaign: Record,
    layers: Mapping[str, Sequence[Record]],
    rounds: Sequence[PlannedRound],
    left_out: Mapping[str, str],
    *,
    visited: Collection[str],
    method: str,
    now: datetime,
    user: str,
) -> tuple[ImportPlan, ImportPlan]:
    """What a plan changes: its rounds, and the yards with their round, name and times.

    What was visited already keeps the round in which it was.

    Args:
        campaign: The campaign.
        layers: Records of `ronde` and `ronde_stop`.
        rounds: The rounds that go out.
        left_out: Uuid of a stop -> why it is not planned, in Dutch.
        visited: Uuids of the stops that were visited already.
        method: How it was planned, and with which travel times.
        now: When.
        user: Who plans.
    """
    stamps = {"gewijzigd_op": write_moment(now), "gewijzigd_door": user, "ingelezen_op": write_moment(now)}
    before = {str(one["uuid"]): one for one in layers[ROUNDS] if one.get("campagne_uuid") == campaign["uuid"]}
    held = Counter(str(one.get("ronde_uuid")) for one in layers[STOPS] if str(one["uuid"]) in visited)
    names = _names({str(one.get("naam")) for one in before.values()})
    new: dict[str, Record] = {}
    changed: dict[str, dict[str, object]] = {}
    of_stop: dict[str, dict[str, object]] = {}
    for one in sorted(rounds, key=lambda each: (each.day, each.team, each.team_day)):
        uuid = str(uuid5(_NAMESPACE, f"{campaign['uuid']}|{one.day}|{one.team_day}"))
        fields: dict[str, object] = {
            "dag": one.day, "team": one.team, "begin": clock(one.leave_s), "eind": clock(one.return_s),
            "status": PLANNED, "methode": method,
        }  # fmt: skip
        if uuid in before:
            name = str(before[uuid].get("naam"))
            changed[uuid] = fields
        else:
            name = next(names)
            new[uuid] = {
                **_kept(campaign, now), **stamps, "aangemaakt_op": write_moment(now),
                "aangemaakt_door": user, "uuid": uuid, "campagne_uuid": campaign["uuid"], "naam": name,
                **fields,
            }  # fmt: skip
        for number, visit in enumerate(one.visits, start=held[uuid] + 1):
            of_stop[visit.stop] = {
                "ronde_uuid": uuid, "naam": f"{name}-{number:02d}", "aankomst": clock(visit.start_s),
                "vertrek": clock(visit.end_s), "niet_ingepland": None,
            }  # fmt: skip
    for stop, why in left_out.items():
        of_stop[stop] = {
            "ronde_uuid": None, "naam": None, "aankomst": None, "vertrek": None, "niet_ingepland": why,
        }  # fmt: skip
    for uuid in before.keys() - changed.keys() - held.keys():
        changed[uuid] = {"status": DROPPED}
    stops = {str(one["uuid"]): one for one in layers[STOPS] if str(one["uuid"]) in of_stop}
    return (
        _plan(ROUNDS, new.values(), _updates(before, changed, stamps)),
        _plan(STOPS, (), _updates(stops, of_stop, stamps)),
    )


def clock(seconds: int) -> str:
    """A moment of the day as a clock shows it, in whole minutes."""
    return f"{seconds // _HOUR_S:02d}:{seconds % _HOUR_S // _MINUTE_S:02d}"


def _names(taken: set[str]) -> Iterator[str]:
    """A, B, …, Z, AA, AB, …, without those that are taken."""
    number = 0
    while True:
        number += 1
        name, rest = "", number
        while rest:
            rest, letter = divmod(rest - 1, _LETTERS)
            name = f"{chr(ord('A') + letter)}{name}"
        if name not in taken:
            yield name


def _kept(campaign: Record, now: datetime) -> Record:
    same = ("bron", "bewaren_tot", "regime")
    return {**{name: campaign[name] for name in same}, "peildatum": now.date().isoformat()}


def _updates(
    before: Mapping[str, Record], after: Mapping[str, Mapping[str, object]], stamps: Mapping[str, object]
) -> Iterator[Update]:
    for number, (uuid, fields) in enumerate(sorted(after.items()), start=1):
        record = before[uuid]
        changes = tuple(
            Change(name, record.get(name), value)
            for name, value in fields.items()
            if _plain(record.get(name)) != value
        )
        if changes:
            yield Update(
                number, uuid, changes, {**record, **{one.field: one.in_file for one in changes}, **stamps}
            )


def _plain(value: object) -> object:
    """A stored value as it is compared: a date as ISO text, nothing as None."""
    return str(value)[:_DAY] if hasattr(value, "isoformat") else value or None


def _plan(layer: str, new: Iterable[Record], updates: Iterable[Update]) -> ImportPlan:
    inserts = tuple(Insert(number, record) for number, record in enumerate(new, start=1))
    return ImportPlan(layer, inserts, tuple(updates), (), (), (), by_uuid=True)
