"""Registers: BAG, TOP10NL, NWB, CBS and lists of businesses, each by its contract."""

__all__ = [
    "addresses", "buildings", "dossier_rows", "farms", "neighbourhoods", "places", "residences", "roads",
]  # fmt: skip
