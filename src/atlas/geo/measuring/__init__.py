"""Measuring: areas of points, countryside, remoteness, what a count is divided by."""
