"""Reading: files with places, as frames with our columns and a report of every row not used."""

__all__ = [
    "bag_members", "completeness", "crs", "frames", "layouts", "positions", "rd_input", "shape_layers",
    "table_places", "texts", "vector_files", "vector_sources", "versions",
]  # fmt: skip
