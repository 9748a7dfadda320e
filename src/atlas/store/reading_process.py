"""Reading a table in a process of its own: a library that hangs, or asks for all memory, ends with that.

Run as a program it reads one file and writes the table, or what is wrong with it, to its output.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.files.reading_limits import guarded, limits, not_readable, raise_limits, raised_by, seconds_for
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from ..core.tables.table import Table

#: what a busy machine takes to start a process and load a library
_START_S = 60.0
#: `faulthandler` ends a process with this
_TOO_LATE = 1
_TOO_MUCH = 3
#: no window flashes up on Windows
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_apart(reader: str, library: str, path: Path, sheet: str | None) -> Table:
    """Read a table in another process.

    Args:
        reader: "module:function" of this package, called with path and sheet.
        library: What it reads with; loading that does not count as reading.
        path: The file.
        sheet: Of a workbook, or layer of a file.

    Raises:
        AtlasError: what the reader says, or that it took too long or too much.
    """
    seconds = seconds_for(path.stat().st_size)
    given = pickle.dumps((reader, library, str(path), sheet, raised_by(), seconds))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__], input=given, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=seconds + _START_S, check=False,
            creationflags=_NO_WINDOW,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _given_up(path, "het lezen duurde te lang") from error
    if done.returncode == _TOO_LATE:
        raise _given_up(path, "het lezen duurde te lang")
    if done.returncode or not done.stdout:
        raise _given_up(path, "het lezen vroeg te veel geheugen of brak af")
    found = pickle.loads(done.stdout)  # noqa: S301 - of our own process
    if isinstance(found, AtlasError):
        raise found
    return found


def _given_up(path: Path, reason: str) -> AtlasError:
    return AtlasError(
        "Dit bestand is niet te lezen: het is beschadigd, of vraagt veel meer dan het bevat.",
        where=str(path), got=reason,
        hint="Sla het opnieuw op als .csv of .xlsx. Klopt het, verhoog dan de grens met --read-limit.",
    )  # fmt: skip


def _bound_memory() -> None:
    """Where the system can: on Windows the checks before reading and the clock must do."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    most = limits().memory_bytes
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _main() -> None:
    reader, library, name, sheet, factor, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own process
    output = os.dup(1)
    os.dup2(2, 1)  # what a library prints does not get between
    raise_limits(factor)
    _bound_memory()
    module, _, function = reader.partition(":")
    path = Path(name)
    import_module(library)
    read = getattr(import_module(module, __package__), function)
    # a watch in C: it also ends a library that never lets Python have its turn
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        with guarded(path):
            found = read(path, sheet)
    except AtlasError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        found = error
    except OSError as error:
        found = not_readable(path, error.strerror or type(error).__name__)
    faulthandler.cancel_dump_traceback_later()
    with os.fdopen(output, "wb") as file:
        pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    try:
        _main()
    except MemoryError:
        os._exit(_TOO_MUCH)
