"""The published figures inside QGIS: the same payload that the page and the sheets are drawn from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from .atlas.core.disclosure.audiences import Audience
from .atlas.core.figures.time_views import THROUGH_TIME, views_through_time
from .atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .atlas.core.disclosure.released import Released
    from .atlas.core.figures.payload import Payload


@cache
def released_figures(audience: str = Audience.PUBLIC) -> Released[Payload]:
    """The payload of the published figures on the embedded boundaries, as a writer takes it."""
    from .atlas.core.areas.embedded_boundaries import embedded_boundaries
    from .atlas.core.figures.edition import Edition
    from .atlas.core.figures.indicators import load_catalogue
    from .atlas.core.figures.payload import build_payload

    shapes, source = embedded_boundaries()
    return build_payload(load_catalogue(), shapes, source, Edition(audience=audience))


def published(audience: str = Audience.PUBLIC) -> dict[str, Any]:
    """The same to look at: for a panel, an expression, a parameter."""
    return released_figures(audience).content


def mapped_labels() -> list[str]:
    """What the published figures with a map are called, in the order of the payload (not made for this)."""
    from .atlas.core.figures.indicators import load_catalogue

    catalogue = load_catalogue()
    return [one.label for one in catalogue.indicators if catalogue.views(one.id)]


def mapped_indicators(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The indicators of a payload that have at least one map."""
    return [indicator for indicator in payload["indicators"] if indicator["views"]]


def find_indicator(payload: Mapping[str, Any], wanted: str) -> Mapping[str, Any]:
    """The indicator with a map whose id or label is `wanted`.

    Raises:
        AtlasError: there is none; names the indicators there are.
    """
    indicators = mapped_indicators(payload)
    for indicator in indicators:
        if wanted in (indicator["id"], indicator["label"]):
            return indicator
    raise AtlasError(
        "Dit cijfer heeft geen kaart.",
        got=wanted,
        expected="; ".join(indicator["label"] for indicator in indicators),
        hint="Kies een cijfer uit de lijst.",
    )


def find_view(
    payload: Mapping[str, Any], indicator_id: str, level: str = "", period: str = ""
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """An indicator and its view at a level and period; without these its first, which is the newest.

    `THROUGH_TIME` for a period gives all periods of the level as one view.

    Raises:
        AtlasError: the indicator has no such map.
    """
    indicator = find_indicator(payload, indicator_id)
    together = views_through_time(payload, indicator) if period == THROUGH_TIME else []
    for view in (*indicator["views"], *together):
        if level in ("", view["level"]) and period in ("", view["period"]):
            return indicator, view
    levels = {entry["id"]: entry["label_plural"].lower() for entry in payload["levels"]}
    raise AtlasError(
        "Dit cijfer is op dit niveau of in deze periode niet gemeten.",
        where=str(indicator["label"]),
        got=" ".join(part for part in (levels.get(level, level), period) if part),
        expected="; ".join(f"{levels[view['level']]} {view['period']}" for view in indicator["views"]),
    )


def level_of(payload: Mapping[str, Any], level: str) -> Mapping[str, Any]:
    """The level `level` of a payload: its labels, areas and geometry."""
    return next(entry for entry in payload["levels"] if entry["id"] == level)
