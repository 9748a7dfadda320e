"""A sheet of a workbook: which row is the header, which sheet or table is meant, what a cell shows."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
import xlwt
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text

from atlas.core.words.errors import AtlasError
from atlas.store.percent_cells import percent_cells
from atlas.store.tables import read_table
from workbook_samples import workbook


def refused(path, sheet=None):
    with pytest.raises(AtlasError) as caught:
        read_table(path, sheet)
    return caught.value


def test_numbers_of_a_workbook_stay_numbers_and_whole_ones_have_no_decimals(tmp_path):
    rows = [["code", "waarde"], [14, 7.9], ["0037", 1.204]]
    table = read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert list(table.column("code")) == [14, "0037"]
    assert type(table.column("code")[0]) is int
    assert list(table.column("waarde")) == [7.9, 1.204]


def test_titles_above_the_header_and_empty_columns_are_passed_over(tmp_path):
    rows = [
        ["Leegstand per gemeente", None, None, None],
        ["peildatum 1 januari 2025", None, None, None],
        [None, None, None, None],
        ["gemeente", None, "waarde", "n"],
        ["Assen", None, 3, 10],
        ["Emmen", None, 4, None],
        [None, None, None, None],
    ]
    table = read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert table.columns == ("gemeente", "waarde", "n")
    assert len(table) == 2
    assert table.first_row == 5


def test_a_column_with_cells_but_without_a_name_is_named_after_its_letter(tmp_path):
    rows = [["gemeente", "waarde", None], ["Assen", 3, "ja"]]
    assert read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows))).columns == (
        "gemeente",
        "waarde",
        "kolom C",
    )


def test_dates_are_iso_text_and_truth_is_ja_or_nee(tmp_path):
    rows = [
        ["dag", "moment", "waar"],
        [dt.date(2025, 11, 6), dt.datetime.fromisoformat("2025-11-06T12:30"), True],
    ]
    table = read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert [table.column(name)[0] for name in table.columns] == ["2025-11-06", "2025-11-06T12:30:00", "ja"]


def test_one_sheet_with_data_is_chosen_and_several_are_asked_about(tmp_path):
    rows = [["gemeente", "waarde"], ["Assen", 3]]
    one = workbook(tmp_path / "een.xlsx", ("Leeg", []), ("Cijfers", rows))
    assert list(read_table(one).column("gemeente")) == ["Assen"]
    two = workbook(tmp_path / "twee.xlsx", ("2024", rows), ("2025", [*rows, ["Emmen", 4]]))
    error = refused(two)
    assert error.got == "2024, 2025"
    assert error.choices == ("sheet",)
    assert len(read_table(two, sheet="2025")) == 2
    assert refused(two, "2026").expected == "2024, 2025"


def test_an_empty_workbook_and_one_with_only_a_header_are_sentences(tmp_path):
    assert "leeg" in refused(workbook(tmp_path / "a.xlsx", ("Blad1", []))).title
    assert (
        "alleen een kopregel"
        in refused(workbook(tmp_path / "b.xlsx", ("Blad1", [["gemeente", "waarde"]]))).title
    )


def test_an_old_excel_file_is_read(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad1")
    for number, row in enumerate([["gemeente", "waarde"], ["0014", 3], ["Aa en Hunze", 4.5]]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(tmp_path / "a.xls"))
    table = read_table(tmp_path / "a.xls")
    assert (table.column("gemeente"), table.column("waarde")) == (["0014", "Aa en Hunze"], [3, 4.5])


def test_a_percentage_of_an_old_excel_file_is_that_percentage(tmp_path):
    """Of growth too: 1,5 is 150%, and beside 0,236 nothing but the format says so."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad1")
    for column, name in enumerate(["gemeente", "groei", "per 1.000", "tekst"]):
        sheet.write(3, column, name)  # with a title above the table, as most have
    shown = [xlwt.easyxf(num_format_str=code) for code in ("0.0%", "0.0", '0.0"%"')]
    for row, value in ((4, 0.236), (5, 1.5)):
        sheet.write(row, 0, "Assen" if row == 4 else "Emmen")
        for column, style in enumerate(shown, start=1):
            sheet.write(row, column, value, style)
    book.save(str(tmp_path / "a.xls"))
    table = read_table(tmp_path / "a.xls")
    assert table.column("groei") == ["23,6%", "150%"]
    assert table.column("per 1.000") == table.column("tekst") == [0.236, 1.5]


def test_an_old_excel_file_of_which_the_formats_are_damaged_is_not_read_as_numbers(tmp_path):
    """Nobody may see 0,236 where the sheet shows 23,6%."""
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0 and nothing that xlrd knows")
    with pytest.raises(AtlasError, match="welke cellen percentages zijn"):
        percent_cells(path, "Blad1")


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("0.0%", "23,6%"), ("0%", "23,6%"), ("0.00%", "23,6%"), ('#,##0.0" "%', "23,6%"), ('0.0"%"', 0.236)],
)
def test_a_cell_shown_as_a_percentage_is_that_percentage(number_format, shown, tmp_path):
    book = openpyxl.Workbook()
    for row in (["gemeente", "aandeel", "per 1.000"], ["Assen", 0.236, 0.236], ["Emmen", None, 1]):
        book.active.append(row)
    for cell in ("B2", "B3"):
        book.active[cell].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert table.column("aandeel") == [shown, None]
    assert table.column("per 1.000") == [0.236, 1]


def test_a_percentage_of_an_ods_is_that_percentage(tmp_path):
    """Cells and rows that repeat count as often as they say."""
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="Cijfers")
    lines = [("gemeente", "a", "b", "c"), ("Assen", 0.236, 0.236, 7), ("Emmen", 0.12, 0.12, 8)]
    for gemeente, first, _second, last in lines:
        line = odf_table.TableRow()
        cells = [({"valuetype": "string"}, gemeente)]
        if isinstance(first, str):
            cells += [({"valuetype": "string"}, name) for name in ("a", "b", "c")]
        else:
            cells += [
                ({"valuetype": "percentage", "value": str(first), "numbercolumnsrepeated": "2"}, "%"),
                ({"valuetype": "float", "value": str(last)}, str(last)),
            ]
        for kind, text in cells:
            box = odf_table.TableCell(**kind)
            box.addElement(odf_text.P(text=text))
            line.addElement(box)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(tmp_path / "a.ods")
    table = read_table(tmp_path / "a.ods")
    assert table.column("a") == table.column("b") == ["23,6%", "12%"]
    assert table.column("c") == [7, 8]


HEADERS = {
    "years under subjects": (
        [
            ["Misdrijven per gemeente"],
            [],
            ["Gemeente", "Totaal", None, None, "Drugs", None, None],
            [None, 2022, 2023, 2024, 2022, 2023, 2024],
            ["Assen", 1, 2, 3, 4, 5, 6],
        ],
        ["Gemeente", "Totaal 2022", "Totaal 2023", "Totaal 2024", "Drugs 2022", "Drugs 2023", "Drugs 2024"],
    ),
    "words under years": (
        [["Gemeente", 2023, None, 2024, None], [None, "aantal", "%", "aantal", "%"], ["Assen", 1, 2, 3, 4]],
        ["Gemeente", "2023 aantal", "2023 %", "2024 aantal", "2024 %"],
    ),
    "names that repeat under years": (
        [["", "2023", "", "2024", ""], ["Gemeente", "n", "%", "n", "%"], ["Assen", 1, 2, 3, 4]],
        ["Gemeente", "2023 n", "2023 %", "2024 n", "2024 %"],
    ),
    "three rows": (
        [
            [None, "Politie", None, None, None],
            [None, "Totaal", None, "Drugs", None],
            ["Gemeente", 2023, 2024, 2023, 2024],
            ["Assen", 1, 2, 3, 4],
        ],
        [
            "Gemeente",
            *(f"Politie {one}" for one in ("Totaal 2023", "Totaal 2024", "Drugs 2023", "Drugs 2024")),
        ],
    ),
}
SPLIT_HEADERS = {
    "the same twice": [
        ["Gemeente", "Totaal", None, "Totaal", None],
        [None, "aantal", "%", "aantal", "%"],
        ["Assen", 1, 2, 3, 4],
    ],
    "few names": [["Gemeente", None, None, None, "Totaal"], ["Assen", 1, 2, 3, 4], ["Emmen", 1, 2, 3, 4]],
}


@pytest.mark.parametrize(("rows", "names"), HEADERS.values(), ids=HEADERS)
def test_names_over_several_rows_are_put_together(rows, names, tmp_path):
    table = read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert list(table.columns) == names
    assert table.rows[0] == len(rows)
    assert [cells[0] for cells in table.cells] == rows[-1]


ONE, TWO = [["Gemeente", "Aantal"], ["Assen", 3], ["Emmen", 4]], [["Gemeente", "Prijs"], ["Assen", 9]]


@pytest.mark.parametrize(
    ("rows", "second"),
    [
        ([*ONE, [], *TWO], {"Gemeente": ["Assen"], "Prijs": [9]}),
        ([["Een"], *ONE, [], [], ["Twee"], [], *TWO], {"Gemeente": ["Assen"], "Prijs": [9]}),
        (
            [[*a, None, *b] for a, b in zip(ONE, [*TWO, [None, None]], strict=True)],
            {"Gemeente": ["Assen"], "Prijs": [9]},
        ),
    ],
)
def test_two_tables_on_a_sheet_are_asked_for_and_read_apart(rows, second, tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("Blad1", rows))
    error = refused(path)
    assert "staan 2 tabellen" in error.title
    assert "Blad1#2" in error.got
    first = read_table(path, "Blad1#1")
    assert first.columns == ("Gemeente", "Aantal")
    assert [list(cells[:2]) for cells in first.cells] == [["Assen", "Emmen"], [3, 4]]
    table = read_table(path, "Blad1#2")
    assert {name: [c for c in table.column(name) if c is not None] for name in table.columns} == second
    assert "staan 2 tabellen" in refused(path, "Blad1#3").title


@pytest.mark.parametrize(
    "rows",
    [
        [*ONE, [], ["Groningen", 5]],
        [*ONE, [], ["Totaal", 7], [], ["Bron: eigen telling"]],
        [*ONE, [], ["Groningen", "x"], ["Pekela", 5]],
        [["Adres", "Soort"], ["Weg 1", "schuur"], [], ["Weg 2", "loods"], ["Weg 3", "stal"]],
    ],
)
def test_a_blank_row_does_not_make_two_tables(rows, tmp_path):
    table = read_table(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert len(table) == len(rows) - 1


@pytest.mark.parametrize("rows", SPLIT_HEADERS.values(), ids=SPLIT_HEADERS)
def test_a_header_that_is_not_in_one_row_is_a_sentence_with_the_remedy(rows, tmp_path):
    error = refused(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert "niet in één rij" in error.title
    assert "Gemeente" in error.got
    assert "samengevoegde" in error.hint


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_an_area_merged_over_several_rows_stands_in_each_and_a_number_in_its_first_alone(tmp_path, suffix):
    rows = [
        ["gemeente", "geslacht", "aantal", "samen"], ["Assen", "man", 5, 11], [None, "vrouw", 6, None],
        ["Emmen", "man", 7, 7],
    ]  # fmt: skip
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        book = openpyxl.load_workbook(workbook(path, ("Blad1", rows)))
        for reference in ("A2:A3", "D2:D3"):
            book.active.merge_cells(reference)
        book.save(path)
    else:
        old = xlwt.Workbook()
        sheet = old.add_sheet("Blad1")
        for number, row in enumerate(rows):
            for position, cell in enumerate(row):
                if number not in (1, 2) or position in (1, 2):
                    sheet.write(number, position, cell)
        sheet.write_merge(1, 2, 0, 0, "Assen")
        sheet.write_merge(1, 2, 3, 3, 11)
        old.save(str(path))
    table = read_table(path)
    assert list(table.column("gemeente")) == ["Assen", "Assen", "Emmen"]
    assert list(table.column("samen")) == [11, None, 7]
