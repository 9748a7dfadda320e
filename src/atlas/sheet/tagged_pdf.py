"""One PDF with all sheets, tagged as PDF/UA-1 asks: headings, a table, and words for a map and its drawings.

matplotlib draws the pages and knows no tags. Its renderer hears of every artist before it is drawn
(`open_group`); here it writes around each drawing which part of the sheet it belongs to, or that it is an
artifact. pikepdf then adds the tree of these parts. See docs/decisions/0006.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from matplotlib.backends.backend_pdf import PdfFile, RendererPdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from .page import HEIGHT_MM
from .structure import Element, spoken
from .typesetting import MM_PER_POINT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.backend_bases import GraphicsContextBase

    from .page import Page
    from .structure import Box

LANGUAGE = "nl-NL"
_POINTS_PER_INCH = 72
_ARTIFACT = b"/Artifact BMC\n"
_PDF_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(slots=True)
class _Drawn:
    """What was drawn of an element: (page, number of the mark) for each piece, and the words."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    words: str = ""


@dataclass(slots=True)
class _Sheet:
    """The part of the document that is one sheet: its name in the bookmarks, its first page, its content."""

    title: str
    first_page: int
    content: Element


class TaggedPdf:
    """A PDF that pages are added to; the same pages give the same bytes."""

    def __init__(self, title: str) -> None:
        self._title = spoken(title)
        self._buffer = io.BytesIO()
        # neither date nor program: the same figures give the same bytes
        metadata = {"Title": self._title, "Creator": None, "Producer": None, "CreationDate": None}
        self._file = PdfFile(self._buffer, metadata=metadata)
        #: for each page the elements of its marks, in their order
        self._marks: list[list[Element]] = []
        self._drawn: dict[int, _Drawn] = {}
        self._sheets: list[_Sheet] = []

    def begin_sheet(self, title: str) -> None:
        """Start a part of the document for a sheet; the pages that are added next belong to it."""
        self._sheets.append(_Sheet(spoken(title), len(self._marks), Element("Sect")))

    def add(self, page: Page) -> None:
        """Draw a page of the sheet."""
        page.figure.set_dpi(_POINTS_PER_INCH)
        width, height = page.figure.get_size_inches()
        self._file.newPage(width, height)
        self._marks.append([])
        renderer = _MarkingRenderer(self._file, width, height, page, self)
        page.figure.draw(renderer)
        renderer.finalize()
        self._file.endStream()
        self._sheets[-1].content.children.append(page.content)

    def begin_mark(self, element: Element) -> int:
        """The number of a new mark on the page that is being drawn."""
        marks = self._marks[-1]
        marks.append(element)
        self._drawn.setdefault(id(element), _Drawn()).marks.append((len(self._marks) - 1, len(marks) - 1))
        return len(marks) - 1

    def as_drawn(self, element: Element, text: str) -> str:
        """A line of an element with the space that stands behind it in the element's text.

        A reader program joins lines as they are: without the space two words become one.
        """
        drawn = self._drawn[id(element)]
        drawn.words += text
        if element.text[len(drawn.words) :].startswith(" "):
            drawn.words += " "
            return f"{text} "
        return text

    def content(self) -> bytes:
        """The whole file, with the tree of its parts."""
        self._file.finalize()
        self._file.close()
        with pikepdf.open(self._buffer) as pdf:
            self._describe(pdf)
            self._write_tree(pdf)
            result = io.BytesIO()
            pdf.save(
                result,
                min_version="1.7",
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
        return result.getvalue()

    def _describe(self, pdf: pikepdf.Pdf) -> None:
        """Language, title and the claim, in the catalogue and in the metadata."""
        pdf.Root.Lang = String(LANGUAGE)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata.register_xml_namespace(_PDF_UA_NAMESPACE, "pdfuaid")
            metadata[f"{{{_PDF_UA_NAMESPACE}}}part"] = "1"
            metadata["dc:title"] = self._title
            metadata["dc:language"] = {LANGUAGE}
        with pdf.open_outline() as outline:
            outline.root.extend(OutlineItem(sheet.title, sheet.first_page) for sheet in self._sheets)

    def _write_tree(self, pdf: pikepdf.Pdf) -> None:
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = Element("Document", children=[sheet.content for sheet in self._sheets])
        made: dict[int, pikepdf.Object] = {}
        tree.K = self._write_element(pdf, document, tree, made)
        parents = Array()
        for number, marks in enumerate(self._marks):
            page = pdf.pages[number]
            page.StructParents = number
            page.Tabs = Name.S
            parents.append(number)
            parents.append(pdf.make_indirect(Array([made[id(element)] for element in marks])))
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
        tree.ParentTreeNextKey = len(self._marks)
        pdf.Root.StructTreeRoot = tree

    def _write_element(
        self,
        pdf: pikepdf.Pdf,
        element: Element,
        parent: pikepdf.Object,
        made: dict[int, pikepdf.Object],
    ) -> pikepdf.Object:
        written = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent, **_attributes(element))
        )
        made[id(element)] = written
        drawn = self._drawn.get(id(element), _Drawn())
        if element.text and drawn.words.strip() != element.text:  # shortened, or not all in the typeface
            written.ActualText = String(element.text)
        kids = [
            Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=number) for page, number in drawn.marks
        ]
        kids += [self._write_element(pdf, child, written, made) for child in element.children]
        written.K = Array(kids)
        return written


def _attributes(element: Element) -> Mapping[str, Any]:
    attributes: dict[str, Any] = {}
    if element.alt:
        attributes["Alt"] = String(element.alt)
    if element.scope:
        attributes["A"] = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    if element.box is not None:
        attributes["A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(_points(element.box)))
    return attributes


def _points(box: Box) -> list[float]:
    """Left, bottom, right and top of a box in points, from the lower left corner of the page."""
    edges = (box.left, HEIGHT_MM - box.bottom, box.right, HEIGHT_MM - box.top)
    return [round(edge / MM_PER_POINT, 2) for edge in edges]


class _MarkingRenderer(RendererPdf):
    """Writes around what it draws to which element it belongs; what belongs to none is an artifact."""

    def __init__(self, file: PdfFile, width: float, height: float, page: Page, pdf: TaggedPdf) -> None:
        super().__init__(file, _POINTS_PER_INCH, height, width)
        self._page, self._pdf = page, pdf
        self._groups: list[Element | None] = [None]
        self._marked = False
        self._current: Element | None = None

    def open_group(self, s: str, gid: str | None = None) -> None:
        """An artist begins: its own element, or that of the artist it is part of."""
        del s
        self._groups.append(self._page.elements.get(gid, self._groups[-1]))

    def close_group(self, s: str) -> None:
        """An artist ends."""
        del s
        self._groups.pop()

    def _mark(self) -> None:
        wanted = self._groups[-1]
        if self._marked and wanted is self._current:
            return
        self._end_mark()
        if wanted is None:
            self.file.write(_ARTIFACT)
        else:
            number = self._pdf.begin_mark(wanted)
            self.file.write(f"/{wanted.tag} <</MCID {number}>> BDC\n".encode())
        self._marked, self._current = True, wanted

    def _end_mark(self) -> None:
        if self._marked:
            self.file.write(b"EMC\n")
            self._marked = False

    def draw_path(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as matplotlib calls it
        """Mark, and draw."""
        self._mark()
        super().draw_path(*args, **more)

    def draw_path_collection(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Mark, and draw."""
        self._mark()
        super().draw_path_collection(*args, **more)

    def draw_markers(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Mark, and draw."""
        self._mark()
        super().draw_markers(*args, **more)

    def draw_image(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Mark, and draw."""
        self._mark()
        super().draw_image(*args, **more)

    def draw_text(self, gc: GraphicsContextBase, x: float, y: float, s: str, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Mark, and write the line with the space behind it."""
        self._mark()
        shown = s if self._current is None else self._pdf.as_drawn(self._current, s)
        super().draw_text(gc, x, y, shown, *args, **more)

    def finalize(self) -> None:
        """End the page."""
        super().finalize()
        self._end_mark()
