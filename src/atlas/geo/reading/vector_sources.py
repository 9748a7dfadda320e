"""Where the layers of a register are: in a file, in a folder of pages or files, in a ZIP of those.

A layer may be delivered in parts that belong together: TOP10NL keeps villages of one part in plaats_vlak and
those of several in plaats_multivlak, and only both are all of them.
"""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ...core.files.reading_limits import check_archive, unpacked
from ...core.words.errors import AtlasError
from .bag_members import ZIP_ERRORS
from .broken_files import broken_by
from .completeness import PAGE_SUFFIXES, natural_order
from .vector_files import (
    SUFFIXES,
    data_layers,
    no_fitting_layer,
    open_named_layer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .vector_files import VectorLayer

#: beside a file that can be read: what a Shapefile consists of
_WITH_A_SHAPEFILE = (".dbf", ".shx", ".prj", ".cpg")
#: XML that tells about a file and holds none of its data
_ABOUT = (".shp.xml", ".aux.xml", ".gpkg.xml")


@dataclass(frozen=True, slots=True)
class VectorSource:
    """The layers to read together, what to call each in a sentence, and notes about the whole."""

    layers: tuple[VectorLayer, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]


@contextmanager
def vector_source(path: Path, groups: Sequence[Sequence[str]]) -> Iterator[VectorSource]:
    """Find the layers to read.

    Args:
        path: A file, a folder, or a ZIP; what is unpacked is gone afterwards.
        groups: Groups of words in names of layers, the best group first; every layer that has a word of one
            group is read ((("plaats_vlak", "plaats_multivlak"), ("plaats",))).

    Raises:
        AtlasError: nothing that can be read, or not clear which layer.
    """
    with _readable(path) as files:
        yield _source(path, files, groups)


def layers_called(path: Path, word: str) -> list[str]:
    """What the layers with a word in their name are called, in a file, a folder or a ZIP.

    Raises:
        AtlasError: nothing that can be read.
    """
    with _readable(path) as files:
        called = [_called(file, layer) for file in files for layer in data_layers(file)]
    return [name for name in called if word in name]


@contextmanager
def _readable(path: Path) -> Iterator[list[Path]]:
    """The map files of a path; what is unpacked for it is gone afterwards."""
    if path.suffix.lower() == ".zip" and path.is_file():
        with TemporaryDirectory(prefix="atlas-") as folder:
            _unpack(path, Path(folder))
            yield _files_in(path, Path(folder))
    elif path.is_dir():
        yield _files_in(path, path)
    else:
        yield [path]


def _unpack(path: Path, folder: Path) -> None:
    """The readable files of a ZIP, each under a name of its own in the folder."""
    wanted = (*SUFFIXES, *_WITH_A_SHAPEFILE)
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, path)
            for member in archive.infolist():
                name = Path(member.filename.replace("\\", "/"))
                if member.is_dir() or name.suffix.lower() not in wanted or name.name.startswith("."):
                    continue
                # folders keep a name with what belongs to it; a way out of the folder is no way
                safe = folder.joinpath(*(part for part in name.parts if part not in ("..", "/", name.anchor)))
                safe.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as inside, safe.open("wb") as out:
                    out.writelines(unpacked(inside, path, member.file_size))
    except (*ZIP_ERRORS, ValueError) as error:
        raise broken_by(path, error) from error


def _files_in(path: Path, folder: Path) -> list[Path]:
    files = [
        file
        for file in folder.rglob("*")
        if file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.lower().endswith(_ABOUT)
    ]
    if not files:
        raise AtlasError(
            "Hierin staat geen kaartbestand.",
            where=str(path),
            expected=f"bestanden die eindigen op {', '.join(SUFFIXES)}",
            hint="Kies de map of het ZIP-bestand zoals de bron het levert.",
        )
    return sorted(files, key=natural_order)


def _source(path: Path, files: Sequence[Path], groups: Sequence[Sequence[str]]) -> VectorSource:
    found = [(file, name) for file in files for name in data_layers(file)]
    chosen = _chosen(path, found, groups)
    if len(files) == 1:
        names = [name for _file, name in chosen]
    else:
        names = [file.name if file.stem == name else f"{file.name}, laag {name}" for file, name in chosen]
    left = [file.name for file in files if file not in {used for used, _name in chosen}]
    notes = []
    if left:
        notes.append("Niet gelezen, omdat het een andere laag is: " + ", ".join(left) + ".")
    layers = tuple(open_named_layer(file, name) for file, name in chosen)
    return VectorSource(layers, tuple(names), tuple(notes))


def _chosen(
    path: Path, found: Sequence[tuple[Path, str]], groups: Sequence[Sequence[str]]
) -> list[tuple[Path, str]]:
    """The layers to read: the only one, those of the best group, or all pages of a folder."""
    if len(found) == 1:
        return list(found)
    for group in groups:
        fitting = [one for one in found if any(word in _called(*one) for word in group)]
        if not fitting:
            continue
        for file in dict(fitting):
            for word in group:
                here = [name for other, name in fitting if other == file and word in name.lower()]
                exact = [name for name in here if name.lower() == word]
                if len(here) > 1 and len(exact) != 1:
                    raise no_fitting_layer(here, group, file)
                if exact:
                    others = set(here) - set(exact)
                    fitting = [one for one in fitting if one[0] != file or one[1] not in others]
        return fitting
    if found and all(file.suffix.lower() in PAGE_SUFFIXES for file, _name in found):
        per_file = dict(found)
        if len(per_file) == len(found):
            return list(found)
    raise no_fitting_layer([name for _file, name in found], groups[0] if groups else (), path)


def _called(file: Path, layer: str) -> str:
    """What a layer is called: by itself, and by its file (a page of a service has no other name)."""
    return f"{layer} {file.stem}".lower() if file.suffix.lower() != ".gpkg" else layer.lower()
