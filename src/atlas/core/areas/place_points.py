"""Places as points: names on a map without asking anybody, and hamlets; never to decide what lies where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..files.embedded import read_embedded_csv

SOURCE = "Plaatsnamen op de kaart: GeoNames, CC BY 4.0."


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """A village, hamlet or town.

    Args:
        name: As GeoNames has it; several places may have the same.
        municipality: Its code.
        lon: WGS84, degrees.
        lat: WGS84, degrees.
        inhabitants: 0 when not known.
        official: Whether a woonplaats has this name.
    """

    name: str
    municipality: str
    lon: float
    lat: float
    inhabitants: int
    official: bool


@cache
def place_points() -> tuple[PlacePoint, ...]:
    """All places, in the order in which their names are given room: those with most inhabitants first."""
    found = [
        PlacePoint(
            row["naam"], row["gemeente_code"], float(row["lon"]), float(row["lat"]),
            int(row["inwoners"] or 0), row["woonplaats"] == "1",
        )
        for row in read_embedded_csv("data", "areas", "plaatsen_punten.csv")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.inhabitants, not one.official, one.name, one.lon)))
