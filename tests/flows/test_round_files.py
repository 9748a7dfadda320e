"""A round goes along with as little as it needs, is in the register, and is out until it is back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import gpxpy
import numpy as np
import pytest
from icalendar import Calendar

from atlas.core.records.choosing_rules import Rules
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.campaign_rounds import plan_campaign_rounds
from atlas.flows.round_files import hand_out_round_file
from atlas.geo.reading.crs import to_rd
from atlas.jobs.rounds_out import note_back, rounds_still_out
from atlas.jobs.selecting import Campaign, select_yards
from atlas.store.round_files import dutch_time, write_gpx
from dossier_samples import ASSEN, filled, uuid, yard

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: the day on which summer time begins
DAY = "2026-03-29"


@pytest.fixture
def folder(tmp_path):
    """Four yards in one round."""
    yards = [yard(number, buitengebied="ja") for number in range(300, 304)]
    made = filled(tmp_path / "team", {"agrarisch_bedrijf": yards}).folder
    campaign = Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
    select_yards(made, campaign, Rules(), user="planner", now=NOW)
    teams = {
        "places": [{"id": "gemeentehuis", "x_rd": 233_500, "y_rd": 556_500}],
        "team_days": [
            {"team": "Team 1", "day": DAY, "start": "gemeentehuis", "from_s": 32_400, "to_s": 61_200}
        ],
    }
    (tmp_path / "teams.json").write_text(json.dumps(teams), encoding="utf-8")
    plan_campaign_rounds(
        made, "Voorjaar", tmp_path / "teams.json", method="eenvoudig", iterations=5, user="planner", now=NOW
    )
    return made


def handed_out(folder, path, **more):
    asked = {
        "campaign": "Voorjaar", "name": "A", "purpose": "bezoekronde", "back_by": "2026-04-05",
        "user": "planner", "now": NOW,
    }  # fmt: skip
    return hand_out_round_file(folder, path, **asked | more)


def stops(folder):
    found = read_layers(open_dossier(folder), ["ronde_stop"])["ronde_stop"]
    return sorted(found, key=lambda stop: stop["naam"])


def test_a_gpx_has_names_and_places_in_order_and_nothing_else(folder, tmp_path):
    handed_out(folder, tmp_path / "A.gpx")
    text = (tmp_path / "A.gpx").read_text(encoding="utf-8")
    read = gpxpy.parse(text)
    assert read.version == "1.1"
    assert 'xmlns="http://www.topografix.com/GPX/1/1"' in text
    (route,) = read.routes
    names = [stop["naam"] for stop in stops(folder)]
    assert [point.name for point in route.points] == [point.name for point in read.waypoints] == names
    assert names == ["A-01", "A-02", "A-03", "A-04"]
    places = {one["uuid"]: one["geometrie"] for one in read_layers(open_dossier(folder))["agrarisch_bedrijf"]}
    for point, stop in zip(route.points, stops(folder), strict=True):
        (back,) = to_rd(np.array([[point.longitude, point.latitude]]))
        assert back == pytest.approx(places[stop["bedrijf_uuid"]], abs=0.2)
    for left in ("Lijst", "Nergenshuizen", uuid(300), "Team 1", "kennismaken"):
        assert left not in text


def test_the_parts_of_a_gpx_stand_in_the_order_of_its_schema(folder, tmp_path):
    """GPX 1.1: metadata, wpt, rte; a point has its latitude and longitude, and a name."""
    from xml.etree import ElementTree as ET

    handed_out(folder, tmp_path / "A.gpx")
    space = "{http://www.topografix.com/GPX/1/1}"
    root = ET.parse(tmp_path / "A.gpx").getroot()
    assert (root.tag, root.get("version"), bool(root.get("creator"))) == (f"{space}gpx", "1.1", True)
    assert [child.tag.removeprefix(space) for child in root] == ["metadata", *["wpt"] * 4, "rte"]
    for point in (*root.iter(f"{space}wpt"), *root.iter(f"{space}rtept")):
        assert set(point.attrib) == {"lat", "lon"}
        assert [child.tag for child in point] == [f"{space}name"]
    assert [child.tag.removeprefix(space) for child in root.find(f"{space}rte")] == ["name", *["rtept"] * 4]


def test_a_calendar_has_names_and_times_and_no_place(folder, tmp_path):
    handed_out(folder, tmp_path / "A.ics")
    text = (tmp_path / "A.ics").read_bytes().decode()
    calendar = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [stop["naam"] for stop in stops(folder)]
    for event, stop in zip(events, stops(folder), strict=True):
        begin, end = event["dtstart"].dt, event["dtend"].dt
        assert (begin.date(), f"{begin:%H:%M}", f"{end:%H:%M}") == (
            date.fromisoformat(DAY), stop["aankomst"], stop["vertrek"],
        )  # fmt: skip
        assert begin.utcoffset() == timedelta(hours=2)
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert len({str(event["uid"]) for event in events}) == 4
    for left in ("LOCATION", "GEO", "DESCRIPTION", "Lijst", "Nergenshuizen", "Team 1"):
        assert left not in text
    assert not any(stop["uuid"] in text or stop["bedrijf_uuid"] in text for stop in stops(folder))


@pytest.mark.parametrize("year", [2026, 2027, 2035])
def test_the_zone_of_a_calendar_is_that_of_the_netherlands_on_every_day(year):
    zone, known = dutch_time().to_tz(), ZoneInfo("Europe/Amsterdam")
    moment = datetime(year, 1, 1, 12, 30)  # noqa: DTZ001 - the clock on the wall
    while moment.year == year:
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=known).utcoffset(), moment
        moment += timedelta(days=1)


def test_a_round_stands_in_the_register_and_is_out_until_it_is_back(folder, tmp_path):
    handed_out(folder, tmp_path / "A.gpx")
    handed_out(folder, tmp_path / "A.ics", back_by="2026-03-30")
    line = read_register(open_dossier(folder))[0]
    assert (line["bestand"], line["lagen"], line["aantal"], line["ontvanger"], line["publiek"]) == (
        "A.gpx", "agrarisch_bedrijf,ronde,ronde_stop", 9, "Team 1", "team",
    )  # fmt: skip
    assert [one.file for one in rounds_still_out(folder)] == ["A.ics", "A.gpx"]
    assert "(te laat)" in rounds_still_out(folder)[0].sentence("2026-04-01")
    assert "(te laat)" not in rounds_still_out(folder)[1].sentence("2026-04-01")
    note_back(folder, "A.ics", user="planner", now=NOW)
    assert [one.file for one in rounds_still_out(folder)] == ["A.gpx"]
    back = read_register(open_dossier(folder))[-1]
    assert (back["handeling"], back["hoort_bij"], back["controlegetal"]) == (
        "terug", read_register(open_dossier(folder))[1]["uuid"], None,
    )  # fmt: skip
    with pytest.raises(AtlasError, match="niet uit") as refused:
        note_back(folder, "A.ics", user="planner", now=NOW)
    assert refused.value.expected == "A.gpx"


@pytest.mark.parametrize(
    ("file", "asked", "said"),
    [
        ("A.pdf", {}, "als GPX of als agenda"),
        ("A.gpx", {"name": "Z"}, "Deze ronde is er niet"),
        ("A.gpx", {"campaign": "Najaar"}, "staat niet in het dossier"),
        ("A.gpx", {"back_by": ""}, "terug of vernietigd"),
        ("A.gpx", {"back_by": "2026-01-01"}, "terug of vernietigd"),
        ("A.gpx", {"purpose": " "}, "waarvoor"),
        ("team/A.gpx", {}, "dossier"),
    ],
)
def test_what_can_not_be_gets_a_sentence_no_file_and_no_line(folder, tmp_path, file, asked, said):
    with pytest.raises(AtlasError, match=said):
        handed_out(folder, tmp_path / file, **asked)
    assert not (tmp_path / file).exists()
    assert read_register(open_dossier(folder)) == []


def test_only_what_was_released_is_written(tmp_path):
    with pytest.raises(TypeError, match="what was released"):
        write_gpx(tmp_path / "A.gpx", {"stops": []})
    assert not (tmp_path / "A.gpx").exists()
