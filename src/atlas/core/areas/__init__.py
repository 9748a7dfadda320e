"""Areas: which area does a text mean, where do they lie, and in which coordinates."""

from .resolving import Area, Resolution, resolve

__all__ = [
    "Area", "Resolution", "boundary_areas", "coordinate_checks", "crs", "detailed_borders",
    "district_resolving", "districts", "divisions", "embedded_boundaries", "feature_pages", "gazetteer",
    "other_names", "place_points", "population", "resolution", "resolve", "resolving",
]  # fmt: skip
