"""The cells of an XLSX as nearly every program writes them: by pattern, ten times as fast as by its tags.

Whether a sheet is written like that is counted: as many cells must be found as there are tags of cells. One
that is written in another way (comments, prefixes, formatted text in a cell) is left to the reader of tags.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 1 << 20
_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
#: what stands before the cells is short: columns and views
_LONGEST_HEAD = 1 << 20
#: a row is never longer than this; what is, is no row
_LONGEST_ROW = 1 << 24
_TEXT = rb"<t(?: xml:space=\"preserve\")?>([^<]*)</t>"
_CELL = re.compile(
    rb"<c r=\"([A-Z]{1,3})([1-9][0-9]{0,6})\"((?: [a-z]+=\"\w*\")*)(?: ?/>| ?>"
    rb"(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?"
    rb"(?:<v>([^<]*)</v>|<v ?/>|<is>" + _TEXT + rb"</is>)?</c>)"
)
#: with a prefix or without, and whatever blank stands behind the name
_TAG_OF_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ATTRIBUTE = re.compile(rb" ([a-z]+)=\"(\w*)\"")
_STRING = re.compile(rb"<si>" + _TEXT + rb"</si>|<si>(<t ?/>)</si>|(<si ?/>)")
_TAG_OF_STRING = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_MERGED = re.compile(rb"<mergeCell ref=\"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\" ?/>")
_TAG_OF_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell[\s/>]")
#: comments, text that is not marked up, instructions, and line ends that XML reads as another sign
_OTHERWISE = (b"<!", b"<?", b"\r")
#: the declaration of XML in UTF-8, or none, which is the same
_UTF_8 = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?:(?!encoding)[^>])*(?:encoding=[\"']utf-8[\"'][^>]*)?\?>|<(?!\?))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
#: the signs that XML knows (XML 1.0, 2.2)
_SIGNS = (range(0x20, 0xD800), (0x9, 0xA, 0xD), range(0xE000, 0xFFFE), range(0x10000, 0x110000))
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class PlainCell(NamedTuple):
    """A cell: letters of its column, number of its row, kind, position of its format, and its text."""

    column: bytes
    row: int
    kind: str
    style: str
    text: str


class NotPlain(Exception):  # noqa: N818 - it is no error of anybody
    """It is written in another way."""


def plain_cells(file: IO[bytes], merged: Callable[[bytes, int, bytes, int], None]) -> Iterator[PlainCell]:
    """The cells of a sheet, in the order of the file.

    Args:
        file: The XML of the sheet.
        merged: Told of each pair of corners of merged cells, behind the last cell.

    Raises:
        NotPlain: it is written in another way; what came before counts for nothing.
    """
    rest = _behind_head(file)
    known: dict[bytes, tuple[str, str]] = {}
    while (end := rest.find(_END)) < 0:
        cut = rest.rfind(_ROW_END)
        if cut >= 0:
            yield from _cells(rest[: cut + len(_ROW_END)], known)
            rest = rest[cut + len(_ROW_END) :]
        data = file.read(_CHUNK)
        if not data or len(rest) > _LONGEST_ROW:
            raise NotPlain
        rest += data
    yield from _cells(rest[:end], known)
    tail = rest[end:] + file.read(_LONGEST_ROW)
    found = _MERGED.findall(tail)
    if (
        len(found) != len(_TAG_OF_MERGED.findall(tail))
        or file.read(1)
        or any(one in tail for one in _OTHERWISE)
    ):
        raise NotPlain
    for left, top, right, bottom in found:
        merged(left, int(top), right, int(bottom))


def plain_strings(data: bytes) -> list[str]:
    """The texts that cells name by their number.

    Raises:
        NotPlain: they are written in another way.
    """
    _check_start(data)
    found = _STRING.findall(data)
    if len(found) != len(_TAG_OF_STRING.findall(data)):
        raise NotPlain
    return [_plain(text) for text, _empty, _none in found]


def _behind_head(file: IO[bytes]) -> bytes:
    """What has been read behind the tag with which the cells begin."""
    head = b""
    while (begin := head.find(_BEGIN)) < 0:
        data = file.read(_CHUNK)
        if not data or len(head) > _LONGEST_HEAD:
            raise NotPlain
        head += data
    _check_start(head[:begin])
    return head[begin + len(_BEGIN) :]


def _check_start(data: bytes) -> None:
    start = _UTF_8.match(data)
    if not start or any(data.find(one, start.end()) >= 0 for one in _OTHERWISE):
        raise NotPlain


def _cells(block: bytes, known: dict[bytes, tuple[str, str]]) -> Iterator[PlainCell]:
    if any(one in block for one in _OTHERWISE):
        raise NotPlain
    found = _CELL.findall(block)
    if len(found) != len(_TAG_OF_CELL.findall(block)):
        raise NotPlain
    for column, row, said, value, text in found:
        if said not in known:
            own = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(said)}
            known[said] = own.get("t", "n"), own.get("s", "")
        kind, style = known[said]
        yield PlainCell(column, int(row), kind, style, _plain(value or text))


def _plain(text: bytes) -> str:
    read = text.decode()
    if "&" not in read:
        return read
    if read.count("&") != len(_ENTITY.findall(read)):
        raise NotPlain
    return _ENTITY.sub(_character, read)


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    if not any(code in signs for signs in _SIGNS):
        raise NotPlain
    return chr(code)
