"""A fictitious countryside on the real municipalities: addresses, yards, roads, areas and records.

Nothing in it exists: see docs/demo-data.md for how that is made sure and how it is recognised. Everything
follows from the seed; each step has a stream of chance of its own, so that a change in one leaves the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from .addresses import name_places, name_streets, number_houses, write_addresses
from .areas import count_neighbourhoods, divide, outline_built_up, outline_kernen
from .exceptions import add_addresses, add_buildings, add_signals, mix_roads, part_villages
from .land import RIBBON, YARD, survey_land
from .records import write_records
from .roads import lay_roads
from .roadside import Built, Pieces, build_ribbons, build_yards
from .scenarios import choose_scenarios
from .sections import write_sections
from .settlements import place_crossroads, place_districts, place_settlements
from .streets import build_streets, choose_patterns
from .yards import (
    WORKING_FARM,
    Yards,
    build_barns,
    choose_farms,
    choose_hosts,
    name_barns,
    outline_buildings,
    place_vacant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from .addresses import Doors, Residences, StreetNames
    from .land import Land
    from .records import Records
    from .settlements import Crossroads, Districts, Settlements
    from .streets import Houses, Streets

    Chance = Mapping[str, np.random.Generator]

_STREAMS = (
    "settlements", "roads", "streets", "roadside", "names", "yards", "addresses", "areas", "sections",
    "records", "parts", "more_addresses", "more_buildings", "more_roads", "more_signals",
)  # fmt: skip
_GONE = (
    "Verblijfsobject ingetrokken",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject ten onrechte opgevoerd",
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where everything is, before anything is written about it."""

    settlements: Settlements
    districts: Districts
    crossroads: Crossroads
    pieces: Pieces
    houses: Houses
    streets: Streets
    ribbons: Houses
    residences: Residences
    names: StreetNames
    doors: Doors


@dataclass(frozen=True, slots=True)
class Fiction:
    """Everything that was made up; coordinates in EPSG:28992.

    Args:
        addresses: Columns of the layer verblijfsobject of "bag-light", without geometry.
        x: Shape (n,), of the addresses.
        y: The same.
        buildings: Those on the yards of farms and objects, as the layer pand; barns have no verblijfsobject.
        kernen: Population centres.
        built_up: Built-up areas and ribbons (TOP10NL plaats_vlak).
        roads: Sections (NWB).
        neighbourhoods: Buurten with figures (CBS).
        residences: woonplaatscode, woonplaats and gemeentecode.
        records: Farms to match, objects, evidence, signals.
    """

    addresses: pa.Table
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    buildings: gpd.GeoDataFrame
    kernen: gpd.GeoDataFrame
    built_up: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    neighbourhoods: gpd.GeoDataFrame
    residences: pd.DataFrame
    records: Records


def make_fiction(
    seed: int,
    day: date,
    *,
    scale: float = 1.0,
    progress: Callable[[str, float], None] = lambda _step, _done: None,
) -> Fiction:
    """Make up a countryside.

    Args:
        seed: 0 or more; the same seed gives the same fiction.
        day: The reference date of everything; no date is later.
        scale: 1 for 520,000 addresses, 5,000 farms, 1,200 objects and 400 signals; less keeps the mix.
        progress: Called with step and part.

    Raises:
        AtlasError: a scale that is too small or too large.
    """
    streams = np.random.Generator(np.random.PCG64(seed)).spawn(len(_STREAMS))
    chance = dict(zip(_STREAMS, streams, strict=True))
    progress("Dorpen, wegen en huizen verzinnen", 0.0)
    land = survey_land(scale)
    layout = _lay_out(land, chance)
    progress("Erven en objecten verzinnen", 0.4)
    yards = _furnish(land, layout, chance)
    records = write_records(land, yards, day, chance["records"])
    signals = add_signals(land, yards, records.signals, chance["more_signals"])
    records = replace(records, signals=signals)
    progress("Kernen en buurten verzinnen", 0.6)
    doors, addresses = layout.doors, yards.addresses
    kernen = outline_kernen(layout.houses, layout.streets.settlement[layout.houses.street], layout.residences)
    own_names = layout.names.names[layout.streets.settlement.size :]
    buurten = divide(
        land, layout.settlements, layout.districts, layout.crossroads, layout.residences, rng=chance["areas"]
    )
    there = ~np.isin(addresses["status"].to_numpy(), _GONE)
    dwelling = np.char.find(addresses["gebruiksdoel"].to_numpy().astype(str), "woonfunctie") >= 0
    more, more_x, more_y = add_addresses(land, yards, chance["more_addresses"])
    # after the doors, the barns and the addresses that are added
    first_building = int(doors.building.max()) + 1 + yards.barns.yard.size + more.num_rows
    buildings = outline_buildings(yards, chance["areas"])
    sections = write_sections(
        land, layout.pieces, layout.streets, layout.names, layout.residences, rng=chance["sections"]
    )
    return Fiction(
        pa.concat_tables([addresses, more.cast(addresses.schema)]),
        np.concatenate([doors.x, more_x]),
        np.concatenate([doors.y, more_y]),
        add_buildings(land, buildings, first_building, chance["more_buildings"]),
        kernen,
        part_villages(outline_built_up(kernen, layout.pieces, layout.ribbons, own_names), chance["parts"]),
        mix_roads(land, sections, chance["more_roads"]),
        count_neighbourhoods(buurten, doors.x[there], doors.y[there], dwelling[there]),
        _residence_table(land, layout.residences),
        records,
    )


def _lay_out(land: Land, chance: Chance) -> _Layout:
    """Settlements, roads between them, streets in them, houses along both, and the names of it all."""
    settlements = place_settlements(land, chance["settlements"])
    districts = place_districts(settlements, chance["settlements"])
    crossroads = place_crossroads(land, settlements, chance["settlements"])
    roads = lay_roads(land, settlements, districts, crossroads, chance["roads"])
    pattern = choose_patterns(settlements, districts, roads, chance["streets"])
    houses, streets = build_streets(land, settlements, pattern, chance["streets"])
    pieces = Pieces(roads)
    ribbons, yards = _outside(land, pieces, houses, chance["roadside"])
    names = name_streets(streets, pieces, settlements, chance["names"])
    first_piece = streets.settlement.size
    doors = number_houses([houses, ribbons, yards], [0, first_piece, first_piece], names)
    residences = name_places(settlements, chance["names"])
    return _Layout(
        settlements, districts, crossroads, pieces, houses, streets, ribbons, residences, names, doors
    )


def _outside(land: Land, pieces: Pieces, houses: Houses, rng: np.random.Generator) -> tuple[Houses, Houses]:
    """Ribbons and yards: what did not fit in a settlement or along a road goes to the next kind."""
    places = len(land.profiles)
    settled = np.bincount(houses.municipality, weights=houses.units, minlength=places).astype(np.int64)
    wanted = land.counts[:, : RIBBON + 1].sum(axis=1) - settled
    ribbons = build_ribbons(land, pieces, Built(houses.x, houses.y), wanted, rng)
    wanted = wanted + land.counts[:, YARD] - np.bincount(ribbons.municipality, minlength=places)
    standing = Built(np.concatenate([houses.x, ribbons.x]), np.concatenate([houses.y, ribbons.y]))
    return ribbons, build_yards(land, pieces, standing, wanted, rng)


def _furnish(land: Land, layout: _Layout, chance: Chance) -> Yards:
    """Which addresses are farms, what stands on yards, what may be vacant, and all addresses."""
    doors, rng = layout.doors, chance["yards"]
    farms = choose_farms(land, doors, rng)
    kind, host = choose_hosts(land, doors, farms, rng)
    barns = build_barns(land, doors, np.union1d(farms, host), rng)
    vacant = place_vacant(kind, host, doors, barns, rng)
    scenarios = choose_scenarios(vacant.has_address, vacant.kind == WORKING_FARM, rng)
    ruins = host[np.array([scenario.ruin for scenario in scenarios]) & vacant.has_address]
    addresses = write_addresses(
        doors, layout.names, layout.residences, land,
        farms=farms, vacant=host, ruins=ruins, rng=chance["addresses"],
    )  # fmt: skip
    return Yards(doors, addresses, farms, barns, name_barns(doors, barns), vacant, scenarios)


def _residence_table(land: Land, residences: Residences) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "woonplaatscode": residences.codes,
            "woonplaats": residences.names,
            "gemeentecode": land.areas["code"].to_numpy()[residences.municipality],
            "gemeente": land.areas["naam"].to_numpy()[residences.municipality],
        }
    )
