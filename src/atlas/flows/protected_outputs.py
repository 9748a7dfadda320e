"""The files for partners and for everyone: page, GeoPackage, CSV and sheets of one protected table.

Each stands in the register before it exists, and is read by the attacker of `atlas audit` before it stands in
place: what he can work out too well, or finds in its bytes, is never handed out.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..core.counts.team_page import figures_of_dossier
from ..core.figures.level_entries import without_details
from ..core.words.errors import AtlasError
from ..core.words.notation import format_period
from ..jobs.progress import Progress, silent
from .sealing import close_page
from .team_outputs import write_sheets_as_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from ..jobs.protected_table import ProtectedRecords
    from .sealing import Sealing
    from .team import TeamRequest


#: the column of the CSV with a figure as the page shows it
_SHOWN = "weergave"


def protected_names(audience: str, *, fictitious: bool) -> tuple[str, str, str, str]:
    """The names of the page, the GeoPackage, the CSV and the sheets."""
    ending = f"{audience}{'-FICTIEF' if fictitious else ''}"
    return (
        f"atlas-{ending}.html",
        f"cijfers-{ending}.gpkg",
        f"cijfers-{ending}.csv",
        f"kaarten-{ending}.pdf",
    )


def write_protected_outputs(
    payload: Released[Payload],
    records: ProtectedRecords,
    team: TeamRequest,
    out: Path,
    *,
    sheets: bool,
    progress: Progress = silent,
) -> list[Path]:
    """Write the figures of a protected table as a GeoPackage, a CSV and, when asked, as sheets.

    Args:
        payload: Of the page.
        records: The table, and where it comes from.
        team: For the register.
        out: Folder, which is there.
        sheets: Also draw the sheets.
        progress: Told what is being done.

    Raises:
        AtlasError: a file can't be written, or gives away more than was agreed.
    """
    from ..gpkg.atlas_file import value_sheet
    from ..gpkg.replacing import check_replaceable
    from ..store.geopackage import write_atlas_geopackage
    from ..store.spreadsheets import write_csv

    figures = payload.into(figures_of_dossier)
    names = protected_names(records.table.rules.audience, fictitious=records.dossier.fictitious)
    maps, table, printed = (out / name for name in names[1:])
    check_replaceable(maps)
    progress("GeoPackage schrijven", 0.0)
    with checked(figures, records, team, maps) as beside:
        write_atlas_geopackage(beside, figures)
    rows, texts = value_sheet(figures.content), _shown_texts(figures.content)
    columns = [field.name for field in rows.fields]
    columns.insert(columns.index("waarde") + 1, _SHOWN)
    told = [{**row, _SHOWN: texts[row["indicator"], row["gebied_code"], row["periode"]]} for row in rows.rows]
    with checked(figures, records, team, table) as beside:
        write_csv(beside, columns, [[row.get(name) for name in columns] for row in told])
    if not sheets:
        return [maps, table]
    with checked(figures, records, team, printed) as beside:
        write_sheets_as_one(figures.into(without_details), beside, progress)
    return [maps, table, printed]


def _shown_texts(payload: Payload) -> dict[tuple[object, ...], str]:
    """(figure, area, period) -> what the page shows of it: a rounded 0 is no 0 in a spreadsheet either."""
    return {
        (indicator["id"], code, view["period"]): entry["text"]
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for code, entry in (
            *((one["code"], one) for one in view["references"]),
            *view["values"].items(),
        )
    }


@contextmanager
def checked(
    released: Released[Any],
    records: ProtectedRecords,
    team: TeamRequest,
    path: Path,
    *,
    sealing: Sealing | None = None,
    rule: str = "",
    figures: Sequence[str] | None = None,
) -> Iterator[Path]:
    """The path to write a file to: the line in the register goes first, the attacker reads it last.

    Args:
        released: What is in it.
        records: The table, and where it comes from.
        team: For the register.
        path: Where the file will stand.
        sealing: For whom it is sealed after it was read.
        rule: What the register keeps beside the rule of the table.
        figures: The ids of the figures in it; None: those of a payload.

    Raises:
        AtlasError: the file gives away more than was agreed; then there is none, and no table that only
            this file would have been of.
    """
    from ..dossier.handing_out import issue_released
    from ..jobs.protected_table import drop_refused, rule_in_register, said_of
    from .auditing import check_file

    rules = " ".join(filter(None, (rule_in_register(records), rule)))
    with issue_released(
        records.dossier, path, released,
        user=team.user, now=datetime.now(UTC), rule=rules, recipient=", ".join(team.recipients),
        said=said_of(records, _figures_of(released.content) if figures is None else figures),
    ) as beside:  # fmt: skip
        yield beside
        try:
            check_file(beside, records.dossier.folder)
        except AtlasError as error:
            for date in drop_refused(records.dossier):
                again = (
                    f"De tabel van {format_period(date)} is niet bewaard: een volgende keer wordt zij nieuw."
                )
                error.detail = f"{error.detail} {again}".strip()
            raise
        close_page(beside, sealing)


def _figures_of(payload: Payload) -> list[str]:
    return [indicator["id"] for indicator in payload["indicators"]]
