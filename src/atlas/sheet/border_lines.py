"""Which borders are drawn and how: decided once for the map and its legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.collections import LineCollection

from .ground import Ground, borders, joined_boundaries, vertices
from .typesetting import INK

if TYPE_CHECKING:
    import shapely
    from matplotlib.axes import Axes

    from .view import View


@dataclass(frozen=True, slots=True)
class BorderLine:
    """How a border looks and what the legend calls it; width and dashes in points."""

    label: str
    width: float
    colour: str = INK
    dashes: tuple[float, ...] | None = None


#: the hairline is light on a pale class and dark enough on a deep one
MUNICIPAL = BorderLine("Gemeentegrens", 0.45, colour="#6f7b87")
PROVINCIAL = BorderLine("Provinciegrens", 1.1)
INFERRED = BorderLine("Indeling afgeleid, staat niet in de bron", 1.0, dashes=(3.2, 2.0))
#: under the dashes, so that they stand out on a dark class
_UNDER_DASHES = BorderLine("", 1.5, colour="#ffffff")


def border_lines(view: View) -> list[BorderLine]:
    """The borders of a view from bottom to top."""
    lines = [MUNICIPAL] if view.shows_members else []
    if len(view.inferred) < len(view.areas):
        lines.append(_own_border(view))
    if view.inferred:
        lines.append(INFERRED)
    if not view.shows_members:  # the two provinces help to find one's way among the many
        lines.append(PROVINCIAL)
    return lines


def _own_border(view: View) -> BorderLine:
    if not view.shows_members:
        return BorderLine(MUNICIPAL.label, 0.5)
    return BorderLine(f"Grens van {view.level['label'].lower()}", 0.9)


def draw_borders(axes: Axes, view: View, ground: Ground) -> None:
    """Draw the borders of a view over its areas, in EPSG:28992."""
    solid, dashed = borders(ground.shapes[view.level["id"]], view.inferred)
    for zorder, line in enumerate(border_lines(view), start=3):
        if line is MUNICIPAL:
            _draw(axes, joined_boundaries(ground.shapes["gemeente"]), line, zorder)
        elif line is PROVINCIAL:
            _draw(axes, joined_boundaries(ground.shapes["provincie"]), line, zorder)
        elif line is INFERRED:
            _draw(axes, dashed, _UNDER_DASHES, zorder - 0.1)
            _draw(axes, dashed, line, zorder)
        else:
            _draw(axes, solid, line, zorder)


def _draw(axes: Axes, lines: shapely.Geometry, style: BorderLine, zorder: float) -> None:
    axes.add_collection(
        LineCollection(
            vertices(lines),
            colors=style.colour,
            linewidths=style.width,
            linestyles=[(0, style.dashes)] if style.dashes else "solid",
            capstyle="butt",
            joinstyle="round",
            zorder=zorder,
        ),
        autolim=False,
    )
