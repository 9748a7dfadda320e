"""A letter in plain sentences as DOCX (python-docx); its content is made elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..core.records.access_letter import Letter

_MARGIN_MM = 22
#: height of a row to write in
ROOM_MM = 14
#: no clock: the same letter says the same of itself
_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001 - the file has no time zone


def write_docx(path: Path, letter: Letter) -> None:
    """Write a letter as DOCX, with headings that Word and a screen reader know."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN_MM))
    about = document.core_properties
    about.title, about.language, about.author, about.comments = letter.title, "nl-NL", "", ""
    about.created = about.modified = _MOMENT
    language = OxmlElement("w:lang")  # for the speller and the voice
    language.set(qn("w:val"), "nl-NL")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.add_heading(letter.title, level=1)
    document.add_paragraph(letter.subtitle)
    for part in letter.sections:
        document.add_heading(part.title, level=2)
        for sentence in part.sentences:
            document.add_paragraph(sentence)
        if part.rows:
            _add_table(document, part.rows)
        for block in part.blocks:
            document.add_heading(block.title, level=3)
            for sentence in block.sentences:
                document.add_paragraph(sentence, style="List Bullet")
    _number_pages(section.footer.paragraphs[0], letter.foot)
    document.save(str(path))


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401 - python-docx has no types
    """A table whose first row is its headings; empty rows are high enough to write in."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        if not any(cells):
            row.height = Mm(ROOM_MM)
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
            if number == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    heads = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - there is no other way to say it
    heads.append(OxmlElement("w:tblHeader"))


def _number_pages(paragraph: Any, foot: str) -> None:  # noqa: ANN401 - as above
    """Page x of y behind the line at the foot; Word counts them."""
    paragraph.add_run(f"{foot}, pagina ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" van ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:  # noqa: ANN401 - as above
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)  # noqa: SLF001 - there is no other way to add a field
