"""What must not be found any more, kept until every file has been searched: as hashes.

An order is there again after a kill, an error or a full disk. A needle stands in it with its length, 24 bits
of its first bytes, and its salted SHA-256: enough to find it in a file, too little to read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..core.files.new_file import kept_file
from ..core.files.reading_limits import read_whole
from ..core.words.errors import AtlasError
from .journal import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: a shorter text is found by chance, and is not searched for
SHORTEST = 6
#: by so many of its first bytes a needle is looked up: the more, the fewer places are found by chance
_WIDTHS = (16, SHORTEST)
_WORD = 8
_FACTORS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_BITS = 24
_UUID_DIGITS = 32
_PIECE = 1 << 22
#: a uuid is always sought; a text or place only as long as no record that stays has it too
UUID, SHARED, PHOTO = "uuid", "tekst", "foto"


@dataclass(frozen=True, slots=True)
class Needle:
    """One thing to look for: its kind, length in bytes, bits of its start, and the salted SHA-256."""

    kind: str
    length: int
    start: int
    digest: str


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """All that one or more erasures must have taken away, and who asked for it."""

    salt: str
    user: str
    needles: frozenset[Needle]

    def with_needles(self, kind: str, texts: Iterable[bytes]) -> ErasureOrder:
        """The same with more to look for; what is shorter than `SHORTEST` is passed over."""
        new = {self._needle(kind, text) for text in texts if len(text) >= SHORTEST}
        return replace(self, needles=self.needles | new)

    def without_shared(self, still_there: bytes) -> ErasureOrder:
        """The same without the texts that records which stay have too."""
        shared = {
            self._needle(SHARED, form) for text in self.found_in(still_there) for form in forms_of_text(text)
        }
        return replace(self, needles=self.needles - shared)

    def found_in(self, data: bytes) -> set[bytes]:
        """Which needles occur in the data; time grows with the data, hardly with the number of needles."""
        longest, by_width = _index(self.needles)
        found: set[bytes] = set()
        for width, sought, present in by_width:
            for begin in range(0, len(data), _PIECE):
                piece = data[begin : begin + _PIECE + longest]
                starts = _starts(piece, width)
                for place in np.flatnonzero(present[starts]).tolist():
                    for length, digests in sought[int(starts[place])].items():
                        text = piece[place : place + length]
                        if len(text) == length and self._digest(text) in digests:
                            found.add(text)
        return found

    def kind_of(self, text: bytes) -> str:
        """What kind of needle a found text is."""
        return next((kind for kind in (UUID, PHOTO) if self._needle(kind, text) in self.needles), SHARED)

    def _needle(self, kind: str, text: bytes) -> Needle:
        width = _width(len(text))
        return Needle(kind, len(text), _start(text[:width]), self._digest(text))

    def _digest(self, text: bytes) -> str:
        return hashlib.sha256(bytes.fromhex(self.salt) + text).hexdigest()


def forms_of_uuid(uuid: str) -> set[bytes]:
    """How programs write a uuid: small or capital letters, without hyphens, as 16 bytes, in UTF-16."""
    bare = uuid.replace("-", "")
    texts = {uuid.lower(), uuid.upper(), bare.lower(), bare.upper()}
    packed = {bytes.fromhex(bare)} if len(bare) == _UUID_DIGITS else set()
    return packed | {form for text in texts for form in forms_of_text(text.encode())}


def forms_of_text(text: bytes) -> set[bytes]:
    """A text in UTF-8, and as Windows writes it: in its own letters, and in UTF-16 of either order."""
    try:
        read = text.decode()
    except UnicodeDecodeError:  # a place
        return {text}
    # without its last zero it stands in both orders
    return {text, read.encode("cp1252", "replace"), read.encode("utf-16-le")[:-1]}


def read_form(form: bytes) -> bytes:
    """A text that was found in UTF-16, in UTF-8; any other as it is."""
    try:
        read = (form + b"\0").decode("utf-16-le")
        return read.encode() if b"\0" in form[1::2] and forms_of_text(read.encode()) >= {form} else form
    except UnicodeError:
        return form


def new_order(user: str) -> ErasureOrder:
    """An order without needles, with a salt of its own."""
    return ErasureOrder(secrets.token_hex(16), user, frozenset())


def write_order(path: Path, order: ErasureOrder) -> None:
    """Put an order on disk, for certain.

    Raises:
        AtlasError: it can't be written.
    """
    needles = sorted((item.kind, item.length, item.start, item.digest) for item in order.needles)
    content = json.dumps({"zout": order.salt, "door": order.user, "zoeken": needles})
    with kept_file(path) as beside, beside.open("wb") as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def read_order(path: Path) -> ErasureOrder | None:
    """The order that stands on disk; None when there is none.

    Raises:
        AtlasError: it is damaged.
    """
    if not path.exists():
        return None
    try:
        plain = json.loads(read_whole(path).decode("utf-8"))
        needles = frozenset(Needle(str(kind), int(length), int(start), str(digest))
                            for kind, length, start, digest in plain["zoeken"])  # fmt: skip
        bytes.fromhex(plain["zout"])
        order = ErasureOrder(plain["zout"], str(plain["door"]), needles)
        order.found_in(bytes(_WIDTHS[0]))  # what is no start or length of a needle shows here
    except (
        ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, StopIteration
    ) as error:  # fmt: skip
        raise AtlasError(
            "Een wissing in dit dossier is niet afgemaakt, en de opdracht ervan is beschadigd.",
            where=str(path),
            hint="Haal de opdracht weg en wis opnieuw; zoek zelf na of er van eerdere records nog iets is.",
        ) from error
    return order


#: a width, and of the needles of that width: bits of the start -> length -> digests; which bits there are
_ByWidth = tuple[int, dict[int, dict[int, set[str]]], "np.ndarray[tuple[int], np.dtype[np.bool_]]"]


@lru_cache(maxsize=2)
def _index(needles: frozenset[Needle]) -> tuple[int, tuple[_ByWidth, ...]]:
    """The length of the longest needle, and the needles by their start: made once for all files."""
    by_width: list[_ByWidth] = []
    for width in _WIDTHS:
        sought: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for needle in needles:
            if _width(needle.length) == width:
                sought[needle.start][needle.length].add(needle.digest)
        if sought:
            present = np.zeros(1 << _BITS, dtype=np.bool_)
            present[list(sought)] = True
            by_width.append((width, dict(sought), present))
    return max((needle.length for needle in needles), default=0), tuple(by_width)


def _start(text: bytes) -> int:
    """24 bits of a text, as `_starts` has them of every place in data: one by one numpy is slow."""
    words = (int.from_bytes(text[begin : begin + _WORD], "little") for begin in range(0, len(text), _WORD))
    mixed = sum(word * int(factor) for word, factor in zip(words, _FACTORS, strict=False))
    return (mixed & (1 << 64) - 1) >> (64 - _BITS)


def _width(length: int) -> int:
    return next(width for width in _WIDTHS if length >= width)


def _starts(data: bytes, width: int) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """For every place in the data that has `width` bytes after it: 24 bits of these."""
    count = len(data) - width + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint32)
    letters = np.frombuffer(data, dtype=np.uint8)
    mixed = np.zeros(count, dtype=np.uint64)
    for word, factor in zip(range(0, width, _WORD), _FACTORS, strict=False):
        value = np.zeros(count, dtype=np.uint64)
        for position in range(word, min(word + _WORD, width)):
            value |= letters[position : position + count].astype(np.uint64) << np.uint64(
                8 * (position - word)
            )
        mixed += value * factor
    return (mixed >> np.uint64(64 - _BITS)).astype(np.uint32)
