"""The gate of the algorithms on points: records of a dossier leave for the team only and are noted first."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing

import processing
import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

#: of the objects of the demo, one lies in Coevorden, two in Emmen, and one in Meppel, made uncertain here
TEAM = {"AUDIENCE": "team", "MUNICIPALITIES": ["Coevorden", "Emmen", "Meppel"], "PURPOSE": "FICTIEF doel"}


@pytest.fixture(scope="session")
def demo(atlas_command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    done = atlas_command("demo", "--scale", "0.005", "--out", folder / "uit", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "uit" / "dossier-FICTIEF"


@pytest.fixture
def dossier(demo, tmp_path):
    from buitengebied_atlas.atlas.gpkg.spatial_index import register_spatial_functions

    folder = shutil.copytree(demo, tmp_path / "dossier-FICTIEF")
    with closing(sqlite3.connect(folder / "leegstand_object.gpkg")) as connection, connection:
        register_spatial_functions(connection)
        changed = connection.execute(
            "UPDATE leegstand_object SET gemeente_zeker = 'nee', gewijzigd_op = '2026-03-01T09:00:00.000Z'"
            " WHERE gemeente_code = 'GM0119'"
        )
        assert changed.rowcount == 1
    return folder


def register(folder):
    from buitengebied_atlas.atlas.dossier.issue_register import read_register
    from buitengebied_atlas.atlas.dossier.opening import open_dossier

    return [line for line in read_register(open_dossier(folder)) if line["handeling"] == "uitgifte"]


def released(folder):
    """The records that any other output of this request would hold."""
    from buitengebied_atlas.atlas.dossier.handing_out import release_records
    from buitengebied_atlas.atlas.dossier.opening import open_dossier

    asked = {"audience": "team", "municipalities": ["GM0109", "GM0114", "GM0119"], "purpose": "proef"}
    return release_records(open_dossier(folder), ["leegstand_object"], **asked).content["leegstand_object"]


def count(folder, **parameters):
    given = {
        "POINTS": f"{folder}/leegstand_object.gpkg|layername=leegstand_object", "POINTS_OUTPUT": "memory:",
        "AREAS_OUTPUT": "memory:", **parameters,
    }  # fmt: skip
    return processing.run("buitengebied_atlas:assign_points", given)


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {**TEAM, "AUDIENCE": "openbaar"}, {**TEAM, "AUDIENCE": "partners"},
        {**TEAM, "MUNICIPALITIES": []}, {**TEAM, "PURPOSE": " "},
    ],
)  # fmt: skip
def test_without_team_municipality_and_purpose_nothing_is_counted_or_noted(
    provider, dossier, tmp_path, wrong
):
    with pytest.raises(QgsProcessingException):
        count(dossier, POINTS_OUTPUT=str(tmp_path / "uit.gpkg"), **wrong)
    assert register(dossier) == []
    assert not (tmp_path / "uit.gpkg").exists()


def test_the_register_has_a_line_for_each_file_with_its_checksum(provider, dossier, tmp_path):
    outputs = {
        "POINTS_OUTPUT": str(tmp_path / "punten.gpkg"),
        "AREAS_OUTPUT": str(tmp_path / "gebieden.gpkg"),
    }
    count(dossier, **outputs, **TEAM)
    lines = register(dossier)
    assert {line["bestand"]: line["controlegetal"] for line in lines} == {
        name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("punten.gpkg", "gebieden.gpkg")
    }
    said = {(line["publiek"], line["gemeenten"], line["aantal"], line["doel"]) for line in lines}
    assert said == {("team", "GM0109,GM0114,GM0119", len(released(dossier)), "FICTIEF doel")}


def test_only_certain_records_of_the_municipalities_and_fields_that_may_leave_go_along(provider, dossier):
    points = QgsVectorLayer(count(dossier, **TEAM)["POINTS_OUTPUT"], "", "ogr")
    assert sorted(row["uuid"] for row in points.getFeatures()) == [item["uuid"] for item in released(dossier)]
    assert len({row["gemeente_code"] for row in points.getFeatures()}) > 1
    assert {row["gemeente_zeker"] for row in points.getFeatures()} == {"ja"}
    names = points.fields().names()
    assert "uuid" in names
    assert not {"foto", "aangemaakt_door", "gewijzigd_door"} & set(names)


def test_a_temporary_result_stands_in_the_register_too(provider, dossier):
    count(dossier, AREAS_OUTPUT=None, **TEAM)
    (line,) = register(dossier)
    assert line["bestand"].endswith(".gpkg")
    assert line["controlegetal"]


def test_an_output_inside_the_dossier_is_refused(provider, dossier):
    with pytest.raises(QgsProcessingException, match="niet in de map van een dossier"):
        count(dossier, POINTS_OUTPUT=str(dossier / "uit.gpkg"), **TEAM)


def test_a_file_that_was_copied_out_of_its_dossier_is_refused(provider, dossier, tmp_path):
    copy = shutil.copy(dossier / "leegstand_object.gpkg", tmp_path / "mijn punten.gpkg")
    with pytest.raises(QgsProcessingException, match="dossier"):
        count(dossier, POINTS=f"{copy}|layername=leegstand_object", **TEAM)


def test_a_layer_of_a_dossier_is_not_joined_as_a_table(provider, dossier):
    with pytest.raises(QgsProcessingException, match="Records van een dossier"):
        processing.run(
            "buitengebied_atlas:join_table",
            {
                "INPUT": f"{dossier}/signaal.gpkg|layername=signaal", "KEY": "gemeente_code",
                "VALUE": "peildatum", "OUTPUT": "memory:", "REPORT": "memory:",
            },
        )  # fmt: skip


def test_the_borders_in_a_dossier_and_other_layers_are_open(provider, dossier):
    from buitengebied_atlas.gate import dossier_of

    borders = QgsVectorLayer(f"{dossier}/basis.gpkg|layername=gemeente", "", "ogr")
    objects = QgsVectorLayer(f"{dossier}/leegstand_object.gpkg|layername=leegstand_object", "", "ogr")
    assert borders.isValid()
    assert dossier_of(borders) is None
    assert dossier_of(None) is None
    assert dossier_of(objects) == dossier
