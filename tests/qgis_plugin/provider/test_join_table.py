"""Joining a table: the same values as `atlas join`, and a report in every case."""

from __future__ import annotations

import csv

import processing
import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsFeature,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

ALGORITHM = "buitengebied_atlas:join_table"

GOOD = """gemeente;aandeel;n
0014;7,9;120
gem. Assen;12,1;80
GM1680;3,0;64
Hoogeven;4,4;50
Leeuwarden;9,9;70
"""
DOUBLE = "gemeente;aantal\nAssen;1\nAssen;2\nLeeuwarden;3\nKwaadeveen;4\n"


def table(tmp_path, text, name="tabel.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def run(path, **parameters):
    given = {
        "INPUT": path if isinstance(path, QgsVectorLayer) else str(path), "LEVEL": 0, "KEY": "gemeente",
        "VALUE": "aandeel", "OUTPUT": "memory:",
        "REPORT": "memory:", **parameters,
    }  # fmt: skip
    return processing.run(ALGORITHM, given)


def rows(layer, *names):
    return [
        [None if feature[name] == NULL else feature[name] for name in names]
        for feature in layer.getFeatures()
    ]


def test_a_csv_file_gives_the_same_as_the_command(provider, tmp_path, atlas_command):
    path = table(tmp_path, GOOD)
    done = atlas_command(
        "join",
        path,
        "--level",
        "gemeente",
        "--key",
        "gemeente",
        "--value",
        "aandeel",
        "--unit",
        "percent",
        "--n",
        "n",
        "-o",
        tmp_path / "uit.csv",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    result = run(path, UNIT=0, N="n")
    with (tmp_path / "uit.csv").open(encoding="utf-8-sig") as file:
        wanted = [
            [
                row["code"],
                row["naam"],
                float(row["waarde"]) if row["waarde"] else None,
                float(row["n"]) if row["n"] else None,
            ]
            for row in csv.DictReader(file)
        ]
    assert rows(result["OUTPUT"], "code", "naam", "waarde", "n") == wanted
    with (tmp_path / "uit.rapport.csv").open(encoding="utf-8-sig") as file:
        report = [
            [int(row["rij"]), row["tekst"], row["uitkomst"], row["gebied_code"] or None]
            for row in csv.DictReader(file)
        ]
    assert rows(result["REPORT"], "rij", "tekst", "uitkomst", "gebied_code") == report
    assert report[0] == [2, "0014", "gekoppeld", "GM0014"]


@pytest.mark.parametrize("driver", ["XLSX", "ODS"])
def test_a_workbook_keeps_leading_zeros_and_its_row_numbers(provider, tmp_path, driver):
    layer = QgsVectorLayer("NoGeometry?field=gemeente:string&field=aandeel:double", "tabel", "memory")
    features = []
    for code, share in (("0014", 7.9), ("0106", 12.1), ("1680", 3.25)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, share])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    path = tmp_path / f"tabel.{driver.lower()}"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    result = run(path)
    assert rows(result["REPORT"], "rij", "tekst", "gebied_code") == [
        [2, "0014", "GM0014"],
        [3, "0106", "GM0106"],
        [4, "1680", "GM1680"],
    ]
    values = dict(rows(result["OUTPUT"], "code", "waarde"))
    assert (values["GM0014"], values["GM0106"], values["GM1680"], values["GM0109"]) == (7.9, 12.1, 3.25, None)


def test_a_layer_being_edited_is_joined_with_its_edits(provider, tmp_path):
    layer = QgsVectorLayer("NoGeometry?field=gemeente:string&field=aandeel:double", "tabel", "memory")
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["Assen", 5.5])
    layer.addFeature(feature)
    assert dict(rows(run(layer)["OUTPUT"], "code", "waarde"))["GM0106"] == 5.5
    layer.rollBack()


def test_a_refused_join_leaves_its_report_and_no_result(provider, tmp_path):
    path = table(tmp_path, DOUBLE)
    output, report = tmp_path / "uit.gpkg", tmp_path / "verslag é.gpkg"
    with pytest.raises(QgsProcessingException, match="dubbel: 2") as refused:
        run(path, VALUE="aantal", OUTPUT=str(output), REPORT=str(report))
    assert "Traceback" not in str(refused.value)
    assert not output.exists()
    lines = rows(QgsVectorLayer(str(report), "", "ogr"), "rij", "uitkomst")
    assert lines == [[2, "dubbel"], [3, "dubbel"], [4, "buiten_gebied"], [5, "onbekend"]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tabel.csv", "verslag é.gpkg"]


def test_the_report_of_a_refused_join_is_shown_in_the_project(provider, iface, tmp_path):
    project = QgsProject.instance()
    context = QgsProcessingContext()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    parameters = {
        "INPUT": str(table(tmp_path, DOUBLE)), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aantal",
        "OUTPUT": QgsProcessingOutputLayerDefinition("memory:", project),
        "REPORT": QgsProcessingOutputLayerDefinition("memory:", project),
    }  # fmt: skip
    feedback, loop, ended = QgsProcessingFeedback(), QEventLoop(), []
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda well, _results: (ended.append(well), loop.quit()))
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    QCoreApplication.processEvents()
    assert ended == [False]
    (report,) = project.mapLayersByName("Koppelrapport")
    assert [row[0] for row in rows(report, "uitkomst")] == ["dubbel", "dubbel", "buiten_gebied", "onbekend"]
    assert "dubbel" in feedback.textLog()


def test_rows_for_one_area_are_added_up_when_asked(provider, tmp_path):
    result = run(table(tmp_path, DOUBLE.replace("Kwaadeveen;4\n", "")), VALUE="aantal", UNIT=1, COMBINE=1)
    assert dict(rows(result["OUTPUT"], "code", "waarde"))["GM0106"] == 3


def test_an_unknown_column_is_told_as_a_sentence_with_the_columns_there_are(provider, tmp_path):
    with pytest.raises(QgsProcessingException, match='"aandeel" staat niet in deze tabel'):
        run(table(tmp_path, DOUBLE), REPORT=str(tmp_path / "rapport.csv"))
    assert (tmp_path / "rapport.csv").read_text().startswith("rij,")


def test_numbers_are_read_the_same_in_a_dutch_qgis(provider, dutch, tmp_path):
    values = dict(rows(run(table(tmp_path, GOOD), UNIT=0)["OUTPUT"], "code", "waarde"))
    assert (values["GM0014"], values["GM0106"]) == (7.9, 12.1)


def test_a_cancelled_join_leaves_nothing(provider, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    outputs = {"OUTPUT": str(tmp_path / "uit.gpkg"), "REPORT": str(tmp_path / "rapport.gpkg")}
    path = table(tmp_path, GOOD)
    result = processing.run(
        ALGORITHM,
        {
            "INPUT": path if isinstance(path, QgsVectorLayer) else str(path),
            "LEVEL": 0,
            "KEY": "gemeente",
            "VALUE": "aandeel",
            **outputs,
        },
        feedback=feedback,
    )
    assert "OUTPUT" not in result
    assert [path.name for path in tmp_path.iterdir()] == ["tabel.csv"]
