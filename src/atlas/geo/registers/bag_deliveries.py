"""Deliveries of the BAG that are not the extract of today: each gets a sentence, and none is read by half."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from ...core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START = 8_192
#: a delivery of only what changed: in the names of its files (9999MUT15082025-15092025.zip) or inside
_MUTATIONS_NAMED = re.compile(r"(?:^|[0-9/_-])MUT[0-9]{2}", re.IGNORECASE)
_MUTATIONS = re.compile(rb"extract-deelbestand-mutaties|mutatieBericht|<[\w-]+:Mutaties-product")
#: BAG 1.0, delivered until 2021: its schemas are of 2009 and 2011
_OLD = re.compile(rb"extract-deelbestand-lvc/v20(?:09|1[0-9])|BAG-Extract-Deelbestand-LVC|bag_LVC:")


def refuse_other_deliveries(path: Path) -> None:
    """Check that a file, ZIP or folder is no mutation file and no BAG 1.0.

    Raises:
        AtlasError: it is one of these.
    """
    for name, start in _starts(path):
        if _MUTATIONS_NAMED.search(name) or _MUTATIONS.search(start):
            raise AtlasError(
                "Dit zijn mutaties van de BAG: alleen wat er in een periode is veranderd.",
                where=str(path),
                got=name,
                expected="een BAG-extract met de stand van een dag (een volledige levering)",
                hint="Haal de volledige levering op (lvbag-extract-nl.zip of het GeoPackage bag-light).",
            )
        if _OLD.search(start):
            raise AtlasError(
                "Dit is een extract van BAG 1.0, dat sinds 2021 niet meer wordt geleverd en hier niet past.",
                where=str(path),
                got=name,
                expected="een BAG-extract 2.0, of het GeoPackage bag-light",
                hint="Haal een nieuwe levering op: adressen van voor 2021 zijn verouderd.",
            )


def _starts(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names in a delivery, with the first bytes of some of the XML."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        if file.suffix.lower() == ".xml":
            with file.open("rb") as stream:
                yield file.name, stream.read(_START)
        elif file.suffix.lower() == ".zip":
            yield file.name, b""
            yield from _in_zip(file)


def _in_zip(file: Path) -> Iterator[tuple[str, bytes]]:
    """The names in a ZIP, the start of one XML, and that of one in its smallest inner ZIP.

    A ZIP that can't be read says nothing here: its reader tells what is wrong with it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            yield from ((member.filename, b"") for member in members)
            for member in [one for one in members if one.filename.lower().endswith(".xml")][:1]:
                with archive.open(member) as stream:
                    yield member.filename, stream.read(_START)
            inner = [one for one in members if one.filename.lower().endswith(".zip")]
            for member in sorted(inner, key=lambda one: one.file_size)[:2]:
                yield from _in_inner_zip(archive, member)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError):
        return


def _in_inner_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[str, bytes]]:
    with archive.open(member) as packed, zipfile.ZipFile(io.BytesIO(packed.read())) as inner:
        for one in inner.infolist()[:1]:
            with inner.open(one) as stream:
                yield f"{member.filename}/{one.filename}", stream.read(_START)
