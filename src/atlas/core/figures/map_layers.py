"""The published layers as rows, names and words: the same in the GeoPackage and in QGIS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..disclosure.fields import may_leave
from ..schema.published import GEOMETRY_FIELD, layer
from ..words.errors import AtlasError
from ..words.notation import format_interval, format_number
from .time_views import THROUGH_TIME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..schema.published import Field

Row = dict[str, str | float | int | None]


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


def area_row(entry: Mapping[str, Any], area_m2: float) -> Row:
    """An area of the payload as a row of its boundary layer; `area_m2` as measured in EPSG:28992."""
    return {
        "code": entry["code"],
        "naam": entry["name"],
        "provincie_code": entry["province"],
        "oppervlakte_km2": round(area_m2 / 1e6, 2),
        "oppervlakte_land_km2": entry["land_km2"],
        "gemeente_code": ",".join(entry["members"]),
        "leden": ",".join(entry["members"]),
        "lidmaatschap": "afgeleid" if entry["inferred"] else "vermeld",
    }


def map_row(entry: Mapping[str, Any], view: Mapping[str, Any]) -> Row:
    """An area of the payload with its value in a view, as a row of the map layer."""
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


def map_rows(
    entries: Sequence[Mapping[str, Any]], indicator: Mapping[str, Any], view: Mapping[str, Any]
) -> list[Row]:
    """The areas of the level of a view, of each of its periods, oldest first."""
    moments = [moment[0] for moment in view.get("moments", ())]
    if not moments:
        return [map_row(entry, view) for entry in entries]
    views = {(one["level"], one["period"]): one for one in indicator["views"]}
    return [map_row(entry, views[view["level"], period]) for period in moments for entry in entries]


def map_name(indicator: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """The name of a map layer; the period is in it when the indicator has several at this level.

    Raises:
        AtlasError: the indicator's id can't be in the name of a table.
    """
    periods = [other["period"] for other in indicator["views"] if other["level"] == view["level"]]
    written = [re.sub(r"[^a-z0-9]+", "_", period.lower()).strip("_") for period in periods]
    suffix = [THROUGH_TIME]
    if view["period"] != THROUGH_TIME:
        place = periods.index(view["period"])
        parts = [written[place], str(place + 1) if written.count(written[place]) > 1 else ""]
        suffix = [part for part in parts if part] if len(periods) > 1 else []
    name = "_".join(["kaart", indicator["id"], view["level"], *suffix])
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise AtlasError(
            "Deze indicator kan geen laag worden.",
            got=name, expected="kleine letters, cijfers en lage streepjes", hint="Kies een ander kenmerk.",
        )  # fmt: skip
    return name


def map_title(indicator: Mapping[str, Any], view: Mapping[str, Any], level: Mapping[str, Any]) -> str:
    """What a map layer is called; `level` is the level of the payload that the view is about."""
    return f"{indicator['label']} ({level['label_plural'].lower()}, {view['period_label']})"


def map_abstract(indicator: Mapping[str, Any], view: Mapping[str, Any], *, whole: bool = True) -> str:
    """What must be known before the layer is used: question, base, method, caution.

    Without `whole` only what belongs beside every mention of the figure.
    """
    parts = (
        ("Vraag", indicator["question"]),
        ("Onder wie", indicator["base"]),
        ("Begrip", indicator["definition"]),
        ("Periode", view["period_label"]),
        ("Let op", caution_of(indicator, view)),
        ("Interval", view["interval_note"]),
        ("Klassen", view["legend"]["method_label"]),
        ("Bron", cited(indicator)),
    )
    least = ("Onder wie", "Let op", "Bron")
    return "\n".join(f"{label}: {text}" for label, text in parts if text and (whole or label in least))


def map_rights(payload: Mapping[str, Any], indicator: Mapping[str, Any]) -> str:
    """Source of the figures; source and licence of the boundaries."""
    return f"Cijfers: {indicator['source']}. {payload['boundary_source']}"


def caution_of(indicator: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """What not to conclude from a map: the caution of its figure, and what its intervals say of the order."""
    return " ".join(text for text in (indicator["caution"], view["overlap_note"]) if text)


def cited(indicator: Mapping[str, Any]) -> str:
    """The source of an indicator with the place in it."""
    return ", ".join(part for part in (indicator["source"], indicator["place"]) if part)


def legend_notes(view: Mapping[str, Any], denominator: str = "") -> tuple[str, ...]:
    """What stands in a legend beside its classes: how to read it, on how many answers, how sure.

    `denominator` is what the n of the indicator counts, "" for respondents.
    """
    sizes = sorted(value["n"] for value in view["values"].values() if value["n"] is not None)
    if "circles" in view["legend"] or denominator:
        counted = f"Het aantal {denominator} waardoor is gedeeld staat in het veld n." if denominator else ""
    elif not sizes:
        counted = "Aantal antwoorden (n) per gebied: niet bekend."
    elif sizes[0] == sizes[-1]:
        counted = f"Aantal antwoorden (n) per gebied: {format_number(sizes[0])}."
    else:
        counted = (
            f"Aantal antwoorden (n) per gebied: van {format_number(sizes[0])} tot {format_number(sizes[-1])}."
        )
    return tuple(note for note in (view["legend"]["note"], counted, view["interval_note"]) if note)


def class_spread(indicator: Mapping[str, Any], members: Sequence[Mapping[str, Any]]) -> str:
    """How sure the figures of one class are: "n 539 – 1.037, intervallen 16–25%"; else empty.

    Args:
        indicator: Of the payload; gives unit and decimals.
        members: The values of the areas in the class, as a view of the payload has them.
    """
    numbers = [value["n"] for value in members if value["n"] is not None]
    lows = [value["low"] for value in members if value["low"] is not None]
    highs = [value["high"] for value in members if value["high"] is not None]
    parts = []
    if numbers:
        least, most = format_number(min(numbers)), format_number(max(numbers))
        told = least if least == most else f"{least} – {most}"
        denominator = indicator["denominator"]
        parts.append(f"van {told} {denominator}" if denominator else f"n {told}")
    if lows and highs:
        reach = format_interval(min(lows), max(highs), indicator["unit"], indicator["decimals"])
        parts.append(f"intervallen {reach}")
    return ", ".join(parts)
