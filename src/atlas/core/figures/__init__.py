"""Figures: the catalogue, how sure a figure is, its legend, and what the faces draw of it."""
