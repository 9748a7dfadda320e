"""Reading in a process of its own: a library that hangs, or asks for all memory, ends with that.

The process is started for the first file and waits for the next one: starting it takes longer than reading
most files. It ends with us, and when anything goes wrong in it. Run as a program this is that process.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

from ...core.files.reading_limits import (
    check_plain,
    guarded,
    limits,
    not_readable,
    raise_limits,
    raised_by,
    seconds_for,
)
from ...core.words.errors import AtlasError

#: what a busy machine takes to start a process and load a library
_START_S = 60.0
#: and to be gone after its last word
_PATIENCE_S = 10.0
#: a library that waits instead of working gets so many times as long: a busy machine lets others wait too
_WAITING = 10
#: how a process ends that took too long: by the watch of its work, or of the clock (`faulthandler`)
_TOO_LATE = (-getattr(signal, "SIGPROF", 1), 1)
_TOO_MUCH = 3
#: no window flashes up on Windows
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
#: what GDAL is told. Of its drivers those that read another file or ask a service when a file says so are
#: left out: an .xml is then no way out. Ids in a GML stay text.
_GDAL = {
    "GDAL_SKIP": "OGR_VRT,VRT,GTI,STACTA,STACIT,GDALG,WFS,OAPIF,OGCAPI,WMS,WMTS,WCS,HTTP,CSW,Elasticsearch,"
    "Carto,AmigoCloud,NGW,PLSCENES,PLMOSAIC,EEDA,EEDAI,DAAS,ADBC,GPSBabel,PDF,ODBC,PGeo,MSSQLSpatial,"
    "PostgreSQL,MySQL,MongoDBv3,HANA,OCI",
    "GML_FIELDTYPES": "ALWAYS_STRING",
    "SQLITE_BUSY_TIMEOUT": "1000",  # milliseconds, for each question to a GeoPackage that is held
}
#: what a library loads when it is there and does not need here: half of the time to start
_NOT_NEEDED = {"pyogrio.raw": ("geopandas", "pandas", "shapely", "pyproj")}


class _Process:
    """A process that reads one file after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, **_GDAL}, creationflags=_NO_WINDOW,
        )  # fmt: skip

    @property
    def is_waiting(self) -> bool:
        return self._process.poll() is None

    def answer(self, question: bytes, seconds: float) -> Any:  # noqa: ANN401 - what the reader returns
        """What the process answers.

        Raises:
            EOFError, OSError, pickle.UnpicklingError: it ended meanwhile.
        """
        if self._process.stdin is None or self._process.stdout is None:
            raise EOFError
        clock = Timer(seconds, self._process.kill)  # it ends itself; this is for when it can't even do that
        clock.daemon = True
        clock.start()
        try:
            self._process.stdin.write(question)
            self._process.stdin.flush()
            return _receive(self._process.stdout)
        finally:
            clock.cancel()

    def end(self, patience: float = 0.0) -> int:
        """End it, when it does not end by itself within so many seconds; how it ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return self._process.wait()


_kept: list[_Process] = []
_turn = Lock()


def read_apart(reader: str, library: str, path: Path, *arguments: Any) -> Any:  # noqa: ANN401
    """Read a file in another process.

    Args:
        reader: "package.module:function", called with path and arguments.
        library: What it reads with; loading that does not count as reading.
        path: The file.
        arguments: What else the reader needs.

    Returns:
        What the reader returns; columns of Arrow and numpy come over without a copy.

    Raises:
        AtlasError: what the reader says, or that it took too long or too much.
    """
    check_plain(path)
    seconds = seconds_for(path.stat().st_size)
    question = pickle.dumps((reader, library, str(path), arguments, raised_by(), seconds, str(Path.cwd())))
    with _turn:
        found = _asked(path, question, seconds * _WAITING + _START_S)
    if isinstance(found, AtlasError):
        raise found
    return found


def _asked(path: Path, question: bytes, seconds: float) -> object:
    """What a process answers; that one which read files before breaks off proves nothing of this file."""
    known = bool(_kept) and _kept[-1].is_waiting
    process = _kept.pop() if known else _Process()
    try:
        found = process.answer(question, seconds)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        late = process.end(_PATIENCE_S) in _TOO_LATE
        if known and not late:
            return _asked(path, question, seconds)
        reason = "duurde te lang" if late else "vroeg te veel geheugen of brak af"
        raise _given_up(path, f"het lezen {reason}") from error
    except BaseException:  # stopped by the user in the middle of an answer
        process.end()
        raise
    _kept[:] = [process]
    return found


def _given_up(path: Path, reason: str) -> AtlasError:
    return AtlasError(
        "Dit bestand is niet te lezen: het is beschadigd, of vraagt veel meer dan het bevat.",
        where=str(path), got=reason,
        hint="Sla het opnieuw op, of haal het opnieuw op. Klopt het, verhoog dan de grens.",
        choices=("read_limit",),
    )  # fmt: skip


@atexit.register
def end_process() -> None:
    """End the process that waits for the next file."""
    while _kept:
        _kept.pop().end()


def _forget_kept() -> None:
    """A copy of this process (fork) does not ask the same one: answers would get mixed up."""
    global _turn  # noqa: PLW0603 - another thread may have held it
    _kept.clear()
    _turn = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_kept)


# --- between the processes: a pickle, and after it the columns as they lie in memory ------------------------


def _send(found: object, stream: IO[bytes]) -> None:
    columns: list[pickle.PickleBuffer] = []
    text = pickle.dumps(found, protocol=5, buffer_callback=columns.append)
    pieces = [column.raw() for column in columns]
    pickle.dump((text, [len(piece) for piece in pieces]), stream, protocol=5)
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - see `answer`
    text, sizes = pickle.load(stream)  # noqa: S301 - of our own process
    columns = []
    for size in sizes:
        column = bytearray(size)
        if stream.readinto(column) != size:  # type: ignore[attr-defined]
            raise EOFError
        columns.append(column)
    return pickle.loads(text, buffers=columns)  # noqa: S301


# --- in the process apart -----------------------------------------------------------------------------------


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


def _load(library: str) -> None:
    hidden = [name for name in _NOT_NEEDED.get(library, ()) if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # to Python: it is not installed
    try:
        import_module(library)
    finally:
        for name in hidden:
            del sys.modules[name]


def _read(question: tuple[Any, ...]) -> object:
    reader, library, name, arguments, factor, seconds, folder = question
    os.chdir(folder)  # of who asks now: a relative path is one from there
    raise_limits(factor)
    _bound_memory()
    module, _, function = reader.partition(":")
    path = Path(name)
    _load(library)
    read = getattr(import_module(module), function)
    _watch(seconds)
    try:
        with guarded(path, MemoryError):
            return read(path, *arguments)
    except AtlasError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return error
    except OSError as error:
        return not_readable(path, error.strerror or type(error).__name__)
    finally:
        _watch(0)


def _watch(seconds: float) -> None:
    """End this process after so many seconds of work, and long after that by the clock; 0 ends the watch.

    Both in C: they also end a library that never lets Python have its turn.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, seconds)
    if seconds:
        faulthandler.dump_traceback_later(seconds * _WAITING, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


def _main() -> None:
    output = os.dup(1)
    os.dup2(2, 1)  # what a library prints does not get between
    with os.fdopen(output, "wb") as answers, suppress(EOFError):
        while True:
            _send(_read(pickle.load(sys.stdin.buffer)), answers)  # noqa: S301 - of our own process


if __name__ == "__main__":
    try:
        _main()
    except MemoryError:
        os._exit(_TOO_MUCH)
