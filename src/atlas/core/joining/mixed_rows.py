"""Rows that are not of one kind: several levels, periods or kinds in one table, found in its other columns.

Adding such rows up, or drawing them on one map, makes a wrong map that looks right: a municipality, its
wijken and its buurten add up to three times the municipality, and Assen of 2019 says nothing beside Emmen of
2024.
"""

from __future__ import annotations

import math
import re
from itertools import compress, islice
from typing import TYPE_CHECKING

from ..tables.cell_numbers import shown
from ..tables.column_names import folded
from ..tables.registers import read_date
from ..words.errors import AtlasError
from ..words.notation import MONTHS, UNIT_LABEL
from ..words.spelling import normalise
from .joined import cell_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ..tables.cell import Cell
    from ..tables.table import Table
    from ..words.errors import Choice

#: compared with the folded name of a column
_PERIOD_NAME = re.compile(
    r"period(?:e|en|s)?|periodes|jaren|years?|kwartalen|maanden|month|quarter|timeperiod|golf|wave"
    r"|(?:peil|verslag|meet|tel|school|boek|onderzoeks?|kalender|enquete)?"
    r"(?:jaar|kwartaal|maand|periode|moment|ronde|tijdvak|tijdstip)|jaar(?:en)?(?:maand|kwartaal)|meting"
    r"|(?:peil|meet)datum|(?:jaar|maand|mnd|week|wk|kwartaal|kw)(?:nr|nummer)?|weken|mnd|seizoen(?:en)?|semester"
)
_DAY_NAME = re.compile(r"datum|date")
_KIND_NAME = re.compile(
    r"(?:soort|type|categorie|aard)(?:van)?(?:de|het)?"
    r"(?:misdrij\w*|delict\w*|aangifte\w*|meldingen|melding|incident\w*|signa\w*|cijfers?|registratie\w*)?"
    r"|(?:sub|hoofd)?categorie|onderwerp(?:en)?|delict(?:en|type|soort)?|misdrij(?:f|ven|fsoort|ftype)"
    r"|geslacht|leeftijd(?:sklasse|sgroep)?|kenmerk(?:en)?|measures?|indicator(?:en)?|variabele|topics?"
    r"|groep|doelgroep|vraag|antwoord|marges?|intervalmarges|eenheid"
)
#: how CBS writes a year, half year, quarter or month (2024JJ00, 2024KW01, 2024MM11), and how others do
_PERIOD_CELL = re.compile(
    r"(?:19|20)[0-9]{2}(?:JJ|HJ|KW|MM|X0|G4)[0-9]{2}\s*"
    r"|(?:19|20)[0-9]{2}[ -]?(?:Q|K|kw\.?)[ -]?[1-4]|(?:Q|K|kw\.?)[ -]?[1-4][ -](?:19|20)[0-9]{2}"
    r"|[1-4]e kwartaal (?:19|20)[0-9]{2}|(?:19|20)[0-9]{2} [1-4]e kwartaal"
    r"|(?:19|20)[0-9]{2}[/-](?:0[1-9]|1[0-2])"
    r"|(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?[ -]?(?:(?:19|20)?[0-9]{2})",
    re.IGNORECASE,
)
#: of a date without more, which may be of a record, the year tells figures apart
_DAY_CELL = re.compile(
    r"(?:[0-9]{1,2}[-/.]){2}((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})-[0-9]{2}-[0-9]{2}(?:[ T].*)?"
)
#: the number or letter before the name of a kind: "1.1 Diefstal", "1.1.", "A1", "2b)"
_NUMBERED_KIND = re.compile(r"((?:[A-Z][0-9]*|[0-9]+)(?:[.][0-9]+|[.]?[a-z](?![a-z])[0-9]*)*)[.):]?(?=\s|$)")
_PLAIN_NUMBER = re.compile(r"[-+−]?[0-9]+(?:[.,][0-9]+)?\s*%?")
_TOTAL_CELL = re.compile(
    r"(?:algemeen )?totaal(?: \w+){0,2}|(?:\w+ ){1,4}totaal|total|alle(?: \w+)?|t001[0-9]*"
)
#: in a column that is named to add up over, more is a total or a period than in one that is come upon
_ANY_TOTAL = re.compile(
    r"(?:sub|eind)?tota(?:al|len|le|l)\b.*|tot|samen|gezamenlijk|beiden?(?: .*)?|allen|alles"
    r"|alle\b(?! (?:overige|andere)\b).*"
)
_ORDINAL = r"(?:(?:[1-4]e|eerste|tweede|derde|vierde) )?"
_ANY_PERIOD = re.compile(
    rf"(?:{_ORDINAL}(?:kwartaal|half ?jaar|helft)|half ?jaar [12]|h[12]|(?:[qk]|kw|kwartaal) ?[1-4]"
    rf"|(?:week|wk|w|maand|mnd) ?[0-9]{{1,2}}|heel|lente|voorjaar|zomer|herfst|najaar|winter"
    rf"|[0-9 ]*(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}|mrt|sept)"
    r"|[0-9]{1,2} [0-9]{1,2})? ?(?:(?:19|20)[0-9]{2}(?: (?:[hqkw]|kw|wk)?(?:19|20)?[0-9]{1,2})?)?"
)
#: '24, as a year is shortened
_SHORT_YEAR = re.compile(r"['\u2018\u2019][0-9]{2}")
_LEVEL_CELL = re.compile(
    r"gemeenten?|wijk(?:en)?|buurt(?:en)?|kern(?:en)?|(?:woon)?plaats(?:en)?|provincies?|land(?:sde(?:el|len))?"
    r"|nederland|corop(?:gebied(?:en)?)?|(?:survey)?regios?|postcode|pc[456]"
)
#: codes of areas by level: a column of them is of one level or of several
_LEVEL_CODE = re.compile(r"(GM|WK|BU|PV|CR|LD|NL)[0-9]{2,8}\s*")
#: a column with more different texts in its first rows holds names, ids or numbers
_LOOKED_AT, _MOST_VALUES = 5_000, 200
_NAMED = 6
#: a kind that is the sum of the others by chance is so in one area, or with one other
_AREAS_THAT_TELL, _KINDS_AND_TOTAL = 2, 3
LEVEL, LEVEL_CODE, PERIOD, DAY, KIND = "niveau", "niveau (aan de codes)", "periode", "dag", "soort"
#: cells that are all a year or a month, below a name that does not say so
PERIOD_CELLS = "periode (aan de cellen)"
#: in the order in which they are told: what differs, and what to do
_ONE_OF = {
    LEVEL: ("meer dan één niveau", "Houd alleen de rijen over van het niveau dat op de kaart komt."),
    LEVEL_CODE: ("meer dan één niveau", "Houd alleen de rijen over van het niveau dat op de kaart komt."),
    PERIOD: ("meer dan één periode", "Houd de rijen van één periode over; elke periode is een eigen kaart."),
    PERIOD_CELLS: (
        "meer dan één periode",
        "Houd de rijen van één periode over, of haal de kolom weg als die iets anders zegt.",
    ),
    DAY: ("meer dan één jaar", "Houd de rijen van één jaar over; elke periode is een eigen kaart."),
    KIND: ("meer dan één soort", "Houd de rijen van één soort over."),
}
#: units of what may be added up over kinds; a plain number may be a mean
_SUMS = frozenset({"count", "eur"})
_ADD_UP = " Zijn het aantallen zonder totaal ertussen, dan kunnen ze over deze kolom worden opgeteld."


#: what can be chosen when rows differ in this
_CHOICE_OF: Mapping[str, Choice] = {
    LEVEL: "where", LEVEL_CODE: "where", PERIOD: "period", PERIOD_CELLS: "where", DAY: "where", KIND: "where",
}  # fmt: skip


def mixture(
    table: Table,
    used: Collection[str],
    area_codes: Sequence[str],
    values: Sequence[float | None],
    unit: str,
) -> AtlasError | None:
    """Why the rows with a value can't stand on one map, or None when nothing speaks against it.

    Args:
        table: The table; its other columns are looked at.
        used: The columns that the join already gives a meaning.
        area_codes: The area of each row, "" when it has none.
        values: The number of each row, None when it has none.
        unit: Of the values.
    """
    columns = [
        (kind, name, cells)
        for name, cells in zip(table.columns, table.cells, strict=True)
        if name not in used and (kind := _kind_of(name, cells))
    ]
    if not columns:
        return None
    counted = [bool(code) and value is not None for code, value in zip(area_codes, values, strict=True)]
    found: dict[str, tuple[str, list[str]]] = {}
    for kind, name, cells in columns:
        texts = list(filter(None, dict.fromkeys(_text(cell) for cell in set(compress(cells, counted)))))
        if kind == DAY:
            texts = list(dict.fromkeys(map(_year_of, texts)))
        of_records = kind in (DAY, KIND, PERIOD_CELLS)
        if kind == PERIOD_CELLS and _one_row_an_area(area_codes, counted):
            continue  # it may describe the area: the year it was founded
        if len(texts) > 1 and not (of_records and _are_records(table, used, area_codes, values, counted)):
            found.setdefault(kind, (name, texts))
    return _refusal(found, table.source, adds_up=unit in _SUMS) if found else None


def _refusal(found: Mapping[str, tuple[str, list[str]]], source: str, *, adds_up: bool) -> AtlasError:
    kinds = [kind for kind in _ONE_OF if kind in found]
    words, hint = _ONE_OF[kinds[0]]
    texts = found[kinds[0]][1]
    can_be_summed = adds_up and kinds == [KIND] and not _groups(texts)
    (name, texts), *others = (found[kind] for kind in kinds)
    also = "; ".join(f'kolom "{other}" ({_listed(sorted(differing))})' for other, differing in others)
    return AtlasError(
        f"Deze tabel heeft rijen van {words}.",
        detail=f"Ook verschillend: {also}." if also else "",
        where=f'{source}, kolom "{name}"',
        got=_listed(sorted(texts)),
        hint=hint + (_ADD_UP if can_be_summed else ""),
        choices=(
            *dict.fromkeys(_CHOICE_OF[kind] for kind in kinds),
            *(("sum_over",) if can_be_summed else ()),
        ),
    )


def column_to_sum_over(
    table: Table, name: str, unit: str, areas: Sequence[Cell], values: Sequence[float | None]
) -> list[str]:
    """The cells of the column over whose values counts may be added up.

    Args:
        table: The table.
        name: The column; must hold kinds, no periods or levels.
        unit: Of the values.
        areas: The area of each row, as the table names it.
        values: The number of each row, None when it has none.

    Raises:
        AtlasError: no such column, one of periods or levels, a total or a group among its values, or values
            that don't add up.
    """
    cells = table.column(name)
    texts = [_text(cell) for cell in cells]
    different = sorted(set(texts))
    kind = PERIOD if _are_periods(different) else _kind_of(name, cells)
    where = f'{table.source}, kolom "{name}"'
    if unit not in _SUMS:
        raise AtlasError(
            "Alleen aantallen en bedragen worden opgeteld.",
            where=where,
            got=f"de eenheid {UNIT_LABEL[unit]}",
            hint="Houd de rijen van één soort over.",
            choices=("where", "unit"),
        )
    if kind in (LEVEL, LEVEL_CODE, PERIOD, DAY):
        raise AtlasError(
            f"Over {'niveaus' if kind in (LEVEL, LEVEL_CODE) else 'perioden'} wordt niet opgeteld.",
            where=where,
            got=_listed(sorted(set(texts))),
            hint=_ONE_OF[kind][1],
            choices=(_CHOICE_OF[kind],),
        )
    of_others = _groups(different)
    groups = [text for text in different if text in of_others or _ANY_TOTAL.fullmatch(normalise(text))]
    if groups := groups or _sums_of_others(texts, areas, values):
        raise AtlasError(
            "In deze kolom staat ook een totaal: wat daaronder valt, telt dan dubbel.",
            where=where,
            got=_listed(groups),
            hint="Kies de rijen van dat totaal, of haal ze uit de tabel.",
            choices=("where",),
        )
    return texts


def _groups(kinds: Sequence[str]) -> set[str]:
    """The kinds that are a total, or by their number the group of another: "1.1 Diefstal" of "1.1.1 Fiets".

    1 is the group of 1.1 and A that of A1, but 1 not that of 11.
    """
    numbers = {text: found[1] for text in kinds if (found := _NUMBERED_KIND.match(text))}
    above = {
        number[:end]
        for number in numbers.values()
        for end in range(1, len(number))
        if not (number[end - 1].isdigit() and number[end].isdigit())
    }
    return {text for text in kinds if _TOTAL_CELL.fullmatch(normalise(text)) or numbers.get(text) in above}


def _sums_of_others(kinds: Sequence[str], areas: Sequence[Cell], values: Sequence[float | None]) -> list[str]:
    """The kinds that are the sum of all others, of each area that has them: totals by another name."""
    of_area: dict[Cell, dict[str, float]] = {}
    for kind, area, value in zip(kinds, areas, values, strict=True):
        numbers = of_area.setdefault(area, {})
        numbers[kind] = numbers.get(kind, 0) + (value or 0)
    different = sorted(set(kinds))
    told = [
        numbers for numbers in of_area.values() if len(numbers) == len(different) and any(numbers.values())
    ]
    if len(different) < _KINDS_AND_TOTAL or len(told) < _AREAS_THAT_TELL:
        return []
    return [
        kind
        for kind in different
        if all(math.isclose(2 * numbers[kind], sum(numbers.values()), rel_tol=1e-9) for numbers in told)
    ]


def varying_columns(table: Table, used: Collection[str], rows: Collection[int]) -> Iterator[tuple[str, str]]:
    """(column, its values) in which rows about one area differ: the reason that there are several.

    Args:
        table: The table.
        used: Columns that are not looked at.
        rows: Positions of rows about one area.
    """
    for name, cells in zip(table.columns, table.cells, strict=True):
        if name in used or len(set(islice(cells, _LOOKED_AT))) > _MOST_VALUES:
            continue
        texts = list(filter(None, dict.fromkeys(_text(cells[row]) for row in rows)))
        if len(texts) > 1:
            yield name, _listed(texts)


def _kind_of(name: str, cells: Sequence[Cell]) -> str:
    """Whether a column tells levels, periods or kinds apart; "" when it does not."""
    short = folded(name)
    sample = set(islice(cells, _LOOKED_AT))
    if _DAY_NAME.fullmatch(short):
        return DAY if all(map(_year_of, filter(None, map(_text, sample)))) else ""
    if len(sample) > _MOST_VALUES:
        return PERIOD if _PERIOD_NAME.fullmatch(short) else ""
    texts = [text for cell in sample if (text := _text(cell))]
    if (texts and all(map(_PERIOD_CELL.fullmatch, texts))) or _PERIOD_NAME.fullmatch(short):
        return PERIOD
    if texts and all(map(_is_level, texts)):
        return LEVEL
    if len(_code_levels(texts)) > 1:
        return LEVEL_CODE
    worded = not all(map(_PLAIN_NUMBER.fullmatch, texts))
    is_total = any(_TOTAL_CELL.fullmatch(normalise(text)) for text in texts)
    otherwise = KIND if worded and (is_total or _KIND_NAME.fullmatch(short)) else ""
    return PERIOD_CELLS if _are_periods(texts) else otherwise


def _are_periods(texts: Sequence[str]) -> bool:
    return any(texts) and all(
        _ANY_PERIOD.fullmatch(normalise(text)) or _SHORT_YEAR.fullmatch(text) for text in texts
    )


def _one_row_an_area(area_codes: Sequence[str], counted: Sequence[bool]) -> bool:
    codes = list(compress(area_codes, counted))
    return len(set(codes)) == len(codes)


def _year_of(day: str) -> str:
    """The year of a day, of the number of a day in a spreadsheet too; "" when it is none."""
    if match := _DAY_CELL.fullmatch(day):
        return match[1] or match[2]
    try:
        return read_date(day).value[:4]
    except AtlasError:
        return ""


def _is_level(text: str) -> bool:
    return bool(_LEVEL_CELL.fullmatch(normalise(text)))


def _code_levels(texts: Sequence[str]) -> set[str]:
    """The levels of a column of area codes; nothing when it holds anything else."""
    found = [_LEVEL_CODE.fullmatch(text) for text in texts]
    return {match[1] for match in found if match} if all(found) else set()


def _are_records(
    table: Table,
    used: Collection[str],
    area_codes: Sequence[str],
    values: Sequence[float | None],
    counted: Sequence[bool],
) -> bool:
    """Whether each row is one record (a report with its kind), which adding up counts.

    In a table of figures an area has one row for each kind; in a list of records kinds come back, and mostly
    each row counts as one. A total among the kinds is never a record.
    """
    if _one_row_an_area(area_codes, counted):
        return False
    codes = list(compress(area_codes, counted))
    columns = [
        list(compress(cells, counted))
        for name, cells in zip(table.columns, table.cells, strict=True)
        if name not in used and _kind_of(name, cells) not in ("", DAY)
    ]
    if any(_TOTAL_CELL.fullmatch(normalise(_text(cell))) for cells in columns for cell in set(cells)):
        return False
    return set(compress(values, counted)) <= {1.0} or len(set(zip(codes, *columns, strict=True))) < len(codes)


def _text(cell: Cell) -> str:
    return cell_text(cell).strip()


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _NAMED
    return ", ".join(map(shown, texts[:_NAMED])) + (f" en nog {more}" if more > 0 else "")
