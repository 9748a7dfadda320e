"""Everything a dossier holds about one yard or object: found by address or uuid, whatever is sure of it.

For the person who asks (AVG art. 15): a record near a border is found too, and one that was deleted and still
stands in the history. What is about another yard as well goes along without its link to the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import FICTITIOUS, RURAL_LAYERS
from ..tables.column_names import folded
from ..tables.postal_address import PostalAddress, read_postal_address
from ..words.errors import AtlasError
from ..words.layer_names import CAMPAIGNS, OBJECTS, SIGNALS, STOPS, YARDS
from ..words.notation import counted
from ..words.spelling import normalise
from .in_words import municipality_name, record_name, value_in_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from .matching import Record

#: what a person may ask about: records with a place of their own
ASKED_ABOUT = (OBJECTS, YARDS, SIGNALS)
#: stands in a record that was deleted by hand, as the history tells it
DELETED = "verwijderd_op"
_BAG_IDS = ("bag_vbo_id", "bag_pand_id")
_MOST_NAMED = 5
#: a record without an address and without a link so near to another is probably about the same place
NEAR_M = 50


@dataclass(frozen=True, slots=True)
class AboutPlace:
    """Layer -> its records about one place, parents before children; `main` are those that were asked for."""

    records: Mapping[str, tuple[Record, ...]]
    main: tuple[Record, ...]

    @property
    def municipalities(self) -> tuple[str, ...]:
        """To which municipalities the place is said to belong."""
        return tuple(sorted({str(record["gemeente_code"]) for record in self.main}))

    @property
    def is_certain(self) -> bool:
        """Whether its municipality is certain."""
        return all(record.get("gemeente_zeker") == "ja" for record in self.main)


def about_address(layers: Mapping[str, Sequence[Record]], address: str) -> AboutPlace:
    """What is recorded about the object or yard at an address.

    Raises:
        AtlasError: nothing is, or it may mean two places: then each is named with its uuid.
    """
    found = records_at(layers, address)
    if _may_be_two([record for _name, record in found]) or len({name for name, _ in found}) < len(found):
        raise AtlasError(
            "Op dit adres staat meer dan één erf of object in het dossier.",
            got="; ".join(named_place(name, record) for name, record in found[:_MOST_NAMED]),
            expected="één erf of object",
            hint="Noem het met zijn uuid; zijn het er samen één, noem dan elke uuid. Met postcode en plaats "
            "erbij is een adres soms al genoeg.",
            choices=("uuid", "address"),
        )
    return about_uuids(layers, [str(record["uuid"]) for _name, record in found])


def records_at(layers: Mapping[str, Sequence[Record]], address: str) -> list[tuple[str, Record]]:
    """The objects and yards at an address, each with its layer.

    Raises:
        AtlasError: there is none.
    """
    asked = _read(address)
    found = [
        (name, record)
        for name in (OBJECTS, YARDS)
        for record in layers.get(name, ())
        if record.get("adres")
        and (_bare(address) == _bare(str(record["adres"])) or _same(asked, _read(str(record["adres"]))))
    ]
    if not found:
        raise _nothing_there(layers, address)
    return found


def about_uuids(layers: Mapping[str, Sequence[Record]], uuids: Iterable[str]) -> AboutPlace:
    """What is recorded about objects, yards or signals with these uuids.

    Raises:
        AtlasError: one of them is no record, or is a record that belongs to another one.
    """
    wanted = list(dict.fromkeys(uuid.strip("{} ").lower() for uuid in uuids))
    known = {str(record["uuid"]): name for name, records in layers.items() for record in records}
    for uuid in wanted:
        if known.get(uuid) not in ASKED_ABOUT:
            raise AtlasError(
                "Dit is geen object, erf of signaal van het dossier.",
                got=f"{uuid}{f' ({RURAL_LAYERS[known[uuid]].alias})' if uuid in known else ''}",
                expected="de uuid van een object, erf of signaal",
                hint="Staat er niets over, dan is dat het antwoord op de vraag. Bewijs, een bezoek en een "
                "bevinding horen bij een object of erf: noem dat.",
            )
    chosen: dict[str, set[str]] = defaultdict(set)
    for uuid in wanted:
        chosen[known[uuid]].add(uuid)
    for name, layer in RURAL_LAYERS.items():  # parents before children
        for record in layers.get(name, ()):
            if any(record.get(one.field) in chosen[one.layer] for one in layer.relations):
                chosen[name].add(str(record["uuid"]))
    # for what a yard was chosen is part of the answer, and about no other place
    stops = (record for record in layers.get(STOPS, ()) if str(record["uuid"]) in chosen[STOPS])
    chosen[CAMPAIGNS] |= {str(record.get("campagne_uuid")) for record in stops}
    records = {
        name: tuple(record for record in layers[name] if str(record["uuid"]) in chosen[name])
        for name in RURAL_LAYERS
        if chosen.get(name)
    }
    main = tuple(record for some in records.values() for record in some if str(record["uuid"]) in wanted)
    return AboutPlace(records, main)


def also_near(
    layers: Mapping[str, Sequence[Record]], records: Iterable[Record], told: Container[str]
) -> list[tuple[str, Record]]:
    """What has no address, stands within `NEAR_M` metres of records and has no link to them, with its layer.

    Args:
        layers: Of the dossier.
        records: Of one place.
        told: The uuids of what is known to be about that place.
    """
    places = [place for record in records if isinstance(place := record.get(GEOMETRY_FIELD), tuple)]
    return [
        (name, record)
        for name in ASKED_ABOUT
        for record in layers.get(name, ())
        if str(record["uuid"]) not in told
        and not record.get("adres")
        and isinstance(here := record.get(GEOMETRY_FIELD), tuple)
        and any(math.dist(here, place) <= NEAR_M for place in places)
    ]


def told_near(near: Sequence[tuple[str, Record]], what_to_do: str) -> tuple[str, ...]:
    """A Dutch sentence that names what stands near a place with its uuid; none when there is nothing."""
    if not near:
        return ()
    named = "; ".join(
        f"{record_name(RURAL_LAYERS[name], record)} ({record['uuid']})" for name, record in near[:_MOST_NAMED]
    )
    rest = f"; en nog {len(near) - _MOST_NAMED}" if len(near) > _MOST_NAMED else ""
    stands = counted(len(near), "record zonder adres staat", "records zonder adres staan")
    return (f"{stands} binnen {NEAR_M} m van deze plek, er niet aan gekoppeld: {named}{rest}. {what_to_do}",)


def _read(text: str) -> PostalAddress | str:
    address = read_postal_address({"adres": text.replace(FICTITIOUS, " ")})
    return address if isinstance(address, PostalAddress) else _bare(text)


def _bare(text: str) -> str:
    """An address as a line, however it is cut; without the word that is behind each place of the demo."""
    return normalise(text.replace(FICTITIOUS, " "))


def _same(asked: PostalAddress | str, there: PostalAddress | str) -> bool:
    """Whether two addresses may be one: nothing that both say differs."""
    if not isinstance(there, PostalAddress):
        return asked == there
    if not isinstance(asked, PostalAddress):  # a street and a number, without a place
        street = normalise(f"{there.street} {there.number} {there.suffix}")
        return asked.replace(" ", "") == street.replace(" ", "")
    pairs = (
        (folded(asked.street), folded(there.street)),
        (asked.postcode, there.postcode),
        (folded(asked.place), folded(there.place)),
    )
    known = [one == other for one, other in pairs if one and other]
    return (asked.number, asked.suffix) == (there.number, there.suffix) and bool(known) and all(known)


def _may_be_two(records: Sequence[Record]) -> bool:
    """Whether records at one address differ in municipality, in the address itself or in a BAG id."""
    if len({record.get("gemeente_code") for record in records}) > 1:
        return True
    if len({normalise(str(record.get("adres"))) for record in records}) > 1:
        return True
    return any(len({record[name] for record in records if record.get(name)}) > 1 for name in _BAG_IDS)


def _nothing_there(layers: Mapping[str, Sequence[Record]], address: str) -> AtlasError:
    known = {
        normalise(str(record["adres"])): str(record["adres"])
        for name in (OBJECTS, YARDS)
        for record in layers.get(name, ())
        if record.get("adres")
    }
    near = get_close_matches(normalise(address), known, n=3, cutoff=0.8)
    return AtlasError(
        "Op dit adres staat niets in het dossier.",
        got=address,
        expected=f"bedoelt u {' of '.join(known[one] for one in near)}?" if near else "",
        hint="Staat er niets over, dan is dat het antwoord op de vraag. Een schuur zonder adres en een "
        "signaal, dat er nooit een heeft, vindt u op de kaart: noem het met zijn uuid.",
    )


def named_place(layer: str, record: Record) -> str:
    """An object or yard by what tells it from another one at its address: kind, municipality and uuid."""
    described = RURAL_LAYERS[layer]
    kind = described.field("soort")
    words = f", {value_in_words(kind, record.get('soort'))}" if kind and record.get("soort") else ""
    where = municipality_name(str(record.get("gemeente_code")))
    return f"{record.get('adres')} in {where} ({described.alias}{words}, {record['uuid']})"
