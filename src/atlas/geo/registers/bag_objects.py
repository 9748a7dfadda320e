"""Objects of a BAG extract from the bytes of its XML, as a stream: only those that are wanted are opened.

GDAL's LVBAG driver builds every object of the country to throw nine in ten away. Here the bytes are cut at
the objects; of a verblijfsobject only its coordinates are read, of an address only its id, and what lies
elsewhere is counted and passed over. `bench/extract.py` measures both on the same file.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from ...core.files.reading_limits import limits, unpacked
from ..reading.bag_members import MARK, SNIFFED, ZIP_ERRORS, opened
from ..reading.broken_files import broken, broken_by
from ..reading.positions import FRAME_RD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ..reading.bag_members import Member

_SPLIT = b"bagObject>"
_END = re.compile(rb"</[\w-]+:bagStand>\s*$")
_STAND = re.compile(rb"StandTechnischeDatum>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*<")
#: more bytes than this are no object
_LONGEST_OBJECT = 100_000_000
_ID_LENGTH = {"NUM": 16, "OPR": 16, "WPL": 4}
_COMMON = (
    "identificatie", "status", "beginGeldigheid", "eindGeldigheid", "tijdstipInactief", "tijdstipInactiefLV",
    "tijdstipNietBagLV",
)  # fmt: skip
#: the columns of each kind, by the names of the catalogue (with Ref for a reference)
COLUMNS = {
    "VBO": (
        *_COMMON, "gebruiksdoel", "oppervlakte", "hoofdadresNummeraanduidingRef",
        "nevenadresNummeraanduidingRef", "pandRef",
    ),
    "NUM": (
        *_COMMON, "huisnummer", "huisletter", "huisnummerToevoeging", "postcode", "openbareruimteRef",
        "woonplaatsRef",
    ),
    "OPR": (*_COMMON, "naam", "woonplaatsRef"),
    "WPL": (*_COMMON, "naam"),
}  # fmt: skip
#: a column that is not an element of its own name: the element, and the one in which it stands
_ELEMENTS = {
    "huisnummerToevoeging": ("huisnummertoevoeging", ""),
    "hoofdadresNummeraanduidingRef": ("NummeraanduidingRef", "heeftAlsHoofdadres"),
    "nevenadresNummeraanduidingRef": ("NummeraanduidingRef", "heeftAlsNevenadres"),
    "pandRef": ("PandRef", ""),
    "openbareruimteRef": ("OpenbareRuimteRef", ""),
    "woonplaatsRef": ("WoonplaatsRef", ""),
}
_REPEATED = ("gebruiksdoel", "pandRef", "nevenadresNummeraanduidingRef")
_AFTER_NAME = (b">", b" ", b"\t", b"\r", b"\n")
_POINT = struct.Struct("<BIdd")
_POSITIONS = re.compile(rb"posList[^>]*>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Objects:
    """The wanted objects of one XML file.

    Attributes:
        table: Text by the names of `COLUMNS`, several values with commas between; for VBO also wkb_geometry.
        rows: The number of each object in its file, from 1.
        elsewhere: How many objects lie outside the region, or are not wanted.
        stand: Date of the extract, "" when the file does not say.
    """

    table: pa.Table
    rows: np.ndarray
    elsewhere: int
    stand: str


def read_objects(member: Member, wanted: AbstractSet[bytes] | None) -> Objects:
    """Read an XML file of an extract.

    Args:
        member: The file.
        wanted: Ids of the objects to read; None for all. Of verblijfsobjecten those in `positions.FRAME_RD`.

    Raises:
        AtlasError: the file is broken or cut off.
    """
    kept: list[bytes] = []
    rows: list[int] = []
    points: list[bytes | None] = []
    count = 0
    objects = _Pieces(member)
    for part in objects:
        count += 1
        if member.kind == "VBO":
            inside, point = _in_region(part)
            if not inside:
                continue
            points.append(point)
        elif wanted is not None and _own_id(part, _ID_LENGTH[member.kind]) not in wanted:
            continue
        kept.append(part)
        rows.append(count)
    columns = _columns(kept, member.kind)
    if member.kind == "VBO":
        columns["wkb_geometry"] = pa.array(points, pa.binary())
    found = _STAND.search(objects.head)
    return Objects(
        pa.table(columns),
        np.array(rows, dtype=np.int64),
        count - len(kept),
        found[1].decode() if found else "",
    )


class _Pieces:
    """The objects of a file one by one, as bytes between their tags; checks that the file is whole."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self.head = b""

    def __iter__(self) -> Iterator[bytes]:
        member = self._member
        rest = b""
        try:
            with opened(member) as stream:
                for piece in unpacked(stream, member.source, limits().unpacked_bytes):
                    if len(self.head) < SNIFFED:
                        self.head += piece[: SNIFFED - len(self.head)]
                    parts = (rest + piece).split(_SPLIT)
                    # between two tags of the same name lies an object, then what is between objects
                    within = len(parts) % 2 == 0
                    yield from parts[1 : len(parts) - 1 : 2]
                    rest = _SPLIT + parts[-1] if within else parts[-1]
                    if len(rest) > _LONGEST_OBJECT:
                        raise self._broken("een object zonder einde")
        except ZIP_ERRORS as error:
            raise broken_by(self._member.source, error, self._member.title) from error
        if MARK not in self.head or not _END.search(rest[-200:]) or rest.startswith(_SPLIT):
            raise self._broken("het einde ontbreekt")

    def _broken(self, reason: str) -> Exception:
        return broken(self._member.source, f"{self._member.title}: {reason}")


def _in_region(part: bytes) -> tuple[bool, bytes | None]:
    """Whether a verblijfsobject lies in the provinces with their margin, and its place as WKB."""
    begin = part.find(b":pos>") + 5
    if begin < 5:  # noqa: PLR2004 - not found
        return True, _outline(part)
    numbers = part[begin : begin + 80].split(b"<", 1)[0].split()
    try:
        x, y = float(numbers[0]), float(numbers[1])
    except (ValueError, IndexError):
        return True, None
    west, south, east, north = FRAME_RD
    return west <= x <= east and south <= y <= north, _POINT.pack(1, 1, x, y)


def _outline(part: bytes) -> bytes | None:
    """The place of an object that is no point, so that it can be named as such; None when it has none."""
    found = _POSITIONS.search(part)
    if found is None:
        return None
    try:
        ring = np.array(found[1].split(), dtype=float).reshape(-1, 2)
        return shapely.to_wkb(shapely.Polygon(ring), byte_order=1)
    except ValueError:
        return None


def _own_id(part: bytes, length: int) -> bytes:
    begin = part.find(b">", part.find(b":identificatie")) + 1
    return part[begin : begin + length]


def _columns(parts: list[bytes], kind: str) -> dict[str, pa.Array]:
    """The objects as columns of text; several values of one have commas between them."""
    columns = {}
    for name in COLUMNS[kind]:
        element, inside = _ELEMENTS.get(name, (name, ""))
        tag, mark = f":{element}".encode("ascii"), f":{inside}>".encode("ascii")
        only_first = name not in _REPEATED
        within = (part.partition(mark)[2].partition(mark)[0] for part in parts) if inside else parts
        columns[name] = pa.array([_text(part, tag, only_first=only_first) for part in within], pa.string())
    return columns


def _text(part: bytes, tag: bytes, *, only_first: bool) -> str | None:
    """What stands in an element, None when it is not there."""
    values: list[bytes] = []
    at = part.find(tag)
    while at >= 0:
        begin = part.find(b">", at) + 1
        end = part.find(b"<", begin)
        if part[at + len(tag) : at + len(tag) + 1] in _AFTER_NAME and end > begin:
            values.append(part[begin:end].strip())
            if only_first:
                break
        at = part.find(tag, part.find(b">", end) if end >= 0 else len(part))
    if not values:
        return None
    text = b",".join(values).decode("utf-8", "replace")
    return unescape(text) if "&" in text else text
