"""Reading the bytes of a dossier's files beside SQLite, without taking away anybody's lock.

On POSIX, closing a file drops every lock the process has on it, whoever in that process took it (SQLite,
"How To Corrupt An SQLite Database File", 2.2). Inside QGIS that is the lock of a layer that is being edited:
the atlas of a colleague could then take the file, and the edits would be gone. So a descriptor stays open and
is used again.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: the files of eight dossiers; a program on macOS may have 256 files open
_KEPT = 64
_PIECE = 1 << 24

#: device and inode -> descriptor, the last used at the end
_descriptors: OrderedDict[tuple[int, int], int] = OrderedDict()
_taken = Lock()


def read_start(path: Path, size: int) -> bytes:
    """The first bytes of a file; fewer when it is shorter.

    Raises:
        OSError: it is not there or can't be read.
    """
    if os.name != "posix":  # Windows has locks of each handle
        with path.open("rb") as file:
            return file.read(size)
    with _taken:
        return os.pread(_descriptor(path), size, 0)


def read_whole(path: Path) -> bytes:
    """All bytes of a file.

    Raises:
        OSError: it is not there or can't be read.
    """
    if os.name != "posix":
        return path.read_bytes()
    pieces: list[bytes] = []
    with _taken:
        descriptor, place = _descriptor(path), 0
        size = max(os.fstat(descriptor).st_size, _PIECE)  # in one piece nothing is copied
        while piece := os.pread(descriptor, size, place):
            pieces.append(piece)
            place += len(piece)
    return b"".join(pieces)


def _descriptor(path: Path) -> int:
    found = path.stat()
    key = found.st_dev, found.st_ino
    if key not in _descriptors:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would be waited for
        opened = os.fstat(descriptor)
        key = opened.st_dev, opened.st_ino
        _descriptors[key] = descriptor
    _descriptors.move_to_end(key)
    while len(_descriptors) > _KEPT:
        _, oldest = _descriptors.popitem(last=False)
        os.close(oldest)
    return _descriptors[key]
