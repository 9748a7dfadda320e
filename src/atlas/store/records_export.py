"""Records for a program of a team: the table that was released as GeoPackage, CSV, XLSX or GeoJSON.

GeoPackage has the place in EPSG:28992, GeoJSON in WGS84, CSV and XLSX as columns x_rd and y_rd.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from ..core.disclosure.released import content_of
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless
from ..geo.reading.crs import to_wgs84
from ..gpkg.geometry import point
from ..gpkg.geopackage import Sheet
from ..gpkg.replacing import check_replaceable
from .geopackage import save
from .spreadsheets import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.records.record_table import RecordTable

#: about a centimetre
_DECIMALS_DEGREES = 7


def table_writer(path: Path) -> Callable[[Path, Released[RecordTable]], None]:
    """What writes a table of records in the kind of file that a name asks for.

    Raises:
        AtlasError: a kind of file that is not handed out, or a GeoPackage that may not be replaced.
    """
    suffix = path.suffix.lower()
    writer = _WRITERS.get(suffix)
    if writer is None:
        to_read = suffix == ".pdf"
        raise AtlasError(
            "Een PDF is om te lezen; velden en codes voor een programma staan er niet in."
            if to_read
            else "Dit soort uitvoer kan niet worden gemaakt.",
            where=str(path), got=path.suffix or "geen extensie",
            expected=" of ".join(_WRITERS if to_read else (*_WRITERS, ".pdf")),
        )  # fmt: skip
    if suffix == ".gpkg":
        check_replaceable(path)
    return writer


def write_table_geopackage(path: Path, released: Released[RecordTable]) -> None:
    """Write the table as a GeoPackage of one layer."""
    table = content_of(released)
    sheet = Sheet(
        layer=table.layer,
        name=table.layer.name,
        title=table.title,
        fields=table.fields,
        rows=table.records,
        geometries=[place and point(*place) for place in table.places()] if table.has_places else None,
        abstract=table.layer.description,
        rights="Alleen voor het team van de genoemde gemeenten; niet doorgeven",
    )
    about = {"titel": table.title, "doelgroep": released.audience, **table.made.columns}
    save(path, [sheet], about, table.day.isoformat())


def write_table_csv(path: Path, released: Released[RecordTable]) -> None:
    """Write the table as CSV."""
    table = content_of(released)
    write_csv(path, table.columns, table.rows())


def write_table_xlsx(path: Path, released: Released[RecordTable]) -> None:
    """Write the table as a workbook of one sheet."""
    table = content_of(released)
    write_xlsx(path, table.layer.name, table.columns, table.rows())


def write_table_geojson(path: Path, released: Released[RecordTable]) -> None:
    """Write the table as GeoJSON."""
    table = content_of(released)
    places = table.places()
    known = np.array([place for place in places if place], dtype=float).reshape(-1, 2)
    degrees = iter(to_wgs84(known).tolist())
    features = [
        {
            "type": "Feature",
            "properties": {field.name: harmless(record.get(field.name)) for field in table.fields},
            "geometry": {
                "type": "Point",
                "coordinates": [round(number, _DECIMALS_DEGREES) for number in next(degrees)],
            }
            if place
            else None,
        }
        for record, place in zip(table.records, places, strict=True)
    ]
    collection = {
        "type": "FeatureCollection", "name": table.title, **table.made.columns, "features": features,
    }  # fmt: skip
    path.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), encoding="utf-8")


_WRITERS: dict[str, Callable[[Path, Released[RecordTable]], None]] = {
    ".gpkg": write_table_geopackage,
    ".csv": write_table_csv,
    ".xlsx": write_table_xlsx,
    ".geojson": write_table_geojson,
}
