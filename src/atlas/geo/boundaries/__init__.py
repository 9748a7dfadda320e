"""Boundaries: the embedded ones, or a file of the user."""

__all__ = ["boundary_file", "levels"]
