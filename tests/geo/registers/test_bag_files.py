"""Files with addresses that can't be used, or only just; and what reading leaves alone."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
import register_samples as samples
import shapely
from bag_forms import FORMS

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.addresses import read_addresses

ROWS = samples.addresses()


@pytest.mark.parametrize("form", ["WFS GeoJSON", "WFS GML", "bag-light", "OGC API", "extract ZIP"])
@pytest.mark.parametrize("part", [0.25, 0.6, 0.9])
def test_a_truncated_file_is_refused(form, part, tmp_path):
    path = FORMS[form](tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(AtlasError):
        read_addresses(path)


@pytest.mark.parametrize("name", ["leeg.gpkg", "leeg.csv", "leeg.zip", "leeg.gml", "leeg.json"])
def test_an_empty_file_is_refused(name, tmp_path):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(AtlasError):
        read_addresses(tmp_path / name)


def test_a_path_that_is_not_there_and_a_folder_without_addresses_are_refused(tmp_path):
    with pytest.raises(AtlasError, match="bestaat niet"):
        read_addresses(tmp_path / "nergens.gpkg")
    with pytest.raises(AtlasError, match="geen bestanden met adressen"):
        read_addresses(tmp_path)


#: another program: locks do not count between two users of a file in one process
_WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    database.execute(statement)
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_program(path, *statements):
    command = [sys.executable, "-c", _WRITER, str(path), *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "ready\n"
        yield
        other.stdin.close()


def test_a_geopackage_that_somebody_is_editing_is_read_as_it_was_saved(tmp_path):
    path = samples.write_light(tmp_path / "l.gpkg", ROWS)
    edit = ("PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE", "UPDATE verblijfsobject SET huisnummer = 999")
    with another_program(path, *edit):
        assert read_addresses(path).frame["huisnummer"].tolist() == [one.number for one in ROWS]


def test_a_geopackage_that_another_program_locks_gets_a_sentence(tmp_path):
    path = samples.write_light(tmp_path / "l.gpkg", ROWS)
    with another_program(path, "BEGIN EXCLUSIVE"), pytest.raises(AtlasError, match="houdt dit bestand vast"):
        read_addresses(path)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: samples.write_light(path, ROWS, geometry=[None] * len(ROWS)),
        lambda path: samples.write_light(path, samples.with_statuses(["Verblijfsobject ingetrokken"])),
    ],
)
def test_when_nothing_can_be_used_the_file_is_refused_with_the_counts(write, tmp_path):
    with pytest.raises(AtlasError, match="Geen enkele rij") as caught:
        read_addresses(write(tmp_path / "l.gpkg"))
    assert caught.value.got[0].isdigit()


def test_a_file_about_something_else_is_refused(tmp_path):
    path = samples.write_layer(tmp_path / "x.gpkg", "x", [{"naam": "a"}], [shapely.Point(235_000, 556_000)])
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        read_addresses(path)


def test_a_table_without_coordinates_is_refused(tmp_path):
    path = samples.write_csv(tmp_path / "a.csv", [{"postcode": "9499ZZ", "huisnummer": "1"}])
    with pytest.raises(AtlasError, match="geen coördinaten"):
        read_addresses(path)


def test_rd_declared_as_degrees_is_refused_unless_the_user_knows_better(tmp_path):
    path = tmp_path / "pagina.json"
    path.write_bytes(samples.ogc_page(ROWS, rd=True, crs="urn:ogc:def:crs:OGC:1.3:CRS84"))
    with pytest.raises(AtlasError, match="klopt niet met de coördinaten"):
        read_addresses(path)
    assert len(read_addresses(path, crs="EPSG:28992").frame) == len(ROWS)


def test_pages_in_two_systems_are_refused(tmp_path):
    folder = samples.write_pages(tmp_path / "pages", [ROWS[:2]])
    (folder / "pagina-2.geojson").write_bytes(samples.wfs_geojson(ROWS[2:]))
    with pytest.raises(AtlasError, match="niet in hetzelfde coördinatenstelsel"):
        read_addresses(folder)


def test_a_shapefile_without_prj_and_with_cut_names_is_recognised(tmp_path):
    rows = [{name[:10]: value for name, value in samples.light_properties(one).items()} for one in ROWS]
    path = samples.write_layer(
        tmp_path / "bag.shp", "bag", rows, [shapely.Point(one.x, one.y) for one in ROWS], kind="Point"
    )
    path.with_suffix(".prj").unlink()
    reading = read_addresses(path)
    assert reading.frame["bag_vbo_id"].tolist() == [one.vbo_id for one in ROWS]
    assert set(reading.frame["straat"]) == {samples.STREET}
    assert reading.frame["is_woning"].all()
    assert any("herkend als RD" in note for note in reading.report.notes)


def test_reading_a_wfs_answer_asks_nothing_of_the_internet_and_leaves_nothing_behind(tmp_path):
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        path = tmp_path / "bag.gml"
        path.write_bytes(samples.wfs_gml(ROWS, schema=f"http://127.0.0.1:{server.server_port}/wfs"))
        assert len(read_addresses(path).frame) == len(ROWS)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []
    assert [file.name for file in tmp_path.iterdir()] == ["bag.gml"]
