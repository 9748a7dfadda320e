"""In which areas a record lies, as codes: neighbourhood, district, and square of CBS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ...core.areas.crs import RD
from ...core.words.errors import AtlasError
from ..reading.rd_input import check_shapes, rd_points
from .assign import assign_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.object_]

SQUARE_M = 500
#: level -> the column of the neighbourhood map with its code
NEIGHBOURHOOD_LEVELS = {"buurt": "code", "wijk": "wijk_code"}
_SQUARE = re.compile("E[0-9]{3}[05]N[0-9]{3}[05]")


def neighbourhood_codes(
    x: ArrayLike, y: ArrayLike, neighbourhoods: gpd.GeoDataFrame, *, level: str = "buurt"
) -> Codes:
    """The code of the neighbourhood (or district) that holds each point; "" for none or without coordinates.

    Raises:
        AtlasError: bad coordinates or shapes.
    """
    check_shapes(neighbourhoods.geometry, "de buurten")
    x, y, present = _with_coordinates(x, y)
    found = np.full(present.size, "", dtype=object)
    positions = assign_areas(x, y, neighbourhoods.geometry)
    codes = neighbourhoods[NEIGHBOURHOOD_LEVELS[level]].to_numpy(dtype=object)
    found[present] = np.where(positions >= 0, codes[positions], "")
    return found


def square_codes(x: ArrayLike, y: ArrayLike) -> Codes:
    """The CBS code of the 500 m square of each point: "E2220N5650".

    CBS, "Statistische gegevens per vierkant en postcode", section 3: E and N with the x and y of the lower
    left corner in hectometres, each in four digits (the column CRS28992RES500M). A square holds its lower and
    left edge, not its upper and right one. "" for a point without coordinates.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).

    Raises:
        AtlasError: coordinates that are not RD New, or west of x = 0.
    """
    x, y, present = _with_coordinates(x, y)
    if x.size and x.min() < 0:
        raise AtlasError("Een punt ligt buiten de vierkanten van het CBS.", got=f"x {x.min():.1f}")
    column, row = (x // SQUARE_M).astype(np.int64), (y // SQUARE_M).astype(np.int64)
    key, inverse = np.unique(column * 10_000 + row, return_inverse=True)
    hectometres = SQUARE_M // 100
    names = [f"E{one // 10_000 * hectometres:04d}N{one % 10_000 * hectometres:04d}" for one in key.tolist()]
    found = np.full(present.size, "", dtype=object)
    found[present] = np.array(names, dtype=object)[inverse]
    return found


def square_shapes(codes: Sequence[str]) -> gpd.GeoSeries:
    """The squares with these codes, as polygons in EPSG:28992.

    Raises:
        AtlasError: a text that is no such code.
    """
    wrong = [code for code in codes if not _SQUARE.fullmatch(code)]
    if wrong:
        raise AtlasError(
            "Dit is geen code van een vierkant.", got=wrong[0], expected="een code als E2220N5650"
        )
    west = np.array([int(code[1:5]) * 100.0 for code in codes])
    south = np.array([int(code[6:]) * 100.0 for code in codes])
    boxes = shapely.box(west, south, west + SQUARE_M, south + SQUARE_M)
    return gpd.GeoSeries(boxes, index=list(codes), crs=RD)


def _with_coordinates(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The points that have coordinates, and which of all those are."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    present = ~(np.isnan(x) | np.isnan(y)) if x.shape == y.shape else np.ones(x.shape, dtype=bool)
    return *rd_points(x[present], y[present] if x.shape == y.shape else y, "de records"), present
