"""A published table of a recipe asked of the service of CBS or the police, and kept as it was given.

The service speaks OData: version 4 (datasets.cbs.nl: Observations, MeasureCodes, PeriodenCodes, ...) or
version 3 (the tables of the police: TypedDataSet, DataProperties, Perioden, ...); its root says which. Only
the areas of the atlas and the rows that the recipe is about are asked for.
"""

from __future__ import annotations

import json
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.areas.resolution import EXACT, SPELLING
from ..core.areas.resolving import resolve
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_output
from ..core.files.service_answers import (
    MAX_PAGES,
    Patience,
    asked_patiently,
    check_address,
    endless,
    read_json,
    refuse_incomplete,
)
from ..core.joining.recipes import figures_in
from ..core.tables.odata import LISTS_WITHIN, table_of, understood
from ..core.tables.periods import YEAR, read_period
from ..core.words.errors import AtlasError
from ..core.words.spelling import normalise
from ..geo.reading.asking import ask_service
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ..core.joining.recipes import Recipe

    Row = dict[str, Any]

_ACCEPT = "application/json"
_AREA_KINDS = ("GeoDetail", "GeoDimension")
_PERIOD_KINDS = ("TimeDimension",)
#: areas in one question: its address stays under 2,000 characters
_AREAS_ASKED = 20
_LEVELS = ("gemeente", "provincie")


@dataclass(frozen=True, slots=True)
class _Version:
    """How a version of the service names things."""

    figures: str
    columns: str
    ending: str
    counting: str


_VERSION_4 = _Version("Observations", "Dimensions", "Codes", "$count=true")
_VERSION_3 = _Version("TypedDataSet", "DataProperties", "", "$format=json&$inlinecount=allpages")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched: the file with the figures and their code lists, and how many figures or rows."""

    table: Path
    rows: int


def fetch_table(
    known: Recipe,
    folder: Path | None = None,
    *,
    named: str = "",
    endpoint: str = "",
    periods: Sequence[str] = (),
    made_on: date | None = None,
    patience: Patience | None = None,
    progress: Progress = silent,
) -> Fetched:
    """Fetch the table of a recipe, with its code lists in one file; an earlier one is replaced whole.

    Args:
        known: The recipe.
        folder: Where its files go: new, empty, or with an earlier fetch of this table; None for a folder with
            the id of the table here.
        named: How it was asked for: the id of one of the recipe's tables; any other name means the first.
        endpoint: Address of the service instead of the recipe's.
        periods: Which; none for every year of the table.
        made_on: The day, kept in the file; None: not kept.
        patience: With faults that pass.
        progress: Told what is being asked and which part (0-1) is done.

    Raises:
        AtlasError: a recipe without service, no connection, an answer that can't be used or is not whole, a
            period or areas that are not in the table, or a folder with other files.
    """
    asked_id = _table_id(known, named)
    folder = folder or Path(asked_id)
    root = f"{(endpoint or known.service).rstrip('/')}/{asked_id}"
    path = folder / f"{asked_id}_figures.json"
    _check_folder(folder, path)
    service = _Service(root, patience or Patience())
    progress(f"{asked_id}: codelijsten ophalen", 0.0)
    lists = _code_lists(service)
    areas, filters = _filters(service, known, lists, periods)
    rows: list[Row] = []
    for start in range(0, len(areas), _AREAS_ASKED):
        progress(f"{asked_id}: cijfers ophalen", 0.1 + 0.8 * start / len(areas))
        rows += service.rows(service.version.figures, [areas[start : start + _AREAS_ASKED], *filters])
    _check_table(known, rows, lists, root)
    origin = {"adres": root} | ({"opgehaald_op": made_on.isoformat()} if made_on else {})
    _write(path, {"@odata.context": root, "herkomst": origin, LISTS_WITHIN: lists, "value": rows})
    progress("Klaar", 1.0)
    return Fetched(path, len(rows))


class _Service:
    """One table of the service: its version, and all rows of what it has."""

    def __init__(self, root: str, patience: Patience) -> None:
        check_address(root, root)
        self.root, self._patience = root, patience
        content = self._ask(f"{root}?$format=json")
        names = {str(row.get("name", "")) for row in _rows_of(content, root)}
        versions = [one for one in (_VERSION_4, _VERSION_3) if {one.figures, one.columns} <= names]
        if not versions:
            raise AtlasError(
                "Deze dienst geeft geen tabel die de atlas kan lezen.",
                where=root,
                got=", ".join(sorted(names)) or "niets",
                expected="Observations en Dimensions, of TypedDataSet en DataProperties",
                choices=("endpoint",),
            )
        self.version = versions[0]

    def rows(self, name: str, filters: Sequence[Sequence[tuple[str, str]]] = ()) -> list[Row]:
        """All rows of a set over all its pages; of each filter one of its pairs of column and code holds."""
        either = (" or ".join(f"{column} eq '{_quoted(code)}'" for column, code in one) for one in filters)
        said = " and ".join(f"({one})" for one in either if one)
        query = self.version.counting + (f"&$filter={urllib.parse.quote(said)}" if said else "")
        url: str | None = f"{self.root}/{urllib.parse.quote(name)}?{query}"
        found: list[Row] = []
        visited: set[str] = set()
        promised: object = None
        while url is not None:
            if url in visited or len(visited) >= MAX_PAGES:
                raise endless(self.root, len(visited))
            visited.add(url)
            content = self._ask(url)
            found += _rows_of(content, url)
            promised = content.get("@odata.count", content.get("odata.count", promised))
            following = content.get("@odata.nextLink") or content.get("odata.nextLink")
            if following:
                following = urllib.parse.urljoin(url, str(following))
                check_address(following, self.root)
            url = following or None
        told = str(promised or "")
        refuse_incomplete(int(told) if told.isdecimal() else None, len(found), f"{self.root}, {name}")
        _refuse_unasked(found, filters, f"{self.root}, {name}")
        return found

    def _ask(self, url: str) -> dict[str, Any]:
        def ask(address: str) -> dict[str, Any]:
            content = read_json(*ask_service(address, _ACCEPT), address, "JSON (OData)")
            return content if isinstance(content, dict) else {}

        return asked_patiently(url, ask, self._patience)


def _rows_of(content: Mapping[str, Any], where: str) -> list[Row]:
    rows = content.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise AtlasError(
            "Het antwoord van de dienst is geen lijst.",
            where=where,
            expected="OData in JSON, met een lijst value",
        )
    return rows


def _refuse_unasked(rows: Sequence[Row], filters: Sequence[Sequence[tuple[str, str]]], where: str) -> None:
    """Check that every row was asked for: a service that knows no filter gives the whole country."""
    for one in filters:
        asked = {(column, code.strip()) for column, code in one}
        columns = {column for column, _code in one}
        for row in rows:
            said = {(column, str(row.get(column, "")).strip()) for column in columns}
            if one and not said & asked:
                raise AtlasError(
                    "De dienst gaf iets anders dan er is gevraagd.",
                    where=where,
                    got=", ".join(f"{column} {code}" for column, code in sorted(said)),
                    expected=", ".join(sorted(code for _column, code in asked)[:_AREAS_ASKED]),
                    choices=("endpoint",),
                )


def _code_lists(service: _Service) -> dict[str, list[Row]]:
    """The code lists of a table by the name under which `core.tables.odata` looks for them."""
    version = service.version
    columns = service.rows(version.columns)
    lists = {version.columns: columns}
    if version is _VERSION_4:
        lists["MeasureCodes"] = service.rows("MeasureCodes")
    for name, _kind in _dimensions(columns):
        lists[name + version.ending] = service.rows(name + version.ending)
    return lists


def _dimensions(columns: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Name and kind of every dimension: of version 4, or of version 3 where topics stand among them."""
    for row in columns:
        name, kind = row.get("Identifier", row.get("Key", "")), str(row.get("Kind", row.get("Type", "")))
        if kind.endswith(("Dimension", *_AREA_KINDS)) and str(name).isidentifier():
            yield str(name), kind


def _filters(
    service: _Service, known: Recipe, lists: Mapping[str, list[Row]], periods: Sequence[str]
) -> tuple[list[tuple[str, str]], list[list[tuple[str, str]]]]:
    """The areas to ask for, and what else must hold, as pairs of column and code."""
    version = service.version
    areas: list[tuple[str, str]] = []
    filters = []
    for name, kind in _dimensions(lists[version.columns]):
        rows = lists[name + version.ending]
        if kind in _AREA_KINDS:
            areas = [(name, code) for code in _area_codes(rows, known.level)]
        elif kind in _PERIOD_KINDS:
            filters.append([(name, code) for code in _period_codes(rows, periods, service.root)])
        else:
            filters.append([(name, code) for code in _chosen_codes(name, rows, known)])
    if not areas:
        raise AtlasError(
            "In deze tabel staat geen gebied van Drenthe en Groningen.",
            where=service.root,
            expected=f"gebieden van het niveau {known.level}",
        )
    return areas, filters


def _area_codes(rows: Sequence[Row], level: str) -> list[str]:
    """The codes of the atlas's areas, of the recipe's level or else the first one there is."""
    for one in dict.fromkeys((level, *_LEVELS)):
        if found := [
            _code(row) for row in rows if resolve(_code(row).strip(), one).reason in (EXACT, SPELLING)
        ]:
            return found
    return []


def _period_codes(rows: Sequence[Row], wanted: Sequence[str], where: str) -> list[str]:
    known = {_code(row): period for row in rows if (period := read_period(_code(row).strip()))}
    if not wanted:
        return [code for code, period in known.items() if period.kind == YEAR]
    labels = {period.label: code for code, period in known.items()}
    asked = [(text, read_period(text)) for text in wanted]
    for text, period in asked:
        if period is None or period.label not in labels:
            raise AtlasError(
                "Deze periode staat niet in de tabel.",
                where=where,
                got=text,
                expected=", ".join(sorted(labels)[-12:]),
                choices=("period",),
            )
    return [labels[period.label] for _text, period in asked if period]


def _chosen_codes(name: str, rows: Sequence[Row], known: Recipe) -> list[str]:
    """The codes of a dimension that the figures are about; none when one of them chooses nothing."""
    wanted = set()
    for figure in known.figures:
        said = {_bare(key): value for key, value in figure.where.items()}
        if _bare(name) not in said:
            return []
        wanted.add(normalise(said[_bare(name)]))
    return [_code(row) for row in rows if normalise(str(row.get("Title", ""))) in wanted]


def _check_table(known: Recipe, rows: Sequence[Row], lists: Mapping[str, list[Row]], where: str) -> None:
    if not rows:
        raise AtlasError("De dienst heeft hiervan geen cijfers.", where=where, choices=("period",))
    table = understood(table_of(rows, where), lambda name: lists.get(name, []))
    if not figures_in(known, table):
        said = table.description
        raise AtlasError(
            "In deze tabel staat geen cijfer van dit recept.",
            where=f"{where}, recept {known.id}",
            got=", ".join(measure.column for measure in said.measures[:8]) if said else "",
            expected=", ".join(f'"{figure.measure}"' for figure in known.figures if figure.measure),
        )


def _table_id(known: Recipe, named: str) -> str:
    """The table of the recipe that is named, the first when it is the recipe itself that is."""
    if not known.service or not known.ids:
        raise AtlasError(
            "Van dit recept is geen dienst bekend waar de tabel kan worden opgehaald.",
            got=known.id,
            hint="Vraag de tabel aan de leverancier, en neem haar in met atlas intake.",
        )
    wanted = named.strip().casefold()
    return next((one for one in known.ids if one.casefold() == wanted), known.ids[0])


def _check_folder(folder: Path, path: Path) -> None:
    check_output(path)
    if folder.is_dir() and any(folder.iterdir()) and not path.exists():
        raise AtlasError(
            "In deze map staat al iets anders.",
            where=str(folder),
            expected="een nieuwe of lege map, of die waarin deze tabel eerder is opgehaald",
        )


def _write(path: Path, content: Mapping[str, Any]) -> None:
    with new_file(path) as beside:
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _code(row: Row) -> str:
    return str(row.get("Identifier", row.get("Key", "")))


def _quoted(code: str) -> str:
    return code.replace("'", "''")


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
