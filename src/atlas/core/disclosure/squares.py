"""Squares of 5, 10 and 20 km for others than a team: merged until each area has enough in it.

An area is a set of squares of 5 km. One that has too little goes together with the others of its square of
10 km that have, then of 20 km, then with the nearest area. A later table starts from the areas of the one
before and only takes them together: two divisions beside each other would give the difference away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Area = frozenset[str]

#: the level, in the rules and on the page
SQUARES = "vierkant"
SIDE_M = 5_000
_COARSER_M = (10_000, 20_000)
_HECTOMETRE = 100


def square_at(x: float, y: float) -> str:
    """The square of 5 km that holds a point (EPSG:28992), named as CBS does: "E2200N5600"."""
    west, south = (int(one // SIDE_M) * SIDE_M // _HECTOMETRE for one in (x, y))
    return f"E{west:04d}N{south:04d}"


def corner_of(square: str) -> tuple[int, int]:
    """The lower left corner of a square: x and y in metres (EPSG:28992)."""
    return int(square[1:5]) * _HECTOMETRE, int(square[6:]) * _HECTOMETRE


def area_code(squares: Iterable[str]) -> str:
    """By what an area is known in a file: its first square, and how many more there are: "E2200N5600+3"."""
    first, *more = sorted(set(squares))
    return f"{first}+{len(more)}" if more else first


def merged(units: Iterable[Area], is_enough: Callable[[Area], bool]) -> list[Area]:
    """Areas of which each has enough; none when there is not enough in all together.

    Args:
        units: Areas to begin with: squares, or the areas of the table before.
        is_enough: Whether an area has enough in it.
    """
    areas = sorted(set(units), key=sorted)
    for side in _COARSER_M:
        groups: dict[tuple[int, int], list[Area]] = {}
        for area in areas:
            around = {(x // side, y // side) for x, y in map(corner_of, area)}
            if len(around) == 1 and not is_enough(area):
                groups.setdefault(around.pop(), []).append(area)
        for group in groups.values():
            areas = _together(areas, group)
    while len(areas) > 1 and (small := [area for area in areas if not is_enough(area)]):
        areas = with_nearest(areas, small[0])
    return areas if all(map(is_enough, areas)) else []


def with_nearest(areas: list[Area], one: Area) -> list[Area]:
    """The areas after one went together with the nearest other."""

    def apart(other: Area) -> tuple[int, list[str]]:
        nearest = min(
            (x - a) ** 2 + (y - b) ** 2
            for x, y in map(corner_of, one)
            for a, b in map(corner_of, other)
        )  # fmt: skip
        return nearest, sorted(other)

    return _together(areas, [one, min((area for area in areas if area != one), key=apart)])


def _together(areas: list[Area], group: list[Area]) -> list[Area]:
    kept = [area for area in areas if area not in group]
    return sorted([*kept, frozenset[str]().union(*group)], key=sorted)
