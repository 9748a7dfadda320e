"""A first line that names an area is no header: the rows begin there, and that area would vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..areas.gazetteer import outside_by_name
from ..areas.resolution import EMPTY, OUTSIDE, UNKNOWN
from ..areas.resolving import resolve
from ..words.errors import AtlasError
from ..words.spelling import normalise
from .cell_numbers import shown

if TYPE_CHECKING:
    from collections.abc import Sequence


#: the heading of many a list of villages; also a hamlet in Westerkwartier
_HEADINGS = frozenset({"dorp"})


def check_header_is_no_row(columns: Sequence[str], key: str, source: str) -> None:
    """Refuse a table of which the header is its first row, or of which the areas are the columns.

    Args:
        columns: The header of a table.
        key: The column with the areas, as the user named it; may be missing from the table.
        source: What the table was read from, for the sentence.

    Raises:
        AtlasError: the key column is called after an area, or there is no such column and others are.
    """
    if key in columns:
        headless, transposed = names_an_area(key), False
    else:
        named = [names_an_area(name) and not name.strip().isdigit() for name in columns]
        headless, transposed = named[0], sum(named) > 1
    if not (headless or transposed):
        return
    header = ", ".join(map(shown, columns[:4]))
    if transposed:
        raise AtlasError(
            "In deze tabel staan de gebieden in de kolommen.",
            where=f"{source}, kopregel",
            got=header,
            expected="één rij per gebied, met een kolom voor de naam en een voor de waarde",
            hint="Draai de tabel (in een rekenblad: plakken speciaal, transponeren).",
        )
    raise AtlasError(
        "Deze tabel heeft geen kopregel: de eerste regel gaat al over een gebied.",
        where=f"{source}, eerste regel",
        got=header,
        expected="een kopregel met de namen van de kolommen, zoals Gemeente en Aantal",
        hint="Zet boven de eerste rij een regel met de namen van de kolommen.",
    )


def names_an_area(name: str) -> bool:
    """Whether a heading is the name or the code of an area, or of a place in the two provinces."""
    if normalise(name) in _HEADINGS:
        return False
    found = resolve(name)
    if found.reason == OUTSIDE:  # of the rest of the country no places: "Waarde" is one, and a usual heading
        return normalise(name) in outside_by_name()
    return found.reason not in {UNKNOWN, EMPTY}
