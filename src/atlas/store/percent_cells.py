"""Which cells of a workbook are shown as percentages: 0.236 in a cell formatted "0.0%" is written 23,6%."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET  # expat itself stops entities that grow without end
import zipfile
import zlib
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ODS_SHEETS = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: how a workbook that Excel did not make shows itself; what is wrong with it the reader says
_BROKEN = (
    KeyError, ValueError, StopIteration, ET.ParseError,
    zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError,
)  # fmt: skip
#: of the formats that every workbook has without naming them: 0% and 0.00%
_BUILT_IN = frozenset({"9", "10"})
#: what is shown as it stands in a format, a percent sign too: "..." and \x
_LITERAL = re.compile(r'"[^"]*"|\\.|_.')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def percent_cells(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """(row, column), counted from 0, of the numbers of a sheet that are shown as percentages.

    An XLSX or ODS that is built in another way has none: its numbers stay what they are.

    Raises:
        AtlasError: of an XLS it can't be told.
    """
    if not zipfile.is_zipfile(path):
        return frozenset(_xls_cells(path, sheet))
    try:
        with zipfile.ZipFile(path) as archive:
            if _ODS_SHEETS in archive.namelist():
                return frozenset(_ods_cells(archive, sheet))
            styles = _percent_styles(archive)
            return frozenset(_cells(archive, _part_of(archive, sheet), styles)) if styles else frozenset()
    except _BROKEN:
        return frozenset()


def _xls_cells(path: Path, sheet: str) -> Iterator[tuple[int, int]]:
    """The numbers of a sheet (XLS) of these formats; calamine reads the numbers only."""
    import xlrd  # noqa: PLC0415 - only for this format

    try:
        book = xlrd.open_workbook(
            path, logfile=io.StringIO(), on_demand=True, formatting_info=True, ignore_workbook_corruption=True
        )
        formats = {key: one.format_str for key, one in book.format_map.items()}
        percent = {
            one.xf_index for one in book.xf_list
            if not one.is_style and _is_percentage(formats.get(one.format_key, ""))
        }  # fmt: skip
        if not percent:
            return
        cells = book.sheet_by_name(sheet)
        for row in range(cells.nrows):
            for column, kind in enumerate(cells.row_types(row)):
                if kind == xlrd.XL_CELL_NUMBER and cells.cell_xf_index(row, column) in percent:
                    yield row, column
    except MemoryError:
        raise
    except Exception as error:  # whatever it throws on a file that the other library can read
        raise AtlasError(
            "Van dit oude Excel-bestand is niet te zien welke cellen percentages zijn.",
            where=str(path), hint="Sla het op als .xlsx.",
        ) from error  # fmt: skip


def _is_percentage(code: str) -> bool:
    return "%" in _LITERAL.sub("", code)


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The positions, as text, of the cell formats that show a percentage."""
    root = _xml(archive, "xl/styles.xml")
    named = root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in named}
    percent = _BUILT_IN | {name for name, code in own.items() if name and _is_percentage(code)}
    used = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    return frozenset(str(number) for number, item in enumerate(used) if item.get("numFmtId") in percent)


def _xml(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314 - see the import


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the file in the archive that holds a sheet."""
    workbook = _xml(archive, "xl/workbook.xml")
    number = next(item.get(_RELATION) for item in workbook.iter(f"{_MAIN}sheet") if item.get("name") == sheet)
    relations = _xml(archive, "xl/_rels/workbook.xml.rels")
    target = next(item.get("Target", "") for item in relations if item.get("Id") == number)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _cells(archive: zipfile.ZipFile, part: str, styles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The numbers of these formats, read as a stream: a sheet may be large."""
    with archive.open(part) as file:
        for _event, element in ET.iterparse(file):  # noqa: S314
            if element.tag == f"{_MAIN}row":
                element.clear()
            is_number = element.tag == f"{_MAIN}c" and element.get("t", "n") == "n"
            if is_number and element.get("s") in styles:
                match = _REFERENCE.fullmatch(element.get("r", ""))
                if match and element.find(f"{_MAIN}v") is not None:
                    yield int(match[2]) - 1, _column(match[1])


def _ods_cells(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int]]:
    """The cells of a sheet (ODS) that say that they are percentages; one cell may stand for several."""
    number, inside = 0, False
    with archive.open(_ODS_SHEETS) as file:
        for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314
            if element.tag == f"{_TABLE}table":
                number, inside = 0, event == "start" and element.get(f"{_TABLE}name") == sheet
            elif element.tag == f"{_TABLE}table-row" and event == "end":
                rows = _repeated(element, "rows")
                if inside:
                    columns = tuple(_percentages(element))
                    yield from ((row, column) for column in columns for row in range(number, number + rows))
                number += rows
                element.clear()


def _percentages(row: ET.Element) -> Iterator[int]:
    """The columns of a row (ODS) with a percentage."""
    column = 0
    for cell in row:
        columns = _repeated(cell, "columns")
        if cell.get(_VALUE_TYPE) == "percentage":
            yield from range(column, column + columns)
        column += columns


def _repeated(element: ET.Element, kind: str) -> int:
    return int(element.get(f"{_TABLE}number-{kind}-repeated", "1"))


def _column(letters: str) -> int:
    """The position of a column: "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
