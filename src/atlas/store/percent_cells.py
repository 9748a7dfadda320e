"""Which cells of a workbook are shown as percentages, an XLS too."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET  # expat itself stops entities that grow without end
import zipfile
from typing import IO, TYPE_CHECKING

from ..core.tables import percent_cells as core
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def percent_cells(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """(row, column), counted from 0, of the numbers of a sheet that are shown as percentages.

    Raises:
        AtlasError: of an XLS it can't be told.
    """
    if zipfile.is_zipfile(path):
        return core.percent_cells(path, sheet, _tags)
    return frozenset(_xls_cells(path, sheet))


def _tags(file: IO[bytes]) -> Iterator[core.Tag]:
    """The tags of an XML as a stream: a sheet may be large."""
    try:
        for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314 - see the import
            attributes = {_local(name): text for name, text in element.attrib.items()}
            yield event == "start", _local(element.tag), attributes
            if event == "end":
                element.clear()
    except ET.ParseError as error:
        raise ValueError from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _xls_cells(path: Path, sheet: str) -> Iterator[tuple[int, int]]:
    """The numbers of a sheet (XLS) of such formats; calamine reads the numbers only."""
    import xlrd  # noqa: PLC0415 - only for this format

    try:
        book = xlrd.open_workbook(
            path, logfile=io.StringIO(), on_demand=True, formatting_info=True, ignore_workbook_corruption=True
        )
        formats = {key: one.format_str for key, one in book.format_map.items()}
        percent = {
            one.xf_index for one in book.xf_list
            if not one.is_style and core.is_percentage(formats.get(one.format_key, ""))
        }  # fmt: skip
        if not percent:
            return
        cells = book.sheet_by_name(sheet)
        for row in range(cells.nrows):
            for column, kind in enumerate(cells.row_types(row)):
                if kind == xlrd.XL_CELL_NUMBER and cells.cell_xf_index(row, column) in percent:
                    yield row, column
    except MemoryError:
        raise
    except Exception as error:  # whatever it throws on a file that the other library can read
        raise AtlasError(
            "Van dit oude Excel-bestand is niet te zien welke cellen percentages zijn.",
            where=str(path), hint="Sla het op als .xlsx.",
        ) from error  # fmt: skip
