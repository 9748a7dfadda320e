"""The levels of the payload: their areas, which belong together, and their borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..areas import divisions as division
from ..areas.divisions import DetailArea, DetailLevel
from ..disclosure.fields import may_leave
from ..words.errors import AtlasError
from ..words.notation import counted
from .borders import inferred_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..areas.divisions import Area, Level


def level_entry(
    level: Level | DetailLevel,
    areas: Sequence[Area] | Sequence[DetailArea],
    shapes: Mapping[str, Mapping[str, Any]],
    audience: str,
) -> dict[str, Any]:
    """A level as the payload has it.

    Args:
        level: Of the atlas, or of one edition.
        areas: Its areas.
        shapes: Area code -> "geometry" (GeoJSON MultiPolygon in WGS84), "anchor" ([lon, lat]) and perhaps
            "oppervlakte_land_km2".
        audience: Who will see it.

    Raises:
        AtlasError: an area has no border, or the borders may not reach the audience.
    """
    missing = [area.label for area in areas if area.code not in shapes]
    if missing:
        raise AtlasError(
            f"De grenzen van {counted(len(missing), 'gebied', 'gebieden')} ontbreken.",
            where=level.label_plural,
            got=", ".join(missing),
            hint="Gebruik een grensbestand met alle gebieden, of de meegeleverde grenzen.",
        )
    if not may_leave(level.id, "geometrie", audience):
        raise AtlasError(
            f"De grenzen van {level.label_plural} mogen deze doelgroep niet bereiken.", got=audience
        )
    described = [_area(area, shapes[area.code]) for area in areas]
    return {
        "id": level.id,
        "label": level.label,
        "label_plural": level.label_plural,
        "detail": isinstance(level, DetailLevel),
        "note": level.note if isinstance(level, DetailLevel) else "",
        "areas": described,
        "inferred_borders": inferred_pairs(described),
        "geometry": {area.code: shapes[area.code]["geometry"] for area in areas},
    }


def without_details(payload: Mapping[str, Any], *, but: str = "") -> dict[str, Any]:
    """The payload at the levels of the atlas, and one more: a sheet has no room for hundreds of wijken."""
    levels = [level for level in payload["levels"] if not level["detail"] or level["id"] == but]
    known = {level["id"] for level in levels}
    indicators = [
        {**entry, "views": [view for view in entry["views"] if view["level"] in known]}
        for entry in payload["indicators"]
    ]
    return {**payload, "levels": levels, "indicators": indicators}


def _area(area: Area | DetailArea, shape: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "label": area.label,
        "province": area.province,
        **_belonging(area),
        "anchor": list(shape["anchor"]),
        "land_km2": shape.get("oppervlakte_land_km2"),
    }


def _belonging(area: Area | DetailArea) -> dict[str, Any]:
    """The municipalities of an area, how sure they are, and the areas of a detail level that hold it."""
    if isinstance(area, DetailArea):
        members, inside = list(area.municipalities), list(area.inside)
        return {"inferred": False, "note": "", "members": members, "inside": inside}
    membership = division.membership(area.code)
    return {
        "inferred": membership.kind == "afgeleid",
        "note": membership.note,
        "members": [member.code for member in division.members(area.code)],
        "inside": [],
    }
