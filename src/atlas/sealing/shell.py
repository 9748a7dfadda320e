"""The page around a sealed one: it asks for the passphrase and tells nothing of what is inside."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .envelope import MOST_RECIPIENTS, ROUNDS, VERSION, close

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).parent
#: how the name of a sealed file begins: neither for whom it is nor of what
SEALED_NAME = "beveiligd-bestand"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def seal_page(page: str, passphrases: Sequence[str]) -> bytes:
    """A page as a sealed file: HTML that opens it in the reader's browser, from disk, offline.

    Args:
        page: A page of the atlas, with the policy that names its scripts.
        passphrases: One for each recipient.

    Raises:
        AtlasError: no recipient or too many, or a page without its policy.
    """
    policy = _POLICY.search(page)
    if policy is None:
        raise AtlasError("Deze pagina is niet van de atlas; ze kan niet worden verzegeld.")
    script = Template(_read("opening.js")).substitute(version=VERSION, rounds=ROUNDS, most=MOST_RECIPIENTS)
    style = _read("shell.css")
    return (
        Template(_read("shell.html"))
        .substitute(
            policy=html.escape(_widened(html.unescape(policy[1]), script, style)),
            style=style,
            script=script,
            sealed=base64.b64encode(close(page.encode("utf-8"), passphrases)).decode("ascii"),
        )
        .encode("utf-8")
    )


def _widened(policy: str, script: str, style: str) -> str:
    """The policy of the page, with the script and style around it: it still holds when the page opens."""
    own = {"script-src": script, "style-src": style}
    directives = []
    for directive in policy.split("; "):
        name = directive.split(" ", 1)[0]
        directives.append(f"{directive} {_hash(own[name])}" if name in own else directive)
    return "; ".join(directives)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
