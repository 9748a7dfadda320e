"""Teams and their days as a table that anybody fills in: one line for a team on a day, as CSV.

It becomes the part of a problem (`problem_json`) that a campaign does not know: where teams start and when.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..core.areas.crs import rd_from_wgs84
from ..core.areas.place_points import place_points
from ..core.files.reading_limits import read_text
from ..core.tables.column_names import folded
from ..core.tables.csv_text import read_csv
from ..core.tables.registers import read_date
from ..core.words.errors import AtlasError
from ..core.words.spelling import normalise
from .json_values import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .json_values import Json

#: heading -> what an example has there; the first five must be filled
EXAMPLE = {
    "Team": "Team 1", "Dag": "2027-03-29", "Van": "09:00", "Tot": "17:00", "Start": "Assen", "Eind": "",
    "Mensen": "2", "Hoogstens": "6", "Pauze (minuten)": "30", "Pauze tussen": "12:00-13:00",
}  # fmt: skip
_MUST = tuple(EXAMPLE)[:5]
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.]00)?")
_PLACE_RD = re.compile(r"(\d{4,6})(?:[.,]\d+)?[\s;/]+(\d{6})(?:[.,]\d+)?")
_BETWEEN = "11:30-13:30"


def read_teams(path: Path) -> Json:
    """Teams and their days: from a table (.csv), or else JSON as of a problem.

    Raises:
        AtlasError: see `read_json`; or what in which line of the table can't be read.
    """
    if path.suffix.lower() != ".csv":
        return read_json(path)
    try:
        table = read_csv(read_text(path), path.name)
    except OSError as error:
        raise AtlasError(
            "Het bestand kan niet worden gelezen.",
            where=str(path),
            hint="Controleer de naam en de map, en of u het mag lezen.",
        ) from error
    known = {folded(name): name for name in EXAMPLE}
    columns = {
        known.get(folded(name), ""): cells for name, cells in zip(table.columns, table.cells, strict=True)
    }
    missing = [name for name in _MUST if name not in columns]
    if missing:
        raise AtlasError(
            "In deze tabel met teams ontbreken kolommen.",
            where=str(path), got=", ".join(table.columns), expected=", ".join(EXAMPLE),
            hint="Begin met de lege tabel met teams, of geef de kolommen deze namen.",
        )  # fmt: skip
    places: dict[str, Json] = {}
    team_days = [
        _team_day(
            {name: str(columns[name][index] or "").strip() for name in EXAMPLE if name in columns},
            f"{path}, rij {row}",
            places,
        )
        for index, row in enumerate(table.rows)
    ]
    return {"places": list(places.values()), "team_days": team_days}


def _team_day(line: Mapping[str, str], where: str, places: dict[str, Json]) -> Json:
    for name in _MUST:
        if not line[name]:
            raise _wrong(where, name, "", f"iets als {EXAMPLE[name]}")
    for end in filter(None, (line["Start"], line.get("Eind"))):
        if end not in places:
            x_rd, y_rd = _position(end, where)
            places[end] = {"id": end, "x_rd": x_rd, "y_rd": y_rd}
    try:
        day = read_date(line["Dag"]).value
    except AtlasError as error:
        error.where = f"{where}, Dag"
        raise
    found: dict[str, object] = {
        "team": line["Team"], "day": day, "start": line["Start"], "end": line.get("Eind") or line["Start"],
        "from_s": _clock(line["Van"], where, "Van"), "to_s": _clock(line["Tot"], where, "Tot"),
    }  # fmt: skip
    for name, key in (("Mensen", "people"), ("Hoogstens", "most_visits")):
        if line.get(name):
            found[key] = _number(line[name], where, name)
    if line.get("Pauze (minuten)"):
        between = re.split(r"\s*(?:-|–|tot|en)\s*", line.get("Pauze tussen") or _BETWEEN)
        if len(between) != 2:  # noqa: PLR2004 - a pair
            raise _wrong(where, "Pauze tussen", line["Pauze tussen"], "twee tijden, zoals 12:00-13:00")
        found["lunch"] = {
            "length_s": 60 * _number(line["Pauze (minuten)"], where, "Pauze (minuten)"),
            "starts_between_s": [_clock(one, where, "Pauze tussen") for one in between],
        }
    return found


def _position(text: str, where: str) -> tuple[float, float]:
    """Where a team starts: coordinates in RD, or the middle of a village.

    Raises:
        AtlasError: no such place, or more than one.
    """
    if given := _PLACE_RD.fullmatch(text):
        return float(given[1]), float(given[2])
    alike = [one for one in place_points() if normalise(one.name) == normalise(text)]
    named = [one for one in alike if one.official] or alike
    if len(named) != 1:
        raise AtlasError(
            "Van deze naam is er meer dan één plaats." if named else "Deze plaats is niet bekend.",
            where=f"{where}, Start", got=text,
            expected="een plaats in Drenthe of Groningen, of x en y (RD), zoals 233500 556500",
        )  # fmt: skip
    x_rd, y_rd = rd_from_wgs84(named[0].lon, named[0].lat)
    return round(x_rd), round(y_rd)


def _clock(text: str, where: str, column: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise _wrong(where, column, text, "een tijd, zoals 09:00")
    return 3600 * int(found[1]) + 60 * int(found[2])


def _number(text: str, where: str, column: str) -> int:
    if not re.fullmatch(r"\d{1,3}(?:[.,]0+)?", text):
        raise _wrong(where, column, text, "een heel getal")
    return int(re.split("[.,]", text)[0])


def _wrong(where: str, column: str, got: str, expected: str) -> AtlasError:
    return AtlasError(
        "Deze rij van de tabel met teams klopt niet.", where=f"{where}, {column}", got=got or "(leeg)",
        expected=expected,
    )  # fmt: skip


def team_template() -> bytes:
    """The table with one line as an example, as a spreadsheet opens it."""
    lines = (";".join(EXAMPLE), ";".join(EXAMPLE.values()))
    return ("﻿" + "\r\n".join(lines) + "\r\n").encode()
