"""How the borders of a map look on paper, for the map and its legend; which there are, the core decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.collections import LineCollection

from ..core.figures.borders import INFERRED_LABEL, MUNICIPALITY, PROVINCE, lines_beside
from .ground import Ground, vertices
from .typesetting import INK

if TYPE_CHECKING:
    from collections.abc import Mapping

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
PROVINCIAL = BorderLine("Provinciegrens", 1.6)
INFERRED = BorderLine(INFERRED_LABEL, 1.0, dashes=(3.2, 2.0))
_BESIDE = {MUNICIPALITY: MUNICIPAL, PROVINCE: PROVINCIAL}
#: the borders of the level itself, in points; of its hundreds of areas a level of detail has fine ones
_OWN, _OWN_OF_DETAIL = 0.9, 0.4
#: under the dashes, so that they stand out on a dark class
_UNDER_DASHES = BorderLine("", 1.5, colour="#ffffff")


def border_lines(view: View) -> list[BorderLine]:
    """The borders of a view from bottom to top."""
    return [line for line, _level in _lines(view)]


def _lines(view: View) -> list[tuple[BorderLine, str]]:
    """The borders from bottom to top, each with the level it bounds."""
    level = view.level
    beside = [(_BESIDE[other], other) for other in lines_beside(level["id"])]
    lines = [entry for entry in beside if entry[0] is MUNICIPAL]
    lines.append((_own_border(level), level["id"]))
    if level["inferred_borders"]:
        lines.append((INFERRED, level["id"]))
    return lines + [entry for entry in beside if entry[0] is PROVINCIAL]


def _own_border(level: Mapping[str, Any]) -> BorderLine:
    known = _BESIDE.get(level["id"])
    if known is not None:
        return known
    return BorderLine(f"Grens van {level['label'].lower()}", _OWN_OF_DETAIL if level["detail"] else _OWN)


def draw_borders(axes: Axes, view: View, ground: Ground) -> None:
    """Draw the borders of a view over its areas, in EPSG:28992."""
    for zorder, (line, level) in enumerate(_lines(view), start=3):
        borders = ground.borders[level]
        if line is INFERRED:
            _draw(axes, borders.inferred, _UNDER_DASHES, zorder - 0.1)
        _draw(axes, borders.inferred if line is INFERRED else borders.solid, line, zorder)


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
