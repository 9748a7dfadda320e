"""What geo works with, checked where it comes in: points as two rows of coordinates, shapes in RD New."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ...core.areas.coordinate_checks import appearance
from ...core.areas.crs import RD
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from .crs import is_rd

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_HINTS = {
    "graden": "Zet de coördinaten eerst om van WGS84 naar RD New.",
    "graden_omgewisseld": "Zet de coördinaten eerst om van WGS84 naar RD New, met de lengtegraad voorop.",
    "rd_omgewisseld": "Wissel x en y om.",
}


def rd_points(x: ArrayLike, y: ArrayLike, what: str) -> tuple[Floats, Floats]:
    """Both coordinates as 64-bit numbers, after a check.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).
        what: What the points are, for the sentence: "de woningen".

    Returns:
        x and y, each of shape (n,); n may be zero.

    Raises:
        AtlasError: no rows of numbers, not equally many, a coordinate that is missing or infinite, or
            coordinates that do not lie in the Netherlands.
    """
    try:
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise AtlasError(
            "De coördinaten zijn geen getallen.", where=what, expected="van elk punt een x en een y in meters"
        ) from error
    if x.ndim != 1 or x.shape != y.shape:
        raise AtlasError(
            "Er zijn niet evenveel x- als y-coördinaten.",
            where=what,
            got=f"{x.size} keer x en {y.size} keer y",
            expected="van elk punt een x en een y",
        )
    wrong = np.flatnonzero(~(np.isfinite(x) & np.isfinite(y)))
    if wrong.size:
        raise AtlasError(
            "Een punt heeft geen coördinaten.",
            where=f"{what}, punt {wrong[0] + 1}",
            got=f"{wrong.size} van de {counted(x.size, 'punt', 'punten')} zonder x of y",
            hint="Laat deze punten weg, of vul hun coördinaten aan.",
        )
    if x.size:
        bounds = (x.min(), y.min(), x.max(), y.max())
        look = appearance(bounds)
        if look != "rd":
            raise AtlasError(
                "De coördinaten zijn geen RD-coördinaten in Nederland.",
                where=what,
                got="x {:.1f} tot {:.1f}, y {:.1f} tot {:.1f}".format(*(bounds[i] for i in (0, 2, 1, 3))),
                expected=f"meters in RD New ({RD})",
                hint=_HINTS.get(look, ""),
            )
    return x, y


def check_shapes(shapes: gpd.GeoSeries, what: str) -> None:
    """Refuse shapes that distances can't be measured to.

    Args:
        shapes: A column of geometries.
        what: What they are, for the sentence: "de kernen".

    Raises:
        AtlasError: there are none, their system is unknown or not RD New, or they do not lie in the
            Netherlands.
    """
    present = ~(shapes.isna() | shapes.is_empty)
    if not present.any():
        raise AtlasError(
            "Er zijn geen vlakken of lijnen om mee te vergelijken.",
            where=what,
            got="een lege laag"
            if not len(shapes)
            else counted(len(shapes), "rij", "rijen") + " zonder geometrie",
        )
    bounds = shapely.total_bounds(shapes[present].to_numpy())
    if shapes.crs is None or not is_rd(shapes.crs) or appearance(bounds) != "rd":
        raise AtlasError(
            "De laag is niet in RD New.",
            where=what,
            got="geen coördinatenstelsel" if shapes.crs is None else shapes.crs.name,
            expected=f"RD New ({RD}), met coördinaten in Nederland",
            hint="Zet de laag eerst om naar RD New.",
        )
