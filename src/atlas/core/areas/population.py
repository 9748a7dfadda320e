"""Inhabitants and land of every area: what "per 1.000 inwoners" and "per km² land" divide by.

Published by CBS (data/areas/README.md says where). A year that is not in it is never filled in: the nearest
one is used when it lies within two years, and is said. Land hardly changes, so its one year serves for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..files.embedded import read_embedded_csv
from ..words.errors import AtlasError
from .divisions import areas, levels, members

if TYPE_CHECKING:
    from collections.abc import Mapping

#: a population of a year further away is of another place in time
_NEAREST_WITHIN = 2


@dataclass(frozen=True, slots=True)
class AreaDivisor:
    """What a count of each area is divided by.

    Attributes:
        of_area: Code of an area -> inhabitants, or km² of land.
        name: Of what, for the unit: "inwoners" or "land".
        note: A Dutch sentence with the year that was used, and the source.
        year: That year.
    """

    of_area: Mapping[str, float]
    name: str
    note: str
    year: int


def inhabitants(level: str, year: int) -> AreaDivisor:
    """The inhabitants of every area of a level on 1 January of a year, or of the nearest year.

    Raises:
        AtlasError: a level without them, or no year within two of this one.
    """
    _check_level(level, "inwoners")
    known = _inhabitants()
    nearest = min(known, key=lambda other: (abs(other - year), other))
    if abs(nearest - year) > _NEAREST_WITHIN:
        raise AtlasError(
            f"Van {year} en de twee jaren ervoor en erna heeft de atlas geen inwoners.",
            got=str(year),
            expected="een jaar bij " + ", ".join(map(str, sorted(known))),
            hint="Neem de inwoners van dat jaar op in de tabel, en deel door die kolom.",
        )
    said = f"Gedeeld door de inwoners op 1 januari {nearest} (CBS)"
    note = f"{said}." if nearest == year else f"{said}, het naaste jaar: van {year} heeft de atlas ze niet."
    return AreaDivisor(_added_up(known[nearest], level), "inwoners", note, nearest)


def land_km2(level: str) -> AreaDivisor:
    """The land of every area of a level, without its water, in km².

    Raises:
        AtlasError: a level without it.
    """
    _check_level(level, "landoppervlakte")
    year, land = _land()
    return AreaDivisor(
        _added_up(land, level), "land", f"Gedeeld door het land in km² van {year} (CBS).", year
    )


def _check_level(level: str, what: str) -> None:
    known = [one.id for one in levels()]
    if level not in known:
        raise AtlasError(
            f"Op dit niveau heeft de atlas geen {what}.",
            got=level,
            expected=", ".join(known),
            hint="Neem het getal op in de tabel, en deel door die kolom.",
        )


def _added_up(of_municipality: Mapping[str, float], level: str) -> dict[str, float]:
    """The sum over the municipalities of each area."""
    return {
        area.code: sum(of_municipality[member.code] for member in members(area.code)) for area in areas(level)
    }


@cache
def _inhabitants() -> Mapping[int, Mapping[str, float]]:
    found: dict[int, dict[str, float]] = {}
    for row in read_embedded_csv("data", "areas", "inwoners.csv"):
        found.setdefault(int(row["jaar"]), {})[row["gemeente_code"]] = float(row["inwoners"])
    return found


@cache
def _land() -> tuple[int, Mapping[str, float]]:
    rows = read_embedded_csv("data", "areas", "landoppervlakte.csv")
    return int(rows[0]["jaar"]), {row["gemeente_code"]: float(row["land_km2"]) for row in rows}
