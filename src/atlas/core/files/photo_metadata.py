"""A photo without what the camera says of it: where and when it was made, with which device, and by whom.

EXIF, XMP and IPTC stand in parts of a file beside the picture; those parts are left out, and the picture
stays as it is, to the byte. What is kept is only what is needed to show it: an unknown part goes, and so does
everything behind the end of the picture (phones put a second picture, a film or a depth map there). JPEG:
ITU-T T.81, annex B. PNG: W3C Portable Network Graphics, third edition, chapter 11. Own code, as it also runs
in QGIS.
"""

from __future__ import annotations

from ..words.errors import AtlasError

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
#: what stands before the kind of a part
_MARKER = 0xFF
_END, _SCAN, _FIRST_APPLICATION, _LAST_APPLICATION, _COMMENT = 0xD9, 0xDA, 0xE0, 0xEF, 0xFE
#: markers without a length: a restart of the scan, and a stuffed byte
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD8)})
#: of the parts of applications those that say how to show it: size of a dot, colours
_SHOWN_BY = ((0xE0, b"JFIF\x00"), (0xE2, b"ICC_PROFILE\x00"), (0xEE, b"Adobe"))
_KEPT_CHUNKS = frozenset(
    {
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"pHYs", b"sPLT", b"hIST",
    }
)  # fmt: skip
_LENGTH, _CHUNK_AROUND = 2, 12


def without_metadata(content: bytes) -> bytes:
    """A photo without EXIF, XMP, IPTC, comments, and whatever else is not the picture.

    Doing it again changes nothing.

    Args:
        content: Of a JPEG or PNG file, whatever its name.

    Raises:
        AtlasError: it is neither, or it breaks off before the end of the picture.
    """
    try:
        if content.startswith(_JPEG):
            return b"".join(_jpeg_parts(content))
        if content.startswith(_PNG):
            return b"".join(_png_parts(content))
    except IndexError as error:
        raise _broken("houdt op voor het einde van het beeld") from error
    raise _broken("iets anders dan JPEG of PNG")


def _jpeg_parts(content: bytes) -> list[bytes]:
    parts, at = [_JPEG], len(_JPEG)
    while True:
        if content[at] != _MARKER:
            raise _broken("iets anders dan JPEG waar een deel begint")
        marker = content[at + 1]
        if marker == _MARKER:  # fill bytes may stand before a marker
            at += 1
            continue
        if marker == _END:
            return [*parts, b"\xff\xd9"]
        if marker in _ALONE:
            parts.append(content[at : at + 2])
            at += 2
            continue
        length = int.from_bytes(_taken(content, at + 2, _LENGTH), "big")
        if length < _LENGTH:  # it counts itself
            raise _broken("een deel zonder lengte")
        end = at + 2 + length
        segment = _taken(content, at, end - at)
        if marker == _SCAN:
            until = _end_of_scan(content, end)
            segment, end = content[at:until], until
        if _is_kept(marker, segment):
            parts.append(segment)
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no restart of the scan and no stuffed byte."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if content[at + 1] not in _ALONE and content[at + 1] != _MARKER:
            return at
        at += 1 if content[at + 1] == _MARKER else 2


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if _FIRST_APPLICATION <= marker <= _LAST_APPLICATION:
        return any(marker == kept and segment[4:].startswith(name) for kept, name in _SHOWN_BY)
    return True


def _png_parts(content: bytes) -> list[bytes]:
    parts, at = [_PNG], len(_PNG)
    while True:
        length = int.from_bytes(_taken(content, at, 4), "big")
        kind = _taken(content, at + 4, 4)
        chunk = _taken(content, at, length + _CHUNK_AROUND)
        if kind in _KEPT_CHUNKS:
            parts.append(chunk)
        if kind == b"IEND":
            return parts
        at += len(chunk)


def _taken(content: bytes, at: int, length: int) -> bytes:
    """So many bytes, and never fewer."""
    if length < 0 or at + length > len(content):
        raise IndexError
    return content[at : at + length]


def _broken(got: str) -> AtlasError:
    return AtlasError(
        "Dit bestand is geen leesbare foto.", got=got, expected="een JPEG of PNG, tot en met het einde",
        hint="Zet de foto op de telefoon opnieuw klaar, of laat haar weg.",
    )  # fmt: skip
