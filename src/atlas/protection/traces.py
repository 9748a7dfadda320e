"""What the bytes of a file give away: places, uuids, BAG ids, addresses, postcodes, names, paths."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.areas.divisions import areas
from ..core.words.layer_names import LAYER_NAMES
from .single_figures import Finding
from .unpacking import TooMuchError, layers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UUID = re.compile(rb"(?<![0-9a-fA-F-])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-fA-F-])")
_BAG = re.compile(
    rb"(?<![\d.,])(?:" + "|".join(area.code[2:] for area in areas("gemeente")).encode() + rb")"
    rb"(?:01|02|03|05|10|20|30)\d{10}(?!\d)"
)
#: postcodes of the two provinces; what looks like base64 is taken out first
_POSTCODE = re.compile(rb"(?<![\w#.+/-])(?:7[7-9]|9[3-9])\d{2} ?(?!SA|SD|SS)[A-Z]{2}(?![\w+/=-])")
_ADDRESS = re.compile(
    r"(?<!\w)[A-Z][\w'’.-]*(?: [\w'’.-]+){0,3}?"
    r"(?:straat|weg|laan|dijk|kade|steeg|singel|dreef|streek|diep|drift|akkers?) \d{1,4} ?[A-Za-z]?(?![\w:%])"
)
#: what looks like base64: long, with a sign that no word has
_LONG = re.compile(rb"(?=[A-Za-z0-9]*[+/=])[A-Za-z0-9+/]{32,}={0,2}")
_LAYER_PATH = re.compile(rb"(?<!\w)(?:" + "|".join(LAYER_NAMES).encode() + rb")\.gpkg")
_USER_PATH = re.compile(rb"(?:[A-Za-z]:[\\/]Users[\\/]|/home/|/Users/)[^\s\"'<>|\\/]{2,40}")
_POINT = re.compile(rb"GP\x00[\x00-\xff]\x40\x71\x00\x00(?:.{32})?\x01\x01\x00\x00\x00(.{16})", re.DOTALL)
_RD = re.compile(rb"(?<![\d.])2[0-7]\d{4}(?:\.\d+)?[ ,;|]+(?:5[1-9]|6[0-2])\d{4}(?:\.\d+)?(?![\d.])")
_DEGREES = re.compile(
    rb"(?<![\d.])(?:[67]\.\d{4,}[ ,;|]+5[23]\.\d{4,}|5[23]\.\d{4,}[ ,;|]+[67]\.\d{4,})(?!\d)"
)
_GPX = re.compile(rb"<(?:wpt|rtept|trkpt)\b[^>]*\blat=")
_AUTHOR = re.compile(rb"<author>([^<]+)</author>|saveUser(?:Full)?=\"([^\"]+)\"")
_QUERY = re.compile(rb"(?:subset|sql)=([^\"<|]+)|\|subset=([^\"<]+)", re.IGNORECASE)
_PAYLOAD = re.compile(rb'<script[^>]*id="atlas-(?:payload|extras)"[^>]*>.*?</script>', re.DOTALL)
_NUMBERED = re.compile(r"((?:[\w'’.-]+ ){1,5})(\d{1,5} ?[A-Za-z]?(?:-\w+)?)(?!\w)")
_X, _Y = (199_000.0, 284_000.0), (509_000.0, 626_000.0)
_SHOWN = 3
_DRAWN = (".html", ".htm", ".gpkg", ".pdf", ".png")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What of a dossier must be in no file: addresses and names, as they stand there."""

    addresses: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)


def traces_in(path: Path, content: bytes, secrets: Secrets | None = None) -> list[Finding]:
    """What the bytes of a file give away, in every layer of it.

    Args:
        path: The file; its ending says whether borders are drawn in it.
        content: Its bytes.
        secrets: Of the dossier it was made from, when that is at hand.
    """
    found: dict[tuple[str, str], list[str]] = {}
    try:
        for how, layer in layers_of(content):
            for what, text in _in_layer(path, layer, how, secrets or Secrets()):
                seen = found.setdefault((what, how), [])
                if text not in seen:
                    seen.append(text)
    except TooMuchError:
        found["meer dan er is te doorzoeken", ""] = []
    return [Finding(what, (path.name,), _told(texts, how)) for (what, how), texts in sorted(found.items())]


def _told(texts: list[str], how: str) -> str:
    few = ", ".join(texts[:_SHOWN]) + (f" en nog {len(texts) - _SHOWN}" if len(texts) > _SHOWN else "")
    return f"{few or 'het bestand is ingepakt'}{f' ({how})' if how else ''}"


def _in_layer(path: Path, layer: bytes, how: str, secrets: Secrets) -> Iterator[tuple[str, str]]:
    kind = path.suffix.lower()
    for what, pattern in (
        ("uuid", _UUID),
        ("pad van een laag", _LAYER_PATH),
        ("pad van een gebruiker", _USER_PATH),
    ):
        yield from ((what, _shown(one[0])) for one in pattern.finditer(layer))
    short = _LONG.sub(b" ", layer)
    yield from (("BAG-nummer", _shown(one[0])) for one in _BAG.finditer(short))
    yield from (("postcode", _shown(one[0])) for one in _POSTCODE.finditer(short))
    text = short.decode("utf-8", "ignore")
    yield from (("adres", one[0]) for one in _ADDRESS.finditer(text))
    if secrets.addresses:
        yield from (("adres uit het dossier", one) for one in _known_addresses(text, secrets.addresses))
    for name in secrets.names:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield "naam", name
    yield from _places(layer, kind, how)
    yield from _of_project(layer, kind)


def _shown(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _known_addresses(text: str, known: frozenset[str]) -> Iterator[str]:
    """Addresses of the dossier in a text: words and a number, with one word more each time."""
    for one in _NUMBERED.finditer(text):
        words = one[1].split()
        for first in range(len(words)):
            candidate = f"{' '.join(words[first:])} {one[2]}"
            if candidate.casefold() in known:
                yield candidate
                break


def _places(layer: bytes, kind: str, how: str) -> Iterator[tuple[str, str]]:
    """Points: of a GeoPackage (on its free pages too), of a GPS file, as text; records on a page."""
    for one in _POINT.finditer(layer):
        x, y = struct.unpack("<dd", one[1])
        if _X[0] <= x <= _X[1] and _Y[0] <= y <= _Y[1]:
            yield "plek", f"{x:.0f} {y:.0f}"
    yield from (("plek", "punt in een GPS-bestand") for _ in _GPX.finditer(layer))
    if b"atlas-payload" in layer and (records := _records_of_page(layer)):
        yield "records op de pagina", records
    if kind not in _DRAWN or how.startswith("tekst in"):
        for pattern in (_RD, _DEGREES):
            yield from (("plek", _shown(one[0])) for one in pattern.finditer(layer))


def _records_of_page(layer: bytes) -> str:
    for one in _PAYLOAD.finditer(layer):
        try:
            told = json.loads(one[0].partition(b">")[2].rpartition(b"</script>")[0])
        except ValueError:
            continue
        if told.get("objects"):
            return "objecten"
    return "objecten" if re.search(rb'id="atlas-objects"', layer) else ""


def _of_project(layer: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """What a project of QGIS says of who made it, and which part of a layer it shows."""
    if kind not in {".qgs", ".qgz"}:
        return
    for one in _AUTHOR.finditer(layer):
        yield "naam in het project", _shown(one[1] or one[2])
    for one in _QUERY.finditer(layer):
        yield "zoekvraag in het project", _shown(one[1] or one[2])[:80]
    for one in re.finditer(
        rb"(?:[A-Za-z]:[\\/]|(?<=[\"'>=])/(?!/))[\w .\\/-]+\.(?:gpkg|qgs|shp|sqlite)", layer
    ):
        yield "absoluut pad", _shown(one[0])
