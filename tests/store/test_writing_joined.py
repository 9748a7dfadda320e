"""The result of a join, in the three forms people ask for."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import geopandas as gpd
import pyogrio
import pytest

from atlas.core.areas.divisions import areas
from atlas.core.areas.embedded_boundaries import embedded_file, embedded_shapes
from atlas.core.figures.estimates import Estimate
from atlas.core.joining.join import join
from atlas.core.joining.joined import joined_rows
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from atlas.store.joined import check_result, write_joined

SYSTEM_PYTHON = "/usr/bin/python3"


def joined(level="gemeente", **columns):
    columns = columns or {
        "gebied": ["Assen", "Emmen", "Het Hogeland"],
        "waarde": [21.5, 30.0, 12.0],
        "n": [100, 250, 40],
    }
    table = Table.from_columns("tabel.csv", columns)
    return join(
        table, level=level, key="gebied", value="waarde", unit="percent", n="n" if "n" in columns else None
    )


def write(path, result, level="gemeente", estimates=None, audience="openbaar", **options):
    write_joined(path, joined_rows(result, level, estimates, audience), **options)


def rows_of(path):
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # Excel then knows it is utf-8
    return list(csv.DictReader(text.decode("utf-8-sig").splitlines()))


def test_csv_has_every_area_once_and_empty_cells_where_nothing_is_known(tmp_path):
    path = tmp_path / "uit.csv"
    write(path, joined(), "gemeente")
    found = {row["code"]: row for row in rows_of(path)}
    assert set(found) == {area.code for area in areas("gemeente")}
    assert found["GM0106"] == {"code": "GM0106", "naam": "Assen", "waarde": "21.5", "n": "100"}
    assert found["GM0114"]["waarde"] == "30"
    assert found["GM0014"] == {"code": "GM0014", "naam": "Groningen", "waarde": "", "n": ""}


def test_geojson_is_wgs84_with_the_coordinates_of_the_embedded_boundaries(tmp_path):
    path = tmp_path / "uit.geojson"
    write(path, joined(), "gemeente")
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert "CC BY 4.0" in collection["bron_grenzen"]
    shapes = embedded_shapes("gemeente")
    for item in collection["features"]:
        assert item["geometry"] == shapes[item["properties"]["code"]]["geometry"]
        assert list(item["properties"]) == ["code", "naam", "waarde", "n"]
    frame = gpd.read_file(path).set_index("code")
    assert frame.loc["GM1966", "waarde"] == 12
    assert frame["waarde"].notna().sum() == 3


def test_geopackage_is_in_rd_and_passes_the_validator(tmp_path):
    path = tmp_path / "uit.gpkg"
    write(path, joined(), "gemeente")
    frame = pyogrio.read_dataframe(path, layer="koppeling").set_index("code")
    assert frame.crs.to_epsg() == 28992
    assert frame.loc["GM0106", ["waarde", "n"]].tolist() == [21.5, 100]
    assert len(frame) == 22
    done = subprocess.run(
        [SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "--warning-as-error", str(path)],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg"])
def test_same_join_same_bytes(tmp_path, suffix):
    first, second = tmp_path / f"een{suffix}", tmp_path / f"twee{suffix}"
    write(first, joined(), "gemeente")
    write(second, joined(), "gemeente")
    assert first.read_bytes() == second.read_bytes()
    write(first, joined(), "gemeente")  # and our own output may be written again
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("level", "name"),
    [("surveyregio", "Oldambt/Westerwolde"), ("provincie", "Drenthe"), ("gemeente", "De Wolden")],
)
def test_every_level_can_be_written(tmp_path, level, name):
    path = tmp_path / "uit.geojson"
    write(path, joined(level, gebied=[name], waarde=[5]), level)
    values = {
        row["naam"]: row["waarde"]
        for row in (item["properties"] for item in json.loads(path.read_text())["features"])
    }
    assert values[name] == 5
    assert len(values) == len(areas(level))


def test_wijken_are_written_with_their_own_borders_and_source(tmp_path):
    result = joined("wijk", gebied=["WK001400", "10601"], waarde=[5, 7.5])
    for name in ("uit.geojson", "uit.gpkg", "uit.csv"):
        write(tmp_path / name, result, "wijk")
    collection = json.loads((tmp_path / "uit.geojson").read_text(encoding="utf-8"))
    assert "Kerncijfers wijken en buurten 2022" in collection["bron_grenzen"]
    shapes = embedded_shapes("wijk")
    assert {item["properties"]["code"] for item in collection["features"]} == set(shapes)
    for item in collection["features"]:
        assert item["geometry"] == shapes[item["properties"]["code"]]["geometry"]
    frame = pyogrio.read_dataframe(tmp_path / "uit.gpkg", layer="koppeling").set_index("code")
    assert frame["waarde"].dropna().to_dict() == {"WK001400": 5, "WK010601": 7.5}
    assert frame.area.sum() / 1e6 == pytest.approx(5068, abs=1)
    assert len(rows_of(tmp_path / "uit.csv")) == 312


def test_intervals_and_status_are_there_when_they_are_known(tmp_path):
    known = Estimate(value=21.5, low=15.0, high=29.6, n=100, n_effective=50, status="indicatief", note="")
    path = tmp_path / "uit.csv"
    write(path, joined(), "gemeente", estimates={"GM0106": known})
    found = {row["code"]: row for row in rows_of(path)}
    assert list(found["GM0106"]) == ["code", "naam", "waarde", "n", "laag", "hoog", "status"]
    assert (found["GM0106"]["laag"], found["GM0106"]["hoog"], found["GM0106"]["status"]) == (
        "15.0",
        "29.6",
        "indicatief",
    )
    assert found["GM0014"]["status"] == "geen_gegevens"


def test_boundaries_of_the_user_are_used(tmp_path):
    own = tmp_path / "gemeenten.gpkg"
    gpd.read_file(embedded_file("gemeente"))[["code", "naam", "geometry"]].to_file(own, engine="pyogrio")
    path = tmp_path / "uit.geojson"
    write(path, joined(), "gemeente", boundaries=own)
    assert "eigen grensbestand" in json.loads(path.read_text(encoding="utf-8"))["bron_grenzen"]


def test_an_audience_that_may_see_nothing_gets_no_file(tmp_path):
    with pytest.raises(AtlasError, match="mag deze doelgroep niet bereiken"):
        write(tmp_path / "uit.csv", joined(), "gemeente", audience="iedereen")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["uit.xlsx", "uit", "uit.gpkg.txt"])
def test_another_kind_of_output_is_refused_before_any_work(tmp_path, name):
    with pytest.raises(AtlasError, match="kan niet worden gemaakt") as caught:
        check_result(tmp_path / name)
    assert caught.value.expected == ".gpkg of .geojson of .csv"


def test_a_folder_in_the_place_of_the_output_is_refused(tmp_path):
    (tmp_path / "uit.csv").mkdir()
    with pytest.raises(AtlasError, match="staat een map"):
        check_result(tmp_path / "uit.csv")


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg"])
def test_a_full_disk_leaves_nothing_behind(tmp_path, suffix):
    """The limit on file size stands in for the end of the disk."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from atlas.core.words.errors import AtlasError\n"
        "from atlas.core.joining.join import join\n"
        "from atlas.core.joining.joined import joined_rows\n"
        "from atlas.core.tables.table import Table\n"
        "from atlas.store.joined import write_joined\n"
        "table = Table.from_columns('t', {'g': ['Assen'], 'w': [1]})\n"
        "found = join(table, level='gemeente', key='g', value='w', unit='count')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "try:\n"
        "    write_joined(Path(sys.argv[1]), joined_rows(found, 'gemeente', None, 'openbaar'))\n"
        "except AtlasError as error:\n"
        "    print(error.title)\n"
    )
    path = tmp_path / f"uit{suffix}"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "Het bestand kan niet worden geschreven.\n"
    assert list(tmp_path.iterdir()) == []
