"""Points of a layer as two rows of coordinates, and what is wrong with those that have no place."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from qgis.core import Qgis, QgsFeature, QgsGeometry

from .rd_transform import transformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from qgis.core import QgsCoordinateTransform, QgsProcessingFeedback

    Floats = NDArray[np.float64]

#: features at a time: enough for numpy to be quick, few enough to stay in the cache of the processor (with
#: 5,000, reading 520,000 addresses took twice as long) and to answer Cancel
CHUNK = 500
NO_GEOMETRY = "Geen geometrie."
NO_COORDINATES = "De coördinaten zijn geen getallen, of liggen buiten het bereik van hun stelsel."
ZERO = "De coördinaten zijn 0, 0: een plaats die niet is ingevuld."
NO_POINT = "Geen punt."
SEVERAL = "Meer dan één punt."
#: of a multipoint: byte order, type and number of points, and then of each point byte order and type
_WKB_HEADER = 9
_WKB_POINT = np.dtype([("header", "V5"), ("x", "<f8"), ("y", "<f8")])


def chunks(features: Iterator[QgsFeature], feedback: QgsProcessingFeedback) -> Iterator[list[QgsFeature]]:
    """The features in lists of at most `CHUNK`.

    Raises:
        Cancelled: the user stopped the algorithm.
    """
    from ..cancelling import check_cancelled

    while chunk := list(islice(features, CHUNK)):
        check_cancelled(feedback)
        yield chunk
    check_cancelled(feedback)


def places(
    features: Sequence[QgsFeature], transform: QgsCoordinateTransform
) -> tuple[Floats, Floats, dict[int, str]]:
    """Where features lie.

    Args:
        features: Of a layer of points.
        transform: To RD New.

    Returns:
        x and y in metres (EPSG:28992), not-a-number for a feature without a place; and of those, by their
        position in `features`, why they have none, in Dutch.
    """
    geometries = list(map(QgsFeature.geometry, features))
    reasons: dict[int, str] = {}
    together = _single_points(geometries)
    x, y = _one_by_one(geometries, reasons) if together is None else together
    zero = (x == 0) & (y == 0)
    x[zero] = np.nan
    reasons |= dict.fromkeys(np.flatnonzero(zero).tolist(), ZERO)
    x, y = transformed(x, y, transform)
    for number in np.flatnonzero(~(np.isfinite(x) & np.isfinite(y))).tolist():
        reasons.setdefault(number, NO_COORDINATES)
        x[number] = y[number] = np.nan
    return x, y, reasons


def _single_points(geometries: list[QgsGeometry]) -> tuple[Floats, Floats] | None:
    """The coordinates of all at once, quicker than asking each; None when one is no single point."""
    if any(map(QgsGeometry.isNull, geometries)) or any(map(QgsGeometry.isMultipart, geometries)):
        return None
    whole = QgsGeometry.collectGeometry(geometries)
    if whole.isNull():
        return None
    whole.get().dropZValue()
    whole.get().dropMValue()
    data = whole.asWkb().data()
    size = _WKB_HEADER + len(geometries) * _WKB_POINT.itemsize
    if whole.wkbType() != Qgis.WkbType.MultiPoint or len(data) != size:
        return None
    points = np.frombuffer(data, _WKB_POINT, offset=_WKB_HEADER)
    x, y = points["x"].copy(), points["y"].copy()
    return (x, y) if np.isfinite(x).all() and np.isfinite(y).all() else None


def _one_by_one(geometries: list[QgsGeometry], reasons: dict[int, str]) -> tuple[Floats, Floats]:
    """The coordinates of each; puts in `reasons` which have none, and why."""
    xs, ys = [], []
    for number, geometry in enumerate(geometries):
        try:
            point = geometry.asPoint()
            if geometry.isEmpty():  # QGIS calls an empty point 0, 0
                point, reasons[number] = None, NO_GEOMETRY
        except (TypeError, ValueError):  # no geometry, or another kind than a single point
            point, reason = _single_point(geometry)
            if reason:
                reasons[number] = reason
        xs.append(point.x() if point else np.nan)
        ys.append(point.y() if point else np.nan)
    return np.array(xs, dtype=np.float64), np.array(ys, dtype=np.float64)


def _single_point(geometry: QgsGeometry):  # noqa: ANN202 - QgsPointXY or None, and the reason
    if geometry.isNull() or geometry.isEmpty():
        return None, NO_GEOMETRY
    try:
        points = geometry.asMultiPoint()
    except (TypeError, ValueError):
        return None, NO_POINT
    return (points[0], "") if len(points) == 1 else (None, SEVERAL)
