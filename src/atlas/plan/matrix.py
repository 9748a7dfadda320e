"""Travel times between all places over the network: the fastest way, and how long that way is.

One search gives both: the weight of an edge is its milliseconds times 2^20 plus its metres, which stays a
whole number that float64 holds (2^33 ms is 99 days). Junctions where a road only goes on are taken out
first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network
    from .snapping import Snapped

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

#: metres take so much of a weight: ways of up to 1,048 km
_METRES = 1 << 20
_MS = 1000
#: how much one chunk of origins may take, bytes
_CHUNK_BYTES = 120_000_000
#: so near the end of a section a place lies at its junction: one-way or not, one gets there
_AT_JUNCTION_M = 1.0
#: junctions with at most so many neighbours are taken out: of 29,000 junctions 8,000 are left, with 3 12,000
_MOST_NEIGHBOURS = 4
#: taking out stops when so small a part of the junctions would go, or after so many times
_FEWEST, _ROUNDS = 0.03, 12


@dataclass(frozen=True)
class Edges:
    """Edges of a graph, one direction each."""

    start: Integers
    end: Integers
    weight: Floats


def matrices(network: Network, snapped: Snapped) -> tuple[Floats, Floats]:
    """Seconds and metres from each place (row) to each other; inf where no road leads.

    Args:
        network: The roads.
        snapped: Where the places lie on them.
    """
    size = len(snapped.section)
    edges, places, nodes = edges_with_places(network, snapped)
    graph, number = contracted(edges, nodes, places)
    weights = np.empty((size, size))
    origins = number[places]
    rows = max(1, _CHUNK_BYTES // (8 * max(1, graph.shape[0])))
    for first in range(0, size, rows):
        part = dijkstra(graph, indices=origins[first : first + rows])
        weights[first : first + rows] = part[:, origins]
    lost = ~np.isfinite(weights) | ~snapped.found[:, None] | ~snapped.found[None, :]
    whole = np.where(lost, 0, weights)
    seconds = (whole // _METRES) / _MS + snapped.rest_s[:, None] + snapped.rest_s[None, :]
    metres = whole % _METRES + snapped.rest_m[:, None] + snapped.rest_m[None, :]
    for matrix in (seconds, metres):
        matrix[lost] = np.inf
        np.fill_diagonal(matrix, 0)
    return seconds, metres


def edges_with_places(network: Network, snapped: Snapped) -> tuple[Edges, Integers, int]:
    """The sections as edges, and the node of each place: the junction where it lies, or one of its own.

    A section with places is a chain: begin, places in order, end; the section itself stays too.

    Returns:
        The edges, the node of each place, how many nodes there are.
    """
    nodes = network.nodes + np.arange(len(snapped.section))
    along = snapped.part * network.metres[snapped.section] if len(network.metres) else snapped.part
    left = network.metres[snapped.section] - along if len(network.metres) else snapped.part
    for near, junction in ((left, network.end), (along, network.start)):
        at = snapped.found & (near <= _AT_JUNCTION_M)
        nodes[at] = junction[snapped.section[at]]
    inside = snapped.found & (nodes >= network.nodes)
    weight = network.milliseconds.astype(np.float64) * _METRES + network.metres
    starts, ends, weights = [], [], []
    for may, start, end in (
        (network.with_line, network.start, network.end),
        (network.against, network.end, network.start),
    ):
        starts.append(start[may])
        ends.append(end[may])
        weights.append(weight[may])
    order = np.lexsort((snapped.part, snapped.section))
    order = order[inside[order]]
    section, part = snapped.section[order], snapped.part[order]
    node = network.nodes + order
    first = np.ones(len(order), dtype=bool)
    first[1:] = section[1:] != section[:-1]
    last = np.append(first[1:], True)[: len(order)]
    before = np.where(first, network.start[section], np.roll(node, 1))
    way = np.where(first, part, part - np.roll(part, 1))
    links = [
        (before, node, way, section),
        (node[last], network.end[section[last]], 1 - part[last], section[last]),
    ]
    for one, other, share, on in links:
        ms, metres = np.rint(network.milliseconds[on] * share), np.rint(network.metres[on] * share)
        cost = np.maximum(ms, 1) * _METRES + metres
        for may, start, end in ((network.with_line[on], one, other), (network.against[on], other, one)):
            starts.append(start[may])
            ends.append(end[may])
            weights.append(cost[may])
    edges = Edges(np.concatenate(starts), np.concatenate(ends), np.concatenate(weights))
    return edges, nodes, network.nodes + len(snapped.section)


def graph_of(edges: Edges, nodes: int) -> csr_array:
    """The edges as scipy has a graph."""
    one = _lightest(edges)
    return csr_array((one.weight, (one.start, one.end)), shape=(nodes, nodes))


def contracted(edges: Edges, nodes: int, kept: Integers) -> tuple[csr_array, Integers]:
    """A smaller graph with the same distances between the nodes that are left.

    A junction with at most three neighbours is taken out, and each way over it becomes an edge: of a chain on
    which a road only goes on one edge is left, of a dead end nothing. Junctions that are not each other's
    neighbours go at once, until few are left to go.

    Args:
        edges: Of the whole graph.
        nodes: How many nodes it has.
        kept: Nodes that stay, whatever they are.

    Returns:
        The graph, and the number of each old node in it, -1 when it is gone.
    """
    removable = np.ones(nodes, dtype=bool)
    removable[kept] = False
    gone = np.zeros(nodes, dtype=bool)
    rank = np.random.default_rng(0).permutation(nodes)
    found = _lightest(edges)
    for _ in range(_ROUNDS):
        chosen = _apart(found, removable, rank, nodes)
        if chosen.sum() < _FEWEST * (nodes - gone.sum()):
            break
        gone |= chosen
        removable &= ~chosen
        found = _without(found, chosen)
    left = ~gone
    number = np.full(nodes, -1, dtype=np.int64)
    number[left] = np.arange(left.sum())
    size = int(left.sum())
    start, end = number[found.start], number[found.end]
    return csr_array((found.weight, (start, end)), shape=(size, size)), number


def _apart(edges: Edges, removable: NDArray[np.bool_], rank: Integers, nodes: int) -> NDArray[np.bool_]:
    """Nodes to take out at once: few neighbours, and none that goes too."""
    one, other = np.minimum(edges.start, edges.end), np.maximum(edges.start, edges.end)
    pairs = np.unique(one * nodes + other)
    one, other = pairs // nodes, pairs % nodes
    neighbours = np.bincount(one, minlength=nodes) + np.bincount(other, minlength=nodes)
    chosen = removable & (neighbours <= _MOST_NEIGHBOURS)
    both = chosen[one] & chosen[other]
    one, other = one[both], other[both]
    chosen[np.where(rank[one] < rank[other], one, other)] = False
    return chosen


def _without(edges: Edges, gone: NDArray[np.bool_]) -> Edges:
    """The edges without some nodes, of which no two are neighbours: each way over one becomes an edge."""
    into, out = gone[edges.end], gone[edges.start]
    arriving = Edges(edges.start[into], edges.end[into], edges.weight[into])
    order = np.argsort(edges.start[out], kind="stable")
    leaving = Edges(edges.start[out][order], edges.end[out][order], edges.weight[out][order])
    first = np.searchsorted(leaving.start, arriving.end, side="left")
    ways = np.searchsorted(leaving.start, arriving.end, side="right") - first
    which = np.repeat(np.arange(len(ways)), ways)
    onward = np.arange(len(which)) - np.repeat(np.cumsum(ways) - ways, ways) + first[which]
    rest = ~(into | out)
    return _lightest(
        Edges(
            np.concatenate([edges.start[rest], arriving.start[which]]),
            np.concatenate([edges.end[rest], leaving.end[onward]]),
            np.concatenate([edges.weight[rest], arriving.weight[which] + leaving.weight[onward]]),
        )
    )


def _lightest(edges: Edges) -> Edges:
    """Of parallel edges the lightest, without loops."""
    kept = edges.start != edges.end
    start, end, weight = edges.start[kept], edges.end[kept], edges.weight[kept]
    order = np.lexsort((weight, end, start))
    start, end, weight = start[order], end[order], weight[order]
    first = np.ones(len(start), dtype=bool)
    first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    return Edges(start[first], end[first], weight[first])
