"""A letter in plain sentences as PDF (reportlab); its content is made elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import ListFlowable, ListItem, Paragraph

from .letter_docx import FOOT
from .pdf_pages import BOLD, REGULAR, use_fonts, write_pages

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.platypus import Flowable

    from ..core.records.access_letter import Letter

_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=9.5, leading=13, spaceAfter=4)
_TITLE = ParagraphStyle("title", _TEXT, fontName=BOLD, fontSize=15, leading=19)
_HEADING = ParagraphStyle(
    "heading", _TEXT, fontName=BOLD, fontSize=11.5, leading=15, spaceBefore=10, keepWithNext=1
)
_RECORD = ParagraphStyle("record", _TEXT, fontName=BOLD, spaceBefore=5, keepWithNext=1)
_BULLET = ParagraphStyle("bullet", _TEXT, spaceAfter=1)


def write_pdf(path: Path, letter: Letter) -> None:
    """Write a letter as PDF; the same bytes for the same letter."""
    use_fonts()
    story: list[Flowable] = [_said(letter.title, _TITLE), _said(letter.subtitle, _TEXT)]
    for part in letter.sections:
        story.append(_said(part.title, _HEADING))
        story += [_said(sentence, _TEXT) for sentence in part.sentences]
        for block in part.blocks:
            story.append(_said(block.title, _RECORD))
            items = [ListItem(_said(sentence, _BULLET)) for sentence in block.sentences]
            story.append(
                ListFlowable(items, bulletType="bullet", bulletFontName=REGULAR, start="•", leftIndent=12)
            )
    write_pages(path, story, title=letter.title, foot=FOOT)


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)
