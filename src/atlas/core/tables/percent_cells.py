"""Which cells of an XLSX or ODS are shown as percentages: 0.236 formatted "0.0%" is written 23,6%."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: a tag of an XML: whether it opens (or closes), its name and its attributes by name, all without namespace
Tag = tuple[bool, str, Mapping[str, str]]
#: a tag, and the text between it and the tag before it
Piece = tuple[bool, str, Mapping[str, str], str]
#: reads the tags of an XML one by one, and throws a ValueError on what is none; each face has its own
TagReader = Callable[[IO[bytes]], Iterable[Tag]]

ODS_SHEETS = "content.xml"
#: how a workbook that Excel did not make shows itself; what is wrong with it the reader says
BROKEN = (KeyError, ValueError, StopIteration, zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError)
#: of the formats that every workbook has without naming them: 0% and 0.00%
_BUILT_IN = frozenset({"9", "10"})
#: what is shown as it stands in a format, a percent sign too: "..." and \x
_LITERAL = re.compile(r'"[^"]*"|\\.|_.')
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ODS_CELLS = ("table-cell", "covered-table-cell")


def percent_cells(path: Path, sheet: str, tags: TagReader) -> frozenset[tuple[int, int]]:
    """(row, column), counted from 0, of the numbers of a sheet (XLSX, ODS) that are shown as percentages.

    A workbook that is built in another way has none: its numbers stay what they are.

    Args:
        path: The workbook.
        sheet: Name of the sheet.
        tags: Reads XML.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if ODS_SHEETS in archive.namelist():
                with archive.open(ODS_SHEETS) as file:
                    return frozenset(_ods_cells(tags(file), sheet))
            with archive.open("xl/styles.xml") as file:
                styles = percent_styles(tags(file))
            if not styles:
                return frozenset()
            with archive.open(part_of(archive, sheet, tags)) as file:
                return frozenset(_cells(tags(file), styles))
    except BROKEN:
        return frozenset()


def is_percentage(code: str) -> bool:
    """Whether a number format shows a percentage: "0.0%" does, '0.0"%"' only shows the sign."""
    return "%" in _LITERAL.sub("", code)


def percent_styles(tags: Iterable[Tag]) -> frozenset[str]:
    """The positions, as text, of the cell formats that show a percentage."""
    percent = set(_BUILT_IN)
    found: set[str] = set()
    inside, number = False, 0
    for opens, name, attributes in tags:
        if name == "cellXfs":
            inside = opens
        elif name == "numFmt" and opens:  # these stand before the formats that use them
            own = attributes.get("numFmtId", "")
            (percent.add if is_percentage(attributes.get("formatCode", "")) else percent.discard)(own)
        elif name == "xf" and opens and inside:
            if attributes.get("numFmtId") in percent:
                found.add(str(number))
            number += 1
    return frozenset(found)


def part_of(archive: zipfile.ZipFile, sheet: str, tags: TagReader) -> str:
    """The name of the file in the archive that holds a sheet."""
    with archive.open("xl/workbook.xml") as file:
        number = next(
            attributes["id"]
            for opens, name, attributes in tags(file)
            if opens and name == "sheet" and attributes.get("name") == sheet
        )
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        target = next(
            attributes.get("Target", "")
            for opens, name, attributes in tags(file)
            if opens and name == "Relationship" and attributes.get("Id") == number
        )
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _cells(tags: Iterable[Tag], styles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The numbers of these formats."""
    place = None
    for opens, name, attributes in tags:
        if name == "c":
            place = None
            if opens and attributes.get("t", "n") == "n" and attributes.get("s") in styles:
                place = REFERENCE.fullmatch(attributes.get("r", ""))
        elif name == "v" and opens and place:
            yield int(place[2]) - 1, column_of(place[1])


def _ods_cells(tags: Iterable[Tag], sheet: str) -> Iterator[tuple[int, int]]:
    """The cells of a sheet (ODS) that say that they are percentages; one cell may stand for several."""
    row, rows, column, inside = 0, 1, 0, False
    percentages: list[int] = []
    for opens, name, attributes in tags:
        if name == "table":
            row, inside = 0, opens and attributes.get("name") == sheet
        elif name == "table-row" and opens:
            rows, column, percentages = repeated(attributes, "rows"), 0, []
        elif name == "table-row":
            if inside:
                yield from ((at, place) for place in percentages for at in range(row, row + rows))
            row += rows
        elif name in ODS_CELLS and opens:
            columns = repeated(attributes, "columns")
            if attributes.get("value-type") == "percentage":
                percentages += range(column, column + columns)
            column += columns


def repeated(attributes: Mapping[str, str], kind: str) -> int:
    """How many rows or columns (ODS) one stands for."""
    return int(attributes.get(f"number-{kind}-repeated", "1"))


def column_of(letters: str) -> int:
    """The position of a column: "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
