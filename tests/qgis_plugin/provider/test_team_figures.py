"""Maps of a team's own figures: the file, values and circles of the command, for the team only."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import processing
import pytest
from fictitious_dossier import NOW, evidence, filled, uuid, vacant, without_line
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProcessingException,
    QgsProject,
    QgsSymbolLayer,
)

ALGORITHM = "buitengebied_atlas:team_figures"
#: field of a map -> key of a value in the payload
FIELDS = {"waarde": "value", "klasse": "class", "status": "status", "n": "n", "tekst": "text"}


def yard(number, municipality, **more):
    taken = vacant(number, municipality, **{"afstand_woning_m": 410.5, "woningen_250m": 0, **more})
    return {name: value for name, value in taken.items() if name != "soort"}


@pytest.fixture
def dossier(tmp_path):
    from buitengebied_atlas.atlas.core.records.changes import plan_import
    from buitengebied_atlas.atlas.dossier.changes import apply_import

    made = filled(
        tmp_path / "dossier",
        [vacant(1, "GM0106"), vacant(2, "GM0106"), vacant(3, "GM0114"), vacant(4, "GM1680")],
        [evidence(101, 1), evidence(102, 2, waarde="in_gebruik"), evidence(103, 3)],
    )
    yards = [yard(11, "GM0106"), yard(12, "GM0106", woningen_250m=3), yard(13, "GM1680")]
    plan = plan_import([], yards, now=NOW, user="beheer", layer="agrarisch_bedrijf")
    assert plan.refusals == ()
    apply_import(made, [plan])
    return made


def asked(dossier, tmp_path, **changed):
    return {
        "FOLDER": str(dossier.folder), "MUNICIPALITIES": ["Assen", "Aa en Hunze"], "PURPOSE": "toets",
        "LEVELS": [0], "OUTPUT": str(tmp_path / "cijfers.gpkg"), **changed,
    }  # fmt: skip


def loaded(dossier, tmp_path, **changed):
    """The layers that the run puts into the project, by name of their table."""
    before = set(QgsProject.instance().mapLayers())
    processing.runAndLoadResults(ALGORITHM, asked(dossier, tmp_path, **changed))
    layers = QgsProject.instance().mapLayers()
    return {
        layer.source().split("layername=")[1]: layer for key, layer in layers.items() if key not in before
    }


def views_of(dossier, tmp_path):
    """Name of a map -> its view of the payload of the same team."""
    from buitengebied_atlas.atlas.core.counts.team_page import figures_of_dossier
    from buitengebied_atlas.atlas.core.figures.map_layers import map_name
    from buitengebied_atlas.atlas.jobs.handing_out import Request
    from buitengebied_atlas.team_page import figures_payload, read_counted

    request = Request("team", ("GM0106", "GM1680"), "toets", "beheer")
    records = read_counted(dossier.folder, request, tmp_path / "ander.gpkg")
    payload = figures_of_dossier(figures_payload(records).content)
    return {map_name(one, view): view for one in payload["indicators"] for view in one["views"]}


def absent(cell):
    return cell is None or (hasattr(cell, "isNull") and cell.isNull())


def rules_of(layer):
    return {rule.filterExpression(): rule for rule in layer.renderer().rootRule().children()}


def size_of(symbol):
    """The expression that a symbol takes the diameter of its circle from; "" for none."""
    for part in symbol.symbolLayers():
        properties = part.dataDefinedProperties().property(QgsSymbolLayer.Property.Size)
        if properties.expressionString():
            return properties.expressionString()
        if part.subSymbol() is not None and (found := size_of(part.subSymbol())):
            return found
    return ""


def told_in(path):
    """All that a GeoPackage holds but shapes: the two faces project them by other code, 0,1 nm apart."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in names if not name.startswith(("rtree", "sqlite"))]
        return {
            name: [[plain(cell) for cell in row] for row in connection.execute(f'SELECT * FROM "{name}"')]
            for name in tables
        }


def plain(cell):
    if isinstance(cell, float):
        return round(cell, 6)
    if isinstance(cell, str):
        return without_line(cell)
    return None if isinstance(cell, bytes) else cell


def test_the_file_is_that_of_the_command(provider, atlas_command, dossier, tmp_path):
    done = atlas_command(
        "build", "--audience", "team", "--dossier", dossier.folder, "--municipality", "GM0106",
        "--municipality", "GM1680", "--purpose", "toets", "--no-sheets", "--out", tmp_path / "uit",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = processing.run(ALGORITHM, asked(dossier, tmp_path))["OUTPUT"]
    theirs = tmp_path / "uit" / "cijfers-team-FICTIEF.gpkg"
    found, wanted = told_in(made), told_in(theirs)
    assert sorted(found) == sorted(wanted)
    for name, rows in wanted.items():
        assert found[name] == rows


def test_the_maps_have_the_values_and_classes_of_the_payload(provider, dossier, tmp_path, qgis_new_project):
    layers = loaded(dossier, tmp_path, LEVELS=[0, 1, 2])
    views = views_of(dossier, tmp_path)
    assert set(layers) == set(views)
    for name, view in views.items():
        seen = {row["code"]: row for row in layers[name].getFeatures()}
        assert set(seen) == set(view["values"])
        for code, value in view["values"].items():
            for field, key in FIELDS.items():
                assert absent(seen[code][field]) is (value[key] is None)
                assert value[key] is None or seen[code][field] == value[key]
        rules = rules_of(layers[name])
        for number, entry in enumerate(view["legend"]["classes"]):
            parts = rules[f'"klasse" = {number}'].symbol().symbolLayers()
            assert entry["colour"] in [part.fillColor().name() for part in parts]


def test_the_circles_have_the_size_of_the_payload(provider, dossier, tmp_path, qgis_new_project):
    from buitengebied_atlas.atlas.core.figures.circles import MM_PER_PIXEL

    layers = loaded(dossier, tmp_path, LEVELS=[0, 1, 2])
    drawn = {name: view for name, view in views_of(dossier, tmp_path).items() if "circles" in view["legend"]}
    assert drawn
    for name, view in drawn.items():
        (circle,) = {
            expression
            for rule in rules_of(layers[name]).values()
            if rule.symbol() is not None and (expression := size_of(rule.symbol()))
        }
        for row in layers[name].getFeatures():
            count = view["values"][row["code"]]["value"]
            context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layers[name]))
            context.setFeature(row)
            diameter = QgsExpression(circle).evaluate(context)
            assert absent(diameter) is (count is None)
            if count is not None:
                radius = view["legend"]["circles"]["radius_of_one"] * count**0.5
                assert diameter == pytest.approx(2 * MM_PER_PIXEL * radius, rel=1e-4)


def test_what_nobody_judged_or_visited_is_said_and_is_no_zero(provider, dossier, tmp_path, qgis_new_project):
    layers = loaded(dossier, tmp_path)
    vacancy = {
        row["code"]: row for row in layers["kaart_leegstand_object_aandeel_leeg_gemeente"].getFeatures()
    }
    assert (vacancy["GM0106"]["waarde"], vacancy["GM0106"]["n"]) == (50.0, 2)
    assert vacancy["GM1680"]["status"] == "niet_beoordeeld"
    assert absent(vacancy["GM1680"]["waarde"])
    visited = {row["code"]: row for row in layers["kaart_erfbezoek_dekking_gemeente"].getFeatures()}
    assert visited["GM0106"]["status"] == "niet_bezocht"


def test_one_map_is_seen_at_a_time_and_none_leaves_the_gate(provider, dossier, tmp_path, qgis_new_project):
    from buitengebied_atlas.gate import records_of

    layers = loaded(dossier, tmp_path)
    group = QgsProject.instance().layerTreeRoot().findGroup("Cijfers van het team")
    assert {node.layerId() for node in group.findLayers()} == {layer.id() for layer in layers.values()}
    assert sum(node.isVisible() for node in group.findLayers()) == 1
    in_order = [name for name in views_of(dossier, tmp_path) if name.endswith("_gemeente")]
    assert [node.layerId() for node in group.findLayers()] == [layers[name].id() for name in in_order]
    assert all(records_of(layer) is not None for layer in layers.values())


def test_it_stands_in_the_register_and_counts_no_other_municipality(
    provider, dossier, tmp_path, qgis_new_project
):
    from buitengebied_atlas.atlas.dossier.issue_register import read_register

    layers = loaded(dossier, tmp_path, MUNICIPALITIES=["Assen"])
    (line,) = read_register(dossier)
    assert (line["publiek"], line["gemeenten"], line["doel"]) == ("team", "GM0106", "toets")
    assert line["controlegetal"]
    for layer in layers.values():
        assert {row["code"] for row in layer.getFeatures() if not absent(row["waarde"])} <= {"GM0106"}
    assert uuid(1).encode() not in (tmp_path / "cijfers.gpkg").read_bytes()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PURPOSE": " "}, "waarvoor deze uitvoer is"),
        ({"MUNICIPALITIES": ["Westerveld"]}, "niets vastgelegd"),
        ({"FOLDER": "/nergens"}, "Deze map bestaat niet."),
    ],
)
def test_without_what_it_needs_there_is_no_file(provider, dossier, tmp_path, changed, said):
    with pytest.raises(QgsProcessingException, match=said):
        processing.run(ALGORITHM, asked(dossier, tmp_path, **changed))
    assert not (tmp_path / "cijfers.gpkg").exists()


def test_a_file_of_another_kind_of_work_is_never_replaced(provider, dossier, tmp_path):
    theirs = dossier.folder / "leegstand_object.gpkg"
    target = tmp_path / "cijfers.gpkg"
    target.write_bytes(theirs.read_bytes())
    with pytest.raises(QgsProcessingException, match="niet door de atlas gemaakt"):
        processing.run(ALGORITHM, asked(dossier, tmp_path))
    assert target.read_bytes() == theirs.read_bytes()
