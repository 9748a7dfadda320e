"""Take a file into a layer of the dossier: read, place, let the core decide, write all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import REPORT_SUFFIX, check_outputs
from ..core.tables.address_columns import ToldColumns, as_told
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.file_rows import FileRecords
    from ..core.records.import_file import ImportRequest
    from ..core.records.import_plan import ImportPlan
    from ..geo.reading.frames import Reading


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A file and where it goes.

    Args:
        path: CSV, XLSX, ODS, GeoPackage and what else a table may be.
        request: Into which layer, and what its rows do not say.
        addresses: A file of BAG addresses, to place rows that have an address or BAG id only.
        sheet: Of a workbook.
        told: Which column is what, and which to leave out.
    """

    path: Path
    request: ImportRequest
    addresses: Path | None = None
    sheet: str | None = None
    told: ToldColumns = field(default_factory=ToldColumns)


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
    from ..core.records.changes import plan_import
    from ..core.records.import_file import PLACED_LAYERS, add_municipality, read_records
    from ..dossier.changes import apply_import
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers
    from ..geo.reading.frames import input_notes
    from ..geo.registers.dossier_rows import TablePlaces
    from ..store.tables import read_table

    check_outputs([], reports=[report], inputs=[task.path, task.addresses, folder])
    layer = task.request.layer
    dossier = open_dossier(folder)
    progress("Bestand lezen", 0.1)
    table = as_told(read_table(task.path, sheet=task.sheet), task.told)
    register = _addresses(task.addresses)
    places = TablePlaces(register.frame if register else None)
    found = read_records(table, task.request, today=now.date(), places=places)
    if layer in PLACED_LAYERS:
        progress("Gemeente bepalen", 0.4)
        add_municipality(found.records, deciding_municipalities)
    progress("Vergelijken met het dossier", 0.6)
    layers = read_layers(dossier)
    plan = plan_import(
        layers[layer],
        found.records,
        now=now,
        user=user,
        layer=layer,
        parents=layers,
        numbers=found.numbers,
    )
    of_register = input_notes(register.report, named=True) if register else []
    notes = (*dossier.notes, *plan.notes, *found.report.notes, *of_register)
    _write_report(report, plan, found, notes)
    progress("Dossier bijwerken", 0.8)
    apply_import(dossier, plan)
    progress("Klaar", 1.0)
    return Imported(plan, report, len(found.report.unused), notes)


def _addresses(addresses: Path | None) -> Reading | None:
    if addresses is None:
        return None
    from ..geo.registers.addresses import read_addresses

    return read_addresses(addresses)


def deciding_municipalities(places: Sequence[tuple[float, float]]) -> list[tuple[str, bool]]:
    """The municipality of each place in RD New by the detailed borders, and whether that is certain."""
    import numpy as np

    from ..geo.boundaries.levels import deciding_boundaries
    from ..geo.measuring.assign import assign_areas
    from ..planar.certain_places import certain_places

    x, y = np.array(places, dtype=float).T
    municipalities = deciding_boundaries()
    codes = [*municipalities["code"].tolist(), ""]
    found = assign_areas(x, y, municipalities.geometry).tolist()
    certain = certain_places(x, y).tolist()
    return [(codes[position], sure) for position, sure in zip(found, certain, strict=True)]


def _write_report(path: Path, plan: ImportPlan, found: FileRecords, notes: Sequence[str]) -> None:
    from ..core.records.import_file import REPORT_COLUMNS, note_lines, report_lines
    from ..store.spreadsheets import write_csv

    with new_file(path, suffix=REPORT_SUFFIX) as beside:
        write_csv(beside, REPORT_COLUMNS, [*report_lines(plan, found), *note_lines(notes)])
