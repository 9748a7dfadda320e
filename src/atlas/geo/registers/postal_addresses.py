"""Addresses as people write them, found in the BAG without any service: one address exactly, or none.

An address is found when postcode (or street and place) and house number with everything behind it point at
one object. What is nearly right is not right: it is refused, with the addresses that come near.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.tables.column_names import folded
from ...core.tables.postal_address import bare_suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...core.tables.postal_address import PostalAddress

_MOST_CANDIDATES = 3
#: two spellings of a street with less in common than this are two streets
_SAME_STREET = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address is in the BAG: its `position` in the frame, or -1 with a key of `REASONS` and why."""

    position: int
    reason: str = ""
    explanation: str = ""


class AddressBook:
    """The part of the BAG that a list of addresses needs, ready to be searched.

    Args:
        addresses: The frame of `read_addresses`.
        wanted: The addresses that will be searched for.
    """

    def __init__(self, addresses: pd.DataFrame, wanted: Sequence[PostalAddress]) -> None:
        self._addresses = addresses
        self._by_postcode: dict[tuple[str, int], list[int]] = {}
        self._by_street: dict[tuple[str, str, int], list[int]] = {}
        self._suffixes: dict[int, str] = {}
        self._numbers: dict[str, set[int]] = {}
        self._index_postcodes({address.postcode for address in wanted if address.postcode})
        self._index_streets({folded(address.street) for address in wanted if not address.postcode})

    def find(self, address: PostalAddress) -> Found:
        """The one object with this address, or why there is none."""
        here = self._here(address)
        fitting = [position for position in here if self._suffixes[position] == address.suffix]
        if len(fitting) > 1:
            return Found(
                -1, "dubbelzinnig", f"{address} kan {len(fitting)} adressen zijn: {self._labels(fitting)}."
            )
        if not fitting:
            return Found(-1, "niet_gevonden", self._not_found(address, here))
        street = str(self._addresses["straat"].iloc[fitting[0]])
        if address.postcode and address.street and street and not _alike(address.street, street):
            return Found(
                -1,
                "adres_spreekt_zich_tegen",
                f"De rij noemt {address.street}, maar bij {address.postcode} {address.number} hoort "
                f"volgens de BAG {self.label(fitting[0])}.",
            )
        return Found(fitting[0])

    def another(self, address: PostalAddress, addition: str) -> str:
        """The label of the address at the same number that has this addition as well, "" for none."""
        suffix = address.suffix + bare_suffix(addition)
        others = [position for position in self._here(address) if self._suffixes[position] == suffix]
        return self.label(others[0]) if others and suffix != address.suffix else ""

    def label(self, position: int) -> str:
        """An address of the BAG in one line."""
        row = self._addresses.iloc[position]
        number = f"{row['huisnummer']}{row['huisletter']}"
        number = f"{number}-{row['toevoeging']}" if row["toevoeging"] else number
        return f"{row['straat']} {number}, {row['postcode']} {row['woonplaats']}".strip(" ,")

    def _here(self, address: PostalAddress) -> list[int]:
        if address.postcode:
            return self._by_postcode.get((address.postcode, address.number), [])
        return self._by_street.get((folded(address.street), folded(address.place), address.number), [])

    def _not_found(self, address: PostalAddress, here: Sequence[int]) -> str:
        if here:
            return f"{address} staat niet in de BAG. Wel op dit nummer: {self._labels(here)}."
        numbers = sorted(
            self._numbers.get(address.postcode, ()), key=lambda number: (abs(number - address.number), number)
        )
        near = [self._by_postcode[address.postcode, number][0] for number in numbers[:_MOST_CANDIDATES]]
        if near:
            return f"{address} staat niet in de BAG. Met dezelfde postcode wel: {self._labels(near)}."
        return f"{address} staat niet in de BAG, en niets met dezelfde postcode of straat en nummer."

    def _labels(self, positions: Sequence[int]) -> str:
        labels = [self.label(position) for position in positions[:_MOST_CANDIDATES]]
        more = len(positions) - len(labels)
        return "; ".join(labels) + (f"; en nog {more}" if more else "")

    def _index_postcodes(self, postcodes: set[str]) -> None:
        chosen = np.flatnonzero(self._addresses["postcode"].isin(postcodes).to_numpy(dtype=bool))
        part = self._indexed(chosen)
        for position, postcode, number in zip(
            chosen.tolist(), part["postcode"], part["huisnummer"], strict=True
        ):
            self._by_postcode.setdefault((postcode, int(number)), []).append(position)
            self._numbers.setdefault(postcode, set()).add(int(number))

    def _index_streets(self, streets: set[str]) -> None:
        codes, names = pd.factorize(self._addresses["straat"])
        known = np.array([folded(str(name)) in streets for name in names], dtype=bool)
        chosen = np.flatnonzero(known[codes]) if streets and known.size else np.empty(0, dtype=np.intp)
        part = self._indexed(chosen)
        for position, street, place, number in zip(
            chosen.tolist(), part["straat"], part["woonplaats"], part["huisnummer"], strict=True
        ):
            self._by_street.setdefault((folded(street), folded(place), int(number)), []).append(position)

    def _indexed(self, chosen: NDArray[np.intp]) -> pd.DataFrame:
        """The chosen addresses, of which what stands behind the number is remembered."""
        part = self._addresses.iloc[chosen]
        behind = map(bare_suffix, part["huisletter"] + part["toevoeging"])
        self._suffixes.update(zip(chosen.tolist(), behind, strict=True))
        return part


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, folded(one), folded(other)).ratio() >= _SAME_STREET
