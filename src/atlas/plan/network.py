"""The roads as a graph: junctions, and sections that one drives in their direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .speeds import CLOSED, speeds_m_s

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_MS = 1000


@dataclass(frozen=True)
class Network:
    """Drivable sections between junctions.

    Attributes:
        nodes: How many junctions.
        start: Junction at the begin of each section.
        end: Junction at its end.
        with_line: Whether one may drive along the line.
        against: Whether one may drive against it.
        milliseconds: How long it takes, either way; at least 1.
        metres: Its length, whole metres.
        lines: Its shape, EPSG:28992.
    """

    nodes: int
    start: Integers
    end: Integers
    with_line: NDArray[np.bool_]
    against: NDArray[np.bool_]
    milliseconds: Integers
    metres: Integers
    lines: NDArray[np.object_]


def network_of(roads: gpd.GeoDataFrame) -> Network:
    """Make the network of road sections.

    H is driven with the line, T against it; B, O and nothing both ways. Sections meet at the junction they
    name; an end without one meets what lies at the same place, to the decimetre.

    Args:
        roads: As `geo.registers.roads.read_roads` gives them.
    """
    roads = roads[~roads["baansubsoort"].isin(CLOSED)]
    lines = roads.geometry.to_numpy()
    metres = shapely.length(lines)
    speed = speeds_m_s(roads["baansubsoort"].to_numpy(), roads["beheerder"].to_numpy())
    start, end, nodes = _junctions(roads, lines)
    direction = roads["rijrichting"].to_numpy()
    return Network(
        nodes,
        start,
        end,
        direction != "T",
        direction != "H",
        np.maximum(1, np.rint(metres / speed * _MS)).astype(np.int64),
        np.rint(metres).astype(np.int64),
        lines,
    )


def _junctions(roads: gpd.GeoDataFrame, lines: NDArray[np.object_]) -> tuple[Integers, Integers, int]:
    """The number of the junction at each begin and end, and how many there are."""
    named = np.concatenate([roads["junctie_begin"].to_numpy(), roads["junctie_eind"].to_numpy()])
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    places = [tuple(one) for one in np.rint(shapely.get_coordinates(ends) * 10).astype(np.int64).tolist()]
    at: dict[tuple[int, ...], str] = {}
    for name, place in zip(named, places, strict=True):
        if name:
            at.setdefault(place, name)
    keys = [name or at.get(place, place) for name, place in zip(named, places, strict=True)]
    numbers: dict[object, int] = {}
    found = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    return found[: len(lines)], found[len(lines) :], len(numbers)
