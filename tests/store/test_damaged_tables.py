"""Tables made to break a reader: a sentence within seconds, in little memory, whatever the library does."""

import datetime as dt
import signal
import subprocess
import sys
import time
import zipfile

import pyarrow as pa
import pytest
from pyarrow import parquet

from atlas.core.files.reading_limits import raise_limits
from atlas.core.words.errors import AtlasError
from atlas.geo.reading import reading_process
from atlas.store.tables import read_table
from atlas.store.workbook_sizes import checked_workbook

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def xlsx(path, cells, *, padding=0):
    """A workbook of (reference, text) pairs, each in a row of its own number."""
    rows = {}
    for reference, text in cells:
        rows.setdefault(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), []).append((reference, text))
    body = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>' for name, text in row)
        + "</row>"
        for number, row in rows.items()
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="b" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>'
            + " " * padding
            + "</worksheet>",
        },
    )


def ods(path, rows, *, end="</table:table>"):
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{count}">'
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for count, row in rows
    )
    content = (
        f'<office:document-content {_NAMES}><office:body><office:spreadsheet><table:table table:name="b">'
        f"{body}{end}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        },
    )


HEADER = (("A1", "gebied"), ("B1", "waarde"), ("A2", "Assen"), ("B2", "1"))
ODS_ROWS = ((1, ("gebied", "waarde")), (1, ("Assen", "1")))


def refused(path):
    begin = time.monotonic()
    with pytest.raises(AtlasError) as caught:
        read_table(path)
    assert time.monotonic() - begin < 45  # seconds; a busy machine takes long to start a process
    return str(caught.value)


@pytest.mark.parametrize("far", ["ZZZZZZZZ9", "XFD1048576", "A99999999999999999999", "AAA1000000"])
def test_a_cell_far_outside_the_table_gets_a_sentence(tmp_path, far):
    text = refused(xlsx(tmp_path / "ver.xlsx", [*HEADER, (far, "x")]))
    assert "Wis de cellen buiten de tabel" in text


def test_a_stray_cell_far_under_the_table_is_left_out(tmp_path):
    plain = read_table(xlsx(tmp_path / "zonder.xlsx", HEADER))
    stray = read_table(xlsx(tmp_path / "met.xlsx", [*HEADER, ("ZZ100000", "x")]))
    assert (stray.columns, stray.cells, stray.rows) == (plain.columns, plain.cells, plain.rows)


def test_rows_with_a_gap_are_all_read_when_the_sheet_is_small(tmp_path):
    cells = [*HEADER, ("A5000", "Emmen"), ("B5000", "2")]
    table = read_table(xlsx(tmp_path / "gat.xlsx", cells))
    assert table.column("gebied")[-1] == "Emmen"
    assert table.rows[-1] == 5000


def test_the_position_of_a_gap_is_right_when_the_sheet_comes_in_pieces(tmp_path):
    cells = [("A1", "gebied"), ("B1", "waarde")]
    cells += [cell for row in range(2, 30_000) for cell in ((f"A{row}", "Assen"), (f"B{row}", str(row)))]
    table = read_table(xlsx(tmp_path / "lang.xlsx", [*cells, ("ZZ120000", "x")]))
    assert table.rows[-1] == 29_999
    assert table.column("waarde")[-1] == "29999"


def test_a_row_repeated_a_milliard_times_gets_a_sentence(tmp_path):
    rows = (*ODS_ROWS, (1_000_000_000, ("Emmen", "2")))
    assert "1.000.000.002 rijen" in refused(ods(tmp_path / "veel.ods", rows))


def test_empty_rows_to_the_end_of_the_sheet_are_nothing(tmp_path):
    table = read_table(ods(tmp_path / "leeg.ods", (*ODS_ROWS, (1_048_574, ()))))
    assert table.column("gebied") == ["Assen"] or list(table.column("gebied")) == ["Assen"]


@pytest.mark.parametrize("end", ["</table}table>", "</NaN1_000table:table>", "</table:table", ""])
def test_a_damaged_workbook_never_loops(tmp_path, end):
    assert "beschadigd" in refused(ods(tmp_path / "stuk.ods", ODS_ROWS, end=end))


@pytest.mark.parametrize(
    "values",
    [
        pa.array([2**62], pa.timestamp("ms")),
        pa.array([2**31 - 1], pa.date32()),
        pa.array([2**62], pa.duration("s")),
    ],
)
def test_a_date_outside_the_calendar_names_its_column(tmp_path, values):
    path = tmp_path / "datum.parquet"
    parquet.write_table(pa.table({"gebied": ["Assen"], "wanneer": values}), path)
    text = refused(path)
    assert "buiten de kalender" in text
    assert "kolom wanneer" in text


def test_a_parquet_of_many_equal_rows_is_refused_by_what_it_says(tmp_path):
    path = tmp_path / "veel.parquet"
    count = 6_000_000
    parquet.write_table(
        pa.table({"a": pa.DictionaryArray.from_arrays(pa.array([0] * count), ["Assen"])}), path
    )
    assert "6.000.000 rijen" in refused(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before(tmp_path):
    path = xlsx(tmp_path / "bom.xlsx", HEADER, padding=40_000_000)
    raise_limits(0.001)  # 8 MB unpacked
    try:
        with pytest.raises(AtlasError, match="groter dan hier wordt gelezen") as caught:
            checked_workbook(path)
        assert "MB uitgepakt" in caught.value.got
    finally:
        raise_limits(1)


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A reader that does what it is told, in the process apart."""

    def make(body):
        (tmp_path / "library.py").write_text(f"def read(path, sheet):\n    {body}\n", encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{':'.join(sys.path)}")
        path = tmp_path / "tabel.xlsx"
        path.write_bytes(b"x")
        reading_process.end_process()
        with pytest.raises(AtlasError) as caught:
            reading_process.read_apart("library:read", "json", path, None)
        return str(caught.value)

    yield make
    reading_process.end_process()  # it knows this library


def test_a_library_that_hangs_is_ended(library, monkeypatch):
    monkeypatch.setattr(reading_process, "seconds_for", lambda _size: 1.5)
    assert "duurde te lang" in library("while True: pass")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="work is not watched here")
def test_a_library_that_had_to_wait_is_not_ended(tmp_path, monkeypatch):
    """A machine that is busy elsewhere proves nothing against a file."""
    monkeypatch.setattr(reading_process, "seconds_for", lambda _size: 0.3)
    (tmp_path / "waiting.py").write_text(
        "import time\ndef read(path):\n    time.sleep(0.6)\n    return 'gelezen'\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{':'.join(sys.path)}")
    reading_process.end_process()
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(b"x")
    assert reading_process.read_apart("waiting:read", "json", path) == "gelezen"
    reading_process.end_process()


def test_a_process_that_broke_off_is_followed_by_another(tmp_path):
    path = tmp_path / "tabel.parquet"
    parquet.write_table(pa.table({"gebied": ["Assen"]}), path)
    read_table(path)
    (waiting,) = reading_process._kept

    def gone(_question, _seconds):
        """It still waited when it was looked at."""
        waiting._process.kill()
        raise EOFError

    waiting.answer = gone
    assert read_table(path).columns == ("gebied",)
    assert reading_process._kept != [waiting]


@pytest.mark.skipif(sys.platform != "linux", reason="bounds memory as this system does")
@pytest.mark.parametrize("body", ["return bytearray(10**12)", "import os; os.abort()", "raise SystemExit(3)"])
def test_a_library_that_asks_for_everything_or_breaks_off_is_a_sentence(library, body):
    text = library(body)
    assert "brak af" in text or "kan niet worden gelezen" in text


def test_what_a_library_prints_or_throws_is_not_shown(library, capfd):
    text = library("print('help'); raise LookupError('open it in another program')")
    assert "LookupError" in text
    assert "another program" not in text
    assert capfd.readouterr() == ("", "")


def test_a_table_comes_back_as_it_was(tmp_path):
    path = tmp_path / "tabel.parquet"
    parquet.write_table(pa.table({"code": ["0014"], "dag": [dt.date(2026, 1, 2)], "n": [3]}), path)
    table = read_table(path)
    assert [list(table.column(name)) for name in table.columns] == [["0014"], ["2026-01-02"], [3]]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is of this system")
def test_every_damaged_file_stays_under_500_mb(tmp_path):
    files = [
        xlsx(tmp_path / "breed.xlsx", [*HEADER, ("ZZ100000", "x")]),
        xlsx(tmp_path / "ver.xlsx", [*HEADER, ("XFD1048576", "x")]),
        ods(tmp_path / "veel.ods", (*ODS_ROWS, (1_000_000_000, ("Emmen", "2")))),
    ]
    code = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "from atlas.core.words.errors import AtlasError\n"
        "from atlas.store.tables import read_table\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        read_table(Path(name))\n"
        "    except AtlasError:\n"
        "        pass\n"
        "own = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())\n"
        "print(max(int(own[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, files)], capture_output=True, check=True)
    assert int(done.stdout) < 500_000
