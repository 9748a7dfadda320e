"""A list of agricultural businesses, found in the BAG without any service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.errors import AtlasError
from .dossier_rows import check_by_layer, choose, find_in_bag, note_columns_left_out, text_frame
from .reading import Reading

if TYPE_CHECKING:
    from datetime import date

    from ..core.tables import Table
    from .dossier_rows import DossierRows

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
    note_columns_left_out(rows)
    find_in_bag(rows, addresses)
    nowhere = [position < 0 for position in rows.positions]
    rows.sieve.reject(nowhere, "adres_onleesbaar", "Deze rij heeft geen adres.")
    _one_for_each_yard(rows)
    return _reading(rows, addresses, today)


def _one_for_each_yard(rows: DossierRows) -> None:
    positions = pd.Series(rows.positions).where(rows.sieve.kept)
    again = (positions.duplicated(keep="first") & positions.notna()).to_numpy()
    first = dict(zip(positions[::-1], rows.sieve.rows[::-1].tolist(), strict=True))
    rows.sieve.reject(
        again,
        "dubbel",
        lambda out: [
            f"Ligt op hetzelfde adres als rij {first[rows.positions[at]]}: het is één erf." for at in out
        ],
    )


def _reading(rows: DossierRows, addresses: pd.DataFrame, today: date) -> Reading:
    records: list[dict[str, object]] = []
    for position, found in enumerate(rows.positions):
        record: dict[str, object] = dict(rows.cells(position, _FIELDS))
        if found >= 0:
            record |= _address(addresses.iloc[found])
        records.append(record)
    clean = check_by_layer(rows, "agrarisch_bedrijf", records, today)
    report = rows.sieve.report()
    at = np.array(rows.positions)[rows.sieve.kept]
    of_bag = {name: addresses[name].to_numpy()[at] for name in ("adres_id", "x", "y")}
    frame = text_frame(rows, clean, FARM_COLUMNS[2:-2]).assign(**of_bag)
    return Reading(frame[list(FARM_COLUMNS)], report)


def _address(row: pd.Series) -> dict[str, object]:
    """The fields of the layer that the BAG knows."""
    number = f"{row['huisnummer']}{row['huisletter']}"
    number = f"{number}-{row['toevoeging']}" if row["toevoeging"] else number
    line = f"{row['straat']} {number}, {row['woonplaats']}".strip(" ,")
    ids = {name: row[name] for name in ("bag_vbo_id", "bag_pand_id") if row[name]}
    return {"adres": line, **ids}
