"""Buitengebied Atlas: survey results and signals of the rural area on the map of Drenthe and Groningen."""

__version__ = "1.0.0"
