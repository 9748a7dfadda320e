"""Boundaries: the embedded ones, a file of the user, a service."""

__all__ = ["boundary_file", "levels", "ogc_features"]
