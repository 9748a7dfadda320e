"""The algorithm `choropleth`: published figures and tables of one's own, as a person runs it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import processing
import pytest
from qgis.core import QgsFeature, QgsField, QgsProcessingException, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

NAME = "buitengebied_atlas:choropleth"
ROOT = Path(__file__).parents[3]
CONCERN = "Bezorgd over georganiseerde criminaliteit in de eigen buurt"
OWN = {
    "AREA_FIELD": "gebied", "VALUE_FIELD": "cijfer", "LABEL": "FICTIEF cijfer", "SOURCE": "FICTIEVE bron",
    "BASE": "FICTIEVE invullers", "PERIOD": "2025",
}  # fmt: skip


def own_table(*rows, kinds=(QMetaType.Type.QString, QMetaType.Type.QString, QMetaType.Type.Int), crs=""):
    layer = QgsVectorLayer(f"Point?crs={crs}" if crs else "NoGeometry", "FICTIEVE tabel", "memory")
    names = ("gebied", "cijfer", "aantal")
    layer.dataProvider().addAttributes(
        [QgsField(name, kind) for name, kind in zip(names, kinds, strict=True)]
    )
    layer.updateFields()
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([*row, *[None] * (3 - len(row))])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer, False)
    return layer


def municipalities():
    from buitengebied_atlas.atlas.core.areas.divisions import areas

    return [area.name for area in areas("gemeente")]


def made(**parameters):
    return processing.run(NAME, {"OUTPUT": "TEMPORARY_OUTPUT", **parameters})["OUTPUT"]


def refusal(**parameters):
    with pytest.raises(QgsProcessingException) as caught:
        made(**parameters)
    text = str(caught.value)
    assert "Traceback" not in text
    return text


def test_a_published_figure_becomes_a_layer_with_the_fields_of_the_geopackage(provider):
    from buitengebied_atlas.atlas.core.schema.published import layer

    result = made(INDICATOR=CONCERN)
    described = layer("kaart")
    assert [field.name() for field in result.fields()] == list(described.field_names)
    assert result.crs().authid() == "EPSG:28992"
    assert {row["naam"]: row["waarde"] for row in result.getFeatures()}["Eemsdelta/Midden-Groningen"] == 30.0


def test_a_loaded_result_has_its_name_group_style_aliases_and_description(provider, iface):
    from buitengebied_atlas.atlas.core.schema.published import layer

    processing.runAndLoadResults(NAME, {"INDICATOR": CONCERN, "OUTPUT": "TEMPORARY_OUTPUT"})
    (result,) = QgsProject.instance().mapLayers().values()
    assert result.name() == f"{CONCERN} (surveyregio's, november 2025)"
    assert QgsProject.instance().layerTreeRoot().findGroup("Buitengebied Atlas").findLayer(result.id())
    assert result.renderer().type() == "RuleRenderer"
    aliases = {field.name(): field.alias() for field in result.fields()}
    assert {field.name: field.alias for field in layer("kaart").fields}.items() <= aliases.items()
    assert "Dit is een gevoel" in result.metadata().abstract()
    assert "CC BY 4.0" in result.metadata().rights()[0]
    assert result.labelsEnabled()
    # nearer by, a figure of an area would cover the yards in it
    assert result.labeling().settings().scaleVisibility
    assert (result.labeling().settings().maximumScale, result.labeling().settings().minimumScale) == (
        50_000,
        0,
    )
    assert "Onder wie" in result.mapTipTemplate()


def test_the_level_and_period_can_be_chosen(provider):
    assert made(INDICATOR=CONCERN, LEVEL=2, PERIOD="2025-11").featureCount() == 2


def test_a_table_of_ones_own_is_classed_like_a_published_figure(provider):
    rows = [(name, str(10 + place), 1000) for place, name in enumerate(municipalities())]
    result = made(INPUT=own_table(*rows), N_FIELD="aantal", DIRECTION=1, **OWN)
    assert result.featureCount() == 22
    found = {row["naam"]: row for row in result.getFeatures()}
    assert found[rows[3][0]]["waarde"] == 13.0
    assert found[rows[3][0]]["laag"] < 13.0 < found[rows[3][0]]["hoog"]
    assert len({row["klasse"] for row in found.values()}) > 2


def test_numbers_with_a_decimal_comma_and_real_numbers_are_both_read(provider):
    comma = own_table(*((name, "7,5") for name in municipalities()))
    numbers = own_table(
        *((name, 7.5) for name in municipalities()),
        kinds=(QMetaType.Type.QString, QMetaType.Type.Double, QMetaType.Type.Int),
    )
    for layer in (comma, numbers):
        result = made(INPUT=layer, DECIMALS=1, UNIT=2, **OWN)
        assert {row["waarde"] for row in result.getFeatures()} == {7.5}


def test_an_own_layer_in_any_coordinate_system_is_joined_by_name_only(provider):
    result = made(INPUT=own_table(*((name, "5") for name in municipalities()), crs="EPSG:4326"), **OWN)
    assert result.crs().authid() == "EPSG:28992"
    assert result.featureCount() == 22


def test_a_table_gives_the_same_map_as_the_command_does(provider, iface, atlas_command, tmp_path):
    example = ROOT / "docs" / "voorbeeld"
    answer = atlas_command(
        "build", example / "atlas.voorbeeld.toml", "--out", tmp_path, "--no-sheets", cwd=tmp_path
    )
    assert (tmp_path / "atlas.gpkg").exists(), answer.stderr
    built = QgsVectorLayer(
        f"{tmp_path}/atlas.gpkg|layername=kaart_bekend_met_het_meldpunt_gemeente", "b", "ogr"
    )
    assert built.isValid()
    table = QgsVectorLayer(str(example / "FICTIEF_meldpunt.csv"), "meldpunt", "ogr")
    QgsProject.instance().addMapLayer(table, False)
    settings = tomllib.loads((example / "atlas.voorbeeld.toml").read_text(encoding="utf-8"))["table"][0]
    processing.runAndLoadResults(
        NAME,
        {
            "INPUT": table, "AREA_FIELD": settings["key"], "VALUE_FIELD": settings["value"],
            "N_FIELD": settings["n"], "LABEL": settings["label"], "SOURCE": settings["source"],
            "BASE": settings["base"], "PERIOD": settings["period"], "CAUTION": settings["caution"],
            "DIRECTION": 0, "NATIONAL": settings["national"], "DECIMALS": settings["decimals"],
            "OUTPUT": str(tmp_path / "eigen.gpkg"),
        },
    )  # fmt: skip
    made_layer = QgsVectorLayer(str(tmp_path / "eigen.gpkg"), "e", "ogr")
    names = [name for name in built.fields().names() if name not in ("fid", "OGC_FID")]

    def cells(layer):
        return {row["code"]: [row[name] for name in names] for row in layer.getFeatures()}

    assert cells(made_layer) == cells(built)
    (loaded,) = (layer for layer in QgsProject.instance().mapLayers().values() if layer.isSpatial())

    def drawn(layer):
        rules = [rule for rule in layer.renderer().rootRule().children() if rule.symbol()]
        return [
            (rule.label(), rule.filterExpression(), rule.symbol().symbolLayer(0).color().name())
            for rule in rules
        ]

    assert drawn(loaded) == drawn(built)
    assert len(drawn(loaded)) > 3


def test_a_few_areas_get_no_classes(provider):
    result = made(INPUT=own_table(("Assen", "5"), ("Emmen", "9")), **OWN)
    assert {row["status"] for row in result.getFeatures()} == {"indicatief", "geen_gegevens"}
    assert {row["klasse"] for row in result.getFeatures() if row["status"] == "indicatief"} == {0}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Assen", "5"), ("Assen", "6")], "Assen"),
        ([("Nergenshuizen", "5"), ("Ook Nergens", "6")], "Nergenshuizen"),
        ([("Assen", "veel"), ("Emmen", "weinig")], "veel"),
        ([("Assen", "130"), ("Emmen", "-4")], "130"),
        ([], "rij"),
    ],
    ids=["twice", "unknown areas", "no numbers", "no percentages", "empty"],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_rows(provider, rows, words):
    assert words in refusal(INPUT=own_table(*rows), **OWN)


def test_swapped_columns_are_refused(provider):
    swapped = {**OWN, "AREA_FIELD": "cijfer", "VALUE_FIELD": "gebied"}
    assert "Wat te doen" in refusal(INPUT=own_table(*((n, "5") for n in municipalities())), **swapped)


def test_an_unknown_figure_names_those_there_are(provider):
    text = refusal(INDICATOR="Hoeveel spoken er zijn")
    assert "Dit cijfer heeft geen kaart." in text
    assert CONCERN in text


def test_a_level_or_period_at_which_it_was_not_measured_names_those_at_which_it_was(provider):
    for where in ({"LEVEL": 0}, {"PERIOD": "1999"}):
        text = refusal(INDICATOR=CONCERN, **where)
        assert "niet gemeten" in text
        assert "surveyregio's 2025-11; provincies 2025-11" in text


def test_exactly_one_of_figure_and_table_is_asked_for(provider):
    assert "geen van beide" in refusal()
    assert "beide" in refusal(INDICATOR=CONCERN, INPUT=own_table(("Assen", "5")), **OWN)


def test_an_own_figure_without_a_source_or_base_is_refused(provider):
    words = {**OWN, "SOURCE": " ", "BASE": ""}
    text = refusal(INPUT=own_table(("Assen", "5")), **words)
    assert "Your table: source, Your table: among whom it was measured" in text
    assert "SOURCE" not in text


@pytest.mark.parametrize("label", [CONCERN, "Zorgen georganiseerde criminaliteit buurt"])
def test_an_own_figure_does_not_take_the_name_of_a_published_one(provider, label):
    text = refusal(INPUT=own_table(("Assen", "5")), **{**OWN, "LABEL": label})
    assert "heeft deze naam al" in text
    assert CONCERN in text


def test_a_layer_of_a_dossier_is_never_made_into_a_map_for_everybody(provider, tmp_path):
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    folder = tmp_path / "dossier"
    init_dossier(folder, fictitious=True)
    layer = QgsVectorLayer(f"{folder}/leegstand_object.gpkg|layername=leegstand_object", "o", "ogr")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer, False)
    words = {**OWN, "AREA_FIELD": "gemeente_code", "VALUE_FIELD": "status"}
    assert "objectdossier" in refusal(INPUT=layer, **words)
