"""What a team gets beside its page: the same figures in a GeoPackage and on sheets, each registered."""

import math
import sqlite3
from dataclasses import replace

import pytest
from test_team_levels import payload_of

from atlas.core.areas.divisions import areas
from atlas.core.counts.team_page import figures_of_dossier
from atlas.core.disclosure.audiences import Audience
from atlas.core.figures.circles import MM_PER_PIXEL
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration
from atlas.flows.team import TeamRequest
from atlas.flows.team_outputs import output_names

ALL = tuple(area.code for area in areas("gemeente"))


def built(demo, out, *, audience="team", municipalities=ALL, sheets=False):
    configuration = Configuration()
    configuration = replace(configuration, edition=replace(configuration.edition, audience=audience))
    request = TeamRequest(demo[1], municipalities, purpose="uitvoer", user="test")
    return build_atlas(configuration, out, sheets=sheets, team=request).files


@pytest.fixture(scope="module")
def files(demo, tmp_path_factory):
    return built(demo, tmp_path_factory.mktemp("team"))


def test_every_file_stands_in_the_register_under_its_own_name(demo, files):
    told = {line["bestand"] for line in read_register(open_dossier(demo[1])) if line["doel"] == "uitvoer"}
    assert {path.name for path in files} <= told
    assert [path.name for path in files] == [output_names(fictitious=True)[0], "atlas-team-FICTIEF.html"]


def test_the_geopackage_holds_what_the_page_shows_of_the_dossier(files):
    maps, page = files
    payload = payload_of(page)
    with sqlite3.connect(f"file:{maps}?mode=ro", uri=True) as connection:
        tables = {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}
        for indicator in payload["indicators"]:
            if not indicator["denominator"] and not indicator["id"].endswith("_aantal"):
                continue
            for view in indicator["views"]:
                name = f"kaart_{indicator['id']}_{view['level']}"
                assert name in tables
                rows = connection.execute(f'SELECT code, waarde, n, status, klasse, tekst FROM "{name}"')
                for code, *found in rows:
                    value = view["values"][code]
                    assert found == [value[key] for key in ("value", "n", "status", "class", "text")]


def test_the_style_of_a_count_draws_the_radius_of_the_payload(files):
    maps, page = files
    payload = payload_of(page)
    with sqlite3.connect(f"file:{maps}?mode=ro", uri=True) as connection:
        for indicator in (entry for entry in payload["indicators"] if entry["id"].endswith("_aantal")):
            for view in indicator["views"]:
                name = f"kaart_{indicator['id']}_{view['level']}"
                (style,) = connection.execute(
                    "SELECT styleQML FROM layer_styles WHERE f_table_name = ?", [name]
                ).fetchone()
                factor = float(style.split("* sqrt(&quot;waarde&quot;)")[0].rsplit('"', 1)[1])
                for value in view["values"].values():
                    drawn = factor * math.sqrt(value["value"] or 0)
                    assert drawn == pytest.approx(2 * MM_PER_PIXEL * value["radius"], abs=0.005)


def test_the_sheets_are_one_file_and_leave_no_other(demo, tmp_path, monkeypatch):
    def few(payload):
        figures = figures_of_dossier(payload)
        return {**figures, "indicators": [figures["indicators"][0], figures["indicators"][-1]]}

    monkeypatch.setattr("atlas.flows.team_outputs.figures_of_dossier", few)
    made = built(demo, tmp_path, municipalities=("GM0114",), sheets=True)
    assert [path.name for path in made][1] == "kaarten-team-FICTIEF.pdf"
    assert made[1].read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in made)


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience != "team"])
def test_nobody_else_gets_a_file_of_the_team(demo, tmp_path, audience):
    names = {path.name for path in built(demo, tmp_path, audience=audience)}
    assert not names & {name for made_up in (True, False) for name in output_names(fictitious=made_up)}
