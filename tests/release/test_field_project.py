"""The project that the command puts in a package is of this schema; `tests/qgis_plugin` asks QGIS itself."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from release.field_project import NAMES, project_text, settled

from atlas.core.files.embedded import embedded_path
from atlas.core.schema.rural import RURAL_LAYERS

REMEDY = "run: make plugin; .venv-qgis/bin/python -m release.field_project"


@pytest.mark.parametrize("name", NAMES.values())
def test_the_project_has_every_layer_and_field_of_the_schema_and_no_other(name):
    text = project_text(embedded_path("data", "field", name))
    layers = {
        layer.findtext("id").removeprefix("dossier_"): layer for layer in ET.fromstring(text).iter("maplayer")
    }
    for described in RURAL_LAYERS.values():
        if described.append_only:
            continue
        fields = [
            field.get("name")
            for field in layers[described.name].iter("field")
            if field.get("configurationFlags")
        ]
        assert list(dict.fromkeys(fields)) == ["fid", *described.field_names], REMEDY
        assert layers[described.name].findtext("datasource").startswith("./"), "relative paths"
    assert settled(text) == text


def test_the_made_up_one_says_so():
    real, made_up = (
        project_text(embedded_path("data", "field", NAMES[fictitious])) for fictitious in (False, True)
    )
    assert "FICTIEF: verzonnen gegevens" in made_up
    assert "FICTIEF: verzonnen gegevens" not in real


def test_ids_and_order_that_qgis_draws_are_settled():
    text = '<a id="{%s}"/>\n<b ref="%s"/>\n <layer-setting id="%s"/>\n <layer-setting id="%s"/>\n'
    one, other = (
        text % (f"{letter * 8}-1111-4111-8111-{letter * 12}", "zelf", *order)
        for letter, order in (("a", ("x", "y")), ("b", ("y", "x")))
    )
    assert one != other
    assert settled(one) == settled(other)
