"""What an analyst adds to the map, read from the folium objects and reduced to what may be shown.

folium's own output runs what stands in names, popups and tooltips as script, and embeds every column of a
frame. So nothing of it is used: positions, a few style settings and whitelisted fields are copied out, and
any kind that is not known here is refused.
"""

from __future__ import annotations

import html
import math
import re
from typing import TYPE_CHECKING, Any

import folium

from ..core.disclosure.fields import may_leave
from ..core.schema.published import GEOMETRY_FIELD, LAYERS
from ..core.words.errors import AtlasError
from ..core.words.notation import format_number
from .page.basemap import Basemap, tile_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Part = dict[str, Any]

_IMAGE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=]+")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}")
_COLOURS = ("color", "fillColor")
_NUMBERS = ("weight", "opacity", "fillOpacity", "radius")
_SWITCHES = ("stroke", "fill")
_KINDS = "GeoJson, CircleMarker, ImageOverlay, TileLayer of een FeatureGroup daarvan"
_GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
)  # fmt: skip
#: 1 m: more says nothing on this map, and less can be read from it
_DECIMALS = 5


def layer_of(child: folium.Element, audience: str, basemap: Basemap | None) -> dict[str, Any]:
    """One added layer as the page wants it: its name, whether it is shown at first, and its parts.

    Args:
        child: What was added to the map.
        audience: For whom the atlas is made; decides which fields of a GeoJson go along.
        basemap: The background map the atlas was built with; without it no tiles are accepted.

    Raises:
        AtlasError: the kind is not one the atlas can show safely, or its content can't be shown.
    """
    if type(child) is folium.TileLayer:
        return {"name": child.layer_name, "shown": False, "tiles": _tiles(child, basemap)}
    if type(child) is folium.FeatureGroup:
        parts = [_part(grandchild, audience) for grandchild in child._children.values()]  # noqa: SLF001
        return {"name": child.layer_name, "shown": child.show, "parts": parts}
    name = child.layer_name if isinstance(child, folium.map.Layer) else "Punten"
    return {"name": name, "shown": getattr(child, "show", True), "parts": [_part(child, audience)]}


def _part(child: folium.Element, audience: str) -> Part:
    readers: dict[type, Callable[..., Part]] = {
        folium.CircleMarker: _circle,
        folium.GeoJson: lambda layer: _geojson(layer, audience),
        folium.raster_layers.ImageOverlay: _image,
    }
    reader = readers.get(type(child))
    if reader is None:
        raise AtlasError(
            "Dit soort laag kan niet mee in de atlas.",
            got=type(child).__name__,
            expected=_KINDS,
            hint="Legenda, lagenkiezer, zoeken en toelichting per gebied maakt de atlas zelf.",
        )
    if child._children:  # noqa: SLF001 - folium has no other way to ask
        raise AtlasError(
            "Een popup, tooltip of ander onderdeel van folium kan niet mee in de atlas.",
            where=type(child).__name__,
            got=", ".join(type(part).__name__ for part in child._children.values()),  # noqa: SLF001
            hint="Voeg de laag toe zonder dit onderdeel. De atlas toont de vrijgegeven velden zelf.",
        )
    return reader(child)


def _circle(marker: folium.CircleMarker) -> Part:
    if marker.location is None:
        raise AtlasError(
            "Een punt heeft geen plaats.", where="CircleMarker", expected="breedtegraad en lengtegraad"
        )
    latitude, longitude = marker.location
    _position((longitude, latitude), "CircleMarker")
    return {
        "kind": "circle",
        "latitude": round(latitude, _DECIMALS),
        "longitude": round(longitude, _DECIMALS),
        "style": _style(marker.options),
    }


def _image(overlay: folium.raster_layers.ImageOverlay) -> Part:
    if not _IMAGE.fullmatch(str(overlay.url)):
        raise AtlasError(
            "Een afbeelding van internet of een onbekend soort afbeelding kan niet mee in de atlas.",
            where=overlay.layer_name,
            got=str(overlay.url)[:80],
            expected="een PNG-, JPEG-, GIF- of WebP-bestand of een raster",
            hint="Sla de afbeelding eerst op en geef het bestand op.",
        )
    (south, west), (north, east) = overlay.bounds
    for corner in ((west, south), (east, north)):
        _position(corner, overlay.layer_name)
    opacity = str(overlay.options.get("opacity", 1))
    return {
        "kind": "image",
        "url": overlay.url,
        "bounds": [[float(south), float(west)], [float(north), float(east)]],
        "opacity": float(opacity),
    }


def _tiles(layer: folium.TileLayer, basemap: Basemap | None) -> dict[str, Any]:
    if basemap is None:
        raise AtlasError(
            "Een kaart van internet kan alleen mee als de atlas met een achtergrondkaart is gemaakt.",
            where=layer.layer_name,
            hint="Maak de atlas met --basemap, of in Python met AtlasMap(payload, basemap=BRT_GREY).",
        )
    if tile_origin(layer.tiles) != basemap.origin:
        raise AtlasError(
            "Deze kaart komt van een andere computer dan de achtergrondkaart.",
            where=layer.layer_name,
            got=tile_origin(layer.tiles),
            expected=basemap.origin,
            hint="De atlas mag maar bij één aanbieder kaartbeelden opvragen.",
        )
    plain = html.unescape(re.sub(r"<[^>]*>", "", str(layer.options.get("attribution", ""))))
    return Basemap(
        layer.tiles, plain, basemap.provider, int(str(layer.options.get("max_zoom", 18)))
    ).as_data()


def _geojson(layer: folium.GeoJson, audience: str) -> Part:
    name = layer.layer_name
    if layer.embed_link or layer.on_each_feature is not None:
        raise AtlasError(
            "Een GeoJson-laag met een verwijzing of met JavaScript kan niet mee in de atlas.",
            where=name,
            hint="Geef de gegevens zelf op, zonder embed=False en zonder on_each_feature.",
        )
    if name in LAYERS and not may_leave(name, GEOMETRY_FIELD, audience):
        raise AtlasError("Deze laag mag deze doelgroep niet bereiken.", where=name, got=audience)
    style = layer.style_function if layer.style else None
    features = []
    for feature in _features(layer.data):
        shape = _geometry(feature.get("geometry"), name)
        if shape is not None:
            features.append({
                "type": "Feature",
                "geometry": shape,
                "properties": {},
                "texts": _texts(name, feature.get("properties") or {}, audience),
                "style": _style(style(feature)) if style else {},
            })  # fmt: skip
    return {"kind": "geojson", "features": features}


def _features(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    if data.get("type") == "FeatureCollection":
        return data.get("features") or ()
    return (data,) if data.get("type") == "Feature" else ({"geometry": data},)


def _texts(layer: str, properties: Mapping[str, Any], audience: str) -> list[list[str]]:
    """The fields that may leave as [alias, text]; of a layer that is not known none may."""
    known = LAYERS.get(layer)
    aliases = {field.name: field.alias for field in known.fields} if known else {}
    return [
        [aliases.get(field, field), _text(value)]
        for field, value in properties.items()
        if value is not None and may_leave(layer, field, audience)
    ]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return format_number(value, 0 if value.is_integer() else 2) if math.isfinite(value) else "–"
    return str(value)


def _geometry(shape: Mapping[str, Any] | None, where: str) -> dict[str, Any] | None:
    """Type and coordinates, nothing else that a GeoJSON geometry may carry."""
    if shape is None:
        return None
    kind = shape.get("type")
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_geometry(part, where) for part in shape.get("geometries", ())]}
    if kind not in _GEOMETRIES:
        raise AtlasError(
            "Deze vorm kan niet mee in de atlas.", where=where, got=str(kind), expected=", ".join(_GEOMETRIES)
        )
    return {"type": kind, "coordinates": _coordinates(shape.get("coordinates", ()), where)}


def _coordinates(values: Sequence[Any], where: str) -> list[Any]:
    if values and not isinstance(values[0], (list, tuple)):
        return _position(values, where)
    return [_coordinates(value, where) for value in values]


def _position(values: Sequence[Any], where: str) -> list[float]:
    longitude, latitude = float(values[0]), float(values[1])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 - degrees; false for nan as well
        raise AtlasError(
            "Deze coördinaten zijn geen graden.",
            where=where,
            got=f"{values[0]}, {values[1]}",
            expected="lengte- en breedtegraad (WGS84, EPSG:4326)",
            hint="Zet de laag eerst om naar EPSG:4326.",
        )
    return [round(longitude, _DECIMALS), round(latitude, _DECIMALS)]


def _style(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that only change how a line or surface looks; everything else is left out."""
    return {key: value for key, value in options.items() if _only_looks(key, value)}


def _only_looks(key: str, value: object) -> bool:
    if key in _COLOURS:
        return isinstance(value, str) and _COLOUR.fullmatch(value) is not None
    if key in _SWITCHES:
        return isinstance(value, bool)
    return key in _NUMBERS and isinstance(value, (int, float)) and math.isfinite(value)
