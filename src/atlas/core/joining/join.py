"""Values on areas: which area is each row about, what is its value, and what became of every row.

A row gets the first outcome of this list that applies (`docs/joining.md` has an example of each):

1. the text is an area (name, spelling or code) -> go on at 5; then `totaalregel`; then `voetnoot`; then
   `opgeheven`: a municipality that is no more, beside an empty cell;
2. `plaats`: a place, of which the municipality gets no value unless counts are to be added up;
   `verdeeld`: was divided over two, and counts are to be divided by addresses; `dubbelzinnig`
3. `buiten_gebied`  4. `onbekend`  (a corrected typing error goes on at 5)
5. `dubbel`: more rows for one area than may be combined;
6. `waarde_ontbreekt`, `waarde_onleesbaar`, `waarde_buiten_bereik`: its own cell, then those it depends on;
7. `herindeling`, `gecorrigeerd`, `gekoppeld_spelling`, `gekoppeld`: the value is on the map.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..areas.districts import DISTRICT_LEVEL, DISTRICT_YEAR
from ..areas.divisions import area
from ..areas.population import inhabitants, land_km2
from ..schema.outcomes import ABOLISHED, DIVIDED, FOOTNOTE, OUTCOMES
from ..tables.area_headers import check_header_is_no_row
from ..tables.cell_numbers import MISSING, OUT_OF_RANGE, UNDECIDED
from ..tables.parsing import Numbers, parse_column
from ..tables.periods import provisional_status, provisional_texts
from ..tables.side_rows import is_footnote
from ..words.errors import AtlasError
from ..words.notation import UNIT_LABEL
from .area_matches import Match, match_areas, match_districts
from .combining import Draft, JoinedValue, combine_rows, former_key
from .join_refusals import (
    RATE_SCALES,
    check_choices,
    check_district_choices,
    check_places,
    check_rate,
    refusal,
)
from .joined import Joined, JoinReport, cell_text
from .mixed_rows import column_to_sum_over
from .statistics import (
    Choice,
    chosen_publication,
    interval_columns,
    unusable_intervals,
    withholding_states,
)
from .total_rows import hold_totals_against

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..areas.divisions import Area
    from ..areas.population import AreaDivisor
    from ..tables.cell import Cell
    from ..tables.table import Table
    from .dividing import Division

#: what one respondent's answer is as a percentage
_ANSWERS = frozenset({0.0, 100.0, None})
_FOOTNOTE = OUTCOMES.index(FOOTNOTE)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_GONE = "Deze gemeente bestaat niet meer, en de cel is leeg."
_NOTE = "Een noot of toelichting, geen gebied."
_OF_ONE_YEAR = (
    f"Gekoppeld aan de wijken van {DISTRICT_YEAR}. In een tabel van een ander jaar kan een wijk met "
    "dezelfde code anders liggen."
)


def join(
    table: Table,
    *,
    level: str,
    value: str,
    key: str = "",
    unit: str | None = None,
    n: str | None = None,
    weight: str | None = None,
    year: int | None = None,
    combine: str = "error",
    decimal: str | None = None,
    dash: str | None = None,
    places: str = "error",
    below_one: str | None = None,
    per: str | None = None,
    municipality: str | None = None,
    per_population: int | None = None,
    per_land: bool = False,
    choice: Choice | None = None,
    divisions: Sequence[Division] = (),
) -> Joined:
    """Join the values of a table to the areas of a level.

    Args:
        table: The table.
        level: Level of the areas in the key column.
        value: Column with the values; of a statistical table also the name of a topic.
        key: Column with names or codes of areas; "" for the one that a statistical table is known by.
        unit: Unit of the values (see `notation`); None for that of a statistical table, else "number".
        n: Column with the number of respondents, added up along.
        weight: Column with weights; rows of one area then become a weighted mean.
        year: Year of the municipal division of the codes and names.
        combine: "sum" adds up rows of one area, "error" refuses them.
        decimal: Decimal mark of the columns, None to let each decide.
        dash: What "-" means: "zero", "missing" or None.
        places: "sum" adds the counts of places up to those of their municipality, "error" gives them none.
        below_one: What 0,36 is in a column of percentages: "percent", "fraction" or None.
        per: Column to divide by, after adding up: the values are counts, and become a rate of `unit`.
        municipality: Column with the municipality of each row, for names of wijken.
        per_population: Divide counts by the inhabitants of each area, of this year.
        per_land: Divide counts by the km² of land of each area.
        choice: Which rows of the table, and the columns with the interval of each value.
        divisions: How counts of municipalities that were divided are estimated (`dividing`).

    Returns:
        Values and report; with `refusal` when the values may not be used.

    Raises:
        AtlasError: a column, level, unit or choice that doesn't exist, or a table without a header.
    """
    check_header_is_no_row(table.columns, key, table.source)
    chosen = chosen_publication(
        table, choice or Choice(), level=level, key=key, value=value, unit=unit, year=year
    )
    table, key, value, unit, year = chosen.table, chosen.key, chosen.value, chosen.unit, chosen.year
    decimal = decimal or chosen.decimal
    check_choices(level, unit, weight, combine)
    embedded = _embedded_divisor(level, unit, per, weight, per_population, per_land=per_land)
    check_places(places, "count" if per or embedded else unit, level, divided=bool(divisions))
    check_district_choices(level, year, municipality)
    texts = table.column(key)

    def numbers(column: str, unit: str, otherwise: str = "") -> Numbers:
        return parse_column(
            table.column(column),
            unit=unit,
            decimal=decimal,
            dash=dash,
            below_one=below_one,
            where=f'{table.source}, kolom "{column}"',
            rows=table.rows,
            otherwise=otherwise,
        )

    check_rate(unit, per, weight)
    counted_in = "count" if per or embedded else unit
    values = numbers(value, counted_in)
    # "1.037" proves nothing by itself; a percentage "7,9" in the same file does
    sizes = numbers(n, "count", values.mark) if n else None
    weights = numbers(weight, "number", values.mark) if weight else None
    divisors = numbers(per, "count", values.mark) if per else None
    states = withholding_states(table, choice.state if choice else "")
    worth = (
        numbers(choice.n_effective, "number", values.mark).values if choice and choice.n_effective else None
    )
    around = [numbers(column, "number", values.mark).values for column in chosen.ends]
    if sizes is not None:
        values = _with_sizes(values, sizes, counted_in)
    beside = table.column(municipality) if municipality else None
    kinds = (
        column_to_sum_over(table, choice.sum_over, counted_in, texts, values.values)
        if choice and choice.sum_over
        else None
    )
    matches, match_of_row = (
        match_districts(texts, beside)
        if level == DISTRICT_LEVEL
        else match_areas(texts, level, year, places, divisions, listed=table.description is not None)
    )

    outcome_of_match = bytes(OUTCOMES.index(match.outcome) for match in matches)
    explanation_of_match = [match.explanation for match in matches]
    draft = Draft(
        rows=table.rows,
        outcomes=bytearray(map(outcome_of_match.__getitem__, match_of_row)),
        explanations=list(map(explanation_of_match.__getitem__, match_of_row)),
        values=values,
        sizes=sizes,
        weights=weights,
        divisors=divisors,
        scale=RATE_SCALES.get(unit, 1),
        unit=counted_in,
        adds_up=combine == "sum",
        worth=worth,
        states=states,
        interval=interval_columns(
            values.values,
            around,
            is_margin=bool(choice and choice.margin),
            is_percentage=unit == "percent",
        ),
        each_row_is_one=bool(weight) and not n and unit == "percent" and set(values.values) <= _ANSWERS,
        of_area=embedded.of_area if embedded else None,
        kinds=kinds,
        every_kind=frozenset(  # a row that names no area may be of any
            kind
            for kind, match, text in zip(kinds or (), match_of_row, texts, strict=False)
            if matches[match].area or text in (None, "")
        ),
        divided=_divided(matches, match_of_row),
    )
    texts = _mark_footnotes(table, texts, matches, match_of_row, draft)
    _mark_abolished(matches, match_of_row, draft)
    if sizes is not None:
        _note_sizes(sizes, matches, match_of_row, draft)
    joined = _combine_all(matches, match_of_row, draft)
    code_of_match = [
        match.area.code if match.area else " ".join(match.division.parts if match.division else ())
        for match in matches
    ]
    report = JoinReport(
        rows=table.rows,
        texts=texts,
        outcomes=bytes(draft.outcomes),
        area_codes=list(map(code_of_match.__getitem__, match_of_row)),
        explanations=draft.explanations,
        period=chosen.period,
        figure=chosen.figure,
    )
    used = {
        "key": key, "value": value, "n": n, "weight": weight, "per": per, "municipality": municipality,
        **{f"chosen {column}": column for column in (*chosen.used, *chosen.ends, *_side_columns(choice))},
    }  # fmt: skip
    footnotes = (
        cell_text(text) for text, outcome in zip(texts, draft.outcomes, strict=True) if outcome == _FOOTNOTE
    )
    provisional = provisional_texts((*table.around, *footnotes), value, table.columns)
    notes = (
        *chosen.notes,
        *_about_provisional(provisional, value, chosen.period),
        *hold_totals_against(draft, texts, report.area_codes),
        *unusable_intervals(values.values, around, draft.interval, table.rows),
        *dict.fromkeys(value.note for value in joined if value.note),
    )
    if level == DISTRICT_LEVEL and year is None:
        notes = (*notes, _OF_ONE_YEAR)
    return Joined(
        joined,
        report,
        refusal(draft, report, table=table, used=used, level=level),
        (*notes, embedded.note) if embedded else notes,
        embedded.name if embedded else per or chosen.denominator,
        embedded.note if embedded else "",
        unit,
        chosen.status,
        tuple(draft.withheld),
        provisional,
    )


def _side_columns(choice: Choice | None) -> tuple[str, ...]:
    return tuple(filter(None, (choice.n_effective, choice.state, choice.sum_over))) if choice else ()


def _embedded_divisor(
    level: str, unit: str, per: str | None, weight: str | None, population: int | None, *, per_land: bool
) -> AreaDivisor | None:
    """What the atlas itself divides by, when it is asked to."""
    if population is None and not per_land:
        return None
    if sum((population is not None, per_land, bool(per))) > 1 or weight:
        raise AtlasError(
            "Een aantal wordt maar door één ding gedeeld.",
            got="meer dan één van: een kolom, de inwoners, het land"
            if not weight else "de inwoners of het land, met een weegkolom",
            hint="Kies er een.",
        )  # fmt: skip
    wanted = ("per_km2",) if per_land else ("per_1000", "per_100")
    if unit not in wanted:
        raise AtlasError(
            "Met deze eenheid kan niet door het land worden gedeeld." if per_land
            else "Met deze eenheid kan niet door de inwoners worden gedeeld.",
            got=UNIT_LABEL[unit], expected=" of ".join(wanted), hint="Kies die eenheid.", choices=("unit",),
        )  # fmt: skip
    return land_km2(level) if per_land else inhabitants(level, population or 0)


def _with_sizes(values: Numbers, sizes: Numbers, unit: str) -> Numbers:
    """The values without those whose n makes them meaningless: 0, negative, or undecided."""
    kinds, reasons = list(values.kinds), list(values.reasons)
    for position, (kind, size) in enumerate(zip(sizes.kinds, sizes.values, strict=True)):
        if kinds[position] or not (kind or size == 0):
            continue
        if kind in {OUT_OF_RANGE, UNDECIDED}:
            kinds[position], reasons[position] = kind, f"n: {sizes.reasons[position]}"
        elif not kind and unit != "count":
            kinds[position] = OUT_OF_RANGE
            reasons[position] = "n is 0: zonder respondenten heeft dit cijfer geen betekenis."
    return replace(values, kinds=kinds, reasons=reasons)


def _about_provisional(texts: Sequence[str], value: str, period: str) -> Iterator[str]:
    """What is told of notes that call the figures provisional, unless they name another year."""
    named = _YEAR.search(period or value)
    for text in texts:
        if provisional_status([text], named[1] if named else ""):
            yield f'Bij de tabel staat: "{text}".'


def _mark_footnotes(
    table: Table, texts: Sequence[Cell], matches: list[Match], match_of_row: list[int], draft: Draft
) -> Sequence[Cell]:
    """Mark footnotes and empty rows; returns the texts, with the footnote where the key cell is empty."""
    possible = [match.may_be_footnote for match in matches]
    elsewhere: dict[int, str] = {}
    for position, match in enumerate(match_of_row):
        if not possible[match] or draft.values.values[position] is not None:
            continue
        filled = [text for column in table.cells if (text := cell_text(column[position]).strip())]
        text = cell_text(texts[position]).strip()
        if not filled:
            draft.mark((position,), FOOTNOTE, "Lege rij.")
        elif text and is_footnote(text, stands_alone=len(filled) == 1):
            draft.mark((position,), FOOTNOTE, _NOTE)
        elif not text and len(filled) == 1 and is_footnote(filled[0], stands_alone=True):
            draft.mark((position,), FOOTNOTE, _NOTE)
            elsewhere[position] = filled[0]
    if not elsewhere:
        return texts
    return [elsewhere.get(position, text) for position, text in enumerate(texts)]


def _mark_abolished(matches: list[Match], match_of_row: list[int], draft: Draft) -> None:
    """Mark the empty rows of municipalities that are no more: a list of CBS names every one there was."""
    gone = [match.was_municipality for match in matches]
    if not any(gone):
        return
    for position, match in enumerate(match_of_row):
        if gone[match] and draft.values.kinds[position] == MISSING:
            draft.mark((position,), ABOLISHED, _GONE)


def _note_sizes(sizes: Numbers, matches: list[Match], match_of_row: list[int], draft: Draft) -> None:
    """Say at a row that its n is missing: the value is kept, how sure it is can't be said."""
    for position, kind in enumerate(sizes.kinds):
        if kind and matches[match_of_row[position]].area:
            explanation = f"{draft.explanations[position]} n is niet bekend: {sizes.reasons[position]}"
            draft.explanations[position] = explanation.strip()


# --- what it adds up to ---------------------------------------------------------------------------------


def _combine_all(matches: list[Match], match_of_row: list[int], draft: Draft) -> tuple[JoinedValue, ...]:
    """One value for every area that can have one, in the order of the table."""
    found: dict[Area, dict[str, list[int]]] = {}
    slots = [
        found.setdefault(match.area, {}).setdefault(match.part, []) if match.area else None
        for match in matches
    ]
    for position, match in enumerate(match_of_row):
        slot = slots[match]
        if slot is not None:
            slot.append(position)
    for position, division in draft.divided.items():
        for code in division.parts:
            found.setdefault(area(code), {}).setdefault(former_key(division.former), []).append(position)
    joined = [combine_rows(one, parts, draft) for one, parts in found.items()]
    for position in draft.parted:  # of both parts one may be used
        draft.mark((position,), DIVIDED, draft.divided[position].sentence)
    return tuple(value for value in joined if value is not None)


def _divided(matches: list[Match], match_of_row: list[int]) -> dict[int, Division]:
    """Position of each row that is divided over areas -> how."""
    how = {number: match.division for number, match in enumerate(matches) if match.division}
    if not how:
        return {}
    return {position: how[match] for position, match in enumerate(match_of_row) if match in how}
