"""Workbooks (XLSX, XLS, ODS): which sheet, where the header is, and why a file can't be opened."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

import python_calamine

from ..core.files.reading_limits import read_whole
from ..core.tables.sheet_tables import filled, named_table
from ..core.tables.workbook_table import broken, check_kind, table_of_sheet
from ..core.words.errors import AtlasError
from .percent_cells import percent_cells
from .workbook_sizes import checked_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.tables.sheet_tables import Merged
    from ..core.tables.table import Table

_VISIBLE = python_calamine.SheetVisibleEnum.Visible


def read_workbook(path: Path, sheet: str | None) -> Table:
    """Read one sheet of an XLSX, XLS or ODS file.

    Where a table begins and what its columns are called when the header has several rows: `sheet_tables`. Of
    a sheet with several tables "Blad1#2" is the second, and "Blad1#rij5" the one with its names in row 5.
    Columns without a name and without cells are left out, as are empty rows at the end. Whole numbers become
    int ("14" stays a code), dates ISO text, errors such as #N/B an empty cell. A number that an XLSX or ODS
    shows as a percentage is that percentage.

    A hidden sheet counts only when it is named.

    Raises:
        AtlasError: protected or broken file, no such sheet, several sheets with data while none is
            named, no header to be found, or one of more than one row.
    """
    with _open(path) as workbook:
        name, rows, merged, number, header = _choose(workbook, sheet, path)
    return table_of_sheet(
        rows, merged, name=name, number=number, path=path, percentages=partial(percent_cells, path, name),
        header=header,
    )  # fmt: skip


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets that are in sight.

    Raises:
        AtlasError: protected or broken file.
    """
    with _open(path) as workbook:
        return [one.name for one in workbook.sheets_metadata if one.visible == _VISIBLE]


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    start = read_whole(path)
    check_kind(path, start)
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
        raise broken(path) from error


def _choose(
    workbook: python_calamine.CalamineWorkbook, sheet: str | None, path: Path
) -> tuple[str, list[list[Any]], Merged, int, int]:
    """The sheet, its rows and merged cells, which table of it was asked for, and which header: 0 for none."""
    names = workbook.sheet_names
    number = header = 0
    if sheet is not None and sheet not in names:
        name, number, header = named_table(sheet)
        sheet = name or None
    if sheet is not None:
        if sheet not in names:
            raise AtlasError(
                "Dit werkblad bestaat niet.", where=str(path), got=sheet, expected=", ".join(names),
                hint="Kies een van deze werkbladen.",
            )  # fmt: skip
        return sheet, _rows(workbook, sheet, path), _merged(workbook, sheet), number, header
    hidden = {one.name for one in workbook.sheets_metadata if one.visible != _VISIBLE}
    sheets = {name: _rows(workbook, name, path) for name in names if name not in hidden}
    there = {name: rows for name, rows in sheets.items() if any(any(map(filled, row)) for row in rows)}
    if len(there) > 1:
        raise AtlasError(
            f"Dit bestand heeft {len(there)} werkbladen met gegevens.",
            where=str(path), got=", ".join(there), hint="Kies er een.", choices=("sheet",),
        )  # fmt: skip
    if not there:
        raise AtlasError(
            "Dit rekenblad is leeg.", where=str(path), expected="een kopregel met daaronder rijen"
        )
    name, rows = next(iter(there.items()))
    return name, rows, _merged(workbook, name), number, header


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
        raise broken(path) from error
