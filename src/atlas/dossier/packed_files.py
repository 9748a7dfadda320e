"""What is packed in a file, so that it can be searched: archives, also in one another."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING, cast

from ..core.files.reading_limits import check_archive, limits, unpacked
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_STREAMS: dict[bytes, Callable[[IO[bytes]], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
#: archives that the standard library does not unpack
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_DATABASE = b"SQLite format 3\0"
_DEEPEST = 3


def packed_in(content: bytes, path: Path, depth: int = 0) -> Iterator[bytes]:
    """What is packed in the content of a file; nothing when it is no archive.

    Args:
        content: All bytes of the file.
        path: Where it stands, for a sentence.
        depth: In how many archives it is packed itself.

    Raises:
        AtlasError: it is an archive that can't be unpacked, or more than the limits say.
    """
    if content.startswith(_CLOSED) or depth > _DEEPEST:
        raise AtlasError("Dit archief kan niet worden uitgepakt.", where=str(path))
    try:
        for member in _members(content, path):
            yield member
            yield from packed_in(member, path, depth + 1)
    except (
        zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error,
        lzma.LZMAError,
    ) as error:  # fmt: skip
        raise AtlasError("Dit archief kan niet worden uitgepakt.", where=str(path)) from error


def _members(content: bytes, path: Path) -> Iterator[bytes]:
    opens = next((opens for head, opens in _STREAMS.items() if content.startswith(head)), None)
    if opens is not None:
        yield b"".join(unpacked(cast("IO[bytes]", opens(BytesIO(content))), path, limits().unpacked_bytes))
    # a program that unpacks itself has the archive at its end
    elif content.startswith(_ZIP) or (
        not content.startswith(_DATABASE) and zipfile.is_zipfile(BytesIO(content))
    ):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            check_archive(archive, path)
            for member in archive.infolist():
                yield member.filename.encode()
                with archive.open(member) as stream:
                    yield b"".join(unpacked(stream, path, member.file_size))
