"""Printed maps: one A4 sheet for every indicator, level and period, as PNG and PDF."""

__all__ = ["writing"]
