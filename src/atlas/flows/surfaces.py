"""Surfaces from a dossier or a register: density of records, and how far the nearest dwelling is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.disclosure.records import PLACE
from ..core.disclosure.released import release_open
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError
from ..core.words.layer_names import OBJECTS, SIGNALS
from ..core.words.notation import counted
from ..jobs.progress import Progress, silent, unheard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Records
    from ..geo.surfaces.grids import Surface
    from ..jobs.handing_out import Request

AUDIENCE = Audience.TEAM
#: what a density is made of: layer -> its name in the title
DENSITY_SUBJECTS = {OBJECTS: "leegstaande objecten", SIGNALS: "signalen"}


def make_density(
    folder: Path,
    layer: str,
    output: Path,
    request: Request,
    *,
    now: datetime,
    bandwidth_m: float = 1000.0,
    cell_m: float = 250.0,
    progress: Progress = silent,
    tell: Callable[[str], None] = unheard,
) -> Path:
    """Write the density of a team's objects or signals as GeoTIFF, through the register of issues.

    A density of few points shows where they are, so it is for the team only, as the points are, and made of
    the records that an export would hold. `tell` hears how many those are, and what stays behind.

    Raises:
        AtlasError: a layer without a density, cells or a bandwidth that point at places, no record with a
            place, or a dossier or file that can't be used.
    """
    import numpy as np

    from ..core.disclosure.fields import density_square_m
    from ..core.schema.rural import working_layer
    from ..dossier.opening import open_dossier
    from ..geo.boundaries.levels import load_boundaries
    from ..geo.surfaces.grids import density_surface, grid_around
    from ..geo.surfaces.surface_files import write_cog
    from ..jobs.handing_out import permit_for

    check_outputs([output, output.with_suffix(".qml")], inputs=[folder])
    if layer not in DENSITY_SUBJECTS:
        raise AtlasError(
            "Van deze laag wordt geen dichtheid gemaakt.", got=layer, expected=", ".join(DENSITY_SUBJECTS)
        )
    square_m = density_square_m(bandwidth_m, cell_m)
    permit = permit_for(open_dossier(folder), [layer], request, [output])
    released = permit.release()
    placed = [record for record in released.content[layer] if record[PLACE] is not None]
    for sentence in released.sentences:
        tell(sentence)
    if not placed:
        raise AtlasError(
            "Er is geen enkel record met een plaats dat mee mag.",
            where=str(folder), got=layer, detail=" ".join(released.sentences),
        )  # fmt: skip
    tell(f"{working_layer(layer).alias}: {counted(len(placed), 'record telt', 'records tellen')} mee.")
    progress("Dichtheid berekenen", 0.2)
    areas = load_boundaries("gemeente")
    own = areas[areas["code"].isin(released.municipalities)].geometry

    def density(records: Records) -> Surface:
        with_place = [record for record in records[layer] if record[PLACE] is not None]
        x, y = np.array([record[PLACE] for record in with_place], dtype=float).T
        return density_surface(
            x,
            y,
            grid_around(tuple(own.total_bounds), cell_m),
            subject=DENSITY_SUBJECTS[layer],
            peildatum=max(str(record["peildatum"]) for record in with_place),
            bandwidth_m=bandwidth_m,
            within=own,
            square_m=square_m,
            fictitious=released.fictitious,
        )

    surface = released.into(density)
    progress("Raster schrijven", 0.8)
    rule, counts = surface.content.method, {layer: len(placed)}
    with permit.issue(output, surface, now=now, counts=counts, rule=rule) as beside:
        write_cog(beside, surface)
        beside.with_suffix(".qml").replace(output.with_suffix(".qml"))
    return output


def make_remoteness(
    addresses: Path,
    output: Path,
    *,
    reference_date: str,
    cell_m: float = 250.0,
    fictitious: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write the distance to the nearest dwelling as GeoTIFF; made of the public BAG, so no issue."""
    from ..geo.boundaries.levels import load_boundaries
    from ..geo.registers.addresses import read_addresses
    from ..geo.surfaces.grids import grid_around, remoteness_surface
    from ..geo.surfaces.surface_files import write_cog

    check_outputs([output, output.with_suffix(".qml")], inputs=[addresses])
    progress("Adressen lezen", 0.1)
    frame = read_addresses(addresses).frame
    if frame["is_woning"].isna().any():
        raise AtlasError(
            "Niet van elk adres is bekend of het een woning is, en zo is de naaste woning niet bekend.",
            where=str(addresses),
            got=f"{counted(int(frame['is_woning'].isna().sum()), 'adres', 'adressen')} zonder gebruiksdoel",
            hint="Gebruik een levering van de BAG met de kolom gebruiksdoel.",
        )
    dwellings = frame[frame["is_woning"].astype(bool)]
    progress("Afstanden berekenen", 0.4)
    surface = remoteness_surface(
        dwellings["x"],
        dwellings["y"],
        grid_around(cell_m=cell_m),
        peildatum=reference_date,
        within=load_boundaries("gemeente").geometry,
        fictitious=fictitious,
    )
    progress("Raster schrijven", 0.8)
    write_cog(output, release_open(surface, audience=AUDIENCE, fictitious=fictitious))
    return output
