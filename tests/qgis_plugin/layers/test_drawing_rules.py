"""No rule of a renderer was made by Python, which would write into it after QGIS has freed it."""

from __future__ import annotations

import pytest
from qgis.core import QgsMarkerSymbol, QgsRuleBasedRenderer, QgsVectorLayer
from qgis.PyQt import sip

pytestmark = pytest.mark.usefixtures("qgis_app")


def rules_of(renderer):
    root = renderer.rootRule()
    return [root, *root.descendants()]


def test_a_rule_of_python_is_what_this_is_about():
    made = QgsRuleBasedRenderer.Rule(QgsMarkerSymbol())
    assert sip.ispycreated(made)
    assert not sip.ispycreated(made.clone())


def test_a_renderer_has_its_rules_in_order_and_none_of_python():
    from buitengebied_atlas.layers.drawing_rules import drawing_rule, rule_renderer

    renderer = rule_renderer(
        [
            drawing_rule(QgsMarkerSymbol(), "\"soort\" = 'a'", "Eerste", "een"),
            drawing_rule(QgsMarkerSymbol(), "ELSE", "Rest"),
        ]
    )
    layer = QgsVectorLayer("Point?crs=EPSG:28992&field=soort:string", "FICTIEF", "memory")
    layer.setRenderer(renderer)
    first, rest = layer.renderer().rootRule().children()
    assert (first.ruleKey(), first.filterExpression(), first.label()) == ("een", "\"soort\" = 'a'", "Eerste")
    assert rest.isElse()
    assert not any(sip.ispycreated(rule) for rule in rules_of(layer.renderer()))


@pytest.mark.parametrize("name", ["leegstand_object", "agrarisch_bedrijf", "signaal"])
def test_the_layers_of_a_dossier_have_none_of_python(name):
    from buitengebied_atlas.atlas.core.schema.rural import working_layer
    from buitengebied_atlas.project.styles import set_styles

    layer = QgsVectorLayer("Point?crs=EPSG:28992", "FICTIEF", "memory")
    set_styles(layer, working_layer(name))
    assert not any(sip.ispycreated(rule) for rule in rules_of(layer.renderer()))


def test_no_other_module_makes_a_rule(plugin_root):
    made = {
        path.name
        for path in (plugin_root / "buitengebied_atlas").rglob("*.py")
        if any(f"{kind}.Rule(" in path.read_text("utf-8") for kind in ("Renderer", "Labeling"))
    }
    assert made == {"drawing_rules.py"}
