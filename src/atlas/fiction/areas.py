"""Invented areas: population centres, built-up areas, and wijken and buurten with their figures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ..core.areas.crs import RD
from ..geo.measuring.assign import assign_areas
from ..geo.measuring.circle_counts import count_within
from .land import NEIGHBOURHOODS, ranks
from .names import MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .addresses import Residences
    from .land import Land
    from .roadside import Pieces
    from .settlements import Crossroads, Districts, Settlements
    from .streets import Houses

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Shapes = NDArray[np.object_]

FIRST_DISTRICT, LAST_DISTRICT = 70, 96
"""Numbers of wijken in the codes: far above those that CBS uses here; 97 and 98 stand for water."""

MISSING = -99_997
"""What CBS writes for a figure that is secret or not there."""

_CELL_M = 40
_SMALLEST_KERN = 25  # dwellings; CBS, Bevolkingskernen in Nederland
_SMALLEST_PART_M2, _SMALLEST_HOLE_M2 = 15_000, 30_000
_RIBBON_M = 45
_DENSE_RIBBON_PER_KM = 30
_SECRET_BELOW = 10
_PEOPLE_IN_DWELLING = 2.14
_NEIGHBOURHOODS_IN_DISTRICT = 14


def outline_kernen(houses: Houses, settlement: Integers, residences: Residences) -> gpd.GeoDataFrame:
    """The outline of each settlement with 25 addresses or more: naam, adressen and geometry (MultiPolygon).

    Args:
        houses: In settlements only.
        settlement: Shape (n,), of each house.
        residences: For the names.
    """
    column, row = np.floor(houses.x / _CELL_M).astype(np.int64), np.floor(houses.y / _CELL_M).astype(np.int64)
    cells = np.unique(np.stack([settlement, column, row]), axis=1)
    boxes = shapely.box(
        cells[1] * _CELL_M, cells[2] * _CELL_M, (cells[1] + 1) * _CELL_M, (cells[2] + 1) * _CELL_M
    )
    begin = np.searchsorted(cells[0], np.arange(len(residences.names) + 1))
    merged = np.array([shapely.coverage_union_all(boxes[one:other]) for one, other in pairwise(begin)])
    grown = shapely.buffer(shapely.buffer(merged, 65, quad_segs=2), -45, quad_segs=2)
    shapes = np.array([_tidied(shape) for shape in shapely.simplify(grown, 9)], dtype=object)
    addresses = np.bincount(settlement, weights=houses.units, minlength=shapes.size).astype(np.int64)
    kept = (addresses >= _SMALLEST_KERN) & ~shapely.is_empty(shapes)
    names = np.array(residences.names, dtype=object)
    return gpd.GeoDataFrame(
        {"bk_naam": names[kept], "adressen": addresses[kept]},
        geometry=_whole(shapes[kept]),
        crs=RD,
    )


def outline_built_up(
    kernen: gpd.GeoDataFrame, pieces: Pieces, ribbons: Houses, names: tuple[str, ...]
) -> gpd.GeoDataFrame:
    """What TOP10NL calls plaats_vlak: kernen and dense ribbons are bebouwde kom, other ribbons are not.

    Args:
        kernen: The outlines of the settlements.
        pieces: The roads in each municipality.
        ribbons: The houses along them.
        names: Of the streets that are pieces.
    """
    own, house, number = np.unique(ribbons.street, return_inverse=True, return_counts=True)
    first, last = np.ones(own.size), np.zeros(own.size)
    np.minimum.at(first, house, ribbons.order)
    np.maximum.at(last, house, ribbons.order)
    part = np.linspace(0.0, 1.0, 9)
    at = first[:, None] + (last - first)[:, None] * part
    place, _ = pieces.roads.along(np.repeat(pieces.road[own], part.size), at.ravel())
    lines = shapely.linestrings(place.reshape(own.size, part.size, 2))
    shapes = _whole(shapely.buffer(lines, _RIBBON_M, quad_segs=3))
    dense = number / np.maximum(shapely.length(lines) / 1000, 0.1) >= _DENSE_RIBBON_PER_KM
    return gpd.GeoDataFrame(
        {
            "typegebied": ["woonkern"] * len(kernen) + ["buurtschap"] * own.size,
            "bebouwdekom": ["ja"] * len(kernen) + ["ja" if each else "nee" for each in dense],
            "naamnl": [*kernen["bk_naam"], *(f"{names[street]} {MARK}" for street in own)],
        },
        geometry=np.concatenate([np.asarray(kernen.geometry), shapes]),
        crs=RD,
    )


def divide(
    land: Land,
    settlements: Settlements,
    districts: Districts,
    crossroads: Crossroads,
    residences: Residences,
    *,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Every municipality divided in wijken and buurten: the ground nearest to a district or a crossroads.

    Returns:
        buurtcode, buurtnaam, wijkcode, gemeentecode, gemeentenaam and geometry (MultiPolygon, EPSG:28992).
    """
    seeds = np.vstack([np.column_stack([districts.x, districts.y]), crossroads.places])
    municipality = np.concatenate(
        [settlements.municipality[districts.settlement], land.municipality(*crossroads.places.T)]
    )
    rural = np.arange(seeds.shape[0]) >= districts.x.size
    room = max(round(NEIGHBOURHOODS * land.scale) - districts.x.size, 22)
    dropped = np.flatnonzero(rural)[rng.permutation(int(rural.sum()))][room:]
    kept = np.setdiff1d(np.arange(seeds.shape[0]), dropped)
    order = kept[np.argsort(municipality[kept], kind="stable")]
    seeds, municipality, rural = seeds[order], municipality[order], rural[order]
    nearest = _nearest_settlement(seeds, municipality, settlements)
    wijk = _wijken(seeds, municipality, settlements)
    shapes = _cells(land, seeds, municipality)
    group = municipality * 1000 + wijk
    code = land.areas["code"].to_numpy()[municipality]
    numbers = [f"{gm[2:]}{FIRST_DISTRICT + number:02d}" for gm, number in zip(code, wijk, strict=True)]
    order_in = ranks(np.unique(group, return_inverse=True)[1])
    frame = gpd.GeoDataFrame(
        {
            "buurtcode": [f"BU{text}{number:02d}" for text, number in zip(numbers, order_in, strict=True)],
            "buurtnaam": _names(residences, nearest, rural),
            "wijkcode": [f"WK{text}" for text in numbers],
            "gemeentecode": code,
            "gemeentenaam": land.areas["naam"].to_numpy()[municipality],
        },
        geometry=shapes,
        crs=RD,
    )
    return frame[~frame.geometry.is_empty].sort_values("buurtcode", ignore_index=True)


def count_neighbourhoods(frame: gpd.GeoDataFrame, x: Floats, y: Floats, dwelling: Mask) -> gpd.GeoDataFrame:
    """The figures of CBS for each buurt, computed from the addresses.

    Args:
        frame: What `divide` returns.
        x: Shape (n,), of the addresses that are there, EPSG:28992.
        y: The same.
        dwelling: Which of them are dwellings.

    Returns:
        The frame with water, omgevingsadressendichtheid (mean over the addresses of the number within 1 km,
        per km²), stedelijkheid_adressen_per_km2, aantal_inwoners, aantal_huishoudens and areas in hectares; a
        buurt with fewer than ten inhabitants has -99997.
    """
    place = assign_areas(x, y, frame.geometry)
    inside = place >= 0
    density = count_within(x, y, x, y, 1000.0) / np.pi
    number = np.bincount(place[inside], minlength=len(frame))
    total = np.bincount(place[inside], weights=density[inside], minlength=len(frame))
    mean = np.round(total / np.maximum(number, 1)).astype(np.int64)
    homes = np.bincount(place[inside & dwelling], minlength=len(frame))
    people = np.round(homes * _PEOPLE_IN_DWELLING / 5).astype(np.int64) * 5
    secret = people < _SECRET_BELOW
    hectares = np.round(frame.geometry.area.to_numpy() / 10_000).astype(np.int64)
    classes = 1 + np.searchsorted([-2500, -1500, -1000, -500], -mean, side="left")
    figures: dict[str, object] = {
        "water": "NEE",
        "omgevingsadressendichtheid": np.where(number > 0, mean, MISSING),
        "stedelijkheid_adressen_per_km2": np.where(number > 0, classes, MISSING),
        "aantal_inwoners": np.where(secret, MISSING, people),
        "aantal_huishoudens": np.where(secret, MISSING, np.round(homes / 5).astype(np.int64) * 5),
        "oppervlakte_totaal_in_ha": hectares,
        "oppervlakte_land_in_ha": hectares,
    }
    return frame.assign(**figures)


def _whole(shapes: Shapes) -> Shapes:
    """Each as a MultiPolygon in centimetres."""
    parts, owner = shapely.get_parts(shapely.set_precision(shapes, 0.01), return_index=True)
    return shapely.multipolygons(parts, indices=owner, out=np.full(shapes.size, shapely.MultiPolygon()))


def _tidied(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Without small parts and small holes."""
    parts = [part for part in shapely.get_parts(shape) if part.area >= _SMALLEST_PART_M2]
    filled = [
        shapely.Polygon(
            part.exterior,
            [hole for hole in part.interiors if shapely.Polygon(hole).area >= _SMALLEST_HOLE_M2],
        )
        for part in parts
    ]
    return shapely.MultiPolygon(filled)


def _nearest_settlement(seeds: Floats, municipality: Integers, settlements: Settlements) -> Integers:
    nearest = np.zeros(municipality.size, dtype=np.int64)
    for position in np.unique(municipality):
        here, own = (
            np.flatnonzero(municipality == position),
            np.flatnonzero(settlements.municipality == position),
        )
        away = np.hypot(seeds[here, 0, None] - settlements.x[own], seeds[here, 1, None] - settlements.y[own])
        nearest[here] = own[np.argmin(away, axis=1)]
    return nearest


def _wijken(seeds: Floats, municipality: Integers, settlements: Settlements) -> Integers:
    """The number of the wijk of each buurt: those around the largest settlements; of a town, slices of it."""
    wijk = np.zeros(municipality.size, dtype=np.int64)
    for position in np.unique(municipality):
        here = np.flatnonzero(municipality == position)
        own = np.flatnonzero(settlements.municipality == position)
        most = int(
            np.clip(round(here.size / _NEIGHBOURHOODS_IN_DISTRICT), 1, LAST_DISTRICT - FIRST_DISTRICT + 1)
        )
        centres = np.column_stack([settlements.x[own], settlements.y[own]])[:most]
        if most > own.size:  # mostly town: more centres, around it
            angle = np.arange(most - own.size) * 2 * np.pi / (most - own.size)
            around = settlements.radius_m[own[0]] * 0.65 * np.column_stack([np.cos(angle), np.sin(angle)])
            centres = np.vstack([centres, centres[0] + around])
        away = np.hypot(seeds[here, 0, None] - centres[:, 0], seeds[here, 1, None] - centres[:, 1])
        wijk[here] = np.unique(np.argmin(away, axis=1), return_inverse=True)[1]
    return wijk


def _cells(land: Land, seeds: Floats, municipality: Integers) -> Shapes:
    """The part of its municipality that is nearer to a seed than to any other of it."""
    shapes = np.empty(municipality.size, dtype=object)
    for position in np.unique(municipality):
        here, whole = np.flatnonzero(municipality == position), land.areas.geometry.iloc[position]
        if here.size == 1:
            shapes[here[0]] = whole
            continue
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds[here]), extend_to=whole))
        tree = shapely.STRtree(cells)
        seed, cell = tree.query(shapely.points(seeds[here]), predicate="within")
        shapes[here[seed]] = shapely.intersection(cells[cell], whole, grid_size=0.01)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return shapely.multipolygons(
        parts[polygons], indices=owner[polygons], out=np.full(shapes.size, shapely.MultiPolygon())
    )


def _names(residences: Residences, nearest: Integers, rural: Mask) -> list[str]:
    """Names as CBS gives them, with the mark: the place with a number, or the scattered houses around it."""
    number = ranks(nearest * 2 + rural)
    names = []
    for place, outside, order in zip(nearest, rural, number, strict=True):
        base = residences.names[place]
        text = f"Verspreide huizen {base}" if outside else base
        names.append(text if order == 0 else f"{text} {order + 1}")
    return names
