"""How large the sheets of a workbook are, looked up in its XML before a library makes a grid of them.

A library makes room for every cell between the first and the last. One cell in the last corner of a sheet, or
a row that is repeated a milliard times, asks for more memory than there is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from ..core.files.reading_limits import check_archive, check_table, limits, too_large, unpacked
from ..core.words.errors import AtlasError
from ..core.words.notation import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ODS_SHEETS = "content.xml"
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"')
#: cells past column Z; those before it need no looking up
_FAR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{2,})(\d+)"')
_LETTERS = 26
_END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData>")
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')
_ODS_ROW = re.compile(rb"<table:table-row\b[^>]*>.*?</table:table-row>|<table:table-row\b[^>]*/>", re.DOTALL)
_HOLDS_VALUE = re.compile(rb"office:value|<text:p")
#: a row so far under the others is no part of the table
_FAR_ROWS = 1_000
#: more than this is no tag
_LONGEST_TAG = 4_096
#: a grid of so many cells is no matter for anyone
_SMALL = 2_000_000
#: of Excel
_LAST_ROW = 1_048_576
#: LibreOffice fills up a row with one empty cell that is repeated to the last column
_EMPTY_REST = 10_000


@dataclass(slots=True)
class _Extent:
    """Of a sheet: its last row and column, how many rows it holds, and the row after which a gap begins."""

    rows: int = 0
    columns: int = _LETTERS
    filled: int = 0
    farthest: str = ""
    before_gap: int = 0
    gap_at: int | None = None


def checked_workbook(path: Path) -> bytes | None:
    """Check the size of every sheet.

    Returns:
        The workbook without the rows that lie far under a table, when those would make it very large; None
        when the file can be read as it is.

    Raises:
        AtlasError: more unpacked bytes, rows, columns or cells than the limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, path)
            names = archive.namelist()
            if _ODS_SHEETS in names:
                content = b"".join(_pieces(archive, _ODS_SHEETS, path))
                ParserCreate().Parse(content, True)  # noqa: FBT003 - the library loops on what is no XML
                _check_repeats(content, path)
                return None
            cuts = {
                name: cut
                for name in names
                if _SHEET.fullmatch(name) and (cut := _cut(archive, name, path)) is not None
            }
            return _without_rows(archive, cuts, path) if cuts else None
    except ExpatError as error:
        raise AtlasError(
            "Dit rekenblad is beschadigd of onvolledig.",
            where=str(path), hint="Open het in LibreOffice en sla het opnieuw op, of vraag het opnieuw.",
        ) from error  # fmt: skip
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return None  # broken, which the reader will say


def _pieces(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    with archive.open(name) as stream:
        yield from unpacked(stream, path, limits().unpacked_bytes)


def _cut(archive: zipfile.ZipFile, name: str, path: Path) -> int | None:
    """Where the rows far under a table begin, if leaving them out is needed; the position in the XML."""
    extent = _Extent()
    for before, piece in _overlapping(_pieces(archive, name, path)):
        _look(extent, piece, before)
        if extent.filled > limits().rows:
            raise too_large(path, "meer", "rijen", limits().rows)
    box = extent.rows * extent.columns
    if box <= _SMALL:
        return None
    if extent.gap_at is not None and extent.rows <= _LAST_ROW and box <= 4 * limits().cells:
        return extent.gap_at
    try:
        check_table(path, extent.rows, extent.columns)
    except AtlasError as error:
        if extent.farthest or extent.gap_at is not None:
            error.detail = (
                f"De cellen lopen tot rij {format_number(extent.rows)}"
                + (f" en tot cel {extent.farthest}" if extent.farthest else "")
                + "; vaak is dat één cel ver buiten de tabel."
            )
            error.hint = "Wis de cellen buiten de tabel, of sla het werkblad op als .csv."
        raise
    return None


def _overlapping(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Pieces that end between two tags, with the position at which each begins."""
    rest, position = b"", 0
    for piece in pieces:
        data = rest + piece
        end = data.rfind(b"<")
        if end <= 0 or len(data) - end > _LONGEST_TAG:
            end = len(data)
        yield position, data[:end]
        position, rest = position + end, data[end:]
    yield position, rest


def _look(extent: _Extent, piece: bytes, before: int) -> None:
    numbers = list(_ROW.finditer(piece))
    extent.filled += len(numbers)
    if numbers:
        last = int(numbers[-1][1])
        if last - extent.before_gap > len(numbers) + _FAR_ROWS and extent.gap_at is None:
            _find_gap(extent, numbers, before)
        if extent.gap_at is None:
            extent.before_gap = last
        extent.rows = max(extent.rows, last)
    for letters in set(_FAR_CELL.findall(piece)) if b'r="' in piece else ():
        column = _column(letters[0])
        if column > extent.columns:
            extent.columns, extent.farthest = column, (letters[0] + letters[1]).decode()


def _find_gap(extent: _Extent, numbers: list[re.Match[bytes]], before: int) -> None:
    row = extent.before_gap
    for found in numbers:
        if int(found[1]) - row > _FAR_ROWS and row:
            extent.gap_at, extent.before_gap = before + found.start(), row
            return
        row = int(found[1])


def _column(letters: bytes) -> int:
    """b"A" -> 1, b"AA" -> 27."""
    number = 0
    for letter in letters[:8]:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _without_rows(archive: zipfile.ZipFile, cuts: dict[str, int], path: Path) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in archive.namelist():
            data = b"".join(_pieces(archive, name, path))
            if name in cuts:
                end = _END_OF_ROWS.search(data, cuts[name])
                data = data[: cuts[name]] + (data[end.start() :] if end else b"")
            kept.writestr(name, data)
    return whole.getvalue()


def _check_repeats(content: bytes, path: Path) -> None:
    """Rows and columns of an ODS that are said to be repeated, as far as they hold something."""
    if not _REPEATED.search(content):
        return
    rows = 0
    for found in _ODS_ROW.finditer(content):
        row = found[0]
        if b"-repeated" not in row or not _HOLDS_VALUE.search(row):
            rows += 1
            continue
        repeats = [(kind, int(count[:12])) for kind, count in _REPEATED.findall(row)]
        columns = row.count(b"<table:table-cell") + sum(
            count for kind, count in repeats if kind == b"columns" and count < _EMPTY_REST
        )
        rows += max([count for kind, count in repeats if kind == b"rows"], default=1)
        check_table(path, rows, columns)
