"""Workbooks (XLSX, ODS): which sheet, where the header is, and why a file can't be opened."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import python_calamine

from ..core.files.reading_limits import read_whole
from ..core.tables.area_headers import names_an_area
from ..core.tables.cell_numbers import FormattedPercentage, shown
from ..core.tables.table import Table
from ..core.words.errors import AtlasError
from .percent_cells import percent_cells
from .workbook_sizes import checked_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = ".xls"
_OLE = b"\xd0\xcf\x11\xe0"
#: Office puts a protected workbook in an OLE file with a stream of this name
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: cells of a header that a sentence shows
_SHOWN = 8
#: how far down a header may start
_HEADER_WITHIN = 30


def read_workbook(path: Path, sheet: str | None) -> Table:
    """Read one sheet of an XLSX, XLS or ODS file.

    The header is the first row in which more than half of the columns are filled, so that titles above it are
    passed over. Columns without a name and without cells are left out, as are empty rows at the end. Whole
    numbers become int ("14" stays a code), dates ISO text, errors such as #N/B an empty cell. A number that
    an XLSX or ODS shows as a percentage is that percentage.

    Raises:
        AtlasError: protected or broken file, no such sheet, several sheets with data while none is
            named, no header to be found, or one of more than one row.
    """
    workbook = _open(path)
    with workbook:
        name, rows = _choose(workbook, sheet, path)
    header = _header_row(rows)
    source = f"{path} (werkblad {name})"
    if header is None:
        raise AtlasError("Dit werkblad is leeg.", where=source, expected="een kopregel met daaronder rijen")
    _refuse_split_header(rows, header, source)
    body = rows[header + 1 :]
    while body and not any(map(_filled, body[-1])):
        body.pop()
    percentages = percent_cells(path, name)
    columns: dict[str, list[Any]] = {}
    for position, title in enumerate(rows[header]):
        cells = [
            FormattedPercentage.of(row[position])
            if (number, position) in percentages
            else _cell(row[position])
            for number, row in enumerate(body, start=header + 1)
        ]
        if not _filled(title) and not any(map(_filled, cells)):
            continue
        columns[_column_name(title, position, columns, source)] = cells
    return Table.from_columns(source, columns, first_row=header + 2)


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
) -> tuple[str, list[list[Any]]]:
    names = workbook.sheet_names
    if sheet is not None:
        if sheet not in names:
            raise AtlasError(
                "Dit werkblad bestaat niet.", where=str(path), got=sheet, expected=", ".join(names)
            )
        return sheet, _rows(workbook, sheet, path)
    sheets = {name: _rows(workbook, name, path) for name in names}
    filled = {name: rows for name, rows in sheets.items() if any(any(map(_filled, row)) for row in rows)}
    if len(filled) > 1:
        raise AtlasError(
            f"Dit bestand heeft {len(filled)} werkbladen met gegevens.",
            where=str(path), got=", ".join(filled), hint="Kies er een met --sheet.",
        )  # fmt: skip
    if not filled:
        raise AtlasError(
            "Dit rekenblad is leeg.", where=str(path), expected="een kopregel met daaronder rijen"
        )
    return next(iter(filled.items()))


def _rows(workbook: python_calamine.CalamineWorkbook, name: str, path: Path) -> list[list[Any]]:
    """All rows from the very first one, so that row numbers are those the spreadsheet shows."""
    try:
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(path) from error


def _header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    counts = [sum(map(_filled, row)) for row in rows[:_HEADER_WITHIN]]
    widest = max(counts, default=0)
    return next((number for number, count in enumerate(counts) if count and 2 * count > widest), None)


def _refuse_split_header(rows: Sequence[Sequence[Any]], header: int, source: str) -> None:
    """Refuse a header whose names stand in more than one row, as merged cells make it."""
    names, below = rows[header], rows[header + 1 : header + 2]
    unnamed = [
        position
        for position, title in enumerate(names)
        if not _filled(title) and any(_filled(row[position]) for row in rows[header + 1 :])
    ]
    above = next((row for row in reversed(rows[:header]) if any(map(_filled, row))), ())
    over_it = sum(map(_filled, above)) > 1 and any(_filled(above[position]) for position in unnamed)
    under_it = any(
        any(isinstance(row[position], str) and _filled(row[position]) for position in unnamed)
        and not _filled(row[0])
        for row in below
    )
    sparse = sum(map(_filled, above)) > 1 and _filled(names[0]) and names_an_area(str(names[0]))
    if not (over_it or under_it or sparse):
        return
    first = header if under_it else header - 1
    found = [_cell(cell) for row in rows[first : first + 2] for cell in row if _filled(cell)]
    raise AtlasError(
        "De kopregel van dit werkblad staat niet in één rij.",
        where=f"{source}, rij {first + 1} en {first + 2}",
        got=", ".join(map(shown, found[:_SHOWN])),
        expected="boven elke kolom een eigen naam, in één rij",
        hint="Hef samengevoegde cellen op en zet in één rij boven elke kolom haar naam, zoals "
        '"Totaal misdrijven 2024".',
    )


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _column_name(title: object, position: int, taken: dict[str, list[Any]], source: str) -> str:
    name = " ".join(str(_cell(title)).split()) if _filled(title) else f"kolom {_letters(position)}"
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
