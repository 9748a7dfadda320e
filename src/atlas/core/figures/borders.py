"""Which borders a map shows and which of them are dashed: decided once for page, sheet and QGIS.

Which municipalities make up a region may have been inferred. Then the line between two such regions of one
province is the inferred thing, and is dashed. The border of a province is not: it stays a solid line, also
where it is the edge of an inferred region, and so does a border shared with a region whose municipalities
the source does name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Point = tuple[float, ...]
Line = list[Point]

MUNICIPALITY, PROVINCE = "gemeente", "provincie"
#: what a legend calls the dashed lines
INFERRED_LABEL = "Indeling afgeleid: onze tekst noemt de gemeenten niet"


@dataclass(frozen=True, slots=True)
class Borders:
    """The borders of the areas of a level, each stretch once."""

    solid: list[Line]
    inferred: list[Line]


def lines_beside(level: str) -> tuple[str, ...]:
    """The levels whose borders are drawn on a map of `level` too: municipalities below, provinces on top."""
    return tuple(other for other in (MUNICIPALITY, PROVINCE) if other != level)


def inferred_pairs(areas: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Pairs of area codes whose common border, where they have one, is inferred.

    Args:
        areas: Of one level of the payload: `code`, `province`, and `inferred` for its membership.
    """
    inferred = sorted((area for area in areas if area["inferred"]), key=lambda area: str(area["code"]))
    return [
        [first["code"], second["code"]]
        for first, second in combinations(inferred, 2)
        if first["province"] == second["province"]
    ]


def borders(
    geometry: Mapping[str, Mapping[str, Any]], pairs: Iterable[Sequence[str]], codes: Iterable[str] = ()
) -> Borders:
    """The borders of areas as lines, each stretch once: two dashed rings would fill each other's gaps.

    Args:
        geometry: Area code -> GeoJSON polygon or multipolygon; neighbours share their vertices.
        pairs: What `inferred_pairs` says.
        codes: Of these areas only, each stretch at the first of them that it bounds; empty for all.
    """
    owners: dict[frozenset[Point], set[str]] = {}
    for code, shape in geometry.items():
        for ring in rings(shape):
            for stretch in _stretches(ring):
                owners.setdefault(frozenset(stretch), set()).add(code)
    together = {frozenset(pair) for pair in pairs}
    lines: dict[bool, list[Line]] = {False: [], True: []}
    for code in codes or geometry:
        for ring in rings(geometry[code]):
            last = None
            for start, end in _stretches(ring):
                bounded = owners.pop(frozenset((start, end)), None)
                kind = None if bounded is None else bounded in together
                if kind is not None and kind is last:
                    lines[kind][-1].append(end)
                elif kind is not None:
                    lines[kind].append([start, end])
                last = kind
    return Borders(lines[False], lines[True])


def inferred_by_area(
    geometry: Mapping[str, Mapping[str, Any]], pairs: Sequence[Sequence[str]]
) -> dict[str, list[Line]]:
    """The inferred lines by the first area that they bound, for a program that draws area by area."""
    found = {}
    for first in dict.fromkeys(pair[0] for pair in pairs):
        own = [pair for pair in pairs if pair[0] == first]
        beside = {code: geometry[code] for pair in own for code in pair}  # no other has a dashed one
        found[first] = borders(beside, own, [first]).inferred
    return found


def rings(geometry: Mapping[str, Any]) -> list[Sequence[Sequence[float]]]:
    """All rings of a GeoJSON Polygon or MultiPolygon."""
    return [ring for polygon in polygons(geometry) for ring in polygon]


def polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Sequence[Sequence[float]]]]:
    """The polygons of a GeoJSON Polygon or MultiPolygon, each an outer ring and its holes."""
    return list(geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]])


def _stretches(ring: Sequence[Sequence[float]]) -> Iterator[tuple[Point, Point]]:
    yield from pairwise(tuple(point) for point in ring)
