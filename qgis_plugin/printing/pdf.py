"""From a layout with an atlas to one PDF: whole or not at all, and the same bytes for the same figures."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from uuid import UUID

from qgis.core import Qgis, QgsLayoutExporter

from ..atlas.core.disclosure.released import content_of
from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from pathlib import Path

    from qgis.core import QgsFeedback, QgsPrintLayout

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload

_DOTS_PER_INCH = 300
#: what Qt writes from the clock and at random: in the file's description and in its XMP
_CREATED = re.compile(rb"(?<=/CreationDate \(D:)\d{14}")
_XMP_DATE = re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
_IDENTIFIER = re.compile(rb"(?<=uuid:)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NO_IDENTIFIER = str(UUID(int=0)).encode()


def write_pdf(layout: QgsPrintLayout, released: Released[Payload], path: Path, feedback: QgsFeedback) -> bool:
    """Write all pages of the layout's atlas; its text stays text, and fonts are embedded.

    Args:
        layout: With an atlas.
        released: What is drawn on it; the file gets the date of its figures instead of the clock's.
        path: Where to write; the caller moves it into place (`core.files.new_file`).
        feedback: Hears of the progress, and may cancel.

    Returns:
        Whether it was written; False when the user cancelled.

    Raises:
        AtlasError: it can't be written.
    """
    date = content_of(released)["date"]
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = _DOTS_PER_INCH
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.forceVectorOutput = True
    settings.appendGeoreference = False
    result, reason = QgsLayoutExporter.exportToPdf(layout.atlas(), str(path), settings, feedback)
    if result == QgsLayoutExporter.ExportResult.Canceled or feedback.isCanceled():
        return False
    if result != QgsLayoutExporter.ExportResult.Success:
        raise AtlasError(
            "De PDF kan niet worden geschreven.",
            where=str(path.parent),
            got=reason,
            hint="Controleer of u in deze map mag schrijven en of de schijf niet vol is.",
        )
    path.write_bytes(_dated(path.read_bytes(), date))
    return True


def _dated(content: bytes, date: str) -> bytes:
    """The file with the date of its figures; every replacement is as long as what it replaces."""
    year, month, day = (*date.split("-"), "01", "01")[:3]
    content = _CREATED.sub(f"{year}{month}{day}000000".encode(), content)
    content = _XMP_DATE.sub(f"{year}-{month}-{day}T00:00:00".encode(), content)
    content = _IDENTIFIER.sub(_NO_IDENTIFIER, content)
    identifier = str(UUID(bytes=hashlib.sha256(content).digest()[:16])).encode()
    return _IDENTIFIER.sub(identifier, content)
