"""The size of a typeface, larger or smaller than what surrounds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QFont


def scale(font: QFont, factor: float) -> None:
    """Make a font so many times as large, also one whose size is told in pixels: in points that is -1."""
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(max(1, round(font.pixelSize() * factor)))
