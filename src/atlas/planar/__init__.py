"""Exact geometry in the plane on numpy alone: for the command `atlas` and for the plugin."""

__all__ = [
    "area_grid", "area_grid_building", "area_grid_reading", "certain_places", "circle_counts", "ranking",
]  # fmt: skip
