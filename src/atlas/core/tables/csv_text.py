"""A CSV as people send it, whatever its encoding and delimiter; the forms of StatLine are recognised."""

from __future__ import annotations

import csv
import io
import re
import sys
from array import array
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from ..words.errors import AtlasError
from . import statline
from .cell_numbers import shown
from .table import Table, check_header, check_rows, no_header, with_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: how a file of another kind begins, and what it is called
_OTHER_KINDS = (
    (b"PK\x03\x04", "een rekenblad (XLSX of ODS) of een zipbestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Excel-bestand (XLS)"),
    (b"%PDF-", "een PDF"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"SQLite format 3", "een GeoPackage of andere database"),
    (b"PAR1", "een Parquet-bestand"),
    (b"<!DOCTYPE", "een webpagina"),
    (b"<!doctype", "een webpagina"),
    (b"<html", "een webpagina"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
#: a line longer than this is not a row of a table; found without reading the file as text
_LONGEST_LINE = 1_000_000
#: enough rows to see which delimiter a file uses
_SAMPLE_CHARACTERS = 64_000
#: fewer records than Python makes before it looks for garbage: of more, each is looked at again and again
_CHUNK_ROWS = 500
#: a column with more different texts hardly repeats itself: remembering them costs more than it saves
_REMEMBERED_TEXTS = 50_000


def read_csv(data: bytes, source: str, header: int = 0) -> Table:
    """Read a CSV as people send it.

    Encoding utf-8 (with or without byte order mark), utf-16 with a mark, else cp1252. The delimiter is
    decided from the content. Lines without anything are skipped; row numbers stay those a
    spreadsheet shows for the file.

    Args:
        data: The file.
        source: Its name, for sentences.
        header: The line with the names, from 1, when a person pointed one out; 0 for the first that is not
            empty.

    Raises:
        AtlasError: the file is empty, has only a header, is of another kind, has an endless line, an unclosed
            quotation mark, an empty or repeated column name, or a row that is longer than the header.
    """
    _refuse_other_kinds(data, source)
    _refuse_endless_line(data, source)
    for encoding in _encodings(data):
        table = _read_as(data, source, encoding, header)
        if table is not None:
            return table
    raise AtlasError(
        "De tekens van dit bestand zijn niet te lezen.",
        where=source,
        expected="UTF-8 of Windows-1252",
        hint="Sla het in Excel of LibreOffice op als 'CSV UTF-8'.",
    )


# --- what kind of file it is ----------------------------------------------------------------------------


def _refuse_other_kinds(data: bytes, source: str) -> None:
    start = data[:64].removeprefix(_UTF8_MARK).lstrip()
    kind = next((name for mark, name in _OTHER_KINDS if start.startswith(mark)), "")
    if not kind and not data.startswith(_UTF16_MARKS) and b"\0" in data:
        kind = "een bestand dat geen tekst is"
    if kind:
        raise AtlasError(
            "Dit is geen CSV-bestand.",
            where=source,
            got=kind,
            hint="Geef het bestand zijn eigen extensie (bijvoorbeeld .xlsx), of sla het op als 'CSV UTF-8'.",
        )


def _refuse_endless_line(data: bytes, source: str) -> None:
    """Look at the bytes only: as text, a line of 200 MB would cost its size several times."""
    start, line = 0, 1
    while len(data) - start > _LONGEST_LINE:
        end = start + _LONGEST_LINE
        newline = max(data.rfind(b"\n", start, end), data.rfind(b"\r", start, end))
        if newline < 0:
            raise AtlasError(
                "Dit bestand heeft een regel van meer dan een miljoen tekens: dat is geen tabel.",
                where=f"{source}, regel {line}",
                hint="Controleer of dit het goede bestand is en of elke rij op een eigen regel staat.",
            )
        line += data.count(b"\n", start, newline + 1)
        start = newline + 1


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    return ("utf-8", "cp1252")


# --- rows -----------------------------------------------------------------------------------------------


def _read_as(data: bytes, source: str, encoding: str, header: int) -> Table | None:
    """The table, or None when the bytes are not text in this encoding."""
    try:
        with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as lines:
            sample = lines.read(_SAMPLE_CHARACTERS)
            lines.seek(0)
            if header:
                table, last = _read_under(lines, header, source)
            elif statline.is_quoted_line(sample):
                undone = statline.undo_quoted_lines(lines.read())
                table, last = _read_lines(
                    io.StringIO(undone, newline=""), undone[:_SAMPLE_CHARACTERS], source
                )
                return with_notes(table, (statline.UNDONE,))
            else:
                table, last = _read_lines(lines, sample, source)
    except UnicodeDecodeError:
        return None
    closed = data[-64:].rstrip(b" \t\r\n\0").endswith(b'"')
    if not closed and last and "\n" in last[-1].replace("\r", "\n"):
        raise AtlasError(
            "Een aanhalingsteken wordt geopend en niet gesloten.",
            where=f"{source}, rij {table.rows[-1]}",
            hint="Sluit of verwijder het aanhalingsteken in die rij.",
        )
    return table


def _read_lines(lines: TextIO, sample: str, source: str) -> tuple[Table, list[str]]:
    """The table of a text, and its last record."""
    delimiter, says_delimiter = delimiter_of(sample)
    if not says_delimiter:  # a title without a mark stands above the header of a statistical table
        delimiter = next((one for one in _USUAL if statline.header_lines(_first(sample, one))), delimiter)
    first = _first(sample, delimiter)
    records = _Records(csv.reader(lines, delimiter=delimiter), source)
    if statline.header_lines(first):
        long = statline.read_with_headers(records.take(sys.maxsize), source)
        return statline.as_table(long, source), []
    if says_delimiter:
        records.take(1)
    table = _read_records(records, source)
    return statline.described(table), records.last


def _first(sample: str, delimiter: str) -> list[list[str]]:
    """The first records of a file, by a delimiter."""
    return list(
        islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), statline.HEADER_LINES)
    )


def _read_under(lines: TextIO, header: int, source: str) -> tuple[Table, list[str]]:
    """The table under the line that was pointed out as its header, and its last record."""
    above = sum(1 for _ in islice(lines, header - 1))
    rest = "".join(lines) if above == header - 1 else ""
    if not rest.strip() or not rest.splitlines()[0].strip(" ;,\t|"):
        raise no_header(header, source)
    delimiter, _says = delimiter_of(rest[:_SAMPLE_CHARACTERS])
    records = _Records(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter), source)
    records.number = header - 1
    return _read_records(records, source), records.last


def _read_records(records: _Records, source: str) -> Table:
    header = check_header(_header_names(records), source)
    columns: list[list[str]] = [[] for _ in header]
    known: list[dict[str, str]] = [{} for _ in header]
    numbers = array("L")
    while chunk := records.take(_CHUNK_ROWS):
        first = records.number - len(chunk) + 1
        if len(header) > 1 and set(map(len, chunk)) == {len(header)}:
            numbers.extend(range(first, first + len(chunk)))
        else:
            chunk, kept = _repair(chunk, first, len(header), source)
            numbers.extend(kept)
        for column, texts, cells in zip(columns, known, zip(*chunk, strict=True), strict=False):
            column.extend(map(texts.setdefault, cells, cells) if len(texts) < _REMEMBERED_TEXTS else cells)
    if not numbers and re.search(r"[\r\n]", "".join(records.last)):
        raise AtlasError(
            "Dit bestand heeft alleen een kopregel, en die loopt over meer dan één regel.",
            where=f"{source}, rij {records.number}",
            got=shown(records.last[-1]),
            hint="Misschien wordt in de kopregel een aanhalingsteken geopend en niet gesloten.",
        )
    check_rows(len(numbers), source)
    contiguous = numbers[-1] - numbers[0] + 1 == len(numbers)
    rows = range(numbers[0], numbers[-1] + 1) if contiguous else numbers
    return Table(source, header, tuple(columns), rows)


class _Records:
    """The records of a file, taken in chunks, counted as a spreadsheet counts rows."""

    def __init__(self, reader: Iterator[list[str]], source: str) -> None:
        self._reader = reader
        self._source = source
        self.number = 0
        self.last: list[str] = []

    def take(self, count: int) -> list[list[str]]:
        try:
            chunk = list(islice(self._reader, count))
        except csv.Error as error:
            raise AtlasError(
                "Dit bestand heeft een cel die te lang is voor een tabel.",
                where=f"{self._source}, na rij {self.number}",
                hint="Misschien wordt een aanhalingsteken geopend en niet gesloten.",
            ) from error
        self.number += len(chunk)
        if chunk:
            self.last = chunk[-1]
        return chunk


def _header_names(records: _Records) -> list[str]:
    while taken := records.take(1):
        names = taken[0]
        while names and not names[-1].strip():  # Excel writes a delimiter after the last name
            names.pop()
        if names:
            return names
    return []


def _repair(chunk: list[list[str]], first: int, width: int, source: str) -> tuple[list[list[str]], list[int]]:
    """Rows of the header's width, with their numbers: blank lines left out, short rows filled up."""
    rows, numbers = [], []
    for number, cells in enumerate(chunk, start=first):
        if len(cells) <= 1 and not "".join(cells).strip():
            continue
        if any(cell.strip() for cell in cells[width:]):
            raise AtlasError(
                f"Rij {number} heeft meer cellen dan de kopregel.",
                where=f"{source}, rij {number}",
                got=f"{len(cells)} cellen",
                expected=f"hoogstens {width}",
                hint="Zet tekst waarin het scheidingsteken voorkomt tussen aanhalingstekens; "
                "staat er een titel boven de kopregel, kies dan de rij met de namen.",
                choices=("header_row",),
            )
        rows.append(cells[:width] + [""] * (width - len(cells)))
        numbers.append(number)
    return rows, numbers


#: those that programs write, the most usual first
_USUAL = (";", "\t", ",", "|")
#: used when none of the usual ones is there and one of these divides every line alike
_RARE = "^~¦§¤\x1f\x1e\x01#!@$*+=:"
_LINES_LOOKED_AT = 200


def delimiter_of(sample: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line ("sep=;", for Excel) says so.

    Two things count: in how many rows it gives the width of the header, and in how many it is the first
    candidate to appear. The second keeps decimal commas ("Assen;7,9") from being taken for delimiters.
    """
    said = re.match(r"sep=([^\w\s\"]|\t)[\r\n]", sample.removeprefix("\ufeff"), re.IGNORECASE)
    if said:
        return said.group(1), True
    lines = [re.sub(r'"[^"]*"', "", line) for line in sample.splitlines() if line.strip(" ")]
    lines = lines[:_LINES_LOOKED_AT]
    firsts = [found.group() for line in lines if (found := re.search(r"[;,\t|]", line))]
    scores = {}
    for delimiter in _USUAL:
        widths = [line.count(delimiter) for line in lines]
        if widths and widths[0]:
            scores[delimiter] = widths.count(widths[0]) / len(widths) + firsts.count(delimiter) / len(firsts)
    if scores:
        return max(scores, key=lambda delimiter: scores[delimiter]), False
    return _rare(lines) or _USUAL[0], False


def _rare(lines: list[str]) -> str:
    """A rare delimiter that every line has as often; "" when there is none."""
    for delimiter in _RARE:
        widths = {line.count(delimiter) for line in lines}
        if len(lines) > 1 and len(widths) == 1 and 0 not in widths:
            return delimiter
    return ""
