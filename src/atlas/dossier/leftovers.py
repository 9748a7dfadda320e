"""What the atlas itself leaves in a folder when it is killed: the hidden places where a file is made."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: a hidden name of `core.files.new_file`: the name of the file and eight digits, and what SQLite keeps beside
_BESIDE = re.compile(r"\..+\.[0-9a-f]{8}(\.[a-z0-9]+)?(-wal|-shm|-journal)?")
#: how the name of the hidden folder begins in which a package is unpacked
UNPACKED = ".pakket."
#: what is younger may still be in the making; s
_AT_WORK_S = 600


def is_left_behind(path: Path) -> bool:
    """Whether a name is one that the atlas gives to what is not whole yet."""
    return _BESIDE.fullmatch(path.name) is not None


def left_behind(folder: Path) -> Iterator[Path]:
    """Half-made files and folders of our own, right below a folder."""
    return (path for path in sorted(folder.iterdir()) if is_left_behind(path))


def is_at_rest(path: Path) -> bool:
    """Whether nobody can still be making a file or folder; not when it is gone."""
    try:
        return time.time() - path.stat().st_mtime > _AT_WORK_S
    except OSError:
        return False


def half_made_beside(place: Path) -> list[Path]:
    """What was made beside a place to be moved into it, and never was; nothing where it can't be reached."""
    with suppress(OSError):
        return [path for path in left_behind(place.parent) if path.name.startswith(f".{place.stem}.")]
    return []


def take_away(path: Path) -> None:
    """Take away a file, or a folder with all that is in it; nothing when it is gone."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
