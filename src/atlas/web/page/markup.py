"""HTML and SVG as text in which nothing that came from data can become markup."""

from __future__ import annotations

import html
import json


class Markup(str):
    """Text that is HTML already; every other string is escaped when it is put inside an element."""

    __slots__ = ()


#: elements that have no closing tag
_VOID = frozenset({"meta", "link", "input", "br", "col"})


def escape(value: object) -> Markup:
    """`value` as HTML text, safe between tags and inside a quoted attribute."""
    return Markup(html.escape(str(value), quote=True))


def join(*parts: str) -> Markup:
    """The parts one after another; what is not `Markup` is escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))


def element(name: str, *children: str, **attributes: str | float | bool | None) -> Markup:
    """An element, e.g. `element("p", "5 < 6", class_="note")`.

    Args:
        name: Tag name.
        children: `Markup` is taken as it is, other text is escaped.
        attributes: A trailing underscore is dropped and the others become hyphens; None and False leave the
            attribute out, True writes it without a value.
    """
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        written.append(f" {attribute}" if value is True else f' {attribute}="{escape(value)}"')
    opening = f"<{name}{''.join(written)}>"
    if name in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{name}>")


def json_block(identifier: str, value: object) -> Markup:
    """`value` as a data block that a script reads; its text can't end the block or start a comment.

    U+2028 and U+2029 are escaped too: they are line ends to older script engines.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(f'<script type="application/json" id="{identifier}">{text}</script>')
