"""What is true: numbers, areas, classes, what may leave. Standard library only, relative imports only.

The same folder lives inside the QGIS plugin, so nothing here may import a package that QGIS does not ship.
"""

__all__ = [
    "areas", "counts", "disclosure", "figures", "files", "joining", "records", "schema", "tables",
    "vacancy", "words",
]  # fmt: skip
