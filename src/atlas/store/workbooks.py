"""Workbooks (XLSX, ODS): which sheet, where the header is, and why a file can't be opened."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import python_calamine

from ..core.errors import AtlasError
from ..core.reading_limits import read_whole
from ..core.tables import Table
from .workbook_sizes import checked_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
#: Office puts a protected workbook in an OLE file with a stream of this name
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: how far down a header may start
_HEADER_WITHIN = 30


def read_workbook(path: Path, sheet: str | None) -> Table:
    """Read one sheet of an XLSX or ODS file.

    The header is the first row in which more than half of the columns are filled, so that titles above it are
    passed over. Columns without a name and without cells are left out, as are empty rows at the end. Whole
    numbers become int ("14" stays a code), dates ISO text, errors such as #N/B an empty cell.

    Raises:
        AtlasError: protected, old or broken file, no such sheet, several sheets with data while none is
            named, or no header to be found.
    """
    workbook = _open(path)
    with workbook:
        name, rows = _choose(workbook, sheet, path)
    header = _header_row(rows)
    source = f"{path} (werkblad {name})"
    if header is None:
        raise AtlasError("Dit werkblad is leeg.", where=source, expected="een kopregel met daaronder rijen")
    body = rows[header + 1 :]
    while body and not any(map(_filled, body[-1])):
        body.pop()
    columns: dict[str, list[Any]] = {}
    for position, title in enumerate(rows[header]):
        cells = [_cell(row[position]) for row in body]
        if not _filled(title) and not any(map(_filled, cells)):
            continue
        columns[_column_name(title, position, columns, source)] = cells
    return Table.from_columns(source, columns, first_row=header + 2)


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    start = read_whole(path)
    if start.startswith(_OLE):
        protected = _ENCRYPTED_STREAM in start
        raise AtlasError(
            "Dit bestand is met een wachtwoord beveiligd."
            if protected
            else "Dit is een oud Excel-bestand (.xls).",
            where=str(path),
            hint="Sla het zonder wachtwoord op."
            if protected
            else "Sla het in Excel of LibreOffice op als .xlsx.",
        )
    if not start.startswith(_ZIP):
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
        raise _broken(path, error) from error


def _is_encrypted_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError):
        return False  # broken in another way, which the reader will say


def _broken(path: Path, error: Exception) -> AtlasError:
    return AtlasError(
        "Dit rekenblad is beschadigd of onvolledig.",
        where=str(path),
        got=str(error).splitlines()[0][:200] if str(error) else "",
        hint="Open het in Excel of LibreOffice en sla het opnieuw op, of vraag het bestand opnieuw.",
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
        raise _broken(path, error) from error


def _header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    counts = [sum(map(_filled, row)) for row in rows[:_HEADER_WITHIN]]
    widest = max(counts, default=0)
    return next((number for number, count in enumerate(counts) if count and 2 * count > widest), None)


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
