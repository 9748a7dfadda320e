"""Text in millimetres: how wide it is, where it breaks, what the typeface cannot draw.

Widths come from the typeface's own tables and not from a renderer, so that the PNG and the PDF of a sheet
break every line at the same word. The typeface is DejaVu Sans, the one that comes inside matplotlib: nothing
depends on the fonts of a machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MM_PER_POINT = 25.4 / 72
LINE_STEP = 1.36
#: stands in for each character the typeface lacks: a reader sees that something is missing, and where
SUBSTITUTE = "□"
ELLIPSIS = "…"
#: part of the type size above the baseline that the tallest capital with an accent needs
ASCENT = 0.93
#: a line may be broken after these, besides at a space
_BREAK_AFTER = "-–/_"
#: these only tell how their neighbours are joined or shown; without a neighbour there is nothing to miss
_JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")

INK = "#1c2733"
SOFT_INK = "#56626f"
RULE = "#d3d9df"
REFERENCE = "#0f6b72"
CAUTION = "#a84b00"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size in points, weight and colour."""

    size: float
    bold: bool = False
    colour: str = INK

    @property
    def line_mm(self) -> float:
        """Distance between two baselines, in millimetres."""
        return self.size * MM_PER_POINT * LINE_STEP

    @property
    def ascent_mm(self) -> float:
        """What a line needs above its baseline, in millimetres."""
        return self.size * MM_PER_POINT * ASCENT

    def sized(self, size: float) -> Style:
        """The same style in another size."""
        return replace(self, size=size)


@dataclass(frozen=True, slots=True)
class _Typeface:
    advances: dict[int, float]  # code point -> width in em
    path: Path


@cache
def _typeface(*, bold: bool) -> _Typeface:
    path = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"]
        advances = {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return _Typeface(advances, path)


@cache
def font_properties(style: Style) -> FontProperties:
    """What matplotlib needs to draw text in this style."""
    return FontProperties(fname=str(_typeface(bold=style.bold).path), size=style.size)


def printable(text: object) -> str:
    """The text as this typeface can draw it, on one line.

    White space becomes one space; an emoji, a script the typeface lacks and a mark that would turn the
    reading direction around each become `SUBSTITUTE`, so that nothing disappears without a trace.
    """
    return " ".join("".join(map(_printable_character, str(text))).split())


@cache
def _printable_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in _JOINERS:
        return ""
    is_mark = unicodedata.category(character).startswith("C")  # controls, also those of direction; surrogates
    right_to_left = unicodedata.bidirectional(character) in {"R", "AL"}
    if is_mark or right_to_left or not _drawable(character):
        return SUBSTITUTE
    return character


def _drawable(character: str) -> bool:
    return all(ord(character) in _typeface(bold=bold).advances for bold in (False, True))


@lru_cache(maxsize=8192)  # every sheet says the same of its figure
def text_width(text: str, style: Style) -> float:
    """Width of a printable text in millimetres, an upper bound: kerning only brings letters closer."""
    advances = _typeface(bold=style.bold).advances
    return sum(advances[ord(character)] for character in text) * style.size * MM_PER_POINT


def wrap(text: object, style: Style, width_mm: float) -> tuple[str, ...]:
    """Break a text into lines that are no wider than `width_mm`; a word that is too wide is broken itself."""
    return tuple(line.rstrip() for line in _broken(text, style, width_mm))


def _broken(text: object, style: Style, width_mm: float) -> list[str]:
    """The lines with the space they end in: together they are the whole text."""
    lines: list[str] = []
    for piece in _pieces(printable(text), style, width_mm):
        if lines and text_width((lines[-1] + piece).rstrip(), style) <= width_mm:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _pieces(text: str, style: Style, width_mm: float) -> Iterator[str]:
    """The parts of a text between which a line may end, none wider than `width_mm`."""
    start = 0
    for position, character in enumerate(text):
        wide = position > start and text_width(text[start : position + 1].rstrip(), style) > width_mm
        if wide:
            yield text[start:position]
            start = position
        if character == " " or (character in _BREAK_AFTER and text[position + 1 : position + 2].isalpha()):
            yield text[start : position + 1]
            start = position + 1
    if start < len(text):
        yield text[start:]


def widest_word(text: object, style: Style) -> float:
    """Width in millimetres of the widest part of a text in which no line can end."""
    return max(
        (text_width(piece.rstrip(), style) for piece in _pieces(printable(text), style, inf)), default=0.0
    )


def shorten(text: object, style: Style, width_mm: float) -> str:
    """The text on one line, ending in an ellipsis when it does not fit."""
    line = printable(text)
    if text_width(line, style) <= width_mm:
        return line
    while line and text_width(line + ELLIPSIS, style) > width_mm:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def fit(
    text: object, style: Style, width_mm: float, *, sizes: Sequence[float], max_lines: int
) -> tuple[Style, tuple[str, ...]]:
    """The largest of `sizes` at which the text takes at most `max_lines` lines.

    When none does, the smallest size with the last line ending in an ellipsis: whoever calls this prints
    the whole text elsewhere on the sheet (see `is_shortened`).
    """
    for size in sizes:
        fitted = style.sized(size)
        lines = _broken(text, fitted, width_mm)
        if len(lines) <= max_lines:
            break
    else:
        lines[max_lines - 1 :] = [shorten("".join(lines[max_lines - 1 :]), fitted, width_mm)]
    return fitted, tuple(line.rstrip() for line in lines)


def is_shortened(lines: Sequence[str]) -> bool:
    """Whether `fit` had to leave something out."""
    return bool(lines) and lines[-1].endswith(ELLIPSIS)
