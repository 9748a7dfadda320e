"""GeoPackages, written and read with the standard library and numpy: tables, geometries, layers, styles."""

__all__ = [
    "atlas_file", "format", "geometry", "geopackage", "published_layers", "replacing", "spatial_index",
    "statements",
]  # fmt: skip
