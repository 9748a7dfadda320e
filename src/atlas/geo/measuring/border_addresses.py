"""Whether the addresses around a point are all there, or end at a border with nothing behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ...core.counts.rural_methods import DENSITY_RADIUS_M
from ...core.words.notation import counted, format_number
from ..boundaries.levels import load_boundaries

if TYPE_CHECKING:
    import pandas as pd

#: the embedded borders are drawn simplified: what lies this near behind one may be the neighbour's own
_BORDER_M = 500.0
_MOST_NAMED = 4


def border_note(points: pd.DataFrame, addresses: pd.DataFrame, radius_m: float = DENSITY_RADIUS_M) -> str:
    """A Dutch sentence when points lie near a municipality of which the file has no addresses, else "".

    A density, or a count of dwellings around, is too low there: it is a lower bound.

    Args:
        points: `x` and `y` (EPSG:28992) of what is measured.
        addresses: `x` and `y` of the addresses that were delivered.
        radius_m: How far around a point is looked.
    """
    areas = load_boundaries("gemeente")
    whole = shapely.union_all(areas.geometry.to_numpy())
    missing = {
        str(name): shape
        for name, shape in zip(areas["naam"], areas.geometry, strict=True)
        if not _holds(shapely.buffer(shape, -_BORDER_M), addresses)
    }
    west, south, east, north = shapely.buffer(whole, 2 * radius_m).bounds
    outside = shapely.difference(shapely.box(west, south, east, north), shapely.buffer(whole, _BORDER_M))
    if not _holds(outside, addresses):
        missing["buiten Drenthe en Groningen"] = shapely.difference(outside.envelope, whole)
    if not missing:
        return ""
    near = {name: _inside(shapely.buffer(shape, radius_m), points) for name, shape in missing.items()}
    count = int(np.logical_or.reduce(list(near.values())).sum())
    if not count:
        return ""
    names = [name for name, mask in near.items() if mask.any()]
    more = f" en nog {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    return (
        f"{format_number(count)} van {counted(len(points), 'punt ligt', 'punten liggen')} binnen "
        f"{format_number(round(radius_m))} m van een gebied waarvan het bestand geen adressen heeft "
        f"({', '.join(names[:_MOST_NAMED])}{more}): dichtheid en woningen in de omgeving zijn daar een "
        "ondergrens."
    )


def _holds(shape: shapely.Geometry, points: pd.DataFrame) -> bool:
    return not shape.is_empty and bool(_inside(shape, points).any())


def _inside(shape: shapely.Geometry, points: pd.DataFrame) -> np.ndarray:
    shapely.prepare(shape)
    return np.asarray(shapely.contains_xy(shape, points["x"].to_numpy(), points["y"].to_numpy()))
