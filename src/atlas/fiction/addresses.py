"""From houses along streets to addresses as the BAG has them: numbers, names, ids, postcodes, statuses.

None of it can be mistaken for real: ids start with a municipality number that was never issued, postcodes
end in letters that are never issued, and every place name carries the word FICTIEF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .land import ranks
from .names import MARK, place_names, road_names, scattered, street_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land
    from .roadside import Pieces
    from .settlements import Settlements
    from .streets import Houses, Streets

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

FIRST_PREFIX = 9001
"""Municipality number in the ids of the first municipality; real ones stay below 2000."""

VBO, BUILDING, DESIGNATION = 1, 10, 20
"""Digits 5 and 6 of an id: verblijfsobject, pand, nummeraanduiding."""

POSTCODE_LETTERS = ("SA", "SD", "SS")
"""Combinations that are never issued in the Netherlands."""

PER_POSTCODE = 60
"""Most addresses with one postcode."""

_FIRST_POSTCODE = 1000
_UNKNOWN_YEAR, _YEAR_UNKNOWN = 9999, 0.002
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_PURPOSES = (
    "woonfunctie", "winkelfunctie", "kantoorfunctie", "bijeenkomstfunctie", "industriefunctie",
    "gezondheidszorgfunctie", "onderwijsfunctie", "sportfunctie", "logiesfunctie", "overige gebruiksfunctie",
    "woonfunctie,winkelfunctie", "woonfunctie,kantoorfunctie", "industriefunctie,woonfunctie", "celfunctie",
)  # fmt: skip
#: per mille of `_PURPOSES`: in town, village, ribbon, on a scattered yard, on a farm
_PURPOSE_SHARES = (
    (884, 32, 24, 10, 17, 8, 4, 2, 2, 9, 4, 3, 0, 1),
    (912, 16, 8, 13, 18, 5, 4, 4, 6, 8, 3, 3, 0, 0),
    (903, 10, 8, 6, 38, 2, 1, 1, 8, 9, 3, 6, 5, 0),
    (876, 2, 5, 4, 34, 2, 0, 2, 42, 14, 0, 6, 13, 0),
    (95, 0, 0, 0, 85, 0, 0, 0, 0, 0, 0, 0, 820, 0),
)
FARM = 4
"""Row of a farm in the tables by kind; TOWN, VILLAGE, RIBBON and YARD are 0 to 3."""

_DWELLINGS = np.array(["woonfunctie" in purpose for purpose in _PURPOSES])
#: kind -> mean and spread of the year of construction
_YEARS = ((1974, 26), (1966, 32), (1951, 36), (1948, 40), (1931, 38))
_STATUSES = (
    ("Verblijfsobject in gebruik", "Pand in gebruik", 9_700),
    ("Verblijfsobject in gebruik (niet ingemeten)", "Pand in gebruik (niet ingemeten)", 80),
    ("Verbouwing verblijfsobject", "Verbouwing pand", 50),
    ("Verblijfsobject gevormd", "Bouw gestart", 40),
    ("Verblijfsobject ingetrokken", "Pand gesloopt", 60),
    ("Verblijfsobject ingetrokken", "Pand in gebruik", 45),
    ("Niet gerealiseerd verblijfsobject", "Niet gerealiseerd pand", 14),
    ("Verblijfsobject ten onrechte opgevoerd", "Pand in gebruik", 6),
    ("Verblijfsobject in gebruik", "Sloopvergunning verleend", 5),
)
RUIN = ("Verblijfsobject buiten gebruik", "Pand buiten gebruik")


@dataclass(frozen=True, slots=True)
class Residences:
    """Invented woonplaatsen, one for each settlement: name with the mark, and code of four digits."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    municipality: Integers


@dataclass(frozen=True, slots=True)
class Doors:
    """Addresses, arrays of one length, in the order of the file.

    Args:
        x: EPSG:28992.
        y: The same.
        municipality: Position in the land.
        residence: Position in the residences.
        street: Number of the street: those of settlements first, then the pieces of road.
        number: House number.
        unit: 0, or which address of the building it is, from 1.
        building: Number of the building, from 0.
        kind: TOWN, VILLAGE, RIBBON or YARD.
        facing: Direction from house to street, radians.
    """

    x: Floats
    y: Floats
    municipality: Integers
    residence: Integers
    street: Integers
    number: Integers
    unit: Integers
    building: Integers
    kind: Integers
    facing: Floats


@dataclass(frozen=True, slots=True)
class StreetNames:
    """The name and the woonplaats of each street, of settlements first, then of pieces of road."""

    names: tuple[str, ...]
    residence: Integers


def name_places(settlements: Settlements, rng: np.random.Generator) -> Residences:
    """A woonplaats for each settlement."""
    count = settlements.size.size
    zero = np.zeros(count, dtype=np.int64)
    names = place_names()
    chosen = scattered(np.arange(count), zero, len(names), rng)
    marked = tuple(f"{names[number]} {MARK}" for number in chosen)
    return Residences(marked, tuple(f"{9001 + number}" for number in range(count)), settlements.municipality)


def name_streets(
    streets: Streets, pieces: Pieces, settlements: Settlements, rng: np.random.Generator
) -> StreetNames:
    """A name for each street, none twice in a woonplaats; a road belongs to the nearest settlement."""
    middle, _ = pieces.roads.along(pieces.road, (pieces.start + pieces.end) / 2)
    nearest = np.zeros(pieces.road.size, dtype=np.int64)
    for municipality in range(int(settlements.municipality.max()) + 1):
        own = np.flatnonzero(settlements.municipality == municipality)
        here = np.flatnonzero(pieces.municipality == municipality)
        away = np.hypot(
            middle[here, 0, None] - settlements.x[own], middle[here, 1, None] - settlements.y[own]
        )
        nearest[here] = own[np.argmin(away, axis=1)] if here.size else 0
    inside, outside = street_names(), road_names()
    first = scattered(ranks(streets.settlement), streets.settlement, len(inside), rng)
    second = scattered(ranks(nearest), nearest, len(outside), rng)
    names = (*(inside[number] for number in first), *(outside[number] for number in second))
    return StreetNames(names, np.concatenate([streets.settlement, nearest]))


def number_houses(parts: list[Houses], first_street: list[int], names: StreetNames) -> Doors:
    """All houses as addresses, sorted by municipality, woonplaats, street and number.

    Args:
        parts: Houses in settlements, in ribbons and on yards.
        first_street: What is added to the numbers of the streets of each part.
        names: Of the streets.
    """

    def joined(name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(part, name) for part in parts])

    street = np.concatenate([part.street + first for part, first in zip(parts, first_street, strict=True)])
    residence, odd = names.residence[street], joined("odd_side")
    side = street * 2 + odd
    order = np.lexsort((joined("order"), side))
    number = np.empty(street.size, dtype=np.int64)
    number[order] = 2 * ranks(side[order]) + np.where(odd[order], 1, 2)
    order = np.lexsort((number, street, residence, joined("municipality")))
    units = joined("units")[order]
    building = np.repeat(np.arange(units.size), units)
    house = order[building]
    unit = np.where(units[building] > 1, ranks(building) + 1, 0)
    columns = {name: joined(name)[house] for name in ("x", "y", "municipality", "kind", "facing")}
    return Doors(
        residence=residence[house], street=street[house], number=number[house], unit=unit, building=building,
        **columns,
    )  # fmt: skip


def bag_ids(municipality: Integers, kind: int, number: Integers) -> pa.Array:
    """Ids of 16 digits that were never issued.

    Args:
        municipality: Shape (n,), position in the land.
        kind: `VBO`, `BUILDING` or `DESIGNATION`.
        number: Shape (n,), from 0.
    """
    whole = (municipality + FIRST_PREFIX) * 10**12 + kind * 10**10 + number + 1
    return pa.array(whole).cast(pa.string())


def write_addresses(
    doors: Doors,
    names: StreetNames,
    residences: Residences,
    land: Land,
    *,
    farms: Integers,
    vacant: Integers,
    ruins: Integers,
    rng: np.random.Generator,
) -> pa.Table:
    """The columns of the layer verblijfsobject of "bag-light", without the geometry.

    Args:
        doors: The addresses.
        names: Of the streets.
        residences: The woonplaatsen.
        land: The municipalities.
        farms: Positions of the farms: always there, with a barn and a dwelling or one of both.
        vacant: Positions of objects that may be vacant: always there.
        ruins: Positions of those that are out of use.
        rng: The source of chance.
    """
    count = doors.x.size
    kind = doors.kind.copy()
    kind[farms] = FARM
    purpose = _purposes(kind, rng)
    status = _statuses(doors, rng)
    status[farms], status[vacant] = 0, 0
    vbo_status = np.array([*(each[0] for each in _STATUSES), RUIN[0]])
    building_status = np.array([*(each[1] for each in _STATUSES), RUIN[1]])
    status[ruins] = len(_STATUSES)
    stacked = doors.unit > 0
    by_letter = doors.building % 2 == 0
    unit_names = pa.array(["", *_LETTERS, *map(str, range(1, len(_LETTERS) + 1))])
    letter = np.where(stacked & by_letter, doors.unit, 0)
    addition = np.where(stacked & ~by_letter, doors.unit + len(_LETTERS), 0)
    number = np.arange(count)
    return pa.table(
        {
            "identificatie": bag_ids(doors.municipality, VBO, number),
            "nummeraanduiding_hoofdadres_identificatie": bag_ids(doors.municipality, DESIGNATION, number),
            "pand_identificatie": bag_ids(doors.municipality, BUILDING, doors.building),
            "openbare_ruimte_naam": _chosen(names.names, doors.street),
            "huisnummer": pa.array(doors.number, pa.int32()),
            "huisletter": unit_names.take(pa.array(letter)),
            "toevoeging": unit_names.take(pa.array(addition)),
            "postcode": _postcodes(doors.street),
            "woonplaats_naam": _chosen(residences.names, doors.residence),
            "gebruiksdoel": _chosen(_PURPOSES, purpose),
            "oppervlakte": pa.array(_areas(kind, purpose, rng), pa.int32()),
            "status": _chosen(vbo_status.tolist(), status),
            "pandstatus": _chosen(building_status.tolist(), status),
            "bouwjaar": pa.array(_years(doors, kind, rng), pa.int32()),
            "bronhouder_identificatie": pa.array(doors.municipality + FIRST_PREFIX).cast(pa.string()),
            "bronhouder_naam": _chosen([f"{MARK} {name}" for name in land.areas["naam"]], doors.municipality),
        }
    )


def _chosen(texts: tuple[str, ...] | list[str], number: Integers) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(number))


def _postcodes(street: Integers) -> pa.Array:
    """A postcode for every 60 addresses of a street; no two streets share one."""
    _, order, size = np.unique(street, return_inverse=True, return_counts=True)
    chunks = -(-size // PER_POSTCODE)
    number = (np.cumsum(chunks) - chunks)[order] + ranks(order) // PER_POSTCODE
    digits = pa.array(_FIRST_POSTCODE + number // len(POSTCODE_LETTERS)).cast(pa.string())
    return pc.binary_join_element_wise(digits, _chosen(POSTCODE_LETTERS, number % len(POSTCODE_LETTERS)), "")


def _purposes(kind: Integers, rng: np.random.Generator) -> Integers:
    limits = np.cumsum(np.array(_PURPOSE_SHARES), axis=1) / 1000
    return (rng.random(kind.size)[:, None] >= limits[kind]).sum(axis=1)


def _statuses(doors: Doors, rng: np.random.Generator) -> Integers:
    """One status for a building, so that its addresses agree about it."""
    limits = np.cumsum([each[2] for each in _STATUSES]) / sum(each[2] for each in _STATUSES)
    return np.searchsorted(limits, rng.random(int(doors.building.max()) + 1), side="right")[doors.building]


def _areas(kind: Integers, purpose: Integers, rng: np.random.Generator) -> Integers:
    dwelling = _DWELLINGS[purpose]
    middle = np.where(kind == FARM, 5.7, np.where(dwelling, 4.72, 5.2))
    spread = np.where(kind == FARM, 0.5, np.where(dwelling, 0.33, 0.9))
    return np.clip(np.exp(rng.normal(middle, spread)), 14, 25_000).astype(np.int64)


def _years(doors: Doors, kind: Integers, rng: np.random.Generator) -> Integers:
    """One year for a building; 9999 where the BAG does not know it."""
    mean, spread = np.array(_YEARS).T
    years = np.clip(rng.normal(mean[kind], spread[kind]), 1650, 2025).astype(np.int64)
    years[rng.random(years.size) < _YEAR_UNKNOWN] = _UNKNOWN_YEAR
    _, first = np.unique(doors.building, return_index=True)
    return years[first][doors.building]
