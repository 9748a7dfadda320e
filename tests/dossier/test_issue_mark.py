"""Each kind of file that is handed out carries its line, stays what it is, and gives the line back."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import zipfile
from contextlib import closing

import icalendar
import openpyxl
import pikepdf
import pytest
from docx import Document
from PIL import Image

from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_mark import mark_text, marks_in, put_mark
from atlas.dossier.register_chain import Head
from atlas.gpkg.geopackage import read_items
from atlas.store.spreadsheets import write_xlsx

HEAD = Head(12, "0123456789abcdef" * 4)


def html(path):
    path.write_text("<html><head><title>x</title></head></html>", encoding="utf-8")


def reads_html(path):
    assert path.read_text().startswith("<html><head><meta name=")


def geojson(path):
    path.write_text('{"type": "FeatureCollection", "features": []}\n')


def reads_geojson(path):
    assert json.loads(path.read_text())["uitgifte"] == mark_text(HEAD)


def own_xlsx(path):
    write_xlsx(path, "blad", ["a"], [[1]])


def xlsx(path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.save(path)


def reads_xlsx(path):
    book = openpyxl.load_workbook(path)
    assert book.active["A1"].value == "a"
    assert book.properties.identifier == mark_text(HEAD)


def docx(path):
    document = Document()
    document.add_paragraph("een brief")
    document.save(str(path))


def reads_docx(path):
    document = Document(str(path))
    assert document.core_properties.identifier == mark_text(HEAD)
    assert document.paragraphs[0].text == "een brief"


def pdf(path):
    made = pikepdf.new()
    made.add_blank_page()
    made.save(path)


def reads_pdf(path):
    with pikepdf.open(path) as document:
        assert len(document.pages) == 1
        assert document.check_pdf_syntax() == []


def tif(path):
    Image.new("L", (4, 3), 7).save(path)


def reads_picture(path):
    with Image.open(path) as picture:
        picture.load()
        assert (picture.size, picture.getpixel((1, 1))) == ((4, 3), 7)


def gpx(path):
    path.write_text('<?xml version="1.0"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"/>')


def reads_gpx(path):
    import gpxpy

    assert gpxpy.parse(path.read_text()).routes == []


def ics(path):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//x//NL")
    calendar.add("version", "2.0")
    event = icalendar.Event()
    event.add("summary", "A1")
    calendar.add_component(event)
    path.write_bytes(calendar.to_ical())


def reads_ics(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert calendar["X-ATLAS-UITGIFTE"] == mark_text(HEAD)
    assert [part.get("summary") for part in calendar.walk("VEVENT")] == ["A1"]
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75


def archive(path):
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.txt", "tekst")


def reads_archive(path):
    with zipfile.ZipFile(path) as made:
        assert made.testzip() is None
        assert made.read("a.txt") == b"tekst"


def gpkg(path):
    """As another program writes it: without metadata."""
    subprocess.run(
        ["ogr2ogr", "-f", "GPKG", str(path), "/vsistdin/"], check=True, capture_output=True,
        input=b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":null}]}',
    )  # fmt: skip


def reads_gpkg(path):
    with closing(sqlite3.connect(path)) as connection:
        assert read_items(connection)["uitgifte"] == mark_text(HEAD)
    said = subprocess.run(["ogrinfo", "-al", str(path)], check=True, capture_output=True, text=True).stdout
    assert mark_text(HEAD) in said
    checked = subprocess.run(
        ["/usr/bin/python3", "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py", "-q",
         str(path)],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


KINDS = {
    "a.html": (html, reads_html), "a.geojson": (geojson, reads_geojson), "a.xlsx": (xlsx, reads_xlsx),
    "b.xlsx": (own_xlsx, reads_xlsx), "a.docx": (docx, reads_docx), "a.pdf": (pdf, reads_pdf),
    "a.tif": (tif, reads_picture), "a.png": (tif, reads_picture), "a.gpx": (gpx, reads_gpx),
    "a.ics": (ics, reads_ics), "a.zip": (archive, reads_archive), "a.gpkg": (gpkg, reads_gpkg),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_file_carries_its_line_and_is_read_as_before(tmp_path, name):
    make, read = KINDS[name]
    path = tmp_path / name
    make(path)
    assert marks_in(path.read_bytes()) == ()
    assert put_mark(path, HEAD)
    read(path)
    assert marks_in(path.read_bytes()) == (HEAD,)


def test_the_first_line_takes_as_much_room_as_a_later_one():
    first, later = (mark_text(Head(number, "0" * 64)) for number in (1, 123_456))
    assert len(first) == len(later)
    assert marks_in(first.encode()) == (Head(1, "0" * 64),)


def test_a_csv_has_no_room_for_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("gebied;aantal\n")
    assert not put_mark(path, HEAD)
    assert path.read_text() == "gebied;aantal\n"


@pytest.mark.parametrize("name", ["a.html", "a.geojson", "a.xlsx", "a.png", "a.ics", "a.gpkg"])
def test_a_file_that_is_not_what_its_name_says_gets_a_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"iets heel anders")
    with pytest.raises(AtlasError, match="nummer van het register"):
        put_mark(path, HEAD)
