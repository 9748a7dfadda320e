"""Importing through Processing: the same cases as the command, and layers that somebody is editing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import processing
import pytest
from buitengebied_atlas.atlas.dossier.opening import init_dossier, open_dossier
from buitengebied_atlas.atlas.dossier.records import read_history, read_layers
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

CASES = json.loads((Path(__file__).parents[2] / "data" / "import_cases.json").read_text(encoding="utf-8"))
STAMPS = ("aangemaakt_op", "aangemaakt_door", "gewijzigd_op", "gewijzigd_door", "ingelezen_op")
COUNTS = ("INSERTED", "UPDATED", "UNCHANGED", "CONFLICTS", "REFUSED", "UNREAD")
OBJECTS = "leegstand_object"
HEADER = "adres;bag_vbo_id;soort;bron;peildatum;bewaren_tot;x;y"
ROW = (
    "Verzonnen Lijst {n}, Nergenshuizen;010601{n:010d};schuur;FICTIEF: proef;2026-01-15;2040-01-01;{x};560000"
)

pytestmark = pytest.mark.usefixtures("provider")


def table(room, *numbers, name="in.csv"):
    lines = [HEADER, *(ROW.format(n=number, x=233_000 + number) for number in numbers)]
    (room / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(room / name)


def run_import(folder, source, layer=OBJECTS, **parameters):
    done = processing.run(
        "buitengebied_atlas:import_records",
        {"FOLDER": str(folder), "INPUT": source, "LAYER": layer, "OUTPUT": "TEMPORARY_OUTPUT", **parameters},
    )
    report = done["OUTPUT"]
    return done, sorted(
        [feature["rij"], feature["uitkomst"], feature["veld"] or "", feature["toelichting"] or ""]
        for feature in report.getFeatures()
    )


def run_step(folder, step, room):
    (room / "in.csv").write_text("\n".join(step["text"]) + "\n", encoding="utf-8")
    more = {"REGISTER": step["register"]} if "register" in step else {}
    more |= {"KEEP_UNTIL": step["keep_until"]} if "keep_until" in step else {}
    return run_import(folder, str(room / "in.csv"), step["layer"], **more)[1]


def plain(records):
    return {
        layer: sorted(
            (
                {
                    name: list(value) if isinstance(value, tuple) else value
                    for name, value in record.items()
                    if value is not None and name not in STAMPS
                }
                for record in of_layer
            ),
            key=lambda record: record["uuid"],
        )
        for layer, of_layer in records.items()
        if of_layer
    }


def without_words_about_places(report):
    """A place is read from a layer in other words than from a file; which rows it concerns is the same.

    Remarks on a whole file are left out, as the table of cases leaves them out for the command.
    """
    return [
        [*line[:3], "" if line[1] == "niet_gelezen" else line[3]] for line in report if line[1] != "opmerking"
    ]


@pytest.fixture
def dossier(tmp_path):
    return init_dossier(tmp_path / "dossier", fictitious=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_plugin_imports_what_the_command_imports(case, dossier, tmp_path):
    for step in case["steps"]:
        if "error" in step:
            with pytest.raises(QgsProcessingException, match=step["error"]):
                run_step(dossier.folder, step, tmp_path)
        else:
            report = run_step(dossier.folder, step, tmp_path)
            assert without_words_about_places(report) == without_words_about_places(step["report"])
    assert plain(read_layers(open_dossier(dossier.folder))) == case["records"]


def test_the_counts_and_the_name_of_who_did_it(dossier, tmp_path):
    done, report = run_import(dossier.folder, table(tmp_path, 101, 102), USER="Tester")
    assert {name: done[name] for name in COUNTS} == {
        "INSERTED": 2, "UPDATED": 0, "UNCHANGED": 0, "CONFLICTS": 0, "REFUSED": 0, "UNREAD": 0,
    }  # fmt: skip
    assert [line[:2] for line in report] == [[2, "nieuw"], [3, "nieuw"]]
    assert {line["door"] for line in read_history(dossier, OBJECTS)} == {"Tester"}


def test_points_in_degrees_become_rd(dossier):
    layer = QgsVectorLayer(
        "Point?crs=EPSG:4326&field=bron:string&field=peildatum:date&field=bewaren_tot:date&field=soort:string",
        "schuren", "memory",
    )  # fmt: skip
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["FICTIEF: proef", "2026-01-15", "2040-01-01", "schuur"])
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(6.56123, 52.99123)))
    layer.dataProvider().addFeature(feature)
    run_import(dossier.folder, layer)
    (record,) = read_layers(dossier)[OBJECTS]
    assert record["geometrie"] == pytest.approx((233_831.303, 556_669.936), abs=0.01)
    assert (record["gemeente_code"], record["peildatum"]) == ("GM0106", "2026-01-15")


def test_only_the_selected_rows_are_imported_when_asked(dossier, tmp_path):
    layer = QgsVectorLayer(table(tmp_path, 101, 102, 103), "in", "ogr")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByExpression("\"bag_vbo_id\" LIKE '%102'")
    source = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    done, _ = run_import(dossier.folder, source)
    QgsProject.instance().removeMapLayer(layer)
    assert done["INSERTED"] == 1


@pytest.fixture
def filled(dossier, tmp_path):
    run_import(dossier.folder, table(tmp_path, 101, 102))
    return dossier


def unchanged(dossier, run, layer_name):
    """Run an import that is refused; nothing of the dossier has changed."""
    before = read_layers(dossier)
    with pytest.raises(QgsProcessingException, match="in gebruik") as caught:
        run()
    assert f"{layer_name}.gpkg" in str(caught.value)
    assert read_layers(dossier) == before


def test_a_layer_in_an_edit_session_here_keeps_its_edits_and_nothing_is_imported(filled, tmp_path):
    layer = QgsVectorLayer(f"{filled.path(OBJECTS)}|layername={OBJECTS}", "objecten", "ogr")
    assert layer.startEditing()
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("toelichting"), "nog niet opgeslagen")
    again = table(tmp_path, 101, 103)
    unchanged(filled, lambda: run_import(filled.folder, again), OBJECTS)
    assert layer.getFeature(feature.id())["toelichting"] == "nog niet opgeslagen"
    assert layer.commitChanges(), layer.commitErrors()
    del layer
    done, _ = run_import(filled.folder, again)
    assert (done["INSERTED"], done["UNCHANGED"]) == (1, 1)
    assert "nog niet opgeslagen" in {record["toelichting"] for record in read_layers(filled)[OBJECTS]}


EDITOR = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=leegstand_object", "objecten", "ogr")
layer.startEditing()
feature = next(layer.getFeatures())
layer.changeAttributeValue(feature.id(), layer.fields().indexOf("toelichting"), "van de collega")
print("bewerken", flush=True)
sys.stdin.readline()
print(layer.commitChanges(), flush=True)
del layer
application.exitQgis()
"""


def test_a_layer_in_an_edit_session_of_a_colleague_keeps_its_edits(filled, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(filled.path(OBJECTS))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as editor:  # fmt: skip
        assert editor.stdout.readline() == "bewerken\n"
        unchanged(filled, lambda: run_import(filled.folder, table(tmp_path, 103)), OBJECTS)
        rest, _ = editor.communicate("klaar\n")
    assert rest == "True\n"
    run_import(filled.folder, table(tmp_path, 103))
    records = read_layers(open_dossier(filled.folder))[OBJECTS]
    assert len(records) == 3
    assert "van de collega" in {record["toelichting"] for record in records}


def test_open_layers_that_nobody_edits_are_no_hindrance_and_show_what_is_new(filled, tmp_path, iface):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    layers = open_dossier_layers(QgsProject.instance(), filled.folder)
    assert layers[OBJECTS].featureCount() == 2
    done = processing.run(
        "buitengebied_atlas:import_records",
        {"INPUT": table(tmp_path, 103), "LAYER": OBJECTS, "OUTPUT": "TEMPORARY_OUTPUT"},
    )
    assert done["INSERTED"] == 1
    assert layers[OBJECTS].featureCount() == 3
    assert len(list(layers[OBJECTS].getFeatures())) == 3


def test_without_a_dossier_there_is_a_sentence(tmp_path, iface):
    with pytest.raises(QgsProcessingException, match="Er is geen dossier gekozen"):
        processing.run(
            "buitengebied_atlas:import_records",
            {"INPUT": table(tmp_path, 101), "LAYER": OBJECTS, "OUTPUT": "TEMPORARY_OUTPUT"},
        )


def test_a_folder_that_may_only_be_read_gets_a_sentence(filled, tmp_path):
    place = tmp_path / "alléén lezen"
    shutil.copytree(filled.folder, place)
    incoming, root = table(tmp_path, 103), os.geteuid() == 0
    place.chmod(0o555)
    above = {folder: folder.stat().st_mode for folder in place.parents[:-1]}
    for folder, mode in above.items():
        folder.chmod(mode | 0o011)
    for path in (place, *place.rglob("*")):
        os.chown(path, 65534 if root else -1, -1)
    if root:  # who may write anywhere
        os.seteuid(65534)
    try:
        with pytest.raises(QgsProcessingException, match="lezen"):
            run_import(place, incoming)
    finally:
        if root:
            os.seteuid(0)
        place.chmod(0o755)
        for folder, mode in above.items():
            folder.chmod(mode)
    assert len(read_layers(open_dossier(place))[OBJECTS]) == 2


def test_a_field_that_looks_like_part_of_a_house_number_stops_the_import_until_it_is_left_out(
    dossier, tmp_path
):
    lines = [f"{HEADER};Huisnr extra", f"{ROW.format(n=1, x=233_001)};A"]
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="Huisnr extra"):
        run_import(dossier.folder, str(tmp_path / "in.csv"))
    done, _report = run_import(dossier.folder, str(tmp_path / "in.csv"), LEAVE_OUT=["Huisnr extra"])
    assert done["INSERTED"] == 1
