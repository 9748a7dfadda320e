"""The dossier as a project of QGIS: layers, forms, styles and the check of a field package."""
