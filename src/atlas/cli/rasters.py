"""The commands of `atlas` that make surfaces: density, remoteness, and what a raster amounts to per area."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.words.layer_names import OBJECTS, SIGNALS
from .choices import (
    Dossier,
    LevelChoice,
    Municipalities,
    Purpose,
    ReferenceDate,
    User,
    day_of,
    requested,
    who_does,
)
from .messages import print_line, say, sentences, steps

raster_app = typer.Typer(cls=DutchGroup)


class DensityChoice(StrEnum):
    """Layers of which a density is made."""

    OBJECT = OBJECTS
    SIGNAL = SIGNALS


@raster_app.command("density", cls=DutchCommand)
def raster_density(
    folder: Dossier,
    output: Annotated[Path, typer.Option("--output", "-o", help="GeoTIFF (.tif)")],
    *,
    layer: Annotated[DensityChoice, typer.Option(help="Laag van het dossier.")] = DensityChoice.OBJECT,
    bandwidth: Annotated[float, typer.Option(help="Bandbreedte in meters.")] = 1000.0,
    cell: Annotated[float, typer.Option(help="Celgrootte in meters.")] = 250.0,
    municipality: Municipalities = None,
    purpose: Purpose = "",
    user: User = None,
) -> None:
    """Dichtheid van objecten of signalen per km², voor het team."""
    from ..flows.surfaces import make_density

    told: list[str] = []
    with sentences(), steps() as progress:
        made = make_density(
            folder, layer.value, output, requested(municipality, purpose, user), now=datetime.now(UTC),
            bandwidth_m=bandwidth, cell_m=cell,
            progress=progress, tell=told.append,
        )  # fmt: skip
    print_line(str(made))
    for sentence in told:
        say(sentence)


@raster_app.command("remoteness", cls=DutchCommand)
def raster_remoteness(
    addresses: Annotated[Path, typer.Argument(help="BAG-adressen.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="GeoTIFF (.tif)")],
    *,
    cell: Annotated[float, typer.Option(help="Celgrootte in meters.")] = 250.0,
    reference_date: ReferenceDate = None,
    fictitious: Annotated[bool, typer.Option("--fictitious", help="De adressen zijn FICTIEF.")] = False,
) -> None:
    """Afstand tot de dichtstbijzijnde woning."""
    from ..flows.surfaces import make_remoteness

    with sentences(), steps() as progress:
        made = make_remoteness(
            addresses, output, reference_date=day_of(reference_date).date().isoformat(), cell_m=cell,
            fictitious=fictitious, progress=progress,
        )  # fmt: skip
    print_line(str(made))


@raster_app.command("zonal", cls=DutchCommand)
def raster_zonal(
    raster: Annotated[Path, typer.Argument(help="Raster van `atlas raster`.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .csv of .gpkg.")],
    *,
    level: Annotated[LevelChoice, typer.Option(help="Niveau van de gebieden.")] = LevelChoice.GEMEENTE,
    own_areas: Annotated[
        Path | None,
        typer.Option("--areas", help="Eigen gebieden in plaats van een niveau: vlakken met een code."),
    ] = None,
    dossier: Annotated[
        Path | None, typer.Option(help="Map van het dossier, als het raster daarvan is gemaakt.")
    ] = None,
    purpose: Purpose = "",
    user: User = None,
) -> None:
    """Gemiddelde, hoogste waarde en dekking van een raster per gebied; van records alleen voor het team."""
    from ..flows.zonal import ZonalRequest, make_zonal

    with sentences(), steps() as progress:
        request = ZonalRequest(raster, output, level.value, own_areas, dossier, purpose, who_does(user))
        notes = make_zonal(request, datetime.now(UTC), progress)
    print_line(str(output))
    for note in notes:
        say(note)
