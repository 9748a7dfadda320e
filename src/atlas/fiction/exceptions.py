"""What a reader stumbles over in a real countryside, added to the one that was made up.

Additions to house numbers, several purposes, objects and buildings under construction and withdrawn, one-way
and dead-end roads, islands, paths, villages in parts, signals on yards. Every kind has a stream of chance of
its own and stands after what was there before, which keeps its ids, numbers and places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from ..core.schema.rural import FICTITIOUS
from .addresses import BUILDING, DESIGNATION, VBO, bag_ids
from .land import YARD
from .records import record_municipality, record_uuids

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land
    from .yards import Yards

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_IN_PARTS = 0.08  # of the villages; at least two
_CANAL_M = 24.0


def part_villages(built_up: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Some villages in two parts, with a canal between: TOP10NL keeps them in a layer of their own."""
    villages = np.flatnonzero(built_up["typegebied"] == "woonkern")
    chosen = rng.permutation(villages)[: max(round(_IN_PARTS * villages.size), 2)]
    shapes = built_up.geometry.to_numpy().copy()
    for village, angle in zip(chosen, rng.uniform(0, np.pi, chosen.size), strict=True):
        shape = shapes[village]
        middle, reach = shape.centroid, np.hypot(*np.ptp(np.reshape(shape.bounds, (2, 2)), axis=0))
        centre, across = np.array(middle.coords[0]), np.array([np.cos(angle), np.sin(angle)]) * reach
        canal = shapely.LineString([centre - across, centre + across])
        parts = shapely.multipolygons(
            shapely.get_parts(shapely.difference(shape, canal.buffer(_CANAL_M / 2, cap_style="flat")))
        )
        shapes[village] = parts if len(parts.geoms) > len(shape.geoms) else shape
    return built_up.set_geometry(shapes, crs=built_up.crs)


# --- addresses and buildings ------------------------------------------------------------------------------

#: what is added to a yard: letter, addition, purposes, status, status of the building
_ADDED = (
    ("A", "", "woonfunctie", "Verblijfsobject in gebruik", "Pand in gebruik"),
    ("", "1", "woonfunctie", "Verblijfsobject in gebruik", "Pand in gebruik"),
    ("B", "2", "industriefunctie", "Verblijfsobject in gebruik", "Pand in gebruik"),
    ("C", "", "woonfunctie,winkelfunctie,industriefunctie", "Verblijfsobject in gebruik", "Pand in gebruik"),
    ("D", "", "woonfunctie", "Verblijfsobject gevormd", "Bouw gestart"),
    ("E", "", "logiesfunctie", "Verblijfsobject gevormd", "Bouwvergunning verleend"),
    ("F", "", "woonfunctie", "Verblijfsobject ingetrokken", "Pand gesloopt"),
)
_ADDED_AT_FULL_SCALE = 700
_BESIDE_M = 14.0
_BUILDINGS_AT_FULL_SCALE = 120
_BUILDING_STATUSES = ("Bouw gestart", "Bouwvergunning verleend", "Pand gesloopt")


def add_addresses(land: Land, yards: Yards, rng: np.random.Generator) -> tuple[pa.Table, Floats, Floats]:
    """Further addresses on yards, as rows of the layer verblijfsobject, and where they are."""
    doors = yards.doors
    count = max(round(_ADDED_AT_FULL_SCALE * land.scale), 2 * len(_ADDED))
    host = rng.permutation(np.flatnonzero(doors.kind == YARD))[:count]
    angle = rng.uniform(0, 2 * np.pi, host.size)
    x = np.round(doors.x[host] + _BESIDE_M * np.cos(angle), 2)
    y = np.round(doors.y[host] + _BESIDE_M * np.sin(angle), 2)
    inside = land.municipality(x, y) == doors.municipality[host]
    host, x, y = host[inside], x[inside], y[inside]
    which = np.arange(host.size) % len(_ADDED)
    number = doors.x.size + np.arange(host.size)
    building = int(doors.building.max()) + 1 + yards.barns.yard.size + np.arange(host.size)
    own = doors.municipality[host]
    changed = {
        "identificatie": bag_ids(own, VBO, number),
        "nummeraanduiding_hoofdadres_identificatie": bag_ids(own, DESIGNATION, number),
        "pand_identificatie": bag_ids(own, BUILDING, building),
    } | {
        name: pa.array([_ADDED[each][at] for each in which], pa.string())
        for at, name in enumerate(("huisletter", "toevoeging", "gebruiksdoel", "status", "pandstatus"))
    }
    table = yards.addresses.take(host)
    for name, values in changed.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table, x, y


def add_buildings(
    land: Land, buildings: gpd.GeoDataFrame, first: int, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Barns under construction and demolished ones, beside barns that are there.

    Args:
        land: For the scale.
        buildings: Those that are there.
        first: Number of the first.
        rng: The source of chance.
    """
    barns = np.flatnonzero(buildings["aantal_verblijfsobjecten"].to_numpy() == 0)
    chosen = rng.permutation(barns)[: max(round(_BUILDINGS_AT_FULL_SCALE * land.scale), 3)]
    added = buildings.iloc[chosen].copy()
    prefix = added["identificatie"].str[:4].astype(int).to_numpy() - 9001
    added["identificatie"] = bag_ids(prefix, BUILDING, first + np.arange(chosen.size)).to_pylist()
    added["status"] = [_BUILDING_STATUSES[each % len(_BUILDING_STATUSES)] for each in range(chosen.size)]
    added["geometry"] = added.geometry.translate(*rng.uniform(18, 26, 2))
    return gpd.GeoDataFrame(pd.concat([buildings, added], ignore_index=True), crs=buildings.crs)


# --- roads ------------------------------------------------------------------------------------------------

_ONE_WAY, _UNKNOWN_WAY = 0.03, 0.005
_DEAD_ENDS_AT_FULL_SCALE, _ISLANDS = 120, 2
#: paths and areas beside a road, on its junctions: code -> metres to the side
_BESIDE_ROADS = {"VP": 12.0, "RP": 15.0, "VD": 18.0, "VZ": 21.0, "BU": 6.0, "PP": 24.0}


def mix_roads(land: Land, roads: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """One-way and dead-end roads, islands without a way to the rest, paths, and what no car drives on.

    Sections that were there keep number, junctions and line; some local ones may be driven one way only.
    """
    roads = roads.copy()
    local = np.flatnonzero((roads["wegnummer"] == "") & (roads["bst_code"] == "RB"))
    chance = rng.random(local.size)
    roads.loc[local[chance < _ONE_WAY], "rijrichtng"] = rng.choice(["H", "T"], int((chance < _ONE_WAY).sum()))
    roads.loc[local[chance > 1 - _UNKNOWN_WAY], "rijrichtng"] = "O"
    junction = int(roads[["jte_id_beg", "jte_id_end"]].to_numpy().max()) + 1
    dead = roads.iloc[rng.permutation(local)[: max(round(_DEAD_ENDS_AT_FULL_SCALE * land.scale), 3)]].copy()
    ends = shapely.get_coordinates(shapely.get_point(dead.geometry, -1))
    away = rng.uniform(60, 250, len(dead))[:, None] * _directions(len(dead), rng)
    dead["geometry"] = shapely.linestrings(np.stack([ends, np.round(ends + away, 2)], axis=1))
    dead["jte_id_beg"] = dead["jte_id_end"]
    dead["jte_id_end"] = junction + np.arange(len(dead))
    junction += len(dead)
    island = roads.iloc[rng.permutation(local)[:_ISLANDS]].copy()
    start = shapely.get_coordinates(shapely.get_point(island.geometry.iloc[:1], 0)) + 40
    line = np.round(start + np.array([[0, 0], [0, 90], [90, 90]]), 2)
    island["geometry"] = shapely.linestrings(np.stack([line[:2], line[1:]]))
    island["jte_id_beg"], island["jte_id_end"] = [junction, junction + 1], [junction + 1, junction + 2]
    beside = roads.iloc[rng.permutation(local)[: len(_BESIDE_ROADS)]].copy()
    beside["geometry"] = [
        shapely.offset_curve(line, away)
        for line, away in zip(beside.geometry, _BESIDE_ROADS.values(), strict=True)
    ]
    beside["bst_code"] = list(_BESIDE_ROADS)
    whole = gpd.GeoDataFrame(pd.concat([roads, dead, island, beside], ignore_index=True), crs=roads.crs)
    whole.loc[len(roads) :, "rijrichtng"] = "B"
    whole["wvk_id"] = int(roads["wvk_id"].iloc[0]) + np.arange(len(whole))
    return whole


def _directions(count: int, rng: np.random.Generator) -> Floats:
    angle = rng.uniform(0, 2 * np.pi, count)
    return np.column_stack([np.cos(angle), np.sin(angle)])


# --- signals ----------------------------------------------------------------------------------------------

_SIGNALS_AT_FULL_SCALE = 40


def add_signals(land: Land, yards: Yards, signals: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Signals that lie exactly on the yard of a farm, after those that lie somewhere near."""
    count = max(round(_SIGNALS_AT_FULL_SCALE * land.scale), 2)
    added = signals.iloc[rng.integers(0, len(signals), count)].copy()
    door = rng.choice(yards.farms, count)
    x, y = yards.doors.x[door], yards.doors.y[door]
    number = len(signals) + 1 + np.arange(count)
    municipality, certain = record_municipality(land, x, y)
    added = added.assign(
        uuid=record_uuids(count, rng),
        object_uuid="",
        gemeente_code=municipality,
        gemeente_zeker=certain,
        bronkenmerk=[f"{FICTITIOUS}-SIGNAAL-{each:05d}" for each in number],
        x=x,
        y=y,
    )
    return pd.concat([signals, added], ignore_index=True)
