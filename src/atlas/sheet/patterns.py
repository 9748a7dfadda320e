"""The patterns that tell the five states of a figure apart, as lines and dots clipped to an area.

Drawn as geometry and not with matplotlib's own hatching: that one's density follows the resolution of the
output and its width is a global setting, so that PNG, PDF and legend would not show the same pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.polygon import orient

from .ground import vertices
from .typesetting import INK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.axes import Axes
    from shapely import Geometry

#: distance between the lines of a pattern, in millimetres on paper
_SPACING_MM = 1.5
_LINE_WIDTH = 0.45
_DOT_RADIUS_MM = 0.2
_SIN_45 = np.sqrt(0.5)
#: how far the pattern's colour goes from the ground towards ink or white
_CONTRAST = 0.5
_DARK_BELOW = 0.45


def fill(axes: Axes, area: Geometry, *, colour: str, pattern: str, mm: float, zorder: float) -> None:
    """Fill an area with a colour and a pattern.

    Args:
        axes: Where to draw.
        area: Polygon or MultiPolygon in the units of `axes`.
        colour: Fill colour.
        pattern: A key of `PATTERNS`.
        mm: The length of one millimetre on paper, in the units of `axes`.
        zorder: Height in the drawing.
    """
    # not `add_patch`: that walks along every border for limits, which the map has
    axes.add_artist(PathPatch(_path(area), facecolor=colour, edgecolor="none", zorder=zorder))
    ink = mixed(colour, "#ffffff" if is_dark(colour) else INK, _CONTRAST)
    PATTERNS[pattern](_Hatching(axes, area, mm, ink, zorder + 0.01))


def _path(area: Geometry) -> Path:
    """The rings of an area as one path; holes stay holes, as their rings turn the other way round."""
    rings = [
        np.asarray(ring.coords)
        for polygon in map(orient, shapely.get_parts(area))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


@dataclass(frozen=True, slots=True)
class _Hatching:
    """What a pattern needs to know: where, on what area, how long a millimetre is, in which colour."""

    axes: Axes
    area: Geometry
    mm: float
    ink: str
    zorder: float


def _none(_hatching: _Hatching) -> None:
    """A plain fill."""


def _diagonal(hatching: _Hatching) -> None:
    _draw_lines(hatching, _slanted(hatching, _SPACING_MM, rising=True))


def _cross(hatching: _Hatching) -> None:
    for rising in (True, False):
        _draw_lines(hatching, _slanted(hatching, 2 * _SPACING_MM, rising=rising))


def _horizontal(hatching: _Hatching) -> None:
    left, bottom, right, top = shapely.bounds(hatching.area)
    heights = _steps(bottom, top, _SPACING_MM * hatching.mm)
    _draw_lines(hatching, [[(left, height), (right, height)] for height in heights])


def _dots(hatching: _Hatching) -> None:
    left, bottom, right, top = shapely.bounds(hatching.area)
    spacing = _SPACING_MM * hatching.mm
    columns, rows = np.meshgrid(_steps(left, right, spacing), _steps(bottom, top, spacing))
    columns = columns + (np.round(rows / spacing) % 2) * spacing / 2  # every other row half a step aside
    points = shapely.points(columns.ravel(), rows.ravel())
    shapely.prepare(hatching.area)
    centres = shapely.get_coordinates(points[shapely.contains(hatching.area, points)])
    if len(centres) == 0:
        return
    dots = Path.make_compound_path(*(Path.circle((x, y), _DOT_RADIUS_MM * hatching.mm) for x, y in centres))
    hatching.axes.add_artist(
        PathPatch(dots, facecolor=hatching.ink, edgecolor="none", zorder=hatching.zorder)
    )


def _slanted(hatching: _Hatching, spacing_mm: float, *, rising: bool) -> list[list[tuple[float, float]]]:
    """Lines at 45 degrees over the bounds of an area, rising to the right as a reader sees it."""
    left, bottom, right, top = shapely.bounds(hatching.area)
    slope = 1 if rising != hatching.axes.yaxis_inverted() else -1
    edges = sorted(y - slope * x for x in (left, right) for y in (bottom, top))
    offsets = _steps(edges[0], edges[-1], spacing_mm * hatching.mm / _SIN_45)
    return [[(left, slope * left + offset), (right, slope * right + offset)] for offset in offsets]


def _steps(start: float, end: float, step: float) -> np.ndarray:
    """Whole multiples of `step` between two values: the lines of neighbours continue each other."""
    return np.arange(np.ceil(start / step), np.floor(end / step) + 1) * step


def _draw_lines(hatching: _Hatching, lines: list[list[tuple[float, float]]]) -> None:
    if not lines:  # an area smaller than the spacing
        return
    clipped = shapely.intersection(hatching.area, shapely.multilinestrings(shapely.linestrings(lines)))
    hatching.axes.add_collection(
        LineCollection(
            vertices(clipped), colors=hatching.ink, linewidths=_LINE_WIDTH, zorder=hatching.zorder
        ),
        autolim=False,
    )


def luminance(colour: str) -> float:
    """Perceived lightness of a colour, 0 (black) to 1 (white): Rec. 709 weights on the sRGB values."""
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def is_dark(colour: str) -> bool:
    """Whether white is easier to read on this colour than ink."""
    return luminance(colour) < _DARK_BELOW


def mixed(colour: str, other: str, part: float) -> str:
    """A colour with `part` (0-1) of another mixed in."""
    return to_hex((1 - part) * np.asarray(to_rgb(colour)) + part * np.asarray(to_rgb(other)))


#: name in styles/palettes.json -> how it is drawn
PATTERNS: Mapping[str, Callable[[_Hatching], None]] = {
    "none": _none,
    "diagonal": _diagonal,
    "cross": _cross,
    "horizontal": _horizontal,
    "dots": _dots,
}
