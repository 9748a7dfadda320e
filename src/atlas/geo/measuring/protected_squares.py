"""Squares of 5 km for others than a team: which municipalities each touches, and how their areas look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from ...core.areas.crs import RD
from ...core.disclosure.squares import SIDE_M, corner_of, square_at
from ..boundaries.levels import deciding_boundaries
from .detail_levels import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def squares_of_municipalities(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every square of 5 km that touches some municipalities -> the codes of those, sorted."""
    boundaries = deciding_boundaries()
    own = boundaries[boundaries["code"].isin(list(codes))].sort_values("code", ignore_index=True)
    west, south, east, north = (int(one // SIDE_M) for one in own.total_bounds)
    squares = [
        square_at(column * SIDE_M, row * SIDE_M)
        for column in range(west, east + 1)
        for row in range(south, north + 1)
    ]
    found: dict[str, list[str]] = {}
    tree = shapely.STRtree(own.geometry.to_numpy())
    for square, municipality in sorted(
        tree.query(list(map(_box, squares)), predicate="intersects").T.tolist()
    ):
        found.setdefault(squares[square], []).append(own["code"][municipality])
    return {square: tuple(sorted(of_square)) for square, of_square in sorted(found.items())}


def shapes_of_areas(areas: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Any]]:
    """Code of an area -> its shape as `core.figures.payload` wants it.

    Args:
        areas: Code -> its squares of 5 km.
    """
    unions = [shapely.union_all([_box(square) for square in squares]) for squares in areas.values()]
    return drawn(gpd.GeoDataFrame({"code": list(areas)}, geometry=unions, crs=RD))


def _box(square: str) -> shapely.Polygon:
    west, south = corner_of(square)
    return shapely.box(west, south, west + SIDE_M, south + SIDE_M)
