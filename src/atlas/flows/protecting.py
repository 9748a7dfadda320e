"""Figures of a dossier for partners and for everyone: one protected table, and everything read from it.

Nothing else counts records for them. The attacker of `atlas audit` reads each file before it stands in place.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..core.counts.protected_counts import (
    COUNTS_OF,
    counted_by_municipality,
    findings_of_yards,
    parts_of_wholes,
)
from ..core.counts.protected_figures import protected_figures, square_level, squares_within
from ..core.counts.rural_figures import rural_source
from ..core.counts.rural_rates import VISIT_LAYERS
from ..core.counts.team_page import COUNTED_LAYERS
from ..core.disclosure.audiences import Audience
from ..core.disclosure.figures import release_table
from ..core.disclosure.protected import areas_within
from ..core.disclosure.rules import own_rules
from ..core.disclosure.squares import SQUARES, square_at
from ..core.words.errors import AtlasError
from ..core.words.layer_names import FINDINGS, OBJECTS, YARDS
from ..core.words.notation import format_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..core.areas.divisions import DetailLevel
    from ..core.disclosure.protected import ProtectedTable
    from ..core.disclosure.released import Records, Released
    from ..core.disclosure.rules import Rules
    from ..core.figures.indicators import Catalogue
    from ..dossier.files import Dossier
    from ..dossier.issue_register import Said
    from ..protection.squares import Squares
    from .team import TeamRequest

#: what is counted for others than a team
READ_LAYERS = (*COUNTED_LAYERS, *VISIT_LAYERS)


@dataclass(frozen=True, slots=True)
class ProtectedRecords:
    """A dossier with the protected table of its newest reference date, for one audience.

    `notes` are for the readers, `warnings` for the maker.
    """

    dossier: Dossier
    released: Released[ProtectedTable]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def table(self) -> ProtectedTable:
        """The part of the table that the audience may have."""
        return self.released.content


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

    def make(key: bytes, before: list[ProtectedTable]) -> ProtectedTable:
        return _made(released, peildatum, made_by, key, before)

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
    return _for_audience(
        dossier, table, rules, released.municipalities, purpose=request.purpose, warnings=warnings
    )


def existing_protected(request: TeamRequest, audience: str) -> ProtectedRecords:
    """The newest protected table that is there, for an audience; none is made for it.

    Args:
        request: Which dossier, which municipalities, for what.
        audience: `partners` or `openbaar`.

    Raises:
        AtlasError: there is no table with these municipalities: others get no figure then.
    """
    from ..dossier.issue_register import check_issue
    from ..dossier.opening import open_dossier
    from ..dossier.protected_tables import read_tables

    dossier = open_dossier(request.dossier)
    codes = check_issue(
        dossier, None, purpose=request.purpose, audience=audience, municipalities=request.municipalities,
        user=request.user,
    )  # fmt: skip
    tables = [one for one in read_tables(dossier.folder) if set(codes) <= set(one.municipalities)]
    if not tables:
        raise AtlasError(
            "Er is geen beschermde tabel met deze gemeente, en zonder gaan er geen aantallen naar buiten.",
            where=str(request.dossier), got=", ".join(codes),
            hint=f"Maak eerst de cijfers: atlas build --dossier MAP --audience {audience}",
        )  # fmt: skip
    return _for_audience(
        dossier, tables[-1], own_rules(audience, {}, "[rules]"), codes, purpose=request.purpose
    )


def _for_audience(
    dossier: Dossier,
    table: ProtectedTable,
    rules: Rules,
    codes: Iterable[str],
    *,
    purpose: str,
    warnings: Sequence[str] = (),
) -> ProtectedRecords:
    peildatum = table.peildatum
    seen = table.for_audience(rules, COUNTS_OF)
    if not seen.cells:
        raise AtlasError(
            "Voor deze gemeenten is er geen aantal dat anderen mogen zien; er is niets gemaakt.",
            detail=f"Van minder dan {rules.minste_bedrijven} erven wordt geen aantal gegeven.",
            where=str(dossier.folder), got=", ".join(table.municipalities),
            hint="Noem meer gemeenten, of wacht tot er meer is vastgelegd.",
            choices=("municipality",),
        )  # fmt: skip
    return ProtectedRecords(
        dossier,
        release_table(
            seen,
            municipalities=codes,
            purpose=purpose,
            fictitious=dossier.fictitious,
        ),
        (rules.sentence, _until(rules.last_day(peildatum)), *table.notes),
        tuple(warnings),
    )


def with_protected(catalogue: Catalogue, records: ProtectedRecords) -> Catalogue:
    """The catalogue with the figures of the table."""
    source = replace(
        rural_source(records.table.peildatum, fictitious=records.dossier.fictitious),
        licence_note="Afgeronde aantallen; de gegevens zelf blijven bij de gemeente.",
    )
    indicators, values = protected_figures(records.table, source, records.released.municipalities)
    return replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators),
        values=(*catalogue.values, *values),
    )


def square_details(records: ProtectedRecords) -> list[tuple[DetailLevel, Mapping[str, Any]]]:
    """The level of squares of the table with its shapes; none when there is none."""
    from ..geo.measuring.protected_squares import shapes_of_areas

    municipalities = records.released.municipalities
    level = square_level(records.table, municipalities)
    return [(level, shapes_of_areas(squares_within(records.table, municipalities)))] if level else []


def rule_in_register(records: ProtectedRecords) -> str:
    """The rule as the register keeps it, with the table and why it is weaker, if it is."""
    rules = records.table.rules
    why = f" Soepeler dan de regel: {rules.reden}" if rules.reden else ""
    return f"Beschermde tabel {records.table.peildatum}, afgerond op {rules.grondtal}.{why}"


def said_of(records: ProtectedRecords, figures: Iterable[str]) -> Said:
    """What the register says of the figures in a file: which, of which table, by which rules, until when."""
    from ..dossier.issue_register import Said

    table = records.table
    checksum = hashlib.sha256(table.as_text().encode()).hexdigest()
    return Said(
        tuple(figures),
        f"{table.peildatum} {checksum}",
        table.rules.checksum,
    )


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


def _until(last: str) -> str:
    """The sentence that says until when the figures may be used."""
    return f"De cijfers van het dossier zijn te gebruiken tot en met {format_period(last)}."
