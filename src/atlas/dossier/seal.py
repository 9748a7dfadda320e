"""The seal of a dossier, `dossier.zegel`: the checksums of the pages of each file that was looked through.

It only saves time. Bytes that are those of the seal need not be looked through again; when a few pages
differ, after an edit by hand, only the records on those pages must be. Which records those are is read from
the pages themselves (SQLite, "Database File Format", 1.6 and 4.1).
"""

from __future__ import annotations

import json
import zlib
from array import array
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ..core.files.new_file import kept_file
from ..core.files.reading_limits import read_whole as read_plain
from ..core.schema.rural import RURAL_LAYERS
from ..core.words.errors import AtlasError
from .file_bytes import read_start, read_whole
from .files import SEAL_FILE, layer_path
from .write_ahead import is_write_ahead

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_HEADER, _WAL_HEADER, _FRAME_HEADER = 100, 32, 24
_PAGE, _LEAST_PAGE = 4096, 512
_TABLE_LEAF, _LEAF_HEADER = 0x0D, 8
#: pages of an index, and those that only tell the way to a leaf: SQLite's own check looks after these
_NO_RECORDS = (0x02, 0x05, 0x0A)
_VARINT = 9
#: so many rows are not looked through one by one
MANY = 5_000
_LONGEST_LOG = MANY * (_PAGE + _FRAME_HEADER)
#: what is kept of a layer: the checksums of its pages, how many records, the last line of its history
_UNKNOWN: dict[str, object] = {"bladen": "", "records": -1, "regels": -1}


@dataclass(frozen=True)
class Pages:
    """The bytes of a file at one moment, and those of a write-ahead log beside it.

    Of a log that is longer than `MANY` pages only the beginning.
    """

    content: bytes
    log: bytes
    log_is_cut: bool = False

    @property
    def size(self) -> int:
        """The size of a page, as the file says."""
        size = int.from_bytes(self.content[16:18], "big")
        return size if size >= _LEAST_PAGE else _PAGE

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Where each page begins and ends; the header, which every writer changes, apart from the first."""
        size = self.size
        yield 0, _HEADER
        yield _HEADER, size
        for start in range(size, len(self.content), size):
            yield start, start + size

    @cached_property
    def sums(self) -> array[int]:
        """A checksum of each piece."""
        view = memoryview(self.content)
        return array("I", [zlib.crc32(view[start:end]) for start, end in self.pieces()])

    def rows_that_differ(self, before: array[int]) -> frozenset[int] | None:
        """The numbers of the rows on pages that differ from a seal; None when they are many, or not known."""
        sums = self.sums
        before = before[: len(sums)] + array("I", [0] * (len(sums) - len(before)))
        if before[1:2] != sums[1:2] or self.log_is_cut:  # the tables themselves are others; or many rows
            return None
        differ = (
            self.content[start:end]
            for number, (start, end) in enumerate(self.pieces())
            if number > 1 and sums[number] != before[number]
        )
        rows: set[int] = set()
        for page in chain(differ, self._logged()):
            if page[:1] == bytes([_TABLE_LEAF]):
                rows |= _rows_on(page)
            elif page[0] not in _NO_RECORDS:  # a page of a long text does not tell whose it is
                return None
            if len(rows) > MANY:
                return None
        return frozenset(rows)

    def _logged(self) -> Iterator[bytes]:
        """The pages in the log but the first, also those that a later one took the place of."""
        frame = _FRAME_HEADER + self.size
        for start in range(_WAL_HEADER, len(self.log) - frame + 1, frame):
            if int.from_bytes(self.log[start : start + 4], "big") > 1:
                yield self.log[start + _FRAME_HEADER : start + frame]


class Seal:
    """The seal of the dossier in a folder, beside the bytes as they are now.

    Args:
        folder: Of the dossier.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = _read(folder / SEAL_FILE)
        self._found: dict[str, Pages] = {}
        self._rows: dict[str, frozenset[int] | None] = {}
        #: layers that were edited too often to be looked through now
        self.passed_by: set[str] = set()

    def pages(self, name: str) -> Pages:
        """The bytes of the file of a layer, read once."""
        if name not in self._found:
            path, log = layer_path(self._folder, name), b""
            with suppress(FileNotFoundError):
                log = read_start(path.with_name(f"{path.name}-wal"), _LONGEST_LOG + 1)
            self._found[name] = Pages(read_whole(path), log[:_LONGEST_LOG], len(log) > _LONGEST_LOG)
        return self._found[name]

    def holds(self, name: str) -> bool:
        """Whether the bytes of a layer are those that were looked through."""
        before = self._sums(name)
        if not before:
            return False
        pages = self.pages(name)
        return not pages.log and pages.sums == before

    def holds_but_for_a_log(self, name: str) -> bool:
        """Whether all pages of a layer that is being edited are those that were looked through.

        What was edited stands in the log, where SQLite has checksums of its own; the header says that.
        """
        before = self._sums(name)[1:]
        path = layer_path(self._folder, name)
        return bool(before) and is_write_ahead(path) and self.pages(name).sums[1:] == before

    def count(self, name: str) -> tuple[int, int]:
        """How many records a layer had, and the last line of its history."""
        entry = self._kept.get(name, _UNKNOWN)
        return int(str(entry["records"])), int(str(entry["regels"]))

    def rows_to_look_through(self, name: str) -> frozenset[int] | None:
        """Which rows of the file of a layer may be others than when it was looked through.

        None when they are more than `MANY`, or when it may be any of them.
        """
        if name not in self._rows:
            before = self._sums(name)
            self._rows[name] = self.pages(name).rows_that_differ(before) if before else None
        return self._rows[name]

    def _sums(self, name: str) -> array[int]:
        return array("I", bytes.fromhex(str(self._kept.get(name, _UNKNOWN)["bladen"])))

    def keep(self, found: Mapping[str, tuple[int, int]], broken: Collection[str]) -> None:
        """Keep that layers were looked through: how many records each had, and the last line of its history.

        Args:
            found: Of layers that are right.
            broken: Layers that are not.
        """
        kept = {name: entry for name, entry in self._kept.items() if name not in broken}
        for name, (records, line) in found.items():
            pages = self.pages(name)
            if not pages.log:  # else what was looked through stands in two files
                text = pages.sums.tobytes().hex()
                kept[name] = {"bladen": text, "records": records, "regels": line}
        if kept != self._kept:  # without it the next time takes longer, and that is all
            with suppress(AtlasError, OSError), kept_file(self._folder / SEAL_FILE) as beside:
                beside.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            self._kept = kept


def _rows_on(page: bytes) -> set[int]:
    """The numbers of the rows on a leaf of a table."""
    rows = set()
    for cell in range(int.from_bytes(page[3:5], "big")):
        start = _LEAF_HEADER + 2 * cell
        place = int.from_bytes(page[start : start + 2], "big")
        _, place = _varint(page, place)  # the size of the row
        rows.add(_varint(page, place)[0])
    return rows


def _varint(page: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes of SQLite, and where it ends."""
    number = 0
    for nth in range(1, _VARINT + 1):
        byte = page[place] if place < len(page) else 0
        place += 1
        if nth == _VARINT:
            return number << 8 | byte, place
        number = number << 7 | byte & 0x7F
        if byte < 1 << 7:
            break
    return number, place


def _read(path: Path) -> dict[str, dict[str, object]]:
    """The seal as it stands on disk; nothing of a layer for which it is not as it should be."""
    try:
        seal = json.loads(read_plain(path).decode("utf-8"))
    except (AtlasError, OSError, ValueError, RecursionError):
        return {}
    entries = seal.items() if isinstance(seal, dict) else ()
    return {name: entry for name, entry in entries if name in RURAL_LAYERS and _is_entry(entry)}


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or entry.keys() != _UNKNOWN.keys():
        return False
    try:
        whole = len(bytes.fromhex(entry["bladen"])) % array("I").itemsize == 0
    except (TypeError, ValueError):
        return False
    return whole and isinstance(entry["records"], int) and isinstance(entry["regels"], int)
