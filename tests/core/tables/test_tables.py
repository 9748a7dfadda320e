"""A table is read as people send it; a file that is no table gets a sentence."""

import contextlib
import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.csv_text import read_csv
from atlas.core.tables.sheet_tables import sheet_tables
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

TWO_ROWS = "gemeente;waarde\nAssen;7,9\nDe Wolden;12,5\n"


def refused(data, match):
    with pytest.raises(AtlasError, match=match) as caught:
        read_csv(data, "tabel.csv")
    assert "tabel.csv" in caught.value.where
    return caught.value


# --- what a file looks like ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_of_excel_is_read(encoding):
    table = read_csv("gemeente;waarde\nSúdwest-Fryslân;€ 5\n".encode(encoding), "tabel.csv")
    assert table.columns == ("gemeente", "waarde")
    assert table.column("gemeente") == ["Súdwest-Fryslân"]
    assert table.column("waarde") == ["€ 5"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(newline):
    assert len(read_csv(TWO_ROWS.replace("\n", newline).encode(), "tabel.csv")) == 2


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^", "~", "¦", "#", "\x1f"])
def test_the_delimiter_is_seen_from_the_content(delimiter):
    data = f"gemeente{delimiter}n{delimiter}waarde\nAssen{delimiter}3{delimiter}4\n".encode()
    assert read_csv(data, "tabel.csv").columns == ("gemeente", "n", "waarde")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (TWO_ROWS, ("gemeente", "waarde")),
        (
            "gemeente;aandeel, procent\nAssen;7,9\nEmmen;8,1\nBron: CBS, 2025\n",
            ("gemeente", "aandeel, procent"),
        ),
        ("gemeente,opmerking; kort\nAssen,goed; mooi\nEmmen,kan beter\n", ("gemeente", "opmerking; kort")),
        ('gemeente,waarde\n"Wolden; De",3\n"Marne; De",4\n', ("gemeente", "waarde")),
        ("naam;waarde\nWolden, De;7,9\nHogeland, Het;8,1\nAssen;3\n", ("naam", "waarde")),
        ("gemeente\tscore, 2025\nAssen\t7,9\n", ("gemeente", "score, 2025")),
    ],
)
def test_commas_in_numbers_and_names_are_not_taken_for_delimiters(text, columns):
    assert read_csv(text.encode(), "tabel.csv").columns == columns


def test_the_line_excel_needs_for_a_delimiter_is_not_the_header():
    table = read_csv(b"sep=,\ngemeente,waarde\nAssen,3\n", "tabel.csv")
    assert (table.columns, table.first_row) == (("gemeente", "waarde"), 3)


def test_a_delimiter_within_quotes_belongs_to_the_cell():
    table = read_csv(b'gemeente;opmerking\nAssen;"a;b ""c"""\n', "tabel.csv")
    assert table.column("opmerking") == ['a;b "c"']


def test_delimiters_at_the_end_of_every_line_are_not_a_column():
    table = read_csv(b"gemeente;waarde;;\nAssen;3;;\nEmmen;4;;\n", "tabel.csv")
    assert table.columns == ("gemeente", "waarde")


# --- row numbers ---


def test_rows_have_the_number_a_person_sees():
    table = read_csv(b"\n\ngemeente;waarde\nAssen;1\n\n\nEmmen;2\n   \nMeppel;3\n\n", "tabel.csv")
    assert list(table.rows) == [4, 7, 9]
    assert table.column("gemeente") == ["Assen", "Emmen", "Meppel"]


def test_a_cell_of_two_lines_is_one_row_as_in_a_spreadsheet():
    table = read_csv(b'gemeente;opmerking\nAssen;"een\ntwee"\nEmmen;drie\n', "tabel.csv")
    assert list(table.rows) == [2, 3]


def test_a_short_row_is_filled_up_with_empty_cells():
    table = read_csv(b"gemeente;waarde;n\nAssen;3;10\nBron: CBS\n", "tabel.csv")
    assert table.column("n") == ["10", ""]


def test_a_row_that_is_too_long_is_named():
    error = refused(b"gemeente;waarde\nAssen;3\n\nEmmen;4;5\n", "Rij 4 heeft meer cellen")
    assert "hoogstens 2" in error.expected


def test_rows_keep_their_numbers_beyond_one_chunk():
    lines = ["gemeente;waarde", *(f"Assen;{number}" for number in range(45_000)), "", "Emmen;1"]
    table = read_csv("\n".join(lines).encode(), "tabel.csv")
    assert (len(table), table.rows[0], table.rows[-2], table.rows[-1]) == (45_001, 2, 45_001, 45_003)


# --- what is no table ---


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b";;;\n;;\n", b"\xff\xfe"])
def test_an_empty_file_is_said_to_be_empty(data):
    refused(data, "leeg")


@pytest.mark.parametrize("data", [b"gemeente;waarde", b"gemeente;waarde\n\n\n"])
def test_a_file_with_only_a_header_is_refused(data):
    refused(data, "alleen een kopregel")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04", "XLSX"),
        (b"\xd0\xcf\x11\xe0", "XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\0", "GeoPackage"),
        (b"<!DOCTYPE html>", "webpagina"),
        (b"gemeente;waarde\nAs\0sen;3", "geen tekst"),
        ("gemeente;waarde\nAssen;3".encode("utf-16-le"), "geen tekst"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(start, kind):
    assert kind in refused(start + b"\n rest", "geen CSV").got


def test_bytes_that_are_no_text_are_refused():
    refused(b"gemeente;waarde\n\x81\x8d;3\n", "tekens")
    refused(b"\xef\xbb\xbfgemeente;waarde\n\xe9;3\n", "tekens")


def test_a_line_of_200_mb_is_refused_without_reading_it_as_text():
    data = b"gemeente;waarde\n" + b"x" * 200_000_000
    tracemalloc.start()
    try:
        error = refused(data, "regel van meer dan een miljoen tekens")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
    assert "regel 2" in error.where


def test_a_cell_that_is_far_too_long_is_refused():
    refused(b"gemeente;waarde\n" + b"x" * 300_000 + b";3\n", "cel die te lang is")


def test_a_quotation_mark_that_is_never_closed_is_refused():
    error = refused(b'gemeente;waarde\nEmmen;3\n"Assen;3\nMeppel;4\n', "aanhalingsteken")
    assert "rij 3" in error.where
    error = refused(b'gemeente;"waarde\nEmmen;3\nAssen;3\n', "alleen een kopregel")
    assert (error.got, "aanhalingsteken" in error.hint) == ('"waarde Emmen;3 Assen;3"', True)


@pytest.mark.parametrize(
    ("header", "match"),
    [
        ("a;;b", "Kolom 2 heeft geen naam"),
        ("a;b;a", 'Twee kolommen heten "a"'),
        (" ;b", "Kolom 1 heeft geen naam"),
    ],
)
def test_every_column_needs_a_name_of_its_own(header, match):
    refused(f"{header}\n1;2;3\n".encode(), match)


@given(st.binary(max_size=300))
def test_reading_never_raises_anything_but_a_sentence(data):
    for start in (b"", b"gemeente;waarde\n", b"\xff\xfe", b'a,"b'):
        with contextlib.suppress(AtlasError):
            read_csv(start + data, "tabel.csv")


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=12
).filter(str.strip)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=8), st.sampled_from(";,\t"))
def test_what_is_written_is_always_read_back(rows, delimiter):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["gemeente", "waarde"], *rows])
    table = read_csv(file.getvalue().encode(), "tabel.csv")
    assert [list(row) for row in zip(*table.cells, strict=True)] == rows
    assert list(table.rows) == list(range(2, len(rows) + 2))


# --- columns ---


def test_a_missing_column_is_named_with_those_there_are_and_the_nearest():
    with pytest.raises(AtlasError, match='De kolom "Gemeente" staat niet') as caught:
        read_csv(TWO_ROWS.encode(), "tabel.csv").column("Gemeente")
    assert '"gemeente", "waarde"' in caught.value.got
    assert caught.value.hint == 'Bedoelde u "gemeente"?'


def test_cells_of_a_spreadsheet_stay_numbers_and_nan_is_empty():
    table = Table.from_columns(
        "tabel.xlsx", {"naam": ["Assen", None, 14, True], "waarde": [1.5, float("nan"), 3, "x"]}, first_row=5
    )
    assert table.column("naam") == ["Assen", None, 14, "ja"]
    assert table.column("waarde") == [1.5, None, 3, "x"]
    assert (len(table), table.first_row, list(table.rows)) == (4, 5, [5, 6, 7, 8])


def test_a_spreadsheet_without_rows_gets_the_same_sentence():
    with pytest.raises(AtlasError, match="alleen een kopregel"):
        Table.from_columns("tabel.xlsx", {"naam": []})
    with pytest.raises(AtlasError, match="leeg"):
        Table.from_columns("tabel.xlsx", {})


def test_columns_of_different_lengths_are_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="different lengths"):
        Table.from_columns("tabel.xlsx", {"naam": ["Assen"], "waarde": []})


@pytest.mark.parametrize("mark", ["²", "①", "9" * 5_000], ids=["raised", "in a circle", "very long"])
def test_a_mark_of_a_note_in_the_header_of_a_sheet_is_no_number(mark):
    (found,) = sheet_tables([["Gemeente", mark, "Aantal"], ["Assen", "²", 3.0], ["Emmen", "²", 4.0]])
    assert list(found.names.values()) == ["Gemeente", mark, "Aantal"]
