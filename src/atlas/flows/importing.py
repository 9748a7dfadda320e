"""Take a file into a layer of the dossier, with the libraries that read any table and find addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import REPORT_SUFFIX, check_outputs
from ..core.tables.address_columns import ToldColumns, as_told
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.import_file import ImportRequest
    from ..core.tables.table import Table
    from ..geo.registers.dossier_rows import TablePlaces
    from ..jobs.importing import Imported


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


def import_file(
    folder: Path, task: ImportTask, report: Path, *, user: str, now: datetime, progress: Progress = silent
) -> Imported:
    """Import a file into the dossier in `folder`, with its report as a CSV file: see `import_rows`.

    Raises:
        AtlasError: the file, the dossier or the report can't be used, or another program holds a layer;
            nothing has changed then.
    """
    from ..geo.reading.frames import input_notes
    from ..geo.registers.addresses import read_addresses
    from ..geo.registers.dossier_rows import TablePlaces
    from ..jobs.importing import ImportPorts, import_rows
    from ..store.tables import read_table

    check_outputs([], reports=[report], inputs=[task.path, task.addresses, folder])

    def read() -> tuple[Table, TablePlaces, list[str]]:
        table = as_told(read_table(task.path, sheet=task.sheet), task.told)
        if task.addresses is None:
            return table, TablePlaces(), []
        register = read_addresses(task.addresses)
        return table, TablePlaces(register.frame), input_notes(register.report, named=True)

    ports = ImportPorts(read, deciding_municipalities, partial(_write_report, report), progress)
    return import_rows(folder, task.request, ports, user=user, now=now)


def deciding_municipalities(places: Sequence[tuple[float, float]]) -> list[tuple[str, bool]]:
    """The municipality of each place in RD New by the detailed borders, and whether that is certain."""
    from ..geo.boundaries.levels import deciding_boundaries
    from ..geo.measuring.assign import assign_areas
    from ..jobs.importing import decided_by_borders

    borders = deciding_boundaries()
    return decided_by_borders(places, borders["code"].tolist(), partial(assign_areas, areas=borders.geometry))


def _write_report(path: Path, lines: Iterable[tuple[str | int | None, ...]]) -> None:
    from ..core.records.import_file import REPORT_COLUMNS
    from ..store.spreadsheets import write_csv

    with new_file(path, suffix=REPORT_SUFFIX) as beside:
        write_csv(beside, REPORT_COLUMNS, lines)
