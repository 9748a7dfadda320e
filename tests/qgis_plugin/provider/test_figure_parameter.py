"""A figure is named by its place, id or label, also one with a comma: in a script, a dialog and a model."""

from __future__ import annotations

import processing
import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsVectorLayer,
)
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QComboBox

LABEL = "Buurtpreventie of bewonersinitiatief actief, volgens inwoners"
ALGORITHMS = ("choropleth", "printed_atlas")


@pytest.fixture(scope="module")
def place(provider):
    from buitengebied_atlas.figures import mapped_indicators, published

    return next(place for place, each in enumerate(mapped_indicators(published())) if each["label"] == LABEL)


def test_the_list_of_names_is_that_of_the_payload_which_is_not_made_when_qgis_starts(provider):
    from buitengebied_atlas.figures import mapped_indicators, mapped_labels, published

    assert mapped_labels() == [each["label"] for each in mapped_indicators(published())]


@pytest.fixture
def named(place):
    return {"place": place, "text": str(place), "id": "buurtpreventie_actief", "label": LABEL}


@pytest.fixture(scope="module")
def shown():
    """The figure as text for each area of its first map; no other figure has the same."""
    from buitengebied_atlas.figures import find_view, mapped_indicators, published

    of_each = {
        each["id"]: sorted(
            value["text"] for value in find_view(published(), each["id"])[1]["values"].values()
        )
        for each in mapped_indicators(published())
    }
    wanted = of_each["buurtpreventie_actief"]
    assert list(of_each.values()).count(wanted) == 1
    return wanted


def texts_of(layer):
    return sorted(feature["tekst"] for feature in layer.getFeatures())


@pytest.mark.parametrize("kind", ["place", "text", "id", "label"])
def test_a_map_of_a_figure_named_in_any_way(named, kind, shown):
    made = processing.run(
        "buitengebied_atlas:choropleth", {"INDICATOR": named[kind], "OUTPUT": "TEMPORARY_OUTPUT"}
    )
    assert texts_of(made["OUTPUT"]) == shown


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("kind", ["place", "text", "id", "label"])
def test_the_dialog_and_the_checks_take_it(provider, named, name, kind):
    algorithm = provider.algorithm(name)
    fine, sentence = algorithm.checkParameterValues(
        {"INDICATOR": named[kind], "OUTPUT": "TEMPORARY_OUTPUT"}, QgsProcessingContext()
    )
    assert fine, sentence


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("wanted", ["spoken", 99, "99"])
def test_what_is_not_in_the_list_is_refused(provider, name, wanted, tmp_path):
    with pytest.raises(QgsProcessingException):
        processing.run(f"buitengebied_atlas:{name}", {"INDICATOR": wanted, "OUTPUT": str(tmp_path / "x")})


@pytest.mark.parametrize("name", ALGORITHMS)
def test_what_the_dialog_gives_is_taken(provider, place, name):
    algorithm = provider.algorithm(name)
    wrapper = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
        algorithm.parameterDefinition("INDICATOR"), QgsProcessingGui.WidgetType.Standard
    )
    context = QgsProcessingContext()
    widget = wrapper.createWrappedWidget(context)
    wrapper.setWidgetValue(place, context)
    assert isinstance(widget, QComboBox)
    assert widget.currentText() == LABEL
    chosen = {"INDICATOR": wrapper.parameterValue(), "OUTPUT": "TEMPORARY_OUTPUT"}
    assert algorithm.checkParameterValues(chosen, context) == (True, "")
    assert wrapper.parameterValue() == place


@pytest.mark.parametrize("kind", ["place", "id", "label"])
def test_a_saved_model_keeps_it(named, kind, shown, tmp_path):
    step = QgsProcessingModelChildAlgorithm("buitengebied_atlas:choropleth")
    step.setChildId("kaart")
    step.addParameterSources(
        "INDICATOR", [QgsProcessingModelChildParameterSource.fromStaticValue(named[kind])]
    )
    step.addParameterSources(
        "OUTPUT", [QgsProcessingModelChildParameterSource.fromStaticValue(str(tmp_path / "kaart.gpkg"))]
    )
    model = QgsProcessingModelAlgorithm("FICTIEF", "toets")
    model.addChildAlgorithm(step)
    assert model.toFile(str(tmp_path / "toets.model3"))
    opened = QgsProcessingModelAlgorithm()
    assert opened.fromFile(str(tmp_path / "toets.model3"))
    processing.run(opened, {})
    layer = QgsVectorLayer(str(tmp_path / "kaart.gpkg"), "kaart", "ogr")
    assert texts_of(layer) == shown
