"""The rural area and remoteness: the same answers as the atlas environment, on the same data (FICTIEF)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import processing
import pytest
from qgis.core import NULL, QgsProcessingException, QgsVectorLayer

ROOT = Path(__file__).parents[3]
#: metres and percentage points; distances are computed by other code on the same 64-bit coordinates
TOLERANCE = 1e-6

PEER = """
import json, sys
import geopandas, numpy as np, pandas as pd
from atlas.geo.countryside import CountrysideMethod, countryside_codes, neighbourhood_density
from atlas.geo.remoteness import RemotenessMethod, remoteness
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
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("FICTIEF é")
    for script, arguments in ((DATA, [made]), (PEER, [made, made / "answer.json"])):
        subprocess.run(
            [ROOT / ".venv/bin/python", "-c", script, *arguments],
            check=True,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
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


def test_without_kernen_and_roads_their_columns_are_empty(provider, folder):
    output = remote(folder, KERNEN=None, ROADS=None)["OUTPUT"]
    assert set(column(output, "afstand_kern_m")) == set(column(output, "afstand_weg_m")) == {None}


def test_roads_without_a_through_road_are_refused_with_a_sentence(provider, folder):
    with pytest.raises(QgsProcessingException, match="Er zijn geen vlakken of lijnen"):
        remote(folder, ROADS=f"{folder}/wegen.gpkg|layername=wegen|subset=doorgaand = 0")


@pytest.mark.parametrize(
    ("method", "kind", "polygons"), [(0, "kom", "kernen"), (1, "kern", "kernen"), (2, "oad", "buurten")]
)
def test_the_rural_area_is_that_of_the_atlas(  # noqa: PLR0917
    provider, folder, answer, method, kind, polygons
):
    output = processing.run(
        "buitengebied_atlas:countryside",
        {
            "POINTS": f"{folder}/erven.gpkg", "METHOD": method, "POLYGONS": f"{folder}/{polygons}.gpkg",
            "DENSITY_FIELD": "oad" if kind == "oad" else None, "THRESHOLD": 500,
            "REFERENCE_DATE": "2026-01-01", "OUTPUT": "memory:",
        },
    )["OUTPUT"]  # fmt: skip
    assert column(output, "buitengebied") == answer["codes"][kind]
    assert set(column(output, "methode")) == {answer["codes"][kind + "_text"]}
    assert len(set(answer["codes"][kind])) > 1


def test_a_neighbourhood_method_without_its_field_is_refused(provider, folder):
    with pytest.raises(QgsProcessingException, match="veld met de adressendichtheid"):
        processing.run(
            "buitengebied_atlas:countryside",
            {
                "POINTS": f"{folder}/erven.gpkg",
                "METHOD": 2,
                "POLYGONS": f"{folder}/buurten.gpkg",
                "REFERENCE_DATE": "2026-01-01",
                "OUTPUT": "memory:",
            },
        )


def test_a_layer_of_yards_can_be_measured_to_a_file(provider, folder, tmp_path):
    path = tmp_path / "map met spatie é" / "erven.gpkg"
    assert remote(folder, OUTPUT=str(path))["OUTPUT"] == str(path)
    assert QgsVectorLayer(str(path), "", "ogr").featureCount() == 150
    assert [entry.name for entry in path.parent.iterdir()] == ["erven.gpkg"]
