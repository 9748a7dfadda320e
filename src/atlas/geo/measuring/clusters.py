"""Clusters of places by DBSCAN (Ester et al., KDD 1996) on EPSG:28992, with a k-d tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: the number of a place that belongs to no cluster
ALONE = -1


def clusters(places: NDArray[np.float64], *, within_m: float, least: int) -> NDArray[np.int64]:
    """The number of the cluster of each place, from 0 in the order of their first place; `ALONE` for none.

    A place with at least `least` places within the distance, itself included, is a core; cores within the
    distance of each other are one cluster, and another place within it belongs to the cluster of its nearest
    core. (The paper gives it to the first that is found; this depends on no order.)

    Args:
        places: (n, 2), metres.
        within_m: The distance (eps).
        least: How many make a cluster (minPts).
    """
    found = np.full(len(places), ALONE, dtype=np.int64)
    if not len(places):
        return found
    tree = cKDTree(places)
    core = np.flatnonzero(tree.query_ball_point(places, within_m, return_length=True) >= least)
    if not core.size:
        return found
    cores = cKDTree(places[core])
    pairs = cores.query_pairs(within_m, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(core.size, core.size))
    _, label = connected_components(links, directed=False)
    away, nearest = cores.query(places, distance_upper_bound=np.nextafter(within_m, np.inf))
    near = np.isfinite(away)
    found[near] = label[nearest[near]]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(found[near].tolist()))}
    found[near] = [numbers[one] for one in found[near].tolist()]
    return found
