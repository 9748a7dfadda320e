"""The bytes of a sealed page, version 1, and how they are made and read.

    "BGAZEGEL"  8 bytes
    version     1 byte: 1
    rounds      4 bytes, big-endian: 600,000 and nothing else, as every parameter is fixed by the version
    slots       1 byte: how many recipients, 1 to 8
    length      4 bytes, big-endian: of the closed content
    per slot    salt (16), nonce (12), the key of the content closed with this recipient's key (48)
    nonce       12 bytes
    content     the page, gzipped and closed, its tag of 16 bytes last

Closed is AES-256-GCM (NIST SP 800-38D). The key of the content is random; a recipient's key is made of the
passphrase by PBKDF2-HMAC-SHA256 with a salt of its own and 600,000 rounds (OWASP Password Storage Cheat
Sheet, 2023). All that stands before the content is authenticated with it, the first 14 bytes with each slot:
a file of which one bit differs is not opened.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import re
import secrets
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..core.words.errors import AtlasError
from .passphrases import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC, VERSION, ROUNDS = b"BGAZEGEL", 1, 600_000
#: each slot costs a reader the time of one derivation
MOST_RECIPIENTS = 8
_START = struct.Struct(">8sBIB")
_LENGTH = struct.Struct(">I")
_SALT, _NONCE, _KEY, _TAG = 16, 12, 32, 16
_SLOT = _SALT + _NONCE + _KEY + _TAG
_BLOCK = re.compile(rb'<script type="application/octet-stream" id="sealed">([^<]*)(</script>)?')


def close(content: bytes, passphrases: Sequence[str]) -> bytes:
    """Close a page for some recipients.

    Args:
        content: The page.
        passphrases: One for each recipient, 1 to 8.

    Raises:
        AtlasError: no recipient, or too many.
    """
    if not 1 <= len(passphrases) <= MOST_RECIPIENTS:
        raise AtlasError(
            "Dit aantal ontvangers kan niet.",
            got=str(len(passphrases)),
            expected=f"1 tot en met {MOST_RECIPIENTS} ontvangers, elk met een eigen wachtzin",
            hint="Maak voor de anderen een tweede bestand.",
        )
    key, start = secrets.token_bytes(_KEY), _START.pack(MAGIC, VERSION, ROUNDS, len(passphrases))
    packed = gzip.compress(content, 9, mtime=0)
    header = start + _LENGTH.pack(len(packed) + _TAG)
    for passphrase in passphrases:
        salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
        header += salt + nonce + AESGCM(derived(passphrase, salt)).encrypt(nonce, key, start)
    header += secrets.token_bytes(_NONCE)
    return header + AESGCM(key).encrypt(header[-_NONCE:], packed, header)


def derived(passphrase: str, salt: bytes) -> bytes:
    """The key of one recipient, 32 bytes."""
    return hashlib.pbkdf2_hmac("sha256", plain(passphrase).encode(), salt, ROUNDS, _KEY)


def is_sealed(page: bytes) -> bool:
    """Whether a file is a sealed page."""
    return _BLOCK.search(page) is not None


def open_sealed(page: bytes, passphrase: str) -> bytes:
    """Open a sealed page: what the reader's browser does, by the same rules.

    Args:
        page: The whole file, the page around it included.
        passphrase: Of one of the recipients.

    Returns:
        The page that was sealed.

    Raises:
        AtlasError: no sealed page, another version or fewer rounds, not whole, altered, or a wrong phrase.
    """
    block = _BLOCK.search(page)
    if block is None:
        raise AtlasError("Dit is geen verzegeld bestand.", hint="Open het in een browser.")
    try:
        sealed = base64.b64decode(block[1], validate=True)
    except binascii.Error:
        sealed = b""
    return opened(sealed, passphrase)


def opened(sealed: bytes, passphrase: str) -> bytes:
    """The content of a sealed page, of its own bytes; see `open_sealed`."""
    start, slots, header, content = _parts(sealed)
    for slot in slots:
        salt, nonce, closed = slot[:_SALT], slot[_SALT : _SALT + _NONCE], slot[_SALT + _NONCE :]
        try:
            key = AESGCM(derived(passphrase, salt)).decrypt(nonce, closed, start)
        except InvalidTag:
            continue
        try:
            return gzip.decompress(AESGCM(key).decrypt(header[-_NONCE:], content, header))
        except InvalidTag as error:
            raise _damaged() from error
    raise AtlasError(
        "Deze wachtzin past niet op dit bestand.",
        hint="Controleer de zes woorden, of vraag de afzender of u het goede bestand hebt.",
    )


def _parts(sealed: bytes) -> tuple[bytes, list[bytes], bytes, bytes]:
    """The first bytes, the slots, all that is authenticated with the content, and the content."""
    if len(sealed) < _START.size + _LENGTH.size or not sealed.startswith(MAGIC):
        raise _damaged()
    _magic, version, rounds, count = _START.unpack_from(sealed)
    if (version, rounds) != (VERSION, ROUNDS):
        raise AtlasError(
            "Dit bestand is niet verzegeld zoals het hoort; het wordt niet geopend.",
            got=f"versie {version}, {rounds} ronden",
            expected=f"versie {VERSION}, {ROUNDS} ronden",
            hint="Vraag de afzender om het bestand opnieuw.",
        )
    end = _START.size + _LENGTH.size + count * _SLOT + _NONCE
    (length,) = _LENGTH.unpack_from(sealed, _START.size)
    if not 1 <= count <= MOST_RECIPIENTS or len(sealed) != end + length:
        raise _damaged()
    first = _START.size + _LENGTH.size
    slots = [sealed[first + number * _SLOT :][:_SLOT] for number in range(count)]
    return sealed[: _START.size], slots, sealed[:end], sealed[end:]


def _damaged() -> AtlasError:
    return AtlasError(
        "Dit bestand is niet heel of is veranderd; het wordt niet geopend.",
        hint="Vraag de afzender om het bestand opnieuw.",
    )
