"""A file of the user's with its sheets and the tables on them, read once, as the command reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QXmlStreamReader

from ..atlas.core.joining.figure_intake import PERIOD, sheets_of_periods, sheets_pattern
from ..atlas.core.tables.sheet_tables import named_table, sheet_tables
from ..atlas.core.tables.statline import described
from ..atlas.core.tables.workbook_cells import read_cells, sheet_names
from ..atlas.core.tables.workbook_table import table_of_sheet
from ..atlas.core.words.errors import AtlasError
from .table_reading import filled_sheets, read_file, read_text_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from ..atlas.core.tables.percent_cells import Piece
    from ..atlas.core.tables.table import Table
    from ..atlas.core.tables.workbook_cells import SheetCells

_TEXT, _WORKBOOK, _OLD_EXCEL = (".csv", ".txt", ".tsv"), (".xlsx", ".ods"), ".xls"
_CHUNK = 1 << 18


@dataclass(frozen=True)
class OwnFile:
    """A file: its one table, or its sheets.

    Attributes:
        path: The file.
        whole: Of a file of which no cells are kept: its table, called "", or why it has none until somebody
            points out its header; of an .xls the table of each sheet, with its names in the first row.
        sheets: Name -> cells, of the sheets in sight that hold something.
        tables: Name of a sheet -> the title and the row of each table on it.
    """

    path: Path
    whole: Mapping[str, Table | AtlasError] = field(default_factory=dict)
    sheets: Mapping[str, SheetCells] = field(default_factory=dict)
    tables: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def choices(self) -> list[tuple[str, str]]:
        """What can be taken in, as a mapping names it and in words; one that needs no name is called ""."""
        found: list[tuple[str, str]] = []
        names = list(self.sheets or self.whole)
        alike = sheets_pattern(names)
        if alike:
            found.append((alike, f"{alike.replace(PERIOD, '…')} ({', '.join(names)})"))
        found += [(name, name) for name in self.whole if name]
        for name, tables in self.tables.items():
            if len(tables) > 1:
                found += [
                    (f"{name}#{number}", f"{name}: {title or 'tabel'} (rij {row})")
                    for number, (title, row) in enumerate(tables, start=1)
                ]
            else:
                found.append((name, name))
        alone = len(found) == 1 or not found
        return [("", found[0][1] if found else "")] if alone else found

    def parts(self, sheet: str) -> list[tuple[str, str]]:
        """The sheets that a name with `PERIOD` stands for, with the year of each; else the one sheet, "".

        Raises:
            AtlasError: there is none.
        """
        if PERIOD not in sheet:
            return [(sheet, "")]
        return sheets_of_periods(list(self.sheets or self.whole), sheet, str(self.path))

    def table(self, sheet: str) -> Table:
        """A table.

        Args:
            sheet: One of `choices`, or a sheet of `parts`; "" for the only one; with a header of one's own
                choice as `sheet_tables.with_header` names it.

        Raises:
            AtlasError: there is no such sheet, or its header can't be made out.
        """
        known = self.sheets or self.whole
        name, number, header = (sheet, 0, 0) if sheet in known else named_table(sheet)
        name = name or next(iter(known), "")
        if name not in known:
            raise AtlasError(
                "Dit werkblad bestaat niet, of is leeg.", where=str(self.path), got=sheet,
                expected=", ".join(known), hint="Kies een van deze werkbladen.", choices=("sheet",),
            )  # fmt: skip
        if self.whole:
            return self._whole(name, header)
        cells = self.sheets[name]
        table = table_of_sheet(
            cells.rows, cells.merged, name=name, number=number, path=self.path,
            percentages=lambda: cells.percentages, header=header,
        )  # fmt: skip
        return described(table)

    def _whole(self, name: str, header: int) -> Table:
        if header and not name:
            return read_text_file(self.path, header)
        table = self.whole[name]
        if isinstance(table, AtlasError):
            raise table
        if header not in (0, table.first_row - 1):
            raise AtlasError(
                "Van een .xls leest QGIS de namen van de kolommen alleen in de eerste rij.",
                where=str(self.path), got=f"rij {header}",
                hint="Sla het bestand op als .xlsx en kies dan de rij.",
            )  # fmt: skip
        return table


def read_own_file(path: Path, keep_on: Callable[[], None]) -> OwnFile:
    """Read a file with a table or list, whole.

    Args:
        path: CSV, TXT, TSV, XLSX, ODS or XLS.
        keep_on: Called now and then; what it raises ends the reading.

    Raises:
        AtlasError: it is another kind of file, can't be read, or is empty.
    """
    suffix = path.suffix.lower()
    if suffix in _TEXT:
        try:
            return OwnFile(path, {"": read_text_file(path)})
        except AtlasError as error:
            if "header_row" not in error.choices:
                raise
            return OwnFile(path, {"": error})
    if suffix == _OLD_EXCEL:
        return OwnFile(path, {name: read_file(path, name, keep_on) for name in filled_sheets(path)})
    if suffix not in _WORKBOOK:
        raise AtlasError(
            "Dit soort bestand kan hier niet worden ingenomen.", where=str(path),
            got=suffix or "geen extensie",
            expected=", ".join((*_TEXT, *_WORKBOOK, _OLD_EXCEL)),
            hint="Sla het op als .xlsx of .csv; een laag met plaatsen leest 'Records inlezen' in.",
        )  # fmt: skip
    sheets, tables = {}, {}
    for name in sheet_names(path, _pieces):
        cells = read_cells(path, name, _pieces, keep_on)
        found = sheet_tables(cells.rows, cells.merged)
        if found:
            sheets[name] = cells
            tables[name] = tuple((one.title, one.header + 1) for one in found)
    if not sheets:
        raise AtlasError(
            "Dit rekenblad is leeg.", where=str(path), expected="een kopregel met daaronder rijen"
        )
    return OwnFile(path, {}, sheets, tables)


def _pieces(file: IO[bytes]) -> Iterator[Piece]:
    """The tags of an XML and the text between them, by Qt: Python's own readers may not be in a plugin."""
    reader, before = QXmlStreamReader(), list[str]()
    starts, ends, says = (
        QXmlStreamReader.TokenType.StartElement,
        QXmlStreamReader.TokenType.EndElement,
        QXmlStreamReader.TokenType.Characters,
    )
    while True:
        data = file.read(_CHUNK)
        reader.addData(data)
        while not reader.atEnd():
            kind = reader.readNext()
            if kind == says:
                before.append(reader.text())
            elif kind in (starts, ends):
                own = {one.name(): one.value() for one in reader.attributes()} if kind == starts else {}
                yield kind == starts, reader.name(), own, "".join(before)
                before.clear()
        if reader.hasError() and reader.error() != QXmlStreamReader.Error.PrematureEndOfDocumentError:
            raise ValueError(reader.errorString())
        if not data:
            if reader.hasError():
                raise ValueError(reader.errorString())
            return
