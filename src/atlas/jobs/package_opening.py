"""A package that comes back, opened as a dossier: a zip unpacked first, an older version migrated."""

from __future__ import annotations

import secrets
import shutil
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE
from ..core.files.new_file import cannot_write
from ..core.files.reading_limits import check_archive, check_plain, unpacked
from ..core.schema.published import SCHEMA_VERSION
from ..core.words.errors import AtlasError
from ..core.words.notation import format_number
from ..dossier.leftovers import UNPACKED
from ..dossier.locks import cannot_make
from ..dossier.migration import migrate_dossier, version_of
from ..dossier.opening import check_tables_only, open_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..dossier.files import Dossier

_ENCRYPTED = 1
#: a few MB of records, and what phones photograph in a day
_MOST_UNPACKED_MB = 1_000
#: a few layers and what a team photographs in months; each file takes a moment, also an empty one
_MOST_FILES = 5_000
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@contextmanager
def opened_package(path: Path, dossier: Dossier) -> Iterator[Dossier]:
    """A package as a dossier: from its zip, its folder, or a file in its folder.

    A zip is unpacked in a hidden folder of the dossier: what a kill leaves of it is found there by a check
    and by an erasure. A package of an older version, that was in the field while the dossier was migrated, is
    migrated first: in a copy, so that what came back stays as it came.

    Raises:
        AtlasError: no package, the dossier itself, a package of made-up records for a real dossier or the
            other way round, or see `open_dossier`.
    """
    if not path.exists():
        raise AtlasError("Dit pakket is er niet.", where=str(path), hint="Controleer de naam en de map.")
    is_zip = path.suffix.lower() == ".zip"
    if path.is_file() and path.suffix.lower() not in (".zip", ".gpkg"):
        raise _no_package(path)
    folder = path if is_zip or path.is_dir() else path.parent
    if not is_zip and not _is_older(folder, dossier):
        yield _checked(folder, dossier)
        return
    with _room_in(dossier.folder) as place, _named_after(path, place):
        if is_zip:
            _unpack(path, place)
            found = [file.parent for file in place.rglob(BASE_FILE)]
            if len(found) != 1:
                raise _no_package(path)
        else:
            found = [_copied(folder, place / folder.name)]
        if _is_older(found[0], dossier):
            check_tables_only(found[0])
            migrate_dossier(found[0])
        yield _checked(found[0], dossier)


@contextmanager
def _room_in(folder: Path) -> Iterator[Path]:
    """A hidden folder for the owner alone; nothing of it stays."""
    room = folder / f"{UNPACKED}{secrets.token_hex(4)}"
    try:
        room.mkdir(mode=0o700)
    except OSError as error:
        raise cannot_make(room, error) from error
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _named_after(path: Path, place: Path) -> Iterator[None]:
    """Let an error say which package it is about: the room in which it was unpacked is gone by then."""
    try:
        yield
    except AtlasError as error:
        error.where = error.where.replace(str(place), str(path))
        raise


def _is_older(folder: Path, dossier: Dossier) -> bool:
    """Whether a package was made by an older version than this one; what is no package is not."""
    base = folder / BASE_FILE
    return (
        base.is_file() and folder.resolve() != dossier.folder.resolve() and version_of(base) < SCHEMA_VERSION
    )


def _copied(folder: Path, target: Path) -> Path:
    try:
        shutil.copytree(folder, target, symlinks=True)
    except (OSError, shutil.Error) as error:
        raise cannot_write(target.parent, error) from error
    return target


def _unpack(path: Path, place: Path) -> None:
    check_plain(path)  # a pipe would be waited for
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, path)
            for member in archive.infolist():
                _unpack_member(archive, member, path, place)
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError, zlib.error,
        IsADirectoryError, NotADirectoryError, FileExistsError,
    ) as error:  # fmt: skip
        raise _no_package(path) from error
    except OSError as error:
        raise cannot_write(place, error) from error


def _check_members(archive: zipfile.ZipFile, path: Path) -> None:
    check_archive(archive, path)
    count = len(archive.infolist())
    if count > _MOST_FILES:
        raise AtlasError(
            "In dit pakket zitten te veel bestanden.",
            where=str(path), got=format_number(count), expected=f"hooguit {format_number(_MOST_FILES)}",
            hint="Is dit het pakket uit het veld, pak het dan zelf uit en kies een GeoPackage in de map.",
        )  # fmt: skip
    unpacked_mb = sum(member.file_size for member in archive.infolist()) // 1_000_000
    if unpacked_mb > _MOST_UNPACKED_MB:
        raise AtlasError(
            "Dit pakket is uitgepakt te groot.",
            where=str(path), got=f"{unpacked_mb} MB", expected=f"hooguit {_MOST_UNPACKED_MB} MB",
            hint="Is dit het pakket uit het veld, pak het dan zelf uit en kies een GeoPackage in de map.",
        )  # fmt: skip
    names = Counter(member.filename.casefold() for member in archive.infolist() if not member.is_dir())
    twice = [name for name, count in names.items() if count > 1]
    if twice:  # the one would take the place of the other: on Windows also when only capitals differ
        raise AtlasError(
            "In dit pakket staan twee bestanden met dezelfde naam, op hoofdletters na.",
            where=str(path), got=", ".join(twice[:3]),
            hint="Pak het uit, haal het bestand weg dat er niet hoort, en kies een GeoPackage in de map.",
        )  # fmt: skip
    if any(member.flag_bits & _ENCRYPTED for member in archive.infolist()):
        raise AtlasError(
            "Dit pakket is met een wachtwoord beveiligd.",
            where=str(path), hint="Pak het uit, en kies de map; of kies het pakket zonder wachtwoord.",
        )  # fmt: skip
    if any(member.compress_type not in _PACKED for member in archive.infolist()):
        raise AtlasError(
            "Dit pakket is ingepakt op een manier die hier niet wordt gelezen.",
            where=str(path), hint="Pak het uit en kies de map, of pak het in als gewone zip.",
        )  # fmt: skip


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, place: Path) -> None:
    """One file, never more of it than the archive says it is."""
    target = (place / member.filename).resolve()
    if not target.is_relative_to(place.resolve()):
        raise _no_package(path)
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as packed, target.open("wb") as file:
        for piece in unpacked(packed, path, member.file_size):
            file.write(piece)


def _checked(folder: Path, dossier: Dossier) -> Dossier:
    if folder.resolve() == dossier.folder.resolve():
        raise AtlasError(
            "Dit is het dossier zelf, geen pakket dat in het veld is geweest.",
            where=str(folder), hint="Kies het pakket dat de telefoon of het andere programma teruggaf.",
        )  # fmt: skip
    package = open_dossier(folder, tables_only=True)
    if package.fictitious != dossier.fictitious:
        raise AtlasError(
            "Verzonnen en echte gegevens komen niet in één dossier.",
            where=str(folder), hint="Kies het dossier waaruit dit pakket is gemaakt.",
        )  # fmt: skip
    return package


def _no_package(path: Path) -> AtlasError:
    return AtlasError(
        "Dit is geen pakket voor het veld.",
        where=str(path),
        expected=f"een zip met {BASE_FILE} en de lagen van het dossier, niet beschadigd",
        hint="Kies het pakket dat hier is gemaakt en in het veld is gebruikt.",
    )
