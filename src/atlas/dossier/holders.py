"""Which programs hold a file, as far as this computer can tell, for the sentence of a refusal."""

from __future__ import annotations

import os
from pathlib import Path

from .write_ahead import is_write_ahead

_LOCKS = Path("/proc/locks")
#: what SQLite keeps beside a file: who edits holds a lock on one of these
_BESIDE = ("", "-shm", "-wal")
#: fields of a line: number, kind, manner, access, process, device:inode, first, last
_PROCESS, _FILE = 4, 5
_QGIS = "qgis"


def held_by(path: Path) -> str:
    """Who or what holds a file, in words; what is not known is said as far as the file itself tells."""
    if known := holders(path):
        return f"in gebruik bij {', '.join(known)}"
    if is_write_ahead(path):
        return "deze laag wordt in QGIS bewerkt, in een ander venster of op een andere computer"
    return "een ander programma leest of schrijft dit bestand op dit moment"


def holders(path: Path) -> tuple[str, ...]:
    """The programs of this computer that hold a file, each with its process and its user.

    Linux keeps a list of locks (proc_locks(5)). Elsewhere, and of a program on another computer, nothing is
    known: an empty answer says nothing.
    """
    wanted = {
        _identity(beside) for suffix in _BESIDE if (beside := path.with_name(path.name + suffix)).exists()
    }
    try:
        lines = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    processes = set()
    for line in lines:
        # "->" is one who waits for a lock
        parts = line.split()
        if "->" not in parts and len(parts) > _FILE and parts[_FILE] in wanted:
            processes.add(int(parts[_PROCESS]))
    return tuple(filter(None, map(_named, sorted(processes - {os.getpid()}))))


def _identity(path: Path) -> str:
    found = path.stat()
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _named(process: int) -> str:
    """A process as a person knows it; "" when it has ended."""
    place = Path("/proc") / str(process)
    try:
        name = (place / "comm").read_text(encoding="utf-8", errors="replace").strip()
        user = place.owner()
    except OSError:
        return ""
    except KeyError:  # no longer known here
        user = str(place.stat().st_uid)
    program = "QGIS" if name.lower().startswith(_QGIS) else name
    return f"{program} (proces {process}, gebruiker {user})"
