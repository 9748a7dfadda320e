"""Join a user's table to areas: the report is written in every case, the result when it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.figures.edition import Made
from ..core.files.new_file import new_file
from ..core.files.output_gate import REPORT_SUFFIX, check_outputs
from ..core.joining.dividing import divisions_by_address
from ..core.joining.join import join
from ..core.joining.joined import Joined, JoinReport, joined_estimates, joined_rows
from ..core.joining.statistics import Choice
from ..core.words.errors import AtlasError
from ..core.words.notation import TABLE_CHOICES, check_unit
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.joining.dividing import Division


@dataclass(frozen=True, slots=True, kw_only=True)
class TableJoin(Choice):
    """A table, which of its columns hold the area and the value, and which of its rows are used.

    The options are those of `atlas join` and of a [[table]] in a configuration file.
    """

    path: Path
    level: str
    value: str
    #: "" for the column that a statistical table is known by
    key: str = ""
    #: None for that of a statistical table, else a plain number
    unit: str | None = None
    n: str | None = None
    weight: str | None = None
    year: int | None = None
    sheet: str | None = None
    combine: str = "error"
    decimal: str | None = None
    dash: str | None = None
    places: str = "error"
    below_one: str | None = None
    per: str | None = None
    #: the column with the municipality, for names of wijken
    municipality: str | None = None
    #: divide counts by the inhabitants of this year (in a configuration `true`: of the year of the period)
    per_population: int | None = None
    #: divide counts by the km² of land
    per_land: bool = False
    #: what a municipality that was divided over two is divided by, and the list of addresses for it
    divide: str = "error"
    addresses: Path | None = None


def join_table(task: TableJoin, lists: dict[Path, tuple[Division, ...]] | None = None) -> Joined:
    """Read the table of `task` and join it.

    Args:
        task: The table and its columns.
        lists: Lists of addresses that were read, for the tables of one build; what is read here is added.

    Raises:
        AtlasError: the table can't be read or lacks a column; a join that is refused is told in
            `Joined.refusal`, with its report.
    """
    from ..store.tables import read_table

    if task.unit:
        check_unit(task.unit)
    divisions = _divisions(task, {} if lists is None else lists)
    table = read_table(task.path, sheet=task.sheet)
    return join(
        table,
        level=task.level,
        key=task.key,
        value=task.value,
        unit=task.unit,
        n=task.n,
        weight=task.weight,
        year=task.year,
        combine=task.combine,
        decimal=task.decimal,
        dash=task.dash,
        places=task.places,
        below_one=task.below_one,
        per=task.per,
        municipality=task.municipality,
        per_population=task.per_population,
        per_land=task.per_land,
        choice=task,
        divisions=divisions,
    )


def _divisions(task: TableJoin, lists: dict[Path, tuple[Division, ...]]) -> tuple[Division, ...]:
    """How municipalities that were divided are divided by addresses, when that is asked for."""
    from ..store.tables import read_table

    if task.divide not in TABLE_CHOICES["divide"]:
        raise AtlasError(
            "Zo kan een gesplitste gemeente niet worden verdeeld.",
            got=task.divide,
            expected=" of ".join(TABLE_CHOICES["divide"]),
        )
    if task.addresses is None:
        if task.divide != "addresses":
            return ()
        raise AtlasError(
            "Om naar adressen te verdelen is een lijst met adressen nodig.",
            expected="een tabel met een rij voor elk adres en een kolom woonplaats, zoals die van "
            "atlas addresses read",
            hint="Noem die lijst, of verdeel niet.",
            choices=("divide",),
        )
    if task.divide != "addresses":
        raise AtlasError(
            "Er is een lijst met adressen, maar er wordt niet naar adressen verdeeld.",
            where=str(task.addresses),
            hint="Kies verdelen naar adressen, of laat de lijst weg.",
            choices=("divide",),
        )
    if task.addresses not in lists:
        lists[task.addresses] = divisions_by_address(read_table(task.addresses))
    return lists[task.addresses]


def report_path(output: Path) -> Path:
    """Where the report goes when nobody said where: beside the result."""
    return output.with_name(f"{output.stem}.rapport.csv")


def write_report(report: JoinReport, path: Path) -> None:
    """Write the report as CSV (utf-8 with a mark for Excel), beside and then moved into place."""
    with (
        new_file(path, suffix=REPORT_SUFFIX) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        report.write_csv(file)


def run_join(
    task: TableJoin, output: Path, report: Path, progress: Progress = silent, made: Made | None = None
) -> Joined:
    """Join a table and write the result and the report.

    Args:
        task: The table and its columns.
        output: A new .gpkg, .geojson or .csv; untouched when the join is refused.
        report: The report's CSV, written in every case: when the table could not be read it holds the
            header only.
        progress: Told what is being done.
        made: By whom the result is made, whom to ask, when, and of when the data are when the file does not
            say so itself.

    Returns:
        Values and report; when the join was refused, `Joined.refusal` says why and there is no result.

    Raises:
        AtlasError: the table can't be read, or a file can't be written.
    """
    from ..store.joined import check_result, write_joined

    check_outputs([output], reports=[report], inputs=[task.path, *filter(None, [task.addresses])])
    check_result(output)
    progress("Tabel lezen en koppelen", 0.1)
    try:
        joined = join_table(task)
    except AtlasError:
        write_report(JoinReport.empty(), report)
        raise
    progress("Rapport schrijven", 0.6)
    write_report(joined.report, report)
    if joined.refusal is not None:
        return joined
    progress("Resultaat schrijven", 0.8)
    estimates = joined_estimates(joined, joined.unit)
    made = made or Made()
    made = replace(made, newest=made.newest or joined.report.period)
    write_joined(output, joined_rows(joined, task.level, estimates, Audience.PUBLIC), made=made)
    progress("Klaar", 1.0)
    return joined
