"""What a join must know of a statistical table: which rows, which columns, which unit and which division.

Of any other table it is what the caller says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ..areas.districts import DISTRICT_LEVEL
from ..areas.divisions import areas, mergers
from ..disclosure.figures import WITHHELD
from ..figures.estimates import STATUSES
from ..tables.statistical import choose_rows
from ..tables.statline import check_areas_can_be_told_apart
from ..words.errors import AtlasError
from ..words.notation import counted, read_pairs
from ..words.spelling import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..tables.table import Measure, Table

_RECALCULATED = (
    "De bron heeft de cijfers van {year} omgerekend naar latere gemeentegrenzen: {name} bestond toen niet."
)
_MUNICIPALITY = "gemeente"
#: in 1998 nearly every municipality of Drenthe became another one; of that there is no list of parts
_SAME_SINCE = 1998
_ROWS_NAMED = 5
_TOPICS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows and columns of a table are meant, where the table has more than one figure for each area.

    Attributes:
        where: Column -> the value of the rows that are used.
        period: The period of the rows that are used; "2024" is "2024JJ00" and "2024*" too.
        period_column: Column with the periods; "" for the one that a statistical table is known by.
        indicator_column: Column that says which topic a row is about; "" for the one that it is known by.
        low: Column with the lower end of the interval of each value, if the source gives one.
        high: Column with the upper end.
        margin: Column with half the width of that interval, instead of both ends.
        n_effective: Column with what the respondents are worth after weighting.
        state: Column with the state of each figure, of `core.figures.estimates.STATUSES`.
        sum_over: Column over whose values the counts of an area are added up ("Geslacht").
    """

    where: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    period_column: str = ""
    indicator_column: str = ""
    low: str = ""
    high: str = ""
    margin: str = ""
    n_effective: str = ""
    state: str = ""
    sum_over: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """A table of which the columns and rows are chosen.

    Attributes:
        table: The rows.
        key: Column with the areas.
        value: Column with the values.
        unit: Their unit.
        ends: Columns with both ends of the interval that the source gives, or the one with its margin.
        decimal: The decimal mark that the file is known to have, None when it is not.
        year: Year of the division of the areas, None for the present one.
        period: The chosen period as a reader sees it, "" when the table has none.
        figure: What the source calls the figure, "" when it doesn't.
        denominator: Of a rate: of what.
        status: What the source says of figures of that period, "" when they are final.
        used: Columns that were chosen from.
        notes: Dutch sentences.
    """

    table: Table
    key: str
    value: str
    unit: str
    ends: tuple[str, ...] = ()
    decimal: str | None = None
    year: int | None = None
    period: str = ""
    figure: str = ""
    denominator: str = ""
    status: str = ""
    used: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def chosen_publication(
    table: Table, choice: Choice, *, level: str, key: str, value: str, unit: str | None, year: int | None
) -> Publication:
    """Choose the rows and columns of a table; arguments as `joining.join` takes them.

    Raises:
        AtlasError: a column or a choice that is not there, no column for the areas, or a list of gemeenten
            and wijken that can't be told apart.
    """
    said = table.description
    if not value:
        others = [name for name in table.columns if name != (key or (said.area if said else ""))]
        raise AtlasError(
            "Welke kolom de cijfers heeft, is niet gezegd.",
            where=table.source,
            got="de kolommen " + ", ".join(f'"{name}"' for name in others),
            expected=_topics_named(table),
            hint="Noem de kolom met de waarde.",
            choices=("value",),
        )
    key = key or (said.area if said else "")
    if not key:
        raise AtlasError(
            "Van deze tabel is niet bekend in welke kolom de gebieden staan.",
            where=table.source,
            got=", ".join(f'"{name}"' for name in table.columns),
            hint="Noem de kolom met de naam of code van het gebied.",
            choices=("key",),
        )
    if said and level != DISTRICT_LEVEL and key == said.area:
        check_areas_can_be_told_apart(table.columns, table.column(key), table.source)
    value, where = _topic(table, value, choice)
    chosen = choose_rows(
        table, where, choice.period, choice.period_column, must_match=bool(choice.period_column)
    )
    measure = _measure(chosen.table, value)
    notes = [*table.notes, *chosen.notes]
    if level == _MUNICIPALITY and (year or chosen.year or _SAME_SINCE) < _SAME_SINCE:
        raise AtlasError(
            f"De gemeentegrenzen van {year or chosen.year} kent de atlas niet.",
            detail="In dat jaar werden vijf gemeenten van Drenthe groter onder hun oude naam, zoals Emmen.",
            where=table.source,
            hint=f"Gebruik cijfers van {_SAME_SINCE} of later.",
            choices=("period", "year"),
        )
    if level == _MUNICIPALITY and (of_year := year or chosen.year) is not None:
        found, note = _division(chosen.table, key, value, of_year)
        year = year or found
        notes.append(note)
    if chosen.status:
        notes.append(f"De bron noemt deze cijfers {chosen.status}: ze kunnen nog veranderen.")
    return Publication(
        chosen.table,
        key,
        value,
        unit or (measure.our_unit if measure else "") or "number",
        _ends(choice, measure),
        (said.decimal or None) if said else None,
        year,
        chosen.period,
        (measure.definition or measure.column) if measure else "",
        measure.denominator if measure else "",
        chosen.status,
        chosen.used,
        tuple(filter(None, notes)),
    )


def _topics_named(table: Table) -> str:
    """The topics of a statistical table: one of them may be named in place of a column."""
    said = table.description
    names = [f'"{known.column}"' for known in (said.measures if said and said.topic else ())]
    more = f" en nog {len(names) - _TOPICS_NAMED}" if len(names) > _TOPICS_NAMED else ""
    return f"een kolom, of een onderwerp: {', '.join(names[:_TOPICS_NAMED])}{more}" if names else ""


def read_choices(texts: Iterable[str]) -> dict[str, str]:
    """Column -> value of choices as people write them: "Soort misdrijf=Totaal misdrijven".

    Raises:
        AtlasError: a text without a column, a sign or a value, or two values for one column.
    """
    return read_pairs(
        texts,
        AtlasError(
            "Dit is geen keuze van rijen.",
            expected='kolom=waarde, zoals "Soort misdrijf=Totaal misdrijven"',
            choices=("where",),
        ),
    )


def _ends(choice: Choice, measure: Measure | None) -> tuple[str, ...]:
    """The columns with the interval: those that the caller names, else those of the source."""
    if choice.margin:
        return (choice.margin,)
    if bool(choice.low) != bool(choice.high):
        raise AtlasError(
            "Een interval heeft een onder- en een bovengrens.",
            got=f'alleen de kolom "{choice.low or choice.high}"',
            hint="Noem beide kolommen, of de kolom met de marge.",
        )
    if choice.low:
        return (choice.low, choice.high)
    return (measure.low, measure.high) if measure and measure.low else ()


def withholding_states(table: Table, column: str) -> list[str] | None:
    """Of each row the state that withholds its figure, "" for none; None without a column of states.

    Raises:
        AtlasError: a cell that is no state.
    """
    if not column:
        return None
    texts = [str(cell or "").strip() for cell in table.column(column)]
    unknown = [text for text in dict.fromkeys(texts) if text not in ("", *STATUSES)]
    if unknown:
        raise AtlasError(
            "Deze toestand van een cijfer bestaat niet.",
            where=f'{table.source}, kolom "{column}"',
            got=", ".join(unknown[:5]),
            expected=", ".join(STATUSES),
        )
    return [text if text in WITHHELD else "" for text in texts]


def interval_columns(
    values: Sequence[float | None],
    ends: Sequence[Sequence[float | None]],
    *,
    is_margin: bool,
    is_percentage: bool = False,
) -> list[tuple[float, float] | None] | None:
    """Both ends of the interval of each row; None when the table gives none.

    Args:
        values: The values.
        ends: The columns with the lower and upper ends, or the one with the margins.
        is_margin: Which of both.
        is_percentage: Whether an interval made of a margin ends at 0 and 100.
    """
    if not ends:
        return None
    found: list[tuple[float, float] | None] = []
    for value, *around in zip(values, *ends, strict=True):
        if value is None or any(end is None for end in around):
            found.append(None)
            continue
        low, high = (value - around[0], value + around[0]) if is_margin else around
        if is_margin and is_percentage:  # half a width goes beyond what can be
            low, high = max(0.0, low), min(100.0, high)
        found.append((low, high) if low <= value <= high else None)
    return found


def unusable_intervals(
    values: Sequence[float | None],
    ends: Sequence[Sequence[float | None]],
    intervals: Sequence[tuple[float, float] | None] | None,
    rows: Sequence[int],
) -> tuple[str, ...]:
    """A sentence when the source gives an interval that can't be of its value: then it is not shown.

    Args:
        values: The values.
        ends: The columns with the ends or the margin.
        intervals: What `interval_columns` made of them.
        rows: The line of each.
    """
    wrong = [
        row
        for row, value, interval, *around in zip(rows, values, intervals or (), *ends, strict=True)
        if interval is None and value is not None and all(end is not None for end in around)
    ] if intervals is not None else []  # fmt: skip
    if not wrong:
        return ()
    named = ", ".join(map(str, wrong[:_ROWS_NAMED])) + (" en meer" if len(wrong) > _ROWS_NAMED else "")
    there = f"{counted(len(wrong), 'rij heeft', 'rijen hebben')} grenzen waar de waarde niet tussen ligt"
    return (f"{there} (rij {named}); daar is geen interval getoond.",)


def _topic(table: Table, value: str, choice: Choice) -> tuple[str, Mapping[str, str]]:
    """The column of values and the choices, where `value` names a topic that stands in a column of topics."""
    said, where = table.description, choice.where
    if value in table.columns or said is None:
        return value, where
    column = choice.indicator_column or said.topic
    if column:
        other = {said.area, said.period, *said.dimensions, column}
        return next((name for name in table.columns if name not in other), value), {**where, column: value}
    wanted = value.strip().casefold()
    named = [measure.column for measure in said.measures if wanted in map(str.casefold, measure.names)]
    if len(named) > 1:
        raise AtlasError(
            "Meer dan één kolom heet zo.",
            where=table.source,
            got=", ".join(f'"{name}"' for name in named),
            hint="Geef de hele naam van de kolom.",
            choices=("value",),
        )
    return (named[0] if named else value), where


def _measure(table: Table, value: str) -> Measure | None:
    """The topic of the chosen rows; None when they are not of one."""
    said = table.description
    if said is None:
        return None
    if not said.topic:
        return said.measure(value)
    topics = set(table.column(said.topic))
    return said.measure(str(topics.pop())) if len(topics) == 1 else None


def _division(table: Table, key: str, value: str, year: int) -> tuple[int | None, str]:
    """The year of the division, and a note when the source has recalculated an earlier year."""
    if f"{year}-12-31" >= _last_change():
        return None, ""
    before = {normalise(merger.former.name) for merger in mergers()}
    later = {
        text: item.name
        for item in areas(_MUNICIPALITY)
        if item.valid_from > f"{year}-12-31" and normalise(item.name) not in before
        for text in (normalise(item.name), normalise(item.code))
    }
    for text, cell in zip(table.column(key), table.column(value), strict=True):
        name = later.get(normalise(str(text or "")).removesuffix(" gemeente"))
        if name and cell not in (None, "", "."):
            return None, _RECALCULATED.format(year=year, name=name)
    return year, ""


@cache
def _last_change() -> str:
    """The day from which the present division holds."""
    return max(merger.date for merger in mergers())
