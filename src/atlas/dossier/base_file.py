"""The borders in a dossier: the embedded ones, in RD New, as layers to look at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.areas.crs import rd_from_wgs84
from ..core.areas.divisions import levels
from ..core.areas.embedded_boundaries import embedded_boundaries
from ..core.figures.borders import inferred_pairs
from ..core.figures.qml import boundary_style
from ..core.files.dossier_folder import BASE_FILE
from ..core.schema.published import layer
from ..gpkg.geometry import multipolygon
from ..gpkg.geopackage import Sheet, read_items, write_geopackage, write_items
from ..gpkg.statements import sql
from .locks import RESTORE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

#: polygons of rings of (x, y) in RD metres
_Polygons = list[list[list[tuple[float, float]]]]
#: item in the metadata of the file: the checksum of all else in it that says something
CHECKSUM_ITEM, _SIZE = "controlegetal", 12


@cache
def base_sheets() -> tuple[tuple[Sheet, ...], str]:
    """The borders of every level, and the Dutch sentence on their source.

    Kept: working them out in RD is two thirds of making a dossier, and judging an old one asks for them too.
    """
    shapes, source = embedded_boundaries()
    return tuple(_sheet(level, areas, source) for level, areas in shapes.items()), source


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


def seal_base(connection: sqlite3.Connection) -> None:
    """Keep the checksum of the borders in the metadata of a file with borders, within a transaction."""
    write_items(connection, {**read_items(connection), CHECKSUM_ITEM: _checksum(connection)})


def damage_of_base(connection: sqlite3.Connection) -> str:
    """The Dutch sentence when borders are not as they were made; "" when they are, or nobody can know."""
    kept = read_items(connection).get(CHECKSUM_ITEM)
    if kept is None or kept == _checksum(connection):
        return ""
    return f"{BASE_FILE}: de grenzen zijn anders dan opgeslagen, en niemand wijzigt ze. {RESTORE}."


def unsealed_base(connection: sqlite3.Connection) -> str:
    """The Dutch sentence when nobody can know: borders without a checksum, not those of this atlas."""
    items = read_items(connection)
    if CHECKSUM_ITEM in items or _checksum(connection) == _checksum_of_new(items):
        return ""
    return (
        f"{BASE_FILE}: is gemaakt voordat er controlegetallen waren, met andere grenzen dan die van nu. Of "
        "er iets in is beschadigd, is niet te zien."
    )


def _checksum(connection: sqlite3.Connection) -> str:
    """Of every cell of the borders, and of what the file says of itself."""
    items = {name: text for name, text in read_items(connection).items() if name != CHECKSUM_ITEM}
    digest = blake2b(repr(sorted(items.items())).encode(), digest_size=_SIZE)
    for level in levels():
        for row in connection.execute(sql("SELECT * FROM $table ORDER BY fid", table=level.id)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _checksum_of_new(items: Mapping[str, str]) -> str:
    with closing(sqlite3.connect(":memory:")) as connection:
        write_geopackage(connection, base_sheets()[0], items, "")
        return _checksum(connection)


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
