"""Places in an editable GeoPackage: points as it stores them, and the functions its spatial index calls."""

from __future__ import annotations

import math
import struct
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import shapely

from .gpkg_format import geometry_blob

if TYPE_CHECKING:
    import sqlite3

#: size in bytes of the envelope, by its code in the flags (GeoPackage 1.3, clause 2.1.3)
_ENVELOPE_SIZES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER_SIZE = 8
#: a point in WKB with the low byte first, as every writer on a common computer makes it
_POINT = struct.Struct("<BIdd")
_POINT_START = (1, 1)


def point_blob(place: tuple[float, float]) -> bytes:
    """A point (x, y) in EPSG:28992 as a GeoPackage stores it."""
    return geometry_blob(shapely.Point(place))


def place_bytes(place: tuple[float, float]) -> bytes:
    """The bytes in which a place stands in a file, to search for what should be gone."""
    return struct.pack("<2d", *place)


def read_point(blob: bytes | None) -> tuple[float, float] | None:
    """The (x, y) of a stored point in EPSG:28992; None when there is none, or an empty one."""
    edges = _bounds(blob)
    return None if edges is None else (edges[0], edges[1])


def register_spatial_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers of a spatial index use (GeoPackage 1.3, annex F.3).

    GDAL and QGIS bring their own; a bare SQLite can't change a layer with an index without them.
    """
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")):
        connection.create_function(name, 1, partial(_edge, position), deterministic=True)


@lru_cache(maxsize=16)  # the triggers ask five things about each geometry
def _bounds(blob: bytes | None) -> tuple[float, float, float, float] | None:
    """West, south, east, north of a stored geometry; None when there is none, or an empty one."""
    if not isinstance(blob, bytes) or len(blob) <= _HEADER_SIZE or blob[:2] != b"GP":
        return None
    start = _HEADER_SIZE + _ENVELOPE_SIZES.get(blob[3] >> 1 & 0b111, 0)
    if len(blob) == start + _POINT.size:
        *kind, x, y = _POINT.unpack_from(blob, start)
        if tuple(kind) == _POINT_START:
            return None if math.isnan(x) else (x, y, x, y)
    geometry = shapely.from_wkb(blob[start:], on_invalid="ignore")
    if geometry is None or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    return west, south, east, north


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(_bounds(blob) is None)


def _edge(position: int, blob: bytes | None) -> float | None:
    edges = _bounds(blob)
    return None if edges is None else edges[position]
