"""One HTML file from one payload: our own template, script and style, standard library only.

The same package lives inside the QGIS plugin, so nothing here may import what QGIS does not ship. With
scripts the page is a map to explore; without them the same document shows the opening map, its table and its
source.
"""

from __future__ import annotations

from .basemap import BRT_GREY, Basemap
from .document import render

__all__ = ["BRT_GREY", "Basemap", "basemap", "document", "render"]
