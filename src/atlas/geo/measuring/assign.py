"""In which area a point lies: exactly, for any set of polygons and for millions of points.

The rule, the same for every point:

- an area holds the points inside its parts and the points on their borders, those of holes included;
- a point held by several areas (on a shared border or vertex, or where areas overlap) goes to the first of
  them, the one with the lowest position;
- a point held by none, and a point of which a coordinate is infinite or not a number, gets -1.

The answer is that of `shapely.intersects_xy` on the prepared parts, taken in order, for every point. Nearly
all of it is read off a grid (`atlas.planar.area_grid`), the rest is asked of GEOS. Polygons need not be
valid: where the border of a part crosses itself, what it goes around twice is outside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from ...core.words.errors import AtlasError
from ...planar.area_grid import NONE
from ...planar.area_grid_building import Edges, build_grid, cells_for, edges_of_rings
from ...planar.area_grid_reading import read_off

if TYPE_CHECKING:
    import geopandas
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.number]
    Positions = NDArray[np.intp]

GEOS_CHUNK = 500_000
"""Points at a time that are given to GEOS, which takes about 200 bytes for each."""


class AreaIndex:
    """Areas made ready for many points: for points that come in parts.

    Args:
        areas: Polygons and multipolygons in order of precedence; None and empty ones hold no point. Z and M
            values are not used.
        points: About how many points there will be in all: decides how fine the grid is, never the answer.

    Raises:
        AtlasError: An area is not a polygon, has a coordinate that is infinite or not a number, or a hole
            that reaches beyond it.
    """

    __slots__ = ("_grid", "_parts", "_position")

    def __init__(self, areas: geopandas.GeoSeries, points: int = 1_000_000) -> None:
        self._parts, self._position = shapely.get_parts(_polygons(areas), return_index=True)
        filled = ~shapely.is_empty(self._parts)
        self._parts, self._position = self._parts[filled], self._position[filled]
        edges = edges_of(self._parts, self._position)
        self._grid = build_grid(edges, cells_for(points))

    def assign(self, x: ArrayLike, y: ArrayLike) -> Positions:
        """The position of the area of each point, or -1; see the top of this module for the rule.

        Args:
            x: Shape (n,), numbers of any kind, in the coordinate system of the areas.
            y: Shape (n,).

        Returns:
            Shape (n,).

        Raises:
            AtlasError: x or y is not a row of numbers, or they differ in length.
        """
        x, y = _coordinates(x, y)
        found = np.full(x.size, NONE, dtype=np.intp)
        undecided = np.arange(x.size) if self._grid is None else read_off(self._grid, x, y, found)
        for first in range(0, undecided.size, GEOS_CHUNK):
            part = undecided[first : first + GEOS_CHUNK]
            found[part] = self._ask(_floats(x[part]), _floats(y[part]))
        return found

    def _ask(self, x: Floats, y: Floats) -> Positions:
        """The answers of GEOS."""
        found = np.full(x.size, NONE, dtype=np.intp)
        finite = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        point, part = shapely.STRtree(self._parts).query(shapely.points(x[finite], y[finite]))
        order = np.argsort(part, kind="stable")
        point, part = finite[point[order]], part[order]
        for group in np.split(np.arange(part.size), np.flatnonzero(np.diff(part)) + 1):
            candidates = point[group]
            candidates = candidates[found[candidates] == NONE]
            if candidates.size:
                polygon = self._parts[part[group[0]]]
                shapely.prepare(polygon)
                with np.errstate(over="ignore", invalid="ignore"):  # coordinates above 1e150
                    held = shapely.intersects_xy(polygon, x[candidates], y[candidates])
                found[candidates[held]] = self._position[part[group[0]]]
        return found


def assign_areas(x: ArrayLike, y: ArrayLike, areas: geopandas.GeoSeries) -> Positions:
    """For each point the position in `areas` of the area that holds it, or -1: exact, borders included.

    The rule for borders, overlap and missing coordinates stands at the top of this module.

    Args:
        x: Shape (n,), numbers of any kind, in the coordinate system of the areas.
        y: Shape (n,).
        areas: Polygons and multipolygons in order of precedence; None and empty ones hold no point.

    Returns:
        Shape (n,).

    Raises:
        AtlasError: Something else than rows of numbers or polygons was given.
    """
    x, y = _coordinates(x, y)
    return AreaIndex(areas, points=x.size).assign(x, y)


def edges_of(parts: NDArray[np.object_], position: Positions) -> Edges:
    """All edges of polygons, none of them empty.

    Args:
        parts: Shape (n,), polygons.
        position: Shape (n,), position of the area of each, ascending.
    """
    if parts.size == 0:
        return edges_of_rings(np.empty((0, 2)), np.zeros(1, np.intp), np.zeros(1, np.intp), position)
    _, coordinates, (ring_start, first_ring) = shapely.to_ragged_array(parts, include_z=False)
    return edges_of_rings(coordinates, ring_start, first_ring, position)


def municipality_certain(
    x: ArrayLike, y: ArrayLike, areas: geopandas.GeoSeries, distance_m: float = 500.0
) -> NDArray[np.bool_]:
    """Whether the area of a point can be told from generalised borders, such as a user's own.

    False within `distance_m` (that distance included) of an internal border, and for a point of which a
    coordinate is infinite or not a number. An internal border is where an area touches or overlaps another;
    the outer border and the coast do not count. Areas with a gap between them share no border.

    Args:
        x: Shape (n,), metres in the coordinate system of the areas (EPSG:28992).
        y: Shape (n,).
        areas: Polygons and multipolygons; None and empty ones have no border.
        distance_m: How far a generalised border may lie from the real one, in metres.

    Returns:
        Shape (n,).

    Raises:
        AtlasError: Something else than rows of numbers or polygons was given, the areas are in degrees, an
            area crosses itself, or the distance is below 0.
    """
    x, y = _coordinates(x, y)
    if not 0 <= distance_m < np.inf:
        raise AtlasError(
            "De afstand tot een grens moet nul of meer meter zijn.",
            got=str(distance_m),
            expected="een getal in meters, bijvoorbeeld 500",
        )
    border = _internal_border(areas)
    certain = np.zeros(x.size, dtype=bool)
    for first in range(0, x.size, GEOS_CHUNK):
        x_part, y_part = _floats(x[first : first + GEOS_CHUNK]), _floats(y[first : first + GEOS_CHUNK])
        finite = np.flatnonzero(np.isfinite(x_part) & np.isfinite(y_part))
        near = shapely.dwithin(border, shapely.points(x_part[finite], y_part[finite]), distance_m)
        certain[first + finite] = ~near
    return certain


def _internal_border(areas: geopandas.GeoSeries) -> shapely.Geometry:
    """All points of the border of an area that another area holds too, prepared for many questions."""
    crs = getattr(areas, "crs", None)
    if crs is not None and crs.is_geographic:
        raise AtlasError(
            "De afstand tot een gemeentegrens is niet te meten in graden.",
            got=f"gebieden in {crs.name}",
            expected="gebieden in meters, in RD New (EPSG:28992)",
            hint="Zet de gebieden eerst om naar RD New.",
        )
    geometries = _polygons(areas)
    one, other = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    one, other = one[one != other], other[one != other]
    try:
        border = shapely.union_all(shapely.intersection(shapely.boundary(geometries[one]), geometries[other]))
    except shapely.GEOSException as error:
        wrong = np.flatnonzero(~shapely.is_valid(geometries) & ~shapely.is_missing(geometries))
        raise AtlasError(
            "De grenzen tussen de gebieden zijn niet te bepalen.",
            where=", ".join(f"gebied {position + 1}" for position in wrong),
            got="; ".join(shapely.is_valid_reason(geometries[wrong])),
            expected="vlakken waarvan de rand zichzelf niet kruist",
            hint="Herstel de vlakken, in QGIS met Geometrieën repareren.",
        ) from error
    shapely.prepare(border)
    return border


def _polygons(areas: geopandas.GeoSeries) -> NDArray[np.object_]:
    """The geometries of the areas, each checked to be a polygon with finite coordinates."""
    geometries = np.asarray(areas, dtype=object)
    expected = "een rij vlakken: Polygon of MultiPolygon"
    if geometries.ndim != 1:
        raise AtlasError(
            "De gebieden zijn geen rij vlakken.", got=f"{geometries.ndim} dimensies", expected=expected
        )
    for position, geometry in enumerate(geometries):
        if geometry is not None and not isinstance(geometry, shapely.Polygon | shapely.MultiPolygon):
            raise AtlasError(
                "Een gebied is geen vlak.",
                where=f"gebied {position + 1}",
                got=type(geometry).__name__,
                expected=expected,
            )
    if not np.isfinite(shapely.get_coordinates(geometries)).all():
        coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
        wrong = np.flatnonzero(~np.isfinite(coordinates).all(axis=1))[0]
        raise AtlasError(
            "Een gebied heeft een hoekpunt zonder geldige coördinaten.",
            where=f"gebied {owner[wrong] + 1}",
            got=", ".join(str(value) for value in coordinates[wrong]),
            expected="gewone getallen",
        )
    _check_holes(geometries)
    return geometries


def _check_holes(geometries: NDArray[np.object_]) -> None:
    """A hole that reaches beyond its polygon has no meaning, and GEOS gives it several."""
    parts, position = shapely.get_parts(geometries, return_index=True)
    pierced = shapely.get_num_interior_rings(parts) > 0
    parts, position = parts[pierced], position[pierced]
    rings, owner = shapely.get_rings(parts, return_index=True)
    ring, whole = shapely.bounds(rings), shapely.bounds(parts)[owner]
    outside = np.any(ring[:, :2] < whole[:, :2], axis=1) | np.any(ring[:, 2:] > whole[:, 2:], axis=1)
    if outside.any():
        raise AtlasError(
            "Een gat in een gebied steekt buiten het gebied uit.",
            where=f"gebied {position[owner[outside][0]] + 1}",
            expected="gaten die binnen de buitenrand liggen",
            hint="Herstel de vlakken, in QGIS met Geometrieën repareren.",
        )


def _coordinates(x: ArrayLike, y: ArrayLike) -> tuple[Numbers, Numbers]:
    """Both as arrays of one dimension and equal length, in the kind of number they have."""
    x, y = _numbers(x, "x"), _numbers(y, "y")
    if x.size != y.size:
        raise AtlasError(
            "Er zijn niet evenveel x- als y-coördinaten.",
            got=f"{x.size} keer x en {y.size} keer y",
            expected="van elk punt een x en een y",
        )
    return x, y


def _numbers(values: ArrayLike, name: str) -> Numbers:
    """One coordinate of all points; missing ones (None, NA, masked) become not-a-number."""
    expected = "een rij getallen, één per punt"
    try:
        # Without its mask, a masked array would show the values that it hides.
        array = values.astype(np.float64).filled(np.nan) if np.ma.isMA(values) else np.asarray(values)
        if array.dtype == object and not any(isinstance(value, str | bytes | bool) for value in array.flat):
            array = np.where(pd.isna(array), np.nan, array).astype(np.float64)
    except (TypeError, ValueError) as error:
        raise AtlasError(f"De {name}-coördinaten zijn geen rij getallen.", expected=expected) from error
    if array.ndim != 1:
        got = f"{array.ndim} dimensies" if array.ndim else "één waarde"
        raise AtlasError(f"De {name}-coördinaten zijn geen rij getallen.", got=got, expected=expected)
    if array.dtype.kind not in "iuf":
        raise AtlasError(
            f"De {name}-coördinaten zijn geen getallen.",
            got=f"waarden van het soort {array.dtype.name}",
            expected=expected,
        )
    return array


def _floats(values: Numbers) -> Floats:
    return values.astype(np.float64, copy=False)
