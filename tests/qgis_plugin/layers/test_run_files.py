"""Where the files of an algorithm may stand is asked before it does any work."""

from __future__ import annotations

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingOutputLayerDefinition, QgsProject, QgsVectorLayer

ALGORITHM = "buitengebied_atlas:join_table"
TEXT = "gemeente;aandeel\nAssen;1\n"


@pytest.fixture
def table(tmp_path, plugin):
    path = tmp_path / "tabel.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def refused(table, **outputs):
    given = {"INPUT": str(table), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aandeel", "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException) as caught:
        processing.run(ALGORITHM, {**given, "REPORT": "memory:", **outputs})
    return str(caught.value)


@pytest.mark.parametrize("output", ["OUTPUT", "REPORT"])
def test_an_input_is_never_replaced(table, output):
    assert "invoer vervangen" in refused(table, **{output: str(table)})
    by_dialog = QgsProcessingOutputLayerDefinition(str(table), QgsProject.instance())
    assert "invoer vervangen" in refused(table, **{output: by_dialog})
    assert table.read_text(encoding="utf-8") == TEXT


def test_two_results_never_have_one_place(table, tmp_path):
    place = str(tmp_path / "uit.csv")
    assert "dezelfde plaats" in refused(table, OUTPUT=place, REPORT=place)
    assert not (tmp_path / "uit.csv").exists()


def test_nothing_is_written_in_a_dossier(table, tmp_path):
    made = processing.run("buitengebied_atlas:create_dossier", {"FOLDER": str(tmp_path / "dossier")})
    layer = tmp_path / "dossier" / "leegstand_object.gpkg"
    before = layer.read_bytes()
    assert made
    for place in (layer, tmp_path / "dossier" / "nieuw.csv"):
        assert "map van een dossier" in refused(table, REPORT=str(place))
    assert layer.read_bytes() == before


def test_no_text_in_a_file_is_one_that_a_spreadsheet_runs(tmp_path, plugin):
    table = tmp_path / "tabel.csv"
    table.write_text("gemeente;aandeel\nAssen;1\n=1+1;2\n", encoding="utf-8")
    report = tmp_path / "rapport.gpkg"
    given = {"INPUT": str(table), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aandeel", "OUTPUT": "memory:"}
    processing.run(ALGORITHM, {**given, "REPORT": str(report)})
    texts = [str(value) for row in QgsVectorLayer(str(report)).getFeatures() for value in row.attributes()]
    assert "'=1+1" in texts
    assert "=1+1" not in texts
