"""One table of a sheet that was read: which one, its header, its columns; and why a file is no workbook."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..words.errors import AtlasError
from ..words.notation import counted
from .cell_numbers import FormattedPercentage, shown
from .sheet_tables import filled, sheet_tables, table_under, texts_around
from .table import Table, no_header

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from .sheet_tables import Merged, SheetTable

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = ".xls"
_OLE = b"\xd0\xcf\x11\xe0"
#: Office puts a protected workbook in an OLE file with a stream of this name
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: cells of a header that a sentence shows
_SHOWN = 8


def table_of_sheet(
    rows: Sequence[Sequence[Any]],
    merged: Merged,
    *,
    name: str,
    number: int,
    path: Path,
    percentages: Callable[[], AbstractSet[tuple[int, int]]],
    header: int = 0,
) -> Table:
    """A table of a sheet, from all its rows.

    Where a table begins and what its columns are called when the header has several rows: `sheet_tables`.
    Columns without a name and without cells are left out, as are empty rows at the end. Whole numbers become
    int ("14" stays a code), dates ISO text, errors such as #N/B an empty cell.

    Args:
        rows: From the very first one, so that row numbers are those the spreadsheet shows.
        merged: Merged cells.
        name: Of the sheet.
        number: Which table of the sheet is asked for, from 1; 0 when none was named.
        path: The workbook, for sentences.
        percentages: Gives (row, column), from 0, of the numbers that are shown as percentages.
        header: The row with the names, from 1, when a person pointed one out; 0 to recognise it.

    Raises:
        AtlasError: the sheet is empty, has several tables while none is named, no header to be found, or one
            of which no names can be made.
    """
    source = f"{path} (werkblad {name})"
    table = _pointed_out(rows, merged, header, source) if header else None
    if table is None:
        tables = sheet_tables(rows, merged)
        if not tables:
            raise AtlasError(
                "Dit werkblad is leeg.", where=source, expected="een kopregel met daaronder rijen"
            )
        table = _choose_table(tables, number, name, source)
    if table.split is not None:
        raise _split_header(rows, table.split, source)
    body = list(rows[table.body : table.end])
    while body and not any(map(filled, body[-1])):
        body.pop()
    shown_as_percentage = percentages()
    repeated = _repeated(rows, merged, table)
    columns: dict[str, list[Any]] = {}
    for position, title in table.names.items():
        cells = [
            FormattedPercentage.of(row[position])
            if (number, position) in shown_as_percentage
            else _cell(repeated.get((number, position), row[position] if position < len(row) else None))
            for number, row in enumerate(body, start=table.body)
        ]
        if not title and not any(map(filled, cells)):
            continue
        columns[_column_name(title, position, columns, source)] = cells
    read = Table.from_columns(source, columns, first_row=table.body + 1)
    return replace(read, around=tuple(texts_around(rows, table)))


def check_kind(path: Path, start: bytes) -> None:
    """Check that a file is a workbook that can be opened, by how it begins.

    Args:
        path: The file.
        start: All of it, or as much as tells what it is.

    Raises:
        AtlasError: it is protected, or something else than its name says.
    """
    if start.startswith(_OLE) and _ENCRYPTED_STREAM in start:
        raise AtlasError(
            "Dit bestand is met een wachtwoord beveiligd.",
            where=str(path),
            hint="Sla het zonder wachtwoord op.",
        )
    if start.startswith(_OLE) and path.suffix.lower() != _OLD_EXCEL:
        raise AtlasError(
            f"Dit bestand heet {path.suffix}, maar is een oud Excel-bestand.",
            where=str(path),
            hint=f"Geef het de extensie {_OLD_EXCEL}.",
        )
    if not start.startswith(_ZIP) and not (start.startswith(_OLE) and path.suffix.lower() == _OLD_EXCEL):
        raise AtlasError(
            f"Dit bestand heet {path.suffix}, maar is geen rekenblad.",
            where=str(path),
            got="een leeg bestand" if not start else "tekst of iets anders",
            hint="Geef een tekstbestand de extensie .csv; sla iets anders opnieuw op als .xlsx.",
        )
    if path.suffix.lower() == ".ods" and _is_encrypted_ods(path):
        raise AtlasError(
            "Dit bestand is met een wachtwoord beveiligd.",
            where=str(path),
            hint="Sla het zonder wachtwoord op.",
        )


def broken(path: Path) -> AtlasError:
    """The sentence for a workbook that can't be read to its end."""
    return AtlasError(
        "Dit rekenblad is beschadigd of onvolledig.",
        where=str(path),
        hint="Vraag het bestand opnieuw op, of sla het opnieuw op als .xlsx.",
    )


def _is_encrypted_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError):
        return False  # broken in another way, which the reader will say


def _repeated(rows: Sequence[Sequence[Any]], merged: Merged, table: SheetTable) -> dict[tuple[int, int], str]:
    """(row, column) -> the text of a cell merged over several rows of a column; never a number."""
    return {
        (row, left): rows[top][left]
        for (top, left), (bottom, right) in merged
        if left == right and table.body <= top and left < len(rows[top]) and isinstance(rows[top][left], str)
        for row in range(top + 1, min(bottom + 1, table.end))
    }


def _pointed_out(rows: Sequence[Sequence[Any]], merged: Merged, header: int, source: str) -> SheetTable:
    table = table_under(rows, header - 1, merged)
    if table is None:
        raise no_header(header, source)
    return table


def _choose_table(tables: Sequence[SheetTable], number: int, name: str, source: str) -> SheetTable:
    if len(tables) == 1 and number in (0, 1):
        return tables[0]
    if 0 < number <= len(tables):
        return tables[number - 1]
    titles = [f"{table.title or 'kop'} (rij {table.header + 1})" for table in tables]
    raise AtlasError(
        f"Op dit werkblad staan {counted(len(tables), 'tabel', 'tabellen')}.",
        where=source,
        got="; ".join(f"{name}#{position} = {title}" for position, title in enumerate(titles, start=1)),
        hint="Kies er een: noem achter de naam van het werkblad welke tabel, zoals "
        f'"{name}#{min(2, len(tables))}", of de rij met haar kolomnamen.',
        choices=("sheet", "header_row"),
    )


def _split_header(rows: Sequence[Sequence[Any]], split: tuple[int, int], source: str) -> AtlasError:
    """A header over several rows of which no names can be made that tell its columns apart."""
    first, last = split
    found = [_cell(cell) for row in rows[first : last + 1] for cell in row if filled(cell)]
    return AtlasError(
        "De kopregel van dit werkblad staat niet in één rij.",
        where=f"{source}, rij {first + 1} en {last + 1}",
        got=", ".join(map(shown, found[:_SHOWN])),
        expected="boven elke kolom een eigen naam, in één rij",
        hint="Kies de rij met de namen, of hef samengevoegde cellen op en zet in één rij boven elke kolom "
        'haar naam, zoals "Totaal misdrijven 2024".',
        choices=("header_row",),
    )


def _column_name(title: str, position: int, taken: dict[str, list[Any]], source: str) -> str:
    name = title or f"kolom {_letters(position)}"
    if name in taken:
        raise AtlasError(
            f"Twee kolommen heten '{name}'.",
            where=f"{source}, kolom {_letters(position)}",
            hint="Geef elke kolom een eigen naam.",
        )
    return name


def _letters(position: int) -> str:
    """0 -> "A", 26 -> "AA", as a spreadsheet names its columns."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever is in a cell
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    return value
