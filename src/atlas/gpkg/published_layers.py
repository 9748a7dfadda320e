"""The published layers as tables of a GeoPackage, and a small GeoPackage of a few of them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..core.figures.map_layers import (
    Row,
    allowed_fields,
    area_row,
    map_abstract,
    map_name,
    map_rights,
    map_row,
    map_title,
)
from ..core.figures.qml import boundary_style, map_style
from ..core.schema.published import GEOMETRY_FIELD, layer
from .geopackage import Sheet, write_geopackage
from .statements import joined, literal, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .geometry import Geometry

#: fields of a map that the table of values has not
MAP_ONLY = ("klasse", "tekst", "interval")
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


def inner_sheet(payload: Mapping[str, Any], values: Sheet, name: str) -> Sheet:
    """What the maps show of the values beside their numbers: a row for each row of `values`, in order."""
    fields = tuple(field for field in allowed_fields("kaart", payload["audience"]) if field.name in MAP_ONLY)
    told: dict[tuple[Any, ...], Row] = {
        (indicator["id"], view["level"], code, view["period"]): map_row({"code": code, "name": ""}, view)
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for code in view["values"]
    }
    described = layer("kaart")
    rows = [told.get(tuple(row[key] for key in values.layer.key), {}) for row in values.rows]
    return Sheet(described, name, name, fields, rows, None, "", "", inside=True)


def as_view(sheet: Sheet, indicator: Mapping[str, Any], view: Mapping[str, Any], inner: str) -> Sheet:
    """A map as a view of the areas of its level and the one table of values, instead of a copy of both."""
    in_map = {field.name for field in sheet.fields}
    columns = [
        *(sql("area.$name", name=name) for name in ("code", "naam") if name in in_map),
        *(
            sql("told.$name" if name in MAP_ONLY else "figure.$name", name=name)
            for name in (field.name for field in sheet.fields)
            if name not in ("code", "naam")
        ),
    ]
    select = sql(
        "SELECT area.fid AS OGC_FID, area.$geometry, $columns FROM $areas AS area "
        "JOIN $values AS figure ON figure.gebied_code = area.code "
        "LEFT JOIN $inner AS told ON told.fid = figure.fid "
        "WHERE figure.indicator = $indicator AND figure.niveau = $level AND figure.periode = $period "
        "ORDER BY figure.fid",  # as every face draws them: borders lie over each other
        geometry=GEOMETRY_FIELD,
        columns=joined(", ", columns),
        areas=view["level"],
        values="waarde",
        inner=inner,
        indicator=literal(indicator["id"]),
        level=literal(view["level"]),
        period=literal(view["period"]),
    )
    return replace(sheet, select=select)


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
