"""Distances from places to dwellings and to shapes, found with the spatial index of QGIS."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsSpatialIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BETWEEN_LOOKS = 500
#: a hair wider than asked: the exact test comes after
_HAIR_M = 0.001


class Dwellings:
    """Dwellings made ready for questions.

    Args:
        x: Shape (n,), metres (EPSG:28992), finite.
        y: Shape (n,).
        address_ids: Of each, "" when not known.
        keep_on: Called now and then; what it raises ends the work.
    """

    def __init__(self, x: Floats, y: Floats, address_ids: Sequence[str], keep_on: Callable[[], None]) -> None:
        self.x, self.y = x, y
        self._by_address: dict[str, list[int]] = {}
        for number, address in enumerate(address_ids):
            if address:
                self._by_address.setdefault(address, []).append(number)
        # one at a time: filling the index from a layer is one long call, and the window would stand still
        self._index = QgsSpatialIndex()
        for number, (east, north) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
            if number % _BETWEEN_LOOKS == 0:
                keep_on()
            self._index.addFeature(number, QgsRectangle(east, north, east, north))

    def own(self, x: float, y: float, address_id: str, own_yard_m: float) -> set[int]:
        """The dwellings that are a yard's own: by its address, else those at `own_yard_m` or less."""
        by_address = self._by_address.get(address_id) if address_id else None
        if by_address:
            return set(by_address)
        reach = own_yard_m + _HAIR_M
        near = self._index.intersects(QgsRectangle(x - reach, y - reach, x + reach, y + reach))
        return {one for one in near if self.squared(one, x, y) <= own_yard_m**2}

    def nearest_other(self, x: float, y: float, own: set[int]) -> float:
        """Metres to the nearest dwelling that is not in `own`; not-a-number when there is none."""
        if len(own) >= self.x.size:
            return math.nan
        # the others among the nearest len(own) + 1 are at least one, and the nearest of all is among them
        near = self._index.nearestNeighbor(QgsPointXY(x, y), len(own) + 1)
        return math.sqrt(min(self.squared(one, x, y) for one in near if one not in own))

    def squared(self, dwelling: int, x: float, y: float) -> float:
        """The squared distance of a dwelling to a place."""
        dx, dy = float(self.x[dwelling]) - x, float(self.y[dwelling]) - y
        return dx * dx + dy * dy


def distances_to_shapes(
    x: Floats, y: Floats, shapes: Sequence[QgsGeometry], keep_on: Callable[[], None]
) -> Floats:
    """The distance of each place to the nearest shape, 0 inside a polygon.

    Args:
        x: Shape (n,), metres (EPSG:28992), finite.
        y: Shape (n,).
        shapes: At least one; empty ones are not measured to.
        keep_on: Called now and then; what it raises ends the work.

    Returns:
        Shape (n,), metres.
    """
    index = QgsSpatialIndex(QgsSpatialIndex.Flag.FlagStoreFeatureGeometries)
    for number, shape in enumerate(shapes):
        if number % _BETWEEN_LOOKS == 0:
            keep_on()
        if not shape.isEmpty():
            feature = QgsFeature(number)
            feature.setGeometry(shape)
            index.addFeature(feature)
    result = np.full(x.size, np.nan)
    for number, (east, north) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        if number % _BETWEEN_LOOKS == 0:
            keep_on()
        place = QgsPointXY(east, north)
        near = index.nearestNeighbor(place, 1)
        point = QgsGeometry.fromPointXY(place)
        result[number] = min((shapes[one].distance(point) for one in near), default=math.nan)
    return result
