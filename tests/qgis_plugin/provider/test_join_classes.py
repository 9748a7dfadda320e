"""A joined table as a map with classes, in one step: the same as that of a figure."""

from __future__ import annotations

import processing
import pytest
from join_runs import ALGORITHM, GOOD, rows, run, table
from qgis.core import QgsProcessingException, QgsProject

WORDS = {
    "LABEL": "FICTIEF cijfer", "SOURCE": "FICTIEVE bron", "BASE": "FICTIEVE invullers", "PERIOD": "2025",
    "NATIONAL": 8.0,
}  # fmt: skip


def test_with_classes_the_map_is_that_of_a_figure_in_one_step(provider, iface, tmp_path):
    path = table(tmp_path, GOOD.replace(";120", ";1200").replace(";80", ";800"))
    given = {"INPUT": str(path), "KEY": "gemeente", "VALUE": "aandeel", "N": "n", "UNIT": 0, "LEVEL": 0}
    layers = []
    for name, fields in (
        (ALGORITHM, {**given, "CLASSES": True, "REPORT": "TEMPORARY_OUTPUT"}),
        (
            "buitengebied_atlas:choropleth",
            {
                "INPUT": str(path), "AREA_FIELD": "gemeente", "VALUE_FIELD": "aandeel", "N_FIELD": "n",
                "UNIT": 0,
            },
        ),
    ):  # fmt: skip
        done = processing.runAndLoadResults(name, {**fields, **WORDS, "OUTPUT": "TEMPORARY_OUTPUT"})
        layers.append(QgsProject.instance().mapLayer(done["OUTPUT"]))
    joined, figure = layers
    names = [field.name() for field in figure.fields()]
    assert rows(joined, *names) == rows(figure, *names)
    drawn = [
        [(rule.label(), rule.filterExpression(), rule.symbol().color().name())
         for rule in layer.renderer().rootRule().children() if rule.symbol()]
        for layer in layers
    ]  # fmt: skip
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) > 1
    assert joined.name() == figure.name()
    group = QgsProject.instance().layerTreeRoot().findGroup("Buitengebied Atlas")
    assert group.findLayer(joined.id())
    assert {row["naam"]: row["waarde"] for row in joined.getFeatures()}["Groningen"] == 7.9


def test_a_rate_that_the_join_divided_says_per_what(provider, tmp_path):
    path = table(tmp_path, "gemeente;aantal;Inwoners\nAssen;68;68000\nEmmen;214;107000\n")
    done = run(path, VALUE="aantal", PER="Inwoners", UNIT=4, CLASSES=True, **WORDS)
    found = {row["naam"]: row["waarde"] for row in done["OUTPUT"].getFeatures()}
    assert found["Assen"] == pytest.approx(1)
    assert found["Emmen"] == pytest.approx(2)


def test_a_map_with_classes_says_what_its_figure_is(provider, tmp_path):
    with pytest.raises(QgsProcessingException) as caught:
        run(table(tmp_path, GOOD), UNIT=0, CLASSES=True, LABEL="FICTIEF cijfer", SOURCE="FICTIEVE bron")
    assert "bekend zijn wat het is" in str(caught.value)
    assert "Eigen tabel: periode" in str(caught.value) or "Your table: period" in str(caught.value)
