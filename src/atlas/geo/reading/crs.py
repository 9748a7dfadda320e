"""Coordinates: transforming between RD New and WGS84, and the checks that catch a wrong system.

Everything is x before y and longitude before latitude, whatever order an authority prefers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyproj

from ...core.areas.coordinate_checks import refuse_mistaken_system
from ...core.areas.crs import WGS84_TO_RD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@cache
def _transformer() -> pyproj.Transformer:
    return pyproj.Transformer.from_pipeline(WGS84_TO_RD)


def to_rd(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) longitude and latitude in degrees (WGS84) -> (n, 2) x and y in metres (RD New, EPSG:28992)."""
    return np.column_stack(_transformer().transform(points[:, 0], points[:, 1]))


def to_wgs84(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) x and y in metres (RD New, EPSG:28992) -> (n, 2) longitude and latitude in degrees (WGS84)."""
    backward = pyproj.enums.TransformDirection.INVERSE
    return np.column_stack(_transformer().transform(points[:, 0], points[:, 1], direction=backward))


def is_rd(crs: pyproj.CRS) -> bool:
    """Whether a system is RD New, also when an old .prj describes it without code or datum shift.

    Trusting such a description to the letter moves everything 100-200 m, so the projection decides.
    """
    system = crs.sub_crs_list[0] if crs.is_compound else crs
    operation = system.coordinate_operation
    if operation is None or "stereographic" not in operation.method_name.lower():
        return False
    values = [float(parameter.value) for parameter in operation.params]
    return all(any(abs(value - wanted) < 1 for value in values) for wanted in (155_000, 463_000))


def check_declared(crs: pyproj.CRS | None, bounds: Sequence[float], where: str) -> None:
    """Check that the coordinates are what the file says they are.

    Args:
        crs: The system the file declares, None when it declares nothing.
        bounds: West, south, east, north of everything in the file, as written there.
        where: The file, for the sentence.

    Raises:
        AtlasError: no system, RD declared as WGS84 or the other way round, or x and y swapped.
    """
    refuse_mistaken_system(
        None if crs is None else crs.name,
        bounds,
        where,
        is_rd=crs is not None and is_rd(crs),
        is_geographic=crs is not None and crs.is_geographic,
    )
