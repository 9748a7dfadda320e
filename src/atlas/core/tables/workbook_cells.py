"""The cells of a sheet of an XLSX or ODS, without a library that reads workbooks: QGIS brings none along.

What comes out is what such a library gives: text, numbers (float), truth values, dates and times, None for an
empty cell and for an error such as #N/B. `workbook_table` makes a table of it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from ..files.reading_limits import check_archive, check_size, check_table, read_whole
from ..words.errors import AtlasError
from .ods_cells import OdsSheet
from .percent_cells import (
    BROKEN,
    ODS_SHEETS,
    REFERENCE,
    Piece,
    column_of,
    part_of,
    percent_styles,
)
from .plain_xlsx import NotPlain, plain_cells, plain_strings
from .workbook_table import broken, check_kind
from .xlsx_values import FIRST_DAY, FIRST_DAY_1904, cell_value

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from .percent_cells import Tag
    from .sheet_tables import Merged

    _Range = tuple[tuple[int, int], tuple[int, int]]
    SheetCell = str | float | bool | dt.date | dt.datetime | dt.time | None

#: reads the tags of an XML with the text between them, and throws a ValueError on what is none
PieceReader = Callable[[IO[bytes]], Iterable[Piece]]

_WORKBOOK, _STYLES, _STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
#: number formats that every workbook has without naming them, and that show a day or a time
_DATE_FORMATS = frozenset({*map(str, range(14, 23)), *map(str, range(45, 48))})
#: what is shown as it stands in a format: "..." and \x; and a colour or condition between brackets
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_PART_OF_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_TRUE = ("1", "true")
_HIDDEN = ("hidden", "veryHidden")
_BETWEEN_LOOKS = 1_000


@dataclass(frozen=True, slots=True)
class SheetCells:
    """All rows of a sheet from the very first one, its merged cells, and which numbers are percentages."""

    rows: Sequence[Sequence[SheetCell]]
    merged: Merged
    percentages: frozenset[tuple[int, int]]


def sheet_names(path: Path, pieces: PieceReader) -> list[str]:
    """The names of the sheets of an XLSX or ODS that are in sight.

    Raises:
        AtlasError: no such workbook, or it can't be read.
    """
    with _opened(path) as archive:
        try:
            if ODS_SHEETS in archive.namelist():
                with archive.open(ODS_SHEETS) as file:
                    return [
                        attributes["name"]
                        for opens, name, attributes, _ in pieces(file)
                        if opens and name == "table"
                    ]
            with archive.open(_WORKBOOK) as file:
                return [
                    attributes["name"]
                    for opens, name, attributes, _ in pieces(file)
                    if opens and name == "sheet" and attributes.get("state") not in _HIDDEN
                ]
        except BROKEN as error:
            raise broken(path) from error


def read_cells(path: Path, sheet: str, pieces: PieceReader, keep_on: Callable[[], None]) -> SheetCells:
    """The cells of one sheet.

    Args:
        path: An XLSX or ODS.
        sheet: Its name.
        pieces: Reads XML.
        keep_on: Called now and then; what it raises ends the reading.

    Raises:
        AtlasError: no such workbook or sheet, it can't be read, or it is too large.
    """
    with _opened(path) as archive:
        try:
            if ODS_SHEETS in archive.namelist():
                with archive.open(ODS_SHEETS) as file:
                    return _ods_sheet(pieces(file), sheet, path, keep_on)
            return _xlsx_sheet(archive, sheet, pieces, path, keep_on)
        except BROKEN as error:
            raise broken(path) from error


def _opened(path: Path) -> zipfile.ZipFile:
    check_size(path)
    with path.open("rb") as file:
        start = file.read(8)
    check_kind(path, start if start.startswith(b"PK") else read_whole(path))
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise broken(path) from error
    try:
        check_archive(archive, path)
    except AtlasError:
        archive.close()
        raise
    return archive


class _Rows:
    """The rows of a sheet as they are filled: what holds nothing takes no room."""

    def __init__(self, path: Path, keep_on: Callable[[], None]) -> None:
        self.rows: list[list[SheetCell]] = []
        self._path, self._keep_on, self._widest = path, keep_on, 0

    def put(self, row: int, column: int, cell: SheetCell) -> None:
        """Put a cell in its place.

        Raises:
            ValueError: there is no such place.
        """
        if row < 0:
            raise ValueError(row)
        while len(self.rows) <= row:
            if len(self.rows) % _BETWEEN_LOOKS == 0:
                self._keep_on()
                check_table(self._path, len(self.rows), self._widest)
            self.rows.append([])
        cells = self.rows[row]
        if column >= self._widest:
            check_table(self._path, 1, column + 1)
            self._widest = column + 1
        if len(cells) <= column:
            cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell

    def finished(self) -> list[list[SheetCell]]:
        """The rows, all as wide as the widest."""
        check_table(self._path, len(self.rows), self._widest)
        for cells in self.rows:
            cells.extend([None] * (self._widest - len(cells)))
        return self.rows


# --- XLSX ------------------------------------------------------------------------------------------------


def _xlsx_sheet(
    archive: zipfile.ZipFile, sheet: str, pieces: PieceReader, path: Path, keep_on: Callable[[], None]
) -> SheetCells:
    def tags(file: IO[bytes]) -> Iterator[Tag]:
        return (piece[:3] for piece in pieces(file))

    try:
        part = part_of(archive, sheet, tags)
    except StopIteration:
        raise AtlasError("Dit werkblad bestaat niet.", where=str(path), got=sheet) from None
    percent, dates = _styles(archive, pieces, tags)
    strings = _strings(archive, pieces, keep_on)
    with archive.open(_WORKBOOK) as file:
        from_1904 = any(
            name == "workbookPr" and attributes.get("date1904") in _TRUE
            for _, name, attributes, _ in pieces(file)
        )
    first_day = FIRST_DAY_1904 if from_1904 else FIRST_DAY
    reader = _XlsxSheet(_Rows(path, keep_on), strings, percent, dates, first_day)
    try:
        with archive.open(part) as file:
            reader.read_plain(file)
    except NotPlain:
        reader = _XlsxSheet(_Rows(path, keep_on), strings, percent, dates, first_day)
        with archive.open(part) as file:
            reader.read(pieces(file))
    return SheetCells(reader.rows.finished(), reader.merged, frozenset(reader.percentages))


class _XlsxSheet:
    """Takes the tags of a sheet one by one."""

    def __init__(
        self,
        rows: _Rows,
        strings: Sequence[str],
        percent: frozenset[str],
        dates: frozenset[str],
        first_day: dt.datetime,
    ) -> None:
        self.rows, self.merged, self.percentages = rows, list["_Range"](), set[tuple[int, int]]()
        self._strings, self._percent, self._dates, self._first_day = strings, percent, dates, first_day
        self._row, self._column, self._kind, self._style = -1, -1, "", ""
        self._text: list[str] = []
        self._inside = self._spoken = False

    def read(self, pieces: Iterable[Piece]) -> None:
        """Read all of it."""
        take = {"row": self._of_row, "c": self._of_cell, "v": self._of_text, "t": self._of_text,
                "rPh": self._of_sound, "mergeCell": self._of_merged}  # fmt: skip
        for opens, name, attributes, before in pieces:
            if name in take:
                take[name](attributes, before, opens=opens)

    def read_plain(self, file: IO[bytes]) -> None:
        """Read all of it, when it is written as most programs do.

        Raises:
            NotPlain: it is not.
        """

        def join(left: bytes, top: int, right: bytes, bottom: int) -> None:
            self.merged.append(((top - 1, column_of(left.decode())), (bottom - 1, column_of(right.decode()))))

        columns: dict[bytes, int] = {}
        for cell in plain_cells(file, join):
            if cell.column not in columns:
                columns[cell.column] = column_of(cell.column.decode())
            self._put(cell.row - 1, columns[cell.column], cell.kind, cell.style, cell.text)

    def _of_row(self, attributes: Mapping[str, str], _before: str, *, opens: bool) -> None:
        if opens:
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1

    def _of_cell(self, attributes: Mapping[str, str], _before: str, *, opens: bool) -> None:
        if opens:
            found = REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_of(found[1]) if found else self._column + 1
            self._row = int(found[2]) - 1 if found else self._row
            self._kind, self._style, self._text = attributes.get("t", "n"), attributes.get("s", ""), []
            return
        self._put(self._row, self._column, self._kind, self._style, "".join(self._text))

    def _put(self, row: int, column: int, kind: str, style: str, text: str) -> None:
        cell = cell_value(kind, text, self._strings, date=style in self._dates, first_day=self._first_day)
        if cell is not None:
            self.rows.put(row, column, cell)
            if kind == "n" and style in self._percent:
                self.percentages.add((row, column))

    def _of_text(self, _attributes: Mapping[str, str], before: str, *, opens: bool) -> None:
        if not opens and self._inside and not self._spoken:
            self._text.append(before)
        self._inside = opens

    def _of_sound(self, _attributes: Mapping[str, str], _before: str, *, opens: bool) -> None:
        self._spoken = opens

    def _of_merged(self, attributes: Mapping[str, str], _before: str, *, opens: bool) -> None:
        corners = [REFERENCE.fullmatch(one) for one in attributes.get("ref", "").split(":")]
        places = [(int(one[2]) - 1, column_of(one[1])) for one in corners if one]
        if opens and len(places) == 2:  # noqa: PLR2004 - from one corner to the other
            self.merged.append((places[0], places[1]))


def _styles(
    archive: zipfile.ZipFile, pieces: PieceReader, tags: Callable[[IO[bytes]], Iterator[Tag]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The positions, as text, of the cell formats that show a percentage, and of those that show a moment."""
    if _STYLES not in archive.namelist():
        return frozenset(), frozenset()
    with archive.open(_STYLES) as file:
        percent = percent_styles(tags(file))
    dates, found = set(_DATE_FORMATS), set()
    inside, number = False, 0
    with archive.open(_STYLES) as file:
        for opens, name, attributes, _before in pieces(file):
            if name == "cellXfs":
                inside = opens
            elif name == "numFmt" and opens:
                shows = bool(_PART_OF_DATE.search(_LITERAL.sub("", attributes.get("formatCode", ""))))
                (dates.add if shows else dates.discard)(attributes.get("numFmtId", ""))
            elif name == "xf" and opens and inside:
                if attributes.get("numFmtId") in dates:
                    found.add(str(number))
                number += 1
    return percent, frozenset(found)


def _strings(archive: zipfile.ZipFile, pieces: PieceReader, keep_on: Callable[[], None]) -> list[str]:
    """The texts that cells name by their number; how a text is to be pronounced is left out."""
    if _STRINGS not in archive.namelist():
        return []
    with suppress(NotPlain), archive.open(_STRINGS) as file:
        return plain_strings(file.read())
    found: list[str] = []
    parts: list[str] = []
    spoken = inside = False
    with archive.open(_STRINGS) as file:
        for opens, name, _attributes, before in pieces(file):
            if name == "t":
                if not opens and inside and not spoken:
                    parts.append(before)
                inside = opens
            elif name == "rPh":
                spoken = opens
            elif name == "si" and opens:
                parts = []
            elif name == "si":
                found.append("".join(parts))
                if len(found) % _BETWEEN_LOOKS == 0:
                    keep_on()
    return found


# --- ODS -------------------------------------------------------------------------------------------------


def _ods_sheet(pieces: Iterable[Piece], sheet: str, path: Path, keep_on: Callable[[], None]) -> SheetCells:
    rows = _Rows(path, keep_on)
    reader = OdsSheet(rows.put, sheet)
    reader.read(pieces)
    if not reader.there:
        raise AtlasError("Dit werkblad bestaat niet.", where=str(path), got=sheet)
    return SheetCells(rows.finished(), (), frozenset(reader.percentages))
