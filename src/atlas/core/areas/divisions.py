"""The areas of the atlas and how they hang together, read from `data/areas`.

Which levels there are, what belongs to what and what merged when is data: nothing here knows a place name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..files.embedded import read_embedded_csv
from ..words.errors import AtlasError
from ..words.notation import format_period

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of area: `id` in data and commands, the labels in Dutch, the prefix of its codes.

    `words` are the normalised words that name the level beside a name ("gem. Assen", "Groningen (PV)").
    """

    id: str
    label: str
    label_plural: str
    prefix: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, survey region or province.

    `code` is text ("GM0014", "PV20", "SR01"); `province` is a province's code (its own for a province).
    `valid_from` and `valid_to` are ISO dates, the end exclusive; `valid_to` is "" while the area exists,
    `valid_from` is "" where the data do not say it (provinces and former municipalities).
    """

    code: str
    name: str
    level: str
    province: str
    valid_from: str
    valid_to: str

    @property
    def label(self) -> str:
        """The name where levels stand side by side: "Groningen (gemeente)", otherwise just the name."""
        return (
            f"{self.name} ({level_of(self.level).label.lower()})"
            if self.name in _shared_names()
            else self.name
        )


@dataclass(frozen=True, slots=True)
class DetailArea:
    """An area smaller than a municipality, from a file of one edition: a wijk, a buurt, a square.

    `label` tells it from the others of its level. `municipalities` are the codes of those it lies in,
    `inside` the codes of the areas of another detail level that hold it (of a buurt: its wijk).
    """

    code: str
    name: str
    label: str
    province: str
    municipalities: tuple[str, ...]
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailLevel:
    """A level that one edition has beside those of the atlas.

    `id` as in the table of rights, labels in Dutch; `note` says in Dutch which areas there are.
    """

    id: str
    label: str
    label_plural: str
    note: str
    areas: tuple[DetailArea, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """How sure it is which municipalities belong to an area.

    `kind` is "officieel" (set by law), "vermeld" (the source says so) or "afgeleid" (inferred); `note` is a
    Dutch sentence, "" when there is nothing to say.
    """

    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Merger:
    """One former municipality going into a present one on `date` (ISO), whole or in part.

    A code can be kept: GM0014 before and after 2019 are two municipalities. `places` are the codes of the
    places (woonplaatsen) that went to this municipality, filled when the former one was split.
    """

    date: str
    former: Area
    new_code: str
    whole: bool
    places: tuple[str, ...]
    note: str


@cache
def levels() -> tuple[Level, ...]:
    """The levels, from small to large: gemeente, surveyregio, provincie."""
    return tuple(
        Level(
            row["id"], row["label"], row["label_meervoud"], row["voorvoegsel"], tuple(row["woorden"].split())
        )
        for row in read_embedded_csv("data", "areas", "niveaus.csv")
    )


def level_of(level: str) -> Level:
    """The level with this id.

    Raises:
        AtlasError: there is none.
    """
    for known in levels():
        if known.id == level:
            return known
    expected = ", ".join(known.id for known in levels())
    raise AtlasError("Dit niveau bestaat niet.", got=str(level), expected=expected)


def areas(level: str) -> tuple[Area, ...]:
    """The areas of a level in the present division, sorted by name.

    Raises:
        AtlasError: there is no such level.
    """
    level_of(level)
    return _areas_bylevel_of()[level]


def area(code: str) -> Area:
    """The area of the present division with exactly this code.

    Raises:
        AtlasError: there is none.
    """
    try:
        return _areas_by_code()[code]
    except KeyError:
        raise AtlasError(
            "Deze gebiedscode bestaat niet in deze atlas.",
            got=str(code),
            expected="een code zoals GM0014, SR01 of PV20",
            hint="Zoek de code van het gebied op.",
            choices=("area_code",),
        ) from None


def members(code: str) -> tuple[Area, ...]:
    """The municipalities of a region or province, sorted by name; of a municipality: itself.

    Raises:
        AtlasError: there is no such area.
    """
    area(code)
    return tuple(sorted((area(member) for member in _member_codes()[code]), key=_name))


def membership(code: str) -> Membership:
    """Whether the members of an area are official, stated by the source, or inferred.

    Raises:
        AtlasError: there is no such area.
    """
    area(code)
    return _memberships().get(code, Membership("officieel", ""))


def former_parts(code: str) -> tuple[Area, ...]:
    """What a present municipality was made of since 2015, sorted by name; () when it did not change.

    Parts that were divided over two municipalities are included (Winsum, in Het Hogeland and in
    Westerkwartier): whoever wants all parts before adding them up will, rightly, never have them.

    Raises:
        AtlasError: there is no such area.
    """
    area(code)
    return tuple(sorted((merger.former for merger in mergers() if merger.new_code == code), key=_name))


@cache
def mergers() -> tuple[Merger, ...]:
    """Every merger since 2015 in the two provinces, in the order of the data."""
    return tuple(
        Merger(
            date=row["datum"],
            former=Area(
                row["code"], row["naam"], "gemeente", area(row["nieuwe_code"]).province, "", row["datum"]
            ),
            new_code=row["nieuwe_code"],
            whole=row["deel"] == "geheel",
            places=tuple(row["woonplaatsen"].split()),
            note=row["toelichting"],
        )
        for row in read_embedded_csv("data", "areas", "herindelingen.csv")
    )


@cache
def boundary_changes() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Code of a present area -> (ISO date, Dutch sentence) of each change since 2015, oldest first.

    Figures from before such a day are about another area. A survey region of one municipality changes with
    it; of several the mergers among them leave the region as it was, but not a border that moved.
    """
    changed: dict[str, list[tuple[str, str]]] = {}
    for (code, date), parts in _merged().items():
        names = ", ".join(parts[:-1]) + f" en {parts[-1]}" if len(parts) > 1 else parts[0]
        changed.setdefault(code, []).append((date, f"Op {format_period(date)} samengevoegd uit {names}."))
    moved: dict[str, list[tuple[str, str]]] = {}
    for row in read_embedded_csv("data", "areas", "grenswijzigingen.csv"):
        moved.setdefault(row["code"], []).append((row["datum"], row["toelichting"]))
    for code, found in moved.items():
        changed.setdefault(code, []).extend(found)
    for region in areas("surveyregio"):
        inside = members(region.code)
        of_members = changed if len(inside) == 1 else moved
        found = [change for member in inside for change in of_members.get(member.code, ())]
        if found:
            changed[region.code] = found
    return {code: tuple(sorted(found)) for code, found in changed.items()}


def _merged() -> dict[tuple[str, str], list[str]]:
    """(present code, date) -> the names of what came together then."""
    found: dict[tuple[str, str], list[str]] = {}
    for merger in mergers():
        name = merger.former.name if merger.whole else f"een deel van {merger.former.name}"
        found.setdefault((merger.new_code, merger.date), []).append(name)
    return {key: sorted(names) for key, names in found.items()}


def _name(item: Area) -> str:
    return item.name


@cache
def _rows() -> dict[str, list[dict[str, str]]]:
    """Level id -> the rows of its table."""
    return {
        row["id"]: read_embedded_csv("data", "areas", row["bestand"])
        for row in read_embedded_csv("data", "areas", "niveaus.csv")
    }


@cache
def _areas_bylevel_of() -> dict[str, tuple[Area, ...]]:
    return {
        level: tuple(
            sorted(
                (
                    Area(
                        row["code"],
                        row["naam"],
                        level,
                        row.get("provincie_code", row["code"]),
                        row["geldig_vanaf"],
                        row["geldig_tot"],
                    )
                    for row in rows
                    if not row["geldig_tot"]
                ),
                key=_name,
            )
        )
        for level, rows in _rows().items()
    }


@cache
def _areas_by_code() -> dict[str, Area]:
    return {item.code: item for of_level in _areas_bylevel_of().values() for item in of_level}


@cache
def _shared_names() -> frozenset[str]:
    """Names that occur at more than one level."""
    names = [item.name for item in _areas_by_code().values()]
    return frozenset(name for name in names if names.count(name) > 1)


@cache
def _member_codes() -> dict[str, tuple[str, ...]]:
    """Code -> municipality codes: a list in the table, else the municipalities that name it as province."""
    codes: dict[str, tuple[str, ...]] = {}
    for level, rows in _rows().items():
        for row in rows:
            of_province = (
                item.code for item in _areas_bylevel_of()["gemeente"] if item.province == row["code"]
            )
            listed = tuple(row["leden"].split()) if "leden" in row else tuple(of_province)
            codes[row["code"]] = (row["code"],) if level == "gemeente" else listed
    return codes


@cache
def _memberships() -> dict[str, Membership]:
    return {
        row["code"]: Membership(row["lidmaatschap"], row["toelichting"])
        for rows in _rows().values()
        for row in rows
        if "lidmaatschap" in row
    }
