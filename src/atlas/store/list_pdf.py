"""A list to read as PDF (reportlab): A4 on its side, the heading on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import LongTable, Paragraph, Spacer, TableStyle

from ..core.disclosure.released import content_of
from ..core.records.paper_list import MORE_IN_XLSX, paper_table
from ..core.records.reading_list import CONFIDENTIAL
from .pdf_pages import BOLD, MARGIN, REGULAR, use_fonts, write_pages

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.platypus import Flowable

    from ..core.disclosure.released import Released
    from ..core.records.reading_list import ReadingList

_TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=15, leading=19)
_FACT = ParagraphStyle("fact", fontName=REGULAR, fontSize=8.5, leading=12)
_WARNING = ParagraphStyle("warning", _FACT, fontName=BOLD, textColor=HexColor("#A3160F"))
_CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=6.5, leading=8)
_HEAD = ParagraphStyle("head", _CELL, fontName=BOLD, textColor=HexColor("#FFFFFF"))
_PADDING = 2.5
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
    table = paper_table(
        content,
        room=A4[1] - 2 * MARGIN,
        padding=_PADDING,
        measure=lambda text, bold: stringWidth(text, BOLD if bold else REGULAR, _CELL.fontSize),
    )
    cells = [[_said(label, _HEAD) for label in table.labels]]
    cells += [[_said(text, _CELL) for text in row] for row in table.rows]
    facts = "   ".join(f"<b>{escape(label)}:</b> {escape(text)}" for label, text in content.facts)
    story: list[Flowable] = [
        _said(content.title, _TITLE),
        _said(CONFIDENTIAL, _WARNING),
        Paragraph(facts, _FACT),
        _said(MORE_IN_XLSX, _FACT),
        *(_said(sentence, _FACT) for sentence in content.stays),
        Spacer(0, 6),
        LongTable(cells, colWidths=table.widths, repeatRows=1, style=_STYLE),
    ]
    write_pages(path, story, title=content.title, foot=CONFIDENTIAL, landscape=True)


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), style)
