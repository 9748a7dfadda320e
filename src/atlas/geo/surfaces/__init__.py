"""Surfaces: density and distance on a grid, their files, and what they amount to per area."""

__all__ = ["grids", "surface_files", "zonal"]
