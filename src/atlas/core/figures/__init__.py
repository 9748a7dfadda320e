"""Figures: the catalogue, how sure a figure is, its legend, and what the faces draw of it."""

__all__ = [
    "background", "borders", "circles", "classes", "differences", "edition", "estimates", "families",
    "figure_table", "indicators", "level_entries", "map_layers", "page_form", "panel_delivery", "payload",
    "qml", "statements", "time_views", "timelines", "weighted_shares",
]  # fmt: skip
