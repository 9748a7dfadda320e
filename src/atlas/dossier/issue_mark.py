"""The mark in a file that was handed out: the number and hash of its line in the register.

It proves which line the register held when the file was made, also when the register no longer does. A format
that has no room for it (CSV) is left as it is. The mark is put where every reader of the format passes over
it, and where it is found without knowing the format: as plain text.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from ..gpkg.geopackage import note_item
from .register_chain import Head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: how a mark begins; its name in formats where it has one
NAME = "atlas-uitgifte"
_MARK = re.compile(rb"atlas-uitgifte (\d{1,9}) ([0-9a-f]{64})")
_CORE = "docProps/core.xml"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_FOLDED = b"\r\n "
_PNG_END = b"\x00\x00\x00\x00IEND"


def mark_text(head: Head) -> str:
    """A line of the register in one line of text, as long for the first line as for the last.

    So two files of the same input differ in these characters only, also where the length of a text decides
    where the next one stands (SQLite).
    """
    return f"{NAME} {head.number:06d} {head.hash}"


def put_mark(path: Path, head: Head) -> bool:
    """Put the mark of a line in a file, where its format has room for it.

    Args:
        path: The file, whole; its name says what it is.
        head: The line.

    Returns:
        Whether it has it now.

    Raises:
        AtlasError: the file is not what its name says.
    """
    put = _WAYS.get(path.suffix.lower())
    if put is None:
        return False
    try:
        put(path, mark_text(head))
    except (ValueError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise AtlasError(
            "In dit bestand kan het nummer van het register niet worden gezet; het is niet gemaakt.",
            where=path.name, got=str(error),
        ) from error  # fmt: skip
    return True


def marks_in(content: bytes) -> tuple[Head, ...]:
    """The marks in the bytes of a file, each once; a file that was made here has one."""
    places = [content.replace(_FOLDED, b"")]
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                places.append(archive.read(_CORE))
        except (KeyError, OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
            pass
    found = [Head(int(one[1]), one[2].decode()) for place in places for one in _MARK.finditer(place)]
    return tuple(dict.fromkeys(found))


def _in_text(before: str, template: str) -> Callable[[Path, str], None]:
    """Put a mark before the first of some text, as a template says."""

    def put(path: Path, mark: str) -> None:
        content = path.read_bytes()
        place = content.find(before.encode())
        if place < 0:
            raise ValueError(before)
        path.write_bytes(content[:place] + template.replace("$mark", mark).encode() + content[place:])

    return put


def _at_the_end(template: str) -> Callable[[Path, str], None]:
    """Put a mark behind the last byte: for formats that are read from their beginning, or by an index."""

    def put(path: Path, mark: str) -> None:
        with path.open("ab") as file:
            file.write(template.replace("$mark", mark).encode())

    return put


def _in_geojson(path: Path, mark: str) -> None:
    content = path.read_bytes().rstrip()
    if not content.endswith(b"}"):
        raise ValueError("}")
    path.write_bytes(content[:-1] + f', "uitgifte": "{mark}"}}'.encode())  # a foreign member, RFC 7946, 6.1


def _in_calendar(path: Path, mark: str) -> None:
    content, before = path.read_bytes(), b"\r\nBEGIN:"
    place = content.find(before)  # of the first part: properties stand before that
    if place < 0:
        raise ValueError(before.decode())
    line = f"X-ATLAS-UITGIFTE:{mark}"
    folded = f"\r\n{line[:70]}\r\n {line[70:]}"  # RFC 5545, 3.1: no line over 75 octets
    path.write_bytes(content[:place] + folded.encode() + content[place:])


def _in_picture(path: Path, mark: str) -> None:
    content = path.read_bytes()
    place = content.rfind(_PNG_END)
    if place < 0:
        raise ValueError("IEND")
    chunk = b"tEXt" + f"Comment\0{mark}".encode("latin-1")
    framed = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    path.write_bytes(content[:place] + framed + content[place:])


def _in_geopackage(path: Path, mark: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        note_item(connection, "uitgifte", mark)
        connection.execute("COMMIT")


def _in_archive(path: Path, mark: str) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = mark.encode()


def _in_office(path: Path, mark: str) -> None:
    """In the core properties of a document (ECMA-376, part 2, 11.1): Office keeps them when it saves."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    end = b"</cp:coreProperties>"
    if not any(entry.filename == _CORE and end in content for entry, content in entries):
        raise ValueError(_CORE)
    said = f'<dc:identifier xmlns:dc="{_DUBLIN_CORE}">{mark}</dc:identifier>'.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries:
            changed = content.replace(end, said + end) if entry.filename == _CORE else content
            archive.writestr(entry, changed, compress_type=entry.compress_type)


_WAYS: dict[str, Callable[[Path, str], None]] = {
    ".html": _in_text("<title>", f'<meta name="{NAME}" content="$mark">\n'),
    ".gpkg": _in_geopackage,
    ".geojson": _in_geojson,
    ".xlsx": _in_office,
    ".docx": _in_office,
    ".pdf": _at_the_end("%$mark\n%%EOF\n"),  # a comment; the last of the file still says that it is the end
    ".tif": _at_the_end("$mark"),
    ".tiff": _at_the_end("$mark"),
    ".png": _in_picture,
    ".gpx": _at_the_end("\n<!-- $mark -->\n"),
    ".ics": _in_calendar,
    ".zip": _in_archive,
}
