"""A letter in plain sentences as a page that asks nothing of any other; its content is made elsewhere."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.records.access_letter import Letter, Section

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;color:#1c2733;background:#fff;max-width:50rem;margin:0 auto;
 padding:1rem}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:1.6rem 0 .3rem}
h3{font-size:1rem;margin:1rem 0 .2rem}
p{margin:.4rem 0}table{border-collapse:collapse;width:100%;margin:.6rem 0}
th,td{border:1px solid #8a939d;padding:.3rem .5rem;text-align:left;vertical-align:top}
.room td{height:3rem}.foot{margin-top:2rem;border-top:1px solid #8a939d;color:#56626f;font-size:.85rem}
@media print{body{font-size:10.5pt;max-width:none;padding:0}@page{size:A4;margin:16mm}h2{break-after:avoid}}
"""
_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src; style-src {policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title><style>{style}</style></head><body><main>
<h1>{title}</h1><p>{subtitle}</p>{sections}<p class="foot">{foot}</p></main></body></html>
"""


def letter_page(letter: Letter) -> str:
    """A letter as HTML, without a script."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return _PAGE.format(
        policy=f"'sha256-{digest}'",
        style=_STYLE,
        title=escape(letter.title),
        subtitle=escape(letter.subtitle),
        sections="".join(map(_section, letter.sections)),
        foot=escape(letter.foot),
    )


def _section(part: Section) -> str:
    blocks = "".join(
        f"<h3>{escape(block.title)}</h3><ul>{_each('li', block.sentences)}</ul>" for block in part.blocks
    )
    table = _table(part.rows) if part.rows else ""
    return f"<section><h2>{escape(part.title)}</h2>{_each('p', part.sentences)}{table}{blocks}</section>"


def _each(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def _table(rows: Sequence[Sequence[str]]) -> str:
    heads, *rest = rows
    body = "".join(f"<tr{'' if any(row) else chr(32) + _ROOM}>{_each('td', row)}</tr>" for row in rest)
    return f"<table><thead><tr>{_each('th', heads)}</tr></thead><tbody>{body}</tbody></table>"


_ROOM = 'class="room"'
