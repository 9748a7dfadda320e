"""Which points lie in the countryside (buitengebied), by a definition that is kept with the answer.

There is no single definition, so there are three, and none is the default: outside the built-up area of
TOP10NL, outside the population centres of CBS, or where few addresses stand around. The traffic-law built-up
area and the one of a zoning plan are still others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ...core.counts.rural_methods import DENSITY_RADIUS_M, CountrysideMethod
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from ..reading.rd_input import check_shapes, rd_points
from .assign import assign_areas
from .circle_counts import count_within

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def density_at(
    x: ArrayLike,
    y: ArrayLike,
    addresses_x: ArrayLike,
    addresses_y: ArrayLike,
    radius_m: float = DENSITY_RADIUS_M,
) -> Floats:
    """Addresses per km² in a circle around each point, which need not be an address itself (a yard).

    The number of addresses at `radius_m` or less, divided by the area of the circle.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).
        addresses_x: Shape (m,), every address in use, also those just outside the area of interest.
        addresses_y: Shape (m,).
        radius_m: Radius of the circle in metres.

    Returns:
        Shape (n,), addresses per km².

    Raises:
        AtlasError: coordinates that are not RD New, or a radius that is not above zero.
    """
    counts = count_within(x, y, addresses_x, addresses_y, radius_m)
    return counts / (math.pi * (radius_m / 1000) ** 2)


def address_density(x: ArrayLike, y: ArrayLike, radius_m: float = DENSITY_RADIUS_M) -> Floats:
    """The surrounding address density (omgevingsadressendichtheid, OAD) of each address, per km².

    CBS, begrip "Omgevingsadressendichtheid van een adres": the number of addresses within a circle with a
    radius of one kilometre around that address, divided by the area of the circle. The address itself is one
    of them. Addresses beyond the edge of the data are missed: give those of a kilometre around it too.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).
        radius_m: CBS takes 1000.

    Returns:
        Shape (n,), addresses per km².

    Raises:
        AtlasError: see `density_at`.
    """
    return density_at(x, y, x, y, radius_m)


def area_density(densities: ArrayLike, positions: ArrayLike, areas: int) -> Floats:
    """The OAD of areas: the mean of the densities of the addresses in each (CBS, begrip "Stedelijkheid").

    Args:
        densities: Shape (n,), of every address, per km².
        positions: Shape (n,), the area of every address as `assign_areas` gives it; -1 for none.
        areas: How many areas there are.

    Returns:
        Shape (areas,), addresses per km²; NaN for an area without addresses.
    """
    densities, positions = np.asarray(densities, dtype=np.float64), np.asarray(positions)
    inside = positions >= 0
    number = np.bincount(positions[inside], minlength=areas)
    total = np.bincount(positions[inside], weights=densities[inside], minlength=areas)
    return np.divide(total, number, out=np.full(areas, np.nan), where=number > 0)


def neighbourhood_density(x: ArrayLike, y: ArrayLike, neighbourhoods: gpd.GeoDataFrame) -> Floats:
    """The OAD that CBS publishes for the neighbourhood (buurt) of each point.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).
        neighbourhoods: With the column `oad` (addresses per km², NaN when CBS gives none) and polygons in
            EPSG:28992.

    Returns:
        Shape (n,); NaN for a point in no neighbourhood, or in one without a figure.

    Raises:
        AtlasError: bad coordinates, or polygons that are missing or in another system.
    """
    x, y = rd_points(x, y, "de punten")
    check_shapes(neighbourhoods.geometry, "de buurten")
    positions = assign_areas(x, y, neighbourhoods.geometry)
    oad = neighbourhoods["oad"].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(positions >= 0, oad[positions], np.nan)


def countryside(
    x: ArrayLike,
    y: ArrayLike,
    method: CountrysideMethod,
    *,
    polygons: gpd.GeoSeries | None = None,
    densities: ArrayLike | None = None,
) -> NDArray[np.bool_]:
    """Whether each point lies in the countryside, by one definition.

    A point on the edge of a built-up polygon is not in the countryside (`geo.measuring.assign`: an area holds
    its
    border); a density equal to the threshold is not either.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992).
        y: Shape (n,).
        method: The definition.
        polygons: For "kom" and "kern", the built-up areas in EPSG:28992; they may overlap.
        densities: For "oad", shape (n,), addresses per km² at each point: `address_density`, `density_at` or
            `neighbourhood_density`, as the method says.

    Returns:
        Shape (n,).

    Raises:
        AtlasError: bad coordinates; no polygons or in another system; not one density for each point, or one
            that is not known.
    """
    inside, known = _decide(x, y, method, polygons, densities)
    if not known.all():
        raise AtlasError(
            "Niet van elk punt is de adressendichtheid bekend.",
            where=f"punt {np.flatnonzero(~known)[0] + 1}",
            got=f"{np.count_nonzero(~known)} van de {counted(known.size, 'punt', 'punten')} zonder dichtheid",
            hint="Het CBS geeft niet van elke buurt een cijfer. Reken de dichtheid uit de adressen zelf.",
        )
    return inside


def countryside_codes(
    x: ArrayLike,
    y: ArrayLike,
    method: CountrysideMethod,
    *,
    polygons: gpd.GeoSeries | None = None,
    densities: ArrayLike | None = None,
) -> NDArray[np.str_]:
    """The same as `countryside`, as the codes of the field `buitengebied`: ja, nee, or onbekend.

    "onbekend" is for a point whose density is not known.

    Raises:
        AtlasError: see `countryside`, except that a density may be unknown.
    """
    inside, known = _decide(x, y, method, polygons, densities)
    return np.where(known, np.where(inside, "ja", "nee"), "onbekend")


def _decide(
    x: ArrayLike,
    y: ArrayLike,
    method: CountrysideMethod,
    polygons: gpd.GeoSeries | None,
    densities: ArrayLike | None,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each point lies in the countryside, and whether that is known."""
    x, y = rd_points(x, y, "de punten")
    if method.kind != "oad":
        if polygons is None:
            raise AtlasError(
                "Zonder de vlakken van de bebouwde kom of de kernen is het buitengebied niet te bepalen.",
                where=method.text,
            )
        check_shapes(polygons, "de bebouwde kom of de kernen")
        return assign_areas(x, y, polygons) < 0, np.ones(x.size, dtype=bool)
    if densities is None or np.shape(densities) != x.shape:
        raise AtlasError(
            "Bij elk punt hoort een adressendichtheid.",
            where=method.text,
            got="geen"
            if densities is None
            else f"{counted(np.size(densities), 'dichtheid', 'dichtheden')} bij "
            f"{counted(x.size, 'punt', 'punten')}",
        )
    density = np.asarray(densities, dtype=np.float64)
    return density < float(method.parameters["drempel_per_km2"]), ~np.isnan(density)
