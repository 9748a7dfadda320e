"""GeoPackages, written and read with the standard library and numpy: tables, geometries, layers, styles."""
