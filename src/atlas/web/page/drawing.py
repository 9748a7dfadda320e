"""The map as one inline SVG: what is shown without scripts, and what is printed.

The level that is filled is drawn area by area, the borders beside it as lines; the script draws the areas of
another level when the reader chooses it.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...core.figures.borders import MUNICIPALITY, borders, lines_beside, rings
from .markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .shapes import Ring

#: west, north, width and height in drawing units
Frame = tuple[int, int, int, int]
#: drawing units across; a whole unit is 110 m on the ground, finer than the generalised borders
WIDTH = 700
_MARGIN = 10
#: a longer line of a label is broken at a blank
_LABEL_LENGTH = 14
_HATCH = 12
#: width of a letter of a label on paper, and the signs of a line of it
_LETTER, _LONGEST_LINE = 11, 30
#: under this relative luminance (WCAG 2.2) lines of a hatching are drawn light
_DARK = 0.2
_LINES_DARK, _LINES_LIGHT = "#26323c", "#ffffff"
_SHOWN = ("ok", "indicatief", "geteld")
#: room between a circle and the label below it
_BELOW_CIRCLE = 12
#: between the examples of the key, and the width of a digit of their labels
_KEY_GAP, _KEY_LETTER = 6, 10


def hex_name(colour: str) -> str:
    """A colour as part of an identifier."""
    return re.sub(r"[^0-9a-z]", "", colour.lower())


def fill_of(view: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    """What an area is filled with: its class colour, that colour hatched, or the pattern of its state."""
    classes = view["legend"]["classes"]
    if value["status"] not in _SHOWN or not classes:
        return f"url(#pattern-{value['status']})"
    colour = classes[value["class"] or 0]["colour"]
    return f"url(#pattern-indicatief-{hex_name(colour)})" if value["status"] == "indicatief" else colour


def patterns(payload: Mapping[str, Any]) -> Markup:
    """The hatchings of the states, and of each class colour for the indicative figures."""
    colours = {
        entry["colour"]
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for entry in view["legend"]["classes"]
    }
    drawn = []
    for state in (*payload["states"], *payload["change_states"]):
        if state["status"] in ("ok", "verschil"):
            continue
        drawn.append(_pattern(f"pattern-{state['status']}", state["pattern"], state["colour"]))
        if state["status"] == "indicatief":
            drawn += [
                _pattern(f"pattern-indicatief-{hex_name(colour)}", state["pattern"], colour)
                for colour in sorted(colours)
            ]
    return element("defs", *drawn)


def drawing(payload: Mapping[str, Any], level: str, view: Mapping[str, Any], described_by: str) -> Markup:
    """The map of one view: the areas of its level, and the lines beside it.

    Args:
        payload: The published atlas; geometry in WGS84.
        level: The level that is filled.
        view: The figures to paint.
        described_by: Id of the text that says what the map shows.
    """
    project, height = _projection(payload)
    frame = _own_frame(payload, project) or (0, 0, WIDTH, height)
    # of paper as wide and high as the whole map: letters and circles stay as large on it
    near = max(frame[2] / WIDTH, frame[3] / height)
    named = [entry for entry in payload["levels"] if not entry["detail"] or entry["id"] == level]
    levels = sorted(named, key=lambda entry: entry["id"] != level)
    groups = [
        _group(levels[0], view, project),
        *(_lines(entry, project) for entry in levels if entry["id"] in lines_beside(level)),
    ]
    labels = [_labels(entry, view, project, frame, near, filled=entry["id"] == level) for entry in levels]
    return element(
        "svg",
        *groups,
        _circles(levels[0], view, project, near),
        *labels,
        _circle_key(view, frame, near),
        class_="drawing near" if near < 1 else "drawing",
        id="drawing",
        viewBox=" ".join(map(str, frame)),
        data_width=f"{frame[2] / near:.6g}",
        data_projection=project.as_text(),
        role="img",
        aria_labelledby=described_by,
    )


def _group(entry: Mapping[str, Any], view: Mapping[str, Any], project: _Projection) -> Markup:
    """The areas of the level that is filled, and when some are inferred its borders, each drawn once."""
    shapes = [
        element(
            "path",
            d=project.path(rings(entry["geometry"][area["code"]]), closed=True),
            data_code=area["code"],
            fill=fill_of(view, view["values"][area["code"]]),
        )
        for area in entry["areas"]
    ]
    drawn: list[Markup] = []
    if entry["inferred_borders"]:
        lines = borders(entry["geometry"], entry["inferred_borders"])
        drawn = [
            element("path", d=project.path(lines.solid, closed=False), class_="border", fill="none"),
            element(
                "path", d=project.path(lines.inferred, closed=False), class_="border inferred", fill="none"
            ),
        ]
    return element(
        "g",
        *shapes,
        *drawn,
        class_=f"drawn-level level-{entry['id']} filled",
        data_level=entry["id"],
    )


def _lines(entry: Mapping[str, Any], project: _Projection) -> Markup:
    """The borders of a level that is not filled, each stretch once."""
    lines = borders(entry["geometry"], ()).solid
    return element(
        "g",
        element("path", d=project.path(lines, closed=False), fill="none"),
        class_=f"drawn-level level-{entry['id']}",
        data_level=entry["id"],
    )


def _own_frame(payload: Mapping[str, Any], project: _Projection) -> Frame | None:
    """West, north, width and height of the municipalities of a team; None for others, and for all of them."""
    own = set((payload.get("competence") or {}).get("municipalities", ()))
    level = next(level for level in payload["levels"] if level["id"] == MUNICIPALITY)
    if not own or own >= set(level["geometry"]):
        return None
    points = [
        project.point(point)
        for code, geometry in level["geometry"].items()
        if code in own
        for ring in rings(geometry)
        for point in ring
    ]
    (west, east), (north, south) = ((min(ends), max(ends)) for ends in zip(*points, strict=True))
    return west - _MARGIN, north - _MARGIN, east - west + 2 * _MARGIN, south - north + 2 * _MARGIN


def _labels(
    entry: Mapping[str, Any],
    view: Mapping[str, Any],
    project: _Projection,
    frame: Frame,
    near: float,
    *,
    filled: bool,
) -> Markup:
    """Name and, on the level that is filled, figure of every area, around its anchor."""
    texts = []
    left, _top, width, _height = frame
    for area in entry["areas"]:
        x, y = project.point(area["anchor"])
        names = name_lines(area["label"])
        half = min(near * max(map(len, names)) * _LETTER / 2, width / 2)
        if left <= x <= left + width:
            x = round(min(max(x, left + half), left + width - half))
        value = view["values"][area["code"]] if filled else None
        figure = value["text"] if value and value["status"] in _SHOWN else ""
        lines = [
            element("tspan", line, x=x, dy=f"{1 if nth else -len(names) / 2 + 0.2:g}em", class_="name")
            for nth, line in enumerate(names)
        ]
        texts.append(
            element(
                "text",
                *lines,
                element("tspan", figure, x=x, dy="1em", class_="figure"),
                y=y,
                transform=_below(value, x, y, near),
                data_code=area["code"],
            )
        )
    return element(
        "g",
        *texts,
        class_=f"drawn-labels names-{entry['id']}",
        data_level=entry["id"],
        display="inline" if filled else "none",
    )


def _circles(entry: Mapping[str, Any], view: Mapping[str, Any], project: _Projection, near: float) -> Markup:
    """The counts of a view as circles, large ones first so that none hides another; empty for a fill."""
    key = view["legend"].get("circles")
    drawn = []
    for area in sorted(entry["areas"], key=lambda area: -view["values"][area["code"]].get("radius", 0)):
        if key and (radius := view["values"][area["code"]]["radius"]):
            x, y = project.point(area["anchor"])
            drawn.append(element("circle", cx=x, cy=y, r=f"{near * radius:g}", fill=key["colour"]))
    return element("g", *drawn, class_="drawn-circles", id="drawn-circles")


def _circle_key(view: Mapping[str, Any], frame: Frame, near: float) -> Markup:
    """The example circles in the lower left corner: as large as those on the drawing, whatever its scale."""
    x, drawn = _MARGIN, []
    for example in view["legend"].get("circles", {}).get("examples", ()):
        radius = example["radius"]
        drawn.append(element("circle", cx=f"{x + radius:g}", cy=f"{-_MARGIN - radius:g}", r=radius))
        x += 2 * radius + _KEY_GAP
        drawn.append(element("text", example["label"], x=f"{x:g}", y=-_MARGIN - 2))
        x += _KEY_LETTER * len(example["label"]) + 2 * _KEY_GAP
    west, north, _width, height = frame
    place = f"translate({west} {north + height}) scale({near:g})"
    return element("g", *drawn, class_="circle-key", id="circle-key", transform=place)


def _below(value: Mapping[str, Any] | None, x: int, y: int, near: float) -> str | None:
    """Where a label goes that would hide a circle, and how large it is on a part of the map."""
    radius = value.get("radius") if value else 0
    steps = [f"translate({x} {y}) scale({near:.4g}) translate({-x} {-y})"] if near < 1 else []
    steps += [f"translate(0 {radius + _BELOW_CIRCLE:g})"] if radius else []
    return " ".join(steps) or None


def name_lines(name: str) -> list[str]:
    """A name in lines: "Oldambt/Westerwolde" and "Gemeente Groningen" are wider than their regions."""
    lines: list[str] = []
    for part in re.split("(?<=/)", name):
        lines += part.split(" ", 1) if len(part) > _LABEL_LENGTH else [part]
    return [f"{line[:_LONGEST_LINE]}…" if len(line) > _LONGEST_LINE else line for line in lines if line]


class _Projection:
    """Longitude and latitude to drawing units: equirectangular, true to shape at the middle latitude."""

    def __init__(self, west: float, north: float, scale: float, squeeze: float) -> None:
        self._west, self._north, self._scale, self._squeeze = west, north, scale, squeeze

    def as_text(self) -> str:
        """West, north, scale, squeeze and margin, for the script that draws in the same units."""
        return f"{self._west:.6f} {self._north:.6f} {self._scale:.4f} {self._squeeze:.6f} {_MARGIN}"

    def point(self, position: Sequence[float]) -> tuple[int, int]:
        """Whole drawing units, from the north-west."""
        x = (position[0] - self._west) * self._squeeze * self._scale
        y = (self._north - position[1]) * self._scale
        return round(x) + _MARGIN, round(y) + _MARGIN

    def path(self, lines: Sequence[Ring], *, closed: bool) -> str:
        """SVG path data with relative steps, which take half the room; what runs straight on is one step."""
        parts = []
        for line in lines:
            points = [self.point(position) for position in line]
            steps: list[tuple[int, int]] = []
            for (previous_x, previous_y), (x, y) in pairwise(points):
                step = (x - previous_x, y - previous_y)
                if steps and _straight_on(steps[-1], step):
                    steps[-1] = (steps[-1][0] + step[0], steps[-1][1] + step[1])
                elif any(step):
                    steps.append(step)
            if steps:
                parts.append(f"M{points[0][0]} {points[0][1]}{_written(steps)}{'z' if closed else ''}")
        return "".join(parts)


def _straight_on(step: tuple[int, int], following: tuple[int, int]) -> bool:
    (x, y), (next_x, next_y) = step, following
    return x * next_y == y * next_x and x * next_x + y * next_y > 0


def _written(steps: Sequence[tuple[int, int]]) -> str:
    """Steps as SVG writes them shortest: v and h along an axis, no blank before a minus."""
    parts = []
    last = ""
    for x, y in steps:
        command, numbers = ("v", [y]) if not x else ("h", [x]) if not y else ("l", [x, y])
        parts += [f" {number}" for number in numbers]
        if command != last:
            parts[-len(numbers)] = f"{command}{numbers[0]}"
        last = command
    return "".join(parts).replace(" -", "-")


def _bounds(payload: Mapping[str, Any]) -> tuple[float, float, float, float]:
    points = [
        point
        for level in payload["levels"]
        for geometry in level["geometry"].values()
        for ring in rings(geometry)
        for point in ring
    ]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _projection(payload: Mapping[str, Any]) -> tuple[_Projection, int]:
    """The projection that fits all areas in `WIDTH`, and the height it needs."""
    west, south, east, north = _bounds(payload)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * squeeze)
    return _Projection(west, north, scale, squeeze), round((north - south) * scale) + 2 * _MARGIN


def _pattern(identifier: str, kind: str, colour: str) -> Markup:
    lines = _LINES_LIGHT if _luminance(colour) < _DARK else _LINES_DARK
    half = _HATCH // 2
    stroke: dict[str, str | float | bool | None] = {"stroke": lines, "stroke_width": 1.4, "fill": "none"}
    marks = {
        "diagonal": [
            element("path", d=f"M-2 2l4-4M0 {_HATCH}L{_HATCH} 0M{_HATCH - 2} {_HATCH + 2}l4-4", **stroke)
        ],
        "dots": [element("circle", cx=half, cy=half, r=1.8, fill=lines)],
        "cross": [element("path", d=f"M0 0L{_HATCH} {_HATCH}M0 {_HATCH}L{_HATCH} 0", **stroke)],
        "horizontal": [element("path", d=f"M0 {half}H{_HATCH}", **stroke)],
    }.get(kind, [])
    return element(
        "pattern",
        element("rect", width=_HATCH, height=_HATCH, fill=colour),
        *marks,
        id=identifier,
        width=_HATCH,
        height=_HATCH,
        patternUnits="userSpaceOnUse",
    )


def _luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2); 1 for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return 1.0
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
