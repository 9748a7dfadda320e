"""The atlas's own folium layers: the boundaries of a level, and the figures that are drawn on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import folium

from ..core.disclosure.fields import may_leave

Record = Mapping[str, Any]


class Boundaries(folium.GeoJson):
    """The areas of one level, WGS84, with only the fields that may reach the audience.

    Args:
        level: A level of the payload, with areas and geometry.
        audience: For whom the atlas is made.
    """

    def __init__(self, level: Record, audience: str) -> None:
        features = [
            {
                "type": "Feature",
                "id": area["code"],
                "properties": {
                    field: value
                    for field, value in _fields(area).items()
                    if may_leave(level["id"], field, audience)
                },
                "geometry": level["geometry"][area["code"]],
            }
            for area in level["areas"]
        ]
        super().__init__({"type": "FeatureCollection", "features": features}, name=level["label_plural"])
        self._name = "Boundaries"
        self.level = str(level["id"])

    @property
    def geometry(self) -> dict[str, Any]:
        """Area code -> GeoJSON geometry."""
        return {feature["id"]: feature["geometry"] for feature in self.data["features"]}


class Choropleth(folium.map.Layer):
    """One figure at one level and period, drawn on the `Boundaries` of that level: no geometry of its own.

    Args:
        indicator: The indicator of the payload.
        view: One of its views.
        boundaries: The boundaries of the view's level.
    """

    def __init__(self, indicator: Record, view: Record, boundaries: Boundaries) -> None:
        super().__init__(name=f"{indicator['label']}, {view['period_label']}", overlay=True, show=False)
        self._name = "Choropleth"
        self.indicator = str(indicator["id"])
        self.period = str(view["period"])
        self.boundaries = boundaries

    @property
    def key(self) -> tuple[str, str, str]:
        """Indicator, level and period: what tells one view from every other."""
        return self.indicator, self.boundaries.level, self.period


def _fields(area: Record) -> dict[str, Any]:
    """What is known of an area, under the names of the published layers."""
    longitude, latitude = area["anchor"]
    return {
        "code": area["code"],
        "naam": area["name"],
        "provincie_code": area["province"],
        "label_lon": longitude,
        "label_lat": latitude,
        "leden": ",".join(area["members"]),
        "lidmaatschap": "afgeleid" if area["inferred"] else "vermeld",
        "toelichting": area["note"],
    }
