"""Functions for QGIS's expressions."""
