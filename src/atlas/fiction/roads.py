"""The roads between invented places: through roads that take the shortest way, and local roads.

Nodes are districts of settlements and crossroads; roads are edges of the Delaunay triangulation of the nodes,
so they meet only where there is a junction. A road bends a little, and the houses along it follow the curve.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land
    from .settlements import Crossroads, Districts, Settlements

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

LOCAL_KEPT = 0.62
"""Part of the possible local roads that is there."""

SAMPLES = 9
"""Points along a road at which is looked where it runs."""

_SQUARE = 0.42  # the sine of twice the angle with the grid: about 12 degrees

_THROUGH_COST = 0.7  # a way that is a through road already is taken sooner: roads come together


@dataclass(frozen=True, slots=True)
class Roads:
    """Roads outside the streets of settlements. Arrays of one length, nodes aside.

    Args:
        nodes: Shape (m, 2); the first are the districts, then crossroads. EPSG:28992.
        start: Node where the road begins.
        end: Node where it ends.
        through: Whether it is a through road.
        in_town: Whether it joins two districts of one town.
        planned: Whether it lies along the straight lines of dug peat land: there ribbons grew.
        bend: Shape (n, 2), in metres: how far it bends to one side, and from side to side.
        municipality: Shape (n, SAMPLES), the municipality at points along it.
    """

    nodes: Floats
    start: Integers
    end: Integers
    through: NDArray[np.bool_]
    in_town: NDArray[np.bool_]
    planned: NDArray[np.bool_]
    bend: Floats
    municipality: Integers

    @property
    def length_m(self) -> Floats:
        """Straight length."""
        return np.hypot(*(self.nodes[self.end] - self.nodes[self.start]).T)

    def along(self, road: Integers, part: Floats) -> tuple[Floats, Floats]:
        """The place at a part (0-1) of roads, and the unit vector to its left; shapes (n, 2)."""
        start, end = self.nodes[self.start[road]], self.nodes[self.end[road]]
        straight = end - start
        length = np.maximum(np.hypot(*straight.T), 1.0)[:, None]
        left = np.column_stack([-straight[:, 1], straight[:, 0]]) / length
        once, twice = self.bend[road].T
        shift = once * np.sin(np.pi * part) + twice * np.sin(2 * np.pi * part)
        slope = np.pi * (once * np.cos(np.pi * part) + 2 * twice * np.cos(2 * np.pi * part))
        place = start + straight * part[:, None] + left * shift[:, None]
        tangent = straight + left * slope[:, None]
        tangent /= np.hypot(*tangent.T)[:, None]
        return place, np.column_stack([-tangent[:, 1], tangent[:, 0]])


def lay_roads(
    land: Land,
    settlements: Settlements,
    districts: Districts,
    crossroads: Crossroads,
    rng: np.random.Generator,
) -> Roads:
    """The network between all settlements and crossroads.

    Args:
        land: The municipalities.
        settlements: Villages and towns.
        districts: Their parts.
        crossroads: Junctions in the countryside.
        rng: The source of chance.
    """
    nodes = np.vstack([np.column_stack([districts.x, districts.y]), crossroads.places])
    start, end = _triangulation(nodes)
    length = np.hypot(*(nodes[end] - nodes[start]).T)
    owner = np.concatenate([districts.settlement, -1 - np.arange(crossroads.places.shape[0])])
    in_town = owner[start] == owner[end]
    part = (np.arange(SAMPLES) + 0.5) / SAMPLES
    sampled = nodes[start][:, None] + (nodes[end] - nodes[start])[:, None] * part[:, None]
    municipality = land.municipality(*sampled.reshape(-1, 2).T).reshape(-1, SAMPLES)
    usable = (municipality >= 0).all(axis=1) & (length < 4 * np.median(length))
    centres = np.flatnonzero(np.diff(districts.settlement, prepend=-1) > 0)
    cost = np.where(usable, length, np.inf)
    through = _through_roads(nodes, start, end, cost, ends=(centres, _neighbours(settlements)))
    place = municipality[:, SAMPLES // 2]
    straight = np.array([profile.straight for profile in land.profiles])[place] & (place >= 0)
    towards = np.arctan2(*(nodes[end] - nodes[start]).T[::-1]) - crossroads.direction[place]
    square = np.abs(np.sin(2 * towards)) < _SQUARE
    planned = straight & square & (np.abs(np.cos(towards)) > 0.5)  # noqa: PLR2004 - one of the two directions
    chance = np.where(straight, np.where(square, 0.85, 0.05), LOCAL_KEPT)
    kept = usable & ((rng.random(start.size) < chance) | in_town) | through
    kept |= usable & _spanning_tree(nodes.shape[0], start, end, np.where(kept, 0.0, cost))
    start, end, through, in_town, planned = (
        start[kept],
        end[kept],
        through[kept],
        in_town[kept],
        planned[kept],
    )
    straight, length = straight[kept], length[kept]
    bend = rng.normal(0.0, 1.0, (start.size, 2)) * np.where(straight, 0.004, 0.045)[:, None] * length[:, None]
    bend[in_town] = 0.0
    return Roads(nodes, start, end, through, in_town, planned, bend, municipality[kept])


def _triangulation(nodes: Floats) -> tuple[Integers, Integers]:
    """The edges of the Delaunay triangulation as pairs of nodes."""
    lines = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(nodes), only_edges=True))
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    # x and y as one complex number: numpy sorts those by the real part, then by the other
    keys = nodes.view(np.complex128).ravel()
    order = np.argsort(keys, kind="stable")
    found = order[np.searchsorted(keys, np.ascontiguousarray(ends).view(np.complex128)[..., 0], sorter=order)]
    pairs = np.unique(np.sort(found, axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _through_roads(
    nodes: Floats,
    start: Integers,
    end: Integers,
    cost: Floats,
    *,
    ends: tuple[Integers, list[tuple[int, int]]],
) -> NDArray[np.bool_]:
    """The edges on the shortest way between settlements that have no third one between them (Gabriel).

    `ends` are the node in the centre of each settlement, and the pairs of settlements.
    """
    centres, pairs = ends
    through = np.zeros(start.size, dtype=bool)
    beside: list[list[tuple[int, int]]] = [[] for _ in range(nodes.shape[0])]
    for edge, (one, other) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        if np.isfinite(cost[edge]):
            beside[one].append((other, edge))
            beside[other].append((one, edge))
    costs = cost.tolist()
    for one, other in pairs:
        for edge in _shortest_way(nodes, beside, costs, int(centres[one]), int(centres[other])):
            if not through[edge]:
                through[edge] = True
                costs[edge] *= _THROUGH_COST
    return through


def _neighbours(settlements: Settlements) -> list[tuple[int, int]]:
    """Pairs of settlements with no other in the circle of which they are the ends, the nearest first."""
    points = np.column_stack([settlements.x, settlements.y])
    if points.shape[0] < 3:  # noqa: PLR2004 - a triangle
        return []
    start, end = _triangulation(points)
    middle, reach = (points[start] + points[end]) / 2, np.hypot(*(points[end] - points[start]).T) / 2
    others = np.hypot(*(middle[:, None] - points).transpose(2, 0, 1))
    empty = (others < reach[:, None] * (1 - 1e-9)).sum(axis=1) == 0
    order = np.flatnonzero(empty)[np.argsort(reach[empty], kind="stable")]
    return list(zip(start[order].tolist(), end[order].tolist(), strict=True))


def _shortest_way(
    nodes: Floats, beside: list[list[tuple[int, int]]], costs: list[float], start: int, goal: int
) -> list[int]:
    """The edges of the cheapest way (A*), [] when there is none."""
    ahead = (_THROUGH_COST * np.hypot(*(nodes - nodes[goal]).T)).tolist()
    queue, came = [(ahead[start], 0.0, start, -1, -1)], {}
    while queue:
        _, spent, node, edge, before = heapq.heappop(queue)
        if node in came:
            continue
        came[node] = (edge, before)
        if node == goal:
            way = []
            while edge >= 0:
                way.append(edge)
                edge, before = came[before]
            return way
        for other, step in beside[node]:
            if other not in came:
                total = spent + costs[step]
                heapq.heappush(queue, (total + ahead[other], total, other, step, node))
    return []


def _spanning_tree(nodes: int, start: Integers, end: Integers, length: Floats) -> NDArray[np.bool_]:
    """The edges that keep everything together at the least length (Kruskal)."""
    root = list(range(nodes))

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    tree = np.zeros(start.size, dtype=bool)
    for edge in np.argsort(length, kind="stable").tolist():
        one, other = top(int(start[edge])), top(int(end[edge]))
        if one != other:
            root[one] = other
            tree[edge] = True
    return tree
