"""Every name and code the atlas knows, as an index: what `areas.resolve` looks things up in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..words.spelling import distance, normalise
from .divisions import Area, area, areas, levels, mergers
from .other_names import (
    Abolished,
    Outside,
    Place,
    PlaceElsewhere,
    abolished_municipalities,
    accepted_spellings,
    landscapes,
    outside_areas,
    places,
    places_elsewhere,
)
from .place_points import place_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: length (without "de" and "het") from which a name may hold one typing error, one wrong letter, and two
#: errors: a short word is soon another word (Merum is a hamlet, not Marum)
_ONE_ERROR_FROM = 5
_WRONG_LETTER_FROM = 7
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
    return _places_index(places())


@cache
def hamlets_by_name() -> Mapping[str, tuple[Place, ...]]:
    """Name -> the places of that name in the two provinces that are no woonplaats."""
    hamlets = (point for point in place_points() if not point.official)
    return _places_index(Place(point.name, point.name, point.name, point.municipality) for point in hamlets)


def _places_index(known: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place in known:
        for key in {normalise(place.name), normalise(place.common_name)}:
            found[key] = (*found.get(key, ()), place)
    return found


@cache
def places_by_code() -> Mapping[Code, Place]:
    """("WP", number) -> the place in the two provinces."""
    return {("WP", int(place.code)): place for place in places()}


@cache
def elsewhere_by_code() -> Mapping[Code, PlaceElsewhere]:
    """("WP", number) -> the place outside the two provinces."""
    return {("WP", int(place.code)): place for place in places_elsewhere()}


@cache
def elsewhere_by_name() -> Mapping[str, tuple[PlaceElsewhere, ...]]:
    """Name -> the places of that name outside the two provinces; "Hengelo (Gld)" is "Hengelo" too."""
    found: dict[str, tuple[PlaceElsewhere, ...]] = {}
    for place in places_elsewhere():
        for key in {normalise(place.name), normalise(place.name.partition("(")[0])}:
            found[key] = (*found.get(key, ()), place)
    return found


@cache
def abolished_by_name() -> Mapping[str, tuple[Abolished, ...]]:
    """Name -> the municipalities that had it, the one that lasted longest last."""
    found: dict[str, tuple[Abolished, ...]] = {}
    for item in sorted(abolished_municipalities(), key=lambda item: item.valid_to):
        key = normalise(item.name)
        found[key] = (*found.get(key, ()), item)
    return found


def was_municipality(text: str) -> bool:
    """Whether a name was one of a municipality that is no more, whatever else it names now."""
    key = normalise(text)
    return key in abolished_by_name() and all(normalise(item.name) != key for item in areas("gemeente"))


@cache
def abolished_by_code() -> Mapping[Code, Abolished]:
    """(prefix, number) -> the municipality that last had it."""
    ordered = sorted(abolished_municipalities(), key=lambda item: item.valid_to)
    return {split_code(item.code): item for item in ordered}


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
    letters, length = _letters(key), len(key)
    found = [
        (errors, item)
        for name, has, allowed in _correctable()
        if abs(len(name) - length) <= allowed
        and (has ^ letters).bit_count() <= 2 * allowed
        and (errors := distance(key, name, allowed)) <= allowed
        and _may_be_typed_for(key, name, errors)
        for item in named(name, level)
    ]
    return sorted(found, key=lambda pair: pair[0])


@cache
def _correctable() -> tuple[tuple[str, int, int], ...]:
    """(name, its letters, typing errors it may hold) of every name of an area."""
    names = {**official(), **accepted(), **former()}
    return tuple((name, _letters(name), _allowed(name)) for name in names)


def _may_be_typed_for(key: str, name: str, errors: int) -> bool:
    """Whether a person may have meant `name`.

    The first letter is seldom wrong, and a name of other words is another name: Essen is not Assen, Ten Arlo
    not Tynaarlo.
    """
    same_start = key[:1] == name[:1] or key[:2] == name[1::-1]
    other_letter = len(key) == len(name) and sorted(key) != sorted(name)
    if not same_start or (other_letter and _length(name) < _WRONG_LETTER_FROM):
        return False
    return errors == 1 or key.count(" ") == name.count(" ")


def rival(key: str, errors: int, choice: Area) -> str:
    """A known name other than `choice` that `key` resembles as much; "" when there is none.

    Names of the whole country count: "Marrum" in Friesland is one letter from the former Marum.
    """
    same = normalise(choice.name)  # Groningen is a province, a municipality and a place: no rival of itself
    letters, length = _letters(key), len(key)
    # one error changes the length by one and the set of letters by two at most: most names are not compared
    for close in range(length - errors, length + errors + 1):
        for name, has, code, known_as in _rivals().get(close, ()):
            if (has ^ letters).bit_count() > 2 * errors or name == same or code == choice.code:
                continue
            if distance(key, name, errors) <= errors:
                return known_as
    return ""


@cache
def _rivals() -> Mapping[int, list[tuple[str, int, str, str]]]:
    """Length -> (name, its letters, code of the area it means or lies in, as written) of every known name."""
    found: dict[tuple[str, str], str] = {}
    for name, items in official().items():
        found.update({(name, item.code): item.label for item in items})
    for name, outside in outside_by_name().items():
        found[name, outside.code] = outside.name
    for name in landscapes_by_name():
        found[name, ""] = name
    for name, here in (*hamlets_by_name().items(), *places_by_name().items()):
        found.update({(name, place.municipality): place.name for place in here})
    for name, elsewhere in elsewhere_by_name().items():
        found[name, ""] = f"{elsewhere[0].name} ({elsewhere[0].province})"
    for name, abolished in abolished_by_name().items():
        found[name, abolished[-1].code] = abolished[-1].name
    by_length: dict[int, list[tuple[str, int, str, str]]] = {}
    for (name, code), known_as in found.items():
        by_length.setdefault(len(name), []).append((name, _letters(name), code, known_as))
    return by_length


def _letters(name: str) -> int:
    """The letters that occur in a name, one bit each."""
    bits = 0
    for letter in name:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _at_level(items: tuple[Area, ...], level: str | None, *, all_or_none: bool) -> tuple[Area, ...]:
    """The items of the level; several codes make an accepted spelling ambiguous: then all."""
    fitting = tuple(item for item in items if level in (None, item.level))
    return items if all_or_none and fitting else fitting


def _allowed(name: str) -> int:
    return (_length(name) >= _ONE_ERROR_FROM) + (_length(name) >= _TWO_ERRORS_FROM)


def _length(name: str) -> int:
    """Letters of a name without its article."""
    return len(name.removeprefix("de ").removeprefix("het "))


def _gone(item: Area) -> bool:
    return normalise(item.name) not in {normalise(present.name) for present in areas("gemeente")}


def _index(entries: Iterable[tuple[str, tuple[Area, ...]]]) -> dict[str, tuple[Area, ...]]:
    """Normalised name -> areas, each once."""
    found: dict[str, tuple[Area, ...]] = {}
    for name, items in entries:
        key = normalise(name)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *items)))
    return found
