"""Signals and reports about places, from a table: what, when, where, and never who."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..core.areas import resolve
from .column_names import require_columns
from .dossier_rows import (
    check_by_layer,
    choose,
    locate,
    note_columns_left_out,
    refuse_persons,
    text_frame,
)
from .reading import Reading

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from ..core.tables import Cell, Table
    from .dossier_rows import DossierRows

#: the columns of the frame: fields of the layer signaal, the row in the table, x and y in EPSG:28992 (NaN for
#: none)
SIGNAL_COLUMNS = (
    "rij", "uuid", "categorie", "melder_soort", "fase", "weging", "object_uuid", "bedrijf_uuid",
    "gemeente_code", "toelichting", "bron", "bronkenmerk", "peildatum", "bewaren_tot", "x", "y",
)  # fmt: skip
_FIELDS = {
    "uuid": ("uuid",),
    "categorie": ("categorie", "soortsignaal", "soortmelding", "signaal", "soort"),
    "melder_soort": ("meldersoort", "soortmelder", "bronsoort", "soortbron"),
    "fase": ("fase",),
    "weging": ("weging", "uitkomstweging"),
    "object_uuid": ("objectuuid",),
    "bedrijf_uuid": ("bedrijfuuid",),
    "gemeente_code": ("gemeentecode", "gemeente", "gemeentenaam"),
    "toelichting": ("toelichting", "omschrijving", "opmerking", "opmerkingen"),
    "bron": ("bron",),
    "bronkenmerk": ("bronkenmerk", "kenmerk", "zaaknummer", "meldingsnummer"),
    "peildatum": ("peildatum", "datum", "datummelding", "meldingsdatum", "datumsignaal"),
    "bewaren_tot": ("bewarentot", "bewaartermijn"),
}
_SURE = ("exact", "spelling")


def read_signals(table: Table, *, today: date, addresses: pd.DataFrame | None = None) -> Reading:
    """Read signals.

    A place is a pair of coordinates (RD or degrees), a point as text, an address of the BAG, or a
    municipality.

    Args:
        table: One signal a row.
        today: Dates may not lie after it.
        addresses: The frame of `read_addresses`, to find rows that have an address instead of coordinates.

    Returns:
        `SIGNAL_COLUMNS`, text "" where empty. gemeente_code is what the table says; the place may say more.

    Raises:
        AtlasError: a column names a person, a column is missing, or nothing can be used.
    """
    refuse_persons(table)
    rows = choose(table, _FIELDS)
    require_columns(rows.columns, ("categorie", "peildatum"), _FIELDS, table.columns, table.source)
    note_columns_left_out(rows)
    x, y = locate(rows, addresses)
    records = [_record(rows, position) for position in range(len(table))]
    _check_places(rows, records, x)
    clean = check_by_layer(rows, "signaal", records, today)
    report = rows.sieve.report()
    kept = rows.sieve.kept
    frame = text_frame(rows, clean, SIGNAL_COLUMNS[1:-2])
    return Reading(frame.assign(x=x[kept], y=y[kept]), report)


def _record(rows: DossierRows, position: int) -> dict[str, object]:
    record: dict[str, object] = dict(rows.cells(position, _FIELDS))
    if "gemeente_code" in record:
        record["gemeente_code"] = _municipality(record["gemeente_code"])
    return record


def _municipality(cell: Cell | object) -> str:
    """The code of a municipality named without doubt; else what stood there, for the layer to refuse."""
    resolution = resolve(cell, "gemeente")
    return resolution.area.code if resolution.area and resolution.reason in _SURE else str(cell)


def _check_places(rows: DossierRows, records: list[dict[str, object]], x: np.ndarray) -> None:
    nowhere = [
        bool(np.isnan(place)) and not record.keys() & {"gemeente_code", "object_uuid", "bedrijf_uuid"}
        for place, record in zip(x, records, strict=True)
    ]
    rows.sieve.reject(
        nowhere, "geen_plaats", "Deze rij heeft geen coördinaten, geen gevonden adres en geen gemeente."
    )
