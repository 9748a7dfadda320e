"""The page of farm visits in the dock: real widgets, a real dossier with a campaign, rounds and conflicts."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import processing
import pytest
from bare_window import settle
from fictitious_dossier import uuid
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from using_panels import child

from field_days import work

NAME = "Erfbezoeken (FICTIEF)"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(provider, tmp_path):
    """Six yards in two rounds; round A is out, and two conflicts wait."""
    from buitengebied_atlas.atlas.core.records.changes import plan_import
    from buitengebied_atlas.atlas.dossier.changes import apply_import
    from buitengebied_atlas.atlas.dossier.opening import init_dossier
    from buitengebied_atlas.atlas.gpkg.spatial_index import register_spatial_functions

    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    yards = [
        {
            "uuid": uuid(number), "adres": f"Verzonnenweg {number}, 9999 ZZ Verzonnen", "buitengebied": "ja",
            "gemeente_code": "GM0106", "gemeente_zeker": "ja", "bron": "FICTIEF", "regime": "avg",
            "geometrie": (231_000.5 + 900 * number, 556_000.25 + 700 * (number % 3)),
            "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "bronkenmerk": f"verzonnen-{number}",
        }
        for number in range(1, 7)
    ]  # fmt: skip
    apply_import(dossier, [plan_import([], yards, now=NOW, user="beheer", layer="agrarisch_bedrijf")])

    def run(name, **asked):
        processing.run(f"buitengebied_atlas:{name}", {"FOLDER": str(dossier.folder), "USER": "x", **asked})

    run("select_yards", NAME=NAME, MUNICIPALITY="Assen", KEEP_UNTIL="2030-12-31", PURPOSE="kennismaken")
    teams = tmp_path / "teams.json"
    day = {"day": "2027-03-29", "start": "huis", "from_s": 32_400, "to_s": 61_200, "most_visits": 3}
    teams.write_text(json.dumps({
        "places": [{"id": "huis", "x_rd": 233_500, "y_rd": 556_500}],
        "team_days": [{"team": f"Team {name} (FICTIEF)", **day} for name in ("Noord", "Zuid")],
    }))  # fmt: skip
    run("plan_rounds", CAMPAIGN=NAME, TEAMS=str(teams), SECONDS=1)
    back_by = f"{datetime.now(UTC).year + 1}-01-15"
    package = tmp_path / "A.zip"
    run("hand_out_round", CAMPAIGN=NAME, ROUND="A", PURPOSE="ronde", BACK_BY=back_by, OUTPUT=str(package))
    phone = _unpacked(package, tmp_path / "telefoon")
    stops = _stops(phone)
    for name, said in (("A-01", "achterom"), ("A-02", "hond op het erf")):
        work(phone, [("ronde_stop", stops[name], {"toelichting": said})], register_spatial_functions)
        here = [("ronde_stop", stops[name], {"toelichting": "bel eerst"})]
        work(dossier.folder, here, register_spatial_functions)
    run("import_field_package", PACKAGES=str(phone / "basis.gpkg"), OUTPUT="TEMPORARY_OUTPUT")
    return dossier.folder


def _unpacked(package, place):
    import zipfile

    with zipfile.ZipFile(package) as archive:
        archive.extractall(place)
    return place / "dossier"


def _stops(folder):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_records

    return {one["naam"]: one["uuid"] for one in read_records(open_dossier(folder), "ronde_stop")}


@pytest.fixture
def panel(dock, folder):
    """The page, in sight, with the dossier."""
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    dock.visits.parentWidget().parentWidget().setCurrentWidget(dock.visits)
    assert not dock.visits.shows_dossier()
    open_dossier_layers(QgsProject.instance(), folder)
    settle(dock.visits.shows_dossier, 60_000)
    return dock.visits


def test_it_says_how_far_a_campaign_is(panel):
    assert panel.campaign() == NAME
    assert child(panel, QLabel, "progress").text().startswith("Kader 6 erven, 6 gekozen, 6 ingepland.")
    rounds = child(panel, QListWidget, "rounds")
    assert [rounds.item(row).text()[:2] for row in range(rounds.count())] == ["A:", "B:"]
    assert "A.zip" in child(panel, QListWidget, "still_out").item(0).text()
    if folder := os.environ.get("ATLAS_LOOK"):
        panel.window().resize(1300, 1100)
        child(panel, QPushButton, "show_rounds").click()
        settle()
        from qgis.PyQt.QtTest import QTest

        QTest.qWait(1500)
        panel.window().grab().save(str(Path(folder) / "visits.png"))


def test_rounds_are_shown_on_the_map_and_handed_out_one_at_a_time(panel, window, dock, folder, monkeypatch):
    give, rounds = child(panel, QPushButton, "hand_out"), child(panel, QListWidget, "rounds")
    assert not give.isEnabled()
    child(panel, QPushButton, "show_rounds").click()
    assert window.active_layer.featureCount() == 6
    rounds.item(1).setSelected(True)
    child(panel, QPushButton, "show_rounds").click()
    assert {one["ronde"] for one in window.active_layer.getFeatures()} == {"B"}
    asked = []
    monkeypatch.setattr(dock._visits, "_run_tool", lambda *told: asked.append(told))
    give.click()
    assert asked == [("hand_out_round", {"FOLDER": str(folder), "CAMPAIGN": NAME, "ROUND": "B"})]


def test_a_conflict_shows_both_values_and_is_decided(panel, folder):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_records

    conflicts = child(panel, QListWidget, "conflicts")
    assert conflicts.count() == 2
    said = child(panel, QLabel, "conflict").text()
    assert "bel eerst" in said
    assert "achterom" in said or "hond op het erf" in said
    child(panel, QLineEdit, "conflict_reason").setText("gebeld met het team")
    child(panel, QPushButton, "conflict_take").click()
    settle(lambda: conflicts.count() == 1, 60_000)
    assert child(panel, QLineEdit, "conflict_reason").text() == ""
    child(panel, QPushButton, "conflict_keep").click()
    settle(lambda: conflicts.count() == 0, 60_000)
    kept = read_records(open_dossier(folder), "conflict")
    assert {one["besluit"] for one in kept} == {"veld", "dossier"}
    assert [one["toelichting"] for one in kept if one["besluit"] == "veld"] == ["gebeld met het team"]
    notes = [one["toelichting"] for one in read_records(open_dossier(folder), "ronde_stop")]
    assert notes.count("bel eerst") == 1
    assert not child(panel, QPushButton, "conflict_take").isVisible()


def test_what_is_back_is_noted(panel):
    out, back = child(panel, QListWidget, "still_out"), child(panel, QPushButton, "note_back")
    assert not back.isEnabled()
    out.item(0).setSelected(True)
    back.click()
    settle(lambda: out.count() == 0, 60_000)


def test_without_a_dossier_it_says_so(panel):
    QgsProject.instance().clear()
    settle(lambda: not panel.shows_dossier(), 60_000)
