"""Tables for a spreadsheet, CSV and XLSX: text stays text, and nothing in it is run as a formula."""

from __future__ import annotations

import csv
import math
import zipfile
from typing import TYPE_CHECKING

from ..core.figures.qml import xml_text
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..gpkg.geopackage import Cell

_LONGEST_CELL = 32_767  # of a cell in Excel
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP knows: the same bytes every time
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    '<Relationship Id="rId2" Target="docProps/core.xml" Type='
    '"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    "</Relationships>",
    # empty: what a file is known by is put here when it is handed out
    "docProps/core.xml": "<cp:coreProperties xmlns:cp="
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"></cp:coreProperties>',
    "xl/_rels/workbook.xml.rels": "<Relationships xmlns="
    '"http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
}
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV: utf-8 with a byte order mark (Excel then reads the letters right), commas, points."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a workbook with one sheet; the same bytes for the same cells.

    Args:
        path: The new file.
        sheet: Name of the sheet, at most 31 characters.
        columns: Its first row.
        rows: The cells; texts are stored as text, so codes keep their zeros.

    Raises:
        AtlasError: a text is longer than a cell may be.
    """
    lines = [_row([harmless(name) for name in columns], 1)]
    lines += [_row([harmless(cell) for cell in row], number) for number, row in enumerate(rows, start=2)]
    parts = {
        **_PARTS,
        "xl/workbook.xml": f"<workbook {_MAIN} xmlns:r="
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<sheets><sheet name="{xml_text(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), (_XML + text).encode(), zipfile.ZIP_DEFLATED)


def _row(cells: Sequence[Cell], number: int) -> str:
    return f'<row r="{number}">{"".join(map(_cell, cells))}</row>'


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, int | float) and math.isfinite(cell):
        return f"<c><v>{cell!r}</v></c>"
    text = str(cell)
    if len(text) > _LONGEST_CELL:
        raise AtlasError(
            "Een tekst is te lang voor een rekenblad.",
            got=f"{len(text)} tekens", expected=f"hoogstens {_LONGEST_CELL} tekens",
            hint="Kies .gpkg, .csv of .geojson.",
        )  # fmt: skip
    return f'<c t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'
