"""A municipality that was divided over two: its counts by the addresses that went to each, an estimate.

Winsum went to Het Hogeland and to Westerkwartier in 2019. How many of its addresses lie in which of its
places is counted in a list of addresses; that other things are spread as addresses are, is an assumption.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..areas.divisions import Area, area, mergers
from ..areas.gazetteer import places_by_code
from ..areas.resolving import resolve
from ..tables.column_names import ADDRESS_PARTS, folded
from ..words.errors import AtlasError
from ..words.notation import counted, format_number
from ..words.spelling import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..tables.table import Table

_MUNICIPALITY_NAMES = ("gemeente", "gemeentenaam", "gemeentecode")


class Division(NamedTuple):
    """A municipality that was divided: code of a present one -> its part (0-1), and what to say of it."""

    former: Area
    parts: Mapping[str, float]
    sentence: str


def divisions_by_address(addresses: Table) -> tuple[Division, ...]:
    """How the municipalities that were divided are divided by their addresses.

    Args:
        addresses: A row for each address, with its woonplaats; a column with the present municipality tells
            places of one name apart.

    Raises:
        AtlasError: no column with the woonplaats, or no address in one of the places: the list is not whole.
    """
    names = {folded(column): column for column in addresses.columns}
    column = next((names[name] for name in ADDRESS_PARTS["woonplaats"] if name in names), None)
    if column is None:
        raise AtlasError(
            "Deze adressenlijst heeft geen kolom met de woonplaats.",
            where=addresses.source,
            got=", ".join(addresses.columns[:8]),
            expected="een rij voor elk adres, met een kolom woonplaats",
        )
    beside = next((names[name] for name in _MUNICIPALITY_NAMES if name in names), None)
    municipality_of = {
        text: found.code if (found := resolve(text, "gemeente").area) else str(text)
        for text in set(addresses.column(beside) if beside else ())
    }
    counts: Counter[tuple[str, str]] = Counter(
        (normalise(str(place)), municipality_of[text] if beside else "")
        for place, text in zip(
            addresses.column(column), addresses.column(beside or column), strict=True
        )
    )  # fmt: skip
    divided = dict.fromkeys(merger.former for merger in mergers() if not merger.whole)
    return tuple(_division(former, counts, addresses.source) for former in divided)


def _division(former: Area, counts: Mapping[tuple[str, str], int], source: str) -> Division:
    """A municipality by the addresses of the places that went to each of the present ones."""
    found: dict[str, int] = {}
    missing = []
    for merger in mergers():
        for code in merger.places if merger.former == former else ():
            place = places_by_code()[("WP", int(code))]
            names = {normalise(place.name), normalise(place.common_name)}
            number = sum(
                count
                for (name, where), count in counts.items()
                if name in names and where in ("", merger.new_code)
            )
            found[merger.new_code] = found.get(merger.new_code, 0) + number
            missing += [] if number else [place.name]
    if missing:
        raise AtlasError(
            f"In deze adressenlijst ontbreken adressen van de vroegere gemeente {former.name}.",
            where=source,
            got=f"geen adres in {', '.join(missing)}",
            expected=f"alle adressen van {former.name}, met hun woonplaats",
        )
    everything = sum(found.values())
    parts = {code: number / everything for code, number in found.items()}
    told = " en ".join(
        f"{format_number(100 * part, 1)}% naar {area(code).name}" for code, part in parts.items()
    )
    year = former.valid_to[:4]
    sentence = (
        f"Een schatting: het aantal van {former.name}, verdeeld in {year}, is gedeeld naar "
        f"{counted(everything, 'adres', 'adressen')}: {told}."
    )
    return Division(former, parts, sentence)
