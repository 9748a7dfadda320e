"""The figures of one map as a table to take along: every row has its source, base and caution beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..words.spreadsheet_text import harmless_line
from .edition import made_facts
from .map_layers import caution_of, cited

Record = Mapping[str, Any]
Cell = str | float | None

COLUMNS = (
    "gebied", "code", "provincie", "onderwerp", "niveau", "periode", "eenheid", "cijfer", "95_van", "95_tot",
    "n", "toestand", "opmerking", "onder_wie", "let_op", "bron", "gemaakt_door", "vragen_aan", "gemaakt_op",
    "nieuwste_gegevens", "doelgroep",
)  # fmt: skip
#: what a row is called that is no area of the map
COMPARED = "ter vergelijking"


def figure_rows(payload: Record, indicator: Record, view: Record) -> list[list[Cell]]:
    """A row for each area in the order of the level, then what the map is held against; below `COLUMNS`.

    A figure that is withheld is an empty cell with its state beside it.
    """
    level = next(level for level in payload["levels"] if level["id"] == view["level"])
    provinces = {
        area["code"]: area["name"]
        for other in payload["levels"]
        if other["id"] == "provincie"
        for area in other["areas"]
    }
    states = {state["status"]: state["label"] for state in payload["states"]}
    subject = [
        indicator["label"],
        level["label_plural"].lower(),
        view["period_label"],
        indicator["unit_label"],
    ]
    same = [
        indicator["base"], caution_of(indicator, view), cited(indicator),
        *(text for _, text in made_facts(payload)), payload["audience_label"],
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for area in level["areas"]:
        value = view["values"][area["code"]]
        remark = " ".join(
            filter(None, (area["note"] if area["inferred"] else "", value["note"], _shared_note(value, view)))
        )
        where = [area["label"], area["code"], provinces.get(area["province"], "")]
        rows.append([*where, *subject, *_figures(value), states[value["status"]], remark, *same])
    for entry in view["references"]:
        where = [entry["label"], entry["code"], ""]
        rows.append([*where, *subject, *_figures(entry), states[entry["status"]], COMPARED, *same])
    return [[harmless_line(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def as_csv(rows: list[list[Cell]]) -> str:
    """The table as a Dutch spreadsheet opens it: semicolons, a comma in a number, and marked as UTF-8."""
    lines = [list(COLUMNS), *([_written(cell) for cell in row] for row in rows)]
    return "\ufeff" + "".join(f"{';'.join(map(_quoted, line))}\r\n" for line in lines)


def _shared_note(value: Record, view: Record) -> str:
    """What is said once on a page of every figure: a row of a table goes its own way."""
    return "" if value["value"] is None else str(view["interval_note"])


def _figures(entry: Record) -> list[Cell]:
    return [entry["value"], entry["low"], entry["high"], entry["n"]]


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else f"{Decimal(repr(cell)).normalize():f}".replace(".", ",")


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(sign in cell for sign in ';"\r\n') else cell
