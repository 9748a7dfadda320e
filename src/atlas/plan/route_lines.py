"""The way from place to place as lines along the roads, to draw and to take along."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from .matrix import edges_with_places, graph_of
from .network import network_of
from .snapping import snapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TypeAlias

    from numpy.typing import NDArray

    from .network import Network
    from .snapping import Snapped

    Place: TypeAlias = tuple[float, float]
    Line: TypeAlias = tuple[tuple[float, float], ...]

#: what is shown of the roads around a way, at least
_AROUND_M = 700.0
_NOBODY = -9999


@dataclass(frozen=True)
class Way:
    """The way along some places.

    Attributes:
        legs: From each place to the next, EPSG:28992; with the straight rest from yard to road.
        straight: Which legs are a straight line, because no road leads there.
        roads: Roads around the way.
        through: Those of them that lead through.
    """

    legs: tuple[Line, ...]
    straight: tuple[bool, ...]
    roads: tuple[Line, ...]
    through: tuple[Line, ...]


@dataclass(frozen=True)
class Roads:
    """A file of roads, read once for several ways."""

    network: Network
    through: NDArray[np.bool_]

    def way(self, places: Sequence[Place]) -> Way:
        """The fastest way from each place to the next, as travel times are reckoned.

        Args:
            places: In order, EPSG:28992 metres.
        """
        where = np.array(places, dtype=np.float64).reshape(-1, 2)
        on_roads = snapped(self.network, where[:, 0], where[:, 1])
        edges, nodes, count = edges_with_places(self.network, on_roads)
        _, before = (
            dijkstra(graph_of(edges, count), indices=nodes[:-1], return_predecessors=True)
            if len(places) > 1
            else (None, np.empty((0, count), dtype=np.int64))
        )
        legs, straight = [], []
        for number in range(len(places) - 1):
            passed = _passed(before[number], int(nodes[number]), int(nodes[number + 1]))
            found = bool(passed) and on_roads.found[number] and on_roads.found[number + 1]
            line = self._along(passed, nodes, on_roads) if found else []
            legs.append((tuple(where[number]), *line, tuple(where[number + 1])))
            straight.append(not found)
        return Way(tuple(legs), tuple(straight), *self._around(legs))

    def _along(
        self, passed: list[int], nodes: NDArray[np.int64], on_roads: Snapped
    ) -> list[tuple[float, ...]]:
        """The coordinates of a way over nodes; when both places lie at one junction, that."""
        of_node = {int(node): number for number, node in enumerate(nodes)}
        if len(passed) == 1:
            number = of_node[passed[0]]
            line = self.network.lines[on_roads.section[number]]
            at = line.interpolate(on_roads.part[number], normalized=True)
            return [(at.x, at.y)]
        points: list[tuple[float, ...]] = []
        for one, other in pairwise(passed):
            points += self._between(one, other, of_node, on_roads)
        return points

    def _between(
        self, one: int, other: int, of_node: dict[int, int], on_roads: Snapped
    ) -> list[tuple[float, ...]]:
        """The shape of an edge: a section, or the part of it up to a place."""
        network = self.network
        inner = [node for node in (one, other) if node >= network.nodes]
        if inner:
            section = int(on_roads.section[of_node[inner[0]]])
        else:
            ahead = (network.start == one) & (network.end == other) & network.with_line
            back = (network.start == other) & (network.end == one) & network.against
            fits = np.flatnonzero(ahead | back)
            section = int(fits[np.argmin(network.milliseconds[fits])])
            forward = bool(ahead[section])
            return list((network.lines[section] if forward else network.lines[section].reverse()).coords)
        parts = []
        for node, beside in ((one, other), (other, one)):
            if node >= network.nodes:
                parts.append(float(on_roads.part[of_node[node]]))
            elif network.start[section] == network.end[section]:  # a loop: the nearer end
                parts.append(round(float(on_roads.part[of_node[beside]])))
            else:
                parts.append(0.0 if network.start[section] == node else 1.0)
        return list(substring(network.lines[section], parts[0], parts[1], normalized=True).coords)

    def _around(self, legs: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Roads to draw below the way: all, and those that lead through."""
        if not legs:
            return (), ()
        west, south, east, north = shapely.total_bounds([shapely.linestrings(leg) for leg in legs])
        # the map may be wider than the way: what it shows beside it is there too
        around = max(_AROUND_M, 0.6 * max(east - west, north - south))
        box = shapely.box(west - around, south - around, east + around, north + around)
        inside = shapely.intersects(self.network.lines, box)
        drawn = [
            tuple(
                tuple(tuple(each) for each in shapely.get_coordinates(line).tolist())
                for line in shapely.simplify(self.network.lines[inside & which], 5.0)
            )
            for which in (~self.through, self.through)
        ]
        return drawn[0], drawn[1]


def roads_of(path: Path) -> Roads:
    """Read the roads of a file.

    Args:
        path: Of the NWB, see `geo.registers.roads.read_roads`.

    Raises:
        AtlasError: it can't be read.
    """
    from ..geo.registers.roads import read_roads
    from .speeds import CLOSED

    frame = read_roads(path).frame
    drivable = ~frame["baansubsoort"].isin(CLOSED)
    return Roads(network_of(frame), frame["doorgaand"][drivable].to_numpy(dtype=bool))


def _passed(before: NDArray[np.int64], start: int, end: int) -> list[int]:
    """The nodes of the shortest way, both ends included; none when there is no way."""
    passed = [end]
    while passed[-1] != start:
        node = int(before[passed[-1]])
        if node == _NOBODY:
            return []
        passed.append(node)
    return passed[::-1]
