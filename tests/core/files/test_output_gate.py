import errno
import io
import os
import zipfile

import pytest

from atlas.core.files.dossier_folder import BASE_FILE, JOURNAL_FILE, dossier_around, looks_like_dossier
from atlas.core.files.new_file import new_file
from atlas.core.files.output_gate import check_output, check_outputs
from atlas.core.words.errors import AtlasError
from atlas.core.words.layer_names import REGISTER

SQLITE = b"SQLite format 3\0".ljust(100, b"\0")
GEOPACKAGE = SQLITE[:68] + b"GPKG" + SQLITE[72:]
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def packed(*names, mimetype=None):
    """A ZIP with these files in it, as the programs of an office write them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def refused(*outputs, **more):
    with pytest.raises(AtlasError) as caught:
        check_outputs(outputs, **more)
    return caught.value.title


@pytest.fixture
def dossier(tmp_path):
    folder = tmp_path / "dossier"
    folder.mkdir()
    for name in (BASE_FILE, f"{REGISTER}.gpkg", "leegstand_object.gpkg"):
        (folder / name).write_bytes(SQLITE)
    return folder


def test_an_input_is_never_an_output(tmp_path, monkeypatch):
    table = tmp_path / "tabel.csv"
    table.write_text("gemeente;aantal")
    (tmp_path / "link.csv").symlink_to(table)
    (tmp_path / "map").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("tabel.csv", "./tabel.csv", "map/../tabel.csv", "link.csv", str(table)):
        assert "invoer vervangen" in refused(type(table)(name), inputs=[table])
        assert "invoer vervangen" in refused(reports=[type(table)(name)], inputs=[None, table])


def test_an_output_never_stands_in_a_folder_that_is_read(tmp_path):
    folder = tmp_path / "paginas"
    folder.mkdir()
    assert "map die wordt gelezen" in refused(folder / "nieuw.csv", inputs=[folder])
    check_outputs([tmp_path / "nieuw.csv"], inputs=[folder])


@pytest.mark.parametrize("other", ["uit.csv", "UIT.csv", "./uit.csv", "x/../uit.csv"])
def test_two_outputs_never_have_one_place(tmp_path, other):
    assert "dezelfde plaats" in refused(tmp_path / "uit.csv", reports=[tmp_path / other])


def test_two_spellings_of_one_letter_are_one_place(tmp_path):
    assert "dezelfde plaats" in refused(tmp_path / "caf\u00e9.csv", tmp_path / "cafe\u0301.csv")


@pytest.mark.parametrize("name", ["leegstand_object.gpkg", "nieuw.csv", "fotos/a.csv", "a/b/c/d.gpkg", "."])
def test_nothing_is_written_in_a_dossier(dossier, name):
    assert "map van een dossier" in refused(dossier / name)


def test_a_dossier_is_found_through_links_and_dots(dossier, tmp_path, monkeypatch):
    (tmp_path / "snel").symlink_to(dossier)
    (tmp_path / "laag.gpkg").symlink_to(dossier / "leegstand_object.gpkg")
    monkeypatch.chdir(tmp_path)
    for name in ("snel/nieuw.csv", "snel/nieuw/a.csv", "x/../dossier/a.csv", "laag.gpkg"):
        assert dossier_around(type(tmp_path)(name)) is not None
        assert "map van een dossier" in refused(type(tmp_path)(name))


def test_a_damaged_dossier_is_still_one(dossier):
    (dossier / BASE_FILE).unlink()
    assert looks_like_dossier(dossier)
    (dossier / f"{REGISTER}.gpkg").unlink()
    assert not looks_like_dossier(dossier)  # one layer, as it was handed out
    (dossier / JOURNAL_FILE).touch()
    assert looks_like_dossier(dossier)


def test_a_folder_with_two_exports_is_no_dossier(tmp_path):
    for name in ("leegstand_object.gpkg", "signaal.gpkg"):
        (tmp_path / name).write_bytes(GEOPACKAGE)
    check_output(tmp_path / "leegstand_object.gpkg")


CONTENTS = {
    ".gpkg": GEOPACKAGE,
    ".csv": b"\xef\xbb\xbfcode,waarde\n",
    ".geojson": b'{"type": "FeatureCollection"}',
    ".html": b"<!doctype html>",
    ".qml": b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.40.0\">",
    ".pdf": b"%PDF-1.7",
    ".tif": b"II*\0",
    ".png": b"\x89PNG",
    ".zip": packed("veld.qgs", "leegstand_object.gpkg"),
    ".xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    ".ods": packed("content.xml", "META-INF/manifest.xml", mimetype=ODS),
    ".parquet": b"PAR1",
    ".doc": b"\xd0\xcf\x11\xe0\0",
    ".sqlite": SQLITE,
    ".mbtiles": SQLITE[:68] + b"MPBX" + SQLITE[72:],
    ".docx": packed("[Content_Types].xml", "word/document.xml"),
    ".xlsm": packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
    ".odt": packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    ".jar": packed("META-INF/MANIFEST.MF"),
    ".part": packed("veld.qgs")[:-9],
    ".rtf": b"{\\rtf1 brief}",
    ".pem": b"-----BEGIN CERTIFICATE-----",
    ".sh": b"#!/bin/sh\n",
    ".svg": b'<?xml version="1.0"?>\n<svg>',
    ".qgs": b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis projectname=\"x\">",
}
OUTPUTS = ("csv", "geojson", "gpkg", "html", "ods", "parquet", "pdf", "png", "qml", "tif", "xlsx", "zip")


@pytest.mark.parametrize("suffix", [f".{name}" for name in OUTPUTS])
def test_only_a_file_of_the_same_kind_is_replaced(tmp_path, suffix):
    path = tmp_path / f"uit{suffix}"
    for kind, content in CONTENTS.items():
        path.write_bytes(content)
        if kind == suffix:
            check_output(path)
        else:
            with pytest.raises(AtlasError, match="andere soort"):
                check_output(path)
            with pytest.raises(AtlasError, match="andere soort"), new_file(path) as beside:
                beside.touch()
            assert path.read_bytes() == content
    path.write_bytes(b"")
    check_output(path)


def test_a_report_has_the_name_of_a_table(tmp_path):
    assert "past niet" in refused(reports=[tmp_path / "rapport.gpkg"])
    check_outputs([], reports=[tmp_path / "rapport.csv", tmp_path / "rapport", tmp_path / "r.txt"])
    path = tmp_path / "zonder_naam"
    path.write_bytes(SQLITE)
    assert "andere soort" in refused(reports=[path])


def test_an_ini_file_is_no_json(tmp_path):
    (tmp_path / "uit.geojson").write_text("[algemeen]\nkleur = rood\n")
    assert "andere soort" in refused(tmp_path / "uit.geojson")


@pytest.mark.parametrize("name", ["/vsizip/a.zip/b.csv", "/vsimem/x.gpkg", "http://x.nl/a.csv", "ogr:/x"])
def test_what_is_no_disk_is_refused(tmp_path, name):
    assert "op een schijf" in refused(type(tmp_path)(name))


def test_a_folder_is_no_file(tmp_path):
    assert "staat een map" in refused(tmp_path)


def test_a_folder_one_may_not_enter_is_left_to_the_writer(tmp_path, monkeypatch):
    """No mode keeps an administrator out, who may run this too: the system's answer is given here."""

    def kept_out(path, **_given):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    for name in ("stat", "lstat", "scandir", "listdir"):
        monkeypatch.setattr(os, name, kept_out)
    check_output(tmp_path / "dicht" / "uit.csv")


def test_a_device_or_a_pipe_is_no_place_for_a_file(tmp_path):
    pipe = tmp_path / "uit.csv"
    os.mkfifo(pipe)
    link = tmp_path / "link.csv"
    link.symlink_to(os.devnull)
    for place in (pipe, link, type(pipe)(os.devnull)):
        with pytest.raises(AtlasError, match="apparaat"):
            check_output(place)
        assert "apparaat" in refused(reports=[place])


def test_a_second_name_of_a_file_that_is_read_is_no_place_for_output(dossier, tmp_path):
    os.link(dossier / "leegstand_object.gpkg", tmp_path / "naam.gpkg")
    assert "invoer vervangen" in refused(tmp_path / "naam.gpkg", inputs=[dossier])


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0foto", b"\x1f\x8b\x08", b"7z\xbc\xaf'\x1c\x00", b"a\x01b"]
)
def test_what_is_no_text_is_never_replaced_by_a_table(tmp_path, head):
    (tmp_path / "uit.csv").write_bytes(head)
    assert "andere soort" in refused(tmp_path / "uit.csv")


def test_links_that_lead_to_each_other_are_no_file_and_no_crash(tmp_path):
    one, other = tmp_path / "een.csv", tmp_path / "ander.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    check_outputs([tmp_path / "uit.csv"], inputs=[one])
    assert dossier_around(one) is None
