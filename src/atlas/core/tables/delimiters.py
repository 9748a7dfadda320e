"""Which character separates the cells of a text file, seen from what stands in it."""

from __future__ import annotations

import re

#: those that programs write, the most usual first
_USUAL = (";", "\t", ",", "|")
#: used when none of the usual ones is there and one of these divides every line alike
_RARE = "^~¦§¤\x1f\x1e\x01#!@$*+=:"
_LINES_LOOKED_AT = 200


def delimiter_of(sample: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line ("sep=;", for Excel) says so.

    Two things count: in how many rows it gives the width of the header, and in how many it is the first
    candidate to appear. The second keeps decimal commas ("Assen;7,9") from being taken for delimiters.
    """
    said = re.match(r"sep=([^\w\s\"]|\t)[\r\n]", sample.removeprefix("\ufeff"), re.IGNORECASE)
    if said:
        return said.group(1), True
    lines = [re.sub(r'"[^"]*"', "", line) for line in sample.splitlines() if line.strip(" ")]
    lines = lines[:_LINES_LOOKED_AT]
    firsts = [found.group() for line in lines if (found := re.search(r"[;,\t|]", line))]
    scores = {}
    for delimiter in _USUAL:
        widths = [line.count(delimiter) for line in lines]
        if widths and widths[0]:
            scores[delimiter] = widths.count(widths[0]) / len(widths) + firsts.count(delimiter) / len(firsts)
    if scores:
        return max(scores, key=lambda delimiter: scores[delimiter]), False
    return _rare(lines) or _USUAL[0], False


def _rare(lines: list[str]) -> str:
    """A rare delimiter that every line has as often; "" when there is none."""
    for delimiter in _RARE:
        widths = {line.count(delimiter) for line in lines}
        if len(lines) > 1 and len(widths) == 1 and 0 not in widths:
            return delimiter
    return ""
