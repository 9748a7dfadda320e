"""How remote a yard lies: dwellings around it, distance to a dwelling, a village edge and a through road.

There is no official definition of a remote farm. These are measures, each with its parameters, and a place in
the order of the municipality and the region; no line is drawn between remote and not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from ...core.counts.rural_methods import CIRCLES_M, RemotenessMethod, region_codes
from ...core.words.errors import AtlasError
from ...planar import ranking
from ..reading.rd_input import check_shapes, rd_points
from .circle_counts import count_within

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


def remoteness(
    yards: pd.DataFrame,
    dwellings: pd.DataFrame,
    method: RemotenessMethod,
    *,
    unclear: pd.DataFrame | None = None,
    kernen: gpd.GeoSeries | None = None,
    roads: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """The measures of remoteness of each yard.

    A dwelling is the yard's own, and counts in none of the measures, when it has the yard's `adres_id`; for a
    yard whose `adres_id` is empty or is no dwelling's, when it lies at `method.own_yard_m` or less. Every
    distance is in a straight line, and a distance that is named counts as within.

    Args:
        yards: `x`, `y` in metres (EPSG:28992); `adres_id` and `gemeente_code` (text, "" when unknown) where
            they exist.
        dwellings: `x`, `y` of the addresses with a dwelling (`is_woning`), and `adres_id`. Give those of a
            few kilometres around the area too.
        method: Reference date and parameters.
        unclear: `x`, `y` and `adres_id` of addresses of which it is not known whether they are dwellings. A
            count with one of them in its circle, and a distance beyond one, are not known and stay empty.
        kernen: Built-up areas or population centres in EPSG:28992; None leaves their column empty.
        roads: Lines in EPSG:28992 with the column `doorgaand`; only those that are count. None likewise.

    Returns:
        One row for each yard, with its index: `woningen_250m` and `woningen_500m` (other dwellings),
        `afstand_woning_m` (nearest other dwelling), `afstand_kern_m` (edge of the nearest kern, 0 inside),
        `afstand_weg_m` (nearest through road), `percentiel_gemeente` and `percentiel_regio` (see
        `percentile_within`), `methode` (text). A distance is NaN when there is nothing to measure to.

    Raises:
        AtlasError: bad coordinates, shapes in another system, or no through road among the roads.
    """
    x, y = rd_points(yards["x"], yards["y"], "de erven")
    homes_x, homes_y = rd_points(dwellings["x"], dwellings["y"], "de woningen")
    places, homes = np.column_stack((x, y)), np.column_stack((homes_x, homes_y))
    own = _own_dwellings(yards, dwellings, places, homes, method.own_yard_m)
    columns: dict[str, object] = {}
    doubt = (
        np.full(len(places), np.inf) if unclear is None else _nearest_unclear(yards, places, unclear, method)
    )
    for radius in CIRCLES_M:
        counts = count_within(x, y, homes_x, homes_y, radius) - _count_own(own, places, homes, radius)
        columns[f"woningen_{radius}m"] = _unless(counts, doubt <= radius)
    nearest = _nearest_other(own, places, homes)
    nearest[np.nan_to_num(nearest, nan=np.inf) > doubt] = np.nan
    columns["afstand_woning_m"] = nearest
    columns["afstand_kern_m"] = _distance(places, kernen, "de kernen")
    columns["afstand_weg_m"] = _distance(places, None if roads is None else _through(roads), "de wegen")
    municipality = yards["gemeente_code"] if "gemeente_code" in yards else pd.Series("", index=yards.index)
    columns["percentiel_gemeente"] = percentile_within(nearest, municipality)
    columns["percentiel_regio"] = percentile_within(nearest, municipality.map(region_codes()))
    columns["methode"] = method.text
    return pd.DataFrame(columns, index=yards.index)


def percentile_within(distances: Floats, groups: pd.Series) -> Floats:
    """Of the other yards in its group, the percentage that lies less remote than each yard.

    Less remote is strictly nearer: yards at the same distance get the same percentage and do not count for
    each other. 0 is the least remote, 100 more remote than all others.

    Args:
        distances: Shape (n,), metres; NaN for a yard without a distance, which takes no part.
        groups: Shape (n,), the area of each yard; "" or missing for none.

    Returns:
        Shape (n,), 0 to 100; NaN without a distance or a group, and for a yard that is alone in its group.
    """
    codes, _names = pd.factorize(groups.where(groups != ""))
    return ranking.percentile_within(np.asarray(distances, dtype=np.float64), codes)


def _own_dwellings(
    yards: pd.DataFrame, dwellings: pd.DataFrame, places: Floats, homes: Floats, own_yard_m: float
) -> tuple[Integers, Integers]:
    """The pairs (yard, own dwelling) as positions."""
    by_address = _same_address(yards, dwellings)
    without = np.setdiff1d(np.arange(len(places)), by_address[0])
    if not without.size or not len(homes):
        return by_address
    # a hair wider than asked: the exact test comes after
    found = cKDTree(homes).query_ball_point(places[without], own_yard_m + 0.001)
    yard = np.repeat(without, [len(near) for near in found])
    home = np.fromiter((position for near in found for position in near), dtype=np.int64, count=yard.size)
    near = _squared(places[yard], homes[home]) <= own_yard_m**2
    return np.concatenate((by_address[0], yard[near])), np.concatenate((by_address[1], home[near]))


def _nearest_unclear(
    yards: pd.DataFrame, places: Floats, unclear: pd.DataFrame, method: RemotenessMethod
) -> Floats:
    """The distance to the nearest address that may be a dwelling of others; infinite when there is none."""
    if unclear.empty:
        return np.full(len(places), np.inf)
    x, y = rd_points(unclear["x"], unclear["y"], "de adressen zonder gebruiksdoel")
    there = np.column_stack((x, y))
    return np.nan_to_num(
        _nearest_other(_own_dwellings(yards, unclear, places, there, method.own_yard_m), places, there),
        nan=np.inf,
    )


def _unless(counts: Integers, unknown: NDArray[np.bool_]) -> Integers | pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(counts.astype(np.int64), unknown) if unknown.any() else counts


def _same_address(yards: pd.DataFrame, dwellings: pd.DataFrame) -> tuple[Integers, Integers]:
    none = np.empty(0, dtype=np.int64)
    if "adres_id" not in yards or "adres_id" not in dwellings:
        return none, none
    wanted = yards["adres_id"].to_numpy()
    candidates = np.flatnonzero(dwellings["adres_id"].isin(wanted[wanted != ""]))
    left = pd.DataFrame({"id": wanted, "yard": np.arange(len(wanted))})
    right = pd.DataFrame({"id": dwellings["adres_id"].to_numpy()[candidates], "home": candidates})
    pairs = left.merge(right, on="id")
    return pairs["yard"].to_numpy(dtype=np.int64), pairs["home"].to_numpy(dtype=np.int64)


def _count_own(own: tuple[Integers, Integers], places: Floats, homes: Floats, radius: float) -> Integers:
    within = _squared(places[own[0]], homes[own[1]]) <= radius**2
    return np.bincount(own[0][within], minlength=len(places))


def _nearest_other(own: tuple[Integers, Integers], places: Floats, homes: Floats) -> Floats:
    """The distance to the nearest dwelling that is not the yard's own; NaN when there is none."""
    distance = np.full(len(places), np.nan)
    if not len(homes):
        return distance
    tree = cKDTree(homes)
    own_keys = own[0] * len(homes) + own[1]
    waiting, k = np.arange(len(places)), 2
    while waiting.size:
        k = min(k, len(homes))
        away, home = tree.query(places[waiting], k=list(range(1, k + 1)))
        is_own = np.isin(waiting[:, np.newaxis] * len(homes) + home, own_keys)
        other = np.where(is_own, np.inf, away).min(axis=1)
        distance[waiting] = np.where(np.isfinite(other), other, np.nan)
        waiting = waiting[np.isinf(other)] if k < len(homes) else waiting[:0]
        k *= 4
    return distance


def _through(roads: gpd.GeoDataFrame) -> gpd.GeoSeries:
    through = roads.geometry[roads["doorgaand"].to_numpy(dtype=bool)]
    if through.empty:
        raise AtlasError(
            "Geen van de wegen is een doorgaande weg.",
            where="de wegen",
            got=f"{len(roads)} wegvakken, alle met doorgaand = nee",
            hint="Controleer of het bestand met wegen volledig is.",
        )
    return through


def _distance(places: Floats, shapes: gpd.GeoSeries | None, what: str) -> Floats:
    """The distance to the nearest shape, 0 inside it; NaN without shapes."""
    distance = np.full(len(places), np.nan)
    if shapes is None:
        return distance
    check_shapes(shapes, what)
    tree = shapely.STRtree(shapes.to_numpy())
    pairs, away = tree.query_nearest(shapely.points(places), return_distance=True, all_matches=False)
    distance[pairs[0]] = away
    return distance


def _squared(one: Floats, other: Floats) -> Floats:
    difference = one - other
    return (difference**2).sum(axis=1)
