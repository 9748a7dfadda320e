"""A list to read as PDF (reportlab): A4 on its side, the heading on every page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import LongTable, Paragraph, Spacer, TableStyle

from ..core.disclosure.released import content_of
from ..core.records.reading_list import CONFIDENTIAL
from ..core.words.notation import format_number
from .pdf_pages import BOLD, MARGIN, REGULAR, use_fonts, write_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable

    from ..core.disclosure.released import Released
    from ..core.records.reading_list import ReadingList

_TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=15, leading=19)
_FACT = ParagraphStyle("fact", fontName=REGULAR, fontSize=8.5, leading=12)
_WARNING = ParagraphStyle("warning", _FACT, fontName=BOLD, textColor=HexColor("#A3160F"))
_CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=6.5, leading=8)
_HEAD = ParagraphStyle("head", _CELL, fontName=BOLD, textColor=HexColor("#FFFFFF"))
_MORE_IN_XLSX = "Niet alle kolommen passen op papier; als werkmap (XLSX) heeft deze lijst ze allemaal."
_PADDING = 2.5
#: a word that is longer, as an address of a page, may be broken
_WIDEST_WORD = 90
_STYLE = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#1F3A4D")),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#FFFFFF"), HexColor("#F3F5F7")]),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, HexColor("#C8D0D6")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


def write_list_pdf(path: Path, released: Released[ReadingList]) -> None:
    """Write a list as PDF; what nobody needs on paper is left out. The same bytes for the same list."""
    content = content_of(released)
    use_fonts()
    shown = [
        position
        for position, column in enumerate(content.columns)
        if not column.is_more and (not content.rows or any(row[position] != "" for row in content.rows))
    ]
    labels = [content.columns[position].label for position in shown]
    texts = [[_text(row[position]) for position in shown] for row in content.rows]
    widths = _widths(labels, texts, [content.columns[position].width for position in shown])
    cells = [[_said(label, _HEAD) for label in labels]]
    cells += [[_said(text, _CELL) for text in row] for row in texts]
    facts = "   ".join(f"<b>{escape(label)}:</b> {escape(text)}" for label, text in content.facts)
    story: list[Flowable] = [
        _said(content.title, _TITLE),
        _said(CONFIDENTIAL, _WARNING),
        Paragraph(facts, _FACT),
        _said(_MORE_IN_XLSX, _FACT),
        *(_said(sentence, _FACT) for sentence in content.stays),
        Spacer(0, 6),
        LongTable(cells, colWidths=widths, repeatRows=1, style=_STYLE),
    ]
    write_pages(path, story, title=content.title, foot=CONFIDENTIAL, landscape=True)


def _widths(labels: Sequence[str], rows: Sequence[Sequence[str]], wanted: Sequence[int]) -> list[float]:
    """The width of each column: no word is broken, and what room is left goes to those that want more."""
    least = [stringWidth(_longest(label), BOLD, _HEAD.fontSize) + 2 * _PADDING for label in labels]
    for position in range(len(labels)):
        words = {word for row in rows for word in row[position].split()}
        longest = max((stringWidth(word, REGULAR, _CELL.fontSize) for word in words), default=0)
        least[position] = max(least[position], min(longest + 2 * _PADDING, _WIDEST_WORD))
    room = A4[1] - 2 * MARGIN
    left = room - sum(least)
    if left < 0:  # then words are broken after all
        return [room * width / sum(least) for width in least]
    more = [
        max(letters * _CELL.fontSize / 2 - width, _PADDING)
        for letters, width in zip(wanted, least, strict=True)
    ]
    return [width + left * one / sum(more) for width, one in zip(least, more, strict=True)]


def _longest(text: str) -> str:
    return max(text.split(), key=len, default="")


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _text(value: str | float | date) -> str:
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float):
        return format_number(value, 0 if value.is_integer() else 1)
    return str(value)
