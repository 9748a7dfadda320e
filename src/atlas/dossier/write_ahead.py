"""How QGIS writes a file while a layer is edited (write-ahead logging, WAL), and putting it back."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from .file_bytes import read_start

if TYPE_CHECKING:
    from pathlib import Path

#: where SQLite says how a file is written, and what it says for WAL
_MODE_BYTE, _WAL = 18, 2
#: another program that tries as well must find the file closed now and then; s
_BETWEEN = 0.012


def is_write_ahead(path: Path) -> bool:
    """Whether a file is written as QGIS does while a layer is edited; not when it can't be read."""
    try:
        start = read_start(path, _MODE_BYTE + 1)
    except OSError:
        return False
    return len(start) > _MODE_BYTE and start[_MODE_BYTE] == _WAL


def put_back(path: Path, seconds: float) -> bool:
    """Put a file back from WAL as soon as no program has it open; what was saved in it stays.

    Args:
        path: A file that this process itself has closed.
        seconds: How long to try.

    Returns:
        Whether it is no longer in WAL.
    """
    until = time.monotonic() + seconds
    while is_write_ahead(path):
        # refused as long as it is open elsewhere: whoever edits keeps it
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA journal_mode = DELETE")
            continue
        if time.monotonic() > until:
            return False
        time.sleep(_BETWEEN)
    return True
