"""Page, GeoPackage and plugin show the same: value by value, break by break, colour by colour."""

from __future__ import annotations

import json
import re

import pytest
from qgis.core import NULL, QgsProject, QgsRuleBasedRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

FIGURES = {"waarde": "value", "laag": "low", "hoog": "high", "n": "n", "status": "status", "klasse": "class",
           "tekst": "text", "interval": "interval_text"}  # fmt: skip


@pytest.fixture(scope="module")
def built(atlas_command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    answer = atlas_command("build", "--out", folder, "--no-sheets", "--trial", cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.fixture(scope="module")
def page(built, plugin):
    from buitengebied_atlas.atlas.core.figures.page_form import as_records

    text = (built / "atlas.html").read_text(encoding="utf-8")
    found = re.search(r'id="atlas-payload"[^>]*>(.*?)</script>', text, re.DOTALL)
    return as_records(json.loads(found[1].replace("<\\/", "</")))


@pytest.fixture
def layers(plugin, built):
    """(indicator, view) of the plugin's payload -> its layer in a project, and that of the GeoPackage."""
    from buitengebied_atlas.atlas.core.figures.map_layers import map_name
    from buitengebied_atlas.figures import mapped_indicators, published, released_figures
    from buitengebied_atlas.layers.choropleth import show

    def pairs():
        for indicator in mapped_indicators(published()):
            for view in indicator["views"]:
                chosen = (indicator["id"], view["level"], view["period"])
                layer = show(QgsProject.instance(), released_figures(), *chosen)
                uri = f"{built / 'atlas.gpkg'}|layername={map_name(indicator, view)}"
                published_layer = QgsVectorLayer(uri, "gpkg", "ogr")
                assert published_layer.isValid()
                yield indicator, view, layer, published_layer

    QgsProject.instance().clear()
    yield pairs()
    QgsProject.instance().clear()


def rows(layer):
    found = {}
    for feature in layer.getFeatures():
        cells = {name: feature[name] for name in layer.fields().names() if name not in ("fid", "OGC_FID")}
        found[feature["code"]] = {name: None if cell == NULL else cell for name, cell in cells.items()}
    return found


def drawn_classes(layer):
    """Label, condition and colour of each class as the renderer has them."""
    renderer = layer.renderer()
    assert isinstance(renderer, QgsRuleBasedRenderer)
    return [
        (rule.label(), rule.filterExpression(), rule.symbol().symbolLayer(0).color().name())
        for rule in renderer.rootRule().children()
        if rule.filterExpression().startswith('"klasse"')
    ]


def the_view(page, indicator, view):
    found = next(entry for entry in page["indicators"] if entry["id"] == indicator["id"])
    return next(
        entry
        for entry in found["views"]
        if (entry["level"], entry["period"]) == (view["level"], view["period"])
    )


def test_every_value_of_every_map_is_the_same_three_times(layers, page):
    compared = 0
    for indicator, view, layer, in_file in layers:
        on_page = the_view(page, indicator, view)
        here, there = rows(layer), rows(in_file)
        assert here == there
        assert here.keys() == on_page["values"].keys()
        for code, entry in on_page["values"].items():
            assert {name: here[code][name] for name in FIGURES} == {
                name: entry[key] for name, key in FIGURES.items()
            }
            compared += len(FIGURES)
    assert compared == 8 * (8 + 8 * 2)


def test_every_class_has_the_same_label_condition_and_colour_three_times(layers, page):
    for indicator, view, layer, in_file in layers:
        on_page = the_view(page, indicator, view)["legend"]
        wanted = [
            (entry["label"], f'"klasse" = {number}', QColor(entry["colour"]).name())
            for number, entry in enumerate(on_page["classes"])
        ]
        assert drawn_classes(layer) == wanted == drawn_classes(in_file)
        labels = [rule.label() for rule in layer.renderer().rootRule().children()]
        states = {state["status"]: state["label"] for state in page["states"]}
        for state in on_page["states"]:
            assert states[state["status"]] in labels


def test_every_value_lies_within_the_breaks_of_its_class(layers, page):
    for indicator, view, layer, _in_file in layers:
        breaks = the_view(page, indicator, view)["legend"]["breaks"]
        for row in rows(layer).values():
            if breaks and row["klasse"] is not None:
                lowest = breaks[0] - 1 if row["klasse"] == 0 else breaks[row["klasse"]]
                assert lowest < row["waarde"] <= breaks[row["klasse"] + 1]


def test_the_shapes_are_the_same(layers):
    for _indicator, _view, layer, in_file in layers:
        theirs = {feature["code"]: feature.geometry() for feature in in_file.getFeatures()}
        for feature in layer.getFeatures():
            assert feature.geometry().hausdorffDistance(theirs[feature["code"]]) < 1e-4


def test_both_draw_the_same_pixels(layers):
    from drawing import painted

    for _indicator, _view, layer, in_file in layers:
        assert painted(layer) == painted(in_file)
