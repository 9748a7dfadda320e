"""Places in any common system become RD New; each place that can't be trusted is a reported row.

What a file declares is compared with what its numbers look like. When most of them say something else, the
file is refused; a stray one is a row that is not used. Nothing is swapped or converted on a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

from ...core.areas.coordinate_checks import MARGIN_M, PROVINCES_RD
from ...core.areas.crs import RD, WGS84
from ...core.words.errors import AtlasError
from .crs import check_declared, is_rd, to_rd, to_wgs84

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .frames import Sieve

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

#: Drenthe and Groningen with their margin, in RD metres: west, south, east, north
FRAME_RD = (
    PROVINCES_RD[0] - MARGIN_M, PROVINCES_RD[1] - MARGIN_M,
    PROVINCES_RD[2] + MARGIN_M, PROVINCES_RD[3] + MARGIN_M,
)  # fmt: skip
#: the Netherlands, generously, as coordinate_checks.appearance has it
_NETHERLANDS_RD = (-10_000.0, 285_000.0, 310_000.0, 650_000.0)
_NETHERLANDS_DEGREES = (3.0, 50.5, 7.5, 54.0)
_RECOGNISED = {
    RD: "Het bestand zegt niet in welk stelsel de coördinaten zijn; ze zijn herkend als RD New (EPSG:28992).",
    WGS84: "Het bestand zegt niet in welk stelsel de coördinaten zijn; ze zijn herkend als lengte- en "
    "breedtegraden (WGS84).",
}
_SENTENCES = {
    "geen_plaats": "Deze rij heeft geen plaats.",
    "nul_nul": "De coördinaten zijn 0 en 0: de plaats is niet ingevuld.",
    "verwisseld": "De x en de y zijn verwisseld.",
    "graden": "De coördinaten zijn graden; de rest van het bestand is in meters.",
    "meters": "De coördinaten zijn meters; de rest van het bestand is in graden.",
}


def user_system(crs: str | None) -> pyproj.CRS | None:
    """The system a user names ("EPSG:28992"), None when none is named.

    Raises:
        AtlasError: there is no such system.
    """
    if crs is None:
        return None
    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise AtlasError(
            "Dit coördinatenstelsel bestaat niet.", got=crs[:80], expected=f"{RD} of {WGS84}"
        ) from error


def frame_in(crs: pyproj.CRS | None) -> tuple[float, float, float, float]:
    """The provinces with their margin, as a box in the coordinates of a system (RD when it is None)."""
    west, south, east, north = FRAME_RD
    corners = np.array([(west, south), (west, north), (east, south), (east, north)])
    if crs is None or is_rd(crs):
        return FRAME_RD
    degrees = to_wgs84(corners)
    if not crs.is_geographic:
        forward = pyproj.Transformer.from_crs(WGS84, crs, always_xy=True)
        degrees = np.column_stack(forward.transform(degrees[:, 0], degrees[:, 1]))
    return (*degrees.min(axis=0).tolist(), *degrees.max(axis=0).tolist())


def system_of(x: Floats, y: Floats, crs: pyproj.CRS | None, sieve: Sieve) -> pyproj.CRS:
    """The system of coordinates: as declared when the numbers agree, recognised when nothing is declared.

    Args:
        x: Shape (n,), as in the file; NaN where there is no place.
        y: Shape (n,).
        crs: What the file declares.
        sieve: For its notes.

    Raises:
        AtlasError: most numbers contradict what is declared, are swapped, or can't be recognised.
    """
    there = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0)) & sieve.kept
    looks = {
        "rd": _within(x, y, _NETHERLANDS_RD) & ~_within(x, y, _NETHERLANDS_DEGREES),
        "graden": _within(x, y, _NETHERLANDS_DEGREES),
        "rd_omgewisseld": _within(y, x, _NETHERLANDS_RD),
        "graden_omgewisseld": _within(y, x, _NETHERLANDS_DEGREES),
    }
    taken = np.zeros(x.size, dtype=bool)
    most, found = there & ~np.logical_or.reduce(list(looks.values())), "onbekend"
    for name, mask in looks.items():
        here = mask & there & ~taken
        taken |= here
        if here.sum() > most.sum():
            most, found = here, name
    if not most.any():
        return crs or pyproj.CRS(RD)
    if crs is None and found in ("rd", "graden"):
        known = RD if found == "rd" else WGS84
        sieve.note(_RECOGNISED[known])
        return pyproj.CRS(known)
    bounds = (x[most].min(), y[most].min(), x[most].max(), y[most].max())
    check_declared(crs, bounds, sieve.source)
    if crs is None:  # check_declared refuses this
        raise AtlasError("Het coördinatenstelsel is niet bekend.", where=sieve.source)
    return crs


def points_in_rd(
    x: Floats, y: Floats, crs: pyproj.CRS | None, sieve: Sieve, *, may_be_nowhere: bool = False
) -> tuple[Floats, Floats]:
    """Points in RD New; those without a usable place are taken out of the sieve.

    Args:
        x: Shape (n,), as in the file; NaN where there is no place.
        y: Shape (n,).
        crs: What the file declares, None when it declares nothing.
        sieve: Takes the rows out.
        may_be_nowhere: Whether a row without coordinates stays in (its x and y are NaN).

    Returns:
        x and y in metres (EPSG:28992), shape (n,), whatever was taken out included.

    Raises:
        AtlasError: see `system_of`; or every place lies outside the provinces.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    if not may_be_nowhere:
        _reject(sieve, nowhere, "geen_plaats")
    _reject(sieve, (x == 0) & (y == 0), "nul_nul")
    before = sieve.kept & ~nowhere
    system = system_of(x, y, crs, sieve)
    east, north = _transformed(x, y, system)
    inside = _within(east, north, FRAME_RD) | nowhere
    _reject_strays(x, y, system, inside, sieve)
    sieve.reject(
        ~inside,
        "buiten_gebied",
        lambda out: [
            f"Ligt op x {east[at]:.0f}, y {north[at]:.0f}: meer dan {MARGIN_M / 1000:.0f} km buiten "
            "Drenthe en Groningen."
            for at in out
        ],
    )
    if before.any() and not (inside & before).any():
        raise _all_outside(sieve.source)
    return east, north


def shapes_in_rd(shapes: NDArray[np.object_], crs: pyproj.CRS | None, sieve: Sieve) -> NDArray[np.object_]:
    """Polygons or lines in RD New, without Z and M; those that do not touch the provinces are taken out.

    Args:
        shapes: Shapely geometries, None allowed.
        crs: What the file declares.
        sieve: Takes the rows out.

    Raises:
        AtlasError: see `system_of`; or everything lies outside the provinces.
    """
    shapes = shapely.force_2d(shapes)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    _reject(sieve, empty, "geen_plaats")
    before = sieve.kept.copy()
    bounds = shapely.bounds(shapes)
    system = system_of((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2, crs, sieve)
    if not is_rd(system):
        shapes = shapely.transform(shapes, lambda points: np.column_stack(_transformed(*points.T, system)))
        bounds = shapely.bounds(shapes)
    west, south, east, north = FRAME_RD
    touching = (
        (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    )
    sieve.reject(~touching, "buiten_gebied", "Ligt buiten Drenthe en Groningen.")
    if before.any() and not (touching & before).any():
        raise _all_outside(sieve.source)
    return shapes


def _transformed(x: Floats, y: Floats, system: pyproj.CRS) -> tuple[Floats, Floats]:
    if is_rd(system):
        return x, y
    if not system.is_geographic:
        there = pyproj.Transformer.from_crs(system, WGS84, always_xy=True)
        x, y = there.transform(x, y)
    # far outside the Netherlands the projection gives infinity: those rows are taken out as outside
    points = to_rd(np.column_stack([x, y]))
    return points[:, 0], points[:, 1]


def _reject_strays(x: Floats, y: Floats, system: pyproj.CRS, inside: Mask, sieve: Sieve) -> None:
    """Rows in another system or order than the rest of the file."""
    if is_rd(system):
        _reject(sieve, ~inside & _within(y, x, FRAME_RD), "verwisseld")
        _reject(sieve, ~inside & _within(x, y, _NETHERLANDS_DEGREES), "graden")
        _reject(sieve, ~inside & _within(y, x, _NETHERLANDS_DEGREES), "graden")
    elif system.is_geographic:
        _reject(sieve, ~inside & _within(y, x, _NETHERLANDS_DEGREES), "verwisseld")
        _reject(sieve, ~inside & _within(x, y, _NETHERLANDS_RD) & (np.abs(x) > 180), "meters")  # noqa: PLR2004 - no degrees


def _reject(sieve: Sieve, mask: Mask, code: str) -> None:
    sieve.reject(mask, code, _SENTENCES[code])


def _within(x: Floats, y: Floats, frame: tuple[float, float, float, float]) -> Mask:
    return (x >= frame[0]) & (x <= frame[2]) & (y >= frame[1]) & (y <= frame[3])


def _all_outside(source: str) -> AtlasError:
    return AtlasError(
        f"Alles in dit bestand ligt meer dan {MARGIN_M / 1000:.0f} km buiten Drenthe en Groningen.",
        where=source,
        hint="Controleer het coördinatenstelsel, en of dit het goede bestand is.",
    )
