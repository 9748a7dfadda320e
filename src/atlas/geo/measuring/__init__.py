"""Measuring: areas of points, countryside, remoteness, what a count is divided by."""

__all__ = [
    "aggregates", "area_codes", "assign", "border_addresses", "circle_counts", "clusters", "countryside",
    "detail_levels", "protected_squares", "remoteness",
]  # fmt: skip
