"""What a raster amounts to in each area, as a file: GeoPackage with the areas, CSV without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from ..core.disclosure.released import content_of
from ..core.figures.map_layers import allowed_fields
from ..core.schema.published import layer
from ..core.words.errors import AtlasError
from ..gpkg.geopackage import Cell, Sheet
from ..gpkg.replacing import check_replaceable
from .geopackage import save, stored
from .spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..core.disclosure.released import Released

_LAYER = "rastercijfer"
_SUFFIXES = (".gpkg", ".csv")


def check_zonal_output(path: Path) -> None:
    """Check, before any work is done, that the name of the result says what it is to be.

    Raises:
        AtlasError: not .gpkg or .csv, a folder stands there, or a GeoPackage that may not be replaced.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise AtlasError(
            "Dit soort uitvoer kan niet worden gemaakt.",
            where=str(path), got=path.suffix or "geen extensie", expected=" of ".join(_SUFFIXES),
        )  # fmt: skip
    check_replaceable(path)


def write_zonal(
    path: Path, released: Released[Sequence[Mapping[str, Cell]]], shapes: Sequence[shapely.Geometry]
) -> None:
    """Write rows of the layer "rastercijfer", in the order given.

    Args:
        path: A new .gpkg or .csv (utf-8 with a byte order mark).
        released: Rows by field name; `peildatum` is the same in all.
        shapes: The area of each row, EPSG:28992.

    Raises:
        AtlasError: the layer may not reach the audience, or the file can't be written.
    """
    rows, audience = content_of(released), released.audience
    fields = allowed_fields(_LAYER, audience)
    if path.suffix.lower() == ".csv":
        names = [field.name for field in fields]
        write_csv(path, names, [[row[name] for name in names] for row in rows])
        return
    described = layer(_LAYER)
    first = rows[0]
    sheet = Sheet(
        layer=described,
        name=_LAYER,
        title=f"{described.alias}: {first['raster']}",
        fields=fields,
        rows=rows,
        geometries=[stored(_several(shape)) for shape in shapes],
        abstract=f"{described.description}. {first['methode']}",
        rights="Alleen voor het team; niet doorgeven",
    )
    save(path, [sheet], {"titel": sheet.title, "doelgroep": audience}, str(first["peildatum"]))


def _several(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
