"""The checks on the areas of a boundary file: broken polygons, doubles, missing areas, the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..core.errors import AtlasError
from .crs import MARGIN_M, beyond_provinces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.areas import Area

#: a repair that moves more of an area than this is a guess, and refused
MAX_REPAIR = 0.001
#: parts of one area that overlap more than this are not parts but two versions of it
MAX_OVERLAP = 0.001


def refuse_missing(needed: Sequence[Area], found: set[str], level: str, where: str) -> None:
    """Check that every area of the present division is there.

    Raises:
        AtlasError: naming the areas that are not.
    """
    missing = [area.label for area in needed if area.code not in found]
    if missing:
        raise AtlasError(
            f"In het grensbestand ontbreken {len(missing)} van de {len(needed)} gebieden.",
            where=f"{where} ({level})",
            got=f"zonder {', '.join(missing)}",
            expected="alle gebieden van de indeling sinds 1 januari 2021",
            hint="Gebruik grenzen van 2021 of later, of de meegeleverde grenzen.",
        )


def checked_polygons(
    geometries: np.ndarray, codes: Sequence[str], names: Mapping[str, str], where: str
) -> tuple[list[shapely.MultiPolygon], list[str]]:
    """Polygons in RD New, repaired where that changes next to nothing.

    Args:
        geometries: Shapely geometries in EPSG:28992.
        codes: The area of each.
        names: code -> name, for the sentences.
        where: The file, for the sentences.

    Returns:
        A valid MultiPolygon for each, and a warning (Dutch) for each that was repaired.

    Raises:
        AtlasError: not a polygon, or a self-intersection whose repair moves more than 0.1% of the area.
    """
    polygons: list[shapely.MultiPolygon] = []
    warnings: list[str] = []
    broken: list[str] = []
    for geometry, code in zip(geometries, codes, strict=True):
        whole = _only_polygons(geometry)
        if whole.is_empty:
            raise AtlasError(
                "Een gebied in het grensbestand heeft geen vlak.",
                where=f"{where}, {names[code]}",
                got="geen geometrie" if geometry is None else geometry.geom_type,
                expected="Polygon of MultiPolygon",
                hint="Kies de laag met vlakken, niet die met punten of lijnen.",
            )
        if not whole.is_valid:
            repaired = _only_polygons(shapely.make_valid(whole))
            # the area of a crossing ring counts its loops against each other, so any real loop shows here
            if abs(repaired.area - whole.area) > MAX_REPAIR * repaired.area:
                broken.append(names[code])
            else:
                warnings.append(f"De grens van {names[code]} snijdt zichzelf en is hersteld.")
            whole = repaired
        polygons.append(whole)
    if broken:
        raise AtlasError(
            "Grenzen snijden zichzelf, en herstellen zou het gebied veranderen.",
            where=where,
            got=", ".join(sorted(set(broken))),
            hint="Herstel ze in QGIS (Geometrie repareren) en kijk het na, of gebruik een ander bestand.",
        )
    return polygons, warnings


def without_doubles(
    polygons: Sequence[shapely.MultiPolygon], codes: Sequence[str], names: Mapping[str, str], where: str
) -> tuple[dict[str, shapely.MultiPolygon], list[str]]:
    """One geometry for each code: separate parts of an area are put together.

    Returns:
        code -> MultiPolygon, and a warning for each area that came in parts.

    Raises:
        AtlasError: rows of the same area overlap: it is there twice.
    """
    parts: dict[str, list[shapely.MultiPolygon]] = {}
    for polygon, code in zip(polygons, codes, strict=True):
        parts.setdefault(code, []).append(polygon)
    whole: dict[str, shapely.MultiPolygon] = {}
    doubles: list[str] = []
    warnings: list[str] = []
    for code, pieces in parts.items():
        whole[code] = pieces[0] if len(pieces) == 1 else _only_polygons(shapely.union_all(pieces))
        total = sum(piece.area for piece in pieces)
        if total - whole[code].area > MAX_OVERLAP * total:
            doubles.append(names[code])
        elif len(pieces) > 1:
            warnings.append(
                f"{names[code]} staat in {len(pieces)} delen in het bestand; ze zijn samengevoegd."
            )
    if doubles:
        raise AtlasError(
            "Gebieden staan meer dan één keer in het grensbestand.",
            where=where,
            got=", ".join(doubles),
            expected="elk gebied één keer",
            hint="Staan er meer jaren in het bestand? Bewaar er dan één van.",
        )
    return whole, warnings


def refuse_outside(
    geometry: Mapping[str, shapely.MultiPolygon], names: Mapping[str, str], where: str
) -> None:
    """Check that every area lies in Drenthe and Groningen, with 5 km to spare.

    Raises:
        AtlasError: naming the areas that do not.
    """
    outside = [names[code] for code, shape in geometry.items() if beyond_provinces(shape.bounds)]
    if outside:
        raise AtlasError(
            f"Gebieden liggen meer dan {MARGIN_M / 1000:.0f} km buiten Drenthe en Groningen.",
            where=where,
            got=", ".join(outside),
            hint="Controleer het coördinatenstelsel, en of de codes bij de juiste vlakken staan.",
        )


def _only_polygons(geometry: shapely.Geometry | None) -> shapely.MultiPolygon:
    parts = [] if geometry is None else shapely.get_parts(np.atleast_1d(shapely.get_parts(geometry)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])
