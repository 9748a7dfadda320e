"""The functions that the spatial index of an editable GeoPackage calls."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from .geometry import Bounds, stored_bounds

if TYPE_CHECKING:
    import sqlite3


def register_spatial_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers of a spatial index use (GeoPackage 1.3, annex F.3).

    GDAL and QGIS bring their own; a bare SQLite can't change a layer with an index without them.
    """
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")):
        connection.create_function(name, 1, partial(_edge, position), deterministic=True)


@lru_cache(maxsize=16)  # the triggers ask five things about each geometry
def _bounds(blob: object) -> Bounds | None:
    return stored_bounds(blob)


def _is_empty(blob: object) -> int | None:
    return None if blob is None else int(_bounds(blob) is None)


def _edge(position: int, blob: object) -> float | None:
    edges = _bounds(blob)
    return None if edges is None else edges[position]
