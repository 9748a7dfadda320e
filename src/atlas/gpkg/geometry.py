"""Geometries as a GeoPackage stores them (clause 2.1.3), packed and read without a geometry library."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .reference_systems import EPSG_RD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: west, south, east, north
Bounds = tuple[float, float, float, float]

_HEADER = struct.Struct("<2sBBi4d")
#: size in bytes of the envelope, by its code in the flags
_ENVELOPE_SIZES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER_SIZE = 8
_POINT, _LINE, _POLYGON, _MULTIPOLYGON = 1, 2, 3, 6
#: every kind that is a list of geometries
_COLLECTIONS = (4, 5, 6, 7)
#: a point in WKB with the low byte first, as every writer on a common computer makes it
_POINT_WKB = struct.Struct("<BIdd")
_POINT_START = (1, _POINT)


@dataclass(frozen=True, slots=True)
class Geometry:
    """A geometry in EPSG:28992: its bounds in metres and its WKB."""

    bounds: Bounds
    wkb: bytes


def point(x: float, y: float) -> Geometry:
    """A point in RD metres."""
    return Geometry((x, y, x, y), _POINT_WKB.pack(*_POINT_START, x, y))


def line(vertices: Sequence[Sequence[float]]) -> Geometry:
    """A line in RD metres along two vertices or more."""
    numbers = [number for vertex in vertices for number in vertex]
    wkb = struct.pack(f"<BII{len(numbers)}d", 1, _LINE, len(vertices), *numbers)
    xs, ys = numbers[::2], numbers[1::2]
    return Geometry((min(xs), min(ys), max(xs), max(ys)), wkb)


def multipolygon(coordinates: Iterable[Iterable[Sequence[Sequence[float]]]]) -> Geometry:
    """A multipolygon in RD metres, nested as in GeoJSON: polygons of closed rings of (x, y)."""
    polygons = [list(polygon) for polygon in coordinates]
    parts = [struct.pack("<BII", 1, _MULTIPOLYGON, len(polygons))]
    for rings in polygons:
        parts.append(struct.pack("<BII", 1, _POLYGON, len(rings)))
        for ring in rings:
            numbers = [number for vertex in ring for number in vertex]
            parts.append(struct.pack(f"<I{len(numbers)}d", len(ring), *numbers))
    outer = [vertex for rings in polygons for vertex in rings[0]]
    xs, ys = [x for x, _ in outer], [y for _, y in outer]
    return Geometry((min(xs), min(ys), max(xs), max(ys)), b"".join(parts))


def geometry_blob(geometry: Geometry) -> bytes:
    """A geometry with the header and the envelope that go before it in a GeoPackage."""
    west, south, east, north = geometry.bounds
    return _HEADER.pack(b"GP", 0, 0b0000_0011, EPSG_RD, west, east, south, north) + geometry.wkb


def total_bounds(geometries: Iterable[Geometry]) -> Bounds:
    """The bounds of all geometries together; there is at least one."""
    wests, souths, easts, norths = zip(*(geometry.bounds for geometry in geometries), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def point_blob(place: tuple[float, float]) -> bytes:
    """A point (x, y) in EPSG:28992 as a GeoPackage stores it."""
    return geometry_blob(point(*place))


def place_bytes(place: tuple[float, float]) -> bytes:
    """The bytes in which a place stands in a file, to search for what should be gone."""
    return struct.pack("<2d", *place)


def read_point(blob: bytes | None) -> tuple[float, float] | None:
    """The (x, y) of a stored point in EPSG:28992; None when there is none, or an empty one."""
    edges = stored_bounds(blob)
    return None if edges is None else (edges[0], edges[1])


def stored_bounds(blob: object) -> Bounds | None:
    """The bounds of a stored geometry of any kind; None when there is none, an empty one or a broken one."""
    if not isinstance(blob, bytes) or len(blob) <= _HEADER_SIZE or blob[:2] != b"GP":
        return None
    start = _HEADER_SIZE + _ENVELOPE_SIZES.get(blob[3] >> 1 & 0b111, 0)
    if len(blob) == start + _POINT_WKB.size:
        *kind, x, y = _POINT_WKB.unpack_from(blob, start)
        if tuple(kind) == _POINT_START:
            return None if math.isnan(x) else (x, y, x, y)
    vertices: list[tuple[float, float]] = []
    try:
        _read_vertices(blob, start, vertices)
    except (struct.error, ValueError, RecursionError):
        return None
    known = [vertex for vertex in vertices if not math.isnan(vertex[0])]
    if not known:
        return None
    xs, ys = zip(*known, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _read_vertices(blob: bytes, start: int, vertices: list[tuple[float, float]]) -> int:
    """Collect the vertices of the WKB that starts here; where it ends.

    Raises:
        struct.error: it is cut off.
        ValueError: it is no WKB of a kind that a GeoPackage holds.
    """
    order = {0: ">", 1: "<"}.get(blob[start] if start < len(blob) else -1)
    if order is None:
        raise ValueError("no byte order")
    (code,) = struct.unpack_from(f"{order}I", blob, start + 1)
    dimensions, kind = divmod(code, 1000)  # ISO: 1000 with Z, 2000 with M, 3000 with both
    numbers = {0: 2, 1: 3, 2: 3, 3: 4}.get(dimensions)
    if numbers is None or kind not in (_POINT, _LINE, _POLYGON, *_COLLECTIONS):
        raise ValueError("an unknown kind of geometry")
    place = start + 5
    if kind == _POINT:
        return _read_line(blob, place, (order, numbers, 1), vertices)
    (count,) = struct.unpack_from(f"{order}I", blob, place)
    place += 4
    if kind == _LINE:
        return _read_line(blob, place, (order, numbers, count), vertices)
    for _ in range(count):
        if kind == _POLYGON:
            (length,) = struct.unpack_from(f"{order}I", blob, place)
            place = _read_line(blob, place + 4, (order, numbers, length), vertices)
        else:
            place = _read_vertices(blob, place, vertices)
    return place


def _read_line(
    blob: bytes, place: int, form: tuple[str, int, int], vertices: list[tuple[float, float]]
) -> int:
    order, numbers, count = form
    end = place + 8 * numbers * count
    if end > len(blob):
        raise struct.error("cut off")
    cells = struct.unpack_from(f"{order}{numbers * count}d", blob, place)
    vertices += zip(cells[::numbers], cells[1::numbers], strict=True)
    return end
