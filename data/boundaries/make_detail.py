"""Make `gemeenten_detail.txt`, the borders that decide in which municipality a point lies, from their rings.

Run by hand after a change of the rings: `.venv/bin/python data/boundaries/make_detail.py [FOLDER]`.
The same input gives the same bytes. Without FOLDER the file beside this script is written.

The source has each border between two municipalities twice, once in the ring of each. Here it stands once, as
a stretch: which municipalities it parts, of what kind it is, and how far it may lie from the real border.
"""

from __future__ import annotations

import sys
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pyproj

from atlas.core.areas.crs import WGS84_TO_RD

HERE = Path(__file__).resolve().parent
RINGS = HERE / "bron" / "gemeenten_detail.txt"

HEAD = """\
# naam: gemeenten_detail
# bron: CBS/Kadaster, wijk- en buurtkaart 2016 (via Who's On First), samengevoegd tot de indeling sinds 2021
# bron van de soort vereenvoudigd: Kadaster, Basisregistratie Kadaster, in een vereenvoudigde kopie van 2021
# peildatum: 2021-01-01
# licentie: CC BY 4.0, bronvermelding: CBS, Kadaster en Who's On First
# coordinaten: RD New (EPSG:28992), meters
# gemeente rechts van de lijn|gemeente links (leeg: geen van de 22)|soort|marge in meters|x y,x y,...
"""
#: kind of a stretch -> how far a point must lie from it for its municipality to be certain, in metres
MARGINS_M = {"gemeentegrens": 5, "vereenvoudigd": 150, "buitengrens": 5, "kust": 0}
#: the two borders of which a part changed after 2016 and comes from a simplified copy: Meerstad, Reitdiep
SIMPLIFIED = (frozenset(("GM0014", "GM1952")), frozenset(("GM1966", "GM1969")))
#: where the coast begins and ends, clockwise along the rim: the shores of Lauwersmeer and Dollard
COAST = (("6.28690", "53.34103"), ("7.21001", "53.23863"))
NOBODY = ""

Vertex = tuple[str, str]
Edge = tuple[Vertex, Vertex]


def read_rings(path: Path) -> list[tuple[str, list[Vertex]]]:
    """Code and vertices (longitude, latitude as they stand there) of each ring, clockwise and closed."""
    rings = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _name, _index, pairs = line.split("|")
        rings.append((code, [tuple(pair.split()) for pair in pairs.split(",")]))
    return rings


def coast(rings: list[tuple[str, list[Vertex]]], right_of: dict[Edge, str]) -> set[Edge]:
    """The edges of the rim that are shore: whole islands, and the rim between the two ends of the coast."""
    ahead = {edge[0]: edge for _code, ring in rings for edge in pairwise(ring) if edge[::-1] not in right_of}
    shore, begin, end = set(ahead.values()), *COAST
    if begin not in ahead or end not in ahead:
        sys.exit("Begin of einde van de kust ligt niet op de rand.")
    vertex = end
    while vertex != begin:
        shore.remove(ahead[vertex])
        vertex = ahead[vertex][1]
    return shore


def stretches(rings: list[tuple[str, list[Vertex]]]) -> list[tuple[str, str, str, list[Vertex]]]:
    """Code on the right, code on the left, kind and vertices of each stretch, every edge in one of them."""
    right_of = {edge: code for code, ring in rings for edge in pairwise(ring)}
    shore = coast(rings, right_of)

    def about(edge: Edge) -> tuple[str, str, str]:
        right, left = right_of[edge], right_of.get(edge[::-1], NOBODY)
        if left == NOBODY:
            return right, left, "kust" if edge in shore else "buitengrens"
        return right, left, "vereenvoudigd" if frozenset((right, left)) in SIMPLIFIED else "gemeentegrens"

    found = []
    for _code, ring in rings:
        edges = list(pairwise(ring))
        # a ring starts where a stretch does, so that none is cut in two
        turns = [place for place, edge in enumerate(edges) if about(edge) != about(edges[place - 1])]
        edges = edges[turns[0] :] + edges[: turns[0]] if turns else edges
        for (right, left, kind), run in groupby(edges, about):
            if left == NOBODY or right < left:  # the neighbour has the same stretch, the other way
                begins, ends = zip(*run, strict=True)
                found.append((right, left, kind, [*begins, ends[-1]]))
    return sorted(found)


def in_rd(line: list[Vertex]) -> list[str]:
    """The vertices in RD New in decimetres, as text; equal ones after each other once."""
    to_rd = pyproj.Transformer.from_pipeline(WGS84_TO_RD)
    x, y = to_rd.transform(*np.array(line, dtype=float).T)
    texts = [f"{east:.1f} {north:.1f}" for east, north in zip(x, y, strict=True)]
    return [text for text, _same in groupby(texts)]


def main(folder: Path) -> None:
    """Write the file into `folder`."""
    lines = [
        f"{right}|{left}|{kind}|{MARGINS_M[kind]}|{','.join(in_rd(line))}\n"
        for right, left, kind, line in stretches(read_rings(RINGS))
    ]
    path = folder / "gemeenten_detail.txt"
    path.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} stukken grens")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
