"""The GeoPackage of a payload as tables and metadata: the same from the command and from QGIS."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..core.areas.divisions import area
from ..core.disclosure.released import content_of
from ..core.figures.map_layers import allowed_fields, cited
from ..core.figures.qml import table_style
from ..core.figures.time_views import views_through_time
from ..core.schema.published import SCHEMA_VERSION, layer
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless
from .geopackage import LAYERS_ITEM, Cell, Sheet
from .published_layers import as_view, boundary_sheet, geopackage_bytes, map_sheet, values_apart
from .replacing import MADE_WITH, MADE_WITH_US

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from .geometry import Geometry


def atlas_sheets(
    released: Released[Payload],
    geometries: Mapping[str, Mapping[str, Geometry]],
    areas_m2: Mapping[str, Mapping[str, float]],
) -> list[Sheet]:
    """The tables of a payload: boundaries, all values in one table, and a styled map layer for every view.

    A map layer is a view of SQL: geometry and figures stand in the file once.

    Args:
        released: What `core.figures.payload.build_payload` returns.
        geometries: Level -> code -> geometry in EPSG:28992.
        areas_m2: Level -> code -> area in m², measured in EPSG:28992.
    """
    payload = content_of(released)
    return [
        *(
            boundary_sheet(payload, level, geometries[level["id"]], areas_m2[level["id"]])
            for level in payload["levels"]
        ),
        *values_apart(payload, value_sheet(payload)),
        *(
            as_view(map_sheet(payload, indicator, view, geometries[view["level"]]), indicator, view)
            for indicator in payload["indicators"]
            for view in (*indicator["views"], *views_through_time(payload, indicator))
        ),
    ]


def atlas_items(released: Released[Payload]) -> dict[str, str]:
    """What the file says of itself: titles, sources, date, for whom, whether it is made up."""
    payload = content_of(released)
    items = {
        "titel": payload["title"],
        "ondertitel": payload["subtitle"],
        "bron_grenzen": payload["boundary_source"],
        "bronnen": "; ".join(dict.fromkeys(entry["source"] for entry in payload["indicators"])),
        "datum": payload["date"],
        "doelgroep": payload["audience_label"],
        "let_op": " ".join(payload["notes"]),
        "maker": payload["maker"]["name"],
        "vragen_aan": payload["maker"]["contact"],
        "gemaakt_op": payload["made_on"],
        "fout_melden": payload["maker"]["error_report"],
    }
    if payload["fictitious"]:
        items["fictief"] = "FICTIEF: verzonnen gegevens"
    return items


def marked_bytes(path: Path, sheets: Sequence[Sheet], items: Mapping[str, str], date: str) -> bytes:
    """A whole GeoPackage that `check_replaceable` knows as ours: same input, same bytes.

    It is built in memory: a full disk is then an ordinary error of writing, and no journal is left anywhere.

    Args:
        path: Where it will stand, for the errors.
        sheets: The tables.
        items: Metadata of the file; schema_versie and what `check_replaceable` looks for are added.
        date: ISO date (or year, or year and month) that all time stamps get; from the data.

    Raises:
        AtlasError: two layers with one name or title.
    """
    for kind, used in (
        ("naam", Counter(sheet.name for sheet in sheets)),
        ("titel", Counter(sheet.title for sheet in sheets)),
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
        LAYERS_ITEM: ",".join(sheet.name for sheet in sheets if not sheet.inside),
    }
    return geopackage_bytes([_harmless(sheet) for sheet in sheets], told, date)


def _harmless(sheet: Sheet) -> Sheet:
    """A table that stays text when somebody opens it in a spreadsheet, as people do with attribute tables."""
    rows = [{name: harmless(cell) for name, cell in row.items()} for row in sheet.rows]
    return replace(sheet, rows=rows)


def value_sheet(payload: Payload) -> Sheet:
    """Every value of a payload as one table, with the figures to compare with."""
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
        "bron": cited(indicator),
    }
