"""Invented farms, the buildings on their yards, and which buildings may stand empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ..core.areas.crs import RD
from ..geo.measuring.assign import municipality_certain
from .addresses import BUILDING, RUIN, bag_ids
from .land import OBJECTS, YARD, apportion

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from .addresses import Doors
    from .land import Land
    from .scenarios import Scenario

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

#: what vacant objects are: a former farm, a dwelling, business premises, a barn without an address on a
#: former yard, one on a working farm, and a working farm of which barns are empty; and which part of them
FORMER_FARM, DWELLING, PREMISES, OLD_BARN, FARM_BARN, WORKING_FARM = range(6)
_SHARES = (0.38, 0.10, 0.07, 0.14, 0.21, 0.10)

_MOST_BARNS = 4


@dataclass(frozen=True, slots=True)
class Barns:
    """Buildings without an address, arrays of one length.

    Args:
        yard: Position of the address they belong to.
        x: Centre, EPSG:28992.
        y: Centre.
        length_m: Along the yard.
        width_m: Across.
        angle: Direction of the length, radians from east.
    """

    yard: Integers
    x: Floats
    y: Floats
    length_m: Floats
    width_m: Floats
    angle: Floats


@dataclass(frozen=True, slots=True)
class Vacant:
    """Objects that may be vacant, arrays of one length.

    Args:
        kind: FORMER_FARM to WORKING_FARM.
        door: Position of its address, or of the address on whose yard it stands.
        barn: Position of the barn it is; -1 for an object with an address, or unknown to the BAG.
        x: EPSG:28992.
        y: The same.
    """

    kind: Integers
    door: Integers
    barn: Integers
    x: Floats
    y: Floats

    @property
    def has_address(self) -> Mask:
        """Whether the object itself is a verblijfsobject."""
        return ~np.isin(self.kind, (OLD_BARN, FARM_BARN))


@dataclass(frozen=True, slots=True)
class Yards:
    """What stands in the countryside and may be visited.

    Args:
        doors: All addresses as arrays.
        addresses: The same, with the columns of the BAG.
        farms: Positions of the farms.
        barns: Buildings without an address.
        barn_ids: Their ids, shape (number of barns,).
        vacant: Objects that may be vacant.
        scenarios: What is known about each object.
    """

    doors: Doors
    addresses: pa.Table
    farms: Integers
    barns: Barns
    barn_ids: NDArray[np.object_]
    vacant: Vacant
    scenarios: list[Scenario]


def choose_farms(land: Land, doors: Doors, rng: np.random.Generator) -> Integers:
    """Positions of the addresses that are farms, in each municipality as many as it has."""
    chosen = []
    for position, number in enumerate(land.farms):
        yards = np.flatnonzero((doors.kind == YARD) & (doors.municipality == position))
        chosen.append(rng.permutation(yards)[:number])
    return np.sort(np.concatenate(chosen))


def build_barns(land: Land, doors: Doors, yards: Integers, rng: np.random.Generator) -> Barns:
    """One to four barns behind the house of each yard, as far as they lie in its municipality."""
    number = rng.integers(1, _MOST_BARNS + 1, yards.size)
    yard = np.repeat(yards, number)
    order = np.arange(yard.size) - np.repeat(np.cumsum(number) - number, number)
    length, width = rng.uniform(22, 62, yard.size), rng.uniform(12, 24, yard.size)
    across = order % 2 == 1
    behind = 26 + order // 2 * 42 + rng.uniform(0, 10, yard.size)
    beside = np.where(across, 1, -1) * rng.uniform(14, 20, yard.size)
    away = doors.facing[yard] + np.pi
    x = doors.x[yard] + behind * np.cos(away) - beside * np.sin(away)
    y = doors.y[yard] + behind * np.sin(away) + beside * np.cos(away)
    x, y = np.round(x, 2), np.round(y, 2)
    inside = land.municipality(x, y) == doors.municipality[yard]
    return Barns(*(column[inside] for column in (yard, x, y, length, width, away)))


def outlines(x: Floats, y: Floats, length: Floats, width: Floats, angle: Floats) -> NDArray[np.object_]:
    """Rectangles (EPSG:28992, centimetres) around centres."""
    along = np.column_stack([np.cos(angle), np.sin(angle)]) * length[:, None] / 2
    across = np.column_stack([-np.sin(angle), np.cos(angle)]) * width[:, None] / 2
    centre = np.column_stack([x, y])
    corners = [
        centre + along + across,
        centre - along + across,
        centre - along - across,
        centre + along - across,
    ]
    return shapely.polygons(np.round(np.stack([*corners, corners[0]], axis=1), 2))


def choose_hosts(
    land: Land, doors: Doors, farms: Integers, rng: np.random.Generator
) -> tuple[Integers, Integers]:
    """Which yards have an object that may be vacant: kind and position of the address, one for each object.

    One of the former farms lies within 500 m of another municipality, also in the smallest demo.
    """
    numbers = apportion(round(OBJECTS * land.scale), _SHARES)
    farmed = np.zeros(doors.x.size, dtype=bool)
    farmed[farms] = True
    former = rng.permutation(np.flatnonzero((doors.kind == YARD) & ~farmed))
    near = ~municipality_certain(doors.x[former], doors.y[former], land.areas.geometry)
    if near.any():
        first = int(np.argmax(near))
        former[[0, first]] = former[[first, 0]]
    from_farms, from_former = iter(rng.permutation(farms)), iter(former)
    hosts, kinds = [], []
    for kind, number in enumerate(numbers):
        source = from_farms if kind in (FARM_BARN, WORKING_FARM) else from_former
        hosts += [int(next(source)) for _ in range(number)]
        kinds += [kind] * int(number)
    return np.array(kinds), np.array(hosts)


def place_vacant(
    kind: Integers, host: Integers, doors: Doors, barns: Barns, rng: np.random.Generator
) -> Vacant:
    """Where the objects are: at their address, or at the first barn of the yard.

    One barn in seven has no id: the BAG does not know it, or nobody looked it up.
    """
    order = np.argsort(barns.yard, kind="stable")
    barn = order[np.minimum(np.searchsorted(barns.yard, host, sorter=order), order.size - 1)]
    there = (barns.yard[barn] == host) & np.isin(kind, (OLD_BARN, FARM_BARN))
    known = there & (rng.random(host.size) >= 1 / 7)
    return Vacant(
        kind,
        host,
        np.where(known, barn, -1),
        np.where(there, barns.x[barn], doors.x[host]),
        np.where(there, barns.y[barn], doors.y[host]),
    )


def name_barns(doors: Doors, barns: Barns) -> NDArray[np.object_]:
    """Ids of buildings, after those with an address."""
    number = int(doors.building.max()) + 1 + np.arange(barns.yard.size)
    return bag_ids(doors.municipality[barns.yard], BUILDING, number).to_numpy(zero_copy_only=False)


def outline_buildings(yards: Yards, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """The houses and barns of yards with the columns of the layer pand of "bag-light"."""
    doors, barns, vacant = yards.doors, yards.barns, yards.vacant
    own = np.unique(barns.yard)
    chosen = yards.addresses.take(own).to_pandas()
    deep, wide = rng.uniform(13, 24, own.size), rng.uniform(8, 13, own.size)
    house = outlines(doors.x[own], doors.y[own], deep, wide, doors.facing[own])
    barn = outlines(barns.x, barns.y, barns.length_m, barns.width_m, barns.angle)
    ruined = np.array([scenario.ruin for scenario in yards.scenarios]) & (vacant.barn >= 0)
    status = np.full(barn.size, "Pand in gebruik", dtype=object)
    status[vacant.barn[ruined]] = RUIN[1]
    return gpd.GeoDataFrame(
        {
            "identificatie": np.concatenate([chosen["pand_identificatie"], yards.barn_ids]),
            "status": np.concatenate([chosen["pandstatus"], status]),
            "bouwjaar": np.concatenate([chosen["bouwjaar"], rng.integers(1920, 2016, barn.size)]),
            "gebruiksdoel": np.concatenate([chosen["gebruiksdoel"], np.full(barn.size, None)]),
            "aantal_verblijfsobjecten": np.repeat([1, 0], (own.size, barn.size)),
        },
        geometry=np.concatenate([house, barn]),
        crs=RD,
    )
