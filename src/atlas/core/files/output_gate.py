"""Where output may be written: the one question that every writer of command and plugin asks.

A flow asks `check_outputs` about all of its files before it does any work, because only it knows its inputs;
`new_file` asks `check_output` about each file again, so that no writer can forget.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .dossier_folder import dossier_around
from .file_kinds import (
    DRAWING,
    GEOPACKAGE,
    HTML,
    JSON,
    LETTER,
    ODS,
    PARQUET,
    PDF,
    PNG,
    SLIDES,
    STYLE,
    TEXT,
    TIFF,
    WORKBOOK,
    ZIP,
    kind_of_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: what a report is, whatever its name
REPORT_SUFFIX = ".csv"

#: "http:", "ogr:": no disk; one letter and a colon is a drive of Windows
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
#: suffix of an output -> what an older file in its place may be
_REPLACEABLE = {
    ".gpkg": (GEOPACKAGE,),
    ".csv": (TEXT,),
    ".txt": (TEXT,),
    ".geojson": (JSON,),
    ".json": (JSON,),
    ".html": (HTML,),
    ".qml": (STYLE,),
    ".tif": (TIFF,),
    ".tiff": (TIFF,),
    ".pdf": (PDF,),
    ".png": (PNG,),
    ".zip": (ZIP,),
    ".svg": (DRAWING,),
    ".pptx": (SLIDES,),
    ".docx": (LETTER,),
    ".xlsx": (WORKBOOK,),
    ".ods": (ODS,),
    ".parquet": (PARQUET,),
}


def check_outputs(
    outputs: Iterable[Path], *, reports: Iterable[Path] = (), inputs: Iterable[Path | None] = ()
) -> None:
    """Check, before any work is done, where the files of one run will stand.

    Args:
        outputs: The files it will write, each of the kind its suffix says.
        reports: Its reports, which are CSV.
        inputs: The files and folders it reads; None for one that was not given.

    Raises:
        AtlasError: an output is an input or lies in a folder that is read, two outputs have one place, or see
            `check_output`.
    """
    read = [path for path in inputs if path is not None]
    taken: dict[str, Path] = {}
    for path, suffix in (*((path, "") for path in outputs), *((path, REPORT_SUFFIX) for path in reports)):
        for source in read:
            _check_beside_input(path, source)
        check_output(path, suffix=suffix)
        place = _place(path)
        if place in taken:
            raise AtlasError(
                "Twee bestanden van deze uitvoer zouden op dezelfde plaats komen.",
                where=str(path), got=str(taken[place]), hint="Geef ze verschillende namen.",
            )  # fmt: skip
        taken[place] = path


def check_output(path: Path, *, suffix: str = "") -> None:
    """Check whether a file may be written at `path`, as far as that can be seen without knowing the run.

    Args:
        path: Where it will stand.
        suffix: Of the kind that will be written, when its name does not decide that.

    Raises:
        AtlasError: the path is no place on a disk, is a folder, a device or a pipe, lies in a dossier, has
            the name of another kind of file, or a file of another kind stands there.
    """
    if any(map(_SCHEME.fullmatch, path.parts)) or any(part.startswith("vsi") for part in path.parts[1:2]):
        raise AtlasError(
            "Uitvoer gaat naar een bestand op een schijf.", where=str(path), hint="Kies een map en een naam."
        )
    dossier = dossier_around(path)
    if dossier is not None:
        raise AtlasError(
            "Uitvoer komt niet in de map van een dossier.",
            where=str(path), got=f"dossier {dossier}", hint="Kies een map buiten het dossier.",
        )  # fmt: skip
    if os.path.isdir(path):  # noqa: PTH112 - does not raise on a folder that may not be entered
        raise AtlasError(
            "Op deze plaats staat een map, geen bestand.", where=str(path), hint="Kies een andere naam."
        )
    if _is_no_file(path):  # putting a file in its place would take away a device, or wait for a pipe
        raise AtlasError(
            "Op deze plaats staat geen gewoon bestand, maar een apparaat of een doorgeefluik (pipe).",
            where=str(path), hint="Kies een map en een naam.",
        )  # fmt: skip
    named = path.suffix.lower()
    if suffix and named in _REPLACEABLE and _REPLACEABLE[named] != _REPLACEABLE[suffix]:
        raise AtlasError(
            "De naam van dit bestand past niet bij wat erin komt.",
            where=str(path), got=named, expected=suffix, hint=f"Kies een naam die eindigt op {suffix}.",
        )  # fmt: skip
    wanted = _REPLACEABLE.get(suffix or named, (TEXT, JSON, HTML))
    found = kind_of_file(path)
    if found and found not in wanted:
        raise AtlasError(
            "Op deze plaats staat al een bestand van een andere soort; het wordt niet vervangen.",
            where=str(path), got=found, expected=f"{' of '.join(wanted)}, of nog geen bestand",
            hint="Kies een andere naam voor de uitvoer.",
        )  # fmt: skip


def _check_beside_input(path: Path, source: Path) -> None:
    if _same_file(path, source) or _is_second_name(path, source):
        raise AtlasError(
            "De uitvoer zou de invoer vervangen.",
            where=str(path), got=f"invoer {source}", hint="Kies een andere naam voor de uitvoer.",
        )  # fmt: skip
    if os.path.isdir(source) and _real(path).is_relative_to(_real(source)):  # noqa: PTH112
        raise AtlasError(
            "De uitvoer komt in de map die wordt gelezen; een volgende keer zou ze als invoer gelden.",
            where=str(path), got=f"invoer {source}", hint="Kies een andere map voor de uitvoer.",
        )  # fmt: skip


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return _place(one) == _place(other)


def _is_second_name(path: Path, folder: Path) -> bool:
    """Whether a file is one of a folder that is read, under a second name (a hard link)."""
    try:
        if path.stat().st_nlink < 2:  # noqa: PLR2004 - one name of its own, and another
            return False
        return any(path.samefile(other) for other in folder.iterdir())
    except OSError:  # no file yet, or no folder
        return False


def _is_no_file(path: Path) -> bool:
    """Whether a device, a pipe or a socket stands there, also at the end of a link."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # nothing yet; when it may not be seen, writing says why
        return False


def _place(path: Path) -> str:
    """One text for all spellings of a place: two names that differ in case are one file on many a share."""
    return unicodedata.normalize("NFC", str(_real(path))).casefold()


def _real(path: Path) -> Path:
    """Where links lead; unlike `resolve` it has an answer for links that lead to each other."""
    return type(path)(os.path.realpath(path))
