"""Take a file into a layer of the dossier, with the libraries that read any table and find addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import REPORT_SUFFIX, check_outputs
from ..core.records.list_intake import prepared
from ..core.tables.address_columns import ToldColumns, as_told
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.import_file import ImportRequest
    from ..core.records.list_intake import ListMapping
    from ..core.tables.table import Table
    from ..geo.registers.dossier_rows import TablePlaces
    from ..jobs.importing import Imported, ImportPorts


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A file and where it goes.

    Args:
        path: CSV, XLSX, ODS, GeoPackage and what else a table may be.
        request: Into which layer, and what its rows do not say.
        addresses: A file of BAG addresses, to place rows that have an address or BAG id only.
        sheet: Of a workbook.
        told: Which column is what, and which to leave out.
        mapping: What an own list is: instead of `told`.
    """

    path: Path
    request: ImportRequest
    addresses: Path | None = None
    sheet: str | None = None
    told: ToldColumns = field(default_factory=ToldColumns)
    mapping: ListMapping | None = None


def import_file(
    folder: Path, task: ImportTask, report: Path, *, user: str, now: datetime, progress: Progress = silent
) -> Imported:
    """Import a file into the dossier in `folder`, with its report as a CSV file: see `import_rows`.

    Raises:
        AtlasError: the file, the dossier or the report can't be used, or another program holds a layer;
            nothing has changed then.
    """
    from ..jobs.importing import import_rows

    check_outputs([], reports=[report], inputs=[task.path, task.addresses, folder])
    ports = import_ports(task, report, progress)
    return import_rows(folder, task.request, ports, user=user, now=now)


def import_ports(
    task: ImportTask, report: Path, progress: Progress, table: Table | None = None
) -> ImportPorts:
    """How the command reads a file, places its rows and reports; the file and the BAG are read once.

    Args:
        task: The file.
        report: Where the report goes.
        progress: Told where the work is.
        table: The file, when it was read already.
    """
    from ..geo.reading.frames import input_notes
    from ..geo.registers.addresses import read_addresses
    from ..geo.registers.dossier_rows import TablePlaces
    from ..jobs.importing import ImportPorts
    from ..store.tables import read_table

    @cache
    def read() -> tuple[Table, TablePlaces, list[str]]:
        raw = read_table(task.path, sheet=task.sheet) if table is None else table
        told = as_told(raw, task.told) if task.mapping is None else prepared(raw, task.mapping)
        if task.addresses is None:
            return told, TablePlaces(), []
        register = read_addresses(task.addresses)
        return told, TablePlaces(register.frame), input_notes(register.report, named=True)

    return ImportPorts(read, deciding_municipalities, partial(_write_report, report), progress)


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

    with new_file(path, suffix=REPORT_SUFFIX, private=True) as beside:  # it repeats values of records
        write_csv(beside, REPORT_COLUMNS, lines)
