"""Signals of a file: what, when and where, and never who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..areas.resolving import resolve
from ..tables.address_columns import refuse_unknown_kinds
from ..tables.column_names import require_columns
from ..words.layer_names import SIGNALS
from .file_rows import check_by_layer, choose, note_columns_left_out, refuse_persons

if TYPE_CHECKING:
    from datetime import date

    from ..tables.table import Table
    from .file_rows import FileRecords, FileRows, Places

_SIGNAL_FIELDS = {
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
_WHERE = ("gemeente_code", "object_uuid", "bedrijf_uuid")


def read_signals(table: Table, *, today: date, places: Places) -> FileRecords:
    """Read signals.

    A place is a pair of coordinates (RD or degrees), a point, an address of the BAG, or a municipality.

    Args:
        table: One signal a row.
        today: Dates may not lie after it.
        places: Where the rows are.

    Returns:
        Records of the layer signaal; gemeente_code is what the table says, the place may say more.

    Raises:
        AtlasError: a column names a person, a column is missing, or nothing can be used.
    """
    refuse_persons(table)
    rows = choose(table, _SIGNAL_FIELDS)
    require_columns(rows.columns, ("categorie", "peildatum"), _SIGNAL_FIELDS, table.columns, table.source)
    refuse_unknown_kinds(table, rows.columns.values())
    note_columns_left_out(rows)
    places.locate(rows)
    records = [_signal_record(rows, position) for position in range(len(table))]
    for position, record in enumerate(records):
        if rows.places[position] is None and record.keys().isdisjoint(_WHERE):
            rows.reject(
                position, "geen_plaats",
                "Deze rij heeft geen coördinaten, geen gevonden adres en geen gemeente.",
            )  # fmt: skip
    return rows.finished(check_by_layer(rows, SIGNALS, records, today))


def _signal_record(rows: FileRows, position: int) -> dict[str, object]:
    record: dict[str, object] = dict(rows.cells(position, _SIGNAL_FIELDS))
    if "gemeente_code" in record:
        record["gemeente_code"] = municipality_code(record["gemeente_code"])
    return record


def municipality_code(cell: object) -> str:
    """The code of a municipality named without doubt; else what stood there, for the layer to refuse."""
    resolution = resolve(cell, "gemeente")
    return resolution.area.code if resolution.area and resolution.reason in _SURE else str(cell)
