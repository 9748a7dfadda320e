"""A list of agricultural businesses, found in the BAG without any service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...core.records.address_book import find_in_bag
from ...core.records.file_rows import check_by_layer, choose, note_columns_left_out
from ...core.tables.address_columns import refuse_unknown_kinds
from ...core.words.errors import AtlasError
from ...core.words.layer_names import YARDS
from ..reading.frames import Reading, Sieve
from .dossier_rows import FrameRegister, text_frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from ...core.records.file_rows import FileRows
    from ...core.tables.table import Table
    from ..reading.frames import ReadReport

#: the columns of the frame: the row in the list, the nummeraanduiding (by which a yard knows its own
#: dwelling), fields of the layer agrarisch_bedrijf, x and y in EPSG:28992
FARM_COLUMNS = (
    "rij", "adres_id", "adres", "bag_vbo_id", "bag_pand_id", "bron", "bronkenmerk", "peildatum",
    "bewaren_tot", "x", "y",
)  # fmt: skip
_FIELDS = {
    "bron": ("bron",),
    "bronkenmerk": ("bronkenmerk", "kenmerk", "relatienummer", "ubn", "bedrijfsnummer"),
    "peildatum": ("peildatum", "datum"),
    "bewaren_tot": ("bewarentot", "bewaartermijn"),
}


def match_farms(table: Table, addresses: pd.DataFrame, *, today: date) -> Reading:
    """Find the yards of a list of businesses.

    A row is found by a BAG id, or by postcode (or street and place) with house number, letter and addition,
    in one column or several. One object exactly fits, or the row is refused: with the nearest addresses when
    none fits, with all that fit when several do. Names and other columns are not taken over.

    Args:
        table: The list.
        addresses: The frame of `read_addresses`.
        today: Dates may not lie after it.

    Returns:
        `FARM_COLUMNS`, one row for each yard: of two businesses at one address the first is there, the second
        in the report.

    Raises:
        AtlasError: no columns with addresses, or not one business was found.
    """
    rows = choose(table, _FIELDS)
    if not rows.columns.keys() & {"adres", "huisnummer", "straat", "bag_vbo_id", "adres_id"}:
        raise AtlasError(
            "In deze lijst staan geen adressen.",
            where=table.source,
            got="de kolommen " + ", ".join(table.columns),
            expected="postcode en huisnummer, of een kolom adres; of het BAG-id van het verblijfsobject",
        )
    refuse_unknown_kinds(table, rows.columns.values())
    note_columns_left_out(rows)
    there = find_in_bag(rows, FrameRegister(addresses), range(len(table)))
    found = {position: one.position for position, one in there.items()}
    for position in rows.used():
        if position not in found:
            rows.reject(position, "adres_onleesbaar", "Deze rij heeft geen adres.")
    _one_for_each_yard(rows, found)
    return _reading(rows, found, addresses, today)


def _one_for_each_yard(rows: FileRows, found: Mapping[int, int]) -> None:
    first: dict[int, int] = {}
    for position in rows.used():
        row = first.setdefault(found[position], int(rows.table.rows[position]))
        if row != rows.table.rows[position]:
            rows.reject(position, "dubbel", f"Ligt op hetzelfde adres als rij {row}: het is één erf.")


def _reading(rows: FileRows, found: Mapping[int, int], addresses: pd.DataFrame, today: date) -> Reading:
    records: list[dict[str, object]] = []
    for position in range(len(rows.table)):
        record: dict[str, object] = dict(rows.cells(position, _FIELDS))
        if position in found:
            record |= _address(addresses.iloc[found[position]])
        records.append(record)
    clean = check_by_layer(rows, YARDS, records, today)
    report = _report(rows)
    at = np.array([found[position] for position in rows.used()])
    of_bag = {name: addresses[name].to_numpy()[at] for name in ("adres_id", "x", "y")}
    frame = text_frame(rows, clean, FARM_COLUMNS[2:-2]).assign(**of_bag)
    return Reading(frame[list(FARM_COLUMNS)], report)


def _report(rows: FileRows) -> ReadReport:
    """The report of the rows as every reader of a register hands it over."""
    sieve = Sieve(rows.table.source, np.asarray(rows.table.rows))
    for sentence in rows.notes:
        sieve.note(sentence)
    for position, unused in rows.unused.items():
        sieve.reject_one(position, unused.reason_code, unused.explanation)
    return sieve.report()


def _address(row: pd.Series) -> dict[str, object]:
    """The fields of the layer that the BAG knows."""
    number = f"{row['huisnummer']}{row['huisletter']}"
    number = f"{number}-{row['toevoeging']}" if row["toevoeging"] else number
    line = f"{row['straat']} {number}, {row['woonplaats']}".strip(" ,")
    ids = {name: row[name] for name in ("bag_vbo_id", "bag_pand_id") if row[name]}
    return {"adres": line, **ids}
