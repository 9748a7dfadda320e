"""What a count per area is divided by: addresses and km² of municipalities, neighbourhoods and squares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.counts.tallies import AreaTotals, check_basis, check_land, total
from ...core.words.errors import AtlasError
from ..reading.rd_input import check_shapes, rd_points
from .area_codes import NEIGHBOURHOOD_LEVELS, SQUARE_M, square_codes
from .assign import assign_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike

#: a level of squares, beside those of the atlas and of the neighbourhood map
SQUARE_LEVEL = "vierkant_500m"


def municipal_totals(
    boundaries: gpd.GeoDataFrame, addresses_x: ArrayLike, addresses_y: ArrayLike, *, basis: str = "totaal"
) -> AreaTotals:
    """Addresses and area of each municipality.

    Args:
        boundaries: As `boundaries.load_boundaries` gives them: code, oppervlakte_km2, oppervlakte_land_km2
            and geometry in EPSG:28992.
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        basis: One of `AREA_BASES`.

    Raises:
        AtlasError: bad coordinates or shapes, an unknown basis, or "land" where a land area is not known.
    """
    column = {"totaal": "oppervlakte_km2", "land": "oppervlakte_land_km2"}[check_basis(basis)]
    codes = tuple(boundaries["code"])
    area_km2 = _known(boundaries[column])
    check_land("gemeente", basis, codes, area_km2)
    addresses, outside = _addresses_per_area(boundaries.geometry, addresses_x, addresses_y)
    return AreaTotals("gemeente", codes, addresses, area_km2, basis, outside)


def neighbourhood_totals(
    neighbourhoods: gpd.GeoDataFrame,
    addresses_x: ArrayLike,
    addresses_y: ArrayLike,
    *,
    level: str = "buurt",
    basis: str = "totaal",
) -> AreaTotals:
    """The same for neighbourhoods of CBS (buurt), or for the districts they make up (wijk).

    Args:
        neighbourhoods: code, wijk_code, land_km2 and geometry in EPSG:28992.
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        level: "buurt" or "wijk".
        basis: One of `AREA_BASES`.

    Raises:
        AtlasError: see `municipal_totals`; also an unknown level.
    """
    if level not in NEIGHBOURHOOD_LEVELS:
        raise AtlasError("Dit niveau bestaat niet.", got=level, expected=", ".join(NEIGHBOURHOOD_LEVELS))
    area_km2 = _known(
        neighbourhoods.geometry.area / 1e6 if check_basis(basis) == "totaal" else neighbourhoods["land_km2"]
    )
    check_land(level, basis, list(neighbourhoods["code"]), area_km2)
    addresses, outside = _addresses_per_area(neighbourhoods.geometry, addresses_x, addresses_y)
    rows: dict[str, list[int]] = {}
    for row, code in enumerate(neighbourhoods[NEIGHBOURHOOD_LEVELS[level]]):
        rows.setdefault(code, []).append(row)
    codes = tuple(sorted(rows))
    return AreaTotals(
        level,
        codes,
        tuple(sum(addresses[row] for row in rows[code]) for code in codes),
        tuple(total(area_km2[row] for row in rows[code]) for code in codes),
        basis,
        outside,
    )


def square_totals(
    addresses_x: ArrayLike, addresses_y: ArrayLike, record_codes: Sequence[str] = ()
) -> AreaTotals:
    """The same for the 500 m squares that hold an address, or one of the records.

    Args:
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        record_codes: Squares of records as `square_codes` gives them; "" is left out.

    Raises:
        AtlasError: bad coordinates.
    """
    number = pd.Series(square_codes(addresses_x, addresses_y), dtype=object).value_counts()
    codes = sorted({*number.index, *record_codes} - {""})
    addresses = tuple(number.reindex(codes, fill_value=0).tolist())
    area_km2 = (SQUARE_M**2 / 1e6,) * len(codes)
    return AreaTotals(SQUARE_LEVEL, tuple(codes), addresses, area_km2, "totaal", int(number.get("", 0)))


def _addresses_per_area(shapes: gpd.GeoSeries, x: ArrayLike, y: ArrayLike) -> tuple[tuple[int, ...], int]:
    """The number of addresses in each area, and how many lie in none."""
    check_shapes(shapes, "de gebieden")
    positions = assign_areas(*rd_points(x, y, "de adressen"), shapes)
    inside = positions[positions >= 0]
    number = np.bincount(inside, minlength=len(shapes))
    return tuple(number.tolist()), int(positions.size - inside.size)


def _known(area_km2: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(area) else area for area in area_km2.astype("float64").tolist())
