"""The object dossier on disk, for the command and the plugin: GeoPackages written with SQLite alone.

Inside the QGIS plugin there is no shapely and no pyproj: standard library, numpy and `core` only,
imported relatively.
"""
