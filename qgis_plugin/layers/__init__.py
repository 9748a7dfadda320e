"""Payload and records as styled layers of QGIS."""
