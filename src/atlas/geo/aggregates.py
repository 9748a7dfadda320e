"""Counting records per area: objects, yards and signals per municipality, region, neighbourhood and square.

What a count is divided by (`AreaTotals`) is made once and serves every kind of record. A record that can't be
placed, and one whose municipality is not certain, is counted and said, never dropped without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.areas import areas, members
from ..core.errors import AtlasError
from .area_codes import NEIGHBOURHOOD_LEVELS, SQUARE_M, square_codes
from .assign import assign_areas
from .rd_input import check_shapes, rd_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

#: what "per km²" divides by -> how a label says so
AREA_BASES = {
    "totaal": "totale oppervlakte, water meegerekend, berekend uit de grenzen",
    "land": "oppervlakte land volgens het CBS",
}
#: a level of squares, beside those of the atlas and of the neighbourhood map
SQUARE_LEVEL = "vierkant_500m"


@dataclass(frozen=True, slots=True)
class AreaTotals:
    """What the counts of one level are divided by; one entry for each area, in the order of `codes`.

    `area_km2` follows `basis` (one of `AREA_BASES`) and is NaN where not known; `addresses_outside` counts
    the addresses that lie in none of the areas.
    """

    level: str
    codes: tuple[str, ...]
    addresses: Counts
    area_km2: Floats
    basis: str
    addresses_outside: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records there are in each area of a level.

    `frame` has one row for each area: code, aantal, onzeker (of which the municipality is not certain),
    adressen, oppervlakte_km2, per_1000_adressen and per_km2 (NaN where there is nothing to divide by).
    `records` = `placed` + `unplaced`; `uncertain` are among the placed. `notes` says in Dutch what the reader
    has to know about the rest.
    """

    level: str
    basis: str
    frame: pd.DataFrame
    records: int
    placed: int
    unplaced: int
    uncertain: int
    notes: tuple[str, ...]


def municipal_totals(
    boundaries: gpd.GeoDataFrame, addresses_x: ArrayLike, addresses_y: ArrayLike, *, basis: str = "totaal"
) -> AreaTotals:
    """Addresses and area of each municipality.

    Args:
        boundaries: As `boundaries.load_boundaries` gives them: code, oppervlakte_km2, oppervlakte_land_km2
            and geometry in EPSG:28992.
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        basis: One of `AREA_BASES`.

    Raises:
        AtlasError: bad coordinates or shapes, an unknown basis, or "land" where a land area is not known.
    """
    column = {"totaal": "oppervlakte_km2", "land": "oppervlakte_land_km2"}[_check_basis(basis)]
    area_km2 = boundaries[column].to_numpy(dtype=np.float64, na_value=np.nan)
    _check_land("gemeente", basis, boundaries["code"], area_km2)
    addresses, outside = _addresses_per_area(boundaries.geometry, addresses_x, addresses_y)
    return AreaTotals("gemeente", tuple(boundaries["code"]), addresses, area_km2, basis, outside)


def combined_totals(municipal: AreaTotals, level: str) -> AreaTotals:
    """The same for survey regions or provinces: the sums over their municipalities.

    Raises:
        AtlasError: unknown level, or a municipality of the area is missing.
    """
    codes = tuple(one.code for one in areas(level))
    position = {code: index for index, code in enumerate(municipal.codes)}
    parts = [[one.code for one in members(code)] for code in codes]
    missing = sorted({code for part in parts for code in part} - position.keys())
    if missing:
        raise AtlasError(
            "Niet alle gemeenten van een gebied zijn geteld.", where=level, got=f"zonder {', '.join(missing)}"
        )
    rows = [[position[code] for code in part] for part in parts]
    return AreaTotals(
        level,
        codes,
        np.array([municipal.addresses[row].sum() for row in rows]),
        np.array([municipal.area_km2[row].sum() for row in rows]),
        municipal.basis,
        municipal.addresses_outside,
    )


def neighbourhood_totals(
    neighbourhoods: gpd.GeoDataFrame,
    addresses_x: ArrayLike,
    addresses_y: ArrayLike,
    *,
    level: str = "buurt",
    basis: str = "totaal",
) -> AreaTotals:
    """The same for neighbourhoods of CBS (buurt), or for the districts they make up (wijk).

    Args:
        neighbourhoods: code, wijk_code, land_km2 and geometry in EPSG:28992.
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        level: "buurt" or "wijk".
        basis: One of `AREA_BASES`.

    Raises:
        AtlasError: see `municipal_totals`; also an unknown level.
    """
    if level not in NEIGHBOURHOOD_LEVELS:
        raise AtlasError("Dit niveau bestaat niet.", got=level, expected=", ".join(NEIGHBOURHOOD_LEVELS))
    area_km2 = (
        neighbourhoods.geometry.area.to_numpy() / 1e6
        if _check_basis(basis) == "totaal"
        else neighbourhoods["land_km2"].to_numpy(dtype=np.float64, na_value=np.nan)
    )
    _check_land(level, basis, neighbourhoods["code"], area_km2)
    addresses, outside = _addresses_per_area(neighbourhoods.geometry, addresses_x, addresses_y)
    sums = (
        pd.DataFrame({"addresses": addresses, "area_km2": area_km2})
        .groupby(neighbourhoods[NEIGHBOURHOOD_LEVELS[level]].to_numpy())
        .sum()
    )
    return AreaTotals(
        level, tuple(sums.index), sums["addresses"].to_numpy(), sums["area_km2"].to_numpy(), basis, outside
    )


def square_totals(
    addresses_x: ArrayLike, addresses_y: ArrayLike, record_codes: Sequence[str] = ()
) -> AreaTotals:
    """The same for the 500 m squares that hold an address, or one of the records.

    Args:
        addresses_x: Shape (n,), metres in RD New (EPSG:28992).
        addresses_y: Shape (n,).
        record_codes: Squares of records as `square_codes` gives them; "" is left out.

    Raises:
        AtlasError: bad coordinates.
    """
    number = pd.Series(square_codes(addresses_x, addresses_y), dtype=object).value_counts()
    codes = sorted({*number.index, *record_codes} - {""})
    addresses = number.reindex(codes, fill_value=0).to_numpy(dtype=np.int64)
    area_km2 = np.full(len(codes), (SQUARE_M / 1000) ** 2)
    return AreaTotals(SQUARE_LEVEL, tuple(codes), addresses, area_km2, "totaal", int(number.get("", 0)))


def count_records(
    codes: ArrayLike, totals: AreaTotals, *, municipality_certain: ArrayLike | None = None
) -> Tally:
    """Count records per area.

    Args:
        codes: Shape (n,), the area of each record at the level of the totals; "" when there is none.
        totals: What to divide by.
        municipality_certain: Shape (n,), the field `gemeente_zeker` ("ja" or "nee") of each record; None when
            it does not matter at this level.

    Raises:
        AtlasError: not one certainty for each record.
    """
    position = pd.Index(totals.codes).get_indexer(pd.Index(np.asarray(codes, dtype=object)))
    inside = position >= 0
    uncertain = np.zeros(position.size, dtype=bool)
    if municipality_certain is not None:
        certain = np.asarray(municipality_certain, dtype=object)
        if certain.shape != position.shape:
            raise AtlasError(
                "Bij elk record hoort of de gemeente zeker is.",
                got=f"{certain.size} keer bij {position.size} records",
            )
        uncertain = inside & (certain != "ja")
    size = len(totals.codes)
    count = np.bincount(position[inside], minlength=size)
    doubtful = np.bincount(position[uncertain], minlength=size)
    frame = pd.DataFrame(
        {
            "code": totals.codes,
            "aantal": count,
            "onzeker": doubtful,
            "adressen": totals.addresses,
            "oppervlakte_km2": totals.area_km2,
            "per_1000_adressen": _per(1000 * count, totals.addresses),
            "per_km2": _per(count, totals.area_km2),
        }
    )
    unplaced = int(np.count_nonzero(~inside))
    return Tally(
        totals.level,
        totals.basis,
        frame,
        position.size,
        position.size - unplaced,
        unplaced,
        int(uncertain.sum()),
        _notes(position.size, unplaced, int(uncertain.sum())),
    )


def _addresses_per_area(shapes: gpd.GeoSeries, x: ArrayLike, y: ArrayLike) -> tuple[Counts, int]:
    """The number of addresses in each area, and how many lie in none."""
    check_shapes(shapes, "de gebieden")
    positions = assign_areas(*rd_points(x, y, "de adressen"), shapes)
    inside = positions[positions >= 0]
    return np.bincount(inside, minlength=len(shapes)), int(positions.size - inside.size)


def _check_land(level: str, basis: str, codes: pd.Series, area_km2: Floats) -> None:
    """Land is never guessed from polygons: they hold inland water, and at the coast a part of the sea."""
    unknown = codes[np.isnan(area_km2)]
    if basis == "land" and len(unknown):
        raise AtlasError(
            "Per km² land kan niet worden uitgerekend: de oppervlakte zonder water is niet bekend.",
            where=level,
            got=f"onbekend voor {len(unknown)} van de {len(codes)} gebieden: {', '.join(unknown[:5])}",
            hint="Gebruik grenzen met de landoppervlakte van het CBS, of reken per km² totaal.",
        )


def _check_basis(basis: str) -> str:
    if basis not in AREA_BASES:
        raise AtlasError("Deze oppervlakte bestaat niet.", got=basis, expected=", ".join(AREA_BASES))
    return basis


def _per(count: Counts, divisor: Floats | Counts) -> Floats:
    return np.divide(count, divisor, out=np.full(len(count), np.nan), where=np.asarray(divisor) > 0)


def _notes(records: int, unplaced: int, uncertain: int) -> tuple[str, ...]:
    notes = []
    if unplaced:
        notes.append(
            f"{unplaced} van de {records} records liggen in geen van deze gebieden en tellen niet mee."
        )
    if uncertain:
        notes.append(
            f"Van {uncertain} van de {records} records is de gemeente nog niet zeker (binnen 500 m van een"
            " gemeentegrens); ze tellen mee in de gemeente die nu is ingevuld."
        )
    return tuple(notes)
