"""What an outsider reads in a file that was handed out: figures with their areas, whatever holds them."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.areas.resolving import resolve
from ..core.disclosure.squares import SQUARES
from ..core.figures.page_form import as_records
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

#: what a column is called, in the files of the atlas and in those of others
_COLUMNS = {
    "area": ("gebied_code", "gebied", "code", "gemeente", "gebiedscode", "regio"),
    "indicator": ("indicator", "label", "cijfer", "onderwerp"),
    "category": ("categorie", "conclusie", "soort"),
    "period": ("periode", "peildatum", "jaar", "datum", "kwartaal"),
    "value": ("waarde", "aantal", "telling", "tekst", "value"),
    "low": ("laag",),
    "high": ("hoog",),
    "status": ("status", "stand"),
    "note": ("toelichting", "opmerking", "note"),
    "unit": ("eenheid",),
    "n": ("n", "respondenten"),
    "per_km2": ("per_km2",),
    "per_1000": ("per_1000",),
    "km2": ("oppervlakte_km2", "oppervlakte_land_km2", "land_km2", "area_km2"),
    "addresses": ("adressen", "addresses", "inwoners"),
}
_PAYLOAD = re.compile(r'<script[^>]*id="atlas-payload"[^>]*>(.*?)</script>', re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_SPAN = re.compile(r"(\d+)\s*(?:–|-|tot en met|tot)\s*(\d+)")
_ABOUT = re.compile(r"(?:ongeveer|circa|ca\.?|±)\s*(\d[\d.]*)")
HIDDEN, UNKNOWN = "onderdrukt", "geen_gegevens"
_HIDDEN_WORDS = (HIDDEN, "x", "geheim", "*", "niet_getoond")
_WHOLE_NAMES = ("", "totaal", "alle", "alles")
#: units in which the atlas and others say that something was counted
_COUNT_UNITS = ("count", "aantal", "")
_BASE = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands in a file; `low` and `high` are what it can stand for, as it says itself.

    `decimals` is how many the text shows; -1 when it is a number and no text.
    """

    file: str
    indicator: str
    category: str
    area: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    unit: str
    note: str = ""
    n: float | None = None
    decimals: int = -1
    divisor: float | None = None
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A publication that is described by its cells and sums instead of by a file of the atlas."""

    file: str
    editions: Mapping[str, Mapping[str, float | str]]
    hidden: tuple[str, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    least: float


def read_figures(path: Path, content: bytes) -> list[Figure]:
    """The figures of a page, a GeoPackage, a CSV or a workbook; none of any other file.

    Raises:
        AtlasError: a page of the atlas, a database or a workbook that can't be read.
    """
    kind, name = path.suffix.lower(), path.name
    try:
        if kind in {".html", ".htm"}:
            return list(_of_page(name, content.decode("utf-8", "replace")))
        if content.startswith(b"SQLite format 3\0"):
            return list(_of_database(name, content))
        if kind in {".csv", ".txt", ".tsv"}:
            return list(_of_rows(name, _csv_rows(content)))
        if kind in {".json", ".geojson"}:
            return list(_of_json(name, json.loads(content)))
        if kind in {".xlsx", ".ods"}:
            return [one for rows in _workbook(content) for one in _of_rows(name, rows)]
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise AtlasError(
            "Dit bestand is beschadigd: er is niet te lezen wat een buitenstaander leest.",
            where=str(path),
            got=str(error)[:200],
        ) from error
    return []


def read_described(path: Path, content: bytes) -> Described | None:
    """A publication described in JSON: `published`, `hidden`, `sums`; None when it is none."""
    if path.suffix.lower() != ".json":
        return None
    try:
        told = json.loads(content)
        if not isinstance(told, dict):
            return None
        sums = tuple((str(one["total"]), tuple(map(str, one["parts"]))) for one in told.get("sums", []))
        editions = {
            str(name): {str(cell): figure for cell, figure in cells.items()}
            for name, cells in told.items()
            if isinstance(cells, dict)
            and cells
            and all(isinstance(v, int | float | str) for v in cells.values())
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AtlasError(
            "Deze beschrijving van een uitgave is niet te lezen.",
            where=str(path),
            expected='{"published": {cel: getal}, "hidden": [cel], "sums": [{"total": cel, "parts": [cel]}]}',
        ) from error
    hidden = tuple(map(str, told.get("hidden", [])))
    return Described(path.name, editions, hidden, sums, float(told.get("least_of_a_hidden_cell", 0)))


def _of_page(name: str, text: str) -> Iterator[Figure]:
    found = _PAYLOAD.search(text)
    if found is None:
        return
    payload = as_records(json.loads(found[1]))
    land = {area["code"]: area.get("land_km2") for level in payload["levels"] for area in level["areas"]}
    details = {level["id"] for level in payload["levels"] if level.get("detail")} - {SQUARES}
    for indicator in payload["indicators"]:
        for view in indicator["views"]:
            if view["level"] in details:
                yield Figure(name, indicator["label"], "", "", view["period"], None, None, None, "",
                             indicator["unit"], detail=indicator["measure"] == "telling")  # fmt: skip
                continue
            entries = {**view["values"], **{one["code"]: one for one in view.get("references", [])}}
            for code, entry in entries.items():
                note = entry.get("note") or view.get("interval_note", "")
                yield Figure(
                    name, indicator["id"], "", code, view["period"], entry["value"], entry["low"],
                    entry["high"], entry["status"], indicator["unit"], note, entry.get("n"),
                    indicator["decimals"],
                    land.get(code) if indicator["unit"] == "per_km2" else None,
                )  # fmt: skip


def _of_database(name: str, content: bytes) -> Iterator[Figure]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        listed = "SELECT name FROM pragma_table_list WHERE type IN ('table', 'view')"
        tables = [str(row[0]) for row in connection.execute(listed)]
        # a map holds what the table of values holds; without that table (or view) it is read itself
        chosen = [table for table in tables if table == "waarde"] or tables
        for table in chosen:
            if table.startswith(("gpkg_", "sqlite_", "rtree_")):
                continue
            quoted = table.replace('"', '""')
            rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - a name of its own, quoted
            columns = [str(one[0]) for one in rows.description]
            if _places(columns).keys() >= {"area", "value"}:
                yield from _of_rows(name, [columns, *rows], given="" if table == "waarde" else table)


def _csv_rows(content: bytes) -> list[list[str]]:
    for coding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        break
    else:
        text = content.decode("latin-1")
    first = text.partition("\n")[0]
    delimiter = max(";,\t|", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _of_json(name: str, told: object) -> Iterator[Figure]:
    """Rows, or percentages of survey regions with their n and of the province that they lie in."""
    regions = told.get("regions") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(regions, dict):
        yield from _of_rows(name, _json_rows(told))
        return
    found = resolve(next(iter(regions), ""), "surveyregio").area
    whole = {found.province: told.get("province", {})} if found else {}
    for area, one in {**regions, **whole}.items():
        share = one.get("p")
        decimals = len(str(share).partition(".")[2]) if isinstance(share, float) else 0
        yield Figure(
            name, "aandeel", "", area, "", share, None, None, str(one.get("status", "ok")), "percent",
            n=one.get("n"), decimals=decimals,
        )  # fmt: skip


def _json_rows(told: object) -> list[list[Any]]:
    """The records of a GeoJSON, of a list, or of one object, as rows of a table; none of anything else."""
    if isinstance(told, dict):
        told = told.get("features") or told.get("rows") or [told]
    records = (
        [one.get("properties", one) for one in told if isinstance(one, dict)]
        if isinstance(told, list)
        else []
    )
    records = [one for one in records if isinstance(one, dict)]
    columns = list(dict.fromkeys(name for one in records for name in one))
    return [columns, *([one.get(name) for name in columns] for one in records)] if records else []


def _workbook(content: bytes) -> list[list[list[Any]]]:
    import python_calamine  # noqa: PLC0415 - only for a workbook

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except python_calamine.CalamineError as error:
        raise ValueError(str(error)) from error


def _places(columns: Sequence[object]) -> dict[str, int]:
    """What a column is -> where it stands; the first name that is there."""
    named = {str(column).strip().casefold(): number for number, column in reversed([*enumerate(columns)])}
    return {
        what: named[name] for what, names in _COLUMNS.items() for name in reversed(names) if name in named
    }


def _of_rows(name: str, rows: Iterable[Sequence[Any]], given: str = "") -> Iterator[Figure]:
    rows = iter(rows)
    places = _places(next(rows, []))
    if not places.keys() & {"area", "note", "per_km2", "per_1000"}:
        return
    for row in rows:
        cells = {what: row[place] if place < len(row) else None for what, place in places.items()}
        yield from _of_row(name, cells, given)


def _of_row(name: str, cells: Mapping[str, Any], given: str) -> Iterator[Figure]:
    area = str(cells.get("area") or "").strip()
    if not area and "area" in cells:
        return
    about = given or str(cells.get("indicator") or "").strip()
    common = {
        "file": name,
        "category": _category(cells.get("category")),
        "area": area,
        "period": str(cells.get("period") or "").strip(),
        "note": str(cells.get("note") or ""),
    }
    value, low, high, decimals = figure_of(cells.get("value"))
    status = str(cells.get("status") or "").strip().casefold()
    if str(cells.get("value") or "").strip().casefold() in _HIDDEN_WORDS or status in _HIDDEN_WORDS:
        status = HIDDEN
    own_low, own_high = figure_of(cells.get("low"))[0], figure_of(cells.get("high"))[0]
    if "value" in cells:
        yield Figure(
            **common, indicator=about, value=value, status=status, unit=str(cells.get("unit") or ""),
            low=low if own_low is None else own_low, high=high if own_high is None else own_high,
            n=figure_of(cells.get("n"))[0], decimals=decimals,
        )  # fmt: skip
    for unit, divisor in (("per_km2", "km2"), ("per_1000", "addresses")):
        rate, _, _, of_rate = figure_of(cells.get(unit))
        by = figure_of(cells.get(divisor))[0]
        if rate is not None:
            yield Figure(
                **common, indicator=about, value=rate, low=None, high=None, status=status, unit=unit,
                decimals=of_rate, divisor=by,
            )  # fmt: skip


def figure_of(cell: object) -> tuple[float | None, float | None, float | None, int]:
    """A cell as a figure, what it can stand for as it says itself, and its decimals.

    "ongeveer 15" is 15, between 11 and 19; "0–4" is 0, between 0 and 4; "0,3" has one decimal.
    """
    if cell is None or isinstance(cell, bool):
        return None, None, None, -1
    if isinstance(cell, int | float):
        return float(cell), None, None, -1
    text = str(cell).strip().casefold()
    if about := _ABOUT.search(text):
        figure = float(about[1].replace(".", ""))
        return figure, max(0.0, figure - _BASE + 1), figure + _BASE - 1, 0
    if span := _SPAN.fullmatch(text):
        return float(span[1]), float(span[1]), float(span[2]), 0
    if not _NUMBER.fullmatch(text.rstrip("% ")):
        return None, None, None, -1
    text = text.rstrip("% ").replace(",", ".")
    return float(text), None, None, len(text.partition(".")[2])


def _category(cell: object) -> str:
    text = str(cell or "").strip()
    return "" if text.casefold() in _WHOLE_NAMES else text


def is_count(figure: Figure) -> bool:
    """Whether a figure is a number of things: by its unit, or whole when it says none."""
    whole = figure.value is None or figure.value == int(figure.value)
    return figure.unit in _COUNT_UNITS and whole and figure.decimals <= 0
