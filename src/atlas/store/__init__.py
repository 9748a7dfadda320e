"""GeoPackage: reading and writing the layers of `core.schema`."""
