"""What the atlas itself leaves in a folder when it is killed: the hidden places where a file is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: a hidden name of `core.files.new_file`: the name of the file and eight digits, and what SQLite keeps beside
_BESIDE = re.compile(r"\..+\.[0-9a-f]{8}(\.[a-z0-9]+)?(-wal|-shm|-journal)?")


def is_left_behind(path: Path) -> bool:
    """Whether a name is one that the atlas gives to what is not whole yet."""
    return _BESIDE.fullmatch(path.name) is not None


def left_behind(folder: Path) -> Iterator[Path]:
    """Half-made files and folders of our own, right below a folder."""
    return (path for path in sorted(folder.iterdir()) if is_left_behind(path))
