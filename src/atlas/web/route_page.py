"""The sheet of a round as a page of its own: opens without a connection, and prints as it stands."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from ..core.disclosure.released import content_of
from ..core.records.route_sheet import placed_labels, sheet_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..core.disclosure.released import Released
    from ..core.records.round_out import Line, RoundMap, RoundOut
    from ..core.records.route_sheet import SheetWords, StopWords

#: width of the drawing in its own units, and the least that a map shows (metres)
_WIDTH, _LEAST_M, _AROUND = 1000.0, 1500.0, 0.08
_TALLEST = 0.75
_LETTER, _LABEL = 13, 26
_ROAD, _THROUGH = 'stroke="#aaa" stroke-width="1.5"', 'stroke="#777" stroke-width="4"'
_WAY, _NO_WAY = 'stroke="#000" stroke-width="6"', 'stroke="#000" stroke-width="3" stroke-dasharray="10 7"'
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.45 system-ui,sans-serif;color:#111;background:#fff;
 max-width:50rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.3rem 0 .6rem}h2{font-size:1.05rem;margin:1.2rem 0 .2rem}
.over,.note,.foot{color:#444;font-size:.85rem;margin:.2rem 0}
.made-up{border:2px solid #111;font-weight:700;padding:.3rem .6rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}dt{font-weight:700}dd{margin:0}
svg{width:100%;height:auto;border:1px solid #444;margin-top:1rem;display:block}
ol{list-style:none;padding:0;margin:1rem 0 0}
li{border-top:2px solid #111;padding:.5rem 0 1rem;break-inside:avoid}
h3{font-size:1rem;margin:0 0 .2rem}h3 b{display:inline-block;min-width:3.5rem}
li p{margin:.1rem 0}label{margin-right:1.2rem;white-space:nowrap}
.line{border-bottom:1px solid #888;height:1.6rem}
@media print{body{font-size:10.5pt;padding:0;max-width:none}@page{size:A4;margin:14mm}}
"""
_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src; style-src {policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title><style>{style}</style></head><body><main>
<p class="over">{over}</p>{made_up}<h1>{title}</h1><dl>{facts}</dl>
{map}
<h2>{about}</h2><p>{rules}</p><p>{categories}.</p>
<ol>{stops}</ol>
<p class="foot">{foot}</p></main></body></html>
"""


def route_page(released: Released[RoundOut], *, back_by: str) -> str:
    """The sheet of a round as HTML: one page that asks nothing of any other, and runs no script.

    Args:
        released: The round, with its map.
        back_by: The last day to bring it back or destroy it, as ISO text.
    """
    content = content_of(released)
    words = sheet_words(content, back_by)
    drawn = "" if content.map is None else _map(content, content.map, words)
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return _PAGE.format(
        style=_STYLE,
        policy=f"'sha256-{digest}'",
        title=escape(words.title),
        over=escape(words.over),
        made_up=f'<p class="made-up">{escape(words.fictitious)}</p>' if words.fictitious else "",
        facts="".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in words.facts),
        map=drawn,
        about=escape(words.about[0]),
        rules=escape(words.about[1]),
        categories=escape("; ".join(words.categories)),
        stops="".join(_stop(stop, words.outcomes) for stop in words.stops),
        foot=escape(words.foot),
    )


def _stop(stop: StopWords, outcomes: Sequence[str]) -> str:
    told = (*stop.reasons, *(f"Let op: {note}" for note in stop.notes))
    boxes = "".join(f'<label><input type="checkbox"> {escape(outcome)}</label>' for outcome in outcomes)
    heading = f"<b>{escape(stop.name)}</b> {escape(stop.times)}, {escape(stop.address)}"
    return (
        f"<li><h3>{heading}</h3>{''.join(f'<p>{escape(text)}</p>' for text in told)}"
        f'<p>{boxes}</p><div class="line"></div></li>'
    )


def _map(content: RoundOut, drawn: RoundMap, words: SheetWords) -> str:
    """The way as a drawing: roads grey, the way black, what is no road dashed."""
    points = [point for leg in drawn.legs for point in leg] or [stop.place for stop in content.stops]
    xs, ys = ([point[axis] for point in points] for axis in (0, 1))
    around = max(_AROUND * max(max(xs) - min(xs), max(ys) - min(ys)), _LEAST_M / 8)
    width = max(max(xs) - min(xs), _LEAST_M, (max(ys) - min(ys)) / _TALLEST) + 2 * around
    height = max(max(ys) - min(ys), _LEAST_M / 2) + 2 * around
    left, top = (max(xs) + min(xs) - width) / 2, (max(ys) + min(ys) + height) / 2
    scale = _WIDTH / width

    def at(point: Sequence[float]) -> tuple[float, float]:
        return round((point[0] - left) * scale, 1), round((top - point[1]) * scale, 1)

    def paths(lines: Iterable[Line], how: str) -> str:
        shapes = "".join(f"M{' '.join(f'{x},{y}' for x, y in map(at, line))}" for line in lines)
        return f'<path d="{shapes}" fill="none" {how}/>' if shapes else ""

    legs = list(zip(drawn.legs, drawn.straight, strict=True))
    size = f"0 0 {_WIDTH:.0f} {height * scale:.0f}"
    return (
        f'<svg viewBox="{size}" role="img" aria-label="{escape(words.in_words)}">'
        f"{paths(drawn.roads, _ROAD)}{paths(drawn.through, _THROUGH)}"
        f"{paths((leg for leg, straight in legs if not straight), _WAY)}"
        f"{paths((leg for leg, straight in legs if straight), _NO_WAY)}"
        f"{''.join(_end(letter, *at(place)) for letter, place in _ends(content))}"
        f"{_marks([at(stop.place) for stop in content.stops], [stop.name for stop in content.stops])}"
        f'</svg><p class="note">{escape(words.map_note)}</p>'
    )


def _ends(content: RoundOut) -> list[tuple[str, tuple[float, float]]]:
    """Where the team begins, and where it ends when that is elsewhere."""
    shift = content.shift
    if shift is None:
        return []
    ends = {place: letter for letter, place in (("E", shift.end), ("S", shift.start)) if place is not None}
    return [(letter, place) for place, letter in ends.items()]


def _end(letter: str, x: float, y: float) -> str:
    return (
        f'<rect x="{x - 13:.1f}" y="{y - 13:.1f}" width="26" height="26" fill="#fff" stroke="#000" '
        f'stroke-width="3"/><text x="{x:.1f}" y="{y + 7:.1f}" font-size="20" font-weight="700" '
        f'text-anchor="middle">{letter}</text>'
    )


def _marks(points: Sequence[tuple[float, float]], names: Sequence[str]) -> str:
    """A dot for each stop, and its name in a black label beside it."""
    widths = [len(name) * _LETTER + 10.0 for name in names]
    labels = zip(points, placed_labels(points, widths, _LABEL), widths, names, strict=True)
    return "".join(
        f'<circle cx="{x}" cy="{y}" r="6" fill="#000" stroke="#fff"/>'
        f'<path d="M{x},{y} {left + width / 2:.1f},{top + _LABEL / 2:.1f}" stroke="#000" stroke-width="2"/>'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.0f}" height="{_LABEL}" fill="#000"/>'
        f'<text x="{left + 5:.1f}" y="{top + 19:.1f}" font-size="20" font-weight="700" fill="#fff">'
        f"{escape(name)}</text>"
        for (x, y), (left, top), width, name in labels
    )
