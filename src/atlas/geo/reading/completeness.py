"""Whether all of a delivery is there: what a service says it has, beside what the files hold.

A page of a service tells how many features fit the question (numberMatched, totalFeatures) and where the next
page is. When that page is not here, the rest of the country is missing without a sign of it in the rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from ...core.words.notation import counted, format_number
from .vector_files import edges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: the files in which a service delivers pages
PAGE_SUFFIXES = (".geojson", ".json", ".gml", ".xml")
_MATCHED = re.compile(
    rb'"(?:numberMatched|totalFeatures)"\s*:\s*([0-9]+)|\b(?:numberMatched|numberOfFeatures)="([0-9]+)"'
)
_NEXT = re.compile(rb'"rel"\s*:\s*"next"|<wfs:FeatureCollection[^>]*\bnext="')
#: ArcGIS: more features fit the question than were sent
_CUT_SHORT = re.compile(rb'"exceededTransferLimit"\s*:\s*true')
_LINK = re.compile(rb'\{[^{}]*"rel"\s*:\s*"(self|next)"[^{}]*\}')
_ADDRESS = re.compile(rb'"href"\s*:\s*"([^"]*)"')


def natural_order(file: Path) -> list[tuple[int, str]]:
    """A key to sort by: page 10 comes after page 9."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", file.name)]


def missing_features(counts: Mapping[Path, int]) -> str:
    """A Dutch sentence when pages or features are missing, "" when nothing says so.

    Args:
        counts: Every page of one delivery, and how many features it holds; files that are no pages are
            passed over, and pages of several layers are told apart by address or name.
    """
    pages = {file: count for file, count in counts.items() if file.suffix.lower() in PAGE_SUFFIXES}
    texts = {file: edges(file) for file in pages}
    families: dict[object, list[Path]] = defaultdict(list)
    for file in pages:
        families[_family(file, texts[file])].append(file)
    sentences = [_missing_in(files, texts, sum(pages[file] for file in files)) for files in families.values()]
    return " ".join(dict.fromkeys(filter(None, sentences)))


def _missing_in(pages: Sequence[Path], texts: dict[Path, bytes], there: int) -> str:
    matched = max((number for page in pages for number in _matched(texts[page])), default=0)
    if matched > there:
        return (
            f"De dienst noemt {counted(matched, 'object', 'objecten')} en hier "
            f"{'staat' if there == 1 else 'staan'} er {format_number(there)}: er "
            f"{'ontbreekt' if matched - there == 1 else 'ontbreken'} er {format_number(matched - there)}. "
            "Haal alle pagina's op; wat hierop rust is tot die tijd te laag of onvolledig."
        )
    following = [page for page in pages if _NEXT.search(texts[page]) or _CUT_SHORT.search(texts[page])]
    if following and (len(following) == len(pages) or _unanswered(pages, texts)):
        return "De dienst had nog een volgende pagina en die is er niet bij: er ontbreken objecten."
    gap = _gap(pages)
    return f"In de reeks pagina's ontbreekt er een: na {gap[0]} komt {gap[1]}." if gap else ""


def _matched(text: bytes) -> list[int]:
    return [int(found[1] or found[2]) for found in _MATCHED.finditer(text)]


def _links(text: bytes) -> dict[bytes, bytes]:
    """Rel -> address of the links "self" and "next" of a page."""
    found = {}
    for link in _LINK.finditer(text):
        address = _ADDRESS.search(link[0])
        if address:
            found[link[1]] = address[1]
    return found


def _unanswered(pages: Sequence[Path], texts: dict[Path, bytes]) -> bool:
    """Whether a page names a next one that is none of these; only when every page says its own address."""
    links = [_links(texts[page]) for page in pages]
    own = {link[b"self"] for link in links if b"self" in link}
    if len(own) < len(pages):
        return False
    return any(link[b"next"] not in own for link in links if b"next" in link)


def _gap(pages: Sequence[Path]) -> tuple[str, str] | None:
    """The two names between which a page is missing, by the numbers in the names of the files."""
    by_stem: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for page in pages:
        numbers = re.findall(r"[0-9]+", page.stem)
        if numbers:
            stem = re.sub(r"[0-9]+(?=[^0-9]*$)", "#", page.stem)
            by_stem[stem].append((int(numbers[-1]), page.name))
    for series in by_stem.values():
        series.sort()
        steps = [after[0] - before[0] for before, after in pairwise(series)]
        if len(steps) < 2 or len(series) != len(pages):  # noqa: PLR2004 - two steps to compare
            continue
        for step, (before, after) in zip(steps, pairwise(series), strict=True):
            if step > min(steps):
                return before[1], after[1]
    return None


def _family(file: Path, text: bytes) -> object:
    """Pages of one layer: the address without its question, or the name without its numbers."""
    own = _links(text).get(b"self")
    return own.partition(b"?")[0] if own else re.sub(r"[0-9]+", "#", file.stem)
