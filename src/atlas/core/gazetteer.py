"""Every name and code the atlas knows, as an index: what `areas.resolve` looks things up in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .divisions import (
    Area,
    Outside,
    Place,
    accepted_spellings,
    area,
    areas,
    landscapes,
    levels,
    mergers,
    outside_areas,
    places,
)
from .spelling import distance, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: length from which a name may hold one typing error, and from which two: a short word is soon another word
_ONE_ERROR_FROM = 5
_TWO_ERRORS_FROM = 8

Code = tuple[str, int]


@cache
def everything() -> tuple[Area, ...]:
    """All areas of the present division, from small to large levels, sorted by name within a level."""
    return tuple(item for level in levels() for item in areas(level.id))


@cache
def former_municipalities() -> Mapping[str, Area]:
    """Code -> the municipality that had it before it merged (GM0014 too, which kept its code)."""
    return {merger.former.code: merger.former for merger in mergers()}


def present_areas(item: Area) -> tuple[Area, ...]:
    """What a former municipality is part of now (several when it was split); of a present one: itself."""
    if not item.valid_to:
        return (item,)
    return tuple(area(merger.new_code) for merger in mergers() if merger.former == item)


@cache
def present_by_code() -> Mapping[Code, Area]:
    """(prefix, number) -> the present area: ("GM", 14)."""
    return {split_code(item.code): item for item in everything()}


@cache
def former_by_code() -> Mapping[Code, Area]:
    """(prefix, number) -> the former municipality."""
    return {split_code(code): item for code, item in former_municipalities().items()}


@cache
def outside_by_code() -> Mapping[Code, Outside]:
    """(prefix, number) -> the area outside the two provinces."""
    return {split_code(item.code): item for item in outside_areas() if item.code}


def split_code(code: str) -> Code:
    """A code as its letters and its number, so that "GM14" and "GM0014" are one."""
    return code[:2], int(code[2:])


@cache
def official() -> Mapping[str, tuple[Area, ...]]:
    """Official name (and the label that tells two levels apart) -> areas."""
    return _index((name, (item,)) for item in everything() for name in (item.name, item.label))


@cache
def accepted() -> Mapping[str, tuple[Area, ...]]:
    """Accepted spelling -> the areas or former municipalities it can mean."""
    known = {**former_municipalities(), **{item.code: item for item in everything()}}
    return _index(
        (spelling, tuple(known[code] for code in codes)) for spelling, codes in accepted_spellings()
    )


@cache
def former() -> Mapping[str, tuple[Area, ...]]:
    """Name -> the former municipality of that name, when no present one has it."""
    return _index((item.name, (item,)) for item in former_municipalities().values() if _gone(item))


@cache
def places_by_name() -> Mapping[str, tuple[Place, ...]]:
    """Name of a place, as in the register or as in daily use -> the places of that name."""
    found: dict[str, tuple[Place, ...]] = {}
    for place in places():
        for key in {normalise(place.name), normalise(place.common_name)}:
            found[key] = (*found.get(key, ()), place)
    return found


@cache
def outside_by_name() -> Mapping[str, Outside]:
    """Name -> the area outside the two provinces; a name of two kinds means the present municipality."""
    ranked = sorted(outside_areas(), key=lambda item: item.kind == "gemeente")  # the last one stays
    return {normalise(name): item for item in ranked for name in (item.name, *item.other_names)}


@cache
def landscapes_by_name() -> Mapping[str, str]:
    """Name of a region that is no area of the atlas -> the Dutch note about it."""
    return {normalise(name): note for name, note in landscapes()}


def named(key: str, level: str | None) -> tuple[Area, ...]:
    """The areas (former ones too) with this name: official first, then accepted, then former."""
    for index in (official(), accepted(), former()):
        if found := _at_level(index.get(key, ()), level, all_or_none=index is accepted()):
            return found
    return ()


def lookalikes(key: str) -> list[Area]:
    """The municipalities of now whose name, or former name, is one typing error from `key`."""
    found = (
        item
        for index in (official(), former())
        for name, items in index.items()
        if distance(key, name, 1) <= 1
        for item in items
        if item.level == "gemeente"
    )
    return list(dict.fromkeys(present for item in found for present in present_areas(item)))


def near(key: str, level: str | None) -> list[tuple[int, Area]]:
    """(distance, area) of every name at the level that `key` may be a mistyped form of, nearest first."""
    found = [
        (errors, item)
        for name in {**official(), **accepted(), **former()}
        if (errors := distance(key, name, allowed := _allowed(name))) <= allowed
        for item in named(name, level)
    ]
    return sorted(found, key=lambda pair: pair[0])


def rival(key: str, errors: int, choice: Area) -> str:
    """A known name other than `choice` that `key` resembles as much; "" when there is none."""
    same = normalise(choice.name)  # Groningen is a province, a municipality and a place: no rival of itself
    for name, known_as in _other_names(choice):
        if name != same and distance(key, name, errors) <= errors:
            return known_as
    return ""


def _other_names(choice: Area) -> Iterator[tuple[str, str]]:
    """(normalised, as written) of all names that are not `choice` or a place in it."""
    yield from ((name, item.name) for name, item in outside_by_name().items())
    yield from ((name, name) for name in landscapes_by_name())
    for name, here in places_by_name().items():
        if all(place.municipality != choice.code for place in here):
            yield name, here[0].name
    for name, items in official().items():
        if choice not in items:
            yield name, items[0].label


def _at_level(items: tuple[Area, ...], level: str | None, *, all_or_none: bool) -> tuple[Area, ...]:
    """The items of the level; several codes make an accepted spelling ambiguous: then all."""
    fitting = tuple(item for item in items if level in (None, item.level))
    return items if all_or_none and fitting else fitting


def _allowed(name: str) -> int:
    return (len(name) >= _ONE_ERROR_FROM) + (len(name) >= _TWO_ERRORS_FROM)


def _gone(item: Area) -> bool:
    return normalise(item.name) not in {normalise(present.name) for present in areas("gemeente")}


def _index(entries: Iterable[tuple[str, tuple[Area, ...]]]) -> dict[str, tuple[Area, ...]]:
    """Normalised name -> areas, each once."""
    found: dict[str, tuple[Area, ...]] = {}
    for name, items in entries:
        key = normalise(name)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *items)))
    return found
