"""A list to read as XLSX (openpyxl): a title, what it is for, a heading that stays, widths and a filter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ..core.disclosure.released import content_of
from ..core.records.reading_list import CONFIDENTIAL
from ..core.words.spreadsheet_text import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from ..core.disclosure.released import Released
    from ..core.records.reading_list import ReadingList

#: as OOXML numbers papers
_A4 = 9
_DAY = "d-m-yyyy"
_HEADING = PatternFill("solid", fgColor="1F3A4D")
_LINE = Border(bottom=Side("thin", color="C8D0D6"))
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_WARNING = Font(bold=True, color="A3160F")


def write_list_xlsx(path: Path, released: Released[ReadingList]) -> None:
    """Write a list as a workbook: every text a text, nothing that is run as a formula."""
    content = content_of(released)
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = content.title, ""
    sheet = book.create_sheet("Lijst")
    above = [
        [(content.title, Font(bold=True, size=16))],
        [(CONFIDENTIAL, _WARNING)],
        *([(f"{label}:", Font(bold=True)), (text, None)] for label, text in content.facts),
        *([(sentence, Font(italic=True))] for sentence in content.stays),
        [],
    ]
    heading = len(above) + 1
    _lay_out(sheet, content, heading)
    for line in above:
        sheet.append([_cell(sheet, text, font=font) for text, font in line])
    sheet.append(
        [
            _cell(
                sheet, column.label, font=Font(bold=True, color="FFFFFF"), fill=_HEADING, alignment=_WRAPPED
            )
            for column in content.columns
        ]
    )
    for row in content.rows:
        sheet.append([_cell(sheet, value, alignment=_WRAPPED, border=_LINE) for value in row])
    book.save(path)


def _lay_out(sheet: WriteOnlyWorksheet, content: ReadingList, heading: int) -> None:
    """What stays in sight, how wide columns are, and how it comes out of a printer."""
    last = get_column_letter(len(content.columns))
    for position, column in enumerate(content.columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.freeze_panes = f"B{heading + 1}"
    sheet.auto_filter.ref = f"A{heading}:{last}{heading + max(len(content.rows), 1)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.oddFooter.left.text = CONFIDENTIAL
    sheet.oddFooter.right.text = "pagina &P van &N"


def _cell(sheet: WriteOnlyWorksheet, value: object, **style: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, harmless(value) if value != "" else None)
    if isinstance(value, date):
        cell.number_format = _DAY
    if isinstance(value, str) and value:
        cell.data_type = "s"  # never a formula, a date or an error
    for name, one in style.items():
        if one is not None:
            setattr(cell, name, one)
    return cell
