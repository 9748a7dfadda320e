"""What a team sees on top of the published figures: its objects, counts of them, and surfaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.counts import team_page
from ..jobs import team_page as job

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.indicators import Catalogue
    from ..core.figures.payload import Payload
    from ..jobs.team_page import TeamRecords
    from .team_levels import CountedLevels


@dataclass(frozen=True, slots=True)
class TeamRequest:
    """For which team, from which dossier, for what.

    Args:
        dossier: Folder of the dossier.
        municipalities: Codes of the municipalities the team works for.
        purpose: What the page is for; stands in the register.
        user: Who asks; stands in the register.
        addresses: A file of BAG addresses, for counts per 1,000 addresses.
        neighbourhoods: A file of CBS wijken en buurten, for counts per wijk and buurt.
        squares: Also count per 500 m square of CBS.
        rasters: GeoTIFFs that `atlas raster` made, to lay over the map.
        seal: Seal the page, also when it need not be.
        unsealed: Why a page that should be sealed is not; stands in the register.
        recipients: Organisations that each get a passphrase of their own; stand in the register.
        passphrases: Typed ones, one for each recipient; without them they are drawn.
    """

    dossier: Path
    municipalities: tuple[str, ...]
    purpose: str = ""
    user: str = ""
    addresses: Path | None = None
    neighbourhoods: Path | None = None
    squares: bool = False
    rasters: tuple[Path, ...] = ()
    seal: bool = False
    unsealed: str = ""
    recipients: tuple[str, ...] = ()
    passphrases: tuple[str, ...] = field(default=(), repr=False)


def read_team_records(request: TeamRequest) -> TeamRecords:
    """Read the records of the named municipalities that may go out together.

    Raises:
        AtlasError: no dossier, no municipality or purpose, or all municipalities for real data.
    """
    from ..dossier.opening import open_dossier
    from ..jobs.handing_out import Request, permit_for

    asked = Request(team_page.AUDIENCE, request.municipalities, request.purpose, request.user)
    return job.team_records(permit_for(open_dossier(request.dossier), team_page.READ_LAYERS, asked))


def with_countryside(catalogue: Catalogue, records: TeamRecords, counted: CountedLevels) -> Catalogue:
    """The catalogue with the addresses in the countryside, when a file of addresses was given."""
    from dataclasses import replace

    from ..core.counts.rural_addresses import countryside_figures
    from ..core.counts.rural_methods import CountrysideMethod

    date = team_page.reference_date(records.layers)
    if not counted.countryside or not date:
        return catalogue
    indicators, values = countryside_figures(
        counted.countryside,
        CountrysideMethod("oad", {}, date),
        municipalities=records.municipalities,
        fictitious=records.fictitious,
    )
    return replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators),
        values=(*catalogue.values, *values),
    )


def team_levels(records: TeamRecords, request: TeamRequest) -> CountedLevels:
    """The levels at which the team's records may be counted, none when they may not.

    Raises:
        AtlasError: see `team_levels.counted_levels`.
    """
    from .team_levels import CountedLevels, counted_levels

    if not team_page.may_be_counted():
        return CountedLevels((), ())
    return counted_levels(
        {layer: records.layers[layer] for layer in team_page.COUNTED_LAYERS},
        records.municipalities,
        addresses=request.addresses,
        neighbourhoods=request.neighbourhoods,
        squares=request.squares,
    )


def team_payload(
    figures: Released[Payload], records: TeamRecords, request: TeamRequest, *, sealed: bool
) -> Released[Payload]:
    """The payload of the page, with what it has for a team only: objects, surfaces, whose competence."""
    from ..geo.reading.crs import to_wgs84
    from ..geo.surfaces.surface_files import image_overlay, read_surface

    images = []
    for raster in request.rasters:
        uri, bounds = image_overlay(raster)
        surface = read_surface(raster)
        images.append(
            {
                "name": surface.title,
                "uri": uri,
                "bounds": list(bounds),
                "legend": [{"label": item.label, "colour": item.colour} for item in surface.classes],
                "method": surface.method,
            }
        )
    return job.team_payload(figures, records.released, to_wgs84, images, sealed=sealed)
