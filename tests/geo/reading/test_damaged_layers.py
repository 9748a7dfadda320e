"""Map files made to break a reader: a sentence within the time for their size, whoever reads them."""

import os
import sqlite3
import struct
import time
import zipfile
from contextlib import closing, suppress

import geopandas as gpd
import pytest
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries import boundary_file
from atlas.geo.boundaries.levels import load_boundaries
from atlas.geo.reading import reading_process, vector_files
from atlas.geo.reading.vector_files import data_layers
from atlas.geo.registers.addresses import read_addresses
from atlas.geo.registers.places import read_built_up
from atlas.store.tables import read_table

READERS = {
    "adressen": read_addresses,
    "kernen": read_built_up,
    "grenzen": lambda path: load_boundaries("gemeente", path),
    "tabel": read_table,
}
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


@pytest.fixture
def few_seconds(monkeypatch):
    monkeypatch.setattr(reading_process, "seconds_for", lambda _size: 2.0)


def geopackage(path, change):
    """A layer of one village, after some SQL."""
    shape = shapely.box(233_000, 556_000, 234_000, 557_000)
    gpd.GeoDataFrame({"naamnl": ["Dorp"], "bebouwdekom": ["ja"]}, geometry=[shape], crs="EPSG:28992").to_file(
        path, layer="plaats_vlak"
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.create_function("ST_IsEmpty", 1, lambda _shape: 0)
        for name in ("MinX", "MaxX", "MinY", "MaxY"):
            connection.create_function(f"ST_{name}", 1, lambda _shape: 0)
        change(connection)
    return path


def endless(connection):
    """The layer is a view that never ends, of the columns that it had."""
    connection.execute("ALTER TABLE plaats_vlak RENAME TO oud")
    connection.execute(f"CREATE VIEW plaats_vlak AS SELECT oud.* FROM oud, ({ENDLESS}) WHERE i < 0")
    connection.execute("UPDATE gpkg_contents SET table_name = 'plaats_vlak'")
    connection.execute("UPDATE gpkg_geometry_columns SET table_name = 'plaats_vlak'")


def claims_milliards(connection):
    """A line that says it has two milliard points, in a dozen bytes."""
    header = b"GP\x00\x01" + struct.pack("<i", 28992)
    for kind in (2, 3, 6, 15, 17):
        geometry = header + struct.pack("<BII", 1, kind, 0x7FFFFFFF) + b"\x00" * 12
        connection.execute("INSERT INTO plaats_vlak (geom, bebouwdekom) VALUES (?, 'ja')", (geometry,))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_layer_that_never_ends_is_a_sentence(tmp_path, few_seconds, reader):
    path = geopackage(tmp_path / "eindeloos.gpkg", endless)
    begin = time.monotonic()
    with pytest.raises(AtlasError, match="duurde te lang"):
        reader(path)
    assert time.monotonic() - begin < 45  # a busy machine takes long to start a process


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_shape_that_says_it_is_endless_ends_nothing(tmp_path, reader):
    """What cannot be read of it is a row that is not used, or the whole is refused: never more than that."""
    path = geopackage(tmp_path / "groot.gpkg", claims_milliards)
    with suppress(AtlasError):
        reader(path)


@pytest.mark.parametrize("suffix", [".xml", ".gml", ".json", ".geojson"])
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_file_that_points_at_another_reads_nothing(tmp_path, reader, suffix):
    """GDAL would read the other file, or ask a service on the internet."""
    other = tmp_path / "geheim.csv"
    other.write_text("naam,huisnummer,x,y\nGeheim,1,233000,556000\n")
    path = tmp_path / f"verwijst{suffix}"
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="geheim"><SrcDataSource>{other}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(AtlasError) as caught:
        reader(path)
    assert "Geheim" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_pipe_is_not_waited_for(tmp_path, reader):
    os.mkfifo(tmp_path / "pijp.gpkg")
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        reader(tmp_path / "pijp.gpkg")


def test_a_zip_of_zeros_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "kernen.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("plaats_vlak.gpkg", "w") as inside,
    ):
        for _ in range(300):
            inside.write(bytes(1_000_000))
    with pytest.raises(AtlasError, match="honderden keren"):
        read_built_up(path)


def test_after_a_file_that_hangs_the_next_one_is_read(tmp_path, few_seconds):
    with pytest.raises(AtlasError):
        read_built_up(geopackage(tmp_path / "eindeloos.gpkg", endless))
    assert data_layers(geopackage(tmp_path / "heel.gpkg", lambda _connection: None)) == ["plaats_vlak"]


MAPS = {name: READERS[name] for name in ("kernen", "grenzen")}


@pytest.mark.parametrize("reader", MAPS.values(), ids=MAPS)
def test_text_that_is_no_text_is_a_sentence(tmp_path, reader):
    def other_letters(connection):
        connection.execute("UPDATE plaats_vlak SET bebouwdekom = CAST(X'446FE970' AS TEXT)")

    with pytest.raises(AtlasError, match="andere letters dan het bestand zegt"):
        reader(geopackage(tmp_path / "letters.gpkg", other_letters))


@pytest.mark.parametrize("reader", MAPS.values(), ids=MAPS)
@pytest.mark.parametrize("declared", ["EPSG:28992", ""])
def test_a_system_that_does_not_exist_is_no_traceback(tmp_path, monkeypatch, reader, declared):
    """GDAL hands on what a damaged file declares: text that names no system, or nothing."""
    path = geopackage(tmp_path / "stelsel.gpkg", lambda _connection: None)
    apart = reading_process.read_apart

    def damaged(task, *arguments):
        found = apart(task, *arguments)
        return (*found[:2], declared.replace("28992", "x")) if task.endswith(":layer_info") else found

    for module in (vector_files, boundary_file):
        monkeypatch.setattr(module, "read_apart", damaged)
    with suppress(AtlasError) if not declared else pytest.raises(AtlasError, match="beschadigd"):
        reader(path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
def test_a_copy_of_the_process_asks_one_of_its_own(tmp_path):
    path = geopackage(tmp_path / "heel.gpkg", lambda _connection: None)
    data_layers(path)
    (waiting,) = reading_process._kept
    reading_process._forget_kept()
    assert data_layers(path) == ["plaats_vlak"]
    assert reading_process._kept != [waiting]
    waiting.end()
