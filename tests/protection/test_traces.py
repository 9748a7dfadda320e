"""What the bytes of a file give away, however it is packed; and that numbers and borders are no traces."""

import base64
import gzip
import io
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing

import pytest

from atlas.protection.traces import Secrets, traces_in

UUID = "00000000-0000-4000-8000-000000000017"
SECRETS = {
    "uuid": UUID,
    "BAG-nummer": "0106010000000017",
    "postcode": "9471 ZZ",
    "adres": "Verzonnenweg 14A",
    "pad van een laag": "leegstand_object.gpkg",
    "pad van een gebruiker": "C:\\Users\\verzonnen\\dossier",
}


def traces(tmp_path, content, name="bestand.html", secrets=None):
    return traces_in(tmp_path / name, content, secrets)


def zipped(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return file.getvalue()


def picture(content, kind=b"zTXt"):
    data = b"Comment\0\0" + zlib.compress(content) if kind == b"zTXt" else b"Comment\0" + content
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk


def free_page(content):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("PRAGMA secure_delete = OFF; CREATE TABLE a (x)")
        connection.execute("INSERT INTO a VALUES (?)", [content.decode() + " " * 3000])
        connection.commit()
        connection.executescript("DROP TABLE a; CREATE TABLE b (y); INSERT INTO b VALUES (1)")
        return connection.serialize()


def pdf(content):
    import pikepdf

    file = io.BytesIO()
    document = pikepdf.new()
    document.Root.Extra = pikepdf.String(content.decode())
    document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


PACKED = {
    "as it is": lambda content: b"<p>" + content + b"</p>",
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zip": zipped,
    "zip in zip": lambda content: zipped(zipped(content)),
    "base64": lambda content: (
        b'"' + base64.b64encode(b"een hele zin met daarin " + content + b" en meer") + b'"'
    ),
    "gzip in base64": lambda content: b"<script>" + base64.b64encode(gzip.compress(content)) + b"</script>",
    "picture": picture,
    "text of a picture": lambda content: picture(content, b"tEXt"),
    "free page of a database": free_page,
    "PDF": pdf,
}


@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_found_however_it_is_packed(tmp_path, what, how):
    found = traces(tmp_path, PACKED[how](b"Zie hier " + SECRETS[what].encode() + b" en verder"))
    assert what in {one.cell for one in found}


@pytest.mark.parametrize("how", PACKED)
def test_an_address_and_a_name_of_the_dossier_are_found_in_any_form(tmp_path, how):
    secrets = Secrets(frozenset({"de verzonnen hoeve 7"}), frozenset({"J. Verzonnen"}))
    content = PACKED[how](b"Bij De Verzonnen Hoeve 7 woont niemand, zegt J. Verzonnen.")
    assert {"adres uit het dossier", "naam"} <= {
        one.cell for one in traces(tmp_path, content, secrets=secrets)
    }


def test_a_point_in_a_geopackage_is_found_on_a_free_page_too(tmp_path):
    point = b"GP\x00\x01\x40\x71\x00\x00" + b"\x01\x01\x00\x00\x00" + struct.pack("<dd", 233_456.5, 556_789.0)
    found = traces(tmp_path, b"SQLite format 3\0" + bytes(200) + point + bytes(200), "x.gpkg")
    assert [(one.cell, "233456 556789" in one.how) for one in found] == [("plek", True)]


def test_points_of_a_gps_file_and_of_a_table_are_found(tmp_path):
    assert traces(tmp_path, b'<gpx><wpt lat="52.99" lon="6.56"/></gpx>', "ronde.gpx")[0].cell == "plek"
    assert traces(tmp_path, b"naam;x;y\nA;233456.5;556789.0\n", "x.csv")[0].cell == "plek"
    assert traces(tmp_path, b"naam,lat,lon\nA,52.99123,6.56123\n", "x.csv")[0].cell == "plek"


def test_a_project_names_no_author_no_query_and_no_path(tmp_path):
    project = (
        b'<qgis saveUserFull="Jan Verzonnen" saveUser="jverzonnen"><author>Jan Verzonnen</author>'
        b"<datasource>./cijfers.gpkg|layername=kaart|subset=gemeente_code = 'GM0106'</datasource>"
        b'<widget DataSource="/srv/gis/team/cijfers.gpkg"/></qgis>'
    )
    named = {one.cell for one in traces(tmp_path, project, "atlas.qgs")}
    assert named == {"naam in het project", "zoekvraag in het project", "absoluut pad"}
    assert {one.cell for one in traces(tmp_path, zipped(project), "atlas.qgz")} == named


@pytest.mark.parametrize(
    "content",
    [
        b"GM0106 had 9471 inwoners in 2025; #9471AB is een kleur; 0.0106010000000017 is een getal",
        b"sha256-q9471AB/9471CD+0106010000000017abcdefghijklmnopqrstuvw=",
        b"leegstand_object_aantal, laag leegstand_object",
        b'{"anchor": [6.56123, 52.99123]}',
    ],
)
def test_figures_codes_and_borders_of_a_page_are_no_traces(tmp_path, content):
    assert traces(tmp_path, content) == []


def test_what_unpacks_to_more_than_is_looked_through_is_a_finding(tmp_path, monkeypatch):
    monkeypatch.setattr("atlas.protection.unpacking.MOST_BYTES", 10_000)
    found = traces(tmp_path, gzip.compress(bytes(1_000_000)))
    assert [one.cell for one in found] == ["meer dan er is te doorzoeken"]
