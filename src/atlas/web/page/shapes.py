"""Shapes as the page carries them: every border once, packed to a tenth of the room that GeoJSON takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...core.figures.borders import polygons, rings

Ring = Sequence[Sequence[float]]
#: a place in whole parts of a degree
Place = tuple[int, int]
#: decimals of a degree that are kept: 4 when the boundaries have no more (11 m), else 5 (1 m)
_COARSE, _FINE = 4, 5


def packed(levels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The levels with their geometry as text, and how to read it.

    The border between two areas, and that of a region along its municipalities, is one line that stands there
    once. A line is "x y dx dy dx dy …": whole numbers, the first point from zero and every next one from the
    point before it. A polygon is a list of rings, and a ring names its lines in order: 3 is the third line,
    -3 the same line from its end to its beginning.

    Returns:
        `levels` as in the payload but for `geometry`, `lines` (with ";" between them), and `degree`: how many
        units go in one degree.
    """
    degree = 10 ** _decimals(levels)
    parts = [
        (level, code, [[_places(ring, degree) for ring in polygon] for polygon in polygons(geometry)])
        for level in levels
        for code, geometry in level["geometry"].items()
    ]
    corners = _corners(ring for _level, _code, shape in parts for polygon in shape for ring in polygon)
    lines: dict[tuple[Place, ...], int] = {}
    shapes: dict[tuple[str, str], list[list[str]]] = {
        (level["id"], code): [
            [" ".join(map(str, _numbers(ring, corners, lines))) for ring in polygon] for polygon in shape
        ]
        for level, code, shape in parts
    }
    return {
        "degree": degree,
        "lines": ";".join(map(_steps, lines)),
        "levels": [
            {**level, "geometry": {code: shapes[level["id"], code] for code in level["geometry"]}}
            for level in levels
        ],
    }


def _decimals(levels: Sequence[Mapping[str, Any]]) -> int:
    coarse = all(
        round(number, _COARSE) == number
        for level in levels
        for geometry in level["geometry"].values()
        for ring in rings(geometry)
        for point in ring
        for number in point
    )
    return _COARSE if coarse else _FINE


def _places(ring: Ring, degree: int) -> list[Place]:
    """The points of a ring, the last one not again the first; points that fall together are one."""
    points = [(round(point[0] * degree), round(point[1] * degree)) for point in ring]
    kept = [second for first, second in pairwise(points) if first != second]
    return kept or points[:1]


def _corners(shapes: Iterable[Sequence[Place]]) -> set[Place]:
    """The points at which rings part: before or behind them not every ring goes the same way."""
    ways: dict[Place, frozenset[Place]] = {}
    corners = set()
    for ring in shapes:
        for nth, place in enumerate(ring):
            way = frozenset((ring[nth - 1], ring[(nth + 1) % len(ring)]))
            if ways.setdefault(place, way) != way:
                corners.add(place)
    return corners


def _numbers(ring: Sequence[Place], corners: set[Place], lines: dict[tuple[Place, ...], int]) -> list[int]:
    """The lines of a ring; those not met before are added to `lines`."""
    ends = [nth for nth, place in enumerate(ring) if place in corners]
    # a ring that meets no other begins at one place, wherever it began and whichever way it goes
    start = ends[0] if ends else ring.index(min(ring))
    turned = [*ring[start:], *ring[:start], ring[start]]
    cuts = [end - start for end in ends] or [0]
    numbers = []
    for first, last in pairwise([*cuts, len(ring)]):
        line = tuple(turned[first : last + 1])
        number = lines.get(line) or -lines.get(line[::-1], 0)
        numbers.append(number or lines.setdefault(line, len(lines) + 1))
    return numbers


def _steps(line: Sequence[Place]) -> str:
    numbers = []
    last_x = last_y = 0
    for x, y in line:
        numbers += [x - last_x, y - last_y]
        last_x, last_y = x, y
    return " ".join(map(str, numbers))
