"""What kind of file stands at a path, by what is in it: a name says nothing about that."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GEOPACKAGE, WORKBOOK, ODS, ZIP = "een GeoPackage", "een werkmap (XLSX)", "een rekenblad (ODS)", "een ZIP"
TEXT, JSON, HTML, STYLE = "een tekst", "JSON", "HTML", "een stijl van QGIS (QML)"
PDF, PNG, TIFF, PARQUET = "een PDF", "een PNG", "een TIFF", "Parquet"
SLIDES, LETTER, DRAWING = "een presentatie (PPTX)", "een tekst van Word (DOCX)", "een SVG"
_SQLITE, _BROKEN_ZIP = "een SQLite-database die geen GeoPackage is", "een beschadigde ZIP"
_XML, _PACKED, _UNKNOWN = "XML", "een document", "een bestand van een andere soort"

_HEAD = 512
#: no text has these; tab, line feed, form feed and carriage return it may have
_NO_TEXT = frozenset(range(0x20)) - frozenset(b"\t\n\f\r")
#: of so many bytes; what was broken off within it holds nothing
_SQLITE_START, _SQLITE_HEADER = b"SQLite format 3\0", 100
#: where SQLite keeps the `application_id`, and what GeoPackage 1.0, 1.1 and later write there
_APPLICATION, _OF_GEOPACKAGE = slice(68, 72), (b"GPKG", b"GP10", b"GP11")
_SIGNATURES = (
    (b"%PDF", PDF),
    (b"\x89PNG", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"PAR1", PARQUET),
    (b"\xff\xd8\xff", _UNKNOWN),
    (b"{\\rtf", _PACKED),
    (b"%!PS", _PACKED),
    (b"-----BEGIN ", _UNKNOWN),
    (b"#!", _UNKNOWN),
)
#: the first entry of an OpenDocument, uncompressed
_MIMETYPE, _OF_ODS = "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"
#: names that tell what a package of Office, a book or a program is: in no archive of data
_WORKBOOK_PART, _MACROS = "xl/workbook.xml", "xl/vbaProject.bin"
_OFFICE_PARTS = (("ppt/presentation.xml", SLIDES), ("word/document.xml", LETTER))
_DOCUMENT_PARTS = ("[Content_Types].xml", "META-INF/MANIFEST.MF", _MIMETYPE)
_JSON_START = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"\-0-9\]]")


def kind_of_file(path: Path) -> str:
    """What a file is, as a few Dutch words; "" for no file, an empty one, or one that may not be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:  # when it may not be read, writing says why
        return ""
    if head.startswith(_SQLITE_START):
        empty = len(head) < _SQLITE_HEADER
        return GEOPACKAGE if empty or head[_APPLICATION] in _OF_GEOPACKAGE else _SQLITE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not _NO_TEXT.isdisjoint(head):
        return _UNKNOWN
    return _kind_of_text(head.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _kind_of_zip(path: Path) -> str:
    """A workbook, a sheet, another document or a mere archive: by the names in it, nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if _WORKBOOK_PART in names:
                return _PACKED if _MACROS in names else WORKBOOK
            for part, kind in _OFFICE_PARTS:
                if part in names and not any(name.endswith("vbaProject.bin") for name in names):
                    return kind
            if _MIMETYPE in names:
                with archive.open(_MIMETYPE) as entry:
                    return ODS if entry.read(_HEAD) == _OF_ODS else _PACKED
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return _BROKEN_ZIP
    return ZIP if names.isdisjoint(_DOCUMENT_PARTS) else _PACKED


def _kind_of_text(text: bytes) -> str:
    if not text.startswith(b"<"):
        return (JSON if _JSON_START.match(text) else TEXT) if text else ""
    opening = text.lower()
    if b"<qgis" in opening or b"<!doctype qgis" in opening:
        return STYLE if b"projectname=" not in opening else _XML
    if opening.startswith((b"<!doctype html", b"<html")) or b"<html" in opening:
        return HTML
    if opening.startswith((b"<svg", b"<?xml")) and b"<svg" in opening:
        return DRAWING
    return _XML if opening.startswith((b"<?xml", b"<!doctype", b"<svg")) else HTML
