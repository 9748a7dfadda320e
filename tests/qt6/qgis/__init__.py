"""Stands in for QGIS under PyQt6, with Qt only: a module that needs more of QGIS does not load here."""
