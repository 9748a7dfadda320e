"""The borders in a dossier: the embedded ones, in RD New, as layers to look at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.areas.crs import rd_from_wgs84
from ..core.areas.embedded_boundaries import embedded_boundaries
from ..core.figures.borders import inferred_pairs
from ..core.figures.qml import boundary_style
from ..core.schema.published import layer
from ..gpkg.geometry import multipolygon
from ..gpkg.geopackage import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

#: polygons of rings of (x, y) in RD metres
_Polygons = list[list[list[tuple[float, float]]]]


def base_sheets() -> tuple[list[Sheet], str]:
    """The borders of every level, and the Dutch sentence on their source."""
    shapes, source = embedded_boundaries()
    return [_sheet(level, areas, source) for level, areas in shapes.items()], source


def _sheet(level: str, areas: Mapping[str, Mapping[str, Any]], source: str) -> Sheet:
    described = layer(level)
    polygons = {code: rd_polygons(area["geometry"]["coordinates"]) for code, area in areas.items()}
    return Sheet(
        layer=described,
        name=level,
        title=described.alias,
        fields=described.fields,
        rows=[
            {
                **{key: value for key, value in area.items() if key in described.field_names},
                "code": code,
                "oppervlakte_km2": round(area_m2(polygons[code]) / 1e6, 2),
            }
            for code, area in areas.items()
        ],
        geometries=[multipolygon(polygons[code]) for code in areas],
        abstract=f"{described.description}. {source}",
        rights=source,
        style=boundary_style(
            level,
            described.alias,
            described.fields,
            geometry={code: area["geometry"] for code, area in areas.items()},
            inferred_borders=inferred_pairs(
                {
                    "code": code,
                    "province": area.get("provincie_code"),
                    "inferred": area.get("lidmaatschap") == "afgeleid",
                }
                for code, area in areas.items()
            ),
        ),
    )


def rd_polygons(coordinates: Sequence[Sequence[Sequence[Sequence[float]]]]) -> _Polygons:
    """The polygons of a GeoJSON MultiPolygon in WGS84, their vertices in RD New (metres)."""
    return [[[rd_from_wgs84(*vertex) for vertex in ring] for ring in polygon] for polygon in coordinates]


def area_m2(polygons: _Polygons) -> float:
    """The area in the plane of RD: each outer ring without its holes."""
    return sum(
        abs(_ring_m2(outer)) - sum(abs(_ring_m2(hole)) for hole in holes) for outer, *holes in polygons
    )


def _ring_m2(ring: list[tuple[float, float]]) -> float:
    """Gauss's area formula, from the first vertex: the products of RD coordinates would lose digits."""
    west, south = ring[0]
    return (
        sum(
            (x - west) * (next_y - south) - (next_x - west) * (y - south)
            for (x, y), (next_x, next_y) in pairwise(ring)
        )
        / 2
    )
