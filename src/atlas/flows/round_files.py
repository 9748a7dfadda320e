"""Hand out a round: as a sheet, a map, a file for navigation or for a calendar, a package for the field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.disclosure.released import content_of
from ..core.disclosure.sealing import in_register, is_sealed
from ..core.records.campaign_rounds import clock
from ..core.records.round_out import RoundMap, Shift
from ..core.records.route_sheet import NO_MAP
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from ..jobs.field_package import write_round_package
from ..jobs.rounds_out import hand_out_round
from .field_project import add_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.records.round_out import RoundOut
    from ..plan.route_lines import Roads
    from ..rounds.problem import Place, Problem, TeamDay

#: kind of file -> the libraries that are an extra
_EXTRA = ("gpxpy", "icalendar")
_KINDS = {".pdf": (), ".html": (), ".gpkg": _EXTRA, ".gpx": _EXTRA, ".ics": _EXTRA, ".zip": ()}
_MINUTE_S = 60
_HOW = 'Laat --unsealed weg, dan is het routeblad verzegeld; of geef een reden: --unsealed "reden".'


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out, in words, and who gets which passphrase, shown once."""

    sentence: str
    told: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def hand_out_round_file(
    folder: Path,
    path: Path,
    *,
    campaign: str,
    name: str,
    purpose: str,
    back_by: str,
    roads: Path | None = None,
    teams: Path | None = None,
    unsealed: str = "",
    user: str,
    now: datetime,
) -> HandedOut:
    """Write a round of a campaign as a sheet, a map, GPX, iCalendar or a package, through the register.

    Args:
        folder: Of the dossier.
        path: Where the file will stand: .pdf or .html (the sheet), .gpkg (lines), .gpx, .ics, or .zip: the
            package for QField.
        campaign: The name of the campaign.
        name: Of the round, a letter.
        purpose: What it is for.
        back_by: The last day to bring it back or destroy it, as ISO text.
        roads: A file of the NWB, for the way on sheet and map; None: straight lines, which is said.
        teams: The file with which was planned: where a team begins and ends, and the latest it is back.
        unsealed: Why a page with real records is not sealed; stands in the register.
        user: Who asks.
        now: When.

    Raises:
        AtlasError: another kind of file, a library that is not there, roads or teams that can't be read, or
            see `hand_out_round`.
    """
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise AtlasError(
            "Een ronde gaat mee als routeblad, kaart, GPX, agenda of pakket.", where=str(path),
            expected=", ".join(_KINDS),
        )  # fmt: skip
    missing = [name for name in _KINDS[kind] if find_spec(name) is None]
    if missing:
        raise AtlasError(
            f"{' en '.join(missing)} is hier niet geïnstalleerd.",
            expected="de extra 'rounds' van de atlas",
            hint="Installeer pip install 'buitengebied-atlas[rounds]'.",
        )
    asked = {"campaign": campaign, "name": name, "purpose": purpose, "back_by": back_by, "user": user}
    if kind == ".zip":
        packed = write_round_package(folder, path, **asked, now=now, finish=add_project)
        return HandedOut(packed.sentence)
    if kind == ".gpkg":
        from ..gpkg.replacing import check_replaceable

        check_replaceable(path)
    passphrase: list[str] = []
    write = _writer(kind, roads, teams, passphrase, back_by=back_by, now=now)

    def rule(fictitious: bool) -> str:  # noqa: FBT001 - one question, one answer
        if kind != ".html":
            return ""
        sealed = is_sealed(Audience.TEAM, fictitious=fictitious, seal=False, reason=unsealed, hint=_HOW)
        if sealed:
            from ..sealing import new_passphrase

            passphrase.append(new_passphrase())
        return in_register(sealed=sealed, reason=unsealed)

    made = hand_out_round(folder, path, write, **asked, rule=rule, now=now)
    content = content_of(made)
    yards = counted(len(content.stops), "erf", "erven")
    return HandedOut(
        f"{path}: ronde {content.name}, {yards}", tuple((content.team, one) for one in passphrase)
    )


def _writer(
    kind: str,
    roads: Path | None,
    teams: Path | None,
    passphrase: Sequence[str],
    *,
    back_by: str,
    now: datetime,
) -> Callable[[Path, Released[RoundOut]], object]:
    """What writes a kind of file; what it needs besides is read first, before a line is in the register."""
    if kind in {".gpx", ".ics"}:
        from ..store.round_files import write_gpx, write_ics

        return write_gpx if kind == ".gpx" else partial(write_ics, now=now)
    on_roads = _read_roads(roads)
    asked = _read_teams(teams)

    def write_sheet(path: Path, released: Released[RoundOut]) -> None:
        drawn = released.into(lambda content: _with_map(content, on_roads, asked))
        if kind == ".gpkg":
            from ..store.round_files import write_round_geopackage

            write_round_geopackage(path, drawn)
        elif kind == ".pdf":
            from ..sheet.route_sheet import write_route_sheet

            write_route_sheet(path, drawn, back_by=back_by)
        else:
            from ..sealing import seal_page
            from ..web.route_page import route_page

            page = route_page(drawn, back_by=back_by)
            path.write_bytes(seal_page(page, passphrase) if passphrase else page.encode())

    return write_sheet


def _read_roads(roads: Path | None) -> tuple[Roads, str] | None:
    if roads is None:
        return None
    from ..plan.route_lines import roads_of

    return roads_of(roads), roads.name


def _read_teams(teams: Path | None) -> Problem | None:
    if teams is None:
        return None
    from ..rounds.problem_json import problem_from
    from ..rounds.team_table import read_teams

    return problem_from({**read_teams(teams), "stops": []})


def _with_map(content: RoundOut, roads: tuple[Roads, str] | None, asked: Problem | None) -> RoundOut:
    """The round with its team's day and the way along its stops."""
    content = replace(content, shift=_shift(content, asked))
    places = [stop.place for stop in content.stops]
    if content.shift is not None:
        places = [
            *filter(None, [content.shift.start]), *places, *filter(None, [content.shift.end]),
        ]  # fmt: skip
    if roads is None:
        legs = tuple(pairwise(places))
        return replace(content, map=RoundMap(legs, (True,) * len(legs), note=f"{NO_MAP}{_ends(content)}"))
    way = roads[0].way(places)
    note = f"De lijn is de snelste weg over de wegen van {roads[1]}; de borden langs de weg gaan voor."
    if any(way.straight):
        legs = counted(sum(way.straight), "stuk is", "stukken zijn")
        note += f" {legs} gestippeld en recht: daar is geen weg bekend."
    note += _ends(content)
    return replace(content, map=RoundMap(way.legs, way.straight, way.roads, way.through, note))


def _ends(content: RoundOut) -> str:
    """What the marks of begin and end stand for."""
    shift = content.shift
    if shift is None or shift.start is None:
        return ""
    other = f"; E: {shift.end_name}" if shift.end is not None and shift.end != shift.start else ""
    return f" S: {shift.start_name}{other}."


def _shift(content: RoundOut, asked: Problem | None) -> Shift | None:
    """The team's day in the file it was planned with; None when it is not in it."""
    if asked is None:
        return None
    days = [one for one in asked.team_days if (one.team, one.day) == (content.team, content.day)]
    if len(days) != 1:
        raise AtlasError(
            "Van deze ronde staat de dag van het team niet in het bestand met teams." if not days else
            "Het bestand met teams heeft dit team twee keer op deze dag.",
            got=f"{content.team}, {content.day}",
            expected=", ".join(f"{one.team}, {one.day}" for one in asked.team_days[:5]),
        )  # fmt: skip
    (one,) = days
    start, end = asked.places[one.start], asked.places[one.end]
    return Shift(_at(start), _at(end), start.id, end.id, clock(one.to_s), _lunch(one))


def _at(place: Place) -> tuple[float, float] | None:
    return None if place.x_rd is None or place.y_rd is None else (place.x_rd, place.y_rd)


def _lunch(one: TeamDay) -> str:
    if one.lunch is None:
        return ""
    minutes = counted(one.lunch.length_s // _MINUTE_S, "minuut", "minuten")
    return f"{minutes}, te beginnen tussen {clock(one.lunch.earliest_s)} en {clock(one.lunch.latest_s)}"
