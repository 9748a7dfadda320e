"""One project that is ready for the field, and one spoiled in one way for each rule."""

from __future__ import annotations

import shutil

import pytest
from buitengebied_atlas.atlas.core.words.errors import AtlasError
from buitengebied_atlas.project.field_check import CHECKS, ERROR, WARNING, check_project, opened_project
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsCoordinateReferenceSystem,
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsRelation,
    QgsSingleSymbolRenderer,
    QgsSvgMarkerSymbolLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.utils import qgsfunction

FIELDS = "field=uuid:string&field=soort:string&field=foto:string&field=boven:string&field=nummer:integer"


def save(layer, path, name, *, driver="GPKG", encoding="UTF-8"):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.fileEncoding = driver, name, encoding
    if path.exists() and driver == "GPKG":
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    written = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    assert written[0] == QgsVectorFileWriter.WriterError.NoError, written


def points(path, name="bezoek", **options):
    source = QgsVectorLayer(f"Point?crs=EPSG:28992&{FIELDS}", name, "memory")
    save(source, path, name, **options)
    return ready(
        QgsVectorLayer(f"{path}|layername={name}" if path.suffix == ".gpkg" else str(path), name, "ogr")
    )


def ready(layer):
    assert layer.isValid()
    layer.setDefaultValueDefinition(layer.fields().indexOf("uuid"), QgsDefaultValue("uuid('WithoutBraces')"))
    layer.setCustomProperty("QFieldSync/action", "copy")
    return layer


@pytest.fixture
def project(qgis_app, tmp_path):
    """A project that passes: an editable layer in a file of its own, and borders to find one's way by."""
    folder = tmp_path / "veld"
    folder.mkdir()
    borders = QgsVectorLayer("Polygon?crs=EPSG:28992&field=naam:string", "grenzen", "memory")
    feature = QgsFeature(borders.fields())
    feature.setAttributes(["FICTIEF"])
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,1 0,1 1,0 0))"))
    borders.dataProvider().addFeatures([feature])
    save(borders, folder / "grenzen.gpkg", "grenzen")
    made = QgsProject()
    made.setFileName(str(folder / "veld.qgz"))
    made.setFilePathStorage(Qgis.FilePathType.Relative)
    background = QgsVectorLayer(f"{folder / 'grenzen.gpkg'}|layername=grenzen", "grenzen", "ogr")
    background.setReadOnly(True)
    made.addMapLayers([background, points(folder / "bezoek.gpkg")])
    made.write()
    yield made
    made.clear()


def folder_of(project):
    from pathlib import Path

    return Path(project.fileName()).parent


def visits(project):
    return project.mapLayersByName("bezoek")[0]


def not_saved(project):
    project.setFileName("")


def unsaved(project):
    project.setDirty(True)


def absolute(project):
    project.setFilePathStorage(Qgis.FilePathType.Absolute)


def home(project):
    project.setPresetHomePath("/srv/thuis")


def accent(project):
    (folder_of(project) / "foto’s van café.txt").write_text("FICTIEF")


def device_name(project):
    (folder_of(project) / "aux.txt").write_text("FICTIEF")


def no_background(project):
    project.removeMapLayer(project.mapLayersByName("grenzen")[0].id())


def relate(project, referenced_field):
    relation = QgsRelation(project.relationManager().context())
    relation.setId("boven")
    relation.setName("boven")
    relation.setReferencingLayer(visits(project).id())
    relation.setReferencedLayer(visits(project).id())
    relation.addFieldPair("boven", referenced_field)
    project.relationManager().addRelation(relation)
    return relation


def relation_on_a_number(project):
    relate(project, "fid")


def broken(project):
    project.addMapLayer(QgsVectorLayer(str(folder_of(project) / "weg.gpkg"), "weg", "ogr"))


def memory(project):
    project.addMapLayer(ready(QgsVectorLayer(f"Point?crs=EPSG:28992&{FIELDS}", "geheugen", "memory")))


def elsewhere(project):
    other = folder_of(project).parent / "elders"
    other.mkdir()
    project.addMapLayer(points(other / "elders.gpkg", "elders"))


def on_a_server(project, more=""):
    """Nothing listens there: the project is checked where its server is out of reach."""
    layer = QgsVectorLayer(f"dbname='x' host=127.0.0.1 port=1 {more} table=\"t\"", "server", "postgres")
    project.addMapLayer(layer)
    return layer


def read_from_a_server(project):
    on_a_server(project).setReadOnly(True)


def password(project):
    on_a_server(project, "user='u' password='FICTIEF'")


def wavelets(project):
    path = folder_of(project) / "luchtfoto.jp2"
    grey = gdal.GetDriverByName("MEM").Create("", 8, 8)
    assert gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(path), grey) is not None
    project.addMapLayer(QgsRasterLayer(str(path), "luchtfoto", "gdal"))


def two_in_a_file(project):
    project.addMapLayer(points(folder_of(project) / "bezoek.gpkg", "nog_een"))


def geojson(project):
    project.addMapLayer(points(folder_of(project) / "los.geojson", "los", driver="GeoJSON"))


def no_key(project):
    layer = visits(project)
    layer.setDefaultValueDefinition(layer.fields().indexOf("uuid"), QgsDefaultValue(""))


def no_crs(project):
    visits(project).setCrs(QgsCoordinateReferenceSystem())


def latin(project):
    source = QgsVectorLayer(f"Point?crs=EPSG:28992&{FIELDS}", "latijn", "memory")
    path = folder_of(project) / "latijn.shp"
    save(source, path, "latijn", driver="ESRI Shapefile", encoding="ISO-8859-1")
    layer = QgsVectorLayer(str(path), "latijn", "ogr")
    layer.setProviderEncoding("ISO-8859-1")
    layer.setReadOnly(True)
    project.addMapLayer(layer)


def odd_field(project):
    source = QgsVectorLayer(f"Point?crs=EPSG:28992&{FIELDS}&field=wat is dit?:string", "velden", "memory")
    save(source, folder_of(project) / "velden.gpkg", "velden")
    layer = QgsVectorLayer(f"{folder_of(project) / 'velden.gpkg'}|layername=velden", "velden", "ogr")
    project.addMapLayer(ready(layer))


def plugin_function(project):
    layer = visits(project)
    layer.setDefaultValueDefinition(layer.fields().indexOf("soort"), QgsDefaultValue("alleen_op_kantoor(1)"))


def cannot_be_filled(project):
    layer = visits(project)
    position = layer.fields().indexOf("soort")
    layer.setFieldConstraint(position, QgsFieldConstraints.Constraint.ConstraintNotNull)
    form = layer.editFormConfig()
    form.setReadOnly(position, True)
    layer.setEditFormConfig(form)


def left_out_of_the_form(project):
    layer = visits(project)
    layer.setFieldConstraint(
        layer.fields().indexOf("soort"), QgsFieldConstraints.Constraint.ConstraintNotNull
    )
    form = layer.editFormConfig()
    form.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    form.clearTabs()
    tab = QgsAttributeEditorContainer("Bezoek", form.invisibleRootContainer())
    tab.addChildElement(QgsAttributeEditorField("foto", layer.fields().indexOf("foto"), tab))
    form.addTab(tab)
    layer.setEditFormConfig(form)


def full_photo_path(project):
    layer = visits(project)
    setup = QgsEditorWidgetSetup("ExternalResource", {"RelativeStorage": 0})
    layer.setEditorWidgetSetup(layer.fields().indexOf("foto"), setup)


def missing_list(project):
    layer = visits(project)
    setup = QgsEditorWidgetSetup("ValueRelation", {"Layer": "bestaat_niet", "Key": "a", "Value": "b"})
    layer.setEditorWidgetSetup(layer.fields().indexOf("soort"), setup)


def form_code(project):
    form = visits(project).editFormConfig()
    form.setInitCodeSource(Qgis.AttributeFormPythonInitCodeSource.Dialog)
    visits(project).setEditFormConfig(form)


def no_action(project):
    visits(project).removeCustomProperty("QFieldSync/action")


def being_edited(project):
    layer = visits(project)
    layer.startEditing()
    layer.addFeature(QgsFeature(layer.fields()))


def own_symbol(project):
    path = folder_of(project).parent / "teken.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    symbol, sign = QgsMarkerSymbol(), QgsSvgMarkerSymbolLayer(str(path))
    symbol.changeSymbolLayer(0, sign)
    visits(project).setRenderer(QgsSingleSymbolRenderer(symbol))


#: what spoils a project -> the rule it breaks, how bad that is, and words of the sentence
SPOILED = {
    not_saved: ("_not_saved", ERROR, "nog niet opgeslagen"),
    unsaved: ("_unsaved_changes", WARNING, "niet zijn opgeslagen"),
    absolute: ("_absolute_paths", ERROR, "volledige paden"),
    home: ("_home_path", ERROR, "eigen thuismap: /srv/thuis"),
    accent: ("_file_names", ERROR, "café.txt"),
    device_name: ("_file_names", ERROR, "aux.txt"),
    no_background: ("_no_background", WARNING, "geen achtergrond"),
    relation_on_a_number: ("_relations", ERROR, "hetzelfde nummer"),
    broken: ("broken", ERROR, "niet te openen"),
    memory: ("in_memory", ERROR, "alleen in het geheugen"),
    elsewhere: ("outside_folder", ERROR, "buiten de map van het project en gaat niet mee"),
    on_a_server: ("on_a_server", ERROR, "op een server bewerkt"),
    read_from_a_server: ("needs_connection", WARNING, "zonder verbinding leeg"),
    wavelets: ("raster_format", WARNING, "raster als .jp2"),
    password: ("credentials", ERROR, "wachtwoord"),
    two_in_a_file: ("_shared_files", ERROR, "In hetzelfde bestand bezoek.gpkg"),
    geojson: ("no_geopackage", ERROR, ".geojson-bestand"),
    no_key: ("no_uuid_key", ERROR, "geen eigen sleutel"),
    no_crs: ("no_crs", ERROR, "geen coördinatenstelsel"),
    latin: ("encoding", WARNING, "ISO-8859-1"),
    odd_field: ("field_names", WARNING, "wat is dit?"),
    plugin_function: ("unknown_functions", ERROR, "alleen_op_kantoor"),
    cannot_be_filled: ("cannot_be_filled", ERROR, "soort is verplicht"),
    left_out_of_the_form: ("cannot_be_filled", ERROR, "soort is verplicht"),
    full_photo_path: ("attachments", ERROR, "volledig pad"),
    missing_list: ("missing_layers", ERROR, "niet in het project zit"),
    form_code: ("own_form", WARNING, "Python"),
    no_action: ("sync_action", WARNING, "geen actie"),
    being_edited: ("open_edits", WARNING, "nog niet in het bestand"),
    own_symbol: ("symbol_files", WARNING, "teken.svg"),
}


def test_a_project_that_is_ready_has_no_findings(project):
    assert check_project(project) == []


@pytest.fixture
def office_function():
    @qgsfunction(group="Kantoor", register=False)
    def alleen_op_kantoor(value, feature, parent):
        """FICTIEF"""
        return value

    QgsExpression.registerFunction(alleen_op_kantoor)
    yield
    QgsExpression.unregisterFunction("alleen_op_kantoor")


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_each_rule_finds_its_breach(project, office_function, spoil):
    _rule, level, words = SPOILED[spoil]
    spoil(project)
    found = [finding for finding in check_project(project) if words in finding.what]
    assert [finding.level for finding in found] == [level] * len(found) != []
    assert all(finding.remedy.endswith(".") for finding in found)


def test_no_rule_is_without_a_bad_project():
    assert {rule for rule, _level, _words in SPOILED.values()} == {check.find.__name__ for check in CHECKS}


def test_errors_come_first(project, office_function):
    no_action(project)
    no_key(project)
    home(project)
    project.setDirty(False)
    levels = [finding.level for finding in check_project(project)]
    assert levels == [ERROR, ERROR, WARNING]


def test_a_project_read_from_its_file_or_folder_is_checked_as_the_open_one(project):
    home(project)
    no_action(project)
    project.write()
    expected = check_project(project)
    assert len(expected) == 2  # an unsaved change would be a third
    for path in (folder_of(project), folder_of(project) / "veld.qgz"):
        with opened_project(path) as read:
            assert check_project(read) == expected


def test_a_folder_without_one_project_gets_a_sentence(project, tmp_path):
    with pytest.raises(AtlasError, match="geen project"), opened_project(tmp_path):
        pass
    shutil.copy(folder_of(project) / "veld.qgz", folder_of(project) / "kopie.qgz")
    with pytest.raises(AtlasError, match="meer dan één project"), opened_project(folder_of(project)):
        pass
    (tmp_path / "stuk.qgz").write_text("geen project")
    with pytest.raises(AtlasError, match="kan niet worden gelezen"), opened_project(tmp_path / "stuk.qgz"):
        pass
