"""The object dossier on disk, for the command and the plugin: GeoPackages written with SQLite alone.

Inside the QGIS plugin there is no shapely and no pyproj: standard library, numpy and `core` only,
imported relatively.
"""

__all__ = [
    "base_file", "changes", "checking", "erasing_day", "expiry", "field_work", "file_bytes", "files",
    "handing_out", "issue_expiry", "issue_mark", "issue_register", "leftovers", "locks", "migration",
    "opening", "protected_tables", "records", "register_chain", "write_ahead",
]  # fmt: skip
