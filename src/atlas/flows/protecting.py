"""Figures of a dossier for partners and for everyone: one protected table, and everything read from it.

Nothing else counts records for them. The attacker of `atlas audit` reads each file before it stands in place.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..core.counts.protected_counts import (
    counted_by_municipality,
    findings_of_yards,
    parts_of_wholes,
)
from ..core.counts.protected_figures import square_level, squares_within
from ..core.counts.rural_rates import VISIT_LAYERS
from ..core.counts.team_page import COUNTED_LAYERS
from ..core.disclosure.audiences import Audience
from ..core.disclosure.protected import areas_within
from ..core.disclosure.rules import own_rules
from ..core.disclosure.squares import SQUARES, square_at
from ..core.words.errors import AtlasError
from ..core.words.layer_names import FINDINGS, OBJECTS, YARDS
from ..core.words.notation import format_period
from ..jobs.handing_out import Request
from ..jobs.protected_table import (
    check_tables_are_there,
    for_audience,
    refuse_without_figures,
    stored_table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.areas.divisions import DetailLevel
    from ..core.disclosure.protected import ProtectedTable
    from ..core.disclosure.released import Records, Released
    from ..core.disclosure.rules import Rules
    from ..jobs.protected_table import ProtectedRecords
    from ..protection.squares import Squares
    from .team import TeamRequest

#: what is counted for others than a team
READ_LAYERS = (*COUNTED_LAYERS, *VISIT_LAYERS)


def read_protected(request: TeamRequest, audience: str, changes: Mapping[str, Any]) -> ProtectedRecords:
    """The protected table of the newest reference date: as it was made, or made now.

    Args:
        request: Which dossier, which municipalities, for what.
        audience: `partners` or `openbaar`.
        changes: Rules that the maker set otherwise, and why.

    Raises:
        AtlasError: a rule that can't be, no municipality or purpose, nothing to count, a table that was
            edited, or no solver to make one with.
    """
    from ..dossier.handing_out import release_records
    from ..dossier.opening import open_dossier
    from ..dossier.protected_tables import kept_table, read_tables

    rules = own_rules(audience, changes, "[rules]")
    made_by = own_rules(Audience.PARTNERS, changes if audience == Audience.PARTNERS else {}, "[rules]")
    dossier = open_dossier(request.dossier)
    released = release_records(
        dossier,
        READ_LAYERS,
        audience=Audience.TEAM,
        municipalities=request.municipalities,
        purpose=request.purpose,
    )
    peildatum = _reference_date(released)
    there = {table.peildatum for table in read_tables(dossier.folder)}
    check_tables_are_there(dossier)

    def make(key: bytes, before: list[ProtectedTable]) -> ProtectedTable:
        made = _made(released, peildatum, made_by, key, before)
        refuse_without_figures(made, made_by, dossier)  # a table that is kept can't be made for more
        return made

    table = kept_table(dossier.folder, peildatum, make)
    missing = sorted(set(released.municipalities) - set(table.municipalities))
    if missing:
        raise AtlasError(
            "De beschermde tabel van deze peildatum gaat niet over al deze gemeenten.",
            where=peildatum,
            got=", ".join(missing),
            expected=", ".join(table.municipalities),
            hint="De tabel staat vast. Kies gemeenten die erin staan, of wacht op een volgende peildatum.",
        )
    warnings = [*released.sentences]
    if peildatum in there:
        warnings.append(
            f"De cijfers komen uit de beschermde tabel van {format_period(peildatum)}, zoals die is gemaakt."
        )
    return for_audience(
        dossier, table, rules, released.municipalities, purpose=request.purpose, warnings=warnings
    )


def existing_protected(request: TeamRequest, audience: str) -> ProtectedRecords:
    """The newest protected table that is there, for an audience; see `jobs.protected_table.stored_table`.

    Args:
        request: Which dossier, which municipalities, for what.
        audience: `partners` or `openbaar`.
    """
    return stored_table(
        request.dossier, Request(audience, tuple(request.municipalities), request.purpose, request.user)
    )


def square_details(records: ProtectedRecords) -> list[tuple[DetailLevel, Mapping[str, Any]]]:
    """The level of squares of the table with its shapes; none when there is none."""
    from ..geo.measuring.protected_squares import shapes_of_areas

    municipalities = records.released.municipalities
    level = square_level(records.table, municipalities)
    return [(level, shapes_of_areas(squares_within(records.table, municipalities)))] if level else []


def _reference_date(released: Released[Records]) -> str:
    dates = [
        str(record["peildatum"])
        for layer in COUNTED_LAYERS
        for record in released.content[layer]
        if record.get("peildatum")
    ]
    if not dates:
        raise AtlasError(
            "In dit dossier valt voor deze gemeenten niets te tellen.",
            expected="objecten, erven of signalen met een peildatum",
            hint="Lees eerst objecten of erven in.",
        )
    return max(dates)[:10]


def _made(
    released: Released[Records], peildatum: str, rules: Rules, key: bytes, before: list[ProtectedTable]
) -> ProtectedTable:
    try:
        from ..protection.making import Counted, made
    except ImportError as error:
        raise AtlasError(
            "Een beschermde tabel maken vraagt de bibliotheek highspy.",
            hint="Laat de beheerder die installeren: pip install 'buitengebied-atlas[protection]'.",
        ) from error
    codes, records = released.municipalities, released.content
    farms = dict.fromkeys(codes, 0)
    home = {str(yard["uuid"]): str(yard["gemeente_code"]) for yard in records[YARDS]}
    for code in home.values():
        farms[code] += 1
    if not home:
        raise AtlasError(
            "Zonder agrarische bedrijven in het dossier is niet te zeggen uit hoeveel er is geteld.",
            got="geen enkel erf in agrarisch_bedrijf",
            expected=f"{rules.minste_bedrijven} of meer voor elk gebied met een cijfer",
            hint="Lees eerst de agrarische bedrijven in.",
        )
    findings: dict[str, list[int]] = {code: [] for code in codes}
    for yard, number in sorted(findings_of_yards(records).items()):
        if yard in home:
            findings[home[yard]].append(number)
    numbers = counted_by_municipality(records, codes)
    counts = Counted(
        peildatum,
        numbers,
        [inside for _, _, inside in areas_within(codes, rules.geografieen)],
        farms,
        {FINDINGS: findings} if FINDINGS in numbers else {},
        parts_of_wholes,
        _squares(records, codes) if SQUARES in rules.geografieen else None,
    )
    return made(counts, rules, key, before)


def _squares(records: Records, codes: Sequence[str]) -> Squares | None:
    """Objects and farms of each square of 5 km, and the municipalities it touches; None without objects."""
    from ..geo.measuring.protected_squares import squares_of_municipalities
    from ..protection.squares import Squares

    if not records[OBJECTS]:
        return None
    touching = {square: set(of_square) for square, of_square in squares_of_municipalities(codes).items()}
    found: dict[str, Counter[str]] = {OBJECTS: Counter(), YARDS: Counter()}
    for layer, numbers in found.items():
        for record in records[layer]:
            if place := record["geometrie"]:
                square = square_at(*place)
                numbers[square] += 1
                touching.setdefault(square, set()).add(str(record["gemeente_code"]))
    return Squares(
        OBJECTS, found[OBJECTS], found[YARDS],
        {square: tuple(sorted(of_square)) for square, of_square in sorted(touching.items())},
    )  # fmt: skip
