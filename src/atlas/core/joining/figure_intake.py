"""An own table of figures as it is understood: areas, values, periods, unit, n and source.

Nothing is decided by the place of a column: a saved mapping names columns, with {periode} where the year of
each period stands in the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from ..areas.districts import DISTRICT_LEVEL
from ..areas.divisions import levels
from ..areas.resolution import EXACT, MERGED, PLACE, SPELLING
from ..areas.resolving import resolve
from ..tables.cell_numbers import FormattedPercentage
from ..tables.column_names import folded
from ..tables.sheet_tables import named_table
from ..tables.side_rows import total_explanation
from ..words.errors import AtlasError
from ..words.notation import MONTHS
from ..words.toml_text import toml_lines
from .joined import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..tables.cell import Cell
    from ..tables.table import Table
    from ..words.errors import Choice

#: stands in the name of a column for the year of its period
PERIOD = "{periode}"
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_LEVEL_NAMES = (
    "gemeente", "gemeentenaam", "gemeentecode", "gemeenten", "regio", "regionaam", "regiocode", "regios",
    "surveyregio", "provincie", "provincienaam", "gebied", "gebiedsnaam", "gebiedscode", "naam", "wijk",
    "wijkcode", "wijknaam", "gwbcode", "gmcode", "statcode", "statnaam",
)  # fmt: skip
_N_NAMES = (
    "n", "respondenten", "aantalrespondenten", "nrespondenten", "deelnemers", "aantaldeelnemers",
    "steekproef", "ongewogenn", "aantalingevuld", "aantalantwoorden",
)  # fmt: skip
_PERIOD_NAMES = ("jaar", "periode", "perioden", "peiljaar", "kwartaal", "maand", "verslagjaar")
_PER_NAMES = ("inwoners", "aantalinwoners", "bevolking", "huishoudens", "adressen", "woningen")
_NO_VALUE = ("code", "nr", "nummer", "volgnummer", "id", "fid", "rij")
_UNITS = (
    (re.compile(r"%|percent|procent|aandeel|\bpct\b", re.IGNORECASE), "percent"),
    (re.compile(r"per\s*1[.]?000|per duizend|promille|‰", re.IGNORECASE), "per_1000"),
    (re.compile(r"per\s*km", re.IGNORECASE), "per_km2"),
    (re.compile(r"€|euro", re.IGNORECASE), "eur"),
    (re.compile(r"rapportcijfer", re.IGNORECASE), "grade_0_10"),
    (re.compile(r"\baantal|\btelling|\bmeldingen|\bmisdrijven|\bsignalen", re.IGNORECASE), "count"),
)
_SOURCE = re.compile(r"^\W*bron(?:nen)?\s*:\s*(.+)$", re.IGNORECASE)
#: so many different texts are enough to see what a column is
_LOOKED_AT = 400
_MOST_NAMED = 8
#: a column of the mapping -> what to choose it with
_CHOICES: Mapping[str, Choice] = {
    "key": "key",
    "value": "value",
    "n": "n",
    "per": "per",
    "weight": "weight",
    "period_column": "period_column",
}
_SURE = frozenset({EXACT, SPELLING, MERGED})


@dataclass(frozen=True, slots=True)
class FigureMapping:
    """What an own table of figures is: the same for every edition of it.

    `value` is the column with the values; with `PERIOD` in it every column of that name with a year is one
    period of the figure. The rest are the keys of a [[table]] in a configuration file.
    """

    key: str = ""
    level: str = ""
    value: str = ""
    label: str = ""
    source: str = ""
    base: str = ""
    caution: str = ""
    unit: str = ""
    n: str = ""
    period_column: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    counts: str = ""
    measure: str = ""
    theme: str = ""
    per: str = ""
    denominator: str = ""
    per_population: bool = False
    per_land: bool = False
    weight: str = ""
    year: int = 0
    combine: str = ""
    decimal: str = ""
    dash: str = ""
    places: str = ""
    below_one: str = ""
    municipality: str = ""
    definition: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """What a table says by itself; "" and () for what it does not say."""

    key: str = ""
    level: str = ""
    values: tuple[str, ...] = ()
    n: str = ""
    unit: str = ""
    period: str = ""
    period_column: str = ""
    label: str = ""
    source: str = ""
    per: str = ""


def recognise_figures(table: Table) -> FigureDraft:
    """What a table of figures says by its headings, its cells and the texts around it."""
    key, level = _area_column(table)
    names = {column: folded(column) for column in table.columns}
    n = next((column for column, name in names.items() if name in _N_NAMES), "")
    per = next((column for column, name in names.items() if name in _PER_NAMES and column != key), "")
    period_column = next((column for column, name in names.items() if name in _PERIOD_NAMES), "")
    values = tuple(
        column
        for column in table.columns
        if column not in (key, n, per, period_column)
        and names[column] not in _NO_VALUE
        and not names[column].endswith("code")
        and _holds_numbers(table.column(column))
    )
    title = next((text for text in table.around if not _SOURCE.match(text)), "")
    source = next((found[1] for text in table.around if (found := _SOURCE.match(text))), "")
    chosen = value_pattern(values)
    return FigureDraft(
        key, level, values, n, _unit(table, values, title), _period(table, period_column, values),
        period_column, _label(chosen or (values[0] if len(values) == 1 else ""), title), source, per,
    )  # fmt: skip


def value_pattern(columns: Sequence[str]) -> str:
    """The one name that columns have but for their year, with `PERIOD` in its place; "" when they differ."""
    named = {_YEAR.sub(PERIOD, column, count=1) for column in columns if _YEAR.search(column)}
    return named.pop() if len(named) == 1 and len(columns) > 0 and all(map(_YEAR.search, columns)) else ""


def sheets_pattern(names: Sequence[str]) -> str:
    """The one name that the sheets with a year have but for that year; "" when there are not several.

    A sheet without a year (an explanation, a cover) is no period of the figure.
    """
    dated = [name for name in names if _YEAR.search(name)]
    return value_pattern(dated) if len(dated) > 1 else ""


def period_in_name(column: str) -> str:
    """The year in the name of a column; "" for none."""
    found = _YEAR.search(column)
    return found[1] if found else ""


def named_by_period(names: Sequence[str], pattern: str) -> list[tuple[str, str]]:
    """The names that are a pattern with a year for `PERIOD`, and that year."""
    before, _, after = pattern.partition(PERIOD)
    wanted = re.compile(re.escape(before) + r"((?:19|20)[0-9]{2})" + re.escape(after))
    return [(name, made[1]) for name in names if (made := wanted.fullmatch(name))]


def sheets_of_periods(names: Sequence[str], sheet: str, where: str) -> list[tuple[str, str]]:
    """The sheets that are called alike but for their year, and that year.

    Args:
        names: Of the sheets of a workbook.
        sheet: Their name, with `PERIOD` for the year; with a table or header in each as
            `sheet_tables.with_header` names it.
        where: The workbook, for the sentence.

    Raises:
        AtlasError: there is none.
    """
    pattern = named_table(sheet)[0]
    found = [(f"{name}{sheet[len(pattern) :]}", year) for name, year in named_by_period(names, pattern)]
    if not found:
        raise AtlasError(
            "Geen werkblad heet zo, met een jaar op die plaats.", where=where, got=sheet,
            expected="een van: " + ", ".join(names), hint="Kies een van deze werkbladen.",
            choices=("sheet",),
        )  # fmt: skip
    return found


def value_columns(table: Table, value: str, period: str, period_column: str = "") -> list[tuple[str, str]]:
    """The columns with values and the period of each.

    Args:
        table: The table.
        value: A column, or a name with `PERIOD` in it.
        period: Of one column.
        period_column: Column with the period of each row: every period in it is one of the figure.

    Raises:
        AtlasError: no column has that name, or the period of the one column is not said.
    """
    for column, what in ((value if PERIOD not in value else "", "value"), (period_column, "period_column")):
        if column and column not in table.columns:
            raise _no_column(table, column, what)
    if period_column:
        return [(value, one) for one in periods_of(table, period_column) if period in ("", " ", one)]
    if PERIOD in value:
        found = named_by_period(table.columns, value)
        if not found:
            raise _no_column(table, value, "value")
        return found
    said = period or period_in_name(value)
    if not said:
        raise AtlasError(
            "Van welke periode de cijfers zijn, blijkt niet uit de tabel.",
            where=f'{table.source}, kolom "{value}"',
            expected="een jaar of maand, zoals 2025 of 2025-11",
            hint="Noem de periode.",
            choices=("period",),
        )
    return [(value, said)]


def check_figure_columns(table: Table, mapping: FigureMapping) -> None:
    """Check that what a mapping names is in the table, by name.

    Raises:
        AtlasError: a column is not there, or the one with areas no longer holds areas.
    """
    named = (mapping.key, mapping.n, mapping.per, mapping.weight, mapping.municipality)
    for what, column in zip(("key", "n", "per", "weight", "municipality"), named, strict=True):
        if column and column not in table.columns:
            raise _no_column(table, column, what)
    _check_areas(table, mapping)


def year_of(period: str, where: str) -> int:
    """The year of a period such as 2025 or 2025-11.

    Raises:
        AtlasError: it has none.
    """
    found = re.match(r"(?:19|20)[0-9]{2}(?![0-9])", period)
    if found is None:
        raise AtlasError(
            "Uit de periode blijkt geen jaar om de inwoners van te nemen.",
            where=f"{where}, period", got=period, expected="een periode zoals 2025 of 2025-11",
            hint="Noem een periode met een jaar.", choices=("period",),
        )  # fmt: skip
    return int(found.group())


def missing_words(mapping: FigureMapping) -> list[str]:
    """Which keys without a default are still empty, the order in which they are asked."""
    needed = ["key", "level", "value", "unit", "label", "source", "base", "caution"]
    counting = mapping.unit in ("count", "per_1000", "per_100", "per_km2")
    lacking = [name for name in needed if not getattr(mapping, name)]
    return [*lacking, *(["counts"] if counting and not mapping.counts else [])]


def configuration_blocks(
    mapping: FigureMapping, path: str, sheet: str, columns: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """(label and period, text of a [[table]]) for each period of a figure."""
    blocks = []
    for column, period in columns:
        content: dict[str, object] = {"path": path, "sheet": sheet}
        for known in fields(mapping):
            content[known.name] = getattr(mapping, known.name)
        content |= {"value": column, "period": period}
        if not mapping.measure and mapping.unit in ("count", "per_1000", "per_100", "per_km2"):
            content["measure"] = "telling"
        filled = {name: value for name, value in content.items() if value not in ("", 0, False, {})}
        blocks.append((f"{mapping.label}, {period}", "[[table]]\n" + toml_lines(filled)))
    return blocks


def _no_column(table: Table, column: str, what: str) -> AtlasError:
    same = next((known for known in table.columns if folded(known) == folded(column)), "")
    return AtlasError(
        f'De kolom "{column}" staat niet in deze tabel; er is niet op plaats geraden.',
        where=table.source,
        got="de kolommen " + ", ".join(f'"{known}"' for known in table.columns[:_MOST_NAMED]),
        hint="Noem de kolom die het nu is" + (f", misschien {same}." if same else "."),
        choices=(_CHOICES[what],) if what in _CHOICES else (),
    )


def _check_areas(table: Table, mapping: FigureMapping) -> None:
    texts = _texts(table.column(mapping.key))
    if mapping.level == DISTRICT_LEVEL or not texts:
        return
    found = sum(resolve(text, mapping.level).reason in _SURE | {PLACE} for text in texts)
    others = sum(bool(total_explanation(text, mapping.level)) for text in texts)
    if 2 * found < len(texts) - others:
        raise AtlasError(
            "In deze kolom staan geen gebieden van dit niveau.",
            where=f'{table.source}, kolom "{mapping.key}"',
            got="; ".join(texts[:5]),
            expected=f"namen of codes van het niveau {mapping.level}",
            hint="Kies de kolom met de gebieden en hun niveau.",
            choices=("key", "level"),
        )


def _texts(cells: Sequence[Cell]) -> list[str]:
    different = dict.fromkeys(cell_text(cell).strip() for cell in cells[: 50 * _LOOKED_AT])
    return [text for text in different if text][:_LOOKED_AT]


def _area_column(table: Table) -> tuple[str, str]:
    """The column of which most texts are areas, and their level; ("", "") when none has enough."""
    best: tuple[float, int, str, str] = (0.0, 0, "", "")
    for column in table.columns:
        cells = table.column(column)
        texts = [text for text in _texts(cells) if not text.replace(",", "").replace(".", "").isdigit()]
        named = folded(column) in _LEVEL_NAMES
        if not texts and named:
            texts = _texts(cells)
        if not texts:
            continue
        for order, level in enumerate(levels()):
            sure = sum(resolve(text, level.id).reason in _SURE for text in texts)
            places = sum(resolve(text, level.id).reason == PLACE for text in texts)
            share = (sure + 0.5 * places) / len(texts)
            rank = (share + (0.2 if named else 0), -order, column, level.id)
            if share >= 0.4 and rank[:2] > best[:2]:  # noqa: PLR2004 - totals, notes and places are the rest
                best = rank
    return best[2], best[3]


def _holds_numbers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells[:_LOOKED_AT] if cell is not None and cell_text(cell).strip()]
    numbers = [
        cell
        for cell in filled
        if isinstance(cell, int | float | FormattedPercentage)
        or re.fullmatch(r"[-−]?[0-9][0-9.,\s\u00a0]*\s*%?", cell_text(cell).strip())
    ]
    return bool(numbers) and 2 * len(numbers) > len(filled)


def _unit(table: Table, values: Sequence[str], title: str) -> str:
    for column in values:
        if any(isinstance(cell, FormattedPercentage) for cell in table.column(column)[:_LOOKED_AT]):
            return "percent"
    found = {next((unit for pattern, unit in _UNITS if pattern.search(column)), "") for column in values}
    if len(found) == 1 and "" not in found:
        return found.pop()
    by_title = next((unit for pattern, unit in _UNITS if pattern.search(title)), "")
    return by_title if by_title and found <= {"", by_title} else ""


def periods_of(table: Table, column: str) -> list[str]:
    """The periods in a column, in the order of the table."""
    return list(dict.fromkeys(text for cell in table.column(column) if (text := cell_text(cell).strip())))


def _period(table: Table, column: str, values: Sequence[str]) -> str:
    if column:
        different = periods_of(table, column)
        return different[0] if len(different) == 1 else ""
    years = [found[1] for value in values if (found := _YEAR.search(value))]
    return years[0] if len(set(years)) == 1 and len(values) == 1 else ""


def _label(value: str, title: str) -> str:
    """What a figure may be called: the heading without its year, or the title of the sheet without it."""
    name = " ".join(_YEAR.sub(" ", value.replace(PERIOD, " ")).split()).strip(" -,()")
    words = re.sub(r"\b(?:per|naar) (?:gemeente|regio|provincie)\b", " ", title, flags=re.IGNORECASE)
    words = re.sub(rf"(?:{'|'.join(MONTHS)})", " ", words)
    words = " ".join(
        re.sub(r"[,;:]?\s*(?:19|20)[0-9]{2}(?:\s*[-–]\s*(?:(?:19|20)[0-9]{2})?)?", " ", words).split()
    )
    generic = folded(name) in ("", "aantal", "waarde", "percentage", "aandeel", "cijfer", "totaal")
    return words.strip(" -,") if generic and words else name or words
