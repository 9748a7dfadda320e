"""Where invented villages and towns lie, how large they are, and the nodes of the roads between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .land import TOWN, VILLAGE, apportion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

CANDIDATES = 700
"""Places that are tried for the settlements of one municipality."""

CITY = 20_000
"""Addresses from which a town is built densely, with storeys."""

DISTRICT = 700
"""Addresses in a district of a town: one pattern of streets, one neighbourhood."""

NODE_DISTANCE_M = 1_450
"""Between crossroads in the countryside, at scale 1."""

_VILLAGE_SPREAD = 0.75  # sigma of the logarithm of their sizes: many small ones, a few large
_SMALLEST_VILLAGE = 12
_APART_M = 650
_GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


@dataclass(frozen=True, slots=True)
class Fabric:
    """How an area is built.

    Args:
        house_m: Width of a plot along the street.
        street_m: Between two parallel streets.
        open_part: Part of the blocks that is park, water or school.
        flats: Part of the plots with a block of flats.
    """

    house_m: float
    street_m: float
    open_part: float
    flats: float

    @property
    def area_m2(self) -> float:
        """Ground for one address, all in."""
        return self.house_m * self.street_m / 2 / (1 - self.open_part) / (1 + self.flats * (FLAT_UNITS - 1))


FLAT_UNITS = 9
"""Mean number of addresses in a block of flats."""

VILLAGE_FABRIC = Fabric(18, 68, 0.08, 0.0)
TOWN_FABRIC = Fabric(12, 66, 0.20, 0.03)
CITY_FABRIC = Fabric(9, 64, 0.22, 0.10)


@dataclass(frozen=True, slots=True)
class Settlements:
    """Villages and towns, arrays of one length.

    Args:
        municipality: Position in the land.
        x: Centre, EPSG:28992.
        y: Centre.
        size: Addresses.
        radius_m: Of the circle with the ground they need.
        is_town: Whether it is the town of its municipality.
        fabric: Position in `FABRICS`.
    """

    municipality: Integers
    x: Floats
    y: Floats
    size: Integers
    radius_m: Floats
    is_town: NDArray[np.bool_]
    fabric: Integers


FABRICS = (VILLAGE_FABRIC, TOWN_FABRIC, CITY_FABRIC)


@dataclass(frozen=True, slots=True)
class Districts:
    """The parts of settlements with a pattern of streets of their own; a village is one.

    Arrays of one length; x and y are the centre in EPSG:28992.
    """

    settlement: Integers
    x: Floats
    y: Floats


def place_settlements(land: Land, rng: np.random.Generator) -> Settlements:
    """Villages and towns that keep apart from each other and from the border, as far as there is room."""
    parts = []
    taken = np.empty((0, 3))
    for position in range(len(land.profiles)):
        sizes, is_town = _sizes(land, position, rng)
        fabric = np.where(is_town, np.where(sizes > CITY * min(land.scale, 1.0), 2, 1), 0)
        ground = np.array([FABRICS[kind].area_m2 for kind in fabric])
        radius = np.sqrt(sizes * ground / np.pi)
        centres = _centres(_mainland(land, position), radius, is_town, taken, rng)
        taken = np.vstack([taken, np.column_stack([centres, radius])])
        parts.append((np.full(sizes.size, position), *centres.T, sizes, radius, is_town, fabric))
    return Settlements(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _sizes(land: Land, position: int, rng: np.random.Generator) -> tuple[Integers, NDArray[np.bool_]]:
    """Sizes of the settlements of a municipality, from large to small, and which is the town."""
    town, village = int(land.counts[position, TOWN]), int(land.counts[position, VILLAGE])
    number = int(land.villages[position])
    weights = np.sort(rng.lognormal(0.0, _VILLAGE_SPREAD, number))[::-1]
    least = min(_SMALLEST_VILLAGE, village // number)
    villages = apportion(village - least * number, weights) + least
    sizes = np.concatenate([[town], villages]) if town else villages
    is_town = np.zeros(sizes.size, dtype=bool)
    is_town[0] = town > 0
    return sizes, is_town


def _centres(
    shape: shapely.Polygon,
    radius: Floats,
    is_town: NDArray[np.bool_],
    taken: Floats,
    rng: np.random.Generator,
) -> Floats:
    """A centre for each settlement, large ones first; `taken` has x, y and radius of those that are there."""
    west, south, east, north = shape.bounds
    tried = rng.uniform((west, south), (east, north), (CANDIDATES * 3, 2))
    tried = tried[shapely.contains_xy(shape, tried[:, 0], tried[:, 1])][:CANDIDATES]
    to_border = shapely.distance(shape.exterior, shapely.points(tried))
    to_others = np.full(tried.shape[0], np.inf)
    for x, y, other in taken:
        np.minimum(to_others, np.hypot(tried[:, 0] - x, tried[:, 1] - y) - other, out=to_others)
    centres = np.empty((radius.size, 2))
    for position, own in enumerate(radius):
        room = np.minimum(to_others - own - _APART_M, (to_border - 0.85 * own) * 2)
        if is_town[position]:
            few = rng.integers(0, tried.shape[0], 40)
            chosen = few[np.argmax(np.minimum(room[few], to_border[few]))]
        else:
            fits = np.flatnonzero(room > 0)
            chosen = fits[rng.integers(fits.size)] if fits.size else np.argmax(room)
        centres[position] = tried[chosen]
        gone = np.hypot(tried[:, 0] - tried[chosen, 0], tried[:, 1] - tried[chosen, 1]) - own
        np.minimum(to_others, gone, out=to_others)
    return centres


def place_districts(settlements: Settlements, rng: np.random.Generator) -> Districts:
    """Centres of the districts: of a village its own centre, of a town a spiral of even density around it."""
    many = np.where(settlements.is_town, np.maximum(np.round(settlements.size / DISTRICT), 1), 1).astype(
        np.int64
    )
    settlement = np.repeat(np.arange(many.size), many)
    number = np.arange(settlement.size) - np.repeat(np.cumsum(many) - many, many)
    away = settlements.radius_m[settlement] * np.sqrt(number / many[settlement])
    angle = number * _GOLDEN_ANGLE + rng.uniform(0, 2 * np.pi, many.size)[settlement]
    spread = np.where(number > 0, 0.18 * settlements.radius_m[settlement] / np.sqrt(many[settlement]), 0.0)
    shift = rng.normal(0.0, 1.0, (2, settlement.size)) * spread
    return Districts(
        settlement,
        settlements.x[settlement] + away * np.cos(angle) + shift[0],
        settlements.y[settlement] + away * np.sin(angle) + shift[1],
    )


@dataclass(frozen=True, slots=True)
class Crossroads:
    """Junctions in the countryside.

    Args:
        places: Shape (n, 2), EPSG:28992, none within a settlement or on an island.
        direction: Shape (22,), of their grid in each municipality, radians from east.
    """

    places: Floats
    direction: Floats


def place_crossroads(land: Land, settlements: Settlements, rng: np.random.Generator) -> Crossroads:
    """A grid that is turned and shaken, less so in dug peat land."""
    distance = NODE_DISTANCE_M * min(land.scale, 1.0) ** -0.3
    nodes, angles = [], rng.uniform(0, np.pi / 2, len(land.profiles))
    for position, profile in enumerate(land.profiles):
        mainland = _mainland(land, position)
        west, south, east, north = mainland.bounds
        reach = np.hypot(east - west, north - south) / 2 + distance
        steps = np.arange(-reach, reach, distance)
        grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
        grid += rng.uniform(-distance / 2, distance / 2, 2)
        grid += rng.uniform(-1, 1, grid.shape) * distance * (0.10 if profile.straight else 0.36)
        cos, sin = np.cos(angles[position]), np.sin(angles[position])
        grid = grid @ np.array([[cos, sin], [-sin, cos]]) + ((west + east) / 2, (south + north) / 2)
        nodes.append(grid[shapely.contains_xy(mainland, grid[:, 0], grid[:, 1])])
    found = np.concatenate(nodes)
    away = np.full(found.shape[0], np.inf)
    for x, y, radius in zip(settlements.x, settlements.y, settlements.radius_m, strict=True):
        np.minimum(away, np.hypot(found[:, 0] - x, found[:, 1] - y) - radius, out=away)
    return Crossroads(found[away > 0.3 * distance], angles)


def _mainland(land: Land, position: int) -> shapely.Polygon:
    """The largest part of a municipality, ready for many questions."""
    part = max(land.areas.geometry.iloc[position].geoms, key=lambda part: part.area)
    shapely.prepare(part)
    return part
