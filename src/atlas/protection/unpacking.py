"""Every layer of bytes in a file: as it is, unpacked, decoded, and the texts in its pictures and pages."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: no more than this many bytes are unpacked from one file: a small one can hold endless zeros
MOST_BYTES = 400_000_000
_DEPTH = 5
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")
_PNG, _PDF, _ZIP, _GZIP, _SQLITE = (
    b"\x89PNG\r\n\x1a\n",
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"SQLite format 3\0",
)
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP")
_ZLIB_STARTS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


class TooMuchError(Exception):
    """A file unpacks to more than is looked through."""


def layers_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(how it was packed, bytes) of a file, the file itself first.

    Raises:
        TooMuchError: it unpacks to more than `MOST_BYTES`.
    """
    left = [MOST_BYTES]
    yield from _layers(content, "", 0, left)


def _layers(content: bytes, how: str, depth: int, left: list[int]) -> Iterator[tuple[str, bytes]]:
    left[0] -= len(content)
    if left[0] < 0:
        raise TooMuchError
    yield how, content
    if depth >= _DEPTH:
        return
    for kind, inner in _inside(content, left[0]):
        yield from _layers(inner, f"{how}, {kind}" if how else kind, depth + 1, left)


def _inside(content: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    if content.startswith(_ZIP):
        yield from _of_archive(content, most)
    elif content.startswith(_GZIP):
        yield "uitgepakt", _unzipped(content, most)
    elif content.startswith(_ZLIB_STARTS):
        yield "uitgepakt", _inflated(content, most)
    elif content.startswith(_PNG):
        for text in _of_picture(content, most):
            yield "tekst in de afbeelding", text
    elif content.startswith(_PDF):
        for text in _of_pdf(content):
            yield "tekst in de PDF", text
    else:
        yield from _decoded(content)


def _decoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What stands in base64 and is a file or a text."""
    for found in _BASE64.finditer(content):
        text = found[0]
        try:
            decoded = base64.b64decode(text[: len(text) // 4 * 4])
        except binascii.Error:
            continue
        if decoded.startswith((_PNG, _PDF, _ZIP, _GZIP, _SQLITE, *_ZLIB_STARTS)) or _is_text(decoded):
            yield "base64", decoded


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(one.isprintable() or one in "\r\n\t" for one in text) > 0.9 * len(text)


def _of_archive(content: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.file_size > most:
                    raise TooMuchError
                yield "naam in het archief", member.filename.encode()
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError):
        return


def _unzipped(content: bytes, most: int) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            inner = file.read(most + 1)
    except (OSError, EOFError, zlib.error):
        return b""
    if len(inner) > most:
        raise TooMuchError
    return inner


def _inflated(content: bytes, most: int) -> bytes:
    try:
        inner = zlib.decompressobj().decompress(content, most + 1)
    except zlib.error:
        return b""
    if len(inner) > most:
        raise TooMuchError
    return inner


def _of_picture(content: bytes, most: int) -> Iterator[bytes]:
    """The texts and metadata of a PNG, unpacked."""
    place = len(_PNG)
    while place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += length + 12
        if kind not in _PNG_TEXTS:
            continue
        yield data
        for start in _ZLIB_STARTS:
            if (found := data.find(start)) > 0:
                yield _inflated(data[found:], most)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    """The streams of a PDF, unpacked, and the texts of its objects (what a screen reader is told too)."""
    import pikepdf  # noqa: PLC0415 - only for a PDF

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for one in document.objects:
                if isinstance(one, pikepdf.Stream):
                    try:
                        yield one.read_bytes()
                    except (pikepdf.PdfError, pikepdf.DataDecodingError):  # a picture: its bytes are pixels
                        continue
                yield "\n".join(_texts(one, 0)).encode("utf-8", "replace")
    except pikepdf.PdfError:
        return


def _texts(value: object, depth: int) -> Iterator[str]:
    import pikepdf  # noqa: PLC0415 - only for a PDF

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth < _DEPTH and isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for inner in value.values():
            if not isinstance(inner, pikepdf.Object) or not inner.is_indirect:
                yield from _texts(inner, depth + 1)
    elif depth < _DEPTH and isinstance(value, pikepdf.Array):
        for inner in value:
            if not isinstance(inner, pikepdf.Object) or not inner.is_indirect:
                yield from _texts(inner, depth + 1)
