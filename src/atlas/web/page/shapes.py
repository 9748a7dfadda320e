"""Shapes as the page carries them: their rings, their borders drawn once, and packed to a third of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Ring = Sequence[Sequence[float]]
#: decimals of a degree that are kept: 4 when the boundaries have no more (11 m), else 5 (1 m)
_COARSE, _FINE = 4, 5


def rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """All rings of a Polygon or MultiPolygon."""
    return [ring for polygon in polygons(geometry) for ring in polygon]


def polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Ring]]:
    """The polygons of a Polygon or MultiPolygon, each an outer ring and its holes."""
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def borders_once(geometry: Mapping[str, Any], inferred: set[str]) -> tuple[list[Ring], list[Ring]]:
    """The borders of a level, each stretch once, as solid and dashed lines.

    Two neighbours drawn as two dashed rings fill each other's gaps. A stretch is dashed when every area that
    it bounds has an inferred membership.
    """
    owners: dict[frozenset[tuple[float, ...]], set[str]] = {}
    for code, shape in geometry.items():
        for ring in rings(shape):
            for stretch in _stretches(ring):
                owners.setdefault(frozenset(stretch), set()).add(code)
    lines: dict[bool, list[list[tuple[float, ...]]]] = {False: [], True: []}
    for shape in geometry.values():
        for ring in rings(shape):
            last = None
            for start, end in _stretches(ring):
                codes = owners.pop(frozenset((start, end)), None)
                kind = None if codes is None else codes <= inferred
                if kind is not None and kind is last:
                    lines[kind][-1].append(end)
                elif kind is not None:
                    lines[kind].append([start, end])
                last = kind
    return lines[False], lines[True]


def _stretches(ring: Ring) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    points = [tuple(point) for point in ring]
    yield from pairwise(points)


def packed(levels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The levels with their geometry as text, and how to read it.

    A polygon is a list of rings, a ring is "x y dx dy dx dy …": whole numbers, the first point from zero and
    every next one from the point before it. GeoJSON takes three times the room.

    Returns:
        `levels` as in the payload but for `geometry`, and `degree`: how many units go in one degree.
    """
    degree = 10 ** _decimals(levels)
    return {
        "degree": degree,
        "levels": [
            {
                **level,
                "geometry": {
                    code: [[_steps(ring, degree) for ring in polygon] for polygon in polygons(geometry)]
                    for code, geometry in level["geometry"].items()
                },
            }
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


def _steps(ring: Ring, degree: int) -> str:
    numbers = []
    last_x = last_y = 0
    for point in ring:
        x, y = round(point[0] * degree), round(point[1] * degree)
        numbers += [x - last_x, y - last_y]
        last_x, last_y = x, y
    return " ".join(map(str, numbers))
