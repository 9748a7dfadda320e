"""Pages of a PDF for reading (reportlab): A4, our fonts, a line at the foot with page x of y."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib import get_data_path
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

REGULAR, BOLD = "AtlasSans", "AtlasSans-Bold"
MARGIN = 16 * mm
_FOOT = 8 * mm
_FOOT_SIZE = 7.5


@cache
def use_fonts() -> None:
    """Make the fonts known: those of matplotlib, which hold all letters of a name."""
    folder = Path(get_data_path()) / "fonts" / "ttf"
    for name, file in ((REGULAR, "DejaVuSans.ttf"), (BOLD, "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def write_pages(
    path: Path,
    story: Sequence[Flowable],
    *,
    title: str,
    foot: str,
    landscape: bool = False,
) -> None:
    """Write a PDF; the same bytes for the same story.

    Args:
        path: The new file.
        story: What stands on the pages, in order.
        title: Of the document.
        foot: What stands at the foot of each page, beside its number.
        landscape: Whether the pages lie on their side.
    """
    use_fonts()
    width, height = (A4[1], A4[0]) if landscape else A4
    frame = Frame(
        MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    class Numbered(Canvas):
        """Knows how many pages there are only when all are drawn."""

        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)
            self._pages: list[dict[str, object]] = []

        def showPage(self) -> None:  # noqa: N802 - the name that reportlab calls
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, start=1):
                self.__dict__.update(page)
                self.setFont(REGULAR, _FOOT_SIZE)
                self.drawString(MARGIN, _FOOT, foot)
                self.drawRightString(width - MARGIN, _FOOT, f"pagina {number} van {len(self._pages)}")
                super().showPage()
            super().save()

    document = BaseDocTemplate(
        str(path), pagesize=(width, height), title=title, author="", lang="nl-NL", invariant=1,
        pageTemplates=[PageTemplate("page", [frame])],
    )  # fmt: skip
    document.build(list(story), canvasmaker=Numbered)
