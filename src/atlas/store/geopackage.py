"""The published GeoPackage: boundaries, all values in one table, and a styled map layer for every view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
import shapely.geometry

from ..core.disclosure.released import content_of
from ..core.figures.qml import boundary_style
from ..core.files.new_file import new_file
from ..core.joining.joined import LAYER
from ..core.schema.published import layer
from ..geo.reading.crs import to_rd
from ..gpkg.atlas_file import atlas_items, atlas_sheets, marked_bytes
from ..gpkg.geometry import Geometry
from ..gpkg.geopackage import Sheet
from ..gpkg.replacing import check_replaceable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from ..core.joining.joined import JoinedRows


def write_atlas_geopackage(path: Path, released: Released[Payload]) -> None:
    """Write the payload as a GeoPackage 1.3 in EPSG:28992: whole or not at all, same input same bytes.

    Layers: gemeente, surveyregio, provincie; waarde (no geometry); one `kaart_<indicator>_<level>` for each
    view, with the period behind it when an indicator has several, and a default style for all.

    Args:
        path: The new file; an earlier output of the atlas is replaced.
        released: What `core.figures.payload.build_payload` returns.

    Raises:
        AtlasError: the file is in use or not ours (see `check_replaceable`), can't be written, or a name
            can't be that of a layer.
    """
    payload = content_of(released)
    check_replaceable(path)
    shapes = {
        level["id"]: {code: in_rd(geometry) for code, geometry in level["geometry"].items()}
        for level in payload["levels"]
    }
    geometries = {
        level: {code: stored(shape) for code, shape in by_code.items()} for level, by_code in shapes.items()
    }
    areas_m2 = {
        level: {code: shape.area for code, shape in by_code.items()} for level, by_code in shapes.items()
    }
    save(path, atlas_sheets(released, geometries, areas_m2), atlas_items(released), payload["date"])


def save_joined(
    path: Path,
    content: JoinedRows,
    shapes: Mapping[str, Mapping[str, Any]],
    source: str,
    said: Mapping[str, str],
) -> None:
    """Write the rows of a join with their areas, one layer "koppeling" in EPSG:28992.

    Args:
        path: The new file.
        content: The rows; their texts are those of a file, no formulas.
        shapes: Code of an area -> its `geometry` (GeoJSON, WGS84).
        source: The sentence on the source of the boundaries.
        said: What is said of the result as a whole.
    """
    level, fields, rows = content
    described = layer(LAYER)
    sheet = Sheet(
        layer=described,
        name=LAYER,
        title=f"{described.alias} ({layer(level).alias.lower()})",
        fields=tuple(fields),
        rows=rows,
        geometries=[stored(in_rd(shapes[str(row["code"])]["geometry"])) for row in rows],
        abstract=f"{described.description}. {source}",
        rights=source,
        style=boundary_style(level, described.alias, fields, label_field="waarde"),
    )
    save(path, [sheet], {"titel": sheet.title, "bron_grenzen": source, **said}, "")


def save(path: Path, sheets: Sequence[Sheet], items: Mapping[str, str], date: str) -> None:
    """Write sheets as a new GeoPackage beside `path` and move it into place.

    Args:
        path: The new file.
        sheets: The tables.
        items: Metadata of the file.
        date: ISO date (or year, or year and month) that all time stamps get; from the data.

    Raises:
        AtlasError: see `gpkg.atlas_file.marked_bytes`, or the file can't be written.
    """
    content = marked_bytes(path, sheets, items, date)
    with new_file(path) as beside:
        beside.write_bytes(content)


def in_rd(geometry: Mapping[str, Any]) -> shapely.MultiPolygon:
    """A GeoJSON MultiPolygon in WGS84 -> the same in RD New (EPSG:28992)."""
    return shapely.transform(shapely.geometry.shape(geometry), to_rd)


def stored(shape: shapely.Geometry) -> Geometry:
    """A shape in EPSG:28992 as `gpkg.geopackage` writes it."""
    return Geometry(shape.bounds, shapely.to_wkb(shape, byte_order=1))
