"""Counts as circles on the map of a sheet, and the examples in its legend: the same sizes as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from matplotlib.patches import Circle

from ..core.figures.circles import MM_PER_PIXEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .page import Page
    from .view import View

_EDGE_POINTS = 0.7
_ABOVE_BORDERS = 5


def circle_radii(view: View) -> dict[str, float]:
    """Area code -> radius in millimetres, largest first so that none hides another; empty for a fill."""
    radii = {area["code"]: view.values[area["code"]].get("radius", 0) for area in view.areas}
    ordered = sorted(radii.items(), key=lambda entry: -entry[1])
    return {code: radius * MM_PER_PIXEL * view.circle_size for code, radius in ordered if radius}


def draw_circle(page: Page, centre: tuple[float, float], radius: float, colour: str) -> None:
    """A filled circle with a white edge; centre and radius in millimetres on the page."""
    page.axes.add_artist(
        Circle(
            centre,
            radius,
            facecolor=colour,
            edgecolor="#ffffff",
            linewidth=_EDGE_POINTS,
            zorder=_ABOVE_BORDERS,
        )
    )


def draw_circles(page: Page, view: View, centres: Mapping[str, tuple[float, float]]) -> None:
    """Draw the counts of a view around the middles of their areas."""
    for code, radius in circle_radii(view).items():
        draw_circle(page, centres[code], radius, view.legend["circles"]["colour"])


def without_circle(
    area: shapely.Geometry, centre: tuple[float, float], radius: float | None
) -> shapely.Geometry:
    """The part of an area in which a label hides no circle; all of it when there is none."""
    if radius is None:
        return area
    left = shapely.difference(area, shapely.Point(centre).buffer(radius))
    return area if left.is_empty else left
