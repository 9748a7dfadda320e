"""Workbooks (XLSX, XLS, ODS): which sheet, where the header is, and why a file can't be opened."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import python_calamine

from ..core.files.reading_limits import read_whole
from ..core.tables.cell_numbers import FormattedPercentage, shown
from ..core.tables.sheet_tables import filled, sheet_tables, texts_around
from ..core.tables.table import Table
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from .percent_cells import percent_cells
from .workbook_sizes import checked_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..core.tables.sheet_tables import Merged, SheetTable

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = ".xls"
_OLE = b"\xd0\xcf\x11\xe0"
#: Office puts a protected workbook in an OLE file with a stream of this name
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_VISIBLE = python_calamine.SheetVisibleEnum.Visible
#: cells of a header that a sentence shows
_SHOWN = 8


def read_workbook(path: Path, sheet: str | None) -> Table:
    """Read one sheet of an XLSX, XLS or ODS file.

    Where a table begins and what its columns are called when the header has several rows: `sheet_tables`. Of
    a sheet with several tables "Blad1#2" is the second. Columns without a name and without cells are left
    out, as are empty rows at the end. Whole numbers become int ("14" stays a code), dates ISO text, errors
    such as #N/B an empty cell. A number that an XLSX or ODS shows as a percentage is that percentage.

    A hidden sheet counts only when it is named.

    Raises:
        AtlasError: protected or broken file, no such sheet, several sheets with data while none is
            named, no header to be found, or one of more than one row.
    """
    with _open(path) as workbook:
        name, rows, merged, number = _choose(workbook, sheet, path)
    source = f"{path} (werkblad {name})"
    tables = sheet_tables(rows, merged)
    if not tables:
        raise AtlasError("Dit werkblad is leeg.", where=source, expected="een kopregel met daaronder rijen")
    table = _choose_table(tables, number, name, source)
    if table.split is not None:
        raise _split_header(rows, table.split, source)
    body = list(rows[table.body : table.end])
    while body and not any(map(filled, body[-1])):
        body.pop()
    percentages = percent_cells(path, name)
    columns: dict[str, list[Any]] = {}
    for position, title in table.names.items():
        cells = [
            FormattedPercentage.of(row[position])
            if (number, position) in percentages
            else _cell(row[position])
            for number, row in enumerate(body, start=table.body)
        ]
        if not title and not any(map(filled, cells)):
            continue
        columns[_column_name(title, position, columns, source)] = cells
    read = Table.from_columns(source, columns, first_row=table.body + 1)
    return replace(read, around=tuple(texts_around(rows, table)))


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
        f'--sheet "{name}#{min(2, len(tables))}".',
    )


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets that are in sight.

    Raises:
        AtlasError: protected or broken file.
    """
    with _open(path) as workbook:
        return [one.name for one in workbook.sheets_metadata if one.visible == _VISIBLE]


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    start = read_whole(path)
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
    kept = checked_workbook(path)
    try:
        if kept is not None:
            return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(kept))
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as error:
        raise AtlasError(
            "Dit bestand is met een wachtwoord beveiligd.",
            where=str(path),
            hint="Sla het zonder wachtwoord op.",
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(path) from error


def _is_encrypted_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError):
        return False  # broken in another way, which the reader will say


def _broken(path: Path) -> AtlasError:
    return AtlasError(
        "Dit rekenblad is beschadigd of onvolledig.",
        where=str(path),
        hint="Vraag het bestand opnieuw op, of sla het opnieuw op als .xlsx.",
    )


def _choose(
    workbook: python_calamine.CalamineWorkbook, sheet: str | None, path: Path
) -> tuple[str, list[list[Any]], Merged, int]:
    """The sheet, its rows and merged cells, and which table of it was asked for: 0 for none."""
    names = workbook.sheet_names
    number = 0
    if sheet is not None and sheet not in names:
        name, _, after = sheet.rpartition("#")
        if name in names and after.isdigit():
            sheet, number = name, int(after)
    if sheet is not None:
        if sheet not in names:
            raise AtlasError(
                "Dit werkblad bestaat niet.", where=str(path), got=sheet, expected=", ".join(names),
                hint="Kies een van deze werkbladen.",
            )  # fmt: skip
        return sheet, _rows(workbook, sheet, path), _merged(workbook, sheet), number
    hidden = {one.name for one in workbook.sheets_metadata if one.visible != _VISIBLE}
    sheets = {name: _rows(workbook, name, path) for name in names if name not in hidden}
    there = {name: rows for name, rows in sheets.items() if any(any(map(filled, row)) for row in rows)}
    if len(there) > 1:
        raise AtlasError(
            f"Dit bestand heeft {len(there)} werkbladen met gegevens.",
            where=str(path), got=", ".join(there), hint="Kies er een met --sheet.",
        )  # fmt: skip
    if not there:
        raise AtlasError(
            "Dit rekenblad is leeg.", where=str(path), expected="een kopregel met daaronder rijen"
        )
    name, rows = next(iter(there.items()))
    return name, rows, _merged(workbook, name), number


def _merged(workbook: python_calamine.CalamineWorkbook, name: str) -> Merged:
    """The merged cells of a sheet; of an ODS or an old XLS the library does not know them."""
    try:
        return workbook.get_sheet_by_name(name).merged_cell_ranges or ()
    except (python_calamine.CalamineError, ValueError):
        return ()


def _rows(workbook: python_calamine.CalamineWorkbook, name: str, path: Path) -> list[list[Any]]:
    """All rows from the very first one, so that row numbers are those the spreadsheet shows."""
    try:
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(path) from error


def _split_header(rows: Sequence[Sequence[Any]], split: tuple[int, int], source: str) -> AtlasError:
    """A header over several rows of which no names can be made that tell its columns apart."""
    first, last = split
    found = [_cell(cell) for row in rows[first : last + 1] for cell in row if filled(cell)]
    return AtlasError(
        "De kopregel van dit werkblad staat niet in één rij.",
        where=f"{source}, rij {first + 1} en {last + 1}",
        got=", ".join(map(shown, found[:_SHOWN])),
        expected="boven elke kolom een eigen naam, in één rij",
        hint="Hef samengevoegde cellen op en zet in één rij boven elke kolom haar naam, zoals "
        '"Totaal misdrijven 2024".',
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
