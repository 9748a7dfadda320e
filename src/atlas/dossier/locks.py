"""Opening the files of a dossier: who else has them, whether they are whole, and what to say when not.

QGIS switches a file to write-ahead logging (WAL) while a layer is being edited and back when that ends. So a
file in that mode that another program holds is being edited, and it is left alone.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..core.files.dossier_folder import SLOT_FILE
from ..core.files.new_file import cannot_write, keep_private
from ..core.words.errors import AtlasError
from ..gpkg.spatial_index import register_spatial_functions
from ..gpkg.statements import Sql, sql
from .file_bytes import read_start
from .holders import held_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path, PurePath

#: long enough for a colleague's save, short enough to wait for
BUSY_TIMEOUT_S = 2.0
#: what SQLite keeps beside a file
SIDE_FILES = ("-wal", "-shm", "-journal")

#: beginning and ending WAL takes a program less than this; s
_SWITCHING_S, _PAUSE_S = 0.5, 0.02

#: a check of 50,000 objects takes less than 5 s; of the processor, so a slow share may take longer
MOST_COMPUTING_S = 300.0
#: how long a text may be that a file computes; and after how many steps of SQLite the time is asked
_LONGEST_CELL, _STEPS = 50_000_000, 1_000

_HEADER = b"SQLite format 3\0"
_HEADER_SIZE = 100
_WAL_VERSION = 2
_LARGEST_PAGE = 65536

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
#: a copy of what there is comes first: what was put back over it can't be looked at any more
RESTORE = (
    "Bewaar eerst een kopie van de map zoals ze nu is, en haal het bestand dan terug uit een reservekopie"
)
_REACH = "Controleer of de schijf of het netwerkstation bereikbaar is, en probeer het opnieuw."

READ_ONLY = "Dit bestand, of de map, is alleen te lezen; er is niets veranderd."
#: what SQLite itself says of these is English, and no more than the title
_SAID = ("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_INTERRUPT", "SQLITE_TOOBIG")

#: first digits of an error's name -> title, hint
_PROBLEMS = (
    (
        _BUSY,
        "Dit bestand is in gebruik bij een ander programma; er is niets veranderd.",
        "Stop in QGIS het bewerken van deze laag (opslaan of weggooien) en probeer het opnieuw.",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"),
        READ_ONLY,
        "Vraag schrijfrechten op de map van het dossier, of werk in een kopie.",
    ),
    (
        ("SQLITE_INTERRUPT", "SQLITE_TOOBIG"),
        "In dit bestand staat iets dat niet ophoudt met rekenen.",
        "Kies het bestand zoals de atlas het maakte, of zoals het uit het veld kwam.",
    ),
    (
        ("SQLITE_FULL", "SQLITE_IOERR"),
        "Dit bestand kan niet worden geschreven: de schijf is vol of niet bereikbaar.",
        "Maak ruimte vrij of herstel de verbinding, en probeer het opnieuw.",
    ),
    (
        ("SQLITE_CANTOPEN",),
        "Dit bestand kan niet worden geopend.",
        f"{_REACH} Controleer ook of u in de map mag lezen en schrijven.",
    ),
    (
        ("SQLITE_CONSTRAINT", "SQLITE_MISMATCH"),
        "Een record past niet in het dossier; er is niets veranderd.",
        "Controleer de waarden van dit record.",
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"),
        "Dit bestand is afgebroken of beschadigd.",
        f"{RESTORE}, samen met de andere bestanden van het dossier.",
    ),
)


def problem(path: Path, error: Exception) -> AtlasError:
    """The sentence for an error of SQLite, or of the system, on a file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for starts, title, hint in _PROBLEMS:
        if name.startswith(starts):
            got = held_by(path) if starts is _BUSY else "" if name.startswith(_SAID) else str(error)
            return AtlasError(title, where=str(path), got=got, hint=hint)
    return AtlasError(
        "Met dit bestand gaat iets mis; er is niets veranderd.",
        where=str(path), got=str(error), hint=_REACH,
    )  # fmt: skip


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of SQLite about a file into sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise problem(path, error) from error


def check_file(path: Path) -> bool:
    """Check that a file is there, is a database and is whole, as far as its first bytes tell.

    Returns:
        Whether it is in WAL mode: being edited in another program, or left so by one that was killed.

    Raises:
        AtlasError: missing, another kind of file, cut off, or copied without the -wal that belongs to it.
    """
    try:
        _check_plain(path)
        header = read_start(path, _HEADER_SIZE)
    except FileNotFoundError:
        raise AtlasError(
            "Dit bestand van het dossier ontbreekt.",
            where=str(path),
            hint=f"{_REACH} Een dossier wordt als hele map gekopieerd.",
        ) from None
    except OSError as error:
        raise problem(path, error) from error
    if len(header) < _HEADER_SIZE or not header.startswith(_HEADER):
        raise AtlasError(
            "Dit is geen bestand van een dossier.",
            where=str(path),
            got="een leeg bestand" if not header else "een ander soort bestand, of het begin ervan",
            expected="een GeoPackage dat door de atlas is gemaakt",
            hint=f"{RESTORE}.",
        )
    header, is_whole = _settled(path, header)
    if not is_whole:
        raise AtlasError(
            "Bij dit bestand ontbreekt het hulpbestand met de laatste wijzigingen (-wal).",
            where=str(path),
            expected=f"{path.name}-wal",
            hint="Kopieer het bestand opnieuw, samen met -wal en -shm. Is er geen betere kopie, zet dan in "
            "QGIS het bewerken van de laag aan en weer uit en kijk na wat er mist.",
        )
    is_wal = header[18] == _WAL_VERSION
    page_size = int.from_bytes(header[16:18], "big")
    page_size = _LARGEST_PAGE if page_size == 1 else page_size
    if not is_wal and not path.with_name(path.name + "-journal").exists():
        expected = page_size * int.from_bytes(header[28:32], "big")
        size = path.stat().st_size
        if size < expected:
            raise AtlasError(
                "Dit bestand is afgebroken.",
                where=str(path), got=f"{size} bytes", expected=f"{expected} bytes",
                hint=f"Kopieer het bestand opnieuw. {RESTORE}.",
            )  # fmt: skip
    return is_wal


def _check_plain(path: Path) -> None:
    """Check that a file, and what SQLite keeps beside it, are files: a pipe would be waited for."""
    for end in ("", *SIDE_FILES):
        place = path.with_name(f"{path.name}{end}")
        try:
            found = place.lstat()
        except FileNotFoundError:
            if not end:
                raise
            continue
        if not stat.S_ISREG(found.st_mode):
            raise AtlasError(
                "Dit is geen gewoon bestand.",
                where=str(place),
                got="een koppeling naar een andere plaats" if stat.S_ISLNK(found.st_mode) else "iets anders",
                hint="Zet het bestand zelf in de map van het dossier, of haal weg wat er in de plaats staat.",
            )


def _settled(path: Path, header: bytes) -> tuple[bytes, bool]:
    """The header of a file, and whether its log is there when it is in WAL.

    For a moment it isn't whenever a program begins or ends to edit.
    """
    log, side = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    until = time.monotonic() + _SWITCHING_S
    while (header[18] == _WAL_VERSION or side.exists()) and not log.exists():
        if time.monotonic() > until:
            return header, False
        time.sleep(_PAUSE_S)
        header = read_start(path, _HEADER_SIZE)
    return header, True


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads; a transaction that another program left half is undone first.

    Raises:
        AtlasError: see `check_file`; or the file can't be read.
    """
    is_wal = check_file(path)
    # a reader that may write would fold the WAL in when it is the last to leave, without ending that mode
    # elsewhere SQLite itself reads only, when the file may not be written
    with told(path), closing(_connect(path, "ro" if is_wal else "rw")) as connection:
        _limit(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


def _limit(connection: sqlite3.Connection) -> None:
    """Let no view, rule or computed column of a file that came from elsewhere compute for ever."""
    until = time.thread_time() + MOST_COMPUTING_S
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
    connection.set_progress_handler(lambda: time.thread_time() > until, _STEPS)


@contextmanager
def writing(paths: Iterable[Path], *, ours: bool = True) -> Iterator[dict[Path, sqlite3.Connection]]:
    """Exclusive transactions on files, all or none; what is not committed in the block is undone.

    From the first moment nobody else reads or writes them, so that a commit can't meet another program.

    Args:
        paths: The files.
        ours: Whether they are files of a dossier; that of another program may rest in WAL without a log.

    Raises:
        AtlasError: a file is being edited or read in another program, is read-only, or is not whole.
    """
    with ExitStack() as stack:
        connections: dict[Path, sqlite3.Connection] = {}
        for path in paths:
            if ours:
                check_file(path)
            with told(path):
                connection = stack.enter_context(closing(_connect(path, "rw")))
                _begin(connection)
            connections[path] = connection
        try:
            yield connections
        finally:
            for connection in connections.values():
                if connection.in_transaction:
                    with suppress(sqlite3.Error):  # closing leaves the journal, and opening undoes the rest
                        connection.execute("ROLLBACK")


@contextmanager
def slot(folder: Path) -> Iterator[None]:
    """Let one atlas at a time change a dossier. The lock goes with the process, also when it is killed.

    Raises:
        AtlasError: another atlas is at work, or the folder can't be written.
    """
    path = folder / SLOT_FILE
    if not path.exists():
        _make_slot(path)
    _check_plain(path)
    with told(path):
        connection = _connect(path, "rw")
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
            _try_to_write(connection)
        except sqlite3.Error as error:
            if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                raise problem(path, error) from error
            raise AtlasError(
                "Dit dossier wordt op dit moment door iemand anders gewijzigd; er is niets veranderd.",
                where=str(folder),
                hint="Wacht tot het inlezen of wissen klaar is en probeer het opnieuw.",
            ) from error
        yield


def _make_slot(path: Path) -> None:
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        keep_private(path, path.parent)
    except OSError as error:
        raise cannot_make(path, error) from error


def cannot_make(path: Path, error: OSError) -> AtlasError:
    """The sentence for a file or folder that can't be made in the folder of a dossier."""
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return problem(path, _ReadOnlyError("in de map mag niet worden geschreven"))
    return cannot_write(path, error)


class _ReadOnlyError(Exception):
    sqlite_errorname = "SQLITE_READONLY"


def database_uri(path: PurePath, mode: str) -> str:
    r"""The address of a file for SQLite, which knows no other computer in it.

    `\\server\share\x` has an empty host and a path that begins with two strokes; `as_uri()` would make the
    server the host, and `resolve()` would make such a path of the letter of a mapped drive.
    """
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode={mode}"


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        database_uri(path.absolute(), mode), uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    register_spatial_functions(connection)
    return connection


def _begin(connection: sqlite3.Connection) -> None:
    # leaving WAL fails as long as another program has the file open in it: that is a layer being edited
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN EXCLUSIVE")
    _try_to_write(connection)


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Write what is there already: the only way to know that a file and its folder may be written.

    SQLite opens a file that it may only read without a word, and the bits of a folder on a share say nothing.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(sql("PRAGMA user_version = $version", version=Sql(str(version))))
