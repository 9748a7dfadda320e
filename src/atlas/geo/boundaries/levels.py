"""Boundaries of every level: the embedded ones, or a user's own file or folder.

The embedded files are handed on exactly as stored (`core.areas.embedded_boundaries`). A user's file goes
through
`boundary_file`, which checks it; geopandas is loaded for that only (it costs half a second).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...core.areas.crs import RD
from ...core.areas.detailed_borders import rings
from ...core.areas.districts import DISTRICT_LEVEL
from ...core.areas.divisions import levels
from ...core.areas.embedded_boundaries import (
    FILE_NAMES,
    Shapes,
    embedded_boundaries,
    embedded_file,
    embedded_shapes,
    embedded_source,
    source_sentence,
)
from ...core.words.errors import AtlasError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

#: what a folder may hold, in the order in which they are looked for
SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".parquet")


def boundary_payload(path: Path | None = None) -> tuple[Shapes, str, list[str]]:
    """The boundaries of all levels as `core.figures.payload` wants them.

    Args:
        path: A folder with gemeenten, surveyregios and provincies, or one file with municipalities; levels
            that are not there are dissolved from the municipalities. None: the embedded boundaries.

    Returns:
        level -> code -> {"geometry": GeoJSON MultiPolygon in WGS84, "anchor": [lon, lat], and the other
        properties}; one Dutch sentence on source, vintage and licence; warnings in Dutch. Embedded
        coordinates are exactly those of the file, others are rounded to 5 decimals (about 1 m).

    Raises:
        AtlasError: see `load_boundaries`.
    """
    if path is None:
        return *embedded_boundaries(), []
    from .boundary_file import read_boundary_file, shapes_of  # noqa: PLC0415 - geopandas, see above

    shapes: Shapes = {}
    warnings: list[str] = []
    for level in levels():
        frame = read_boundary_file(level.id, level_path(path, level.id))
        shapes[level.id] = shapes_of(frame)
        warnings += [warning for warning in frame.attrs["waarschuwingen"] if warning not in warnings]
    return shapes, source_sentence(frame.attrs), warnings


def level_shapes(level: str, path: Path | None = None) -> tuple[dict[str, dict[str, Any]], str]:
    """The areas of one level as `boundary_payload` has them, and the sentence on their source.

    Of wijken there are only the embedded ones.

    Raises:
        AtlasError: see `load_boundaries`.
    """
    if level == DISTRICT_LEVEL:
        return embedded_shapes(level), embedded_source(level)
    shapes, source, _warnings = boundary_payload(path)
    return shapes[level], source


def load_boundaries(level: str, path: Path | None = None) -> gpd.GeoDataFrame:
    """The boundaries of one level, checked, in RD New.

    Args:
        level: "gemeente", "surveyregio" or "provincie".
        path: A file or folder of the user's (GeoJSON, GeoPackage, Shapefile, ...), None for the embedded one.

    Returns:
        One row for each area, sorted by code, in EPSG:28992: code, naam, provincie_code, oppervlakte_km2
        (computed in EPSG:28992), oppervlakte_land_km2 (NaN when unknown), for survey regions leden and
        lidmaatschap, and geometry (MultiPolygon). `attrs` holds bron, peildatum, licentie and the list
        waarschuwingen.

    Raises:
        AtlasError: unreadable, empty, wrong coordinate system, swapped coordinates, outside the provinces,
            broken geometry, areas missing or twice.
    """
    from .boundary_file import read_boundary_file  # noqa: PLC0415 - geopandas, see above

    return read_boundary_file(level, embedded_file(level) if path is None else level_path(path, level))


def deciding_boundaries() -> gpd.GeoDataFrame:
    """The municipalities with the detailed borders, which decide in which of them a point lies.

    Returns:
        As `load_boundaries("gemeente")`, its columns included; the geometry is that of
        `core.areas.detailed_borders`, and not for drawing the page.
    """
    import shapely  # noqa: PLC0415 - as geopandas, see above

    frame = load_boundaries("gemeente")
    shapes = rings("gemeente")
    frame["geometry"] = frame["code"].map(
        lambda code: shapely.multipolygons([shapely.polygons(ring) for ring in shapes[code]])
    )
    return frame.set_geometry("geometry", crs=RD)


def level_path(path: Path, level: str) -> Path:
    """The file for a level: itself, or the one with that name (or the municipalities') in a folder.

    Raises:
        AtlasError: the folder holds no file with the municipalities.
    """
    if not path.is_dir():
        return path
    for name in (FILE_NAMES[level], FILE_NAMES["gemeente"]):
        for suffix in SUFFIXES:
            if (candidate := path / f"{name}{suffix}").exists():
                return candidate
    raise AtlasError(
        "In de map met grenzen staat geen bestand met de gemeenten.",
        where=str(path),
        expected=f"{FILE_NAMES['gemeente']} met een van de uitgangen {', '.join(SUFFIXES)}",
        hint="Haal de grenzen op met 'atlas boundaries update', of noem het bestand zelf.",
    )
