"""Areas: which area does a text mean, where do they lie, and in which coordinates."""

__all__ = [
    "boundary_areas", "coordinate_checks", "crs", "detailed_borders", "district_resolving", "districts",
    "divisions", "embedded_boundaries", "feature_pages", "gazetteer", "other_names", "place_points",
    "population", "resolution", "resolving",
]  # fmt: skip
