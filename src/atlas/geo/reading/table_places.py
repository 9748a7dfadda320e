"""The places in a table: two columns with coordinates, or one with a point as text (WKT)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj

from ...core.areas.crs import WGS84
from ...core.tables.column_names import PLACE_NAMES, choose_columns
from ...core.tables.parsing import parse_column
from .texts import as_text, numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...core.tables.cell import Cell
    from ...core.tables.table import Table
    from .frames import Sieve

_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_POINT = re.compile(
    rf"(?:SRID=[0-9]+;)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})*\s*\)",
    re.IGNORECASE,
)
#: numbers that can be read in one way only: without a dot, or with one that can't separate thousands
_PLAIN = r"-?(?:[0-9]+|[0-9]{4,}\.[0-9]+|[0-9]{1,3}\.(?:[0-9]{1,2}|[0-9]{4,}))"


def has_places(table: Table) -> bool:
    """Whether a table has columns with coordinates."""
    chosen = choose_columns(table.columns, PLACE_NAMES, table.source)
    return {"x", "y"} <= chosen.keys() or {"lon", "lat"} <= chosen.keys() or "punt" in chosen


def coordinates(
    table: Table, sieve: Sieve
) -> tuple[NDArray[np.float64], NDArray[np.float64], pyproj.CRS | None]:
    """Where every row is, x and y as written, NaN for none, and the system that the column names declare.

    Columns x and y declare nothing: what they are, their numbers say. A place that can't be read takes its
    row out of the sieve.
    """
    chosen = choose_columns(table.columns, PLACE_NAMES, table.source)
    for pair, system in ((("x", "y"), None), (("lon", "lat"), WGS84)):
        if set(pair) <= chosen.keys():
            x, y = (_numbers(table, chosen[name], sieve) for name in pair)
            return x, y, pyproj.CRS(system) if system else None
    if "punt" in chosen:
        return *_points(table.column(chosen["punt"]), sieve), None
    nowhere = np.full(len(table), np.nan)
    return nowhere, nowhere.copy(), None


def _numbers(table: Table, column: str, sieve: Sieve) -> NDArray[np.float64]:
    cells = table.column(column)
    if set(map(type, cells)) <= {str, type(None)}:  # a whole column at once: half a million cells are common
        text = as_text(pa.array(cells, pa.string()))
        if pc.all(pc.match_substring_regex(text, f"^(?:{_PLAIN}|)$")).as_py():
            return numbers_of(text)
    read = parse_column(cells, unit="number", where=f'{table.source}, kolom "{column}"', rows=table.rows)
    if read.refusal is not None:
        raise read.refusal
    values = np.array([np.nan if value is None else value for value in read.values])
    filled = np.array([cell is not None and str(cell).strip() != "" for cell in cells])
    sieve.reject(np.isnan(values) & filled, "plaats_onleesbaar", f'In kolom "{column}" staat geen getal.')
    return values


def _points(cells: Sequence[Cell], sieve: Sieve) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    unreadable = np.zeros(len(cells), dtype=bool)
    for position, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        found = _POINT.fullmatch(str(cell).strip())
        unreadable[position] = found is None
        if found is not None:
            x[position], y[position] = float(found[1]), float(found[2])
    sieve.reject(unreadable, "plaats_onleesbaar", "De plaats is geen punt, zoals POINT(236000 556000).")
    return x, y
