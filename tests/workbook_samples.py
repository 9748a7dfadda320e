"""Workbooks as people send them, in the forms that tests need."""

import openpyxl
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text


def workbook(path, *sheets):
    """An XLSX of (name, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def opendocument_sheet(path, rows):
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="Cijfers")
    for row in rows:
        line = odf_table.TableRow()
        for cell in row:
            number = isinstance(cell, int | float)
            kind = {"valuetype": "float", "value": str(cell)} if number else {"valuetype": "string"}
            box = odf_table.TableCell(**kind)
            box.addElement(odf_text.P(text=str(cell)))
            line.addElement(box)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(path)
    return path
