"""Office files whose bytes depend on what they hold only, not on the moment they were saved."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_OLDEST = (1980, 1, 1, 0, 0, 0)
#: a moment that says nothing: the date of a file is in the file's own words
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_PROPERTIES = "docProps/core.xml"


def same_bytes(content: bytes) -> bytes:
    """The parts of an Office file packed without the moment on which that was done."""
    return _packed(content, clock=True)


def workbook_bytes(book: Workbook) -> bytes:
    """A workbook of openpyxl as the bytes of an XLSX."""
    book.properties.created = book.properties.modified = _MOMENT
    made = io.BytesIO()
    book.save(made)
    return _packed(made.getvalue(), clock=False)  # openpyxl writes the clock when it saves


def _packed(content: bytes, *, clock: bool) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(buffer, "w") as again:
        for name in packed.namelist():
            part = packed.read(name)
            if name == _PROPERTIES and not clock:
                before, _, rest = part.partition(b"<dcterms:modified")
                part = before + rest.partition(b"</dcterms:modified>")[2]
            again.writestr(zipfile.ZipInfo(name, _OLDEST), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
