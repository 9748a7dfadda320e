"""What a sheet says, in reading order: the tags of the PDF and the text beside the PNG come from it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


#: tags that hold text or a drawing themselves; the others only hold these
LEAVES = frozenset({"H1", "H2", "P", "TH", "TD", "LBody", "Figure"})
COLUMN, ROW = "Column", "Row"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in millimetres; `top` is its distance from the top of the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Distance of the right side from the left of the page."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Distance of the bottom from the top of the page."""
        return self.top + self.height


@dataclass(eq=False, slots=True)
class Element:
    """A part of a sheet, by the standard structure types of PDF (ISO 32000-1, 14.8.4).

    `text` is what it says in full, `alt` what a figure shows, `scope` of what a heading cell is the heading,
    `box` where a figure stands on its page (mm).
    """

    tag: str
    text: str = ""
    alt: str = ""
    scope: str = ""
    box: Box | None = None
    children: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text, self.alt = spoken(self.text), spoken(self.alt)

    @property
    def key(self) -> str:
        """Name of the element on the page, for the marks that are drawn for it."""
        return f"deel-{id(self)}"

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        yield from chain.from_iterable(child.walk() for child in self.children)


def spoken(text: str) -> str:
    """A text as a screen reader may be given it: on one line, without control characters."""
    kept = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter)[0] != "C").split())


def as_text(element: Element) -> str:
    """A part of a sheet as plain text: a line for each heading, paragraph, row and entry of a list."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(element)).strip()) + "\n"


def _lines(element: Element) -> Iterator[str]:
    if element.tag == "Table":
        yield from _table_lines(element)
    elif element.tag == "Sect":
        yield ""
    elif element.tag == "H1":
        yield from ("", element.text, "=" * len(element.text))
    elif element.tag == "H2":
        yield from ("", element.text)
    elif element.tag == "LBody":
        yield f"- {element.text}"
    elif element.tag == "Figure":
        yield from ("", element.alt)
    elif element.text:
        yield element.text
    for child in element.children if element.tag != "Table" else ():
        yield from _lines(child)


def _table_lines(table: Element) -> Iterator[str]:
    """Each row as "name: heading cell, heading cell"; a row read alone still says what its figures are."""
    heading, *rows = (part for part in table.walk() if part.tag == "TR")
    yield ""
    for row in rows:
        name, *cells = row.children
        named = zip(heading.children[1:], cells, strict=True)
        told = ", ".join(f"{column.text} {cell.text}" for column, cell in named if cell.text)
        yield f"{name.text}: {told}"
