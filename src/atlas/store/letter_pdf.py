"""A letter in plain sentences as PDF (reportlab); its content is made elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import ListFlowable, ListItem, Paragraph, Table, TableStyle

from .letter_docx import ROOM_MM
from .pdf_pages import BOLD, MARGIN, REGULAR, use_fonts, write_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable

    from ..core.records.access_letter import Letter

_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=9.5, leading=13, spaceAfter=4)
_TITLE = ParagraphStyle("title", _TEXT, fontName=BOLD, fontSize=15, leading=19)
_HEADING = ParagraphStyle(
    "heading", _TEXT, fontName=BOLD, fontSize=11.5, leading=15, spaceBefore=10, keepWithNext=1
)
_RECORD = ParagraphStyle("record", _TEXT, fontName=BOLD, spaceBefore=5, keepWithNext=1)
#: of two columns the first is a name, the second a number
_NAME_AND_NUMBER = (0.72, 0.28)
#: a column is as wide as its longest text with its margins, in signs, and no wider than so many
_MARGINS, _LONGEST = 5, 32
_CELL = ParagraphStyle("cell", _TEXT, fontSize=9, leading=12, spaceAfter=0)
_HEAD = ParagraphStyle("head", _CELL, fontName=BOLD)
_BULLET = ParagraphStyle("bullet", _TEXT, spaceAfter=1)


def write_pdf(path: Path, letter: Letter) -> None:
    """Write a letter as PDF; the same bytes for the same letter."""
    use_fonts()
    story: list[Flowable] = [_said(letter.title, _TITLE), _said(letter.subtitle, _TEXT)]
    for part in letter.sections:
        story.append(_said(part.title, _HEADING))
        story += [_said(sentence, _TEXT) for sentence in part.sentences]
        if part.rows:
            story.append(_table(part.rows))
        for block in part.blocks:
            story.append(_said(block.title, _RECORD))
            items = [ListItem(_said(sentence, _BULLET)) for sentence in block.sentences]
            story.append(
                ListFlowable(items, bulletType="bullet", bulletFontName=REGULAR, start="•", leftIndent=12)
            )
    write_pages(path, story, title=letter.title, foot=letter.foot)


def _table(rows: Sequence[Sequence[str]]) -> Table:
    """A table whose first row is its headings; empty rows are high enough to write in."""
    cells = [
        [_said(text, _HEAD if number == 0 else _CELL) for text in row] for number, row in enumerate(rows)
    ]
    heights = [None if any(row) else ROOM_MM * mm for row in rows]
    width, many = A4[0] - 2 * MARGIN, len(rows[0])
    parts = _NAME_AND_NUMBER if many == len(_NAME_AND_NUMBER) else _parts(rows)
    return Table(
        cells, colWidths=[part * width for part in parts], rowHeights=heights, repeatRows=1, spaceBefore=4,
        spaceAfter=6,
        style=TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#8a939d")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        ),
    )  # fmt: skip


def _parts(rows: Sequence[Sequence[str]]) -> list[float]:
    """Which part of the width each column gets: after its longest text; alike where one is to write."""
    if not all(map(any, rows)):
        return [1 / len(rows[0])] * len(rows[0])
    longest = [min(max(map(len, column)) + _MARGINS, _LONGEST) for column in zip(*rows, strict=True)]
    return [one / sum(longest) for one in longest]


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)
