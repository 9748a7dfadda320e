"""A sheet read without a library holds what the library reads of it: that is how QGIS reads a workbook."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

import openpyxl
import pytest
import python_calamine

from atlas.core.tables.plain_xlsx import NotPlain, plain_strings
from atlas.core.tables.workbook_cells import read_cells, sheet_names
from atlas.core.words.errors import AtlasError
from atlas.store.percent_cells import percent_cells

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Blad1"><table:table-row table:number-rows-repeated="2">
<table:table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Gemeente</text:p></table:table-cell>
<table:table-cell office:value-type="string"><office:annotation><text:p>een remark</text:p
></office:annotation><text:p>Aan<text:span>tal</text:span> 2024</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"
><text:p>Assen</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.25"
table:number-columns-repeated="2"><text:p>25%</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2025-02-01"/>
<table:covered-table-cell/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
</table:table><table:table table:name="Blad2"/></office:spreadsheet></office:body>
</office:document-content>"""


def pieces(file):
    """The tags of an XML with the text before each, as a face gives them."""
    found, before = [], []
    parser = expat.ParserCreate(namespace_separator=" ")

    def tag(opens, name, attributes):
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        found.append((opens, name.rpartition(" ")[2], local, "".join(before)))
        before.clear()

    parser.StartElementHandler = lambda name, attributes: tag(True, name, attributes)
    parser.EndElementHandler = lambda name: tag(False, name, {})
    parser.CharacterDataHandler = before.append
    try:
        parser.ParseFile(file)
    except expat.ExpatError as error:
        raise ValueError from error
    return found


def no_stop():
    """Nobody asked to stop."""


def by_library(path, sheet):
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[None if cell == "" else cell for cell in row] for row in rows]


def trimmed(rows):
    """Without what holds nothing at the end, which each reader keeps or not."""
    kept = [list(row) for row in rows]
    for row in kept:
        while row and row[-1] is None:
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Eén & meer"
    for row in (
        ["Meldingen", None, None, None],
        [],
        ["Gemeente", "0014", 14, 0.5, True],
        ["é <&> 'x'", dt.date(2025, 2, 1), dt.datetime(2025, 2, 1, 13, 45), dt.time(9, 30)],  # noqa: DTZ001
        ["twee\nregels", " ruimte ", -3.25, 1e-7],
        [None, None, "=1+1", "#N/A"],
    ):
        sheet.append(row)
    sheet["D3"].number_format = "0.0%"
    sheet["C5"].number_format = '"dag" 0.00'
    sheet.merge_cells("A1:D1")
    sheet["AB9"] = "ver weg"
    made.create_sheet("Leeg")
    made.create_sheet("Weg").sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_an_xlsx_holds_what_the_library_reads(book):
    read = read_cells(book, "Eén & meer", pieces, no_stop)
    assert trimmed(read.rows) == trimmed(by_library(book, "Eén & meer"))
    assert list(read.merged) == [((0, 0), (0, 3))]
    assert read.percentages == percent_cells(book, "Eén & meer") == {(2, 3)}
    assert read_cells(book, "Leeg", pieces, no_stop).rows == []


def with_parts(book, change):
    """The same workbook with its XML written in another way."""
    made = book.with_name("b.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name.endswith(("sheet1.xml", "sharedStrings.xml")) else text)
    return made


OTHER_WAYS = {
    "as it is": lambda text: text,
    "attributes in another order": lambda text: re.sub(r'<c (r="[^"]*") ([^/>]*)', r"<c \2 \1", text),
    "more blanks": lambda text: text.replace("<c r=", "<c  r="),
    "a comment": lambda text: text.replace("<row ", "<!-- <c r='A1'><v>9</v></c> --><row ", 1),
    "text that is not marked up": lambda text: re.sub(r"<t>(Gemeente)</t>", r"<t><![CDATA[\1]]></t>", text),
    "formatted text": lambda text: text.replace("<t>Gemeente</t>", "<r><t>Geme</t></r><r><t>ente</t></r>"),
    "numbers for signs": lambda text: text.replace("é", "&#233;").replace("&amp;", "&#x26;"),
    "a prefix": lambda text: re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text.replace('xmlns="', 'xmlns:x="')),
    "attributes between single quotes": lambda text: re.sub(r' t="(\w+)"', r" t='\1'", text),
    "attributes with room around the sign": lambda text: re.sub(r' t="(\w+)"', r' t = "\1"', text),
    "tags over several lines": lambda text: re.sub(r"<(c|si|mergeCell)\b", r"<\1\n ", text, count=1),
    "tags with a tab": lambda text: re.sub(r"<(c|mergeCell) ", r"<\1\t", text),
    "one prefix among many without": lambda text: re.sub(
        r"<(c|si)\b([^>]*)>(.*?)</\1>",
        r"<x:\1\2>\3</x:\1>",
        re.sub(
            'xmlns="', 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns="', text
        ),
        count=1,
    ),
    "an instruction": lambda text: re.sub(
        r"<(row|si)\b", r'<?x <c r="A9"><v>9</v></c><si><t>niets</t></si>?><\1', text, count=1
    ),
    "lines of Windows": lambda text: text.replace("<row ", "\r\n<row "),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_however_it_is_written_the_cells_are_the_same(book, way):
    made = with_parts(book, OTHER_WAYS[way])
    read = read_cells(made, "Eén & meer", pieces, no_stop)
    expected = read_cells(book, "Eén & meer", pieces, no_stop)
    assert read == expected
    assert trimmed(read.rows) == trimmed(by_library(book, "Eén & meer"))


def with_cells(book, cells):
    """The workbook with one row of other cells."""

    return with_parts(
        book, lambda text: re.sub(r"(?s)<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", text)
    )


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="0"><c r="A0"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>Jansen & Zn</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&onbekend;</v></c></row>',
    ],
)
def test_a_sheet_that_can_t_be_right_is_broken(book, cells):
    made = with_cells(book, cells)
    with pytest.raises(AtlasError, match="beschadigd"):
        read_cells(made, "Eén & meer", pieces, no_stop)
    with pytest.raises(python_calamine.CalamineError):
        by_library(made, "Eén & meer")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1" t="str"><v>a_x000D_\nb</v></c><c r="B1" t="str"><v>_x005F_x000D_</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>uit</t></rPh></is></c></row>',
        '<row r="1"><c r="A1"><v>1,5</v></c><c r="B1"><is><t>a</t></is></c></row>',
        "<row r='3'><c r='B7'><v>1</v></c></row>",
    ],
)
def test_what_stands_in_a_sheet_against_the_rules_is_what_the_library_makes_of_it(book, cells):
    made = with_cells(book, cells)
    assert trimmed(read_cells(made, "Eén & meer", pieces, no_stop).rows) == trimmed(
        by_library(made, "Eén & meer")
    )


def test_most_sheets_are_read_without_their_tags(book):
    def none(file):
        assert "sheet1" not in file.name
        assert "sharedStrings" not in file.name
        return pieces(file)

    assert read_cells(book, "Eén & meer", none, no_stop).rows


def test_texts_in_another_encoding_are_left_to_the_reader_of_tags():
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>\u00e9\u00e9n</t></si></sst>'
    with pytest.raises(NotPlain):
        plain_strings(latin.encode("latin-1"))
    assert plain_strings(latin.replace("ISO-8859-1", "UTF-8").encode()) == ["\u00e9\u00e9n"]


def test_hidden_sheets_are_not_offered(book):
    assert sheet_names(book, pieces) == ["Eén & meer", "Leeg"]


def test_days_are_counted_from_1904_where_a_workbook_says_so(tmp_path):
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active["A1"] = dt.date(2025, 2, 1)
    made.save(tmp_path / "a.xlsx")
    assert read_cells(tmp_path / "a.xlsx", "Sheet", pieces, no_stop).rows == by_library(
        tmp_path / "a.xlsx", "Sheet"
    )


def test_an_ods_holds_what_the_library_reads(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert sheet_names(path, pieces) == ["Blad1", "Blad2"]
    read = read_cells(path, "Blad1", pieces, no_stop)
    assert trimmed(read.rows) == [
        [], [], ["Gemeente", "Aantal 2024"], ["Assen", 0.25, 0.25], ["Assen", 0.25, 0.25],
        [dt.date(2025, 2, 1), None, True],
    ]  # fmt: skip
    assert read.percentages == percent_cells(path, "Blad1") == {(3, 1), (3, 2), (4, 1), (4, 2)}


def test_what_is_no_workbook_is_a_sentence(tmp_path, book):
    text = tmp_path / "t.xlsx"
    text.write_text("Gemeente;Aantal\n", encoding="utf-8")
    with pytest.raises(AtlasError, match="is geen rekenblad"):
        sheet_names(text, pieces)
    cut = Path(tmp_path / "cut.xlsx")
    cut.write_bytes(book.read_bytes()[:2_000])
    with pytest.raises(AtlasError, match="beschadigd"):
        read_cells(cut, "Leeg", pieces, no_stop)
    with pytest.raises(AtlasError, match="bestaat niet"):
        read_cells(book, "Nergens", pieces, no_stop)


def test_reading_stops_when_it_is_asked_to(book):
    class StoppedError(Exception):
        """By the user."""

    def stop():
        raise StoppedError

    with pytest.raises(StoppedError):
        read_cells(book, "Eén & meer", pieces, stop)
