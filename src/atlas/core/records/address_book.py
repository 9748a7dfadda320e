"""Addresses as people write them, found in the BAG without any service: one address exactly, or none.

An address is found when postcode (or street and place) and house number with everything behind it point at
one object. What is nearly right is not right: it is refused, with the addresses that come near.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ..tables.address_columns import possible_additions, refuse_narrowing
from ..tables.column_names import ADDRESS_PARTS, BAG_ID_NAMES, folded
from ..tables.postal_address import PostalAddress, bare_suffix, read_postal_address
from ..tables.registers import read_bag_id
from ..words.errors import AtlasError
from .incoming import is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .file_rows import FileRows

_MOST_CANDIDATES = 3
#: two spellings of a street with less in common than this are two streets
_SAME_STREET = 0.5
#: what makes of an address a place beside it; some streets are called so themselves (Achter de Kerk)
_BESIDE = re.compile(
    r"(?:schuin )?(?:bij|naast|tegenover|t[./]? ?o\b[.]?|achter|nabij|voor|tussen|t[.]? ?h[.]? ?v\b[.]?"
    r"|ter hoogte van|in de buurt van|omgeving|hoek)\s.*",
    re.IGNORECASE,
)
#: objects of the BAG that have an address
ADDRESSABLE = ("verblijfsobject", "ligplaats", "standplaats")
_KINDS = {"bag_vbo_id": ADDRESSABLE, "adres_id": ("nummeraanduiding",), "bag_pand_id": ("pand",)}


@dataclass(frozen=True, slots=True)
class BagAddress:
    """An object of the BAG that is there, and its address.

    Args:
        position: Of its row in the register.
        vbo_id: Of the object.
        address_id: Of its nummeraanduiding.
        street: "" where unknown, as every text.
        number: House number, 0 where unknown.
        letter: House letter.
        addition: What else stands behind the number.
        postcode: "9401AB".
        place: The woonplaats.
        x: EPSG:28992, in metres.
        y: The same.
    """

    position: int
    vbo_id: str
    address_id: str
    street: str
    number: int
    letter: str
    addition: str
    postcode: str
    place: str
    x: float
    y: float

    def __str__(self) -> str:
        number = f"{self.number}{self.letter}"
        number = f"{number}-{self.addition}" if self.addition else number
        return f"{self.street} {number}, {self.postcode} {self.place}".strip(" ,")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list asks of the BAG: few of its ten million addresses.

    Args:
        postcodes: Of addresses that have one.
        streets: Of those that have none, `folded`.
        vbo_ids: Ids of objects.
        address_ids: Ids of addresses.
    """

    postcodes: frozenset[str]
    streets: frozenset[str]
    vbo_ids: frozenset[str]
    address_ids: frozenset[str]


class BagRegister(Protocol):
    """A delivery of the BAG; what reads it differs between the faces."""

    def matching(self, wanted: Wanted) -> Sequence[BagAddress]:
        """The addresses with a postcode, street or id that is asked for, in the order of the delivery."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address is in the BAG, or None with a key of `REASONS` and why."""

    address: BagAddress | None
    reason: str = ""
    explanation: str = ""


class AddressBook:
    """The part of the BAG that a list of addresses needs, ready to be searched."""

    def __init__(self, addresses: Sequence[BagAddress]) -> None:
        self._by_postcode: dict[tuple[str, int], list[BagAddress]] = {}
        self._by_street: dict[tuple[str, str, int], list[BagAddress]] = {}
        self._numbers: dict[str, set[int]] = {}
        for one in addresses:
            self._by_postcode.setdefault((one.postcode, one.number), []).append(one)
            self._numbers.setdefault(one.postcode, set()).add(one.number)
            self._by_street.setdefault((folded(one.street), folded(one.place), one.number), []).append(one)

    def find(self, address: PostalAddress) -> Found:
        """The one object with this address, or why there is none."""
        here = self._here(address)
        fitting = [one for one in here if _suffix(one) == address.suffix]
        if len(fitting) > 1:
            return Found(
                None, "dubbelzinnig", f"{address} kan {len(fitting)} adressen zijn: {_listed(fitting)}."
            )
        if not fitting:
            return Found(None, "niet_gevonden", self._not_found(address, here))
        street = fitting[0].street
        if _BESIDE.fullmatch(address.street) and not _BESIDE.fullmatch(street):
            return Found(
                None,
                "adres_spreekt_zich_tegen",
                f'"{address.street} {address.number}" is een plek bij een adres, en niet {fitting[0]} zelf. '
                "Noem het adres waarover de rij gaat, of geef haar een plaats (x en y).",
            )
        if address.postcode and address.street and street and not _alike(address.street, street):
            return Found(
                None,
                "adres_spreekt_zich_tegen",
                f"De rij noemt {address.street}, maar bij {address.postcode} {address.number} hoort "
                f"volgens de BAG {fitting[0]}.",
            )
        return Found(fitting[0])

    def another(self, address: PostalAddress, addition: str) -> str:
        """The label of the address at the same number that has this addition as well, "" for none."""
        suffix = address.suffix + bare_suffix(addition)
        others = [one for one in self._here(address) if _suffix(one) == suffix]
        return str(others[0]) if others and suffix != address.suffix else ""

    def _here(self, address: PostalAddress) -> list[BagAddress]:
        if address.postcode:
            return self._by_postcode.get((address.postcode, address.number), [])
        return self._by_street.get((folded(address.street), folded(address.place), address.number), [])

    def _not_found(self, address: PostalAddress, here: Sequence[BagAddress]) -> str:
        if here:
            return f"{address} staat niet in de BAG. Wel op dit nummer: {_listed(here)}."
        numbers = sorted(
            self._numbers.get(address.postcode, ()) if address.postcode else (),
            key=lambda number: (abs(number - address.number), number),
        )
        near = [self._by_postcode[address.postcode, number][0] for number in numbers[:_MOST_CANDIDATES]]
        if near:
            return f"{address} staat niet in de BAG. Met dezelfde postcode wel: {_listed(near)}."
        return f"{address} staat niet in de BAG, en niets met dezelfde postcode of straat en nummer."


def place_by_address(rows: FileRows, register: BagRegister, positions: Sequence[int]) -> None:
    """Fill `rows.places` and `rows.found_ids` of rows by the BAG id or address that they name.

    Raises:
        AtlasError: see `find_in_bag`.
    """
    for position, found in find_in_bag(rows, register, positions).items():
        rows.places[position] = (found.x, found.y)
        rows.found_ids[position] = found.vbo_id


def id_by_address(rows: FileRows, register: BagRegister, positions: Sequence[int]) -> None:
    """Fill `rows.found_ids`: the object at the address of each of these rows.

    Raises:
        AtlasError: see `find_in_bag`.
    """
    for position, found in find_in_bag(rows, register, positions).items():
        rows.found_ids[position] = found.vbo_id


def find_in_bag(rows: FileRows, register: BagRegister, positions: Sequence[int]) -> dict[int, BagAddress]:
    """Find rows that name a BAG id or an address; those that name one which can't be found are rejected.

    Args:
        rows: The rows of the file.
        register: The BAG.
        positions: The rows to look for.

    Returns:
        Position of a row -> what is there; rows that name none are left out.

    Raises:
        AtlasError: a column that is not understood makes of a found address another that exists too.
    """
    asked = {position: _named(rows, position) for position in positions if rows.is_used(position)}
    if not any(asked.values()):
        return {}
    there = register.matching(_wanted(list(asked.values())))
    book = AddressBook(there)
    by_id: dict[str, dict[str, BagAddress]] = {"bag_vbo_id": {}, "adres_id": {}}
    for one in there:
        by_id["bag_vbo_id"].setdefault(one.vbo_id, one)
        by_id["adres_id"].setdefault(one.address_id, one)
    narrowing = possible_additions(rows.table, {*rows.columns.values(), *rows.passed})
    found: dict[int, BagAddress] = {}
    for position, named in asked.items():
        if isinstance(named, PostalAddress):
            match = book.find(named)
            if match.address is None:
                rows.reject(position, match.reason, match.explanation)
            else:
                for column in narrowing:
                    _refuse_another(rows, book, position, named, column)
                found[position] = match.address
        elif isinstance(named, dict):
            name = "bag_vbo_id" if "bag_vbo_id" in named else "adres_id"
            if named[name] in by_id[name]:
                found[position] = by_id[name][named[name]]
            else:
                rows.reject(position, "niet_gevonden", f"{named[name]} staat niet in de ingelezen BAG.")
        elif named:
            rows.reject(position, "adres_onleesbaar", named)
    return found


def _wanted(asked: Sequence[PostalAddress | Mapping[str, str] | str]) -> Wanted:
    addresses = [one for one in asked if isinstance(one, PostalAddress)]
    ids = [one for one in asked if isinstance(one, dict)]
    return Wanted(
        frozenset(one.postcode for one in addresses if one.postcode),
        frozenset(folded(one.street) for one in addresses if not one.postcode),
        *(frozenset(one[name] for one in ids if one.get(name)) for name in ("bag_vbo_id", "adres_id")),
    )


def _refuse_another(
    rows: FileRows, book: AddressBook, position: int, address: PostalAddress, column: str
) -> None:
    """What narrows an address is never dropped, whatever its column is called: 14 and "A" are 14A."""
    cell = rows.table.column(column)[position]
    other = "" if is_empty(cell) else book.another(address, str(cell))
    if other:
        raise refuse_narrowing(rows.table, column, int(rows.table.rows[position]), cell, other)


def _named(rows: FileRows, position: int) -> PostalAddress | dict[str, str] | str:
    """What a row says about its address: BAG ids, an address, a sentence what is wrong, or "" for nothing."""
    ids: dict[str, str] = {}
    for name, cell in rows.cells(position, BAG_ID_NAMES).items():
        try:
            ids[name] = read_bag_id(cell, kinds=_KINDS[name]).value
        except AtlasError as error:
            return f"{error.title} Gevonden: {error.got}."
    if ids.keys() & {"bag_vbo_id", "adres_id"}:
        return ids
    parts = rows.cells(position, ADDRESS_PARTS)
    if not parts.keys() & {"postcode", "huisnummer", "adres", "straat"}:
        return ""
    return read_postal_address(parts)


def _suffix(one: BagAddress) -> str:
    return bare_suffix(one.letter + one.addition)


def _listed(addresses: Sequence[BagAddress]) -> str:
    shown = "; ".join(map(str, addresses[:_MOST_CANDIDATES]))
    more = len(addresses) - _MOST_CANDIDATES
    return shown + (f"; en nog {more}" if more > 0 else "")


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, folded(one), folded(other)).ratio() >= _SAME_STREET
