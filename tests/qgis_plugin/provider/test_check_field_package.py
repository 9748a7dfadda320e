"""The check and the package as a user runs them, the package opened again as the team does."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing

import pytest
from fictitious_dossier import evidence, filled, vacant
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

ALGORITHM = "buitengebied_atlas:check_field_package"
OWN, OTHER = "GM0106", "GM0765"


@pytest.fixture
def run(provider):
    def run(project=None, **parameters):
        import processing

        context = QgsProcessingContext()
        context.setProject(project or QgsProject())
        feedback = QgsProcessingFeedback()
        parameters.setdefault("OUTPUT", "TEMPORARY_OUTPUT")
        results = processing.run(ALGORITHM, parameters, context=context, feedback=feedback)
        return results, feedback.textLog()

    return run


@pytest.fixture
def dossier(provider, tmp_path):
    from buitengebied_atlas.project.dossier_project import build_project

    objects = [
        vacant(1, OWN),
        vacant(2, OTHER, adres="Geheimweg 2, 9999 ZZ Verzonnen"),
        vacant(3, OWN, gemeente_zeker="nee"),
    ]
    made = filled(tmp_path / "dossier", objects, [evidence(11, 1), evidence(12, 2), evidence(13, 3)])
    build_project(made.folder)
    return made


def package(run, dossier, path, **more):
    asked = {"AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "PURPOSE": "proef in het veld", **more}
    return run(PROJECT=str(dossier.folder), PACKAGE=str(path), **asked)


def test_the_findings_are_a_table_and_stand_in_the_log(run, tmp_path):
    project = QgsProject()
    project.setPresetHomePath("/srv/thuis")
    project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:28992&field=a:string", "geheugen", "memory"))
    results, log = run(project)
    rows = [feature.attributes() for feature in results["OUTPUT"].getFeatures()]
    assert results["ERRORS"] == sum(row[0] == "fout" for row in rows) > 2
    assert ["fout", "", "Het project heeft een eigen thuismap: /srv/thuis"] in [row[:3] for row in rows]
    assert "geheugen: Deze laag staat alleen in het geheugen" in log
    project.clear()


def test_the_project_of_a_dossier_is_ready_for_the_field(run, dossier):
    results, log = run(PROJECT=str(dossier.folder))
    assert results["ERRORS"] == 0, log


def test_reports_of_this_session_are_not_judged_but_the_package_is(run, dossier, tmp_path):
    project = QgsProject()
    assert project.read(str(dossier.folder / "dossier.qgz"))
    results, _log = run(project)
    assert results["ERRORS"] == 0
    report = results["OUTPUT"]
    report.setCustomProperty("buitengebied_atlas/report", "ja")  # as when QGIS loads it
    project.addMapLayer(report)
    assert run(project)[0]["ERRORS"] == 0
    project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:28992&field=a:string", "geheugen", "memory"))
    assert run(project)[0]["ERRORS"] > 0
    asked = {"AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "PURPOSE": "proef"}
    packed, log = run(project, PACKAGE=str(tmp_path / "veld.zip"), **asked)
    assert packed["ERRORS"] == 0
    assert "geheugen" not in log
    project.clear()


def test_the_package_holds_the_teams_own_records_and_no_trace_of_others(run, dossier, tmp_path):
    from buitengebied_atlas.atlas.dossier.issue_register import read_register
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    path = tmp_path / "veld.zip"
    _results, log = package(run, dossier, path)
    assert "2 records" in log
    line = read_register(dossier)[-1]
    assert (line["bestand"], line["gemeenten"], line["aantal"], line["doel"]) == (
        "veld.zip", OWN, 2, "proef in het veld",
    )  # fmt: skip
    assert line["controlegetal"]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "telefoon")
        assert all(b"Geheimweg" not in archive.read(name) for name in archive.namelist())
    taken = open_dossier(tmp_path / "telefoon" / "dossier")
    records = read_layers(taken)
    assert [record["gemeente_code"] for record in records["leegstand_object"]] == [OWN]
    assert len(records["leegstand_bewijs"]) == 1
    assert read_register(taken) == []
    project = QgsProject()
    assert project.read(str(taken.folder / "dossier.qgz"))
    local = [layer for layer in project.mapLayers().values() if layer.providerType() == "ogr"]
    assert local
    assert all(layer.isValid() for layer in local)
    project.clear()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["dossier", "telefoon", "veld.zip"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"AUDIENCE": "openbaar"}, "alleen voor het team"),
        ({"AUDIENCE": "partners"}, "alleen voor het team"),
        ({"PURPOSE": ""}, "waarvoor deze uitvoer is"),
        ({"MUNICIPALITIES": None}, "Noem de gemeente"),
    ],
)
def test_a_package_that_may_not_leave_is_not_made(run, dossier, tmp_path, more, words):
    with pytest.raises(QgsProcessingException, match=words):
        package(run, dossier, tmp_path / "veld.zip", **more)
    assert not (tmp_path / "veld.zip").exists()


def test_a_dossier_that_is_in_use_is_not_changed_by_packing_it(run, dossier, tmp_path):
    path = dossier.path("leegstand_object")
    with closing(sqlite3.connect(path)) as connection, connection:
        before = connection.execute("SELECT count(*) FROM wijziging").fetchone()
    package(run, dossier, tmp_path / "veld.zip")
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM wijziging").fetchone() == before


def test_only_a_dossier_is_packed(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="van een dossier"):
        run(PACKAGE=str(tmp_path / "veld.zip"), AUDIENCE="team", MUNICIPALITIES=["Assen"], PURPOSE="proef")
