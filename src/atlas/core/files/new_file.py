"""A new file is written beside its place and moved into it: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .output_gate import check_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


#: how long a scanner of viruses, or a program that shows a file, may hold it before that is an error
PATIENCE_S = 2.0
_PAUSE_S = 0.05
_OWNER, _GROUP = 0o600, 0o060


@contextmanager
def new_file(path: Path, *, suffix: str = "", private: bool = False) -> Iterator[Path]:
    """Give a path beside `path` to write output to; move it into place when the block ends well.

    Args:
        path: Where the file will stand.
        suffix: Of the kind that is written, when its name does not decide that.
        private: Whether it holds records, see `keep_private`.

    Raises:
        AtlasError: output may not stand there (see `output_gate.check_output`), or see `kept_file`.
    """
    check_output(path, suffix=suffix)
    if not private:
        with _beside(path) as beside:
            yield beside
            patiently(lambda: beside.replace(path))
        return
    # a folder: some drivers refuse a file that is there already, even an empty one; without an ending: what
    # lies in a folder "name.zip" is for GDAL in an archive, and QGIS does not find it
    with _beside(path, suffix="") as beside:
        beside.mkdir(mode=0o700)
        inside = beside / path.name
        yield inside
        keep_private(inside, path.parent)
        patiently(lambda: inside.replace(path))


@contextmanager
def kept_file(path: Path) -> Iterator[Path]:
    """The same for what the atlas keeps itself, in a place that no user chose: no gate is asked.

    The path beside is an empty file for the owner alone; in its place it is for the folder's group too. When
    the block fails it is removed and what stood at `path` is untouched.

    Raises:
        AtlasError: the folder can't be made or written, the disk is full, or the file is held by another
            program.
    """
    with _beside(path) as beside:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield beside
        keep_private(beside, path.parent)
        patiently(lambda: beside.replace(path))


@contextmanager
def _beside(path: Path, *, suffix: str | None = None) -> Iterator[Path]:
    """A hidden name beside a path, with its suffix as some drivers decide on it; nothing of it stays."""
    ending = path.suffix if suffix is None else suffix
    beside = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{ending}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        yield beside
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            left_over = beside.with_name(beside.name + end)
            if left_over.is_dir():
                shutil.rmtree(left_over, ignore_errors=True)
            else:
                left_over.unlink(missing_ok=True)


def patiently(action: Callable[[], object]) -> None:
    """Do what another program may stand in the way of for a moment, again until it is done.

    Windows refuses to replace or remove a file that a scanner or QGIS has open.

    Raises:
        OSError: it was still refused after `PATIENCE_S`.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            action()
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def keep_private(path: Path, folder: Path, *, writable: bool = True) -> None:
    """Let the owner and the group of a folder read a file, and nobody else.

    The group gets what it has of the folder, when the file can be given to it. On Windows, where rights come
    with the folder, nothing is done.

    Raises:
        OSError: the rights can't be changed.
    """
    if os.name != "posix":
        return
    of_folder = folder.stat()
    group = of_folder.st_mode & _GROUP
    if path.stat().st_gid != of_folder.st_gid:
        try:
            os.chown(path, -1, of_folder.st_gid)
        except OSError:  # not a member of that group
            group = 0
    path.chmod((_OWNER | group) & (0o777 if writable else 0o555))


def cannot_write(path: Path, error: OSError) -> AtlasError:
    """The sentence for a file that could not be written."""
    hints = {
        errno.ENOSPC: ("De schijf is vol.", "Maak ruimte vrij of kies een andere map."),
        errno.EFBIG: ("Het bestand wordt groter dan hier mag.", "Kies een andere map."),
        errno.EROFS: ("De map is alleen te lezen.", "Kies een map waarin u mag schrijven."),
        errno.EACCES: (
            "Schrijven mag hier niet, of een ander programma houdt het bestand vast.",
            "Sluit het bestand in andere programma's of kies een andere map.",
        ),
    }
    detail, hint = hints.get(
        error.errno or 0, (f"Het systeem meldt: {os.strerror(error.errno or 0)}.", "Kies een andere map.")
    )
    return AtlasError("Het bestand kan niet worden geschreven.", detail=detail, where=str(path), hint=hint)
