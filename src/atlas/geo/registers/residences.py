"""Which municipality a woonplaats of the BAG lies in: exact, where generalised borders are not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.areas.resolving import areas
from ...core.tables.column_names import choose_columns, folded, require_columns
from ...core.tables.registers import read_date
from ...core.words.errors import AtlasError
from ..reading.frames import Reading, Sieve
from .register_layouts import RESIDENCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.tables.cell import Cell
    from ...core.tables.table import Table

#: the columns of the frame
RESIDENCE_COLUMNS = ("woonplaats_code", "naam", "gemeente_code")
_CODE_DIGITS = 4


def read_residences(table: Table, *, today: date) -> Reading:
    """Read the table of woonplaatsen and municipalities (Kadaster, CBS).

    Args:
        table: With columns such as woonplaats code, woonplaats and gemeente code.
        today: Rows that ended before it are left out.

    Returns:
        `RESIDENCE_COLUMNS`: code of four digits, name, code of the municipality (GM0106).

    Raises:
        AtlasError: columns missing, or no woonplaats in the two provinces.
    """
    chosen = choose_columns(table.columns, RESIDENCES.names, table.source)
    require_columns(chosen, RESIDENCES.required, RESIDENCES.names, table.columns, table.source)
    sieve = Sieve(table.source, np.asarray(table.rows))
    residence = [
        _four_digits(_text(cell).upper().removeprefix("WP"))
        for cell in table.column(chosen["woonplaats_code"])
    ]
    municipality, unclear = _municipalities(table, chosen, today)
    names = [_text(cell) for cell in table.column(chosen["naam"])]
    unreadable = [
        not code or not name or not gm for code, name, gm in zip(residence, names, municipality, strict=True)
    ]
    sieve.reject(
        unreadable, "code_onleesbaar", "De code van de woonplaats of van de gemeente is niet te lezen."
    )
    sieve.reject(
        unclear, "dubbelzinnig", "Er staat een nieuwe gemeente bij, zonder dat te lezen is vanaf wanneer."
    )
    if "eind" in chosen:
        _drop_ended(table.column(chosen["eind"]), sieve, today)
    ours = {area.code for area in areas("gemeente")}
    sieve.reject(
        [code not in ours for code in municipality], "buiten_gebied", "Ligt buiten Drenthe en Groningen."
    )
    frame = pd.DataFrame({"woonplaats_code": residence, "naam": names, "gemeente_code": municipality})
    _drop_repeated(frame, sieve)
    report = sieve.report()
    return Reading(frame[sieve.kept].reset_index(drop=True), report)


def _municipalities(table: Table, chosen: Mapping[str, str], today: date) -> tuple[list[str], list[bool]]:
    """The municipality of each row on this day, and whether a new one is named without a readable date."""
    present = [_municipality(cell) for cell in table.column(chosen["gemeente_code"])]
    if "nieuwe_gemeente" not in chosen:
        return present, [False] * len(present)
    new = [_municipality(cell) for cell in table.column(chosen["nieuwe_gemeente"])]
    dates = [table.column(chosen[name]) for name in ("nieuw_vanaf", "oude_tot") if name in chosen]
    unclear = [False] * len(new)
    for position, code in enumerate(new):
        if not code or code == present[position]:
            continue
        since = next((cells[position] for cells in dates if _text(cells[position])), None)
        try:
            if date.fromisoformat(read_date(since).value) <= today:
                present[position] = code
        except AtlasError:
            unclear[position] = True
    return present, unclear


def municipalities_of(names: Sequence[str], residences: pd.DataFrame) -> list[str]:
    """The municipality of each woonplaats name, "" when the name is unknown or occurs in several.

    Args:
        names: Names as the BAG writes them.
        residences: The frame of `read_residences`.
    """
    known: dict[str, set[str]] = {}
    for name, code in zip(residences["naam"], residences["gemeente_code"], strict=True):
        known.setdefault(folded(name), set()).add(code)
    distinct = {name: known.get(folded(name), set()) for name in set(names)}
    sure = {name: next(iter(codes)) if len(codes) == 1 else "" for name, codes in distinct.items()}
    return [sure[name] for name in names]


def _drop_ended(cells: Sequence[Cell], sieve: Sieve, today: date) -> None:
    ended = np.zeros(len(cells), dtype=bool)
    unreadable = np.zeros(len(cells), dtype=bool)
    for position, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        try:
            ended[position] = date.fromisoformat(read_date(cell).value) <= today
        except AtlasError:
            unreadable[position] = True
    sieve.reject(unreadable, "rij_onjuist", "De einddatum is geen datum.")
    sieve.reject(ended, "vervallen", "Deze regel is beëindigd.")


def _drop_repeated(frame: pd.DataFrame, sieve: Sieve) -> None:
    """A woonplaats lies in one municipality: two answers are none."""
    kept = frame[sieve.kept]
    several = kept.groupby("woonplaats_code")["gemeente_code"].nunique()
    torn = frame["woonplaats_code"].isin(several[several > 1].index).to_numpy()
    sieve.reject(torn, "dubbelzinnig", "Deze woonplaats staat bij meer dan één gemeente.")
    again = frame["woonplaats_code"].where(sieve.kept).duplicated(keep="first").to_numpy() & sieve.kept
    sieve.reject(again, "dubbel", "Deze woonplaats staat al eerder in de tabel.")


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell).strip()


def _four_digits(cell: Cell) -> str:
    text = _text(cell)
    return text.zfill(_CODE_DIGITS) if text.isdigit() and len(text) <= _CODE_DIGITS else ""


def _municipality(cell: Cell) -> str:
    digits = _four_digits(_text(cell).upper().removeprefix("GM"))
    return f"GM{digits}" if digits else ""
