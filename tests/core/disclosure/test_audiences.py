"""For whom: one list, that the command, QGIS, the register and the page all read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from atlas.core.disclosure.audiences import Audience, audience_of
from atlas.core.files.embedded import read_embedded_csv
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

ROOT = Path(__file__).parents[3]
HOME = ROOT / "src/atlas/core/disclosure/audiences.py"


def test_the_table_of_rights_has_a_column_for_each():
    assert list(read_embedded_csv("data", "disclosure", "velden.csv")[0])[2:] == list(Audience)


def test_the_register_knows_each():
    codes = RURAL_LAYERS["uitgifte"].field("publiek").codes.codes
    assert [code.value for code in codes] == list(Audience)


def test_no_other_module_names_them():
    """A second list is one that is forgotten when an audience comes."""
    named = {Audience.PUBLIC.value, Audience.PARTNERS.value}
    again = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("src/atlas", "qgis_plugin")
        for path in (ROOT / folder).rglob("*.py")
        if path != HOME
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in named
    ]
    assert again == []


@pytest.mark.parametrize("text", ["", "Team", " team", "iedereen"])
def test_another_name_is_refused_with_the_list(text):
    with pytest.raises(AtlasError, match="Deze doelgroep bestaat niet") as refused:
        audience_of(text)
    assert refused.value.expected == "openbaar, partners, team"
    assert audience_of("team") is Audience.TEAM
