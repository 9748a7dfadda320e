"""The XML files of a BAG extract where they lie: in a folder, a ZIP, or a ZIP of ZIPs, read as a stream.

The extract of the whole country is a ZIP of some gigabytes with a ZIP for each kind of object in it, and in
that a thousand XML files. Nothing of it is unpacked as a whole: a ZIP that is stored in another is read where
it lies, one that is packed in another is unpacked to a temporary file once.
"""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from ...core.files.reading_limits import check_growth, limits, too_large
from .broken_files import broken_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: how an extract begins, within its first kilobytes
MARK = b"extract-deelbestand-lvc"
SNIFFED = 8_192
KINDS = ("VBO", "NUM", "OPR", "WPL")
_KIND_IN_NAME = re.compile(r"(?:^|[0-9])(VBO|NUM|OPR|WPL)[0-9]{8}")
_OTHER_IN_NAME = re.compile(
    r"(?:^|[0-9])(?:PND|LIG|STA|Inactief|InOnderzoek|NietBag)|GEM-WPL|Leveringsdocument", re.IGNORECASE
)
_KIND_INSIDE = re.compile(rb"objectType>\s*([A-Z]{3})\s*<")
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_MEGABYTE = 1_000_000
#: what a broken or strange ZIP makes Python throw
ZIP_ERRORS = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error)


@dataclass(frozen=True, slots=True)
class Member:
    """An XML file with objects of one kind.

    Args:
        source: The file or folder that the user named, for sentences.
        file: The file on disk.
        start: Where in it the ZIP begins that holds the XML.
        length: Of that ZIP.
        name: Of the XML in the ZIP; "" when the file is the XML.
        title: The name of the XML, for sentences.
        kind: VBO, NUM, OPR or WPL.
        size: Unpacked bytes.
    """

    source: Path
    file: Path
    start: int
    length: int
    name: str
    title: str
    kind: str
    size: int


class _Part(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        super().__init__()
        self._file, self._start, self._length, self._at = file, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence] + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer) -> int:  # noqa: ANN001 - whatever has room
        self._file.seek(self._start + self._at)
        data = self._file.read(min(len(buffer), max(0, self._length - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def members_of(path: Path, room: Path) -> list[Member]:
    """Find the XML files of an extract.

    Args:
        path: An XML or ZIP file, or a folder of them.
        room: A temporary folder, for a ZIP that is packed in another.

    Raises:
        AtlasError: a ZIP that is broken.
    """
    found: list[Member] = []
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        suffix = file.suffix.lower()
        if _OTHER_IN_NAME.search(file.name) or not file.is_file():
            continue
        if suffix == ".xml":
            with file.open("rb") as stream:
                kind = _kind(file.name, stream.read(SNIFFED))
            if kind:
                found.append(Member(path, file, 0, 0, "", file.name, kind, file.stat().st_size))
        elif suffix == ".zip":
            found += _members_in(path, (file, 0, file.stat().st_size), file.name, room)
    return found


@contextmanager
def opened(member: Member) -> Iterator[IO[bytes]]:
    """The bytes of an XML file, unpacked as they are read."""
    if not member.name:
        with member.file.open("rb") as stream:
            yield stream
        return
    with _archive(member.file, member.start, member.length).open(member.name) as stream:
        yield stream


@lru_cache(maxsize=4)  # a process reads the files of one ZIP one after the other
def _archive(file: Path, start: int, length: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BufferedReader(_Part(file.open("rb"), start, length), 1 << 20))


def forget_archives() -> None:
    """Close the ZIPs that are kept open for the next file."""
    _archive.cache_clear()


def _members_in(
    source: Path, place: tuple[Path, int, int], title: str, room: Path | None
) -> Iterator[Member]:
    """The XML files in a ZIP; `room` is None in a ZIP that lies in another, where no third is looked for."""
    file, start, length = place
    try:
        with zipfile.ZipFile(io.BufferedReader(_Part(file.open("rb"), start, length))) as archive:
            for info in sorted(archive.infolist(), key=lambda one: one.filename):
                short = info.filename.rsplit("/", 1)[-1]
                if _OTHER_IN_NAME.search(short):
                    continue
                check_growth(info, source)
                if short.lower().endswith(".xml"):
                    kind = _kind_of_member(archive, info, short)
                    if kind:
                        yield Member(source, file, start, length, info.filename, short, kind, info.file_size)
                elif short.lower().endswith(".zip") and room is not None:
                    inner = _inner(archive, info, file, start, room)
                    yield from _members_in(source, inner, short, None)
    except ZIP_ERRORS as error:
        raise broken_by(source, error, title) from error


def _inner(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path, start: int, room: Path
) -> tuple[Path, int, int]:
    """Where a ZIP in a ZIP can be read: in the outer one when it is stored, else unpacked in `room`."""
    if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
        with file.open("rb") as stream:
            stream.seek(start + info.header_offset)
            mark, name, extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
        if mark != b"PK\x03\x04":
            raise zipfile.BadZipFile(info.filename)
        return file, start + info.header_offset + _LOCAL_HEADER.size + name + extra, info.file_size
    most = limits().unpacked_bytes
    if info.file_size > most:
        raise too_large(file, f"{info.file_size // _MEGABYTE}", "MB uitgepakt", most // _MEGABYTE)
    place = room / f"{len(list(room.iterdir()))}.zip"
    with archive.open(info) as packed, place.open("wb") as whole:
        shutil.copyfileobj(packed, whole, 1 << 20)
    return place, 0, place.stat().st_size


def _kind_of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, short: str) -> str:
    in_name = _KIND_IN_NAME.search(short)
    if in_name:
        return in_name[1]
    with archive.open(info) as stream:
        return _kind(short, stream.read(SNIFFED))


def _kind(name: str, start: bytes) -> str:
    """The kind of an XML file; "" for what is no part of an extract or not needed."""
    in_name, inside = _KIND_IN_NAME.search(name), _KIND_INSIDE.search(start)
    kind = in_name[1] if in_name else inside[1].decode("ascii") if inside else ""
    return kind if kind in KINDS and MARK in start else ""
