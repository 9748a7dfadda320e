"""Answers of the statistical service of CBS and the police (OData 3 and 4): JSON, or CSV with its code lists.

Version 3 has a row for each area and period with a column for each topic ("GeregistreerdeMisdrijven_1");
version 4 a row for each single figure, with its topic in the column Measure. Codes are padded; an empty one
is not published, and never 0.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..files.reading_limits import read_text, read_whole
from ..words.errors import AtlasError
from ..words.notation import counted
from .cell_numbers import shown
from .csv_text import read_csv
from .table import Description, Measure, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from .cell import Cell

    #: name of a code list without its extension -> its rows; nothing when it is not there
    CodeLists = Callable[[str], list[dict[str, Any]]]

VERSION_3, VERSION_4 = "OData 3", "OData 4"
_TOPIC_COLUMN = re.compile(r".*_[0-9]+")
_FIGURE = ("Measure", "Value")
_BESIDE_FIGURE = frozenset({"Id", "Measure", "Value", "StringValue", "ValueAttribute"})
_AREA_KINDS = frozenset({"GeoDetail", "GeoDimension"})
_PERIOD_KINDS = frozenset({"TimeDimension"})
_AREA_NAMES = re.compile(r"regio\w*|wijkenenbuurten|gemeenten?|provincies?|woonplaatsen", re.IGNORECASE)
#: how the service names a column and its code list; any other name is no name of a file
_LIST_NAME = re.compile(r"\w{1,100}")
_PERIOD_NAMES = re.compile(r"perioden?", re.IGNORECASE)
_MARGIN_NAMES = re.compile(r"marges?|intervalmarges?", re.IGNORECASE)
#: what a row of the dimension Marges holds, by its code or title
_ENDS = (
    (re.compile(r"MW00000|waarde", re.IGNORECASE), ""),
    (re.compile(r"MOG[0-9]+|ondergrens.*", re.IGNORECASE), "laag"),
    (re.compile(r"MBG[0-9]+|bovengrens.*", re.IGNORECASE), "hoog"),
)
#: where a fetched table has its code lists: in one file with its figures, so that they are of one moment
LISTS_WITHIN = "codelijsten"
#: bytes in which a file says what it is
_LOOKED_AT = 4_096
_FINAL = frozenset({"", "definitief"})
TOPIC, VALUE = "Onderwerp", "Waarde"


def records_of(data: bytes, source: str, *, any_list: bool = False) -> list[dict[str, Any]] | None:
    """The rows of an answer in JSON; None for JSON of any other kind.

    Args:
        data: The file.
        source: Its name, for sentences.
        any_list: Whether it may lack what tells an answer from other JSON: a code list that somebody saved.

    Raises:
        AtlasError: the answer is one page of more, or is broken off.
    """
    content = _answer(data, source, any_list=any_list)
    return None if content is None else content["value"]


def _answer(data: bytes, source: str, *, any_list: bool = False) -> dict[str, Any] | None:
    if (b"odata" not in data[:_LOOKED_AT] and not any_list) or not data.lstrip(
        b"\xef\xbb\xbf \r\n\t"
    ).startswith(b"{"):
        return None
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise AtlasError(
            "Dit antwoord van een dienst is afgebroken of beschadigd.",
            where=source,
            hint="Haal de tabel opnieuw op.",
        ) from error
    rows = content.get("value") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    if any(str(key).endswith("nextLink") and link for key, link in content.items()):
        raise AtlasError(
            "Dit is niet de hele tabel: het antwoord verwijst naar een volgende bladzijde.",
            where=source,
            got=f"{counted(len(rows), 'rij', 'rijen')} en een verwijzing (nextLink)",
            hint="Haal ook de volgende bladzijden op, of de hele tabel als CSV.",
        )
    return dict(content)


def table_of(records: Sequence[Mapping[str, Any]], source: str) -> Table:
    """The rows of an answer as a table, with the names of the service.

    Raises:
        AtlasError: there are no rows.
    """
    names = list(dict.fromkeys(str(name) for row in records for name in row))
    return Table.from_columns(
        source, {name: [row.get(name) for row in records] for name in names}, first_row=1
    )


def code_lists(path: Path) -> CodeLists:
    """The code lists that lie beside a file of the service, each read when it is asked for.

    Args:
        path: The file with the figures; its lists ("PeriodenCodes.csv") lie in the same folder.
    """

    def rows(name: str) -> list[dict[str, Any]]:
        if not _LIST_NAME.fullmatch(name):
            return []
        for suffix in (".json", ".csv"):
            beside = path.with_name(name + suffix)
            if beside == path or not beside.is_file():
                continue
            if suffix == ".json":
                return records_of(read_whole(beside), str(beside), any_list=True) or []
            table = read_csv(read_text(beside), str(beside))
            return [dict(zip(table.columns, row, strict=True)) for row in zip(*table.cells, strict=True)]
        return []

    return rows


def read_text_table(path: Path, header: int = 0) -> Table:
    """The table in a CSV, or in an answer of the service in JSON, with what its code lists say.

    Args:
        path: The file.
        header: See `read_csv`.

    Raises:
        AtlasError: it can't be read, or is not a whole table.
    """
    answer = _answer(read_whole(path), str(path)) if path.suffix.lower() == ".json" else None
    if answer is None:
        return understood(read_csv(read_text(path), str(path), header), code_lists(path))
    within = answer.get(LISTS_WITHIN)
    lists = (lambda name: within.get(name, [])) if isinstance(within, dict) else code_lists(path)
    for name, rows in within.items() if isinstance(within, dict) else ():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise AtlasError(
                "Een codelijst in dit bestand is beschadigd.",
                where=f"{path}, {LISTS_WITHIN}, {name}",
                got=shown(json.dumps(rows, ensure_ascii=False)),
                expected="een lijst met een object voor elke code",
                hint="Haal de tabel opnieuw op.",
            )
    return understood(table_of(answer["value"], str(path)), lists)


def is_answer(path: Path) -> bool:
    """Whether a file is an answer of the service in JSON."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"{") and b"odata" in start


def understood(table: Table, lists: CodeLists) -> Table:
    """A table with the names of the service with what its code lists say; any other comes back as it is.

    Args:
        table: As `table_of` or a CSV has it.
        lists: Asked for a code list by its name.
    """
    if all(name in table.columns for name in _FIGURE):
        return _version_4(table, lists)
    topics = [name for name in table.columns if _TOPIC_COLUMN.fullmatch(name)]
    if topics and ("ID" in table.columns or lists("DataProperties")):
        return _version_3(table, topics, lists)
    return table


def _version_3(table: Table, topics: Sequence[str], lists: CodeLists) -> Table:
    properties = {str(row.get("Key", "")).strip(): row for row in lists("DataProperties")}
    kinds = {key: str(row.get("Type", "")) for key, row in properties.items()}
    dimensions = [
        name for name in table.columns if name not in topics and name != "ID" and kinds.get(name) != "Topic"
    ]
    titles = _told_apart({name: _title(properties.get(name, {})) or name for name in topics})
    measures = {}
    for name in topics:
        said = properties.get(name, {})
        measures[name] = Measure(
            titles[name],
            str(said.get("Unit") or "").strip(),
            definition=_one_line(said.get("Description")),
        )
    columns = {measures[name].column: list(map(_figure, table.column(name))) for name in topics}
    return _with_dimensions(
        table,
        dimensions,
        columns,
        measures=tuple(measures.values()),
        kinds=kinds,
        layout=VERSION_3,
        codes_of=lists,
    )


def _version_4(table: Table, lists: CodeLists) -> Table:
    kinds = {str(row.get("Identifier", "")): str(row.get("Kind", "")) for row in lists("Dimensions")}
    known = {str(row.get("Identifier", "")): row for row in lists("MeasureCodes")}
    dimensions = [name for name in table.columns if name not in _BESIDE_FIGURE]
    attributes = table.column("ValueAttribute") if "ValueAttribute" in table.columns else [None] * len(table)
    figures = [
        _figure(value) if attribute in (None, "", "None") else str(attribute)
        for value, attribute in zip(table.column("Value"), attributes, strict=True)
    ]
    codes = [str(cell or "").strip() for cell in table.column("Measure")]
    names = _told_apart({code: _title(known.get(code, {})) or code for code in dict.fromkeys(codes)})
    measures = tuple(
        Measure(
            name,
            str(known.get(code, {}).get("Unit") or "").strip(),
            definition=_one_line(known.get(code, {}).get("Description")),
        )
        for code, name in names.items()
    )
    columns: dict[str, list[Cell]] = {TOPIC: list(map(names.__getitem__, codes)), VALUE: figures}
    made = _with_dimensions(
        table,
        dimensions,
        columns,
        measures=measures,
        kinds=kinds,
        layout=VERSION_4,
        codes_of=lambda name: lists(f"{name}Codes"),
    )
    said = made.description
    if said is None:
        return made
    aliases = {**(said.aliases or {}), TOPIC: {code.casefold(): name for code, name in names.items()}}
    return replace(made, description=replace(said, topic=TOPIC, decimal=",", aliases=aliases))


def _with_dimensions(
    table: Table,
    dimensions: Sequence[str],
    figures: Mapping[str, list[Cell]],
    *,
    measures: tuple[Measure, ...],
    kinds: Mapping[str, str],
    layout: str,
    codes_of: CodeLists,
) -> Table:
    """The table with titles for codes, and what is known of its dimensions."""
    area = next((name for name in dimensions if kinds.get(name) in _AREA_KINDS), "")
    area = area or next((name for name in dimensions if _AREA_NAMES.fullmatch(name)), "")
    period = next((name for name in dimensions if kinds.get(name) in _PERIOD_KINDS), "")
    period = period or next((name for name in dimensions if _PERIOD_NAMES.fullmatch(name)), "")
    shown_as = _told_apart({name: _dimension_title(name, area, period) for name in dimensions}, figures)
    cells: dict[str, list[Cell]] = {}
    aliases: dict[str, Mapping[str, str]] = {}
    provisional: dict[str, str] = {}
    for name in dimensions:
        rows = {_key(row): row for row in codes_of(name)}
        stripped = [str(cell or "").strip() for cell in table.column(name)]
        if name == period:
            provisional = {code: status for code, row in rows.items() if (status := _status(row))}
        titles = {}
        if name not in (area, period):
            codes = dict.fromkeys((*rows, *stripped))
            titles = _told_apart({code: _title(rows.get(code, {})) or code for code in codes})
        title = shown_as[name]
        cells[title] = [titles.get(text, text) for text in stripped]
        aliases[title] = {code.casefold(): shown for code, shown in titles.items()}
    cells |= figures
    said = Description(
        layout,
        shown_as.get(area, ""),
        shown_as.get(period, ""),
        tuple(shown_as[name] for name in dimensions if name not in (area, period)),
        measures,
        aliases=aliases,
        provisional=provisional,
    )
    made = replace(table, columns=tuple(cells), cells=tuple(cells.values()), description=said)
    return _with_ends(made)


def _dimension_title(name: str, area: str, period: str) -> str:
    """A key as a reader sees it: "SoortMisdrijf" is "Soort misdrijf"; those of areas and periods stay."""
    if name in (area, period):
        return name
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return words[:1] + words[1:].lower()


def _with_ends(table: Table) -> Table:
    """The table with low and high beside the value, where these were rows of a dimension "Marges"."""
    said = table.description
    margin = next((name for name in table.columns if _MARGIN_NAMES.fullmatch(name)), None)
    if said is None or margin is None:
        return table
    end_of = {cell: _end(str(cell)) for cell in set(table.column(margin))}
    if None in end_of.values():
        return table
    figures = [VALUE] if VALUE in table.columns else [measure.column for measure in said.measures]
    keys = [name for name in table.columns if name not in (*figures, margin)]
    rows: dict[tuple[Cell, ...], dict[str, Cell]] = {}
    numbers: dict[tuple[Cell, ...], int] = {}
    key_columns = [table.column(name) for name in keys]
    value_columns = [table.column(name) for name in figures]
    for position, cell in enumerate(table.column(margin)):
        key = tuple(column[position] for column in key_columns)
        end = end_of[cell]
        numbers.setdefault(key, table.rows[position])
        of_key = rows.setdefault(key, {})
        for name, column in zip(figures, value_columns, strict=True):
            ended = f"{name} {end}".strip()
            if ended in of_key:
                raise AtlasError(
                    "Twee rijen geven voor hetzelfde gebied, dezelfde periode en dezelfde marge een waarde.",
                    where=table.source, got=f"rij {numbers[key]} en rij {table.rows[position]}",
                    hint="Haal de tabel opnieuw op, of laat de rij weg die niet klopt.",
                )  # fmt: skip
            of_key[ended] = column[position]
    names = [f"{name} {end}".strip() for name in figures for end in ("", "laag", "hoog")]
    columns: list[list[Cell]] = [list(column) for column in zip(*rows, strict=True)]
    columns += [[found.get(name) for found in rows.values()] for name in names]
    measures = tuple(
        replace(measure, low=f"{column} laag", high=f"{column} hoog")
        for measure in said.measures
        for column in (VALUE if VALUE in figures else measure.column,)
    )
    left = tuple(name for name in said.dimensions if name != margin)
    return replace(
        table,
        columns=(*keys, *names),
        cells=tuple(columns),
        rows=list(numbers.values()),
        description=replace(said, dimensions=left, measures=measures),
    )


def _end(text: str) -> str | None:
    return next((end for pattern, end in _ENDS if pattern.fullmatch(text.strip())), None)


def _figure(cell: Cell) -> Cell:
    """A figure: text without the blanks that pad it, nothing for an empty one."""
    return (cell.strip() or None) if isinstance(cell, str) else cell


def _key(row: Mapping[str, Any]) -> str:
    return str(row.get("Key", row.get("Identifier", ""))).strip()


def _told_apart(titles: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Code -> title, with the code behind a title that is not of this code alone.

    The service repeats "Totaal" below each group of topics: two topics or rows with one title would be one.

    Args:
        titles: Code -> what its code list says.
        taken: Titles that are of something else.
    """
    times = Counter(map(str.casefold, (*titles.values(), *taken)))
    times.update(code.casefold() for code, title in titles.items() if code.casefold() != title.casefold())
    return {
        code: f"{title} [{code}]" if times[title.casefold()] > 1 else title for code, title in titles.items()
    }


def _title(row: Mapping[str, Any]) -> str:
    return _one_line(row.get("Title"))


def _one_line(text: object) -> str:
    return " ".join(str(text or "").split())


def _status(row: Mapping[str, Any]) -> str:
    said = str(row.get("Status") or "").strip().lower()
    return "" if said in _FINAL else {"nadervoorlopig": "nader voorlopig"}.get(said, said)
