"""Take a file into a layer of the dossier: read, place, let the core decide, write all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.errors import AtlasError
from ..core.evidence import REGISTERS
from ..core.new_file import new_file
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from ..core.import_plan import ImportPlan
    from ..core.tables import Table
    from ..geo.reading import Reading, ReadReport

REPORT_COLUMNS = ("rij", "uitkomst", "uuid", "veld", "gevonden", "toelichting")
#: layers whose records have a place of their own, from which their municipality follows
_PLACED_LAYERS = ("leegstand_object", "agrarisch_bedrijf", "signaal")


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A file and where it goes.

    Args:
        path: CSV, XLSX, ODS, GeoPackage and what else a table may be.
        layer: Name of a working layer.
        register: For answers of a register: "woz_gebruiker", "hr_vestiging" or "brp_persoon".
        addresses: A file of BAG addresses, to place rows that have an address or BAG id only.
        sheet: Of a workbook.
        source: `bron` of rows that name none.
        keep_until: `bewaren_tot` of rows that name none; there is no default.
    """

    path: Path
    layer: str
    register: str | None = None
    addresses: Path | None = None
    sheet: str | None = None
    source: str = ""
    keep_until: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, and where its report is."""

    plan: ImportPlan
    report: Path
    unread: int
    notes: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether a row was refused, in conflict or not read."""
        return bool(self.plan.refusals or self.plan.conflicts or self.unread)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows on their way in: field -> cell, the number of each in the file, and what was not read."""

    records: list[dict[str, object]]
    numbers: Sequence[int]
    report: ReadReport | None


def import_file(
    folder: Path, task: ImportTask, report: Path, *, user: str, now: datetime, progress: Progress = silent
) -> Imported:
    """Import a file into the dossier in `folder`.

    The report has a line for each row that was not plainly taken over, and is written before the dossier
    changes.

    Raises:
        AtlasError: the file, the dossier or the report can't be used, or another program holds a layer;
            nothing has changed then.
    """
    from ..core.dossier import plan_import
    from ..store.dossier import open_dossier
    from ..store.dossier_changes import apply_import
    from ..store.dossier_records import read_layers
    from ..store.tables import read_table

    dossier = open_dossier(folder)
    progress("Bestand lezen", 0.1)
    rows = _read(read_table(task.path, sheet=task.sheet), task, now)
    if task.layer in _PLACED_LAYERS:
        progress("Gemeente bepalen", 0.4)
        _add_municipality(rows.records)
    progress("Vergelijken met het dossier", 0.6)
    layers = read_layers(dossier)
    plan = plan_import(
        layers[task.layer], rows.records, now=now, user=user, layer=task.layer, parents=layers, first_row=0
    )
    _write_report(report, plan, rows)
    progress("Dossier bijwerken", 0.8)
    apply_import(dossier, plan)
    progress("Klaar", 1.0)
    unread = 0 if rows.report is None else rows.report.read - rows.report.used
    notes = (*dossier.notes, *plan.notes, *(rows.report.notes if rows.report else ()))
    return Imported(plan, report, unread, notes)


def _read(table: Table, task: ImportTask, now: datetime) -> _Rows:
    addresses = _addresses(task.addresses)
    if task.layer == "leegstand_bewijs" and task.register:
        from ..geo.evidence import read_evidence

        if task.register not in REGISTERS:
            raise AtlasError("Dit register bestaat niet.", got=task.register, expected=", ".join(REGISTERS))
        rows = _from_reading(read_evidence(table, task.register, today=now.date(), addresses=addresses))
    elif task.layer == "signaal":
        from ..geo.signals import read_signals

        rows = _from_reading(read_signals(table, today=now.date(), addresses=addresses))
    else:
        rows = _from_table(table, addresses)
    for record in rows.records:
        if task.source and not record.get("bron"):
            record["bron"] = task.source
        if task.keep_until and not record.get("bewaren_tot"):
            record["bewaren_tot"] = task.keep_until
    return rows


def _addresses(path: Path | None) -> pd.DataFrame | None:
    if path is None:
        return None
    from ..geo.addresses import read_addresses

    return read_addresses(path).frame


def _from_reading(reading: Reading) -> _Rows:
    from ..geo.dossier_rows import records_of

    return _Rows(records_of(reading), reading.frame["rij"].tolist(), reading.report)


def _from_table(table: Table, addresses: pd.DataFrame | None) -> _Rows:
    """Rows whose columns have the names of the fields; their places are columns, addresses or BAG ids."""
    from ..geo.dossier_rows import choose, find_in_bag, locate, refuse_persons
    from ..geo.table_places import COORDINATE_COLUMNS

    refuse_persons(table)
    rows = choose(table, {})
    if addresses is not None:
        find_in_bag(rows, addresses)
    x, y = locate(rows, addresses)
    columns = [name for name in table.columns if name.lower() not in COORDINATE_COLUMNS]
    cells = {name: table.column(name) for name in columns}
    records: list[dict[str, object]] = []
    for position in range(len(table)):
        record = {name: cells[name][position] for name in columns if cells[name][position] not in ("", None)}
        if x[position] == x[position]:
            record["geometrie"] = (float(x[position]), float(y[position]))
        records.append(record)
    kept = rows.sieve.kept
    report = rows.sieve.report()
    return _Rows(
        [record for record, keep in zip(records, kept, strict=True) if keep],
        [number for number, keep in zip(table.rows, kept, strict=True) if keep],
        report,
    )


def _add_municipality(records: list[dict[str, object]]) -> None:
    """The municipality of every record that has a place and names none, and whether that is sure.

    A municipality that the file names is never called sure when the place says another.
    """
    import numpy as np

    from ..geo.assign import assign_areas, municipality_certain
    from ..geo.boundaries import load_boundaries

    placed = [
        record
        for record in records
        if "geometrie" in record and not (record.get("gemeente_code") and record.get("gemeente_zeker"))
    ]
    if not placed:
        return
    x, y = np.array([record["geometrie"] for record in placed], dtype=float).T
    municipalities = load_boundaries("gemeente")
    positions = assign_areas(x, y, municipalities.geometry)
    certain = municipality_certain(x, y, municipalities.geometry)
    codes = [*municipalities["code"].tolist(), ""]
    for record, position, sure in zip(placed, positions.tolist(), certain.tolist(), strict=True):
        code = codes[position]
        if code and not record.get("gemeente_code"):
            record["gemeente_code"] = code
        if not record.get("gemeente_zeker"):
            record["gemeente_zeker"] = "ja" if sure and code == record.get("gemeente_code") else "nee"


def _write_report(path: Path, plan: ImportPlan, rows: _Rows) -> None:
    from ..store.spreadsheets import write_csv

    with new_file(path) as beside:
        write_csv(beside, REPORT_COLUMNS, _report_lines(plan, rows))


def _report_lines(plan: ImportPlan, rows: _Rows) -> Iterator[tuple[str | int, ...]]:
    number: Mapping[int, int] = dict(enumerate(rows.numbers))
    for insert in plan.inserts:
        yield number[insert.row], "nieuw", insert.record["uuid"], "", "", ""
    for update in plan.updates:
        fields = ", ".join(change.field for change in update.changes)
        yield number[update.row], "gewijzigd", update.uuid, fields, "", ""
    for unchanged in plan.unchanged:
        yield number[unchanged.row], "ongewijzigd", unchanged.uuid, "", "", unchanged.remark
    for conflict in plan.conflicts:
        fields = ", ".join(change.field for change in conflict.differences)
        yield number[conflict.row], "conflict", conflict.uuid, fields, "", conflict.explanation
    for refusal in plan.refusals:
        explanation = f"Verwacht: {refusal.expected}. {refusal.remedy}"
        yield number[refusal.row], "geweigerd", "", refusal.field, refusal.got, explanation
    for remark in plan.remarks:
        yield number[remark.row], "hersteld", "", remark.field, "", remark.text
    if rows.report is not None:
        for unused in rows.report.unused:
            yield unused.row, "niet_gelezen", "", "", "", unused.explanation
