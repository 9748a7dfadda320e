"""The published GeoPackage: boundaries, all values in one table, and a styled map layer for every view."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

import shapely
import shapely.geometry

from ..core.areas import area, levels
from ..core.disclosure import may_leave
from ..core.errors import AtlasError
from ..core.new_file import new_file
from ..core.schema import GEOMETRY_FIELD, SCHEMA_VERSION, layer
from ..geo.crs import to_rd
from .gpkg_format import Cell, Sheet, write_geopackage
from .replacing import LAYERS_ITEM, MADE_WITH, MADE_WITH_US, check_replaceable
from .styles import boundary_style, map_style, table_style

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.schema import Field

Payload = Mapping[str, Any]
#: the time stamp when the data carry no date: never the clock, so the same input gives the same bytes
_NO_DATE = "1970-01-01"


def write_atlas_geopackage(path: Path, payload: Payload) -> None:
    """Write the payload as a GeoPackage 1.3 in EPSG:28992: whole or not at all, same input same bytes.

    Layers: gemeente, surveyregio, provincie; waarde (no geometry); one `kaart_<indicator>_<level>` for each
    view, with the period behind it when an indicator has several, and a default style for all.

    Args:
        path: The new file; an earlier output of the atlas is replaced.
        payload: What `core.payload.build_payload` returns.

    Raises:
        AtlasError: the file is in use or not ours (see `check_replaceable`), can't be written, or a name
            can't be that of a layer.
    """
    check_replaceable(path)
    shapes = {
        level["id"]: {code: in_rd(geometry) for code, geometry in level["geometry"].items()}
        for level in payload["levels"]
    }
    sheets = [
        *_boundary_sheets(payload, shapes),
        _value_sheet(payload),
        *_map_sheets(payload, shapes),
    ]
    items = {
        "titel": payload["title"],
        "ondertitel": payload["subtitle"],
        "bron_grenzen": payload["boundary_source"],
        "bronnen": "; ".join(dict.fromkeys(entry["source"] for entry in payload["indicators"])),
        "datum": payload["date"],
        "doelgroep": payload["audience_label"],
        "let_op": " ".join(payload["notes"]),
        "maker": payload["maker"]["name"],
        "fout_melden": payload["maker"]["error_report"],
    }
    if payload["fictitious"]:
        items["fictief"] = "FICTIEF: verzonnen gegevens"
    save(path, sheets, items, payload["date"])


def save(path: Path, sheets: Sequence[Sheet], items: Mapping[str, str], date: str) -> None:
    """Write sheets as a new GeoPackage beside `path` and move it into place.

    Args:
        path: The new file.
        sheets: The tables.
        items: Metadata of the file; schema_versie and what `check_replaceable` looks for are added.
        date: ISO date (or year, or year and month) that all time stamps get; from the data.

    Raises:
        AtlasError: two layers with one name or title, or the file can't be written.
    """
    for kind, used in (
        ("naam", Counter(sheet.name for sheet in sheets)),
        ("titel", Counter(s.title for s in sheets)),
    ):
        double = [text for text, count in used.items() if count > 1]
        if double:
            raise AtlasError(
                f"Twee lagen zouden dezelfde {kind} krijgen.",
                where=str(path), got=", ".join(double), hint="Geef de cijfers verschillende namen.",
            )  # fmt: skip
    told = {
        **{key: text for key, text in items.items() if text},
        "schema_versie": str(SCHEMA_VERSION),
        MADE_WITH: MADE_WITH_US,
        LAYERS_ITEM: ",".join(sheet.name for sheet in sheets),
    }
    # built in memory: a full disk is then an ordinary error of writing, and no journal is left anywhere
    with closing(sqlite3.connect(":memory:")) as connection:
        write_geopackage(connection, sheets, told, _moment(date))
        content = connection.serialize()
    with new_file(path) as beside:
        beside.write_bytes(content)


def in_rd(geometry: Mapping[str, Any]) -> shapely.MultiPolygon:
    """A GeoJSON MultiPolygon in WGS84 -> the same in RD New (EPSG:28992)."""
    return shapely.transform(shapely.geometry.shape(geometry), to_rd)


def allowed_fields(layer_name: str, audience: str) -> tuple[Field, ...]:
    """The fields of a layer that this audience may see.

    Raises:
        AtlasError: none, or not the geometry of a layer that has one.
    """
    described = layer(layer_name)
    fields = tuple(field for field in described.fields if may_leave(layer_name, field.name, audience))
    hidden = described.geometry is not None and not may_leave(layer_name, GEOMETRY_FIELD, audience)
    if hidden or not fields:
        raise AtlasError(f"De laag {described.alias} mag deze doelgroep niet bereiken.", got=audience)
    return fields


def _moment(date: str) -> str:
    known = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    day = "-".join((known[1], known[2] or "01", known[3] or "01")) if known else _NO_DATE
    return f"{day}T00:00:00.000Z"


def _boundary_sheets(
    payload: Payload, shapes: Mapping[str, Mapping[str, shapely.MultiPolygon]]
) -> Iterator[Sheet]:
    for level in payload["levels"]:
        described = layer(level["id"])
        fields = allowed_fields(level["id"], payload["audience"])
        yield Sheet(
            layer=described,
            name=level["id"],
            title=described.alias,
            fields=fields,
            rows=[_area_row(entry, shapes[level["id"]][entry["code"]]) for entry in level["areas"]],
            geometries=[shapes[level["id"]][entry["code"]] for entry in level["areas"]],
            abstract=f"{described.description}. {payload['boundary_source']}",
            rights=payload["boundary_source"],
            style=boundary_style(level["id"], described.alias, fields),
        )


def _area_row(entry: Mapping[str, Any], shape: shapely.MultiPolygon) -> dict[str, Cell]:
    return {
        "code": entry["code"],
        "naam": entry["name"],
        "provincie_code": entry["province"],
        "oppervlakte_km2": round(shape.area / 1e6, 2),
        "oppervlakte_land_km2": entry["land_km2"],
        "leden": ",".join(entry["members"]),
        "lidmaatschap": "afgeleid" if entry["inferred"] else "vermeld",
    }


def _value_sheet(payload: Payload) -> Sheet:
    described, fields = layer("waarde"), allowed_fields("waarde", payload["audience"])
    names = {entry["code"]: entry["label"] for level in payload["levels"] for entry in level["areas"]}
    rows: dict[tuple[Cell, ...], dict[str, Cell]] = {}
    for indicator in payload["indicators"]:
        for view in indicator["views"]:
            for code, entry in view["values"].items():
                row = _value_row(indicator, view, (view["level"], code, names[code]), entry)
                rows[tuple(row[key] for key in described.key)] = row
    for indicator in payload[
        "indicators"
    ]:  # province and national figures, where no view of their own holds them
        for view in indicator["views"]:
            for entry in view["references"]:
                row = _value_row(
                    indicator, view, (_level_of(entry["code"]), entry["code"], entry["label"]), entry
                )
                rows.setdefault(tuple(row[key] for key in described.key), row)
    return Sheet(
        layer=described,
        name="waarde",
        title=described.alias,
        fields=fields,
        rows=list(rows.values()),
        geometries=None,
        abstract=" ".join((f"{described.description}.", *payload["notes"])),
        rights="; ".join(dict.fromkeys(entry["source"] for entry in payload["indicators"])),
        style=table_style(fields),
    )


def _level_of(code: str) -> str:
    return "land" if code == "NL00" else area(code).level


def _value_row(
    indicator: Mapping[str, Any],
    view: Mapping[str, Any],
    area: tuple[str, str, str],
    entry: Mapping[str, Any],
) -> dict[str, Cell]:
    level, code, name = area
    return {
        "indicator": indicator["id"],
        "label": indicator["label"],
        "niveau": level,
        "gebied_code": code,
        "gebied_naam": name,
        "periode": view["period"],
        "waarde": entry["value"],
        "eenheid": indicator["unit_label"],
        "laag": entry["low"],
        "hoog": entry["high"],
        "n": entry["n"],
        "status": entry["status"],
        "toelichting": entry.get("note") or view["interval_note"],
        "bron": ", ".join(part for part in (indicator["source"], indicator["place"]) if part),
    }


def _map_sheets(
    payload: Payload, shapes: Mapping[str, Mapping[str, shapely.MultiPolygon]]
) -> Iterator[Sheet]:
    plural = {level.id: level.label_plural.lower() for level in levels()}
    areas_of = {level["id"]: level["areas"] for level in payload["levels"]}
    fields = allowed_fields("kaart", payload["audience"])
    for indicator in payload["indicators"]:
        periods = Counter(view["level"] for view in indicator["views"])
        for view in indicator["views"]:
            entries = areas_of[view["level"]]
            inferred = [entry["code"] for entry in entries if entry["inferred"]]
            yield Sheet(
                layer=layer("kaart"),
                name=_map_name(indicator["id"], view, several=periods[view["level"]] > 1),
                title=f"{indicator['label']} ({plural[view['level']]}, {view['period_label']})",
                fields=fields,
                rows=[_map_row(entry, view) for entry in entries],
                geometries=[shapes[view["level"]][entry["code"]] for entry in entries],
                abstract=_abstract(indicator, view),
                rights=f"Cijfers: {indicator['source']}. {payload['boundary_source']}",
                style=map_style(view, payload["states"], inferred, fields),
            )


def _map_name(indicator: str, view: Mapping[str, Any], *, several: bool) -> str:
    period = re.sub(r"[^a-z0-9]+", "_", view["period"].lower()).strip("_")
    name = f"kaart_{indicator}_{view['level']}" + (f"_{period}" if several else "")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise AtlasError(
            "Deze indicator kan geen laag worden.",
            got=name, expected="kleine letters, cijfers en lage streepjes", hint="Kies een ander kenmerk.",
        )  # fmt: skip
    return name


def _map_row(entry: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Cell]:
    value = view["values"][entry["code"]]
    return {
        "code": entry["code"],
        "naam": entry["name"],
        "periode": view["period"],
        "waarde": value["value"],
        "laag": value["low"],
        "hoog": value["high"],
        "n": value["n"],
        "status": value["status"],
        "klasse": value["class"],
        "tekst": value["text"],
        "interval": value["interval_text"],
    }


def _abstract(indicator: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """What must be known before the layer is used: question, base, method, caution."""
    parts = (
        ("Vraag", indicator["question"]),
        ("Onder wie", indicator["base"]),
        ("Begrip", indicator["definition"]),
        ("Let op", indicator["caution"]),
        ("Interval", view["interval_note"]),
        ("Klassen", view["legend"]["method_label"]),
        ("Bron", ", ".join(part for part in (indicator["source"], indicator["place"]) if part)),
    )
    return "\n".join(f"{label}: {text}" for label, text in parts if text)
