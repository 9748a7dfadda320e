"""Curves made straight: circular arcs in WKB become lines, which is all that the other rooms know.

ISO 13249-3 (SQL/MM) and OGC 06-103r4 number the kinds: 8 CircularString, 9 CompoundCurve, 10 CurvePolygon,
11 MultiCurve, 12 MultiSurface. An arc goes through three points; it is divided so that the line stays within
`TOLERANCE_M` of it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

#: how far a straight line may stay from the arc, in the units of the coordinates (metres in RD)
TOLERANCE_M = 0.05
#: no arc is divided into more parts than this, whatever its radius
MOST_PARTS = 512
_FEWEST_PARTS = 8
_POINT, _LINE, _POLYGON, _LINES, _POLYGONS, _COLLECTION = 1, 2, 3, 5, 6, 7
_ARCS, _COMPOUND, _CURVE_POLYGON, _MULTICURVE, _MULTISURFACE = 8, 9, 10, 11, 12
_STRAIGHT = {_CURVE_POLYGON: _POLYGON, _MULTICURVE: _LINES, _MULTISURFACE: _POLYGONS}
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000
_ISO = 1000

Place = tuple[float, float]


def is_curved(wkb: bytes) -> bool:
    """Whether a geometry may hold arcs: its kind is one that can, or a collection."""
    return len(wkb) >= 5 and _kind(wkb, 0)[0] in (_COLLECTION, _ARCS, _COMPOUND, *_STRAIGHT)  # noqa: PLR2004 - order and type


def straightened(wkb: bytes, tolerance: float = TOLERANCE_M) -> bytes:
    """A geometry with curves as one with straight lines, without Z and M.

    Args:
        wkb: Any WKB, ISO or extended.
        tolerance: How far a line may stay from its arc.

    Returns:
        WKB, little endian, two dimensions.

    Raises:
        ValueError: it breaks off, or is no geometry that is known here.
    """
    reader = _Reader(wkb, tolerance)
    try:
        return reader.geometry()
    except (struct.error, IndexError) as error:
        raise ValueError("a geometry that breaks off") from error


def arc(start: Place, middle: Place, end: Place, tolerance: float) -> list[Place]:
    """The points of an arc after its start, of which the lines stay within `tolerance`.

    Three points on a line are a line. An arc that ends where it starts is a whole circle of which the middle
    is the point across (SQL/MM).
    """
    closed = start == end
    centre = (
        ((start[0] + middle[0]) / 2, (start[1] + middle[1]) / 2) if closed else _centre(start, middle, end)
    )
    if centre is None:
        return [middle, end]
    radius = math.dist(centre, start)
    if radius == 0:
        return [end]
    first, through, last = (math.atan2(p[1] - centre[1], p[0] - centre[0]) for p in (start, middle, end))
    turn = math.tau if closed else (last - first) % math.tau
    if not closed and (through - first) % math.tau > turn:
        turn -= math.tau
    step = 2 * math.acos(max(-1.0, 1 - min(tolerance / radius, 1.0)))
    parts = min(max(math.ceil(abs(turn) / step) if step else MOST_PARTS, _FEWEST_PARTS), MOST_PARTS)
    angles = [first + turn * number / parts for number in range(1, parts)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles] + [end]


def _centre(one: Place, two: Place, three: Place) -> Place | None:
    """The centre of the circle through three points; None when they lie on a line."""
    bx, by, cx, cy = two[0] - one[0], two[1] - one[1], three[0] - one[0], three[1] - one[1]
    double = 2 * (bx * cy - by * cx)
    if abs(double) < 1e-9 * (bx * bx + by * by + cx * cx + cy * cy):
        return None
    b, c = bx * bx + by * by, cx * cx + cy * cy
    return one[0] + (cy * b - by * c) / double, one[1] + (bx * c - cx * b) / double


def _kind(wkb: bytes, at: int) -> tuple[int, int]:
    """The kind of the geometry at a position (without Z and M), and the numbers of a point."""
    code = int(struct.unpack_from("<I" if wkb[at] == 1 else ">I", wkb, at + 1)[0])
    extra = bool(code & _Z) + bool(code & _M)
    plain = code & ~(_Z | _M | _SRID)
    return plain % _ISO, 2 + extra + (0, 1, 1, 2)[min(plain // _ISO, 3)]


@dataclass(slots=True)
class _Reader:
    """Reads WKB from `at` on, and gives every part back straight."""

    wkb: bytes
    tolerance: float
    at: int = 0
    order: str = "<"

    def geometry(self) -> bytes:
        kind, numbers = self._head()
        if kind == _POINT:
            return struct.pack("<BI2d", 1, _POINT, *self._places(numbers, 1)[0])
        if kind in (_LINE, _ARCS, _COMPOUND):
            return struct.pack("<BI", 1, _LINE) + _packed(self._line(kind, numbers))
        if kind in (_POLYGON, _CURVE_POLYGON):
            rings = [
                self._places(numbers, self._count()) if kind == _POLYGON else self._curve()
                for _ in range(self._count())
            ]
            return struct.pack("<BII", 1, _POLYGON, len(rings)) + b"".join(map(_packed, rings))
        if kind in (4, _LINES, _POLYGONS, _COLLECTION, _MULTICURVE, _MULTISURFACE):
            parts = [self.geometry() for _ in range(self._count())]
            return struct.pack("<BII", 1, _STRAIGHT.get(kind, kind), len(parts)) + b"".join(parts)
        raise ValueError(f"a geometry of kind {kind}")

    def _head(self) -> tuple[int, int]:
        kind, numbers = _kind(self.wkb, self.at)
        little = self.wkb[self.at] == 1
        code = struct.unpack_from("<I" if little else ">I", self.wkb, self.at + 1)[0]
        self.order = "<" if little else ">"
        self.at += 9 if code & _SRID else 5
        return kind, numbers

    def _curve(self) -> list[Place]:
        """A ring or a part of one: a geometry of its own."""
        return self._line(*self._head())

    def _line(self, kind: int, numbers: int) -> list[Place]:
        if kind == _LINE:
            return self._places(numbers, self._count())
        if kind == _ARCS:
            return self._arcs(self._places(numbers, self._count()))
        if kind == _COMPOUND:
            line: list[Place] = []
            for part in (self._curve() for _ in range(self._count())):
                line += part[1:] if line and part and line[-1] == part[0] else part
            return line
        raise ValueError(f"a line of kind {kind}")

    def _arcs(self, places: list[Place]) -> list[Place]:
        line = places[:1]
        for at in range(0, len(places) - 2, 2):
            line += arc(*places[at : at + 3], self.tolerance)
        return line

    def _count(self) -> int:
        count = int(struct.unpack_from(f"{self.order}I", self.wkb, self.at)[0])
        self.at += 4
        return count

    def _places(self, numbers: int, count: int) -> list[Place]:
        size = 8 * numbers * count
        if self.at + size > len(self.wkb):
            raise ValueError("a geometry that breaks off")
        values = struct.unpack_from(f"{self.order}{numbers * count}d", self.wkb, self.at)
        self.at += size
        return [(values[at], values[at + 1]) for at in range(0, len(values), numbers)]


def _packed(places: list[Place]) -> bytes:
    return struct.pack(
        f"<I{2 * len(places)}d", len(places), *(number for place in places for number in place)
    )
