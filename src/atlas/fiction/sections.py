"""The invented roads and streets as sections of the NWB, without drives to yards, as there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ..core.areas.crs import RD
from .roads import SAMPLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .addresses import Residences, StreetNames
    from .land import Land
    from .roads import Roads
    from .roadside import Pieces
    from .streets import Streets

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

VERTICES = 9
"""In the line of a road; a piece of street has two."""

FIRST_SECTION = 900_000_001
"""Numbers of sections and junctions begin here: real ones are shorter."""

_CYCLE_PATHS = 0.3  # part of the through roads with one beside it
_BESIDE_M = 9.0


def write_sections(
    land: Land,
    pieces: Pieces,
    streets: Streets,
    names: StreetNames,
    residences: Residences,
    *,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """All roads as sections with the columns of the NWB, LineStrings in EPSG:28992.

    Road numbers begin with F, which none does. Sections that meet share a junction (jte_id_beg, jte_id_end);
    a cycle path (bst_code FP) lies beside a part of the through roads.
    """
    roads = pieces.roads
    middle = roads.municipality[:, SAMPLES // 2]
    piece = _piece_of(pieces, np.arange(roads.start.size), middle)
    road_street = streets.settlement.size + piece
    cycle = np.flatnonzero(roads.through & (rng.random(roads.through.size) < _CYCLE_PATHS))
    road = np.concatenate([np.arange(roads.start.size), cycle])
    beside = np.repeat([0.0, _BESIDE_M], (roads.start.size, cycle.size))
    node = np.where(
        streets.district >= 0, streets.district, len(roads.nodes) + np.arange(streets.district.size)
    )
    start = np.concatenate([node[streets.start], roads.start[road]])
    end = np.concatenate([node[streets.end], roads.end[road]])
    through = np.concatenate([np.zeros(streets.street.size, dtype=bool), roads.through[road]])
    cycles = np.concatenate([np.zeros(streets.street.size), beside]) > 0
    settlement = streets.settlement[streets.street]
    municipality = np.concatenate([residences.municipality[settlement], middle[road]])
    street = np.concatenate([streets.street, np.where(piece[road] >= 0, road_street[road], -1)])
    named = street >= 0
    residence = np.where(named, names.residence[street], -1)
    text = np.array([*names.names, ""], dtype=object)
    place = np.array([*residences.names, ""], dtype=object)
    number = np.char.add("F", (100 + municipality * 10 + start % 10).astype(str)).astype(object)
    lines = np.concatenate(
        [
            shapely.linestrings(
                np.stack([streets.places[streets.start], streets.places[streets.end]], axis=1)
            ),
            _lines(roads, road, beside),
        ]
    )
    count = np.arange(lines.size)
    return gpd.GeoDataFrame(
        {
            "wvk_id": FIRST_SECTION + count,
            "jte_id_beg": FIRST_SECTION + start,
            "jte_id_end": FIRST_SECTION + end,
            "wegbehsrt": np.where(through, "P", "G"),
            "wegnummer": np.where(through, number, ""),
            "rijrichtng": "B",
            "bst_code": np.where(cycles, "FP", "RB"),
            "gme_id": land.areas["code"].str[2:].astype(int).to_numpy()[municipality],
            "gme_naam": land.areas["naam"].to_numpy()[municipality],
            "stt_naam": text[street],
            "wpsnaam": place[residence],
        },
        geometry=lines,
        crs=RD,
    )


def _piece_of(pieces: Pieces, road: Integers, municipality: Integers) -> Integers:
    """The piece of each road in a municipality, -1 when it has none (the main road of a town)."""
    key = pieces.road * 64 + pieces.municipality
    wanted = road * 64 + municipality
    at = np.minimum(np.searchsorted(key, wanted), max(key.size - 1, 0))
    return np.where(key[at] == wanted, at, -1)


def _lines(roads: Roads, road: Integers, beside: Floats) -> NDArray[np.object_]:
    """The lines of roads, moved so many metres to the left."""
    part = np.tile(np.linspace(0.0, 1.0, VERTICES), road.size)
    place, left = roads.along(np.repeat(road, VERTICES), part)
    place = np.round(place + left * np.repeat(beside, VERTICES)[:, None], 2)
    return shapely.linestrings(place.reshape(road.size, VERTICES, 2))
