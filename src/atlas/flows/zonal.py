"""What a raster amounts to in each area; of a raster made of a dossier for the team only, and registered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.disclosure.released import release_open
from ..core.words.errors import AtlasError
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import geopandas as gpd

    from ..core.records.matching import Record
    from ..dossier.files import Dossier
    from ..geo.surfaces.grids import Surface

AUDIENCE = Audience.TEAM


@dataclass(frozen=True, slots=True)
class ZonalRequest:
    """Of which raster, in which areas, and why.

    Args:
        raster: A GeoTIFF that `atlas raster` made.
        output: A new .csv or .gpkg.
        level: A level of the atlas; used when there is no file.
        areas: A file of polygons with a code each.
        dossier: Folder of the dossier that the raster was made of; None for one made of addresses.
        purpose: What it is for; stands in the register.
        user: Who asks; stands in the register.
    """

    raster: Path
    output: Path
    level: str = "gemeente"
    areas: Path | None = None
    dossier: Path | None = None
    purpose: str = ""
    user: str = ""


def make_zonal(request: ZonalRequest, now: datetime, progress: Progress = silent) -> tuple[str, ...]:
    """Write mean, maximum and coverage of a raster for each area.

    A raster is taken to be made of records unless it says that it was made of addresses. Of the first the
    result goes through the register of issues, like the raster itself: its checksum says of which
    municipalities and layers it was made.

    Returns:
        Dutch sentences about rows of the file that were not used.

    Raises:
        AtlasError: a file that can't be used, or a raster of records without its dossier or not in its
            register.
    """
    from ..core.files.new_file import new_file
    from ..core.files.output_gate import check_outputs
    from ..dossier.handing_out import issue_released, release_made_of
    from ..dossier.opening import open_dossier
    from ..geo.surfaces.surface_files import read_surface
    from ..store.zonal_file import check_zonal_output, write_zonal

    check_outputs([request.output], inputs=[request.raster, request.areas, request.dossier])
    check_zonal_output(request.output)
    surface = read_surface(request.raster)
    dossier, line = None, None
    if not _made_of_addresses(surface):
        dossier = open_dossier(_needed_dossier(request))
        line = _registered(dossier, request.raster)
    progress("Gebieden lezen", 0.2)
    areas, notes = _areas(request)
    progress("Cellen tellen", 0.4)
    rows = _rows(request.raster, surface, areas)
    progress("Bestand schrijven", 0.8)
    shapes = list(areas.geometry)
    if dossier is None or line is None:
        with new_file(request.output) as beside:
            write_zonal(beside, release_open(rows, audience=AUDIENCE), shapes)
        return notes
    released = release_made_of(dossier, line, rows, purpose=request.purpose)
    with issue_released(dossier, request.output, released, user=request.user, now=now) as beside:
        write_zonal(beside, released, shapes)
    return notes


def _made_of_addresses(surface: Surface) -> bool:
    """Whether a surface was made of the public BAG; anything else may show where records are."""
    return "woningen" in surface.parameters and "punten" not in surface.parameters


def _needed_dossier(request: ZonalRequest) -> Path:
    if request.dossier is None:
        raise AtlasError(
            "Dit raster is gemaakt van een dossier: wat eruit wordt berekend, hoort in het register daarvan.",
            where=str(request.raster),
            hint="Noem het dossier met --dossier, en met --purpose waarvoor dit is.",
        )
    return request.dossier


def _registered(dossier: Dossier, raster: Path) -> Record:
    """The line of the register with which the raster was issued."""
    from ..dossier.issue_register import read_register

    with raster.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    for line in read_register(dossier):
        if line["controlegetal"] == checksum:
            return line
    raise AtlasError(
        "Dit raster staat niet in het register van dit dossier.",
        where=str(raster),
        got=f"dossier {dossier.folder}",
        expected="een raster dat 'atlas raster density' van dit dossier maakte, ongewijzigd",
        hint="Maak het raster opnieuw.",
    )


def _areas(request: ZonalRequest) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    from ..geo.boundaries.levels import load_boundaries
    from ..geo.surfaces.zonal import read_zones

    if request.areas is None:
        return load_boundaries(request.level), ()
    reading = read_zones(request.areas)
    return reading.frame, (reading.report.summary(), *reading.report.notes)


def _rows(
    raster: Path, surface: Surface, areas: gpd.GeoDataFrame
) -> list[dict[str, str | float | int | None]]:
    from math import isnan

    from ..geo.surfaces.zonal import zonal_statistics

    found = zonal_statistics(raster, areas.geometry)
    return [
        {
            "code": code,
            "naam": name,
            "cellen": int(row.cellen),
            **{
                key: None if isnan(figure) else round(float(figure), 4)
                for key, figure in (
                    ("gemiddelde", row.gemiddelde), ("maximum", row.maximum), ("dekking", row.dekking),
                )
            },
            "eenheid": surface.unit,
            "raster": surface.title,
            "methode": surface.method,
            "peildatum": surface.peildatum,
        }
        for code, name, row in zip(areas["code"], areas["naam"], found.itertuples(), strict=True)
    ]  # fmt: skip
