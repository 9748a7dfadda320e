"""Farm visits in QGIS: choose, plan, hand out, take back, decide, evaluate; on a real dossier."""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import processing
import pytest
from fictitious_dossier import uuid
from qgis.core import QgsProcessingException, QgsProject

from field_days import work
from packaged_plugin import ROOT

CAMPAIGN = "Voorjaar (FICTIEF)"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = (datetime.now(UTC).date() + timedelta(days=14)).isoformat()
TEAMS = {
    "places": [{"id": "steunpunt", "x_rd": 233_500, "y_rd": 556_500}],
    "team_days": [
        {"team": f"Team {number}", "day": "2027-03-29", "start": "steunpunt", "from_s": 32_400,
         "to_s": 61_200, "most_visits": 4, "people": 2}
        for number in (1, 2)
    ],
}  # fmt: skip


def yard(number):
    return {
        "uuid": uuid(number), "adres": f"Verzonnenweg {number}, Nergenshuizen", "buitengebied": "ja",
        "gemeente_code": "GM0106", "gemeente_zeker": "ja", "bron": "FICTIEF", "regime": "avg",
        "geometrie": (231_000.5 + 150 * number, 556_000.25 + 40 * (number % 5)), "peildatum": "2026-02-01",
        "bewaren_tot": "2030-01-01", "bronkenmerk": f"verzonnen-{number}",
    }  # fmt: skip


@pytest.fixture
def folder(provider, iface, tmp_path):
    """Nine yards, a campaign of all of them."""
    from buitengebied_atlas.atlas.core.records.changes import plan_import
    from buitengebied_atlas.atlas.dossier.changes import apply_import
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    made = plan_import(
        [], [yard(number) for number in range(1, 10)], now=NOW, user="beheer", layer="agrarisch_bedrijf"
    )
    assert made.refusals == ()
    apply_import(dossier, [made])
    run(dossier.folder, "select_yards", NAME=CAMPAIGN, MUNICIPALITY="Assen", KEEP_UNTIL="2030-12-31",
        PURPOSE="kennismaken", KIND="preventief")  # fmt: skip
    return dossier.folder


@pytest.fixture
def teams(tmp_path):
    path = tmp_path / "teams.json"
    path.write_text(json.dumps(TEAMS), encoding="utf-8")
    return path


def run(folder, name, **parameters):
    return processing.run(
        f"buitengebied_atlas:{name}", {"FOLDER": str(folder), "USER": "planner", **parameters}
    )


def records(folder, *layers):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    return read_layers(open_dossier(folder), list(layers) or None)


def test_without_a_command_qgis_plans_by_itself_and_says_so(folder, teams):
    done = run(folder, "plan_rounds", CAMPAIGN=CAMPAIGN, TEAMS=str(teams), SECONDS=3)
    assert (done["VISITS"], done["LEFT_OUT"]) == (8, 1)
    layers = records(folder, "ronde", "ronde_stop")
    assert {one["methode"].split(".")[0] for one in layers["ronde"]} == {"Methode eenvoudig"}
    left = [one["niet_ingepland"] for one in layers["ronde_stop"] if one["niet_ingepland"]]
    assert len(left) == 1


def test_the_command_that_is_named_plans_and_the_result_says_which(folder, teams, settings):
    command = ROOT / ".venv" / "bin" / "atlas"
    if not command.exists():
        pytest.skip("the atlas environment does not run in this Debian")
    done = run(folder, "plan_rounds", CAMPAIGN=CAMPAIGN, TEAMS=str(teams), SECONDS=2, COMMAND=str(command))
    assert done["VISITS"] == 8
    assert records(folder, "ronde")["ronde"][0]["methode"].startswith("Methode PyVRP")
    from buitengebied_atlas.settings import ATLAS_COMMAND

    assert ATLAS_COMMAND.get() == str(command)
    sheet = folder.parent / "A.gpx"
    given = {"CAMPAIGN": CAMPAIGN, "ROUND": "A", "PURPOSE": "ronde", "BACK_BY": SOON, "COMMAND": str(command)}
    run(folder, "hand_out_round", OUTPUT=str(sheet), **given)
    assert "A-01" in sheet.read_text("utf-8")
    with pytest.raises(QgsProcessingException, match="Deze ronde is er niet"):
        run(folder, "hand_out_round", OUTPUT=str(folder.parent / "Q.gpx"), **{**given, "ROUND": "Q"})


@pytest.mark.parametrize(
    ("command", "said"), [("weg/atlas", "staat daar niet"), (sys.executable, "heeft dit niet gedaan")]
)
def test_a_command_that_is_none_gets_a_sentence_and_changes_nothing(folder, teams, settings, command, said):
    with pytest.raises(QgsProcessingException, match=said):
        run(folder, "plan_rounds", CAMPAIGN=CAMPAIGN, TEAMS=str(teams), COMMAND=command)
    assert records(folder, "ronde")["ronde"] == []


def test_a_round_goes_out_comes_back_and_what_differs_is_decided(folder, teams, settings):
    from buitengebied_atlas.atlas.gpkg.spatial_index import register_spatial_functions
    from buitengebied_atlas.atlas.jobs.following_up import follow_up

    run(folder, "register_indicators", CAMPAIGN=CAMPAIGN, INDICATORS=["gedumpt_afval"], PURPOSE="leren")
    run(folder, "plan_rounds", CAMPAIGN=CAMPAIGN, TEAMS=str(teams), SECONDS=2)
    package = folder.parent / "A.zip"
    given = {"CAMPAIGN": CAMPAIGN, "ROUND": "A", "PURPOSE": "ronde", "BACK_BY": SOON}
    run(folder, "hand_out_round", OUTPUT=str(package), **given)
    with pytest.raises(QgsProcessingException, match="uw eigen opdracht atlas"):
        run(folder, "hand_out_round", OUTPUT=str(folder.parent / "A.pdf"), **given)
    assert [one.file for one in follow_up(folder).out] == ["A.zip"]
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder.parent / "telefoon")
    phone = folder.parent / "telefoon" / "dossier"
    stops = {one["naam"]: one for one in records(phone, "ronde_stop")["ronde_stop"]}
    assert len(stops) == 4, "the stops of this round and no other"
    first = stops["A-01"]
    seen = {
        "datum": datetime.now(UTC).date().isoformat(), "team": "Team 1", "soort": "preventief",
        "grondslag": "instemming", "doel": "kennismaken", "uitkomst": "toegang_verleend",
        "bedrijf_uuid": first["bedrijf_uuid"], "stop_uuid": first["uuid"], "bron": "FICTIEF",
        "peildatum": "2026-03-05", "bewaren_tot": "2030-01-01", "regime": "avg",
    }  # fmt: skip
    work(phone, [("erfbezoek", uuid(900), seen)], register_spatial_functions)
    change = [("ronde_stop", first["uuid"], {"toelichting": "achterom"})]
    work(phone, change, register_spatial_functions)
    work(folder, [("ronde_stop", first["uuid"], {"toelichting": "bel eerst"})], register_spatial_functions)
    back = run(folder, "import_field_package", PACKAGES=str(phone / "basis.gpkg"), OUTPUT="TEMPORARY_OUTPUT")
    assert (back["INSERTED"], back["CONFLICTS"]) == (1, 1)
    (conflict,) = follow_up(folder).conflicts
    decided = run(folder, "decide_conflict", CONFLICT=conflict.short, VALUE="veld", REASON="gebeld")
    assert decided["OPEN"] == 0
    held = {one["uuid"]: one["toelichting"] for one in records(folder, "ronde_stop")["ronde_stop"]}
    assert held[first["uuid"]] == "achterom"
    run(folder, "note_back", FILE="A.zip")
    after = follow_up(folder)
    assert after.out == ()
    assert after.campaigns[0].reached == 1
    processing.run("buitengebied_atlas:evaluate_visits", {
        "FOLDER": str(folder), "CAMPAIGN": CAMPAIGN, "PURPOSE": "verantwoording",
    })  # fmt: skip


def test_rounds_are_lines_and_stops_that_know_their_dossier(folder, teams):
    from buitengebied_atlas.atlas.jobs.following_up import follow_up
    from buitengebied_atlas.project.field_check import check_project
    from buitengebied_atlas.project.round_layers import GROUP, show_rounds
    from buitengebied_atlas.recognising import records_of

    run(folder, "plan_rounds", CAMPAIGN=CAMPAIGN, TEAMS=str(teams), SECONDS=2)
    project = QgsProject.instance()
    for _again in range(2):
        stops, lines = show_rounds(project, folder, follow_up(folder).rounds)
    assert (stops.featureCount(), lines.featureCount()) == (8, 6)
    assert len(project.layerTreeRoot().findGroup(GROUP).findLayers()) == 2
    assert len(project.mapLayers()) == 2
    assert {records_of(one).folder for one in (stops, lines)} == {folder}
    assert [one.value() for one in stops.renderer().categories()] == ["A", "B"]
    assert [one for one in check_project(project) if one.layer in (stops.name(), lines.name())] == []


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("select_yards", {"NAME": CAMPAIGN}, "al een campagne met deze naam"),
        ("select_yards", {"NAME": "Nieuw", "KIND": "toezicht"}, "Grondslag is verplicht"),
        ("select_yards", {"NAME": "Nieuw", "KEEP_UNTIL": "ooit"}, "KEEP_UNTIL"),
        ("plan_rounds", {"CAMPAIGN": "Najaar"}, "staat niet in het dossier"),
        ("note_back", {"FILE": "Z.zip"}, "niet uit"),
        ("decide_conflict", {"CONFLICT": "abc", "VALUE": "veld"}, "conflict"),
    ],
)
def test_what_can_not_be_gets_a_sentence(folder, teams, name, asked, said):
    usual = {
        "select_yards": {
            "MUNICIPALITY": "Assen", "KEEP_UNTIL": "2030-12-31", "PURPOSE": "kennismaken",
            "KIND": "preventief",
        },
        "plan_rounds": {"TEAMS": str(teams)},
    }.get(name, {})  # fmt: skip
    with pytest.raises(QgsProcessingException, match=said):
        run(folder, name, **{**usual, **asked})


@pytest.mark.parametrize(
    ("name", "geometry", "kind"),
    [("STOPS", "Point", "singleSymbol"), ("WAY", "LineString", "categorizedSymbol")],
)
def test_the_map_of_a_round_that_is_handed_out_is_drawn_legibly(provider, tmp_path, name, geometry, kind):
    from buitengebied_atlas.atlas.core.figures.qml import round_style
    from buitengebied_atlas.atlas.core.schema import campaigns
    from qgis.core import QgsVectorLayer
    from qgis.PyQt.QtCore import Qt

    described = getattr(campaigns, f"ROUND_{name}")
    fields = "&".join(f"field={field.name}:string" for field in described.fields)
    layer = QgsVectorLayer(f"{geometry}?crs=EPSG:28992&{fields}", "ronde", "memory")
    (tmp_path / "stijl.qml").write_text(round_style(described), encoding="utf-8")
    _said, loaded = layer.loadNamedStyle(str(tmp_path / "stijl.qml"))
    assert loaded
    assert layer.renderer().type() == kind
    assert [layer.attributeDisplayName(place) for place in range(len(described.fields))] == [
        field.alias for field in described.fields
    ]
    if name == "STOPS":
        assert layer.labelsEnabled()
        assert "naam" in layer.labeling().settings().fieldName
    else:
        styles = {
            one.value(): one.symbol().symbolLayer(0).penStyle() for one in layer.renderer().categories()
        }
        assert styles == {"ja": Qt.PenStyle.SolidLine, "nee": Qt.PenStyle.DashLine}
