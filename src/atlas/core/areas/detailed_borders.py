"""The borders that decide in which municipality a point lies, and how far each may be from the real one.

`data/boundaries/gemeenten_detail.txt` holds stretches in RD New: what parts two municipalities stands there
once. The generalised borders of `embedded_boundaries` are for drawing only. Read when first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..files.embedded import embedded_path
from .divisions import areas, members

#: x and y in metres, RD New (EPSG:28992)
Vertex = tuple[float, float]
Ring = tuple[Vertex, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of which all parts divide the same areas.

    Args:
        right: Code of the area on its right.
        left: Code of the area on its left, "" where none of the atlas lies.
        kind: "gemeentegrens", "vereenvoudigd" (from a simplified copy), "buitengrens" (with a municipality
            outside the atlas, or with Germany) or "kust".
        margin_m: Within this distance of it, the area of a point is not certain. 0 for the coast: on the
            other side lies water of the same municipality, or of none.
        line: Its vertices.
    """

    right: str
    left: str
    kind: str
    margin_m: float
    line: Ring


def stretches(level: str = "gemeente") -> tuple[Stretch, ...]:
    """The borders between the areas of a level, and around them.

    Args:
        level: "gemeente", "surveyregio" or "provincie".
    """
    of = {"": ""} | {own.code: item.code for item in areas(level) for own in members(item.code)}
    renamed = (Stretch(of[one.right], of[one.left], one.kind, one.margin_m, one.line) for one in _stretches())
    return tuple(one for one in renamed if one.right != one.left)


def rings(level: str) -> dict[str, tuple[Ring, ...]]:
    """Code of each area of a level -> the outer rings of the municipalities it consists of.

    Rings are closed and go clockwise; there are no holes. Those of members that touch are not merged.
    """
    of_municipality = _municipal_rings()
    return {
        item.code: tuple(ring for own in members(item.code) for ring in of_municipality[own.code])
        for item in areas(level)
    }


@cache
def _stretches() -> tuple[Stretch, ...]:
    found = []
    for row in _text().splitlines():
        if row.startswith("#"):
            continue
        right, left, kind, margin, pairs = row.split("|")
        numbers = list(map(float, pairs.replace(",", " ").split()))
        line = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        found.append(Stretch(right, left, kind, float(margin), line))
    return tuple(found)


@cache
def _municipal_rings() -> dict[str, tuple[Ring, ...]]:
    """Code of each municipality -> its rings."""
    lines: dict[str, list[Ring]] = {item.code: [] for item in areas("gemeente")}
    for one in _stretches():
        lines[one.right].append(one.line)
        if one.left:
            lines[one.left].append(one.line[::-1])
    return {code: tuple(_closed(own)) for code, own in lines.items()}


def _text() -> str:
    return embedded_path("data", "boundaries", "gemeenten_detail.txt").read_text(encoding="utf-8")


def _closed(lines: list[Ring]) -> list[Ring]:
    """Lines laid end to end until they close; no two of an area begin in the same vertex (tested)."""
    beginning = {line[0]: line for line in lines}
    found = []
    while beginning:
        first, line = beginning.popitem()
        ring = line
        while ring[-1] != first:
            ring += beginning.pop(ring[-1])[1:]
        found.append(ring)
    return sorted(found, key=lambda ring: (-len(ring), ring))
