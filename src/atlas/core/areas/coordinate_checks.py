"""Whether coordinates are what a file says they are, and lie in the two provinces.

Everything is x before y and longitude before latitude, whatever order an authority prefers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..words.errors import AtlasError
from .crs import RD, WGS84, rd_from_wgs84

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Drenthe and Groningen in RD metres (west, south, east, north) and how far beyond a coordinate may lie
PROVINCES_RD = (204_000.0, 514_000.0, 279_000.0, 621_000.0)
MARGIN_M = 5_000.0
#: the Netherlands, generously: west, south, east, north
_NETHERLANDS_RD = (-10_000.0, 285_000.0, 310_000.0, 650_000.0)
_NETHERLANDS_WGS84 = (3.0, 50.5, 7.5, 54.0)

Bounds = tuple[float, float, float, float]
Look = Literal["rd", "graden", "graden_omgewisseld", "rd_omgewisseld", "onbekend"]
_LOOK_WORDS: dict[Look, str] = {
    "rd": "getallen die eruitzien als RD-coördinaten (meters)",
    "graden": "getallen die eruitzien als lengte- en breedtegraden",
    "graden_omgewisseld": "graden waarbij de breedtegraad voor de lengtegraad staat",
    "rd_omgewisseld": "RD-coördinaten waarbij y voor x staat",
    "onbekend": "getallen die niet in Nederland liggen",
}


def appearance(bounds: Sequence[float]) -> Look:
    """What coordinates look like, judged by their bounds (west, south, east, north)."""
    west, south, east, north = (float(edge) for edge in bounds)
    swapped = (south, west, north, east)
    guesses: tuple[tuple[Look, Bounds, Bounds], ...] = (
        ("rd", (west, south, east, north), _NETHERLANDS_RD),
        ("graden", (west, south, east, north), _NETHERLANDS_WGS84),
        ("rd_omgewisseld", swapped, _NETHERLANDS_RD),
        ("graden_omgewisseld", swapped, _NETHERLANDS_WGS84),
    )
    for look, box, frame in guesses:
        if frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]:
            return look
    return "onbekend"


def place_in_rd(x: float, y: float) -> tuple[float, float]:
    """A place as a file without a system writes it -> x and y in metres (RD New).

    Degrees are known by how they look, in either order; what looks like nothing here stays as it is, for who
    checks whether it lies in the two provinces.
    """
    if max(x, y) > _NETHERLANDS_WGS84[3]:  # nearly all: every y in RD is larger
        return x, y
    look = appearance((x, y, x, y))
    if look == "graden":
        return rd_from_wgs84(x, y)
    return rd_from_wgs84(y, x) if look == "graden_omgewisseld" else (x, y)


def refuse_mistaken_system(
    name: str | None, bounds: Sequence[float], where: str, *, is_rd: bool, is_geographic: bool
) -> None:
    """Check that the coordinates are what the file says they are.

    Args:
        name: The system the file declares, None when it declares nothing.
        bounds: West, south, east, north of everything in the file, as written there.
        where: The file, for the sentence.
        is_rd: Whether the declared system is RD New.
        is_geographic: Whether the declared system is in degrees.

    Raises:
        AtlasError: no system, RD declared as WGS84 or the other way round, or x and y swapped.
    """
    look = appearance(bounds)
    if name is None:
        raise AtlasError(
            "Het bestand zegt niet in welk coördinatenstelsel het is.",
            where=where,
            got=_LOOK_WORDS[look],
            expected=f"RD New ({RD}) of WGS84 ({WGS84}), en dat erbij vermeld",
            hint="Bij een shapefile hoort een .prj-bestand. Of sla de laag in QGIS op met het stelsel.",
        )
    if look in ("graden_omgewisseld", "rd_omgewisseld"):
        raise AtlasError(
            "De coördinaten staan in de verkeerde volgorde.",
            where=where,
            got=_LOOK_WORDS[look],
            expected="eerst x (of de lengtegraad), dan y (of de breedtegraad)",
            hint="Wissel de twee om en sla het bestand opnieuw op.",
        )
    mistaken = (look == "rd" and not is_rd) or (look == "graden" and not is_geographic)
    if mistaken:
        raise AtlasError(
            "Het coördinatenstelsel klopt niet met de coördinaten.",
            where=where,
            got=f"het bestand zegt {name}, maar bevat {_LOOK_WORDS[look]}",
            expected=RD if look == "rd" else WGS84,
            hint="Wijs de laag in QGIS het juiste stelsel toe (niet: omzetten) en sla het bestand op.",
        )


def beyond_provinces(bounds: Sequence[float]) -> bool:
    """Whether bounds in RD metres reach more than `MARGIN_M` outside Drenthe and Groningen."""
    west, south, east, north = PROVINCES_RD
    return bool(
        bounds[0] < west - MARGIN_M
        or bounds[1] < south - MARGIN_M
        or bounds[2] > east + MARGIN_M
        or bounds[3] > north + MARGIN_M
    )
