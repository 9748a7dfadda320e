"""Printed maps: one A4 sheet for every indicator, level and period, as PNG and PDF."""

from .writing import write_sheets

__all__ = ["write_sheets"]
