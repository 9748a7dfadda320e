"""The workbook in which the bureaus deliver the figures of a panel: what is asked, and cells to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..core.figures.panel_delivery import COLUMNS, DELIVERY_SHEET, delivery_rows, panel_questions
from ..core.words.notation import UNIT_LABEL, format_period
from .office_bytes import workbook_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

_HEADING = PatternFill("solid", fgColor="FFE4E4E4")
_TO_FILL = PatternFill("solid", fgColor="FFFFF6D6")
_PUBLISHED = Font(color="FF777777", italic=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (34, 12, 12, 10, 10, 12, 28, 60, 14)
_FILLED = ("waarde", "n", "n_effectief")
_QUESTIONS = (
    ("Cijfer", 44), ("Vraag en wat geteld wordt", 70), ("Onder wie (basis)", 44), ("Let op", 60), ("id", 40),
)  # fmt: skip
_HOW = """\
Op het blad cijfers staat een rij per vraag, provincie en surveyregio. Vul de gele cellen in; laat leeg wat
u niet hebt of niet wilt geven.

waarde: het gewogen percentage (of het rapportcijfer) van wie in de basis van de vraag zit, van 0 tot 100.

n: hoeveel mensen deze vraag in dit gebied beantwoordden, ongewogen. Zonder n wordt een cijfer niet
overgenomen: de marge hangt ervan af.

n_effectief (mag leeg): wat die n na weging waard is, als u dat berekent. Is het leeg, dan neemt de atlas een
ontwerpeffect aan en zegt dat erbij.

Grijze cijfers zijn al gepubliceerd en blijven staan zoals ze zijn.

Is een groep te klein, geef het cijfer dan gerust: de atlas laat het niet zien, en zegt dat.

In dit werkboek horen alleen cijfers van gebieden, geen antwoorden van mensen.

Teruglezen: atlas build --panel met dit bestand."""


def write_panel_workbook(path: Path, period: str) -> None:
    """Write the workbook to fill in; the same bytes every time.

    Args:
        path: Beside its place, by the caller.
        period: Of the survey, "2025-11".
    """
    book = Workbook()
    book.properties.title, book.properties.creator = "Cijfers van het panel", ""
    sheet = book.active
    sheet.title = DELIVERY_SHEET
    _write_cells(sheet, period)
    _write_questions(book.create_sheet("vragen"))
    _write_how(book.create_sheet("uitleg", 0), period)
    book.active = 0
    path.write_bytes(workbook_bytes(book))


def _write_cells(sheet: Worksheet, period: str) -> None:
    for number, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        heading = sheet.cell(1, number, name)
        heading.font, heading.fill = Font(bold=True), _HEADING
        sheet.column_dimensions[get_column_letter(number)].width = width
    last = 1
    for last, row in enumerate(delivery_rows(period), start=2):
        shown = {
            "id": row.indicator.id, "gebied_code": row.area, "periode": row.period, "waarde": row.value,
            "n": row.n, "gebied": row.area_name, "cijfer": row.indicator.label,
            "eenheid": UNIT_LABEL[row.indicator.unit],
        }  # fmt: skip
        for number, name in enumerate(COLUMNS, start=1):
            cell = sheet.cell(last, number, shown.get(name))
            if name in _FILLED and row.value is None:
                cell.fill = _TO_FILL
            elif name in _FILLED:
                cell.font = _PUBLISHED
            if name == "periode":
                cell.number_format = "@"  # a month stays what it is written as
    for name, most in (("waarde", 100), ("n", 1_000_000), ("n_effectief", 1_000_000)):
        letter = get_column_letter(COLUMNS.index(name) + 1)
        rule = DataValidation(
            type="decimal" if name != "n" else "whole", operator="between", formula1="0", formula2=str(most),
            allow_blank=True, showErrorMessage=True, errorTitle=name, error=f"Een getal van 0 tot {most}.",
        )  # fmt: skip
        rule.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"


def _write_questions(sheet: Worksheet) -> None:
    for number, (name, width) in enumerate(_QUESTIONS, start=1):
        heading = sheet.cell(1, number, name)
        heading.font, heading.fill = Font(bold=True), _HEADING
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, one in enumerate(panel_questions(), start=2):
        for number, text in enumerate((one.label, one.question, one.base, one.caution, one.id), start=1):
            sheet.cell(row, number, text).alignment = _WRAPPED
    sheet.freeze_panes = "A2"


def _write_how(sheet: Worksheet, period: str) -> None:
    sheet.column_dimensions["A"].width = 110
    sheet.cell(1, 1, f"Cijfers van het panel, {format_period(period)}").font = Font(bold=True, size=14)
    for row, sentence in enumerate(_HOW.split("\n\n"), start=3):
        sheet.cell(row, 1, sentence.replace("\n", " ")).alignment = _WRAPPED
