"""Which object of the dossier stands at an address: what comes by address fits what is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..tables.column_names import folded
from ..tables.postal_address import PostalAddress, read_postal_address
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .matching import Record

#: so many addresses with more than one row are named
_MOST_SHARED = 3


class KnownAddresses:
    """Records of a layer by the address they hold.

    Args:
        records: With "uuid" and "adres"; one whose address can't be read is not found by it.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_number: dict[tuple[str, int, str], list[tuple[str, PostalAddress]]] = {}
        self._by_postcode: dict[tuple[str, int, str], list[tuple[str, PostalAddress]]] = {}
        for record in records:
            address = read_postal_address({"adres": str(record.get("adres") or "")})
            if isinstance(address, PostalAddress):
                entry = (str(record["uuid"]), address)
                key = (folded(address.street), address.number, address.suffix)
                self._by_number.setdefault(key, []).append(entry)
                if address.postcode:
                    key = (address.postcode, address.number, address.suffix)
                    self._by_postcode.setdefault(key, []).append(entry)

    def find(self, address: PostalAddress) -> list[str]:
        """The uuids of the records at exactly this address; street and number alone are no address."""
        key = (folded(address.street), address.number, address.suffix)
        found = list(self._by_number.get(key, ())) if address.street else []
        if address.postcode:
            found += self._by_postcode.get((address.postcode, address.number, address.suffix), ())
        return list(dict.fromkeys(uuid for uuid, other in found if _same_place(address, other)))


def _same_place(one: PostalAddress, other: PostalAddress) -> bool:
    pairs = (
        (one.postcode, other.postcode),
        (folded(one.place), folded(other.place)),
    )
    known = [left == right for left, right in pairs if left and right]
    streets = (folded(one.street), folded(other.street))
    return bool(known) and all(known) and (not all(streets) or streets[0] == streets[1])


def add_found_ids(
    records: Sequence[dict[str, object]],
    found_ids: Mapping[int, str],
    existing: Sequence[Mapping[str, object]],
) -> None:
    """Give each record the BAG id that its address led to, so that what comes by that id or address fits.

    Not where the id would take two things for one: when more rows of the file, or an object of the dossier
    under another number in its source, have the address too. Equal rows are one record.
    """
    apart = _apart(records, found_ids)
    in_dossier: dict[object, list[Mapping[str, object]]] = {}
    for record in existing:
        if record.get("bag_vbo_id"):
            in_dossier.setdefault(record["bag_vbo_id"], []).append(record)
    for position, bag_id in found_ids.items():
        record = records[position]
        others = in_dossier.get(bag_id, ())
        own = record.get("bronkenmerk")
        if (
            len(apart[bag_id]) == 1
            and not record.get("bag_vbo_id")
            and not any(own and other.get("bronkenmerk") not in (None, "", own) for other in others)
        ):
            record["bag_vbo_id"] = bag_id


def told_shared(
    records: Sequence[Record], found_ids: Mapping[int, str], numbers: Sequence[int]
) -> Iterator[str]:
    """A Dutch sentence for each address that more rows of a file have: one building, or several?

    Args:
        records: The rows of the file.
        found_ids: Position of a record -> the BAG id that its address led to.
        numbers: Of each record, its row in the file.
    """
    apart = _apart(records, found_ids).values()
    shared = [_rows_of(some, numbers) for some in apart if len(some) > 1 or len(some[0]) > 1]
    yield from shared[:_MOST_SHARED]
    if len(shared) > _MOST_SHARED:
        more = counted(len(shared) - _MOST_SHARED, "adres", "adressen")
        yield f"En zo hebben nog {more} meer dan één rij."


def _rows_of(apart: Sequence[Sequence[int]], numbers: Sequence[int]) -> str:
    rows = sorted(numbers[position] for same in apart for position in same)
    said = f"Rij {', '.join(map(str, rows[:-1]))} en {rows[-1]}"
    if len(apart) == 1:
        return f"{said} zijn gelijk en worden één record. Zijn het meer gebouwen, geef elk een bronkenmerk."
    return (
        f"{said} hebben één adres: wat verschilt is een eigen record, zonder BAG-id. Is het één gebouw, houd "
        "dan één rij over."
    )


def _apart(records: Sequence[Record], found_ids: Mapping[int, str]) -> dict[str, list[list[int]]]:
    """BAG id -> positions of the records at it, those that are equal together."""
    at_id: dict[str, list[int]] = {}
    for position, bag_id in found_ids.items():
        at_id.setdefault(bag_id, []).append(position)
    apart = {bag_id: [positions] for bag_id, positions in at_id.items()}
    for bag_id, positions in at_id.items():
        if len(positions) > 1:
            equal: dict[str, list[int]] = {}
            for position in positions:
                equal.setdefault(str(records[position]), []).append(position)
            apart[bag_id] = [*equal.values()]
    return apart
