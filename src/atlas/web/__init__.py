"""The HTML atlas: `page` writes it from a payload, `AtlasMap` composes it as a folium map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .atlas_map import AtlasMap

__all__ = ["AtlasMap", "route_page"]


def __getattr__(name: str) -> object:
    """Import folium only for who asks for `AtlasMap`: `atlas.web.page` also lives where folium does not."""
    if name == "AtlasMap":
        from .atlas_map import AtlasMap  # noqa: PLC0415

        return AtlasMap
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
