"""Sealed files: a whole page that opens with a passphrase only, from disk, offline (cryptography).

`seal_page` makes the file, `open_sealed` reads it again; what the bytes are is described in `envelope`.
"""

from .envelope import MOST_RECIPIENTS, is_sealed, open_sealed
from .passphrases import new_passphrase, typed_passphrase
from .shell import SEALED_NAME, seal_page

__all__ = [
    "MOST_RECIPIENTS",
    "SEALED_NAME",
    "is_sealed",
    "new_passphrase",
    "open_sealed",
    "seal_page",
    "typed_passphrase",
]
