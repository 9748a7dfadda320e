"""Tables of StatLine and of the police as they are downloaded: which form, and the same rows in every form.

"CSV met kopregels" has a title, a line for each dimension with one value, and two or three header rows; the
database form one header with a path and a unit in each column name, and numbers padded to a width; a third
puts areas and periods into the column names. All become a table with one row for each area and period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .area_headers import names_an_area
from .periods import read_period
from .table import AREA_NAME, PERIOD_NAME, Description, Measure, Table, check_header, check_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cell import Cell

#: said of a file from which a layer of quotation marks was taken
UNDONE = "Elke regel van dit bestand stond in één cel (het is in Excel bewaard); dat is ongedaan gemaakt."
WITH_HEADERS = "StatLine, CSV met kopregels"
DATABASE = "StatLine, databasevorm"
WIDE = "StatLine, met gebieden en perioden in de kolomnamen"
#: the first cell of a row of the header: what the row says of the columns
_TOPIC = "onderwerp"
#: a file of this form has its header in the first lines
HEADER_LINES = 24
_SOURCE = re.compile(r"bron(?:nen)?\s*:\s*(.+)", re.IGNORECASE)
#: the unit in the last brackets of a column name, or before the mark of a topic of its own
_UNIT = re.compile(r"(.*?)\s*\(((?:[^()]|\([^()]*\))*)\)\s*", re.DOTALL)
#: what a column may be called after, beside the units of ours
_OTHER_UNITS = frozenset({"km²", "km2", "ha", "m²", "x 1 000", "1 000 euro"})
_PADDED = re.compile(r"\s+-?[0-9]+(?:[.,][0-9]+)?")
_VALUE, _MARGIN = "waarde", "marges"
_LEVEL_TAG = re.compile(r".+ \((?:PV|CR|RE|LD|gemeente)\)")
_WIDE_PARTS = 3
_CODING = re.compile(r".*\bcodering\b.*|.*\bregiocode\b.*|.*gemeentecode.*", re.IGNORECASE)
_KIND_OF_AREA = re.compile(r".*soort regio.*", re.IGNORECASE)
_PART_OF_MUNICIPALITY = re.compile(r"(?:wijk|buurt)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Long:
    """The rows of a file in one form: column names, rows of cells, their lines in the file, what it says."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]
    said: Description


def is_quoted_line(sample: str) -> bool:
    """Whether a file was saved by Excel: every line in one quoted cell, its quotation marks doubled."""
    first, _, rest = sample.lstrip("\ufeff \r\n").partition("\n")
    return bool(rest) and first.startswith('"') and any(f'""{mark}""' in first for mark in ";,\t|")


def undo_quoted_lines(text: str) -> str:
    """The text of such a file as it was before: one layer of quotation marks undone."""
    lines = [
        line[1:-1].replace('""', '"') if _is_one_cell(line) else line.replace('""', '"')
        for line in text.strip("\ufeff \r\n").splitlines()
    ]
    lines = [
        line.removeprefix('"') if line.startswith('""') and line[2:3] not in '";' else line for line in lines
    ]
    return "\n".join(line for line in lines if line.strip() != '"') + "\n"


def _is_one_cell(line: str) -> bool:
    """Whether a line is a whole quoted cell, with its own quotation marks doubled: three of them in front."""
    return line.startswith('"""') and line.endswith('"') and line.count('"') % 2 == 0


def read_with_headers(rows: Sequence[Sequence[str]], source: str) -> Long:
    """The rows of a "CSV met kopregels".

    Args:
        rows: All rows of the file, with the title; `header_lines` found its header.
        source: The file, for sentences.

    Raises:
        AtlasError: a row with more or fewer cells than the header, or two columns with one header.
    """
    first, last = header_lines(rows) or (0, 0)
    width = len(rows[last])
    area = rows[last][0].strip()
    units = [cell.strip() for cell in rows[last][1:]]
    named: dict[str, list[str]] = {}
    for line in range(first, last):
        name, cells = rows[line][0].strip() or "Onderwerp", _spread(rows[line], width)
        # topics below topics: a row each, "Mannen" above "Totaal"
        named[name] = list(map(_below, named[name], cells)) if name in named else cells
    # "";"Onderwerp" above a row without a name: the word, not a topic
    topic_row = next((name for name in named if name.casefold() == _TOPIC), next(iter(named)))
    topics = named.pop(topic_row)
    title = [cell for row in rows[:first] for cell in row if cell.strip()]
    if not any(map(PERIOD_NAME.fullmatch, named)):
        named |= _fixed_period(title, width)
    dimensions = tuple(named)
    keys = list(zip(*named.values(), strict=True)) if named else [()] * (width - 1)
    measures = dict(zip(topics, units, strict=True))
    columns = (area, *dimensions, *measures)
    long_rows: list[list[str]] = []
    numbers: list[int] = []
    source_named = ""
    for line in range(last + 1, len(rows)):
        cells = [cell.strip() for cell in rows[line]]
        if not any(cells):
            continue
        if found := (_SOURCE.match(cells[0]) if not any(cells[1:]) else None):
            source_named = found[1].strip()
            continue
        if len(cells) != width and any(cells[1:]):
            raise AtlasError(
                f"Rij {line + 1} heeft {len(cells)} cellen, de kopregels {width}.",
                where=f"{source}, rij {line + 1}",
                hint="Haal de tabel opnieuw op; een afgebroken bestand mist rijen.",
            )
        by_key: dict[tuple[str, ...], dict[str, str]] = {}
        for key, topic, cell in zip(keys, topics, cells[1:], strict=False):
            of_topics = by_key.setdefault(key, {})
            if topic in of_topics:
                raise AtlasError(
                    "Twee kolommen hebben dezelfde kop.", where=source, got=" / ".join((*key, topic)),
                    hint="Haal de tabel opnieuw op, of geef de kolommen elk een eigen naam.",
                )  # fmt: skip
            of_topics[topic] = cell
        for key, of_topic in by_key.items():
            long_rows.append([cells[0], *key, *(of_topic.get(topic, "") for topic in measures)])
            numbers.append(line + 1)
    return Long(
        columns,
        long_rows,
        numbers,
        Description(
            WITH_HEADERS,
            area,
            next((name for name in dimensions if PERIOD_NAME.fullmatch(name)), ""),
            tuple(name for name in dimensions if not PERIOD_NAME.fullmatch(name)),
            tuple(Measure(name, unit) for name, unit in measures.items()),
            definition=tuple(title),
            source=source_named,
            decimal=",",
        ),
    )


def _fixed_period(title: Sequence[str], width: int) -> dict[str, list[str]]:
    """The period of the whole file, where it stands above the header ("Perioden: 2018"), for each column."""
    for line in title:
        name, _colon, text = (part.strip() for part in line.partition(":"))
        if PERIOD_NAME.fullmatch(name) and read_period(text):
            return {name: [text] * (width - 1)}
    return {}


def header_lines(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """First and last line of a header of several rows; the last names the list of areas and has the units.

    None for any other file.
    """
    start = None
    for line, row in enumerate(rows[:HEADER_LINES]):
        if len(row) < 2:  # noqa: PLR2004 - a line with one cell is a title
            if start is not None:
                return None
            continue
        start = line if start is None else start
        if line > start and AREA_NAME.fullmatch(row[0].strip()):
            above = [rows[other][0].strip().casefold() for other in range(start, line)]
            said = [cell.strip().casefold() for other in range(start, line) for cell in rows[other][:2]]
            if _TOPIC in said and all(not name or not names_an_area(name) for name in above):
                first = start
                while not any(cell.strip() for cell in rows[first][1:]) or _only_word(rows[first]):
                    first += 1
                return (first, line) if first < line else None
    return None


def _only_word(row: Sequence[str]) -> bool:
    """Whether a row only says that topics follow: "";"Onderwerp"."""
    return [cell.strip().casefold() for cell in row if cell.strip()] == [_TOPIC] and not row[0].strip()


def _below(upper: str, lower: str) -> str:
    return lower if upper == lower else " / ".join(filter(None, (upper, lower)))


def _spread(row: Sequence[str], width: int) -> list[str]:
    """The cells beside the first, where an empty one repeats the one before it (merged cells)."""
    cells: list[str] = []
    for cell in (*row[1:], *[""] * (width - len(row))):
        text = " / ".join(part.strip() for part in cell.split("|") if part.strip())
        cells.append(text or (cells[-1] if cells else ""))
    return cells[: width - 1]


def read_wide(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Long | None:
    """The rows of a table with areas and periods in its column names; None when it is not one.

    Args:
        columns: The header: "Waarde_Groningen (PV)_2015" or "Groningen (PV)_Totaal misdrijven_2016*".
        rows: The rows under it.
        numbers: Their lines in the file.
    """
    parts = {position: found for position, name in enumerate(columns) if (found := _wide_parts(name))}
    others = [position for position in range(len(columns)) if position not in parts]
    if len(parts) < _WIDE_PARTS or len(others) > _WIDE_PARTS:
        return None
    topics = list(dict.fromkeys(topic for topic, _area, _period in parts.values()))
    shown = {topic: "Waarde" if topic.casefold() == _VALUE else topic for topic in topics}
    values = [topic for topic in topics if topic.casefold() != _MARGIN]
    margin = next((topic for topic in topics if topic.casefold() == _MARGIN), None)
    names, unit = _side_columns(columns, rows, others)
    ends = [f"{shown[values[0]]} {end}" for end in ("laag", "hoog")] if margin and len(values) == 1 else []
    wide: list[list[str]] = []
    lines: list[int] = []
    for row, number in zip(rows, numbers, strict=True):
        cells: dict[tuple[str, str], dict[str, str]] = {}
        for position, (topic, area, period) in parts.items():
            cells.setdefault((area, period), {})[topic] = row[position].strip()
        side = [row[position].strip(" |") for position in names.values()]
        for (area, period), of_topic in cells.items():
            figures = [of_topic.get(topic, "") for topic in values]
            around = _around(figures[0], of_topic.get(margin or "", "")) if ends else ()
            wide.append([*side, area, period, *figures, *around])
            lines.append(number)
    measures = tuple(Measure(shown[topic], unit, *(ends or ("", ""))) for topic in values)
    kept = (*names, "Regio's", "Perioden", *(shown[topic] for topic in values), *ends)
    return Long(kept, wide, lines, Description(WIDE, "Regio's", "Perioden", tuple(names), measures))


def _wide_parts(name: str) -> tuple[str, str, str] | None:
    """(topic, area, period) of a column name; None when it does not hold all three."""
    parts = [part.strip(" |") for part in name.split("_")]
    if len(parts) != _WIDE_PARTS or read_period(parts[-1]) is None:
        return None
    areas = [
        part
        for part in parts[:-1]
        if _LEVEL_TAG.fullmatch(part) or part == "Nederland" or names_an_area(part)
    ]
    if len(areas) != 1:
        return None
    topic = next(part for part in parts[:-1] if part != areas[0])
    return topic, areas[0], parts[-1]


def _side_columns(
    columns: Sequence[str], rows: Sequence[Sequence[str]], others: Sequence[int]
) -> tuple[dict[str, int], str]:
    """The columns that tell rows apart, by name, and the unit when a column holds nothing but that."""
    names, unit = {}, ""
    for position in others:
        texts = {row[position].strip() for row in rows}
        if len(texts) == 1 and Measure("", text := next(iter(texts))).our_unit:
            unit = text
        else:
            names[columns[position]] = position
    return names, unit


def _around(value: str, margin: str) -> list[str]:
    """Both ends of an interval that is given as a margin, as text with a decimal comma; empty without one."""
    try:
        middle, half = (float(text.replace(",", ".")) for text in (value, margin))
    except ValueError:
        return ["", ""]
    return [f"{round(middle + sign * half, 6):.12g}".replace(".", ",") for sign in (-1, 1)]


# --- the database form ----------------------------------------------------------------------------------


def describe(columns: Sequence[str], cells: Sequence[Sequence[Cell]]) -> Description | None:
    """What a table in the database form says of itself; None when it is any other table.

    It has a column of areas and one of periods, or a column of areas and topics with a path and a unit.
    """
    area = next((name for name in columns if AREA_NAME.fullmatch(name.strip())), "")
    period = next((name for name in columns if PERIOD_NAME.fullmatch(name.strip())), "")
    measures = tuple(filter(None, map(_measure, columns))) or _units_only(columns, {area, period})
    topics = {measure.column for measure in measures}
    if not area or not measures or not (period or any("/" in name for name in topics)):
        return None
    coding = next((name for name in columns if name not in topics and _CODING.fullmatch(name)), "")
    coding = coding or next((name for name in columns if _CODING.fullmatch(name)), "")
    others = [name for name in columns if name not in {area, period, coding} and name not in topics]
    said = Description(
        DATABASE,
        coding or area,
        period,
        tuple(name for name in others if not coding or name != area),
        tuple(
            measure
            for measure in measures
            if not _KIND_OF_AREA.fullmatch(measure.column) and measure.column != coding
        ),
    )
    return replace(said, decimal="." if _padded_with_points(columns, cells, topics) else "")


def _measure(name: str) -> Measure | None:
    """The topic that a column name is, with its unit; None for a name without one."""
    found = _UNIT.fullmatch(name)
    if found is None or "(naam)" in name or "(code)" in name or "(omschrijving)" in name:
        return None
    return Measure(name, found[2].strip(), definition=found[1].strip())


def _units_only(columns: Sequence[str], others: set[str]) -> tuple[Measure, ...]:
    """The topics of a table of which every other column is called after its unit alone ("aantal")."""
    named = [Measure(name, name.strip()) for name in columns if name not in others]
    return (
        tuple(named)
        if named
        and "" not in others
        and any(one.our_unit for one in named)
        and all(one.our_unit or one.unit in _OTHER_UNITS for one in named)
        else ()
    )


def _padded_with_points(columns: Sequence[str], cells: Sequence[Sequence[Cell]], topics: set[str]) -> bool:
    """Whether numbers are padded to a width and have a decimal point: the older database form."""
    padded = [
        cell
        for name, column in zip(columns, cells, strict=True)
        if name in topics
        for cell in column[:200]
        if isinstance(cell, str) and _PADDED.fullmatch(cell)
    ]
    return any("." in cell for cell in padded) and not any("," in cell for cell in padded)


def check_areas_can_be_told_apart(columns: Sequence[str], areas: Sequence[Cell], source: str) -> None:
    """Refuse a table of gemeenten, wijken and buurten by name only: Tynaarlo is all three.

    Raises:
        AtlasError: there are wijken or buurten among the areas, and no column with their codes or kinds.
    """
    if any(_CODING.fullmatch(name) or _KIND_OF_AREA.fullmatch(name) for name in columns):
        return
    parts = [
        text for text in areas if isinstance(text, str) and _PART_OF_MUNICIPALITY.fullmatch(text.strip())
    ]
    if parts:
        raise AtlasError(
            "In deze tabel staan gemeenten, wijken en buurten door elkaar, alleen met hun naam.",
            detail="Een gemeente, een wijk en een buurt kunnen dezelfde naam hebben.",
            where=source,
            got=", ".join(f'"{text}"' for text in parts[:3]),
            hint="Haal de tabel opnieuw op, met de kolom Codering of Soort regio erbij.",
        )


def as_table(long: Long, source: str) -> Table:
    """The rows of a form as a table."""
    check_rows(len(long.rows), source)
    return Table(
        source,
        check_header(long.columns, source),
        tuple(map(list, zip(*long.rows, strict=True))),
        long.numbers,
        description=long.said,
    )


def described(table: Table) -> Table:
    """The table with what it says of itself; any that is not of StatLine comes back as it is."""
    if table.description:
        return table
    if sum(name.count("_") > 1 for name in table.columns) >= _WIDE_PARTS:
        rows = [[str(cell or "") for cell in row] for row in zip(*table.cells, strict=True)]
        if long := read_wide(table.columns, rows, table.rows):
            return as_table(long, table.source)
    said = describe(table.columns, table.cells)
    return replace(table, description=said) if said else table
