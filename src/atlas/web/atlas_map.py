"""The atlas as a folium map: compose it with folium, save it as our page."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import folium
from branca.element import Element, Figure

from ..core.disclosure.released import content_of
from ..core.files.new_file import new_file
from ..core.words.errors import AtlasError
from .added_layers import layer_of
from .map_layers import Boundaries, Choropleth
from .page import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from .page import Basemap


class AtlasMap(folium.Map):
    """A folium map that holds the published atlas and is saved as one page that asks nothing of the internet.

    It starts with a `Boundaries` layer for each level and a `Choropleth` for each view of the payload. An
    analyst may add GeoJson, CircleMarker, ImageOverlay, a FeatureGroup of these and, when the map was made
    with a basemap, a TileLayer of the same provider. Of a GeoJson only the fields that `core.disclosure`
    allows for the layer with its name go along.

    Args:
        released: The published atlas (`core.figures.payload.build_payload`).
        basemap: Background tiles the reader may switch on; None: no tiles at all.

    Raises:
        AtlasError: from `add_child` and `save`, for a kind of layer that the atlas can't show safely.
    """

    def __init__(self, released: Released[Payload], *, basemap: Basemap | None = None) -> None:
        payload = content_of(released)
        super().__init__(location=_centre(payload), zoom_start=9, tiles=None)
        self._name = "AtlasMap"
        self.basemap = basemap
        self._released = released
        self._payload = payload
        _PageFigure().add_child(self)
        boundaries = {level["id"]: Boundaries(level, payload["audience"]) for level in payload["levels"]}
        for layer in boundaries.values():
            self.add_child(layer)
        for indicator in payload["indicators"]:
            for view in indicator["views"]:
                self.add_child(Choropleth(indicator, view, boundaries[view["level"]]))

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> AtlasMap:
        """Add a layer.

        Raises:
            AtlasError: the atlas can't show this kind of layer safely; what to do instead is said.
        """
        if isinstance(child, Choropleth) and child.boundaries not in self._children.values():
            raise AtlasError("De grenzen bij deze kaartlaag ontbreken.", where=child.layer_name)
        if not isinstance(child, (Boundaries, Choropleth)):
            layer_of(child, self._payload["audience"], self.basemap)
        super().add_child(child, name=name, index=index)
        return self

    def render(self, **_kwargs: object) -> str:
        """The page as text; folium's own page is never made."""
        return render(self._released.into(self._composed), layers=self._added(), basemap=self.basemap)

    def save(
        self,
        outfile: str | bytes | PathLike[str] | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - folium's own signature
        **_kwargs: object,
    ) -> None:
        """Write the page, whole or not at all.

        Args:
            outfile: A path, or an open binary file.
            close_file: Whether to close an open file afterwards.

        Raises:
            AtlasError: the place can't be written, the disk is full, or a layer can't be shown.
        """
        page = self.render().encode("utf-8")
        if isinstance(outfile, (str, bytes, PathLike)):
            place = outfile.decode() if isinstance(outfile, bytes) else outfile
            with new_file(Path(place)) as path:
                path.write_bytes(page)
            return
        outfile.write(page)
        if close_file:
            outfile.close()

    def _composed(self, payload: Payload) -> Payload:
        """The payload with the boundaries and figures that are layers of this map."""
        children = list(self._children.values())
        geometry = {child.level: child.geometry for child in children if isinstance(child, Boundaries)}
        views = {child.key for child in children if isinstance(child, Choropleth)}
        indicators = [
            {
                **entry,
                "views": [
                    view for view in entry["views"] if (entry["id"], view["level"], view["period"]) in views
                ],
            }
            for entry in payload["indicators"]
        ]
        missing = [level["label_plural"] for level in payload["levels"] if level["id"] not in geometry]
        if missing or not views:
            raise AtlasError(
                "De atlas mist een laag die erin hoort.",
                got=", ".join(missing) or "geen enkele kaartlaag met cijfers",
                hint="Laat de lagen staan waarmee AtlasMap begint.",
            )
        opening = payload["opening"]
        if (opening["indicator"], opening["level"], opening["period"]) not in views:
            entry = next(entry for entry in indicators if entry["views"])
            view = entry["views"][0]
            opening = {"indicator": entry["id"], "level": view["level"], "period": view["period"]}
        return {
            **payload,
            "levels": [{**level, "geometry": geometry[level["id"]]} for level in payload["levels"]],
            "indicators": indicators,
            "opening": opening,
        }

    def _added(self) -> list[dict[str, Any]]:
        """The layers an analyst added; single points are one layer together."""
        layers: list[dict[str, Any]] = []
        points: dict[str, Any] | None = None
        for child in self._children.values():
            if isinstance(child, (Boundaries, Choropleth)):
                continue
            layer = layer_of(child, self._payload["audience"], self.basemap)
            if isinstance(child, folium.CircleMarker) and points is not None:
                points["parts"] += layer["parts"]
                continue
            if isinstance(child, folium.CircleMarker):
                points = layer
            layers.append(layer)
        return layers


class _PageFigure(Figure):
    """The root of the map: whoever asks it for HTML gets the page."""

    def __init__(self) -> None:
        super().__init__(height="900px")
        self.header, self.html, self.script = _Closed(), _Closed(), _Closed()

    def render(self, **kwargs: object) -> str:
        """The page of the atlas in this figure."""
        return next(iter(self._children.values())).render(**kwargs)


class _Closed(Element):
    """A part of folium's own page, which is never made: adding to it would be lost without a word."""

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> NoReturn:  # noqa: ARG002
        """Refuse.

        Raises:
            AtlasError: always.
        """
        raise AtlasError(
            "Eigen HTML, JavaScript of opmaak kan niet mee in de atlas.",
            got=name or type(child).__name__,
            hint="Voeg een laag toe aan de kaart zelf.",
        )


def _centre(payload: Mapping[str, Any]) -> list[float]:
    """The middle of the areas' anchors as latitude and longitude, for who reads `location`."""
    anchors = [area["anchor"] for level in payload["levels"] for area in level["areas"]]
    longitudes, latitudes = [anchor[0] for anchor in anchors], [anchor[1] for anchor in anchors]
    return [(min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2]
