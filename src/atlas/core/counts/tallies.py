"""Counting records per area, and what a count is divided by: addresses and km².

What a count is divided by (`AreaTotals`) is made once for each level and serves every kind of record. A
record that can't be placed, and one whose municipality is not certain, is counted and said, never dropped
without a word.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..areas.divisions import areas, members
from ..words.errors import AtlasError
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: what "per km²" divides by -> how a label says so
AREA_BASES = {
    "totaal": "totale oppervlakte, water meegerekend, berekend uit de grenzen",
    "land": "oppervlakte land volgens het CBS",
}


@dataclass(frozen=True, slots=True)
class AreaTotals:
    """What the counts of one level are divided by; one entry for each area, in the order of `codes`.

    `area_km2` follows `basis` (one of `AREA_BASES`) and is None where not known; `addresses_outside` counts
    the addresses that lie in none of the areas.
    """

    level: str
    codes: tuple[str, ...]
    addresses: tuple[int, ...]
    area_km2: tuple[float | None, ...]
    basis: str
    addresses_outside: int = 0


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many records there are in one area, and of how many of them the municipality is not certain.

    `per_1000_addresses` and `per_km2` are None where there is nothing to divide by.
    """

    code: str
    count: int
    uncertain: int
    per_1000_addresses: float | None
    per_km2: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records there are in each area of a level.

    `records` = `placed` + `unplaced`; `uncertain` are among the placed. `notes` says in Dutch what the reader
    has to know about the rest.
    """

    level: str
    basis: str
    counts: tuple[AreaCount, ...]
    records: int
    placed: int
    unplaced: int
    uncertain: int
    notes: tuple[str, ...]


def check_basis(basis: str) -> str:
    """Return `basis`, or raise `AtlasError` naming those that exist."""
    if basis not in AREA_BASES:
        raise AtlasError("Deze oppervlakte bestaat niet.", got=basis, expected=", ".join(AREA_BASES))
    return basis


def check_land(level: str, basis: str, codes: Sequence[str], area_km2: Sequence[float | None]) -> None:
    """Refuse "per km² land" when the land area of an area is not known.

    Land is never guessed from polygons: they hold inland water, and at the coast a part of the sea.

    Raises:
        AtlasError: names the level and the first areas.
    """
    unknown = [code for code, area in zip(codes, area_km2, strict=True) if area is None]
    if basis == "land" and unknown:
        raise AtlasError(
            "Per km² land kan niet worden uitgerekend: de oppervlakte zonder water is niet bekend.",
            where=level,
            got=f"onbekend voor {len(unknown)} van de {len(codes)} gebieden: {', '.join(unknown[:5])}",
            hint="Gebruik grenzen met de landoppervlakte van het CBS, of reken per km² totaal.",
        )


def combined_totals(municipal: AreaTotals, level: str) -> AreaTotals:
    """The totals of survey regions or provinces: the sums over their municipalities.

    Raises:
        AtlasError: unknown level, or a municipality of the area is missing.
    """
    codes = tuple(one.code for one in areas(level))
    position = {code: index for index, code in enumerate(municipal.codes)}
    parts = [[one.code for one in members(code)] for code in codes]
    missing = sorted({code for part in parts for code in part} - position.keys())
    if missing:
        raise AtlasError(
            "Niet alle gemeenten van een gebied zijn geteld.", where=level, got=f"zonder {', '.join(missing)}"
        )
    rows = [[position[code] for code in part] for part in parts]
    return AreaTotals(
        level,
        codes,
        tuple(sum(municipal.addresses[row] for row in part) for part in rows),
        tuple(total(municipal.area_km2[row] for row in part) for part in rows),
        municipal.basis,
        municipal.addresses_outside,
    )


def total(areas_km2: Iterable[float | None]) -> float | None:
    """The sum of areas; None when one of them is not known."""
    found = 0.0
    for area in areas_km2:
        if area is None:
            return None
        found += area
    return found


def chosen_totals(totals: AreaTotals, codes: Collection[str]) -> AreaTotals:
    """The totals of some areas of a level only, in the same order."""
    kept = [row for row, code in enumerate(totals.codes) if code in codes]
    return AreaTotals(
        totals.level,
        tuple(totals.codes[row] for row in kept),
        tuple(totals.addresses[row] for row in kept),
        tuple(totals.area_km2[row] for row in kept),
        totals.basis,
        totals.addresses_outside + sum(totals.addresses) - sum(totals.addresses[row] for row in kept),
    )


def count_records(
    codes: Iterable[str], totals: AreaTotals, *, municipality_certain: Sequence[bool] | None = None
) -> Tally:
    """Count records per area.

    Args:
        codes: The area of each record at the level of the totals; "" when there is none.
        totals: What to divide by.
        municipality_certain: Whether the municipality of each record is certain (`gemeente_zeker`); None when
            it does not matter at this level.

    Raises:
        AtlasError: not one certainty for each record.
    """
    codes = list(codes)
    certain = [True] * len(codes) if municipality_certain is None else municipality_certain
    if len(certain) != len(codes):
        raise AtlasError(
            "Bij elk record hoort of de gemeente zeker is.",
            got=f"{len(certain)} keer bij {counted(len(codes), 'record', 'records')}",
        )
    count = Counter(codes)
    doubtful = Counter(code for code, sure in zip(codes, certain, strict=True) if not sure)
    counts = tuple(
        AreaCount(
            code,
            count[code],
            doubtful[code],
            _per(1000 * count[code], addresses),
            _per(count[code], area_km2),
        )
        for code, addresses, area_km2 in zip(totals.codes, totals.addresses, totals.area_km2, strict=True)
    )
    placed, uncertain = sum(one.count for one in counts), sum(one.uncertain for one in counts)
    return Tally(
        totals.level,
        totals.basis,
        counts,
        len(codes),
        placed,
        len(codes) - placed,
        uncertain,
        _notes(len(codes), len(codes) - placed, uncertain),
    )


def _per(count: int, divisor: float | None) -> float | None:
    return count / divisor if divisor else None


def _notes(records: int, unplaced: int, uncertain: int) -> tuple[str, ...]:
    notes = []
    of = f"van de {counted(records, 'record', 'records')}"
    if unplaced:
        lies, counts = ("ligt", "telt") if unplaced == 1 else ("liggen", "tellen")
        notes.append(f"{unplaced} {of} {lies} in geen van deze gebieden en {counts} niet mee.")
    if uncertain:
        notes.append(
            f"Van {uncertain} {of} is de gemeente nog niet zeker (te dicht bij een gemeentegrens); "
            f"{'het telt' if uncertain == 1 else 'ze tellen'} mee in de gemeente die nu is ingevuld."
        )
    return tuple(notes)
