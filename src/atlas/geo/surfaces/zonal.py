"""What a surface amounts to in each area: mean, maximum, and how much of the area has a value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..reading.rd_input import check_shapes
from ..reading.shape_layers import mend_polygons, read_shape_rows, shape_reading, texts
from .grids import Grid, area_of_cells
from .surface_files import read_surface

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from ..reading.frames import Reading

_NAMES = {
    "code": (
        "buurtcode", "bucode", "wijkcode", "wkcode", "crs28992res500m", "statcode", "gemeentecode", "code",
        "id",
    ),
    "naam": ("buurtnaam", "bunaam", "wijknaam", "wknaam", "statnaam", "gemeentenaam", "naam"),
}  # fmt: skip


def read_zones(path: Path, *, crs: str | None = None) -> Reading:
    """Read polygons with a code, of any kind: wijken, buurten, squares, a team's own areas.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile; of several layers the one with 'buurt' or 'gebied' in its
            name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        code, naam ("" when the file has none) and geometry (EPSG:28992, valid polygons).

    Raises:
        AtlasError: unreadable, no column with codes, a wrong coordinate system, or nothing to use.
    """
    rows = read_shape_rows(
        path, _NAMES, needed=("code",), layer_words=(("buurten",), ("buurt",), ("gebied",)), crs=crs
    )
    code = texts(rows, "code")
    rows.sieve.reject(code == "", "code_onleesbaar", "Dit gebied heeft geen code.")
    again = pd.Series(code).where(rows.sieve.kept).duplicated(keep="first").to_numpy() & rows.sieve.kept
    rows.sieve.reject(again, "dubbel", "Dit gebied staat al eerder in het bestand; het eerste is gebruikt.")
    mend_polygons(rows)
    return shape_reading(rows, {"code": code, "naam": texts(rows, "naam")})


def zonal_statistics(path: Path, areas: gpd.GeoSeries) -> pd.DataFrame:
    """Mean, maximum and coverage of a surface in each area, by the cells whose centre the area holds.

    A cell counts whole, in the one area that holds its centre; a centre on a shared border, or where areas
    overlap, goes to the first of them (as in `geo.measuring.assign`). The cells go on outside the surface,
    without a
    value, so that an area that sticks out has a lower coverage.

    Args:
        path: A file of `surface_files.write_cog`.
        areas: Polygons in EPSG:28992.

    Returns:
        One row for each area, with its index: `cellen` (centres in the area), `gemiddelde` and `maximum`
        (in the unit of the surface; NaN without a cell with a value) and `dekking` (share of the centres with
        a value, 0 to 1; NaN for an area too small to hold a centre).

    Raises:
        AtlasError: an unreadable file, or shapes that are missing or in another system.
    """
    surface = read_surface(path)
    check_shapes(areas, "de gebieden")
    grid, rows, columns = _extended(surface.grid, areas.total_bounds)
    values = np.full((grid.rows, grid.columns), np.nan)
    values[rows : rows + surface.grid.rows, columns : columns + surface.grid.columns] = surface.cells
    area = area_of_cells(grid, areas).ravel()
    values = values.ravel()[area >= 0]
    area = area[area >= 0]
    known = ~np.isnan(values)
    cells = np.bincount(area, minlength=len(areas))
    filled = np.bincount(area[known], minlength=len(areas))
    total = np.bincount(area[known], weights=values[known], minlength=len(areas))
    maximum = np.full(len(areas), -np.inf)
    np.maximum.at(maximum, area[known], values[known])
    return pd.DataFrame(
        {
            "cellen": cells,
            "gemiddelde": np.divide(total, filled, out=np.full(len(areas), np.nan), where=filled > 0),
            "maximum": np.where(filled > 0, maximum, np.nan),
            "dekking": np.divide(filled, cells, out=np.full(len(areas), np.nan), where=cells > 0),
        },
        index=areas.index,
    )


def _extended(grid: Grid, bounds: tuple[float, float, float, float]) -> tuple[Grid, int, int]:
    """The grid made large enough for bounds, and the rows and columns that came before its first cell."""
    west, south, east, north = grid.bounds
    left = max(0, math.ceil((west - bounds[0]) / grid.cell_m))
    right = max(0, math.ceil((bounds[2] - east) / grid.cell_m))
    above = max(0, math.ceil((bounds[3] - north) / grid.cell_m))
    below = max(0, math.ceil((south - bounds[1]) / grid.cell_m))
    return (
        Grid(
            west - left * grid.cell_m,
            north + above * grid.cell_m,
            grid.cell_m,
            grid.columns + left + right,
            grid.rows + above + below,
        ),
        above,
        left,
    )
