"""Boundaries: the embedded ones, a file of the user, a service."""

__all__ = ["boundary_file", "boundary_service", "levels"]
