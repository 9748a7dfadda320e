"""How many points lie within a distance of each place, for coordinates that still have to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...core.words.errors import AtlasError
from ...planar import circle_counts
from ..reading.rd_input import rd_points

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Counts = NDArray[np.int64]


def count_within(
    x: ArrayLike, y: ArrayLike, points_x: ArrayLike, points_y: ArrayLike, radius_m: float
) -> Counts:
    """For each place the number of points at `radius_m` metres or less: `planar.circle_counts` after a check.

    Args:
        x: Shape (n,), of the places, in metres (EPSG:28992).
        y: Shape (n,).
        points_x: Shape (m,), of the points that are counted.
        points_y: Shape (m,).
        radius_m: Above zero.

    Returns:
        Shape (n,).

    Raises:
        AtlasError: coordinates that are not RD New, or a radius that is not above zero.
    """
    x, y = rd_points(x, y, "de plaatsen")
    points_x, points_y = rd_points(points_x, points_y, "de punten die worden geteld")
    if not 0 < radius_m < np.inf:
        raise AtlasError(
            "De straal moet groter dan nul meter zijn.", got=str(radius_m), expected="bijvoorbeeld 1000"
        )
    return circle_counts.count_within(x, y, points_x, points_y, radius_m)
