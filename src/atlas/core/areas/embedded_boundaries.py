"""The embedded boundaries as they stand in their files: GeoJSON in WGS84, read with the standard library."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from ..files.embedded import embedded_path
from ..words.errors import AtlasError
from ..words.notation import format_period
from .divisions import levels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: level -> name of its file, embedded and in a folder of the user's
FILE_NAMES = {"gemeente": "gemeenten", "surveyregio": "surveyregios", "provincie": "provincies"}
#: the same with what is embedded only
_EMBEDDED = {**FILE_NAMES, "wijk": "wijken"}

#: level -> code -> geometry, anchor and properties
Shapes = dict[str, dict[str, dict[str, Any]]]


def embedded_boundaries() -> tuple[Shapes, str]:
    """The embedded boundaries of all levels, and the Dutch sentence on their source."""
    return {level.id: embedded_shapes(level.id) for level in levels()}, embedded_source("gemeente")


def embedded_shapes(level: str) -> dict[str, dict[str, Any]]:
    """The embedded areas of a level: code -> geometry (MultiPolygon, WGS84), anchor and properties.

    Raises:
        AtlasError: no boundaries are embedded for this level.
    """
    shapes = {}
    for feature in _embedded(level)["features"]:
        properties = dict(feature["properties"])
        anchor = [properties.pop("label_lon"), properties.pop("label_lat")]
        shapes[properties["code"]] = {
            "geometry": _as_multipolygon(feature["geometry"]), "anchor": anchor, **properties,
        }  # fmt: skip
    return shapes


def embedded_source(level: str) -> str:
    """The Dutch sentence on the source of the embedded boundaries of a level.

    Raises:
        AtlasError: no boundaries are embedded for this level.
    """
    return source_sentence(_embedded(level))


def source_sentence(properties: Mapping[str, Any]) -> str:
    """Source, vintage and licence of boundaries in one Dutch sentence, from the file's own properties."""
    parts = [str(properties["bron"])]
    if properties.get("peildatum"):
        parts.append(f"peildatum {format_period(str(properties['peildatum']))}")
    if properties.get("licentie"):
        parts.append(str(properties["licentie"]))
    return f"Grenzen: {'; '.join(parts)}."


def embedded_file(level: str) -> Path:
    """The path of the embedded boundaries of a level.

    Raises:
        AtlasError: no boundaries are embedded for this level.
    """
    if level not in _EMBEDDED:
        raise AtlasError("Voor dit niveau zijn er geen grenzen.", got=level, expected=", ".join(_EMBEDDED))
    return embedded_path("data", "boundaries", f"{_EMBEDDED[level]}.geojson")


@cache
def _embedded(level: str) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(embedded_file(level).read_text(encoding="utf-8"))
    return collection


def _as_multipolygon(geometry: Mapping[str, Any]) -> dict[str, Any]:
    coordinates = geometry["coordinates"]
    several = geometry["type"] == "MultiPolygon"
    return {"type": "MultiPolygon", "coordinates": coordinates if several else [coordinates]}
