"""Printed maps: an A4 sheet for every indicator, level and period, as PNG and PDF; one map as a picture."""

__all__ = ["picture", "route_sheet", "writing"]
