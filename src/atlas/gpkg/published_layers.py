"""The published layers as tables of a GeoPackage, and a small GeoPackage of a few of them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ..core.figures.map_layers import (
    allowed_fields,
    area_row,
    map_abstract,
    map_name,
    map_rights,
    map_row,
    map_title,
)
from ..core.figures.qml import boundary_style, map_style
from ..core.schema.published import layer
from .geopackage import Sheet, write_geopackage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .geometry import Geometry

#: the time stamp when the data carry no date: never the clock, so the same input gives the same bytes
_NO_DATE = "1970-01-01"


def boundary_sheet(
    payload: Mapping[str, Any],
    level: Mapping[str, Any],
    geometries: Mapping[str, Geometry],
    areas_m2: Mapping[str, float],
) -> Sheet:
    """The areas of a level.

    Args:
        payload: What `core.figures.payload.build_payload` returns.
        level: A level of it.
        geometries: code -> geometry in EPSG:28992.
        areas_m2: code -> area in m², measured in EPSG:28992.
    """
    described = layer(level["id"])
    fields = allowed_fields(level["id"], payload["audience"])
    return Sheet(
        layer=described,
        name=level["id"],
        title=described.alias,
        fields=fields,
        rows=[area_row(entry, areas_m2[entry["code"]]) for entry in level["areas"]],
        geometries=[geometries[entry["code"]] for entry in level["areas"]],
        abstract=f"{described.description}. {payload['boundary_source']}",
        rights=payload["boundary_source"],
        style=boundary_style(
            level["id"],
            described.alias,
            fields,
            geometry=level["geometry"],
            inferred_borders=level["inferred_borders"],
        ),
    )


def map_sheet(
    payload: Mapping[str, Any],
    indicator: Mapping[str, Any],
    view: Mapping[str, Any],
    geometries: Mapping[str, Geometry],
) -> Sheet:
    """One view of an indicator of the payload, styled; `geometries` as for `boundary_sheet`."""
    level = next(entry for entry in payload["levels"] if entry["id"] == view["level"])
    fields = allowed_fields("kaart", payload["audience"])
    return Sheet(
        layer=layer("kaart"),
        name=map_name(indicator, view),
        title=map_title(indicator, view, level),
        fields=fields,
        rows=[map_row(entry, view) for entry in level["areas"]],
        geometries=[geometries[entry["code"]] for entry in level["areas"]],
        abstract=map_abstract(indicator, view),
        rights=map_rights(payload, indicator),
        style=map_style(payload, indicator, view, fields),
    )


def geopackage_bytes(sheets: Sequence[Sheet], items: Mapping[str, str], date: str) -> bytes:
    """A whole GeoPackage, made in memory: same input, same bytes.

    Args:
        sheets: The tables.
        items: Metadata of the file.
        date: ISO date (or year, or year and month) that all time stamps get; from the data.

    Raises:
        sqlite3.Error: it does not fit in memory.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        write_geopackage(connection, sheets, items, _moment(date))
        return connection.serialize()


def _moment(date: str) -> str:
    known = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    day = "-".join((known[1], known[2] or "01", known[3] or "01")) if known else _NO_DATE
    return f"{day}T00:00:00.000Z"
