"""Why the values of a join may not be used: one sentence, the first that applies."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ..areas.districts import DISTRICT_LEVEL, DISTRICT_YEAR, joinable_area, joinable_areas
from ..areas.divisions import levels
from ..areas.resolution import EXACT, SPELLING
from ..areas.resolving import resolve
from ..schema.outcomes import PLACE, UNKNOWN, VALUE_OUT_OF_RANGE
from ..tables.cell_numbers import UNDECIDED, shown
from ..words.errors import AtlasError
from ..words.notation import TABLE_CHOICES, UNIT_LABEL, check_unit, counted
from .combining import ADDS_UP_ON_REQUEST
from .joined import cell_text
from .mixed_rows import mixture, varying_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..tables.table import Table
    from ..words.errors import Choice
    from .combining import Draft
    from .joined import JoinReport

#: units of what is divided by a column, and by how much it is multiplied
RATE_SCALES = {"per_100": 100, "per_1000": 1_000, "per_km2": 1}
#: a column of this name holds no counts
_RATE_NAME = re.compile(
    r"gemiddeld|percentage|procent|aandeel|%|\bper\b|verhouding|ratio|dichtheid|mediaan|index", re.IGNORECASE
)
#: how many examples a sentence names, and in how many rows they are looked for
_NAMED = 5
_LOOKED_AT = 200


def refusal(
    draft: Draft, report: JoinReport, *, table: Table, used: Mapping[str, str | None], level: str
) -> AtlasError | None:
    """Why the values of a join may not be used, or None when they may.

    Args:
        draft: The numbers of every row and what combining them found.
        report: The finished report.
        table: The table.
        used: What a column is used for ("key", "value", ...) -> its name.
        level: The level that was asked for.
    """
    names = frozenset(filter(None, used.values()))
    undecided = any(
        kind == UNDECIDED and code for kind, code in zip(draft.values.kinds, report.area_codes, strict=True)
    )
    for column, matters in ((draft.values, undecided), (draft.sizes, undecided), (draft.weights, True)):
        if matters and column is not None and column.refusal is not None:
            return column.refusal
    return (
        mixture(table, names, report.area_codes, draft.values.values, draft.unit)
        or _double_refusal(draft, table, names)
        or _no_sum_refusal(draft, table, used["value"] or "")
        or _range_refusal(report, table.source)
        or (
            None if report.rows_on_map() else _nothing_refusal(report, table.source, used["key"] or "", level)
        )
    )


#: rows of one kind are doubles where kinds are added up: nothing else adds them up there
_NO_SECOND_OF_A_KIND: tuple[str, tuple[Choice, ...]] = ("haal weg wat er dubbel staat", ())


def _double_refusal(draft: Draft, table: Table, used: frozenset[str]) -> AtlasError | None:
    how, choices = _way_to_combine(draft.unit) if draft.kinds is None else _NO_SECOND_OF_A_KIND
    causes = (
        (
            draft.doubled,
            "Voor één gebied staan er meer rijen in de tabel.",
            f"Houd één rij per gebied over (één periode, één groep), of {how}.",
            choices,
        ),
        (
            draft.mixed,
            "Een gemeente en haar voorgangers of plaatsen hebben een waarde: dat telt misschien dubbel.",
            f"Geef het jaar van de indeling op, houd één van beide over, of {how}.",
            ("year", *choices),
        ),
        (
            draft.unweighted,
            "Er gaan meer rijen over één gebied, en deze cijfers zijn niet zomaar op te tellen.",
            f"Houd één rij per gebied over, of {how}.",
            choices,
        ),
    )
    for found, title, hint, mending in causes:
        if found:
            named = [f"{joinable_area(code).label}: {draft.named(rows)}" for code, rows in found.items()]
            differences = dict(
                difference for rows in found.values() for difference in varying_columns(table, used, rows)
            )
            detail = "; ".join(f'kolom "{name}" ({texts})' for name, texts in differences.items())
            return AtlasError(
                title,
                detail=f"De rijen over één gebied verschillen in {detail}." if detail else "",
                where=table.source,
                got=_listed(named),
                hint=hint,
                choices=mending,
            )
    return None


def _no_sum_refusal(draft: Draft, table: Table, value: str) -> AtlasError | None:
    """The refusal of adding up a column that by its name is a mean, a share or a rate."""
    if draft.weights is not None or not draft.summed or not _RATE_NAME.search(value):
        return None
    code, rows = next(iter(draft.summed.items()))
    return AtlasError(
        "Deze kolom is naar haar naam een gemiddelde, aandeel of verhouding: die worden niet opgeteld.",
        where=f'{table.source}, kolom "{value}"',
        got=f"{joinable_area(code).label}: {draft.named(rows)}",
        hint="Houd één rij per gebied over, of kies de eenheid van de kolom en de kolom met de weging.",
        choices=("unit", "weight"),
    )


def _way_to_combine(unit: str) -> tuple[str, tuple[Choice, ...]]:
    """What to do with several rows, and what to choose for it."""
    if unit == "count":
        return "laat ze optellen", ("combine",)
    if unit in ADDS_UP_ON_REQUEST:
        return (
            "zeg met de eenheid wat het is: aantallen zijn op te tellen, gemiddelden met een weegkolom",
            ("unit", "weight"),
        )
    return "laat er met een weegkolom een gewogen gemiddelde van maken", ("combine", "weight")


def _range_refusal(report: JoinReport, where: str) -> AtlasError | None:
    if VALUE_OUT_OF_RANGE not in report.counts():
        return None
    found = [
        f"rij {line.row}: {line.explanation.rstrip('.')}"
        for line in report
        if line.outcome == VALUE_OUT_OF_RANGE
    ]
    return AtlasError(
        "Er staan waarden in de tabel die niet kunnen.",
        where=where,
        got=_listed(found),
        hint="Verbeter deze rijen, of kies de eenheid die erbij hoort.",
        choices=("unit",),
    )


def _nothing_refusal(report: JoinReport, source: str, key: str, level: str) -> AtlasError:
    if any(report.area_codes):
        counts = [f"{outcome} {count}" for outcome, count in report.counts().items()]
        return AtlasError(
            "Geen enkel gebied krijgt een waarde.",
            where=source,
            got=", ".join(counts),
            hint="Het rapport zegt per rij waarom.",
        )
    if places := report.counts().get(PLACE):
        named = [shown(line.text) for line in report if line.outcome == PLACE]
        return AtlasError(
            "Deze tabel gaat over plaatsen, niet over gemeenten.",
            where=f'{source}, kolom "{key}"',
            got=f"{counted(places, 'rij', 'rijen')} over een plaats: {_listed(named)}",
            hint="Gebruik cijfers per gemeente. Zijn het aantallen, dan kunnen ze bij hun gemeente worden "
            "opgeteld.",
            choices=("unit", "places"),
        )
    texts = list(dict.fromkeys(filter(None, map(cell_text, islice(report.texts, _LOOKED_AT)))))
    other = next((known.label.lower() for known in levels() if _fits(texts, known.id, level)), "")
    reasons = [line.explanation for line in islice(report, _LOOKED_AT) if line.outcome == UNKNOWN]
    return AtlasError(
        "Geen enkele rij gaat over een gebied dat deze atlas kent.",
        detail=next((reason for reason in reasons if reason), ""),
        where=f'{source}, kolom "{key}"',
        got=_listed([shown(text) for text in texts]),
        expected=f"namen of codes van het niveau {level}",
        hint=f"Bedoelde u het niveau {other}? Kies dat dan."
        if other
        else "Controleer of de gekozen kolom die met de gebieden is.",
        choices=("level",) if other else ("key",),
    )


def _fits(texts: Sequence[str], other: str, level: str) -> bool:
    return other != level and any(
        resolve(text, other).reason in {EXACT, SPELLING} for text in texts if not text.isdigit()
    )


def _listed(items: Sequence[str]) -> str:
    more = len(items) - _NAMED
    return "; ".join(items[:_NAMED]) + (f"; en nog {more}" if more > 0 else "")


# --- what may be asked -----------------------------------------------------------------------------------


def check_choices(level: str, unit: str, weight: str | None, combination: str) -> None:
    """Check level, unit and ways to combine.

    Raises:
        AtlasError: one that does not exist, or weights beside counts.
    """
    joinable_areas(level)
    check_unit(unit)
    if combination not in TABLE_CHOICES["combine"]:
        raise AtlasError(
            "Zo kunnen rijen niet worden samengevoegd.",
            got=combination,
            expected=" of ".join(TABLE_CHOICES["combine"]),
        )
    if weight and unit == "count":
        raise AtlasError(
            "Bij aantallen hoort geen weegkolom: aantallen worden opgeteld.",
            hint="Laat de weegkolom weg, of kies een andere eenheid.",
            choices=("weight", "unit"),
        )


def check_places(places: str, unit: str, level: str, *, divided: bool) -> None:
    """Check that only counts of municipalities are added up from places, or divided.

    Raises:
        AtlasError: they are of another unit or level.
    """
    if places not in TABLE_CHOICES["places"]:
        raise AtlasError(
            "Zo kunnen plaatsen niet worden gelezen.",
            got=places,
            expected=" of ".join(TABLE_CHOICES["places"]),
        )
    if (places == "sum" or divided) and (unit, level) != ("count", "gemeente"):
        raise AtlasError(
            "Alleen aantallen kunnen naar adressen over gemeenten worden verdeeld."
            if divided
            else "Alleen aantallen kunnen van plaatsen naar hun gemeente worden opgeteld.",
            got=f"de eenheid {UNIT_LABEL[unit]} op het niveau {level}",
            expected="een aantal per gemeente",
            hint="Zijn het aantallen, kies die eenheid; een percentage of gemiddelde van een deel is geen "
            "cijfer van het geheel, en andersom.",
            choices=("unit",),
        )


def check_district_choices(level: str, year: int | None, municipality: str | None) -> None:
    """Check that wijken are of the year there is, and that only they have a column of municipalities.

    Raises:
        AtlasError: another year, or another level.
    """
    if level == DISTRICT_LEVEL and year not in (None, DISTRICT_YEAR):
        raise AtlasError(
            f"De atlas heeft alleen de wijken van {DISTRICT_YEAR}.",
            got=f"de indeling van {year}",
            hint="Een code kan in een ander jaar een andere wijk zijn. Gebruik cijfers op de indeling van "
            f"{DISTRICT_YEAR}.",
            choices=("year",),
        )
    if municipality and level != DISTRICT_LEVEL:
        raise AtlasError(
            "Een kolom met de gemeente hoort bij namen van wijken.",
            got=f'kolom "{municipality}" op het niveau {level}',
            hint="Laat die kolom weg, of kies het niveau wijk.",
            choices=("level",),
        )


def check_rate(unit: str, per: str | None, weight: str | None) -> None:
    """Check that a column to divide by goes with a rate.

    Raises:
        AtlasError: another unit, or weights as well.
    """
    if per and (unit not in RATE_SCALES or weight):
        raise AtlasError(
            "Met een kolom om door te delen worden aantallen een verhouding.",
            got=f"de eenheid {UNIT_LABEL[unit]}" + (" met een weegkolom" if weight else ""),
            expected=f"een eenheid van {', '.join(RATE_SCALES)}, zonder weegkolom",
        )
