"""Tables as users have them, and results as files: GeoPackage, GeoJSON, CSV, XLSX."""

__all__ = ["geopackage", "joined", "records_export", "spreadsheets", "tables", "zonal_file"]
