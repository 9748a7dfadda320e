"""A letter or a list as PDF, by Qt alone: A4, a heading on every page of a table, page x of y at the foot.

What stands in it is made by the core; the workbook to read, with its filter and widths, is made by the
command: QGIS itself writes a table into XLSX and nothing above it.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

from ..atlas.core.disclosure.released import content_of
from ..atlas.core.records.paper_list import MORE_IN_XLSX, paper_table
from ..atlas.core.records.reading_list import CONFIDENTIAL
from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.records.access_letter import Letter
    from ..atlas.core.records.reading_list import ReadingList

_DOTS_PER_INCH = 300
_MARGIN_MM = 16
_FOOT_MM = 8
_LETTER_POINTS, _LIST_POINTS, _FOOT_POINTS = 10, 7, 7
_MM_PER_INCH = 25.4
#: in a cell of a list, in dots
_PADDING = 10.0
_ENDLESS = 1e6
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_HEADING, _SHADE, _LINE, _WARNING = "#1F3A4D", "#F3F5F7", "#C8D0D6", "#A3160F"
_FOR_THE_ASKER = "Vertrouwelijk: alleen voor de vrager"


def write_letter(path: Path, letter: Letter) -> None:
    """Write a letter in plain sentences.

    Raises:
        AtlasError: it can't be written.
    """
    parts = [f"<h2>{escape(letter.title)}</h2>", _paragraph(letter.subtitle)]
    for section in letter.sections:
        parts.append(f"<h3>{escape(section.title)}</h3>")
        parts += [_paragraph(sentence) for sentence in section.sentences]
        for block in section.blocks:
            items = "".join(f"<li>{escape(sentence)}</li>" for sentence in block.sentences)
            parts.append(f"<p><b>{escape(block.title)}</b></p><ul>{items}</ul>")
    _write(path, "".join(parts), letter.title, _FOR_THE_ASKER)


def list_writer(check: Callable[[], None]) -> Callable[[Path, Released[ReadingList]], None]:
    """What writes a list to read: a row is never cut in two.

    Args:
        check: Called before each page; may raise to stop.
    """
    return partial(_write_list, check=check)


def _write_list(path: Path, released: Released[ReadingList], *, check: Callable[[], None]) -> None:
    content = content_of(released)
    writer = _writer(path, content.title, on_its_side=True)
    with _painting(writer, path) as painter:
        regular, bold = (_font(_LIST_POINTS, is_bold=is_bold) for is_bold in (False, True))
        metrics = {False: QFontMetricsF(regular, writer), True: QFontMetricsF(bold, writer)}
        table = paper_table(
            content, room=writer.width(), padding=_PADDING,
            measure=lambda text, is_bold: metrics[is_bold].horizontalAdvance(text),
        )  # fmt: skip
        bottom = writer.height() - _foot_height()
        heights = [_height(row, table.widths, metrics[False]) for row in table.rows]
        heading = _height(table.labels, table.widths, metrics[True])
        top = _draw_above(painter, content, writer.width(), bottom)
        pages = _pages(heights, [bottom - top - heading, bottom - heading])
        for number, (first, behind) in enumerate(pages, start=1):
            check()
            if number > 1:
                writer.newPage()
                top = 0.0
            _draw_row(painter, table.labels, table.widths, (top, heading), font=bold, background=_HEADING)
            y = top + heading
            for position in range(first, behind):
                shade = _SHADE if position % 2 else None
                _draw_row(
                    painter,
                    table.rows[position],
                    table.widths,
                    (y, heights[position]),
                    font=regular,
                    background=shade,
                )
                y += heights[position]
            _draw_foot(painter, writer, CONFIDENTIAL, f"pagina {number} van {len(pages)}")


def _pages(heights: Sequence[float], rooms: Sequence[float]) -> list[tuple[int, int]]:
    """Which rows stand on each page, from and up to; one that is higher than a page has a page of its own."""
    pages, first, used = [], 0, 0.0
    for position, height in enumerate(heights):
        room = rooms[0] if not pages else rooms[1]
        if used + height > room and position > first:
            pages.append((first, position))
            first, used = position, 0.0
        used += height
    return [*pages, (first, len(heights))]


def _height(texts: Sequence[str], widths: Sequence[float], metrics: QFontMetricsF) -> float:
    """How high a row becomes."""
    return 2 * _PADDING + max(
        (
            metrics.boundingRect(QRectF(0, 0, width - 2 * _PADDING, _ENDLESS), _WRAPPED, text).height()
            for text, width in zip(texts, widths, strict=True)
        ),
        default=0,
    )


def _draw_row(
    painter: QPainter,
    texts: Sequence[str],
    widths: Sequence[float],
    place: tuple[float, float],
    *,
    font: QFont,
    background: str | None,
) -> None:
    """One row: at `place` (top, height)."""
    top, height = place
    if background:
        painter.fillRect(QRectF(0, top, sum(widths), height), QColor(background))
    painter.setFont(font)
    painter.setPen(QColor("white" if background == _HEADING else "black"))
    x = 0.0
    for text, width in zip(texts, widths, strict=True):
        cell = QRectF(x + _PADDING, top + _PADDING, width - 2 * _PADDING, height - 2 * _PADDING)
        painter.drawText(cell, _WRAPPED, text)
        x += width
    painter.setPen(QColor(_LINE))
    painter.drawLine(QPointF(0, top + height), QPointF(x, top + height))
    painter.setPen(QColor("black"))


def _draw_above(painter: QPainter, content: ReadingList, width: float, bottom: float) -> float:
    """What stands above the table; where it ends."""
    facts = "   ".join(f"{label}: {text}" for label, text in content.facts)
    lines = [
        (content.title, _font(2 * _LIST_POINTS, is_bold=True), "black"),
        (CONFIDENTIAL, _font(_LIST_POINTS, is_bold=True), _WARNING),
        *((text, _font(_LIST_POINTS), "black") for text in (facts, MORE_IN_XLSX, *content.stays)),
    ]
    y = 0.0
    for text, font, colour in lines:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        y = painter.drawText(QRectF(0, y, width, bottom - y), _WRAPPED, text).bottom() + _PADDING
    return y + _PADDING


def _write(path: Path, html: str, title: str, foot: str) -> None:
    """Write a text over as many pages as it takes."""
    writer = _writer(path, title)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_font(_LETTER_POINTS))
    document.setHtml(html)
    room = QSizeF(writer.width(), writer.height() - _foot_height())
    document.setPageSize(room)
    with _painting(writer, path) as painter:
        count = document.pageCount()
        for number in range(count):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(0, -number * room.height())
            document.drawContents(painter, QRectF(0, number * room.height(), room.width(), room.height()))
            painter.restore()
            _draw_foot(painter, writer, foot, f"pagina {number + 1} van {count}")


def _writer(path: Path, title: str, *, on_its_side: bool = False) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    way = QPageLayout.Orientation.Landscape if on_its_side else QPageLayout.Orientation.Portrait
    writer.setPageOrientation(way)
    writer.setPageMargins(
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter
    )
    return writer


@contextmanager
def _painting(writer: QPdfWriter, path: Path) -> Iterator[QPainter]:
    painter = QPainter()
    if not painter.begin(writer):
        raise AtlasError(
            "De PDF kan niet worden geschreven.",
            where=str(path.parent),
            hint="Controleer of u in deze map mag schrijven en of de schijf niet vol is.",
        )
    try:
        yield painter
    finally:
        painter.end()


def _draw_foot(painter: QPainter, writer: QPdfWriter, left: str, right: str) -> None:
    painter.setFont(_font(_FOOT_POINTS))
    painter.setPen(QColor("black"))
    line = QRectF(0, writer.height() - _foot_height(), writer.width(), _foot_height())
    for text, side in ((left, Qt.AlignmentFlag.AlignLeft), (right, Qt.AlignmentFlag.AlignRight)):
        painter.drawText(line, text, QTextOption(Qt.AlignmentFlag.AlignBottom | side))


def _font(points: int, *, is_bold: bool = False) -> QFont:
    font = QFont("Sans Serif")
    font.setPointSize(points)
    font.setBold(is_bold)
    return font


def _foot_height() -> float:
    return _FOOT_MM / _MM_PER_INCH * _DOTS_PER_INCH


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
