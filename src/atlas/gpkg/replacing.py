"""When a GeoPackage that exists may be replaced: it is our own output and nobody has it open."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from ..core.files.output_gate import check_output
from ..core.words.errors import AtlasError
from .geopackage import LAYERS_ITEM

if TYPE_CHECKING:
    from pathlib import Path

#: with `LAYERS_ITEM`, the metadata items by which our own output is known
MADE_WITH = "gemaakt_met"
MADE_WITH_US = "Buitengebied Atlas"
_SQLITE_HEADER = b"SQLite format 3\0"
#: SQLite and QGIS keep these beside a file that is open
_IN_USE_SUFFIXES = ("-wal", "-shm", "-journal")


def check_replaceable(path: Path) -> None:
    """Check that a published GeoPackage may be written at `path`.

    A working file is never replaced: a colleague may have it open in QGIS, and the edits would vanish.

    Raises:
        AtlasError: output may not stand there, the file is open in another program, it was not made by the
            atlas, or layers were added to it.
    """
    check_output(path)
    if not path.exists():
        return
    if any(path.with_name(path.name + suffix).exists() for suffix in _IN_USE_SUFFIXES):
        raise _in_use(path, "er staat een hulpbestand van SQLite naast")
    with path.open("rb") as file:
        if file.read(len(_SQLITE_HEADER)) != _SQLITE_HEADER:
            return
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            found = _contents(connection)
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise _in_use(path, str(error)) from error
    except sqlite3.DatabaseError:
        return  # no database, only its first bytes: nothing to lose
    _refuse_work(path, *found)


def _contents(connection: sqlite3.Connection) -> tuple[str, set[str]]:
    """The metadata of the file as text, and the names of its tables."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"gpkg_contents", "gpkg_metadata"} <= tables:
        return "", tables
    metadata = " ".join(str(text) for (text,) in connection.execute("SELECT metadata FROM gpkg_metadata"))
    return metadata, {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}


def _refuse_work(path: Path, metadata: str, tables: set[str]) -> None:
    if f'key="{MADE_WITH}">{MADE_WITH_US}<' not in metadata:
        raise AtlasError(
            "Dit bestand is niet door de atlas gemaakt en wordt niet vervangen.",
            where=str(path),
            hint="Kies een andere naam voor de uitvoer.",
        )
    ours = re.search(f'key="{LAYERS_ITEM}">([^<]*)<', metadata)
    added = tables - {"layer_styles"} - set(ours[1].split(",") if ours else ())
    if added:
        raise AtlasError(
            "Aan dit bestand zijn lagen toegevoegd; vervangen zou ze wissen.",
            where=str(path),
            got=", ".join(sorted(added)),
            hint="Bewaar die lagen in een eigen bestand, of kies een andere naam voor de uitvoer.",
        )


def _in_use(path: Path, reason: str) -> AtlasError:
    return AtlasError(
        "Het bestand is in gebruik bij een ander programma; er is niets veranderd.",
        where=str(path),
        got=reason,
        hint="Sluit het in QGIS (en andere programma's) en probeer het opnieuw, of kies een andere naam.",
    )
