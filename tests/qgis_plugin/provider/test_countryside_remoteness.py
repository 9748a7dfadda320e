"""The rural area and remoteness: the same answers as the atlas environment, on the same data (FICTIEF)."""

from __future__ import annotations

import csv
import json

import processing
import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

#: metres and percentage points; distances are computed by other code on the same 64-bit coordinates
TOLERANCE = 1e-6

PEER = """
import json, sys
import geopandas, numpy as np, pandas as pd
from atlas.geo.measuring.countryside import CountrysideMethod, countryside_codes, neighbourhood_density
from atlas.geo.measuring.remoteness import RemotenessMethod, remoteness
folder, answer = sys.argv[1:]
read = lambda name: geopandas.read_file(f"{folder}/{name}.gpkg")
yards, homes, kernen, roads, areas = map(read, ("erven", "woningen", "kernen", "wegen", "buurten"))
for frame in (yards, homes):
    frame["x"], frame["y"] = frame.geometry.x, frame.geometry.y
    frame["adres_id"] = frame["adres_id"].fillna("")
yards["gemeente_code"] = yards["gemeente_code"].fillna("")
roads["doorgaand"] = roads["doorgaand"] == 1
measures = remoteness(pd.DataFrame(yards), pd.DataFrame(homes[homes["is_woning"] == 1]),
                      RemotenessMethod("2026-01-01"), kernen=kernen.geometry, roads=roads)
codes = {}
for kind, parameters in (("kom", {}), ("kern", {}), ("oad", {"drempel_per_km2": 500, "herkomst": "buurt"})):
    known = areas.assign(oad=areas["oad"].where(areas["oad"] >= 0))
    density = neighbourhood_density(yards["x"], yards["y"], known)
    method = CountrysideMethod(kind, parameters, "2026-01-01")
    found = countryside_codes(
        yards["x"], yards["y"], method, polygons=kernen.geometry, densities=density
    )
    codes[kind] = list(map(str, found))
    codes[kind + "_text"] = method.text
table = {name: [None if pd.isna(value) else value for value in measures[name].tolist()] for name in measures}
json.dump({"measures": table, "codes": codes}, open(answer, "w"))
"""

DATA = """
import sys
import geopandas, numpy as np, shapely
from shapely import box
folder = sys.argv[1]
random = np.random.default_rng(3)
def save(name, frame):
    geopandas.GeoDataFrame(frame, crs="EPSG:28992").to_file(f"{folder}/{name}.gpkg", layer=name)
# whole metres on a small map: many equal distances, dwellings at exactly 25, 250 and 500 m
def places(n):
    return random.integers(0, 120, (n, 2)) * 25.0 + (230_000, 560_000)
yards, homes = places(150), places(900)
homes[:20] = yards[:20] + (25, 0)
homes[20:40] = yards[20:40] + (0, 250)
homes[40:60] = yards[40:60] + (300, 400)
yards[60] = yards[61]
codes = random.choice(["GM0106", "GM1680", "GM0014", ""], 150)
codes[0] = "GM1966"
own = [f"a{i}" if i % 3 else "" for i in range(150)]
save("erven", {"adres_id": own, "gemeente_code": codes, "geometry": shapely.points(yards)})
ids = [f"a{i}" if i % 2 else f"b{i}" for i in range(900)]
lived_in = (np.arange(900) % 7 > 0).astype(int)
save("woningen", {"adres_id": ids, "is_woning": lived_in, "geometry": shapely.points(homes)})
boxes = [box(x, y, x + 400, y + 300) for x, y in places(8)]
save("kernen", {"naam": [f"FICTIEF {i}" for i in range(8)], "geometry": boxes})
lines = [shapely.LineString([a, b]) for a, b in zip(places(40), places(40) + 10)]
save("wegen", {"doorgaand": (np.arange(40) % 2).astype(int), "geometry": lines})
corners = [(230_000 + 500 * i, 560_000 + 500 * j) for i in range(5) for j in range(6)]
squares = [box(x, y, x + 500, y + 500) for x, y in corners]
oad = np.where(np.arange(30) % 6 == 0, -99997.0, np.arange(30) * 25.0)
save("buurten", {"oad": oad, "geometry": squares})
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, atlas_environment):
    made = tmp_path_factory.mktemp("FICTIEF é")
    for script, arguments in ((DATA, [made]), (PEER, [made, made / "answer.json"])):
        done = atlas_environment("python", "-c", script, *arguments)
        assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def answer(folder):
    return json.loads((folder / "answer.json").read_text())


def column(layer, name):
    return [None if feature[name] == NULL else feature[name] for feature in layer.getFeatures()]


def remote(folder, **parameters):
    given = {
        "YARDS": f"{folder}/erven.gpkg", "YARD_ADDRESS": "adres_id", "DWELLINGS": f"{folder}/woningen.gpkg",
        "DWELLING_ADDRESS": "adres_id", "IS_DWELLING": "is_woning", "KERNEN": f"{folder}/kernen.gpkg",
        "ROADS": f"{folder}/wegen.gpkg", "IS_THROUGH": "doorgaand", "REFERENCE_DATE": "2026-01-01",
        "OUTPUT": "memory:", **parameters,
    }  # fmt: skip
    return processing.run("buitengebied_atlas:remoteness", given)


def test_remoteness_is_that_of_the_atlas(provider, folder, answer):
    output = remote(folder)["OUTPUT"]
    for name, wanted in answer["measures"].items():
        found = column(output, name)
        if name == "methode":
            assert found == wanted
            continue
        assert [one is None for one in found] == [one is None for one in wanted], name
        pairs = [(one, other) for one, other in zip(found, wanted, strict=True) if one is not None]
        assert max(abs(one - other) for one, other in pairs) <= TOLERANCE, name
    assert set(column(output, "peildatum")) == {"2026-01-01"}


def test_a_road_of_which_nothing_is_known_is_not_no(provider, folder):
    roads = QgsVectorLayer("LineString?crs=EPSG:28992&field=doorgaand:string", "wegen", "memory")
    lines = []
    for number, answer in enumerate(("ja", None)):
        road = QgsFeature(roads.fields())
        road.setGeometry(QgsGeometry.fromWkt(f"LINESTRING(233000 {557000 + number}, 234000 557000)"))
        road.setAttribute("doorgaand", answer)
        lines.append(road)
    roads.dataProvider().addFeatures(lines)
    with pytest.raises(QgsProcessingException, match="Niet van elke weg is bekend"):
        remote(folder, ROADS=roads)


def test_without_kernen_and_roads_their_columns_are_empty(provider, folder):
    output = remote(folder, KERNEN=None, ROADS=None)["OUTPUT"]
    assert set(column(output, "afstand_kern_m")) == set(column(output, "afstand_weg_m")) == {None}


def test_roads_without_a_through_road_are_refused_with_a_sentence(provider, folder):
    with pytest.raises(QgsProcessingException, match="Er zijn geen vlakken of lijnen"):
        remote(folder, ROADS=f"{folder}/wegen.gpkg|layername=wegen|subset=doorgaand = 0")


def marked(folder, **parameters):
    given = {
        "POINTS": f"{folder}/erven.gpkg", "METHOD": 0, "POLYGONS": f"{folder}/kernen.gpkg",
        "REFERENCE_DATE": "2026-01-01", "OUTPUT": "memory:", **parameters,
    }  # fmt: skip
    return processing.run("buitengebied_atlas:countryside", given)


@pytest.mark.parametrize(
    ("method", "kind", "more"),
    [(0, "kom", {}), (1, "kern", {}), (2, "oad", {"DENSITY_FIELD": "oad", "THRESHOLD": 500})],
)
def test_the_rural_area_is_that_of_the_atlas(provider, folder, answer, method, kind, more):  # noqa: PLR0917
    if kind == "oad":
        more = {**more, "POLYGONS": f"{folder}/buurten.gpkg"}
    output = marked(folder, METHOD=method, **more)["OUTPUT"]
    assert column(output, "buitengebied") == answer["codes"][kind]
    assert set(column(output, "methode")) == {answer["codes"][kind + "_text"]}
    assert len(set(answer["codes"][kind])) > 1


def test_a_neighbourhood_method_without_its_field_is_refused(provider, folder):
    with pytest.raises(QgsProcessingException, match="veld met de adressendichtheid"):
        marked(folder, METHOD=2, POLYGONS=f"{folder}/buurten.gpkg")


def test_a_layer_of_yards_can_be_measured_to_a_file(provider, folder, tmp_path):
    path = tmp_path / "map met spatie é" / "erven.gpkg"
    assert remote(folder, OUTPUT=str(path))["OUTPUT"] == str(path)
    assert QgsVectorLayer(str(path), "", "ogr").featureCount() == 150
    assert [entry.name for entry in path.parent.iterdir()] == ["erven.gpkg"]


def stopped_at(percentage):
    """Feedback of a user who presses Cancel when that much is done."""
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda now: feedback.cancel() if now >= percentage else None)
    if not percentage:
        feedback.cancel()
    return feedback


@pytest.fixture(scope="module")
def many_yards(tmp_path_factory, folder):
    """The yards of `folder` often enough for several looks at Cancel."""
    path = tmp_path_factory.mktemp("veel") / "erven.gpkg"
    yards = [f"{folder}/erven.gpkg"] * 80
    processing.run("native:mergevectorlayers", {"LAYERS": yards, "OUTPUT": str(path)})
    return str(path)


@pytest.mark.parametrize("percentage", [0, 10, 50, 90])
@pytest.mark.parametrize("algorithm", ["remoteness", "countryside"])
def test_a_cancelled_run_leaves_no_file_and_what_stood_there(  # noqa: PLR0917
    provider, folder, many_yards, tmp_path, algorithm, percentage
):
    old = tmp_path / "uit.gpkg"
    old.write_bytes(b"SQLite format 3\0van een ander")
    given = {
        "YARDS": many_yards, "DWELLINGS": f"{folder}/woningen.gpkg", "KERNEN": f"{folder}/kernen.gpkg",
        "POINTS": many_yards, "POLYGONS": f"{folder}/kernen.gpkg", "METHOD": 0,
        "REFERENCE_DATE": "2026-01-01", "OUTPUT": str(old),
    }  # fmt: skip
    feedback = stopped_at(percentage)
    result = processing.run(f"buitengebied_atlas:{algorithm}", given, feedback=feedback)
    assert feedback.isCanceled()
    assert "OUTPUT" not in result
    assert [path.name for path in tmp_path.iterdir()] == ["uit.gpkg"]
    assert old.read_bytes() == b"SQLite format 3\0van een ander"


def test_the_answers_are_the_same_in_a_dutch_qgis(provider, folder, answer, dutch, tmp_path):
    """Distances and thresholds with a fraction; a CSV is what a spreadsheet opens."""
    remote(folder, OUTPUT=str(tmp_path / "erven.csv"))
    with (tmp_path / "erven.csv").open(encoding="utf-8-sig") as file:
        found = [float(row["afstand_woning_m"]) for row in csv.DictReader(file)]
    assert found == pytest.approx(answer["measures"]["afstand_woning_m"], abs=TOLERANCE)
    given = {"METHOD": 2, "POLYGONS": f"{folder}/buurten.gpkg", "DENSITY_FIELD": "oad"}
    output = marked(folder, **given, THRESHOLD=500.0)["OUTPUT"]
    assert column(output, "buitengebied") == answer["codes"]["oad"]
    # of the neighbourhoods with 475 and 500 addresses, this threshold lies between
    other = marked(folder, **given, THRESHOLD=474.5)["OUTPUT"]
    assert column(other, "buitengebied").count("ja") <= column(output, "buitengebied").count("ja")
    assert "474" in column(other, "methode")[0] or "475" in column(other, "methode")[0]


REAL = """
import json, sys
from pathlib import Path
import numpy as np, pandas as pd
from atlas.core.files.embedded import embedded_path
from atlas.flows.demo import demo_files
from atlas.geo.measuring.countryside import CountrysideMethod, countryside_codes, neighbourhood_density
from atlas.geo.measuring.remoteness import RemotenessMethod, remoteness
import geopandas
files = demo_files(Path(sys.argv[1]))
read = geopandas.read_file
yards = pd.read_csv(files.farms.parent / "FICTIEF_erven.csv", dtype={"bag_vbo_id": str, "gemeente_code": str})
homes = read(files.addresses)
homes = homes[homes["gebruiksdoel"].str.contains("woonfunctie")]
frame = pd.DataFrame({"x": yards["x"], "y": yards["y"], "adres_id": yards["bag_vbo_id"].fillna(""),
                      "gemeente_code": yards["gemeente_code"].fillna("")})
dwellings = pd.DataFrame({"x": homes.geometry.x, "y": homes.geometry.y, "adres_id": homes["identificatie"]})
kom, kernen, areas = read(files.built_up), read(files.kernen), read(files.neighbourhoods)
areas["oad"] = areas["omgevingsadressendichtheid"].where(areas["omgevingsadressendichtheid"] >= 0)
measures = remoteness(frame, dwellings, RemotenessMethod("2026-01-01"), kernen=kom.geometry)
density = neighbourhood_density(frame["x"], frame["y"], areas)
codes = {
    kind: list(map(str, countryside_codes(
        frame["x"], frame["y"], CountrysideMethod(kind, given, "2026-01-01"), polygons=polygons,
        densities=density)))
    for kind, given, polygons in (
        ("kom", {}, kom.geometry), ("kern", {}, kernen.geometry), ("oad", {"herkomst": "buurt"}, None))
}
table = {
    name: [None if pd.isna(value) else value for value in measures[name].tolist()]
    for name in measures if name not in ("methode", "peildatum")
}
json.dump({"measures": table, "codes": codes}, open(sys.argv[2], "w"))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory, atlas_command, atlas_environment):
    """The countryside that `atlas demo` makes up, and what the atlas environment says of its yards."""
    folder = tmp_path_factory.mktemp("demo é")
    done = atlas_command("demo", "--scale", "0.02", "--out", folder / "uit", cwd=folder)
    assert done.returncode == 0, done.stderr
    files = folder / "uit" / "bestanden"
    done = atlas_environment("python", "-c", REAL, files, folder / "answer.json")
    assert done.returncode == 0, done.stderr
    return files, json.loads((folder / "answer.json").read_text())


def yards_of(files):
    uri = f"file://{files}/FICTIEF_erven.csv?delimiter=,&detectTypes=no&xField=x&yField=y&crs=EPSG:28992"
    layer = QgsVectorLayer(uri, "erven", "delimitedtext")
    assert layer.featureCount() > 50
    return layer


def test_the_remoteness_of_the_yards_of_the_demo_is_that_of_the_atlas(provider, demo):
    files, answer = demo
    dwellings = processing.run(
        "native:extractbyexpression",
        {
            "INPUT": f"{files}/FICTIEF_adressen.gpkg", "EXPRESSION": "gebruiksdoel LIKE '%woonfunctie%'",
            "OUTPUT": "memory:",
        },
    )["OUTPUT"]  # fmt: skip
    output = remote(
        files, YARDS=yards_of(files), YARD_ADDRESS="bag_vbo_id", DWELLINGS=dwellings,
        DWELLING_ADDRESS="identificatie", IS_DWELLING=None, KERNEN=f"{files}/FICTIEF_bebouwde_kom.gpkg",
        ROADS=None, IS_THROUGH=None,
    )["OUTPUT"]  # fmt: skip
    for name, wanted in answer["measures"].items():
        found = column(output, name)
        assert [one is None for one in found] == [one is None for one in wanted], name
        pairs = [(one, other) for one, other in zip(found, wanted, strict=True) if one is not None]
        assert max((abs(one - other) for one, other in pairs), default=0) <= TOLERANCE, name
    assert len(set(answer["measures"]["afstand_woning_m"])) > 50


@pytest.mark.parametrize(
    ("method", "kind", "polygons"),
    [(0, "kom", "bebouwde_kom"), (1, "kern", "kernen"), (2, "oad", "buurten")],
)
def test_the_rural_yards_of_the_demo_are_those_of_the_atlas(provider, demo, method, kind, polygons):
    files, answer = demo
    output = marked(
        files, POINTS=yards_of(files), METHOD=method, POLYGONS=f"{files}/FICTIEF_{polygons}.gpkg",
        DENSITY_FIELD="omgevingsadressendichtheid" if kind == "oad" else None,
    )["OUTPUT"]  # fmt: skip
    assert column(output, "buitengebied") == answer["codes"][kind]
    assert "ja" in answer["codes"][kind]


def test_an_address_that_may_be_a_dwelling_is_not_called_none(provider, folder):
    unknown = processing.run(
        "native:fieldcalculator",
        {
            "INPUT": f"{folder}/woningen.gpkg", "FIELD_NAME": "is_woning", "FIELD_TYPE": 1,
            "FORMULA": "if($id < 4, NULL, is_woning)", "OUTPUT": "memory:",
        },
    )["OUTPUT"]  # fmt: skip
    with pytest.raises(QgsProcessingException, match="bekend of het een woning is"):
        remote(folder, DWELLINGS=unknown)
