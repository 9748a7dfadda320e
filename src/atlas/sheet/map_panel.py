"""The map of a sheet: areas in the colour of their class, borders, names with figures, a scale bar.

There is no north arrow. On this part of the RD grid north points between 0.6 and 1.4 degrees off true north
(the meridian convergence, (lon - 5.39 degrees) * sin lat); the sheet's upper edge is north, as every reader
expects, and an arrow would only take room. It would help on a turned map, and these are not turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.patheffects import Stroke

from .border_lines import draw_borders
from .circles import circle_radii, draw_circles, without_circle
from .labels import Label, Wording, place_labels
from .page import DECORATION, Page
from .patterns import fill, is_dark
from .structure import Box
from .typesetting import INK, MM_PER_POINT, SOFT_INK, Style, font_properties, text_width
from .wording import map_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .basemap import Background
    from .ground import Ground
    from .view import View

_OUTER_MM = 2.0
_PALE_INK = "#ffffff"
#: width of the outline of letters on a plain fill, and where a pattern or a background lies below them
_HALO_ON_PLAIN, _HALO_ON_PATTERN = 1.6, 3.0
#: height of a capital, in parts of the type size
_CAPITAL = 0.73
#: fewer areas, larger names: (most areas, sizes of the name from large to small); the figure is larger
_LABEL_SIZES = ((4, (10.5, 9.5)), (12, (7.4, 6.8, 6.4)), (10_000, (6.2, 5.8, 5.4)))
_FIGURE_TO_NAME = 1.3
_SCALE_LENGTHS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
_SCALE_WIDEST_MM = 34.0
#: strip below the areas that is kept for the scale bar
_SCALE_MM = 6.0
#: the ground of municipalities that are no subject of a sheet, how much of them is shown, size of their names
_NEIGHBOUR, _AROUND, _NEIGHBOUR_POINTS = "#f4f2ee", 0.12, 6.4


class MapFrame:
    """The part of the page that holds the map and what one metre of RD is on it."""

    def __init__(self, box: Box, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.box = box
        height = box.height - _OUTER_MM - _SCALE_MM
        self.mm = max((east - west) / (box.width - 2 * _OUTER_MM), (north - south) / height)
        left = (west + east - box.width * self.mm) / 2
        bottom = (south + north - height * self.mm) / 2 - _SCALE_MM * self.mm
        #: west, south, east and north of the frame, EPSG:28992
        self.extent = (left, bottom, left + box.width * self.mm, bottom + box.height * self.mm)

    def on_page(self, coordinates: np.ndarray) -> np.ndarray:
        """RD metres as millimetres on the page."""
        west, _south, _east, north = self.extent
        return np.column_stack(
            [
                self.box.left + (coordinates[:, 0] - west) / self.mm,
                self.box.top + (north - coordinates[:, 1]) / self.mm,
            ]
        )


def draw_map(page: Page, box: Box, view: View, ground: Ground, background: Background | None) -> None:
    """Draw the map of a view into a box of the page, in EPSG:28992."""
    with page.part("Figure", alt=map_in_words(view), box=box):
        _draw_map(page, frame_of(box, view, ground), view, ground, background)


def frame_of(box: Box, view: View, ground: Ground) -> MapFrame:
    """The frame of a view: everything, or the municipalities of a team with a part of their neighbours."""
    if not view.neighbours:
        return MapFrame(box, ground.bounds)
    shapes = ground.shapes[view.level["id"]]
    west, south, east, north = shapely.total_bounds([shapes[area["code"]] for area in view.areas])
    around = _AROUND * max(east - west, north - south)
    return MapFrame(box, (west - around, south - around, east + around, north + around))


def _draw_map(page: Page, frame: MapFrame, view: View, ground: Ground, background: Background | None) -> None:
    axes = page.panel(frame.box, zorder=1)
    axes.set_gid(page.drawing_key())
    west, south, east, north = frame.extent
    axes.set(xlim=(west, east), ylim=(south, north))
    shapes = ground.shapes[view.level["id"]]
    for area in view.neighbours:
        fill(axes, shapes[area["code"]], colour=_NEIGHBOUR, pattern="none", mm=frame.mm, zorder=1)
    for area in view.areas:
        colour, pattern = view.fill_of(area["code"])
        fill(axes, shapes[area["code"]], colour=colour, pattern=pattern, mm=frame.mm, zorder=1)
    if background is not None:
        background.draw(axes, zorder=2)
    draw_borders(axes, view, ground)
    _draw_labels(page, frame, view, shapes, on_background=background is not None)
    draw_scale_bar(page, frame)


def _draw_labels(
    page: Page, frame: MapFrame, view: View, shapes: Mapping[str, shapely.Geometry], *, on_background: bool
) -> None:
    names = next(sizes for most, sizes in _LABEL_SIZES if len(view.areas) <= most)
    styles = [(Style(size), Style(size * _FIGURE_TO_NAME, bold=True)) for size in names]
    box = frame.box
    visible = shapely.box(box.left, box.top, box.right, box.bottom - _SCALE_MM)
    on_page = {area["code"]: shapely.transform(shapes[area["code"]], frame.on_page) for area in view.areas}
    middles = {code: _middle(shape) for code, shape in on_page.items()}
    draw_circles(page, view, middles)
    radii = circle_radii(view)
    labels = place_labels(
        {code: without_circle(shape, middles[code], radii.get(code)) for code, shape in on_page.items()},
        middles,
        [Wording(area["code"], area["name"], view.figure_of(area["code"])) for area in view.areas],
        styles,
        visible,
    )
    _name_neighbours(page, frame, view, shapes, [label.box for label in labels])
    for label in labels:
        colour, pattern = view.fill_of(label.code)
        plain = pattern == "none" and not on_background
        _draw_label(page, label, colour, halo=_HALO_ON_PLAIN if plain else _HALO_ON_PATTERN)


def _name_neighbours(
    page: Page,
    frame: MapFrame,
    view: View,
    shapes: Mapping[str, shapely.Geometry],
    taken: Sequence[shapely.Geometry],
) -> None:
    """The names of neighbours, where what is seen of them has room for one."""
    box, style = frame.box, Style(_NEIGHBOUR_POINTS, colour=SOFT_INK)
    visible = shapely.box(box.left, box.top, box.right, box.bottom - _SCALE_MM)
    for area in view.neighbours:
        seen = shapely.intersection(shapely.transform(shapes[area["code"]], frame.on_page), visible)
        if seen.is_empty:
            continue
        x, y = _middle(seen)
        half_width, half_height = text_width(area["name"], style) / 2 + 1, style.line_mm / 2 + 0.5
        room = shapely.box(x - half_width, y - half_height, x + half_width, y + half_height)
        if seen.contains(room) and not any(room.intersects(one) for one in taken):
            page.text(x, y + style.size * MM_PER_POINT * _CAPITAL / 2, area["name"], style, "center")


def _middle(area: shapely.Geometry) -> tuple[float, float]:
    """The point of an area that is farthest from its border: where a label has the most room."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.3)
    x, y = shapely.get_coordinates(circle)[0]
    return float(x), float(y)


def _draw_label(page: Page, label: Label, ground_colour: str, *, halo: float) -> None:
    if label.pointer is not None:
        page.line((label.x, label.y), label.pointer, colour=INK, width=0.4, zorder=6)
        ground_colour = "#ffffff"
    ink = _PALE_INK if is_dark(ground_colour) else INK
    top = label.y - label.height / 2
    for text, style in label.lines:
        baseline = top + (style.line_mm + style.size * MM_PER_POINT * _CAPITAL) / 2
        _draw_halo(page, (label.x, baseline), text, Style(style.size, style.bold, ground_colour), halo)
        page.text(label.x, baseline, text, style, "center").set(color=ink, zorder=7)
        top += style.line_mm


def _draw_halo(page: Page, place: tuple[float, float], text: str, style: Style, width: float) -> None:
    """An outline of the letters in the colour of the ground: pattern and borders keep off the text.

    A text of its own below the real one: letters with a path effect are drawn as outlines, and the figures
    of a PDF could then be neither searched nor copied.
    """
    page.axes.text(
        *place,
        text,
        fontproperties=font_properties(style),
        color=style.colour,
        ha="center",
        va="baseline",
        parse_math=False,
        gid=DECORATION,
        zorder=6,
        path_effects=[Stroke(linewidth=width, foreground=style.colour)],
    )


def draw_scale_bar(page: Page, frame: MapFrame) -> None:
    """A bar of a round number of kilometres in the lower left corner; RD is true to scale within 0.01%."""
    style = Style(6.2, colour=SOFT_INK)
    kilometres = max(length for length in _SCALE_LENGTHS_KM if length * 1000 / frame.mm <= _SCALE_WIDEST_MM)
    length = kilometres * 1000 / frame.mm
    left, baseline = frame.box.left + 1, frame.box.bottom - 1.5
    for start, colour in ((0.0, INK), (0.5, "#ffffff")):
        half = Box(left + start * length, baseline - 1.2, length / 2, 1.2)
        page.rectangle(half, fill=colour, edge=INK, width=0.5, zorder=6)
    page.text(left, baseline - 2.2, "0", style, "center")
    page.text(left + length / 2, baseline - 2.2, f"{kilometres / 2:g}".replace(".", ","), style, "center")
    number = f"{kilometres:g}".replace(".", ",")
    page.text(left + length - text_width(number, style) / 2, baseline - 2.2, f"{number} km", style)
