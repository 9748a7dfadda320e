"""A new file is written beside its place and moved into it: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .output_gate import check_output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def new_file(path: Path, *, suffix: str = "") -> Iterator[Path]:
    """Give a path beside `path` to write output to; move it into place when the block ends well.

    Args:
        path: Where the file will stand.
        suffix: Of the kind that is written, when its name does not decide that.

    Raises:
        AtlasError: output may not stand there (see `output_gate.check_output`), or see `kept_file`.
    """
    check_output(path, suffix=suffix)
    with kept_file(path) as beside:
        yield beside


@contextmanager
def kept_file(path: Path) -> Iterator[Path]:
    """The same for what the atlas keeps itself, in a place that no user chose: no gate is asked.

    The name beside keeps the suffix, as some drivers decide on it. When the block fails the half file is
    removed and what stood at `path` is untouched.

    Raises:
        AtlasError: the folder can't be made or written, the disk is full, or the file is held by another
            program.
    """
    beside = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        for left_over in (
            beside,
            *(beside.with_name(beside.name + end) for end in ("-wal", "-shm", "-journal")),
        ):
            left_over.unlink(missing_ok=True)


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
