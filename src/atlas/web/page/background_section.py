"""The part of the page with figures of one area as a whole: tables, each row with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.words.notation import counted
from .markup import Markup, element

Record = Mapping[str, Any]
_LEAD = (
    "Cijfers van één gebied als geheel. Ze zijn niet over gemeenten of provincies te verdelen en staan "
    "daarom niet op de kaart. Een lijn begint bij nul; elke rij heeft een eigen schaal."
)
#: fewer points than this are no line
_FEWEST = 3
#: size of a line, CSS pixels
_WIDTH, _HEIGHT, _MARGIN = 76, 22, 3


def section(payload: Record) -> Markup:
    """What is known of the region or of one municipality only; nothing in a page without it."""
    groups = payload.get("background") or ()
    if not groups:
        return Markup("")
    return element(
        "section",
        element("h2", "Achtergrond van de regio", id="background-title"),
        element("p", _LEAD, class_="lead"),
        *map(_group, groups),
        class_="panel-cards",
        aria_labelledby="background-title",
    )


def _group(group: Record) -> Markup:
    lines = any(len(_points(figure["values"])) >= _FEWEST for figure in group["figures"])
    heads = (*(["Verloop"] if lines else []), *group["periods"])
    return element(
        "details",
        element(
            "summary",
            element("h3", group["label"]),
            " ",
            element("span", f"{group['area']}: {counted(len(group['figures']), 'cijfer', 'cijfers')}"),
        ),
        element("p", group["caution"], class_="remark"),
        element(
            "div",
            element(
                "table",
                element(
                    "thead",
                    element("tr", element("th"), *(element("th", head, scope="col") for head in heads)),
                ),
                element("tbody", *(_row(figure, lines=lines) for figure in group["figures"])),
            ),
            class_="background",
            tabindex="0",
            role="group",
            aria_label=f"{group['label']}, {group['area']}",
        ),
        element("p", f"Bron: {group['source']}, {group['place']}.", class_="base"),
    )


def _row(figure: Record, *, lines: bool) -> Markup:
    remark = (" ", element("small", figure["caution"])) if figure["caution"] else ()
    return element(
        "tr",
        element("th", figure["label"], *remark, scope="row"),
        *([element("td", _line(figure["values"]))] if lines else []),
        *(element("td", text or "–") for text in figure["texts"]),
    )


def _points(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """Where the figures lie in the drawing, from zero up; every period has its own place."""
    top = max((value for value in values if value is not None), default=0.0) or 1.0
    step = (_WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)
    height = _HEIGHT - 2 * _MARGIN
    return [
        (round(_MARGIN + step * place), round(_HEIGHT - _MARGIN - height * value / top, 1))
        for place, value in enumerate(values)
        if value is not None
    ]


def _line(values: Sequence[float | None]) -> Markup:
    points = _points(values)
    if len(points) < _FEWEST:
        return Markup("")
    return element(
        "svg",
        element("polyline", points=" ".join(f"{x},{y:g}" for x, y in points)),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        aria_hidden="true",
    )
