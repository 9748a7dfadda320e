"""Coordinates to RD New by the atlas's one stated transformation, whatever a machine prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsLineString,
    QgsPointXY,
)

from ..atlas.core.areas.crs import RD, WGS84, WGS84_TO_RD
from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WKB_HEADER = 9  # byte order, type and number of vertices of a line


def rd() -> QgsCoordinateReferenceSystem:
    """RD New."""
    return QgsCoordinateReferenceSystem(RD)


def to_rd(
    crs: QgsCoordinateReferenceSystem, transform_context: QgsCoordinateTransformContext, what: str
) -> QgsCoordinateTransform:
    """The transformation from a system to RD New.

    Args:
        crs: Of a layer.
        transform_context: Of the project; it decides for every system but WGS84.
        what: The layer, for the sentence.

    Raises:
        AtlasError: the layer does not say in which system it is.
    """
    if not crs.isValid():
        raise AtlasError(
            "De laag zegt niet in welk coördinatenstelsel zij is.",
            where=what,
            expected=f"RD New ({RD}) of WGS84 ({WGS84})",
            hint="Wijs de laag in QGIS het juiste stelsel toe (niet: omzetten).",
        )
    stated = QgsCoordinateTransformContext(transform_context)
    stated.addCoordinateOperation(QgsCoordinateReferenceSystem(WGS84), rd(), WGS84_TO_RD)
    return QgsCoordinateTransform(crs, rd(), stated)


def transformed(x: Floats, y: Floats, transform: QgsCoordinateTransform) -> tuple[Floats, Floats]:
    """Coordinates in RD New; not-a-number for a point that is not finite or can't be transformed.

    Args:
        x: Shape (n,), in the system the transformation starts from.
        y: Shape (n,).
        transform: From `to_rd`.

    Returns:
        x and y in metres (EPSG:28992), each of shape (n,).
    """
    if transform.isShortCircuited():
        return x, y
    result = np.full((x.size, 2), np.nan)
    finite = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if finite.size:
        line = QgsLineString(x[finite].tolist(), y[finite].tolist())
        try:
            line.transform(transform)
        except QgsCsException:
            result[finite] = [_one(x[point], y[point], transform) for point in finite.tolist()]
        else:
            flat = np.frombuffer(line.asWkb().data(), dtype="<f8", offset=_WKB_HEADER)
            result[finite] = flat.reshape(-1, 2)
    result[~np.isfinite(result).all(axis=1)] = np.nan
    return result[:, 0], result[:, 1]


def _one(x: float, y: float, transform: QgsCoordinateTransform) -> tuple[float, float]:
    try:
        point = transform.transform(QgsPointXY(x, y))
    except QgsCsException:
        return np.nan, np.nan
    return point.x(), point.y()
