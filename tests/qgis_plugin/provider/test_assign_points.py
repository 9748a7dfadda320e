"""Points in areas: the same answers as the atlas environment, and what becomes of points without a place."""

from __future__ import annotations

import csv
import itertools
import json

import numpy as np
import processing
import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPoint,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QMetaType

ALGORITHM = "buitengebied_atlas:assign_points"

PEER = """
import json, sys
import geopandas, numpy as np
from atlas.geo.measuring.assign import assign_areas
from atlas.planar.certain_places import certain_places
points, areas, answer = sys.argv[1:]
x, y = np.load(points)
if areas == "embedded":
    from atlas.geo.boundaries.levels import deciding_boundaries
    frame = deciding_boundaries()
else:
    frame = geopandas.read_file(areas)
found = assign_areas(x, y, frame.geometry)
codes = [*frame["code"], None]
certain = certain_places(x, y) & (found >= 0)
json.dump([[codes[one] for one in found], certain.tolist()], open(answer, "w"))
"""


@pytest.fixture
def in_atlas(atlas_environment, tmp_path):
    """The answers of the atlas environment, in a process of its own."""

    def ask(x, y, areas):
        np.save(tmp_path / "points.npy", np.array([x, y]))
        answer = tmp_path / "answer.json"
        done = atlas_environment("python", "-c", PEER, tmp_path / "points.npy", areas, answer)
        assert done.returncode == 0, done.stderr
        return json.loads(answer.read_text())

    return ask


def points_layer(x, y, crs="EPSG:28992"):
    layer = QgsVectorLayer(f"Point?crs={crs}&field=nummer:integer", "punten", "memory")
    features = []
    for number, (one, other) in enumerate(zip(x, y, strict=True)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number])
        feature.setGeometry(QgsGeometry(QgsPoint(float(one), float(other))))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def polygons_layer(rows):
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:28992", "gebieden", "memory")
    layer.dataProvider().addAttributes(
        [QgsField("code", QMetaType.Type.QString), QgsField("inwoners", QMetaType.Type.Int)]
    )
    layer.updateFields()
    features = []
    for code, inhabitants, wkt in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, inhabitants])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def run(**parameters):
    given = {"POINTS_OUTPUT": "memory:", "AREAS_OUTPUT": "memory:", **parameters}
    return processing.run(ALGORITHM, given)


def column(layer, name):
    return [None if feature[name] == NULL else feature[name] for feature in layer.getFeatures()]


def test_the_answers_with_embedded_borders_are_those_of_the_atlas(provider, in_atlas):
    random = np.random.default_rng(5)
    x, y = random.uniform(204_000, 279_000, 30_000), random.uniform(514_000, 621_000, 30_000)
    codes, certain = in_atlas(x, y, "embedded")
    assert 0 < sum(code is not None and not sure for code, sure in zip(codes, certain, strict=True)) < 300
    result = run(POINTS=points_layer(x, y))
    assert column(result["POINTS_OUTPUT"], "gebied_code") == codes
    assert column(result["POINTS_OUTPUT"], "gemeente_zeker") == ["ja" if one else "nee" for one in certain]
    counted = {feature["code"]: feature["aantal"] for feature in result["AREAS_OUTPUT"].getFeatures()}
    assert counted == {code: codes.count(code) for code in counted}
    assert sum(counted.values()) == sum(code is not None for code in codes)


AWKWARD = [
    # a shared border on whole metres, a hole with an island, parts that touch, an overlap, a bow tie
    ("A", 1000, ("MULTIPOLYGON(((230000 570000,231000 570000,231000 571000,230000 571000,230000 570000),"
     "(230200 570200,230400 570200,230400 570400,230200 570400,230200 570200)))")),
    ("B", 500, "MULTIPOLYGON(((231000 570000,232000 570000,232000 571000,231000 571000,231000 570000)))"),
    ("C", None, ("MULTIPOLYGON(((230250 570250,230350 570250,230350 570350,230250 570350,230250 570250)),"
     "((232000 571000,233000 571000,233000 572000,232000 572000,232000 571000)))")),
    ("D", 0, "MULTIPOLYGON(((230500 570500,231500 570500,231500 571500,230500 571500,230500 570500)))"),
    ("E", 10, "MULTIPOLYGON(((234000 570000,235000 571000,235000 570000,234000 571000,234000 570000)))"),
    ("F", 10, "MULTIPOLYGON(((233000 570000,233333.333 570777.777,233900.1 570100.2,233000 570000)))"),
]  # fmt: skip


#: FICTIEF, around a point in Assen
SQUARE = [
    ("A", 1250, "MULTIPOLYGON(((233000 556000,235000 556000,235000 558000,233000 558000,233000 556000)))")
]


def test_the_answers_on_borders_vertices_and_crossings_are_those_of_the_atlas(provider, tmp_path, in_atlas):
    areas = polygons_layer(AWKWARD)
    file = str(tmp_path / "gebieden.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(areas, file, QgsProject.instance().transformContext(), options)
    random = np.random.default_rng(6)
    places = []
    for _code, _inhabitants, wkt in AWKWARD:
        vertices = [(vertex.x(), vertex.y()) for vertex in QgsGeometry.fromWkt(wkt).vertices()]
        for (x0, y0), (x1, y1) in itertools.pairwise(vertices):
            share = random.uniform(0, 1, 40)
            along = [(x0 + part * (x1 - x0), y0 + part * (y1 - y0)) for part in share]
            places += [(x0, y0), (x1, y1), ((x0 + x1) / 2, (y0 + y1) / 2), *along]
    near = [(np.nextafter(x, 0), np.nextafter(y, 1e9)) for x, y in places]
    grid = [(230_000 + 100 * i, 570_000 + 100 * j) for i in range(52) for j in range(22)]
    x, y = np.array([*places, *near, *grid]).T
    codes, _certain = in_atlas(x, y, file)
    result = run(POINTS=points_layer(x, y), AREAS=file, CODE_FIELD="code", NAME_FIELD="code")
    assert column(result["POINTS_OUTPUT"], "gebied_code") == codes
    assert {"A", "B", "C", "D", "E", "F", None} == set(codes)


def test_bad_geometry_is_reported_and_kept_without_an_area(provider):
    layer = QgsVectorLayer("MultiPointZM?crs=EPSG:28992&field=nummer:integer", "punten", "memory")
    wkts = [
        "", "MultiPointZM EMPTY", "MultiPointZM((0 0 0 0))", "MultiPointZM((233900 557000 3 4))",
        "MultiPointZM((233900 557000 3 4),(233901 557000 3 4))", "MultiPointZM((100000 400000 0 0))",
    ]  # fmt: skip
    features = []
    for number, wkt in enumerate(wkts):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    feedback = QgsProcessingFeedback()
    result = processing.run(
        ALGORITHM, {"POINTS": layer, "POINTS_OUTPUT": "memory:", "AREAS_OUTPUT": "memory:"}, feedback=feedback
    )
    output = result["POINTS_OUTPUT"]
    assert column(output, "gebied_code") == [None, None, None, "GM0106", None, None]
    reasons = column(output, "gebied_toelichting")
    assert reasons[0] == reasons[1] == "Geen geometrie."
    assert reasons[2].startswith("De coördinaten zijn 0, 0")
    assert reasons[4] == "Meer dan één punt."
    assert reasons[3] is None
    assert reasons[5] == "Ligt in geen van de gebieden."
    assert "2 × Geen geometrie." in feedback.textLog()


def test_points_in_degrees_are_transformed_by_the_atlas_itself(provider):
    from buitengebied_atlas.atlas.core.areas.crs import rd_from_wgs84
    from buitengebied_atlas.layers.rd_transform import to_rd, transformed

    x, y = np.array([6.56, 7.0, 999.0, np.nan]), np.array([53.0, 53.3, 999.0, 53.0])
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    east, north = transformed(x, y, to_rd(crs, QgsProject.instance().transformContext(), ""))
    for number in (0, 1):
        wanted = rd_from_wgs84(x[number], y[number])
        assert (east[number], north[number]) == pytest.approx(wanted, abs=1e-6)
    assert np.isnan(east[2:]).all()
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    assert column(run(POINTS=points_layer([6.56], [53.0], "EPSG:4326"))["POINTS_OUTPUT"], "gebied_code") == [
        "GM0106"
    ]


@pytest.mark.parametrize(
    "wkt",
    ["Point(233900 557000)", "PointZ(233900 557000 3)", "PointM(233900 557000 4)",
     "PointZM(233900 557000 3 4)", "MultiPoint((233900 557000))"],
)  # fmt: skip
def test_heights_and_measures_do_not_move_a_point(provider, wkt):
    kind = wkt.partition("(")[0]
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:28992", "punten", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures([feature, feature])
    assert column(run(POINTS=layer)["POINTS_OUTPUT"], "gebied_code") == ["GM0106", "GM0106"]


def test_the_own_fields_of_a_point_stay_what_they_were(provider):
    layer = QgsVectorLayer(
        "Point?crs=EPSG:28992&field=a:string&field=b:double&field=gebied_code:integer&field=d:date",
        "punten", "memory",
    )  # fmt: skip
    rows = [["é", 7.5, 3, QDate(2025, 11, 1)], [None, None, None, None]]
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(row)
        feature.setGeometry(QgsGeometry(QgsPoint(233900, 557000)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    output = run(POINTS=layer)["POINTS_OUTPUT"]
    names = [
        "a",
        "b",
        "gebied_code",
        "d",
        "gebied_code_2",
        "gebied_naam",
        "gebied_toelichting",
        "gemeente_zeker",
    ]
    assert output.fields().names() == names
    found = [[None if value == NULL else value for value in one.attributes()] for one in output.getFeatures()]
    assert found == [[*row, "GM0106", "Assen", None, "ja"] for row in rows]


def test_a_layer_without_a_system_is_refused(provider):
    layer = points_layer([233900], [557000])
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="niet in welk coördinatenstelsel"):
        run(POINTS=layer)


def test_a_layer_being_edited_counts_with_its_edits_and_only_the_selected_when_asked(provider):
    layer = points_layer([233900, 233901], [557000, 557000])
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry(QgsPoint(233902, 557000)))
    layer.addFeature(feature)
    assert run(POINTS=layer)["ASSIGNED"] == 3
    layer.selectByIds([1])
    assert (
        run(
            POINTS=QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
            if QgsProject.instance().addMapLayer(layer)
            else None
        )["ASSIGNED"]
        == 1
    )
    layer.rollBack()
    QgsProject.instance().removeMapLayer(layer.id())


def test_counts_are_divided_by_a_field_or_by_other_points(provider):
    areas = polygons_layer(AWKWARD[:2])
    points = points_layer([230100, 230150, 231500], [570100, 570100, 570500])
    by_field = run(POINTS=points, AREAS=areas, CODE_FIELD="code", BASE_FIELD="inwoners")["AREAS_OUTPUT"]
    assert column(by_field, "per_1000") == [2.0, 2.0]
    assert column(by_field, "per_km2") == pytest.approx([2 / 0.96, 1.0])
    addresses = points_layer([230100] * 8, [570100] * 8)
    by_points = run(POINTS=points, AREAS=areas, CODE_FIELD="code", BASE_POINTS=addresses)["AREAS_OUTPUT"]
    assert column(by_points, "per_1000") == [250.0, None]
    assert column(by_points, "onzeker") == [None, None]


def test_two_areas_with_one_code_are_refused(provider):
    with pytest.raises(QgsProcessingException, match="dezelfde code"):
        run(POINTS=points_layer([1], [1]), AREAS=polygons_layer([AWKWARD[0], AWKWARD[0]]), CODE_FIELD="code")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cancelled_run_leaves_no_file_and_what_stood_there(provider, tmp_path, share):
    random = np.random.default_rng(7)
    points = points_layer(random.uniform(204_000, 279_000, 60_000), random.uniform(514_000, 621_000, 60_000))
    old = tmp_path / "gebieden.gpkg"
    old.write_bytes(b"SQLite format 3\0van een ander")
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(
        lambda percentage: feedback.cancel() if percentage >= 100 * share else None
    )
    outputs = {"POINTS_OUTPUT": str(tmp_path / "punten.gpkg"), "AREAS_OUTPUT": str(old)}
    result = processing.run(ALGORITHM, {"POINTS": points, **outputs}, feedback=feedback)
    assert "POINTS_OUTPUT" not in result
    assert [path.name for path in tmp_path.iterdir()] == ["gebieden.gpkg"]
    assert old.read_bytes() == b"SQLite format 3\0van een ander"


def test_the_figures_are_the_same_in_a_dutch_qgis(provider, dutch, tmp_path):
    table = tmp_path / "punten.csv"
    table.write_text("naam;x;y\nFICTIEF;233900,5;557000,25\n", encoding="utf-8")
    uri = f"file://{table}?delimiter=;&decimalPoint=,&xField=x&yField=y&crs=EPSG:28992"
    points = QgsVectorLayer(uri, "punten", "delimitedtext")
    result = run(POINTS=points, POINTS_OUTPUT=str(tmp_path / "uit.csv"))
    with (tmp_path / "uit.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["gebied_code"], row["gemeente_zeker"]) == ("GM0106", "ja")
    (assen,) = (area for area in result["AREAS_OUTPUT"].getFeatures() if area["code"] == "GM0106")
    assert assen["aantal"] == 1
    assert assen["per_km2"] == pytest.approx(1 / assen["oppervlakte_km2"], rel=1e-3)
    by_field = run(POINTS=points, AREAS=polygons_layer(SQUARE), CODE_FIELD="code", BASE_FIELD="inwoners")
    assert column(by_field["AREAS_OUTPUT"], "per_1000") == [0.8]


def test_a_place_that_can_not_be_written_is_told_as_a_sentence(provider, tmp_path):
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(QgsProcessingException, match="kan niet worden geschreven"):
        run(POINTS=points_layer([1], [1]), POINTS_OUTPUT=str(tmp_path / "bestand" / "uit.gpkg"))


def test_a_shapefile_arrives_with_all_its_parts(provider, tmp_path):
    path = tmp_path / "map met spatie é" / "punten.shp"
    run(POINTS=points_layer([233900], [557000]), POINTS_OUTPUT=str(path))
    assert {file.suffix for file in path.parent.iterdir()} >= {".shp", ".dbf", ".shx", ".prj"}
    assert QgsVectorLayer(str(path), "", "ogr").featureCount() == 1
