"""Shapes as the page carries them: packed to a third of the room that GeoJSON takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.figures.borders import polygons, rings

Ring = Sequence[Sequence[float]]
#: decimals of a degree that are kept: 4 when the boundaries have no more (11 m), else 5 (1 m)
_COARSE, _FINE = 4, 5


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
