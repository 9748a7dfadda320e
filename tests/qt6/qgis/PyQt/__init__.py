"""Qt as QGIS hands it on, here of PyQt6."""
