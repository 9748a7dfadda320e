"""A slide (PPTX), a paragraph (DOCX) and a table (CSV, XLSX) for a memo, each with source and caution."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..core.disclosure.released import content_of
from ..core.figures.edition import made_line
from ..core.figures.figure_table import COLUMNS, as_csv, figure_rows
from ..core.files.new_file import new_file
from ..core.words.errors import AtlasError
from .office_bytes import same_bytes
from .spreadsheets import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docx.document import Document
    from pptx.presentation import Presentation

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload

TABLE_SUFFIXES = (".csv", ".xlsx")
SLIDE_SUFFIXES = (".pptx", ".docx")
_SHEET = "Cijfers"
#: inches of a wide slide, and what the title takes of it
_SLIDE_WIDTH, _SLIDE_HEIGHT, _TITLE_HEIGHT, _MARGIN = 13.333, 7.5, 0.85, 0.4
_TITLE_POINTS, _SMALL_POINTS = 20, 9


@dataclass(frozen=True, slots=True)
class Slide:
    """What a slide or a paragraph says.

    `title` stands above the picture, `paragraph` is the text of the memo (of a slide its notes), which begins
    with what its figure is; `picture` is a PNG, `in_words` what it shows for who doesn't see it.
    """

    title: str
    paragraph: str
    picture: bytes
    in_words: str


def write_figure_table(
    path: Path, released: Released[Payload], indicator: Mapping[str, Any], view: Mapping[str, Any]
) -> None:
    """Write the figures of a view as `.csv` or `.xlsx`; every row has source and caution beside it."""
    rows = figure_rows(content_of(released), indicator, view)
    with new_file(path) as beside:
        if path.suffix.lower() == ".xlsx":
            write_xlsx(beside, _SHEET, COLUMNS, rows)
        else:
            beside.write_bytes(as_csv(rows).encode())


def write_slide(path: Path, released: Released[Payload], slide: Slide) -> None:
    """Write one slide (`.pptx`) or one paragraph (`.docx`); the same bytes for the same content.

    Raises:
        AtlasError: python-pptx or python-docx is not installed.
    """
    payload = content_of(released)
    try:
        content = (
            _document(payload, slide) if path.suffix.lower() == ".docx" else _presentation(payload, slide)
        )
    except ModuleNotFoundError as error:
        raise AtlasError(
            "Voor een dia of een alinea ontbreekt een onderdeel van de atlas.",
            got=str(error.name),
            hint='Installeer de atlas met zijn onderdeel memo: pip install "buitengebied-atlas[memo]".',
        ) from error
    with new_file(path) as beside:
        beside.write_bytes(same_bytes(content))


def _presentation(payload: Mapping[str, Any], slide: Slide) -> bytes:
    import pptx  # noqa: PLC0415 - half a second, and an extra
    from pptx.util import Inches, Pt  # noqa: PLC0415

    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Inches(_SLIDE_WIDTH), Inches(_SLIDE_HEIGHT)
    title_only = presentation.slide_layouts[5]
    made = presentation.slides.add_slide(title_only)
    title = made.shapes.title
    title.left, title.top = Inches(_MARGIN), Inches(_MARGIN / 2)
    title.width, title.height = Inches(_SLIDE_WIDTH - 2 * _MARGIN), Inches(_TITLE_HEIGHT)
    title.text_frame.text = slide.title
    title.text_frame.word_wrap = True
    title.text_frame.paragraphs[0].font.size = Pt(_TITLE_POINTS)
    title.text_frame.paragraphs[0].font.bold = True
    height = _SLIDE_HEIGHT - _TITLE_HEIGHT - _MARGIN
    picture = made.shapes.add_picture(
        io.BytesIO(slide.picture), 0, Inches(_TITLE_HEIGHT + _MARGIN / 2), height=Inches(height)
    )
    picture.left = (presentation.slide_width - picture.width) // 2
    picture._element.nvPicPr.cNvPr.set("descr", slide.in_words)  # noqa: SLF001 - python-pptx has no other way
    made.notes_slide.notes_text_frame.text = f"{slide.paragraph}\n{made_line(payload)}"
    return _saved(presentation, payload, slide)


def _document(payload: Mapping[str, Any], slide: Slide) -> bytes:
    import docx  # noqa: PLC0415 - an extra
    from docx.shared import Pt  # noqa: PLC0415

    document = docx.Document()
    document.add_paragraph(slide.paragraph)
    small = document.add_paragraph().add_run(made_line(payload))
    small.italic, small.font.size = True, Pt(_SMALL_POINTS)
    return _saved(document, payload, slide)


def _saved(made: Presentation | Document, payload: Mapping[str, Any], slide: Slide) -> bytes:
    moment = datetime(1980, 1, 1, tzinfo=UTC)
    if payload["made_on"]:
        moment = datetime.fromisoformat(payload["made_on"]).replace(tzinfo=UTC)
    properties = made.core_properties
    properties.title, properties.author = slide.title[:255], payload["maker"]["name"][:255]
    properties.last_modified_by, properties.language = "", "nl-NL"
    properties.created = properties.modified = moment
    properties.comments = ""
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
