"""The project of a dossier: relative, anonymous, quiet on the network, and made from the schema."""

from __future__ import annotations

import getpass
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from buitengebied_atlas.atlas.core.counts.object_symbols import symbols
from buitengebied_atlas.atlas.core.schema.rural import RURAL_LAYERS
from buitengebied_atlas.atlas.core.words.errors import AtlasError
from buitengebied_atlas.atlas.dossier.opening import init_dossier
from buitengebied_atlas.project.dossier_layers import (
    EDITABLE,
    dossier_folder,
    dossier_layer,
    dossier_layers,
    open_dossier_layers,
)
from buitengebied_atlas.project.dossier_project import BACKGROUND, PROJECT_FILE, build_project
from buitengebied_atlas.project.field_check import ERROR, check_project, opened_project
from buitengebied_atlas.project.forms import tabs_of
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsNetworkAccessManager,
    QgsPointXY,
    QgsProject,
    QgsSettings,
)

pytestmark = pytest.mark.usefixtures("iface")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("een map") / "dossier ëén"
    init_dossier(folder, fictitious=True)
    build_project(folder)
    return folder


@pytest.fixture
def project(made):
    opened = QgsProject.instance()
    assert opened.read(str(made / PROJECT_FILE))
    return opened


def text_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("dossier.qgs").decode()


def test_opening_the_project_asks_nothing_about_transformations(project):
    background = project.mapLayer(BACKGROUND)
    assert background.crs() != project.crs()
    assert project.transformContext().hasTransform(background.crs(), project.crs())


def test_the_background_and_wgs84_come_to_the_same_place(project):
    rd, context = project.crs(), project.transformContext()
    degrees, mercator = QgsCoordinateReferenceSystem("EPSG:4326"), project.mapLayer(BACKGROUND).crs()
    on_the_background = QgsCoordinateTransform(degrees, mercator, context).transform(QgsPointXY(6.56, 53.0))
    place = QgsCoordinateTransform(mercator, rd, context).transform(on_the_background)
    assert (
        place.distance(QgsCoordinateTransform(degrees, rd, context).transform(QgsPointXY(6.56, 53.0))) < 1e-3
    )


def test_the_project_says_nothing_of_who_made_it_or_where(made):
    text = text_of(made / PROJECT_FILE)
    for secret in (
        str(made.parent),
        str(Path.home()) + "/",
        f">{getpass.getuser()}<",
        "saveUser",
        "saveDateTime",
    ):
        assert secret not in text, secret
    assert re.findall(r"<author>([^<]*)<", text) == [""] * text.count("<author>")
    assert set(re.findall(r"<datasource>([^|<]*)", text)) >= {f"./{name}.gpkg" for name in EDITABLE}
    assert QgsSettings().value("core/projects/anonymize_saved_projects") is None


def test_the_folder_may_move(made, tmp_path):
    shutil.copytree(made, tmp_path / "elders & anders")
    opened = QgsProject.instance()
    assert opened.read(str(tmp_path / "elders & anders" / PROJECT_FILE))
    assert all(layer.isValid() for layer in dossier_layers(opened).values())
    assert dossier_folder(opened) == tmp_path / "elders & anders"


def test_nothing_is_asked_of_the_network(made):
    asked = []
    QgsNetworkAccessManager.instance().requestAboutToBeCreated.connect(asked.append)
    build_project(made)
    opened = QgsProject.instance()
    opened.read(str(made / PROJECT_FILE))
    assert not opened.layerTreeRoot().findLayer(BACKGROUND).isVisible()
    assert asked == []


def test_layers_themes_relations_and_system(project):
    assert set(dossier_layers(project)) == {*EDITABLE, "gemeente", "provincie", "lijst_bewijswaarde"}
    assert project.crs().authid() == "EPSG:28992"
    assert project.title().startswith("FICTIEF")
    assert set(project.mapThemeCollection().mapThemes()) == {"Conclusie", "Status", "Erven en signalen"}
    relations = {
        f"{name}__{relation.field}" for name in EDITABLE for relation in RURAL_LAYERS[name].relations
    }
    assert set(project.relationManager().relations()) == relations
    assert all(relation.isValid() for relation in project.relationManager().relations().values())
    assert project.snappingConfig().enabled()
    assert dossier_layer(project, "gemeente").readOnly()


@pytest.mark.parametrize("name", EDITABLE)
def test_every_field_of_the_schema_stands_in_the_form_once_with_its_name(project, name):
    layer, described = dossier_layer(project, name), RURAL_LAYERS[name]
    fields = [field for tab in tabs_of(described) for group in tab.groups for field in group.fields]
    assert sorted(fields) == sorted(described.field_names)
    for field in described.fields:
        index = layer.fields().indexOf(field.name)
        assert layer.attributeAlias(index) == field.alias
        setup = layer.editorWidgetSetup(index)
        if field.codes and setup.type() == "ValueMap":
            values = {key: value for entry in setup.config()["map"] for key, value in entry.items()}
            assert values == {code.label: code.value for code in field.codes.codes}
        assert layer.editFormConfig().readOnly(index) == (field.own or field.name in ("uuid", "regime"))


@pytest.mark.parametrize(("style", "field"), [("Conclusie", "conclusie"), ("Status", "status")])
def test_the_signs_are_those_of_the_page(project, style, field):
    layer = dossier_layer(project, "leegstand_object")
    layer.styleManager().setCurrentStyle(style)
    rules = {rule.ruleKey(): rule for rule in layer.renderer().rootRule().children()}
    table = symbols()
    for code, (_, colour) in table["signs"][field].items():
        rule = rules[f"{field}-{code}"]
        assert rule.filterExpression() == f"\"{field}\" = '{code}'"
        assert rule.symbol().symbolLayer(0).color().name() == colour
    assert len({str(rule.symbol().symbolLayer(0).path()) for rule in rules.values()}) >= len(
        table["signs"][field]
    )


def test_layers_open_in_an_unsaved_project_and_come_back_when_one_is_deleted(made):
    project = QgsProject.instance()
    layers = open_dossier_layers(project, made)
    assert dossier_folder(project) == made
    photo = layers["leegstand_object"].editorWidgetSetup(layers["leegstand_object"].fields().indexOf("foto"))
    assert photo.config()["DefaultRoot"] == str(made)
    project.removeMapLayer(layers["signaal"])
    assert dossier_layer(project, "signaal") is None
    again = open_dossier_layers(project, made)
    assert again["leegstand_object"] is layers["leegstand_object"]
    assert dossier_layer(project, "signaal").isValid()


def test_two_dossiers_do_not_go_into_one_project(made, tmp_path):
    open_dossier_layers(QgsProject.instance(), made)
    other = init_dossier(tmp_path / "ander")
    with pytest.raises(AtlasError, match="ander dossier"):
        open_dossier_layers(QgsProject.instance(), other.folder)


def test_a_folder_that_can_not_be_written_gets_a_sentence(made, tmp_path):
    shutil.copytree(made, tmp_path / "d")
    (tmp_path / "d" / PROJECT_FILE).unlink()
    (tmp_path / "d" / PROJECT_FILE).mkdir()
    with pytest.raises(AtlasError, match="niet worden geschreven"):
        build_project(tmp_path / "d")
    assert not [path for path in (tmp_path / "d").iterdir() if path.suffix == ".qgz" and path.is_file()]


def test_the_map_tip_never_takes_what_a_user_typed_for_markup(project):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsVectorLayerUtils

    layer = dossier_layer(project, "leegstand_object")
    layer.startEditing()
    feature = QgsVectorLayerUtils.createFeature(layer)
    feature["adres"] = "<img src=x>"
    feature["redenen"] = "Een.\nTwee."
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    layer.rollBack()
    assert "<img" not in tip
    assert "Een.<br>Twee." in tip
    assert "<b>Conclusie:</b> Onbekend" in tip


def test_forms_are_drag_and_drop(project):
    for name in EDITABLE:
        assert dossier_layer(project, name).editFormConfig().layout() == Qgis.AttributeFormLayout.DragAndDrop


def test_made_up_data_says_so_across_the_map_and_no_typeface_is_asked_of_the_network(made, project, tmp_path):
    assert project.readEntry("TitleLabel", "/Label")[0] == "FICTIEF: verzonnen gegevens"
    assert project.readBoolEntry("TitleLabel", "/Enabled")[0]
    text = text_of(made / PROJECT_FILE)
    # QGIS fetches this one, and complains of one that only the maker has
    assert "Open Sans" not in text
    assert set(re.findall(r'fontFamily="([^"]*)"', text)) == {"Arial"}
    real = init_dossier(tmp_path / "echt")
    build_project(real.folder)
    assert project.read(str(real.folder / PROJECT_FILE))
    assert not project.readBoolEntry("TitleLabel", "/Enabled")[0]


def test_the_project_that_the_command_packs_is_the_one_that_is_made_here(made, tmp_path):
    from packaged_plugin import ROOT

    sys.path.insert(0, str(ROOT))
    from release.field_project import NAMES, project_text, settled

    here, packed = project_text(made / PROJECT_FILE), project_text(ROOT / "data" / "field" / NAMES[True])
    # a layer without a style of its own gets a colour that QGIS draws, and labels the font of the screen
    drawn = re.compile(r'\d+,\d+,\d+,\d+,rgb:[\d.,]+|<labelFont [^>]*>| description="[^"]*"')
    # the order of attributes within a text is drawn too
    words = [sorted(re.findall(r"[^\s<>&;]+", drawn.sub("", text))) for text in (settled(here), packed)]
    assert words[0] == words[1]
    packed = tmp_path / "pakket"
    init_dossier(packed, fictitious=True)
    shutil.copyfile(ROOT / "data" / "field" / NAMES[True], packed / PROJECT_FILE)
    with opened_project(packed) as project:
        assert [finding for finding in check_project(project) if finding.level == ERROR] == []
        assert set(dossier_layers(project)) >= set(EDITABLE)
