"""Places on the network: the nearest section, where on it, and the straight rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .speeds import DRIVE_KMH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network

    Floats = NDArray[np.float64]

#: farther from any road than this, a place has none: it lies in a lake, at sea, or outside the file
FARTHEST_M = 1500.0
_KMH = 3.6


@dataclass(frozen=True)
class Snapped:
    """Places on the network.

    Attributes:
        section: Number of the nearest section; 0 when none is found.
        part: Where on it, from its begin, 0 to 1.
        rest_m: From there straight to the place.
        rest_s: How long that takes.
        found: Whether a road is near.
    """

    section: NDArray[np.int64]
    part: Floats
    rest_m: Floats
    rest_s: Floats
    found: NDArray[np.bool_]


def snapped(network: Network, x: Floats, y: Floats) -> Snapped:
    """Put places on the nearest drivable section.

    Args:
        network: The roads.
        x: EPSG:28992, metres.
        y: The same.
    """
    size = len(x)
    section = np.zeros(size, dtype=np.int64)
    part, rest = np.zeros(size), np.full(size, np.inf)
    places = shapely.points(x, y)
    if len(network.lines) and size:
        tree = shapely.STRtree(network.lines)
        (which, near), away = tree.query_nearest(
            places, max_distance=FARTHEST_M, return_distance=True, all_matches=False
        )
        section[which], rest[which] = near, away
        part[which] = shapely.line_locate_point(network.lines[near], places[which], normalized=True)
    found = np.isfinite(rest)
    rest = np.where(found, rest, 0)
    return Snapped(section, part, rest, rest / (DRIVE_KMH / _KMH), found)
