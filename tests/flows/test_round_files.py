"""A round goes along with as little as it needs, is in the register, and is out until it is back."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import geopandas as gpd
import gpxpy
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from PIL import Image

from atlas.core.records.choosing_rules import Rules
from atlas.core.records.route_sheet import placed_labels
from atlas.core.schema.visits import FINDING_CATEGORIES, REPORT_CATEGORIES
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
from dossier_samples import ASSEN, evidence, filled, finding, uuid, vacant, visit, yard

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


#: the schema of GPX 1.1 (topografix.com/GPX/1/1/gpx.xsd): element -> its parts in their order
GPX = {
    "gpx": ("metadata", "wpt*", "rte*", "trk*", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link*", "time", "keywords", "bounds", "extensions"),
    "rte": ("name", "cmt", "desc", "src", "link*", "number", "type", "extensions", "rtept*"),
}
GPX_POINT = (
    "ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link*", "sym", "type", "fix",
    "sat", "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "extensions",
)  # fmt: skip


def breaches_of_gpx(element, name="gpx"):
    """Where a tree breaks the schema: another name space or part, another order, twice, no place."""
    space, _, tag = element.tag.rpartition("}")
    if (space, tag) != ("{http://www.topografix.com/GPX/1/1", name):
        yield f"{element.tag} where {name} is due"
    if name == "gpx" and (element.get("version") != "1.1" or not element.get("creator")):
        yield "version or creator"
    parts = GPX.get(name, GPX_POINT if name in {"wpt", "rtept"} else ())
    if name in {"wpt", "rtept"}:
        latitude, longitude = float(element.get("lat", "nan")), float(element.get("lon", "nan"))
        if set(element.attrib) != {"lat", "lon"} or not (abs(latitude) <= 90 and -180 <= longitude < 180):
            yield f"no place: {element.attrib}"
    order = [part.rstrip("*") for part in parts]
    tags = [child.tag.rpartition("}")[2] for child in element]
    if not set(tags) <= set(order) or tags != sorted(tags, key=order.index):
        yield f"{name} holds {tags}"
    for once in (part for part in parts if not part.endswith("*") and tags.count(part) > 1):
        yield f"{name} holds {once} twice"
    for child, tag in zip(element, tags, strict=True):
        yield from breaches_of_gpx(child, tag)


def test_a_gpx_keeps_to_its_schema(folder, tmp_path):
    handed_out(folder, tmp_path / "A.gpx")
    root = ET.parse(tmp_path / "A.gpx").getroot()
    assert list(breaches_of_gpx(root)) == []
    space = "{http://www.topografix.com/GPX/1/1}"
    for point in (*root.iter(f"{space}wpt"), *root.iter(f"{space}rtept")):
        assert [child.tag for child in point] == [f"{space}name"], "a device gets a name and a place"
    assert [child.tag.removeprefix(space) for child in root.find(f"{space}rte")] == ["name", *["rtept"] * 4]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('version="1.1"', 'version="1.0"'), ("GPX/1/1", "GPX/1/0"), ('lat="', 'breedte="'),
        ("<rte>", "<trk/><rte>"), ("<name>A-01</name>", "<naam>A-01</naam>"),
        ("<name>A-01</name>", "<name>A-01</name><name>A-1</name>"), ('lon="6', 'lon="186'),
    ],
)  # fmt: skip
def test_the_check_of_a_gpx_sees_what_is_wrong(folder, tmp_path, was, becomes):
    handed_out(folder, tmp_path / "A.gpx")
    text = (tmp_path / "A.gpx").read_text(encoding="utf-8")
    assert was in text
    assert list(breaches_of_gpx(ET.fromstring(text.replace(was, becomes))))


def test_a_map_has_the_yards_and_the_way_between_them(folder, tmp_path):
    handed_out(folder, tmp_path / "A.gpkg", teams=tmp_path / "teams.json")
    yards = gpd.read_file(tmp_path / "A.gpkg", layer="ronde_erven")
    way = gpd.read_file(tmp_path / "A.gpkg", layer="ronde_weg")
    assert list(yards["naam"]) == [stop["naam"] for stop in stops(folder)]
    names = ["gemeentehuis", *yards["naam"], "gemeentehuis"]
    assert list(zip(way["van"], way["naar"], strict=True)) == list(pairwise(names))
    assert set(way["over_de_weg"]) == {"nee"}
    places = [shapely.Point(233_500, 556_500), *yards.geometry, shapely.Point(233_500, 556_500)]
    for line, (one, other), metres in zip(way.geometry, pairwise(places), way["lengte_m"], strict=True):
        assert line.equals(shapely.LineString([one, other]))
        assert metres == round(line.length)
    with closing(sqlite3.connect(tmp_path / "A.gpkg")) as connection:
        styles = dict(
            connection.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
        )
    assert set(styles) == {"ronde_erven", "ronde_weg"}
    assert all('name="Naam"' in style or 'name="Van"' in style for style in styles.values())


def test_a_package_of_a_round_holds_its_yards_their_objects_and_forms_and_nothing_else(tmp_path):
    inside = [yard(number, buitengebied="ja", bag_pand_id=f"010610{number:010d}") for number in (300, 301)]
    there, elsewhere = (
        {**vacant(number), "bag_vbo_id": None, "bag_pand_id": f"010610{pand:010d}"}
        for number, pand in ((400, 301), (401, 999))
    )
    folder = filled(
        tmp_path / "team",
        {
            "agrarisch_bedrijf": [*inside, yard(302, buitengebied="nee")],
            "leegstand_object": [there, elsewhere],
            "leegstand_bewijs": [evidence(410, 400)],
            "erfbezoek": [visit(420, bedrijf_uuid=uuid(300), datum="2026-01-10")],
            "bevinding": [finding(430, 420)],
        },
    ).folder
    campaign = Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
    select_yards(folder, campaign, Rules(), user="planner", now=NOW)
    teams = {
        "places": [{"id": "gemeentehuis", "x_rd": 233_500, "y_rd": 556_500}],
        "team_days": [
            {"team": team, "day": DAY, "start": "gemeentehuis", "from_s": 32_400, "most_visits": 1}
            for team in ("Team 1", "Team 2")
        ],
    }  # fmt: skip
    (tmp_path / "teams.json").write_text(json.dumps(teams), encoding="utf-8")
    plan_campaign_rounds(
        folder, "Voorjaar", tmp_path / "teams.json", method="eenvoudig", iterations=5, user="planner", now=NOW
    )
    found = {}
    for name in ("A", "B"):
        done = handed_out(folder, tmp_path / f"{name}.zip", name=name)
        assert f"Het pakket {name}.zip heeft" in done.sentence
        with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
            archive.extractall(tmp_path / name)
            assert "team/dossier.qgz" in archive.namelist()
        records = read_layers(open_dossier(tmp_path / name / "team"))
        counts = {layer: len(each) for layer, each in records.items() if each}
        (at,) = (one["uuid"] for one in records["agrarisch_bedrijf"])
        assert records["ronde_stop"][0]["naam"] == f"{name}-01"
        assert counts.pop("leegstand_object", 0) == (at == uuid(301))
        assert counts == {"agrarisch_bedrijf": 1, "campagne": 1, "ronde": 1, "ronde_stop": 1}
        found[at] = name
    assert set(found) == {uuid(300), uuid(301)}
    line = read_register(open_dossier(folder))[-1]
    assert (line["ontvanger"], str(line["terug_voor"])[:10], line["bestand"]) == (
        "Team 2", "2026-04-05", "B.zip",
    )  # fmt: skip
    assert [one.file for one in rounds_still_out(folder)] == ["A.zip", "B.zip"]


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
        ("A.docx", {}, "als routeblad, kaart, GPX"),
        ("A.html", {"unsealed": " "}, "waarom deze pagina niet"),
        ("A.pdf", {"teams": "nergens.json"}, "nergens.json"),
        ("A.gpx", {"name": "Z"}, "Deze ronde is er niet"),
        ("A.gpx", {"campaign": "Najaar"}, "staat niet in het dossier"),
        ("A.gpx", {"back_by": ""}, "terug of vernietigd"),
        ("A.gpx", {"back_by": "2026-01-01"}, "terug of vernietigd"),
        ("A.gpx", {"purpose": " "}, "waarvoor"),
        ("team/A.gpx", {}, "dossier"),
    ],
)
def test_what_can_not_be_gets_a_sentence_no_file_and_no_line(folder, tmp_path, file, asked, said):
    if "teams" in asked:
        asked = {"teams": tmp_path / asked["teams"]}
    with pytest.raises(AtlasError, match=said):
        handed_out(folder, tmp_path / file, **asked)
    assert not (tmp_path / file).exists()
    assert read_register(open_dossier(folder)) == []


def text_of(path):
    """What stands on the pages, on one line."""
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    return " ".join(told.stdout.split())


def sheet_of(folder, tmp_path, **more):
    """The sheet as it is on paper, and as a page."""
    handed_out(folder, tmp_path / "A.pdf", **more)
    handed_out(folder, tmp_path / "A.html", unsealed="proef", **more)
    page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", (tmp_path / "A.html").read_text(encoding="utf-8"))
    return text_of(tmp_path / "A.pdf"), " ".join(html.unescape(page).split())


def test_a_sheet_has_order_times_addresses_reasons_and_what_the_talk_may_be_about(folder, tmp_path):
    addresses = {one["uuid"]: one["adres"] for one in read_layers(open_dossier(folder))["agrarisch_bedrijf"]}
    for text in sheet_of(folder, tmp_path):
        assert "Ronde A, zondag 29 maart 2026" in text
        places = [text.index(f"{stop['aankomst']} tot {stop['vertrek']}") for stop in stops(folder)]
        assert places == sorted(places)
        for stop in stops(folder):
            assert addresses[stop["bedrijf_uuid"]] in text
            assert all(reason in text for reason in stop["redenen"].splitlines())
        for said in ("Team 1", "kennismaken", "Kapotte straatverlichting", "uiterlijk 5 april 2026", "vul in",
                     "de lijnen zijn recht van stop naar stop"):  # fmt: skip
            assert said in text
        # a talk has no list to inspect a yard with
        for code, label in FINDING_CATEGORIES.items():
            assert (label in text) == (code in REPORT_CATEGORIES), label


def test_a_sheet_knows_begin_and_end_of_the_team_and_the_roads(folder, tmp_path):
    line = shapely.LineString(
        [(233_500, 556_500), (233_500, 560_500), (230_000, 560_500), (229_000, 560_500)]
    )
    road = {
        "wvk_id": 1, "jte_id_beg": 1, "jte_id_end": 2, "wegbehsrt": "G", "wegnummer": "", "rijrichtng": "B",
        "bst_code": "RB", "geometry": line,
    }  # fmt: skip
    gpd.GeoDataFrame([road], crs="EPSG:28992").to_file(tmp_path / "wegen.gpkg")
    more = {"roads": tmp_path / "wegen.gpkg", "teams": tmp_path / "teams.json"}
    for text in sheet_of(folder, tmp_path, **more):
        assert "Uiterlijk terug 17:00" in text
        assert "van gemeentehuis" in text
        assert "de snelste weg over de wegen van wegen.gpkg" in text
        assert "S: gemeentehuis." in text
        assert "vul in" not in text
    with pytest.raises(AtlasError, match="staat de dag van het team niet"):
        teams = json.loads((tmp_path / "teams.json").read_text(encoding="utf-8"))
        teams["team_days"][0]["day"] = "2026-03-30"
        (tmp_path / "anders.json").write_text(json.dumps(teams), encoding="utf-8")
        handed_out(folder, tmp_path / "B.pdf", teams=tmp_path / "anders.json")
    assert not (tmp_path / "B.pdf").exists()


def test_a_page_with_real_yards_is_sealed_unless_its_maker_says_why_not(folder, tmp_path):
    done = handed_out(folder, tmp_path / "A.html")
    assert [name for name, _passphrase in done.told] == ["Team 1"]
    sealed = (tmp_path / "A.html").read_text(encoding="utf-8")
    assert "Nergenshuizen" not in sealed
    assert handed_out(folder, tmp_path / "open.html", unsealed="gaat op papier mee").told == ()
    assert "Nergenshuizen" in (tmp_path / "open.html").read_text(encoding="utf-8")
    assert [line["onderdrukking"] for line in read_register(open_dossier(folder))] == [
        "Verzegeld voor 1 ontvanger.", "Niet verzegeld: gaat op papier mee",
    ]  # fmt: skip


def test_a_sheet_is_black_on_white(folder, tmp_path):
    handed_out(folder, tmp_path / "A.pdf")
    subprocess.run(["pdftoppm", "-r", "60", "-png", tmp_path / "A.pdf", tmp_path / "blad"], check=True)
    for path in tmp_path.glob("blad*.png"):
        red, green, blue = (np.asarray(band, dtype=int) for band in Image.open(path).convert("RGB").split())
        assert max(abs(red - green).max(), abs(green - blue).max()) < 40, "nothing depends on a colour"


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=5, unique=True))
def test_a_label_lies_on_no_other(points):
    boxes = placed_labels(points, [8.0] * len(points), 4.0)
    assert len(boxes) == len(points)
    for number, (x, y) in enumerate(boxes):
        for left, top in boxes[:number]:
            assert abs(x - left) >= 8.0 or abs(y - top) >= 4.0


def test_only_what_was_released_is_written(tmp_path):
    with pytest.raises(TypeError, match="what was released"):
        write_gpx(tmp_path / "A.gpx", {"stops": []})
    assert not (tmp_path / "A.gpx").exists()
