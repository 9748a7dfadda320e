"""The payload of a team's page, made with what QGIS has: the same as the command `atlas` makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPointXY,
)

from .atlas.core.areas.crs import WGS84
from .atlas.core.counts.tallies import AreaTotals
from .atlas.core.counts.team_page import (
    AUDIENCE,
    READ_LAYERS,
    atlas_levels,
    first_of_dossier,
    may_be_counted,
    with_counts,
)
from .atlas.core.disclosure.sealing import check_open
from .atlas.core.figures.edition import Edition
from .atlas.core.figures.indicators import load_catalogue
from .atlas.core.figures.payload import build_payload
from .atlas.core.words.layer_names import OBJECTS
from .atlas.jobs import team_page as job
from .figures import level_of, published
from .gate import check_output, how_to_seal
from .layers.areas import shapes_in_rd
from .layers.rd_transform import to_rd

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from .atlas.core.disclosure.released import Released
    from .atlas.core.figures.payload import Payload
    from .atlas.jobs.handing_out import Request
    from .atlas.jobs.team_page import TeamRecords


def read_counted(folder: Path, request: Request, output: Path) -> TeamRecords:
    """Read the records of the municipalities of a team, after asking the gate, for what is made of them.

    Raises:
        AtlasError: see `gate.check_output`.
    """
    permit = check_output(folder, READ_LAYERS, request, [output])
    return job.team_records(permit)


def read_team(folder: Path, request: Request, output: Path, *, unsealed: str) -> TeamRecords:
    """The same for a page, which holds the records themselves.

    Raises:
        AtlasError: see `gate.check_output`; or real records for a page that is not sealed.
    """
    records = read_counted(folder, request, output)
    check_open(
        AUDIENCE,
        fictitious=records.fictitious,
        reason=unsealed,
        hint=how_to_seal(folder, request),
    )
    return records


def figures_payload(records: TeamRecords) -> Released[Payload]:
    """The payload of the published figures and what is counted from the records, without any record."""
    from .atlas.core.areas.embedded_boundaries import embedded_boundaries

    catalogue = load_catalogue()
    if may_be_counted():
        levels = atlas_levels(records.layers, _municipal_totals())
        catalogue = with_counts(catalogue, records.released, levels)
    shapes, source = embedded_boundaries()
    edition = Edition(audience=AUDIENCE, fictitious=records.fictitious, opening=first_of_dossier(catalogue))
    return build_payload(catalogue, shapes, source, edition, records=records.released)


def team_payload(records: TeamRecords) -> Released[Payload]:
    """The payload of the page: published figures, counts of the records, and the objects."""
    return job.team_payload(figures_payload(records), records.released, _to_degrees)


def _municipal_totals() -> AreaTotals:
    """What counts per municipality are divided by: km² of the embedded borders, no addresses."""
    _shapes, area_m2 = shapes_in_rd(level_of(published(), "gemeente"))
    codes = tuple(area_m2)
    return AreaTotals(
        "gemeente",
        codes,
        (0,) * len(codes),
        # rounded as in every file with borders: a figure does not depend on where it was made
        tuple(round(area_m2[code] / 1e6, 2) for code in codes),
        "totaal",
    )


def _to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) x and y in RD New -> longitude and latitude, by the atlas's one stated transformation."""
    transform = to_rd(QgsCoordinateReferenceSystem(WGS84), QgsCoordinateTransformContext(), OBJECTS)
    found = [
        transform.transform(QgsPointXY(*point), Qgis.TransformDirection.Reverse) for point in points.tolist()
    ]
    return np.array([(point.x(), point.y()) for point in found])
