"""QGIS draws what the core decided: one rule for each class and each state in the legend."""

from __future__ import annotations

import copy
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.crs import rd_from_wgs84
from atlas.core.figures.borders import INFERRED_LABEL, inferred_by_area
from atlas.core.figures.qml import boundary_style, map_style, table_style, xml_attribute, xml_text
from atlas.core.schema.published import LAYERS, layer
from atlas_samples import atlas, atlas_in_every_state, view

FIELDS = layer("kaart").fields


def drawn(payload, **which):
    chosen = view(payload, **which)
    indicator = next(entry for entry in payload["indicators"] if chosen in entry["views"])
    return ET.fromstring(map_style(payload, indicator, chosen, FIELDS))


def rules(style):
    return {rule.get("label"): rule.get("filter") for rule in style.iter("rule")}


def symbol_of(style, label):
    number = next(rule.get("symbol") for rule in style.iter("rule") if rule.get("label") == label)
    return next(symbol for symbol in style.find("renderer-v2/symbols") if symbol.get("name") == number)


def option(element, name):
    short = (found.get("v") for found in element.iter("prop") if found.get("k") == name)
    return next(
        itertools.chain(
            short, (one.get("value") for one in element.iter("Option") if one.get("name") == name)
        )
    )


def test_every_class_of_the_legend_is_a_rule_with_its_colour():
    style = drawn(atlas())
    for number, entry in enumerate(view(atlas())["legend"]["classes"]):
        assert rules(style)[entry["label"]] == f'"klasse" = {number}'
        red, green, blue = (int(entry["colour"][start : start + 2], 16) for start in (1, 3, 5))
        assert option(symbol_of(style, entry["label"]), "color") == f"{red},{green},{blue},255"


def test_every_state_in_the_legend_has_its_own_pattern():
    payload = atlas_in_every_state()
    style = drawn(payload)
    labels = {state["status"]: state["label"] for state in payload["states"]}
    kinds = {
        status: [part.get("class") for part in symbol_of(style, labels[status]).findall("layer")]
        for status in ("indicatief", "te_weinig_respondenten", "geen_gegevens", "onderdrukt")
    }
    assert kinds == {
        "indicatief": ["LinePatternFill"],  # on top of the colour of its class
        "te_weinig_respondenten": ["SimpleFill", "PointPatternFill", "SimpleLine"],
        "geen_gegevens": ["SimpleFill", "LinePatternFill", "SimpleLine"],
        "onderdrukt": ["SimpleFill", "LinePatternFill", "LinePatternFill", "SimpleLine"],
    }
    assert option(symbol_of(style, labels["geen_gegevens"])[1], "angle") == "0"
    for status in kinds:
        assert rules(style)[labels[status]] == f"\"status\" = '{status}'"


def test_a_state_that_does_not_occur_is_not_in_the_legend():
    assert "Geen gegevens" not in rules(drawn(atlas()))


def dashed_lines(style):
    """Area code -> vertices of the lines that QGIS draws dashed for it, EPSG:28992 to the metre."""
    expression = option(symbol_of(style, INFERRED_LABEL), "geometryModifier")
    return {
        code: [
            [tuple(map(int, vertex.split())) for vertex in line.split(", ")]
            for line in re.findall(r"\(([^()]+)\)", text)
        ]
        for code, text in re.findall(r"WHEN \"code\" = '(\w+)' THEN geom_from_wkt\('(.*?)'\)", expression)
    }


def test_the_lines_that_the_core_calls_inferred_are_dashed_and_no_others():
    level = next(level for level in atlas()["levels"] if level["id"] == "surveyregio")
    expected = inferred_by_area(level["geometry"], level["inferred_borders"])
    style = drawn(atlas())
    found = dashed_lines(style)
    assert set(found) == {code for code, lines in expected.items() if lines} == {"SR01", "SR02"}
    for code, lines in found.items():
        assert lines == [
            [tuple(round(number) for number in rd_from_wgs84(*point)) for point in line]
            for line in expected[code]
        ]
    assert rules(style)[INFERRED_LABEL] == "\"code\" IN ('SR01', 'SR02')"
    assert INFERRED_LABEL not in rules(drawn(atlas(), level="provincie"))


def test_each_area_carries_its_name_and_figure():
    style = drawn(atlas())
    assert style.get("labelsEnabled") == "1"
    assert '"tekst"' in style.find("labeling/settings/text-style").get("fieldName")


def test_the_legend_says_on_how_many_answers_and_how_sure_without_drawing_it():
    style = drawn(atlas())
    notes = [rule for rule in style.iter("rule") if rule.get("symbol") is None]
    assert {rule.get("filter") for rule in notes} == {"FALSE"}
    told = " ".join(rule.get("label").replace("\n", " ") for rule in notes)
    assert "Aantal antwoorden (n) per gebied: van 334 tot 1.037." in told
    assert view(atlas())["interval_note"] in told


def test_text_of_a_source_is_only_text_in_the_map_tip():
    payload = copy.deepcopy(atlas())
    indicator = next(entry for entry in payload["indicators"] if view(payload) in entry["views"])
    indicator["caution"] = "[% env('HOME') %]<script>'"
    tip = ET.fromstring(map_style(payload, indicator, view(payload), FIELDS)).find("mapTip").text
    assert "env(" in tip
    assert "[% env" not in tip
    assert "<script" not in tip
    assert indicator["base"] in tip


def test_a_map_tip_keeps_any_text_whole():
    payload = copy.deepcopy(atlas())
    indicator = next(entry for entry in payload["indicators"] if view(payload) in entry["views"])
    indicator["base"] = "einde ]]> en verder"
    tip = ET.fromstring(map_style(payload, indicator, view(payload), FIELDS)).find("mapTip").text
    assert "einde ]]&gt; en verder" in tip
    assert "[% " in tip


def test_symbols_inside_a_symbol_are_numbered_as_qgis_wants():
    style = drawn(atlas_in_every_state())
    names = [
        inner.get("name")
        for symbol in style.find("renderer-v2/symbols")
        for inner in symbol.findall("layer/symbol")
    ]
    assert names
    assert len(set(names)) == len(names)
    for symbol in style.find("renderer-v2/symbols"):
        for position, part in enumerate(symbol.findall("layer")):
            for inner in part.findall("symbol"):
                assert inner.get("name") == f"@{symbol.get('name')}@{position}"


@pytest.mark.parametrize("name", ["gemeente", "surveyregio", "provincie"])
def test_boundaries_have_a_border_and_their_aliases(name):
    described = LAYERS[name]
    level = next(level for level in atlas()["levels"] if level["id"] == name)
    style = ET.fromstring(
        boundary_style(
            name,
            described.alias,
            described.fields,
            geometry=level["geometry"],
            inferred_borders=level["inferred_borders"],
        )
    )
    aliases = {alias.get("field"): alias.get("name") for alias in style.iter("alias")}
    assert aliases == {field.name: field.alias for field in described.fields}
    dashed = [INFERRED_LABEL] if name == "surveyregio" else []
    assert list(rules(style)) == [described.alias, *dashed]
    assert rules(style)[described.alias] is None  # every border is drawn solid below the dashes


def test_a_table_has_its_aliases_too():
    style = ET.fromstring(table_style(layer("waarde").fields))
    assert [alias.get("name") for alias in style.iter("alias")] == [
        field.alias for field in layer("waarde").fields
    ]


@given(text=st.text())
def test_any_text_is_always_valid_xml(text):
    found = ET.fromstring(f'<a b={xml_attribute(text)} c="{xml_text(text)}">{xml_text(text)}</a>')
    kept = [letter for letter in text if letter.isprintable()]
    assert [letter for letter in found.text or "" if letter.isprintable()] == kept


@given(label=st.text())
def test_a_legend_with_any_text_is_always_a_style_that_can_be_read(label):
    indicator = next(entry for entry in atlas()["indicators"] if view(atlas()) in entry["views"])
    payload = {**atlas(), "indicators": [copy.deepcopy(indicator)]}
    view(payload)["legend"]["classes"][0]["label"] = label
    assert len(rules(drawn(payload))) >= 1
