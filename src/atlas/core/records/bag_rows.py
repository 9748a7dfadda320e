"""Rows of the BAG as they are delivered, cleaned one by one: for a face without the libraries of `geo`.

Only the few rows that a list asks for come here; the rules are those of `geo.registers.addresses`, which
cleans a whole delivery at once: objects that are not there go out, and of two that claim one id or address
the better one stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ..tables.bag_codes import (
    BUILDING_STATUSES,
    GONE_BUILDINGS,
    GONE_OBJECTS,
    OBJECT_STATUSES,
    STATUS_RANKS,
    official,
)
from ..tables.registers import read_bag_id, rounded_ids
from ..words.errors import AtlasError
from .address_book import ADDRESSABLE, BagAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: a house number with what people write behind it in the same cell
HOUSE_NUMBER = (
    r"^(?P<nummer>[0-9]{1,5})(?:\.0)?\s*(?P<letter>[A-Za-z]?)\s*(?:[-\s/]\s*(?P<rest>[A-Za-z0-9]{1,4}))?$"
)
#: an id of the BAG in a column that other programs number rows in
BAG_ID = r"^(?:NL\.IMBAG\.[A-Za-z]+\.)?[0-9]{15,16}$"
#: how a source says that an address is a nevenadres
YES = ("1", "t", "true", "j", "ja", "y")
_NUMBER = re.compile(HOUSE_NUMBER)
_ID = re.compile(BAG_ID)
_OF_AN_ADDRESS = "20"


@dataclass(frozen=True, slots=True)
class BagRow:
    """A row as delivered: its number in the file, our name -> text ("" for nothing), and where it is."""

    position: int
    texts: Mapping[str, str]
    x: float
    y: float


def identified(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a row with `identificatie` and `object_id` under the name of what they identify."""
    named = dict(texts)
    own, of_object = named.pop("identificatie", ""), named.pop("object_id", "")
    if _ID.fullmatch(of_object):
        named["bag_vbo_id"] = named.get("bag_vbo_id") or of_object
    if own:
        of_address = own[4:6] == _OF_AN_ADDRESS or bool(named.get("bag_vbo_id"))
        name = "adres_id" if of_address else "bag_vbo_id"
        named[name] = named.get(name) or own
    return named


def bag_addresses(rows: Iterable[BagRow], latest_begin: str) -> list[BagAddress]:
    """The addresses that are really there.

    Args:
        rows: Of one delivery, their texts `identified`.
        latest_begin: The latest begin in the whole of it, as an ISO date: what ends later has yet to end; ""
            when it has none.

    Raises:
        AtlasError: the ids went through a spreadsheet that rounded them.
    """
    kept = [row for row in rows if _is_there(row.texts, latest_begin)]
    if rounded_ids(row.texts.get("bag_vbo_id", "") for row in kept):
        raise AtlasError(
            "Alle lange BAG-ids eindigen op 0: een rekenblad heeft het laatste cijfer gewist.",
            hint="Haal het BAG-bestand opnieuw op, en open het niet in een rekenblad.",
        )
    made = [(one, _rank(row.texts)) for row in kept if (one := _address(row)) is not None]
    for key in (attrgetter("vbo_id"), attrgetter("address_id"), _written):
        made = _best(made, key)
    return [one for one, _rank_of_it in made]


def _is_there(texts: Mapping[str, str], latest_begin: str) -> bool:
    end = texts.get("eind", "")[:10]
    if end and (not latest_begin or end <= latest_begin):
        return False
    if "status" in texts:
        status = official(texts["status"], OBJECT_STATUSES) if texts["status"] else ""
        if not status or status in GONE_OBJECTS:
            return False
    of_buildings = [part.strip() for part in texts.get("pandstatus", "").split(",") if part.strip()]
    known = [official(part, BUILDING_STATUSES) for part in of_buildings]
    return all(known) and not (known and all(one in GONE_BUILDINGS for one in known))


def _address(row: BagRow) -> BagAddress | None:
    """None for a row with an id or a house number that can't be read."""
    texts = row.texts
    said = texts.get("bag_vbo_id", "")
    vbo_id = _read_id(said, ADDRESSABLE)
    number = _NUMBER.match(texts.get("huisnummer", "0"))
    if (said and not vbo_id) or number is None:
        return None
    letter, addition = texts.get("huisletter", "").upper(), texts.get("toevoeging", "")
    if number["letter"] or number["rest"]:
        if letter or addition:
            return None
        letter, addition = number["letter"].upper(), number["rest"] or ""
    return BagAddress(
        row.position, vbo_id,
        _read_id(texts.get("adres_id", ""), ("nummeraanduiding", *ADDRESSABLE)) or vbo_id,
        texts.get("straat", ""), int(number["nummer"]), letter, addition,
        "".join(texts.get("postcode", "").split()).upper(), texts.get("woonplaats", ""), row.x, row.y,
    )  # fmt: skip


def _read_id(text: str, kinds: Sequence[str]) -> str:
    try:
        return read_bag_id(text, kinds=kinds).value if text else ""
    except AtlasError:
        return ""


def _rank(texts: Mapping[str, str]) -> tuple[int, bool, str]:
    """Of two rows about one object or address the higher stays: in use, the hoofdadres, the later begin."""
    status = official(texts.get("status", ""), OBJECT_STATUSES)
    main = texts.get("nevenadres", "").lower() not in YES
    return STATUS_RANKS.get(status, 0), main, texts.get("begin", "")


_Ranked = tuple[BagAddress, tuple[int, bool, str]]


def _best(made: Sequence[_Ranked], key: Callable[[BagAddress], str]) -> list[_Ranked]:
    """Of the rows with one key the one with the highest rank, the first of those; a key "" is none."""
    best: dict[str, _Ranked] = {}
    for one in made:
        name = key(one[0])
        if name and (name not in best or one[1] > best[name][1]):
            best[name] = one
    return [one for one in made if not key(one[0]) or best[key(one[0])] is one]


def _written(one: BagAddress) -> str:
    """Of an address without an id of its own, what is written."""
    if one.address_id or not one.postcode:
        return ""
    return f"{one.postcode} {one.number} {one.letter} {one.addition}"
