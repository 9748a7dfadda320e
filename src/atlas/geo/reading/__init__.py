"""Reading: files with places, as frames with our columns and a report of every row not used."""

__all__ = [
    "asking", "bag_members", "broken_files", "completeness", "crs", "frames", "gdal_layers", "layouts",
    "positions", "rd_input", "reading_process", "shape_layers", "table_places", "texts", "vector_files",
    "vector_sources", "versions",
]  # fmt: skip
