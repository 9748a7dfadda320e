"""How much may be read: one set of limits for every reader, asked before a file is read and while it is.

A small file can ask for any amount of memory and time: a cell in the last row of a sheet, a row that is
repeated a milliard times, a ZIP of zeros. The limits are wide for the tables of this work, and a user who
needs more raises them (`raised`).
"""

from __future__ import annotations

import stat
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import format_number

if TYPE_CHECKING:
    import os
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

_HINT = "Klopt het bestand, verhoog dan de grens of splits het."
_MEGABYTE = 1_000_000
#: a reader gets this long, and a second more for so many bytes: several times what a slow machine takes
_LEAST_S, _BYTES_PER_S = 6.0, 200_000
_CHUNK = 1 << 20
#: a text of so many bytes without an end of a line is no table
_ENDLESS = 4 * _MEGABYTE
#: so much larger than it is packed is made to be (of what is large), not written
_MOST_GROWTH, _LARGE = 250, 100 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one table.

    Args:
        file_bytes: Size of the file.
        unpacked_bytes: What a ZIP (a workbook too) holds when unpacked.
        rows: Of a table, to the last filled one.
        columns: Of a table.
        cells: Rows times columns.
        memory_bytes: Of the process that reads.
    """

    file_bytes: int = 2_000 * _MEGABYTE
    unpacked_bytes: int = 8_000 * _MEGABYTE
    rows: int = 5_000_000
    columns: int = 4_096
    cells: int = 25_000_000
    memory_bytes: int = 4_000 * _MEGABYTE


_factor: ContextVar[float] = ContextVar("_factor", default=1.0)


def raise_limits(factor: float) -> None:
    """Read up to so many times as much, for the rest of this run."""
    _factor.set(factor)


def raised_by() -> float:
    """The factor that the user asked for."""
    return _factor.get()


def limits() -> Limits:
    """The limits as they are now."""
    usual, factor = Limits(), _factor.get()
    return Limits(*(int(getattr(usual, name) * factor) for name in Limits.__slots__))


def seconds_for(size: int) -> float:
    """How many seconds of work a library may take for a file of so many bytes."""
    return (_LEAST_S + size / _BYTES_PER_S) * _factor.get()


def read_whole(path: Path) -> bytes:
    """The bytes of a file that is read at once.

    Raises:
        AtlasError: no plain file, or larger than the limit.
    """
    most = limits().file_bytes
    check_size(path)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise too_large(path, "meer", "bytes", most)
    return data


def read_text(path: Path) -> bytes:
    """The bytes of a file of text; when a line in it has no end, as far as that is clear.

    Raises:
        AtlasError: no plain file, or larger than the limit.
    """
    check_size(path)
    total = without_end = 0
    with path.open("rb") as file:
        while (piece := file.read(_CHUNK)) and without_end <= _ENDLESS:
            total += len(piece)
            end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            without_end = without_end + len(piece) if end < 0 else len(piece) - end
        if without_end <= _ENDLESS:
            return read_whole(path)
        file.seek(0)
        return file.read(total)


def check_plain(path: Path) -> None:
    """Check that a path is a file that has an end.

    Raises:
        AtlasError: a pipe or a device.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise AtlasError(
            "Dit is geen gewoon bestand.", where=str(path), hint="Kies een bestand op een schijf."
        )


def check_size(path: Path) -> None:
    """Check that a path is a plain file that is not too large.

    Raises:
        AtlasError: a pipe or a device, or larger than the limit.
    """
    check_plain(path)
    found, most = path.stat(), limits().file_bytes
    if found.st_size > most:
        raise too_large(path, format_number(found.st_size // _MEGABYTE), "MB", most // _MEGABYTE)


def check_table(where: str | Path, rows: int, columns: int) -> None:
    """Check the size of a table.

    Raises:
        AtlasError: more rows, columns or cells than the limit.
    """
    most = limits()
    for count, unit, limit in (
        (rows, "rijen", most.rows),
        (columns, "kolommen", most.columns),
        (rows * columns, "cellen", most.cells),
    ):
        if count > limit:
            raise too_large(where, format_number(count), unit, limit)


def too_large(where: str | Path, got: str, unit: str, limit: int) -> AtlasError:
    """The sentence for a file of which there is too much."""
    return AtlasError(
        "Dit bestand is groter dan hier wordt gelezen.",
        where=str(where),
        got=f"{got} {unit}",
        expected=f"hoogstens {format_number(limit)} {unit}",
        hint=_HINT,
        choices=("read_limit",),
    )


def check_archive(archive: zipfile.ZipFile, path: Path) -> None:
    """Check what a ZIP says that it holds; `unpacked` holds it to that.

    Raises:
        AtlasError: more than the limit.
    """
    for member in archive.infolist():
        check_growth(member, path)
    total, most = sum(member.file_size for member in archive.infolist()), limits().unpacked_bytes
    if total > most:
        raise too_large(path, format_number(total // _MEGABYTE), "MB uitgepakt", most // _MEGABYTE)


def check_growth(member: zipfile.ZipInfo, path: Path) -> None:
    """Check that a file in a ZIP is not one that was made to fill the memory.

    Raises:
        AtlasError: unpacked it is hundreds of times as large.
    """
    most = max(_LARGE, member.compress_size * _MOST_GROWTH) * max(1.0, _factor.get())
    if member.file_size > most:
        raise AtlasError(
            "Een bestand hierin is uitgepakt honderden keren zo groot als ingepakt: zo is geen tabel.",
            where=str(path),
            got=f"{member.filename}: {format_number(member.file_size // _MEGABYTE)} MB uit "
            f"{format_number(member.compress_size / _MEGABYTE, 1)} MB",
            hint="Vraag het bestand opnieuw op. Klopt het, verhoog dan de grens.",
            choices=("read_limit",),
        )


def unpacked(stream: IO[bytes], where: str | Path, most: int) -> Iterator[bytes]:
    """The bytes of a packed stream in pieces.

    Raises:
        AtlasError: there are more than `most`.
    """
    total = 0
    while piece := stream.read(_CHUNK):
        total += len(piece)
        if total > most:
            raise too_large(where, "meer", "MB uitgepakt", most // _MEGABYTE)
        yield piece


@contextmanager
def guarded(path: Path, *known: type[Exception]) -> Iterator[None]:
    """Read a file that nobody may change meanwhile, with a library that may throw anything.

    Args:
        path: File or folder.
        known: Errors that the caller has words for.

    Raises:
        AtlasError: the file changed while it was read, or the library threw something of its own.
    """
    before = _state(path)
    worded: tuple[type[Exception], ...] = (OSError, *known)
    try:
        yield
    except AtlasError:
        _check_same(path, before)
        raise
    except worded:
        raise
    except Exception as error:  # any library, any reason: the user gets a sentence
        _check_same(path, before)
        raise not_readable(path, type(error).__name__) from error
    _check_same(path, before)


def not_readable(path: str | Path, reason: str) -> AtlasError:
    """The sentence for a file on which a library breaks."""
    return AtlasError(
        "Dit bestand kan niet worden gelezen: er staat iets in dat niet in een goed bestand voorkomt.",
        where=str(path), got=reason, hint="Vraag het bestand opnieuw op, of sla het opnieuw op.",
    )  # fmt: skip


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _check_same(path: Path, before: os.stat_result | None) -> None:
    after = _state(path)
    if before is None or after is None or stat.S_ISDIR(before.st_mode):
        return
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise AtlasError(
            "Dit bestand veranderde terwijl het werd gelezen.",
            where=str(path), hint="Wacht tot het is opgehaald of opgeslagen, en probeer het opnieuw.",
        )  # fmt: skip
