"""Where names and figures stand on the map: inside their area when they fit, never on top of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import Geometry, STRtree

from .typesetting import Style, printable, shorten, text_width, widest_word, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: room kept free around a label and around a border, in millimetres
_CLEARANCE_MM = 0.5
#: distance between the places that are tried, in millimetres
_STEP_MM = 1.25
#: in a box, across and down, its corners included, to see how much of it is inside an area
_POINTS = (16, 8)
_NAME_LINES = 3
_WIDEST_NAME_MM = 34.0
#: how far outside its area a label may go, in steps over the area's own size
_SEARCH_MM = (0.0, 12.0, 40.0, 120.0)
#: the part of a label that smaller type must bring inside the area to be worth it
_WORTH_SMALLER_TYPE = 0.05


@dataclass(frozen=True, slots=True)
class Wording:
    """What a label says: the area's name and below it the figure, which may be empty."""

    code: str
    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its place: lines with their style, the centre and size in millimetres on the page.

    `pointer` is a point in the area when the label stands outside it, else None.
    """

    code: str
    lines: tuple[tuple[str, Style], ...]
    x: float
    y: float
    width: float
    height: float
    pointer: tuple[float, float] | None

    @property
    def box(self) -> Geometry:
        """The room the label takes, a little air included."""
        return _boxes(self.x, self.y, self.width, self.height)


def place_labels(
    areas: Mapping[str, Geometry],
    anchors: Mapping[str, tuple[float, float]],
    wordings: Sequence[Wording],
    styles: Sequence[tuple[Style, Style]],
    frame: Geometry,
) -> tuple[Label, ...]:
    """Find a place for every label.

    The areas with the least room choose first. A label tries the larger sizes and the fewest lines first,
    then the nearest place to its anchor that lies inside its area; when it fits nowhere inside, the place
    with most of it inside that is free, and at last a free place beside the area with a pointer.

    Args:
        areas: Area code -> polygon in millimetres on the page (y downwards).
        anchors: Area code -> preferred centre, in the same millimetres.
        wordings: What the labels say.
        styles: (name, figure) styles from large to small.
        frame: The part of the page where labels may stand.

    Returns:
        One label for each wording. The boxes of no two of them overlap, unless the frame is so full that
        no free place is left at all.
    """
    placed: list[Label] = []
    for wording in sorted(wordings, key=lambda wording: (shapely.area(areas[wording.code]), wording.code)):
        tree = STRtree([label.box for label in placed])
        spot = _Spot(areas[wording.code], anchors[wording.code], tree, frame)
        placed.append(_place(wording, _shapes(wording, styles), spot))
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One way to write a label: lines with their style, and what room they take."""

    lines: tuple[tuple[str, Style], ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a label is looked for: its area and anchor, the labels that are there already, the frame."""

    area: Geometry
    anchor: tuple[float, float]
    taken: STRtree
    frame: Geometry


def _shapes(wording: Wording, styles: Sequence[tuple[Style, Style]]) -> tuple[_Shape, ...]:
    return tuple(
        _shape(lines, wording.figure, name_style, figure_style)
        for name_style, figure_style in styles
        for lines in _name_breaks(wording.name, name_style)
    )


def _name_breaks(name: str, style: Style) -> Iterator[tuple[str, ...]]:
    """The name on one line, then broken between words into two and three lines of about equal width."""
    whole = text_width(printable(name), style)
    seen: set[tuple[str, ...]] = set()
    for count in range(1, _NAME_LINES + 1):
        width = max(whole / count * 1.15, widest_word(name, style)) + 0.01
        lines = wrap(name, style, width)
        if width <= _WIDEST_NAME_MM and len(lines) <= count and lines not in seen:
            seen.add(lines)
            yield lines
    if not seen:  # a name of many words: whole in the table, shortened on the map
        yield (shorten(name, style, _WIDEST_NAME_MM),)


def _shape(name: tuple[str, ...], figure: str, name_style: Style, figure_style: Style) -> _Shape:
    lines = tuple((line, name_style) for line in name) + (((figure, figure_style),) if figure else ())
    return _Shape(
        lines,
        max((text_width(text, style) for text, style in lines), default=0.0),
        sum(style.line_mm for _text, style in lines),
    )


def _place(wording: Wording, shapes: Sequence[_Shape], spot: _Spot) -> Label:
    inner = shapely.buffer(spot.area, -_CLEARANCE_MM)
    shapely.prepare(inner)
    for shape in shapes:
        centres, boxes = _candidates(spot, shape, 0.0)
        fits = shapely.contains(inner, boxes)
        fits[fits] = _free(boxes[fits], spot)
        if fits.any():  # the candidates are sorted by distance
            return _label(wording.code, shape, centres[int(np.argmax(fits))], None)
    return _beside(wording, shapes, spot)


def _beside(wording: Wording, shapes: Sequence[_Shape], spot: _Spot) -> Label:
    """A free place partly inside the area, else outside it, for a label that fits nowhere inside."""
    for reach in _SEARCH_MM:
        best: tuple[float, _Shape, np.ndarray] | None = None
        for shape in shapes:
            centres, boxes = _candidates(spot, shape, reach)
            free = np.flatnonzero(_free(boxes, spot))
            if len(free) == 0:
                continue
            inside = _share_inside(spot.area, boxes[free])
            choice = int(np.argmax(np.round(inside, 2)))
            if best is None or inside[choice] > best[0] + _WORTH_SMALLER_TYPE:
                best = (float(inside[choice]), shape, centres[free[choice]])
        if best is not None:
            _part, shape, centre = best
            outside = not shapely.contains_xy(spot.area, *centre)
            return _label(wording.code, shape, centre, spot.anchor if outside else None)
    return _label(wording.code, shapes[-1], np.asarray(spot.anchor), None)


def _share_inside(area: Geometry, boxes: np.ndarray) -> np.ndarray:
    """The part of each box that lies in an area, by points: cutting each out takes ten times as long."""
    shapely.prepare(area)
    left, top, right, bottom = (edge[:, None, None] for edge in shapely.bounds(boxes).T)
    across, down = (np.linspace(0, 1, count) for count in _POINTS)
    x = left + (right - left) * across[None, None, :] + 0 * down[None, :, None]
    y = top + (bottom - top) * down[None, :, None] + 0 * across[None, None, :]
    return shapely.contains_xy(area, x, y).mean(axis=(1, 2))


def _label(code: str, shape: _Shape, centre: np.ndarray, pointer: tuple[float, float] | None) -> Label:
    return Label(code, shape.lines, float(centre[0]), float(centre[1]), shape.width, shape.height, pointer)


def _candidates(spot: _Spot, shape: _Shape, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Centres on a grid over the area's bounds and `reach` mm around, nearest to the anchor first."""
    left, top, right, bottom = shapely.bounds(spot.area)
    columns, rows = np.meshgrid(
        np.arange(left - reach, right + reach + _STEP_MM, _STEP_MM),
        np.arange(top - reach, bottom + reach + _STEP_MM, _STEP_MM),
    )
    anchor = np.asarray(spot.anchor)
    centres = np.vstack([anchor, np.column_stack([columns.ravel(), rows.ravel()])])
    centres = centres[np.argsort(np.hypot(*(centres - anchor).T), kind="stable")]
    return centres, _boxes(centres[:, 0], centres[:, 1], shape.width, shape.height)


def _boxes(x: np.ndarray | float, y: np.ndarray | float, width: float, height: float) -> np.ndarray:
    half_width, half_height = width / 2 + _CLEARANCE_MM, height / 2
    return shapely.box(x - half_width, y - half_height, x + half_width, y + half_height)


def _free(boxes: np.ndarray, spot: _Spot) -> np.ndarray:
    """Which boxes lie within the frame and touch no label that is already there."""
    shapely.prepare(spot.frame)
    free = shapely.contains(spot.frame, boxes)
    free[np.unique(spot.taken.query(boxes, predicate="intersects")[0])] = False
    return free
