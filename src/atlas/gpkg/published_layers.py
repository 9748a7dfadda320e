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
    map_rows,
    map_title,
)
from ..core.figures.qml import boundary_style, map_style
from ..core.schema.published import GEOMETRY_FIELD, Field, layer
from .geopackage import Sheet, write_geopackage
from .statements import joined, literal, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .geometry import Geometry

#: fields of a map that the table of values has not
MAP_ONLY = ("klasse", "tekst", "interval")
#: fields of the table of values that are the same in many rows
_WORDS = ("indicator", "label", "niveau", "eenheid", "toelichting", "bron")
#: the tables behind the values and the maps: what is said once, and the figures
TEXTS, FIGURES = "cijfertekst", "cijfer"
_NUMBER = Field("cijfertekst", "Nummer van de tekst", "integer", "Welke teksten bij het cijfer horen")
#: styles and texts of a few kilobytes leave less of such a page empty
_PAGE_BYTES = 2048
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
    rows = map_rows(level["areas"], indicator, view)
    shapes = [geometries[entry["code"]] for entry in level["areas"]]
    return Sheet(
        layer=replace(layer("kaart"), key=("code", "periode")),
        name=map_name(indicator, view),
        title=map_title(indicator, view, level),
        fields=fields,
        rows=rows,
        geometries=shapes * (len(rows) // len(shapes)),
        abstract=map_abstract(indicator, view),
        rights=map_rights(payload, indicator),
        style=map_style(payload, indicator, view, fields),
        summary=map_abstract(indicator, view, whole=False),
    )


def values_apart(payload: Mapping[str, Any], values: Sheet) -> tuple[Sheet, Sheet, Sheet]:
    """The table of values as (its words, its figures with what only maps show, itself as a view of both).

    Words are the same for many rows: stored once they leave a file of many periods half as large.
    """
    described = layer("kaart")
    of_map = tuple(field for field in allowed_fields("kaart", payload["audience"]) if field.name in MAP_ONLY)
    told: dict[tuple[Any, ...], Row] = {
        (indicator["id"], view["level"], code, view["period"]): map_row({"code": code, "name": ""}, view)
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for code in view["values"]
    }
    words = tuple(field for field in values.fields if field.name in _WORDS)
    kept = tuple(field for field in values.fields if field not in words)
    numbers: dict[tuple[Any, ...], int] = {}
    rows = []
    for row in values.rows:
        number = numbers.setdefault(tuple(row[field.name] for field in words), len(numbers) + 1)
        rows.append(
            {**row, **told.get(tuple(row[key] for key in values.layer.key), {}), _NUMBER.name: number}
        )
    worded = [dict(zip((field.name for field in words), texts, strict=True)) for texts in numbers]
    columns = [
        sql("$table.$name", table=TEXTS if field in words else FIGURES, name=field.name)
        for field in values.fields
    ]
    select = sql(
        "SELECT $figures.fid AS OGC_FID, $columns FROM $figures "
        "JOIN $texts ON $texts.fid = $figures.$number ORDER BY $figures.fid",
        figures=FIGURES,
        texts=TEXTS,
        columns=joined(", ", columns),
        number=_NUMBER.name,
    )
    return (
        Sheet(described, TEXTS, TEXTS, words, worded, None, "", "", inside=True),
        Sheet(
            replace(described, key=()),
            FIGURES,
            FIGURES,
            (*kept, *of_map, _NUMBER),
            rows,
            None,
            "",
            "",
            inside=True,
        ),
        replace(values, select=select),
    )


def as_view(sheet: Sheet, indicator: Mapping[str, Any], view: Mapping[str, Any]) -> Sheet:
    """A map as a view of the areas of its level and the figures, instead of a copy of both."""
    periods = [moment[0] for moment in view.get("moments", ())] or [view["period"]]
    select = sql(
        "SELECT $figures.fid AS OGC_FID, area.$geometry, $columns FROM $areas AS area "
        "JOIN $figures ON $figures.gebied_code = area.code "
        "JOIN $texts ON $texts.fid = $figures.$number "
        "WHERE indicator = $indicator AND niveau = $level AND periode IN ($periods) "
        "ORDER BY $figures.fid",  # as every face draws them: borders lie over each other
        geometry=GEOMETRY_FIELD,
        columns=[field.name for field in sheet.fields],
        areas=view["level"],
        figures=FIGURES,
        texts=TEXTS,
        number=_NUMBER.name,
        indicator=literal(indicator["id"]),
        level=literal(view["level"]),
        periods=joined(", ", map(literal, periods)),
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
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        write_geopackage(connection, sheets, items, _moment(date))
        return connection.serialize()


def _moment(date: str) -> str:
    known = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    day = "-".join((known[1], known[2] or "01", known[3] or "01")) if known else _NO_DATE
    return f"{day}T00:00:00.000Z"
