"""Our own output is replaced; work of others, and a file that is open, never."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import geopandas as gpd
import pytest
import shapely

from atlas.core.words.errors import AtlasError
from atlas.gpkg.replacing import check_replaceable
from atlas.store.geopackage import write_atlas_geopackage
from atlas_samples import atlas
from released_samples import leaving


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(atlas()))
    return path


def refused(path):
    before = path.read_bytes()
    with pytest.raises(AtlasError) as caught:
        write_atlas_geopackage(path, leaving(atlas()))
    assert path.read_bytes() == before
    assert caught.value.where == str(path)
    return caught.value


def test_a_new_name_and_our_own_output_are_fine(tmp_path, published):
    check_replaceable(tmp_path / "nieuw.gpkg")
    write_atlas_geopackage(published, leaving(atlas()))


def test_a_file_that_another_program_is_writing_is_left_alone(published):
    with closing(sqlite3.connect(published, isolation_level=None)) as colleague:
        colleague.execute("BEGIN EXCLUSIVE")
        assert "in gebruik" in refused(published).title


def test_a_file_that_qgis_has_open_is_left_alone(published):
    """QGIS keeps a write-ahead log beside an open GeoPackage."""
    with closing(sqlite3.connect(published)) as colleague:
        colleague.execute("PRAGMA journal_mode = WAL")
        colleague.execute("UPDATE gemeente SET naam = naam")
        error = refused(published)
    assert "in gebruik" in error.title
    assert "QGIS" in error.hint


def test_a_geopackage_that_is_not_ours_is_never_replaced(tmp_path):
    path = tmp_path / "objecten.gpkg"
    frame = gpd.GeoDataFrame({"naam": ["werk"]}, geometry=[shapely.Point(233_000, 581_000)], crs="EPSG:28992")
    frame.to_file(path, engine="pyogrio")
    assert "niet door de atlas gemaakt" in refused(path).title


def test_another_database_is_never_replaced(tmp_path):
    path = tmp_path / "anders.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE werk (x)")
    assert "andere soort" in refused(path).title


def test_our_output_to_which_somebody_added_a_layer_is_kept(published):
    frame = gpd.GeoDataFrame({"naam": ["werk"]}, geometry=[shapely.Point(233_000, 581_000)], crs="EPSG:28992")
    frame.to_file(published, layer="mijn_laag", engine="pyogrio")
    error = refused(published)
    assert "lagen toegevoegd" in error.title
    assert error.got == "mijn_laag"


def test_a_folder_with_that_name_is_a_sentence(tmp_path):
    (tmp_path / "atlas.gpkg").mkdir()
    with pytest.raises(AtlasError, match="staat een map"):
        check_replaceable(tmp_path / "atlas.gpkg")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 broken off"])
def test_what_is_no_database_is_replaced(tmp_path, content):
    path = tmp_path / "atlas.gpkg"
    path.write_bytes(content)
    write_atlas_geopackage(path, leaving(atlas()))
    assert path.stat().st_size > 100_000


def test_a_text_with_the_name_of_a_geopackage_is_kept(tmp_path):
    path = tmp_path / "atlas.gpkg"
    path.write_text("gemeente;aantal")
    assert "andere soort" in refused(path).title
