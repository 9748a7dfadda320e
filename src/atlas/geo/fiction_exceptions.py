"""What can go wrong in a countryside, added to the one that was made up: villages in parts, and more.

Every kind has a stream of chance of its own, so that what was there before stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

_IN_PARTS = 0.08  # of the villages; at least two
_CANAL_M = 24.0


def part_villages(built_up: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Some villages in two parts, with a canal between: TOP10NL keeps them in a layer of their own."""
    villages = np.flatnonzero(built_up["typegebied"] == "woonkern")
    chosen = rng.permutation(villages)[: max(round(_IN_PARTS * villages.size), 2)]
    shapes = built_up.geometry.to_numpy().copy()
    for village, angle in zip(chosen, rng.uniform(0, np.pi, chosen.size), strict=True):
        shape = shapes[village]
        middle, reach = shape.centroid, np.hypot(*np.ptp(np.reshape(shape.bounds, (2, 2)), axis=0))
        centre, across = np.array(middle.coords[0]), np.array([np.cos(angle), np.sin(angle)]) * reach
        canal = shapely.LineString([centre - across, centre + across])
        parts = shapely.multipolygons(
            shapely.get_parts(shapely.difference(shape, canal.buffer(_CANAL_M / 2, cap_style="flat")))
        )
        shapes[village] = parts if len(parts.geoms) > len(shape.geoms) else shape
    return built_up.set_geometry(shapes, crs=built_up.crs)
