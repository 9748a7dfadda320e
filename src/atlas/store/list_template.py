"""An empty list as a workbook: headings with a note, values to choose from, and one example row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..core.records.list_template import template_columns
from ..core.schema.rural import working_layer
from .office_bytes import workbook_bytes

if TYPE_CHECKING:
    from pathlib import Path

#: rows that get a list to choose from
_LAST_ROW = 2_000
_LISTS = "lijsten"
_WIDEST, _NARROWEST = 44, 12


def write_template(path: Path, layer: str) -> None:
    """Write the empty list of a layer; the same bytes every time.

    The values stand on a hidden sheet: a list within a cell's rule may be 255 characters.
    """
    columns = template_columns(layer)
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(_LISTS)
    sheet.title = working_layer(layer).alias[:31]
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number, column.label)
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="FFE4E4E4" if column.required else "FFF4F4F4")
        note = f"{'Verplicht. ' if column.required else ''}{column.explanation}"
        heading.comment = Comment(note, "atlas", height=90, width=260)
        example = sheet.cell(2, number, column.example or None)
        example.font = Font(italic=True, color="FF777777")
        example.alignment = Alignment(wrap_text=True, vertical="top")
        width = max(len(column.label), *(len(value) for value in (column.example, *column.values)))
        sheet.column_dimensions[letter].width = min(max(width + 2, _NARROWEST), _WIDEST)
        for row, value in enumerate(column.values, start=1):
            lists.cell(row, number, value)
        if column.values:
            rule = DataValidation(
                type="list", formula1=f"{_LISTS}!${letter}$1:${letter}${len(column.values)}",
                allow_blank=True, showErrorMessage=True, errorTitle=column.label,
                error="Kies een waarde uit de lijst.",
            )  # fmt: skip
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    lists.sheet_state = "hidden"
    path.write_bytes(workbook_bytes(book))
