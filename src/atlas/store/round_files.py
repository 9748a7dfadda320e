"""A round for a navigation device (GPX 1.1), for a calendar (iCalendar) and for a map (GeoPackage).

A device gets places and names ("A-03") only. A calendar gets names and times only: phones copy calendars to a
cloud, so no address and no coordinate stands in it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import dist
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import gpxpy.gpx
import numpy as np
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from ..core.disclosure.released import content_of
from ..core.figures.qml import round_style
from ..core.records.round_out import RoundMap
from ..core.schema.campaigns import ROUND_STOPS, ROUND_WAY
from ..core.schema.rural import FICTITIOUS
from ..geo.reading.crs import to_wgs84
from ..gpkg.atlas_file import marked_bytes
from ..gpkg.geometry import line, point
from ..gpkg.geopackage import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.records.round_out import RoundOut
    from ..gpkg.geopackage import Cell

_ZONE = "Europe/Amsterdam"
#: six digits are a decimetre
_DIGITS = 6
_CREATOR = "Buitengebied Atlas"


def write_gpx(path: Path, released: Released[RoundOut]) -> None:
    """Write a round as a route of GPX 1.1, and its stops as waypoints for devices that know no routes."""
    content = content_of(released)
    places = to_wgs84(np.array([stop.place for stop in content.stops]))
    made = gpxpy.gpx.GPX()
    made.creator = _CREATOR
    made.name = _title(content)
    route = gpxpy.gpx.GPXRoute(name=f"Ronde {content.name}")
    for stop, (longitude, latitude) in zip(content.stops, places, strict=True):
        at = {"latitude": round(float(latitude), _DIGITS), "longitude": round(float(longitude), _DIGITS)}
        made.waypoints.append(gpxpy.gpx.GPXWaypoint(name=stop.name, **at))
        route.points.append(gpxpy.gpx.GPXRoutePoint(name=stop.name, **at))
    made.routes.append(route)
    path.write_text(made.to_xml(version="1.1"), encoding="utf-8")


def write_ics(path: Path, released: Released[RoundOut], now: datetime) -> None:
    """Write a round as a calendar: an event for each stop, in the time of the Netherlands.

    Args:
        path: Where.
        released: The round.
        now: When it is made; every event says so.
    """
    content = content_of(released)
    calendar = Calendar()
    calendar.add("prodid", f"-//{_CREATOR}//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _title(content))
    calendar.add_component(dutch_time())
    for stop in content.stops:
        event = Event()
        # the same event again replaces the one before; the uuid of a record does not go along
        event.add("uid", str(uuid5(NAMESPACE_URL, f"{content.uuid}|{stop.uuid}")))
        event.add("dtstamp", now)
        event.add("dtstart", _moment(content.day, stop.arrive))
        event.add("dtend", _moment(content.day, stop.leave))
        event.add("summary", f"{FICTITIOUS}: {stop.name}" if content.fictitious else stop.name)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())


def write_round_geopackage(path: Path, released: Released[RoundOut]) -> None:
    """Write a round as a map: its yards, and the way from one to the next; same round, same bytes.

    Args:
        path: Where.
        released: The round, with its map.
    """
    content = content_of(released)
    stops = [
        {
            "naam": one.name, "aankomst": one.arrive, "vertrek": one.leave, "adres": one.address,
            "redenen": "\n".join(one.reasons), "let_op": "\n".join(one.notes),
        }
        for one in content.stops
    ]  # fmt: skip
    drawn = content.map or RoundMap((), ())
    shift = content.shift
    names = [one.name for one in content.stops]
    if shift is not None:
        names = [
            *filter(None, [shift.start and shift.start_name]), *names,
            *filter(None, [shift.end and shift.end_name]),
        ]  # fmt: skip
    legs = [line(leg) for leg in drawn.legs]
    ways: list[dict[str, Cell]] = [
        {
            "volgorde": number, "van": names[number - 1], "naar": names[number],
            "over_de_weg": "nee" if straight else "ja",
            "lengte_m": round(sum(map(dist, leg, leg[1:]))),
        }
        for number, (leg, straight) in enumerate(zip(drawn.legs, drawn.straight, strict=True), start=1)
    ]  # fmt: skip
    places = [point(*one.place) for one in content.stops]
    rights = "Alleen voor het team van deze ronde; niet doorgeven"
    sheets = [
        Sheet(ROUND_STOPS, ROUND_STOPS.name, ROUND_STOPS.alias, ROUND_STOPS.fields, stops, places,
              ROUND_STOPS.description, rights, style=round_style(ROUND_STOPS)),
        Sheet(ROUND_WAY, ROUND_WAY.name, ROUND_WAY.alias, ROUND_WAY.fields, ways, legs, drawn.note, rights,
              style=round_style(ROUND_WAY)),
    ]  # fmt: skip
    items = {"titel": _title(content), "doelgroep": released.audience, "let_op": drawn.note}
    if content.fictitious:
        items["fictief"] = f"{FICTITIOUS}: verzonnen gegevens"
    path.write_bytes(marked_bytes(path, sheets, items, content.day))


def dutch_time() -> Timezone:
    """The time of the Netherlands as a calendar must describe it: the rule of directive 2000/84/EC.

    The library's own description lets summer begin an hour late.
    """
    zone = Timezone()
    zone.add("tzid", _ZONE)
    for kind, name, begins, month, before, after in (
        (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, 1, 2),  # noqa: DTZ001 - the clock on the wall
        (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, 2, 1),  # noqa: DTZ001
    ):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _title(content: RoundOut) -> str:
    title = f"Ronde {content.name}, {content.day}"
    return f"{FICTITIOUS}: {title}" if content.fictitious else title


def _moment(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(_ZONE))
