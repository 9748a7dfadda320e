"""The figures of a team beside its page: a GeoPackage with styles for QGIS, and printed sheets.

Each file stands in the register of issues before it exists, as the page does.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..core.counts.team_page import figures_of_dossier
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from ..jobs.team_page import TeamRecords
    from .team import TeamRequest


def output_names(*, fictitious: bool) -> tuple[str, str]:
    """The names of the GeoPackage and of the sheets."""
    ending = "-FICTIEF" if fictitious else ""
    return f"cijfers-team{ending}.gpkg", f"kaarten-team{ending}.pdf"


def write_team_outputs(
    payload: Released[Payload],
    records: TeamRecords,
    team: TeamRequest,
    out: Path,
    *,
    sheets: bool,
    progress: Progress = silent,
) -> list[Path]:
    """Write the figures of a dossier as a GeoPackage and, when asked, as sheets.

    Args:
        payload: Of the team's page.
        records: What the figures were made of.
        team: For the register.
        out: Folder, which is there.
        sheets: Also draw the sheets.
        progress: Told what is being done.

    Returns:
        The files; none when the dossier holds nothing to count.
    """
    from ..gpkg.replacing import check_replaceable
    from ..store.geopackage import write_atlas_geopackage

    figures = payload.into(figures_of_dossier)
    if not figures.content["indicators"]:
        return []
    maps, printed = (out / name for name in output_names(fictitious=records.fictitious))
    check_replaceable(maps)
    progress("GeoPackage schrijven", 0.0)
    with issued(figures, records, team, maps) as beside:
        write_atlas_geopackage(beside, figures)
    if not sheets:
        return [maps]
    with issued(figures, records, team, printed) as beside:
        write_sheets_as_one(figures, beside, progress)
    return [maps, printed]


def issued(
    released: Released[Payload], records: TeamRecords, team: TeamRequest, path: Path, *, rule: str = ""
) -> AbstractContextManager[Path]:
    """The path to write an output of a team to: the line in the register goes first."""
    from ..jobs.team_page import said_of_figures

    said = said_of_figures(released.content)
    return records.permit.issue(
        path, released, now=datetime.now(UTC), rule=rule, recipient=", ".join(team.recipients), said=said
    )


def write_sheets_as_one(figures: Released[Payload], path: Path, progress: Progress) -> None:
    """One PDF; no pictures of single sheets, each would be an issue of its own."""
    from ..sheet.writing import write_sheets

    with TemporaryDirectory(dir=path.parent) as folder:
        (printed,) = write_sheets(figures, Path(folder), pictures=False, progress=progress)
        shutil.copyfile(printed, path)
