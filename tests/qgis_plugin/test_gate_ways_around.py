"""Ways around the gate, by accident or on purpose: each is recognised, or refused."""

from __future__ import annotations

import shutil
import zipfile

import processing
import pytest
from fictitious_dossier import evidence, filled, vacant
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsProperty,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
    QgsVirtualLayerDefinition,
)

OBJECTS = "leegstand_object"


@pytest.fixture
def dossier(provider, iface, tmp_path):
    objects = [vacant(number, "GM0106") for number in range(1, 6)]
    return filled(tmp_path / "dossier", objects, [evidence(91, 1)])


@pytest.fixture
def objects(dossier):
    layer = QgsVectorLayer(source(dossier), "objecten", "ogr")
    QgsProject.instance().addMapLayer(layer)
    return layer


def source(dossier, table=OBJECTS):
    return f"{dossier.path(OBJECTS)}|layername={table}"


def points(*places):
    """A layer of one's own that has nothing to do with a dossier."""
    layer = QgsVectorLayer("Point?crs=EPSG:28992&field=gemeente_code:string", "eigen", "memory")
    for place in places:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        feature.setAttributes(["GM0106"])
        layer.dataProvider().addFeature(feature)
    return layer


def virtual_by_name(dossier, objects, room):
    definition = QgsVirtualLayerDefinition()
    definition.setQuery("SELECT adres, geometry FROM objecten")
    return QgsVectorLayer(definition.toString(), "", "virtual")


def virtual_by_file(dossier, objects, room):
    definition = QgsVirtualLayerDefinition()
    definition.addSource("o", source(dossier), "ogr")
    definition.setQuery("SELECT adres FROM o")
    return QgsVectorLayer(definition.toString(), "", "virtual")


def joined(dossier, objects, room):
    layer, join = points((231_000, 561_000)), QgsVectorLayerJoinInfo()
    join.setJoinLayer(objects)
    join.setJoinFieldName("gemeente_code")
    join.setTargetFieldName("gemeente_code")
    assert layer.addJoin(join)
    back = QgsVectorLayerJoinInfo()  # and the other way round: the question must end
    back.setJoinLayer(layer)
    back.setJoinFieldName("gemeente_code")
    back.setTargetFieldName("gemeente_code")
    objects.addJoin(back)
    objects.setCustomProperty("kept", [layer])
    return layer


def saved_selection(dossier, objects, room):
    objects.selectAll()
    made = processing.run("native:saveselectedfeatures", {"INPUT": objects, "OUTPUT": "memory:"})
    return made["OUTPUT"]


def saved_as(suffix):
    def save(dossier, objects, room):
        made = processing.run(
            "native:savefeatures", {"INPUT": objects, "OUTPUT": str(room / f"kopie.{suffix}")}
        )
        return QgsVectorLayer(made["OUTPUT"], "", "ogr")

    return save


def copied_as(name):
    def copy(dossier, objects, room):
        shutil.copy(dossier.path(OBJECTS), room / name)
        return QgsVectorLayer(f"{room / name}|layername={OBJECTS}", "", "ogr")

    return copy


def history(dossier, objects, room):
    layer = QgsVectorLayer(source(dossier, "wijziging"), "", "ogr")
    return layer.materialize(QgsFeatureRequest())


def zipped(dossier, objects, room):
    with zipfile.ZipFile(room / "veld.zip", "w") as archive:
        archive.write(dossier.path(OBJECTS), "d/leegstand_object.gpkg")
    return QgsVectorLayer(f"/vsizip/{room}/veld.zip/d/leegstand_object.gpkg|layername={OBJECTS}", "", "ogr")


def described_elsewhere(dossier, objects, room):
    (room / "a.vrt").write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="{OBJECTS}"><SrcDataSource>{dossier.path(OBJECTS)}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    return QgsVectorLayer(str(room / "a.vrt"), "", "ogr")


def with_a_query(dossier, objects, room):
    return QgsVectorLayer(source(dossier) + "|subset=SELECT adres FROM leegstand_object", "", "ogr")


def link(dossier, objects, room):
    (room / "los.gpkg").symlink_to(dossier.path(OBJECTS))
    return QgsVectorLayer(str(room / "los.gpkg"), "", "ogr")


WAYS = [
    virtual_by_name, virtual_by_file, joined, saved_selection, saved_as("csv"), saved_as("shp"),
    saved_as("geojson"), copied_as("mijn punten.gpkg"), copied_as("punten.db"), history, zipped,
    described_elsewhere, with_a_query, link,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_records_are_recognised_however_they_came_into_qgis(dossier, objects, tmp_path, way):
    from buitengebied_atlas.gate import records_of

    layer = way(dossier, objects, tmp_path)
    assert layer.isValid()
    assert layer.featureCount() != 0
    assert records_of(layer) is not None


def test_other_layers_are_no_records(dossier, provider):
    from buitengebied_atlas.gate import records_of

    assert records_of(points((231_000, 561_000))) is None
    borders = processing.run("buitengebied_atlas:load_boundaries", {"OUTPUT": "memory:"})["OUTPUT"]
    assert records_of(borders) is None
    definition = QgsVirtualLayerDefinition()
    definition.setQuery("SELECT 1 AS een")
    assert records_of(QgsVectorLayer(definition.toString(), "", "virtual")) is None


@pytest.mark.parametrize(
    "wrap",
    [
        lambda layer: layer.source(),
        lambda layer: QgsProperty.fromExpression("'objecten'"),
        lambda layer: QgsProcessingFeatureSourceDefinition(QgsProperty.fromExpression("'objecten'")),
        lambda layer: QgsProcessingFeatureSourceDefinition(layer.id(), filterExpression='"fid" > 0'),
        lambda layer: QgsProcessingOutputLayerDefinition(layer.source()),
    ],
    ids=["path", "expression", "source by expression", "filtered", "result of a step"],
)
@pytest.mark.parametrize(
    ("algorithm", "name", "more"),
    [
        ("assign_points", "POINTS", {}),
        ("assign_points", "BASE_POINTS", {"POINTS": True}),
        ("remoteness", "DWELLINGS", {"YARDS": True, "REFERENCE_DATE": "2026-01-01"}),
        ("join_table", "INPUT", {"KEY": "gemeente_code", "VALUE": "fid"}),
        ("choropleth", "INPUT", {"AREA_FIELD": "gemeente_code", "VALUE_FIELD": "fid", "LABEL": "x"}),
        ("load_boundaries", "INPUT", {"FROM": 1}),
    ],
)
def test_no_algorithm_takes_records_in_any_input_for_everybody(  # noqa: PLR0917
    provider, dossier, objects, wrap, algorithm, name, more
):
    own = points((231_003, 561_000))
    parameters = {key: own if value is True else value for key, value in more.items()}
    for output in provider.algorithm(algorithm).destinationParameterDefinitions():
        parameters[output.name()] = "memory:"
    with pytest.raises(QgsProcessingException, match=r"team|dossier"):
        processing.run(f"buitengebied_atlas:{algorithm}", {**parameters, name: wrap(objects)})


def test_a_copy_cannot_be_noted_in_a_register_so_it_is_refused_for_the_team_too(provider, dossier, objects):
    team = {"AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "PURPOSE": "FICTIEF doel"}
    copy = objects.materialize(QgsFeatureRequest())
    with pytest.raises(QgsProcessingException, match="kopie van records"):
        processing.run(
            "buitengebied_atlas:assign_points",
            {"POINTS": copy, "POINTS_OUTPUT": "memory:", "AREAS_OUTPUT": "memory:", **team},
        )


@pytest.mark.parametrize("name", ["conclusies.csv", "conclusies.gpkg"])
def test_the_report_of_conclusions_is_no_file(dossier, objects, tmp_path, name):
    from buitengebied_atlas.gate import records_of

    asked = {"FOLDER": str(dossier.folder), "DATE": "2031-03-01"}
    with pytest.raises(QgsProcessingException, match="niet als bestand"):
        processing.run("buitengebied_atlas:conclude_vacancy", {**asked, "OUTPUT": str(tmp_path / name)})
    assert not (tmp_path / name).exists()
    made = processing.run("buitengebied_atlas:conclude_vacancy", {**asked, "OUTPUT": "TEMPORARY_OUTPUT"})
    assert made["OUTPUT"].featureCount() > 0
    assert records_of(made["OUTPUT"]) is not None
