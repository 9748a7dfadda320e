"""Names beside those of the areas: places, other spellings, what was abolished and what lies elsewhere.

Read from `data/areas`; which of them a text means is decided in `resolving`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..files.embedded import read_embedded_csv
from .divisions import areas


@dataclass(frozen=True, slots=True)
class Place:
    """A place (woonplaats) of the BAG: its code and name, the name in daily use, and its municipality."""

    code: str
    name: str
    common_name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class PlaceElsewhere:
    """A place (woonplaats) outside the two provinces, with the names of its municipality and province."""

    code: str
    name: str
    municipality: str
    province: str


@dataclass(frozen=True, slots=True)
class Abolished:
    """A municipality that no longer exists and is no part of a merger the atlas follows.

    `valid_to` is the first day (ISO) on which it was no more; `here` means it lay in the two provinces.
    """

    code: str
    name: str
    province: str
    valid_to: str
    here: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """A name that is known and lies outside the two provinces (or is larger than both)."""

    code: str
    name: str
    kind: str
    other_names: tuple[str, ...]


@cache
def places() -> tuple[Place, ...]:
    """The 426 places (woonplaatsen) of the two provinces, in the order of their codes."""
    return tuple(
        Place(
            row["woonplaatscode"],
            row["plaats"],
            row["gangbare_naam"] or row["plaats"],
            row["gemeente_code"],
        )
        for row in read_embedded_csv("data", "areas", "plaatsnamen.csv")
    )


@cache
def places_elsewhere() -> tuple[PlaceElsewhere, ...]:
    """The places (woonplaatsen) of the other provinces: no area of the atlas is meant by their names."""
    return tuple(
        PlaceElsewhere(row["woonplaatscode"], row["plaats"], row["gemeente"], row["provincie"])
        for row in read_embedded_csv("data", "areas", "plaatsen_elders.csv")
    )


@cache
def abolished_municipalities() -> tuple[Abolished, ...]:
    """Municipalities that ended since 1970 and stand in no other table, of the whole country.

    What became of them is not in the data: none of them is ever read as a present municipality.
    """
    here = {item.name for item in areas("provincie")}
    return tuple(
        Abolished(row["code"], row["naam"], row["provincie"], row["tot"], row["provincie"] in here)
        for row in read_embedded_csv("data", "areas", "opgeheven_gemeenten.csv")
    )


@cache
def accepted_spellings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(spelling, codes) as accepted beside the official names; several codes make it ambiguous."""
    return tuple(
        (row["spelling"], tuple(row["codes"].split()))
        for row in read_embedded_csv("data", "areas", "spellingen.csv")
    )


@cache
def outside_areas() -> tuple[Outside, ...]:
    """The provinces, municipalities and larger areas that are not part of the atlas."""
    return tuple(
        Outside(row["code"], row["naam"], row["soort"], tuple(filter(None, row["andere_namen"].split("|"))))
        for row in read_embedded_csv("data", "areas", "buiten_gebied.csv")
    )


@cache
def landscapes() -> tuple[tuple[str, str], ...]:
    """(name, Dutch note) of names inside the two provinces that are not an area of the atlas."""
    return tuple(
        (row["naam"], row["toelichting"]) for row in read_embedded_csv("data", "areas", "streken.csv")
    )
