"""What `atlas build` and `atlas raster` write, opened in QGIS: their styles draw right."""

from __future__ import annotations

import json
import re

import pytest
from drawing import painted, settings_for
from qgis.core import NULL, QgsProviderRegistry, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor


@pytest.fixture(scope="module")
def built(qgis_app, atlas_command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    answer = atlas_command("build", "--out", folder, "--no-sheets", "--trial", cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return folder / "atlas.gpkg"


def tables(path):
    connection = QgsProviderRegistry.instance().providerMetadata("ogr").createConnection(str(path), {})
    return [table.tableName() for table in connection.tables() if table.tableName() != "layer_styles"]


def opened(path, name):
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid()
    return layer


def pixel(picture, layer, point, size=(500, 600)):
    place = settings_for(layer, *size).mapToPixel().transform(point)
    return picture.pixelColor(round(place.x()), round(place.y()))


def share_of(picture, colour):
    """Part of the pixels that have a colour, of every fifth."""
    places = [(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)]
    return sum(picture.pixelColor(x, y) == QColor(colour) for x, y in places) / len(places)


def test_every_layer_opens_with_dutch_aliases_and_its_own_style(built):
    names = tables(built)
    assert len(names) > 10
    for name in names:
        layer = opened(built, name)
        assert all(layer.attributeDisplayName(index) for index in range(layer.fields().count()))
        field, alias = ("label", "Omschrijving") if name == "waarde" else ("naam", "Naam")
        assert layer.attributeDisplayName(layer.fields().indexOf(field)) == alias
        if layer.isSpatial():
            assert layer.renderer().type() == "RuleRenderer"
            assert layer.crs().authid() == "EPSG:28992"
            assert layer.metadata().rights()


def test_every_area_is_drawn_in_the_colour_of_its_class(built):
    for name in tables(built):
        if not name.startswith("kaart_"):
            continue
        layer = opened(built, name)
        layer.setLabelsEnabled(False)
        picture = painted(layer)
        rules = {rule.filterExpression(): rule for rule in layer.renderer().rootRule().children()}
        for feature in layer.getFeatures():
            if feature["klasse"] == NULL or feature["status"] == "indicatief":
                continue
            wanted = rules[f'"klasse" = {feature["klasse"]}'].symbol().symbolLayer(0).color()
            inside = feature.geometry().poleOfInaccessibility(500)[0].asPoint()
            assert pixel(picture, layer, inside) == wanted


def test_an_indicative_area_is_its_class_colour_with_hatching_on_it(built):
    layer = opened(built, "kaart_rapportcijfer_veiligheid_buurt_provincie")
    layer.setLabelsEnabled(False)
    picture = painted(layer)
    fill = layer.renderer().rootRule().children()[0].symbol().symbolLayer(0).color().name()
    assert 0.2 < share_of(picture, fill) < 0.6
    drenthe = next(row for row in layer.getFeatures() if row["naam"] == "Drenthe").geometry()
    middle = settings_for(layer).mapToPixel().transform(drenthe.poleOfInaccessibility(500)[0].asPoint())
    around = [
        picture.pixelColor(round(middle.x()) + x, round(middle.y()) + y).lightness()
        for x in range(-30, 30)
        for y in range(-30, 30)
    ]
    assert 0.05 < sum(lightness < 120 for lightness in around) / len(around) < 0.4


def test_the_map_tip_gives_the_figure_its_interval_base_and_caution(built):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    layer = opened(built, "kaart_zorgen_georganiseerde_criminaliteit_buurt_surveyregio")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(row for row in layer.getFeatures() if row["code"] == "SR05"))
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    for words in (
        "24%", "95%-interval 17–33%", "n = 334", "Indicatief", "Onder wie", "een gevoel", "overlappen",
        "Bron",
    ):  # fmt: skip
        assert words in tip
    assert "[%" not in tip
    assert "$" not in tip


def test_the_page_and_the_layers_have_the_same_levels(built):
    from buitengebied_atlas.atlas.core.figures.page_form import as_records

    text = (built.parent / "atlas.html").read_text(encoding="utf-8")
    page = as_records(json.loads(re.search(r'id="atlas-payload"[^>]*>(.*?)</script>', text, re.DOTALL)[1]))
    for level in page["levels"]:
        layer = opened(built, level["id"])
        assert {row["code"] for row in layer.getFeatures()} == {area["code"] for area in level["areas"]}


def test_a_density_raster_loads_its_style_with_the_classes_of_the_core(qgis_app, atlas_command, tmp_path):
    demo = atlas_command("demo", "--scale", "0.02", "--out", tmp_path / "demo", cwd=tmp_path)
    assert demo.returncode == 0, demo.stderr
    raster = tmp_path / "dichtheid.tif"
    answer = atlas_command(
        "raster", "density", tmp_path / "demo" / "dossier-FICTIEF", "--output", raster,
        "--municipality", "alle", "--purpose", "proef FICTIEF", cwd=tmp_path,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    layer = QgsRasterLayer(str(raster), "dichtheid")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:28992"
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    colours = ["#fbe9c6", "#eea67a", "#cd637b", "#853783", "#3b1b5c"]
    assert [item.color.name() for item in items[1:]] == colours
    assert items[0].color.alpha() == 0
    assert all(item.label.endswith("per km²") for item in items[1:])
    layer.renderer().setOpacity(1.0)
    picture = painted(layer, width=1500, height=1800)
    assert 0 < share_of(picture, "#fbe9c6") < 0.2
    assert share_of(picture, "#ffffff") > 0.5
    assert layer.dataProvider().bandStatistics(1).maximumValue <= items[-1].value
