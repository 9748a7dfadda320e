"""What the page of a team holds of its dossier beside the figures: objects, campaigns, and whose they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.areas.divisions import area
from ..core.counts.campaign_progress import PROGRESS_LAYERS, campaign_progress
from ..core.counts.objects_payload import objects_payload
from ..core.disclosure.records import PLACE
from ..core.words.layer_names import EVIDENCE, OBJECTS
from ..dossier.issue_register import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from ..core.disclosure.released import Records, Released
    from ..core.figures.payload import Payload
    from .handing_out import Permit

    #: (n, 2) x and y in metres (EPSG:28992) -> (n, 2) longitude and latitude (WGS84)
    ToDegrees = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class TeamRecords:
    """The records of a team's municipalities that may leave, and the leave to hand them out."""

    permit: Permit
    released: Released[Records]

    @property
    def fictitious(self) -> bool:
        """Whether the dossier is made up."""
        return self.released.fictitious

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of the municipalities the team works for."""
        return self.released.municipalities

    @property
    def layers(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Layer -> its records."""
        return self.released.content


def team_records(permit: Permit) -> TeamRecords:
    """Read the records of the layers of a permit.

    Raises:
        AtlasError: see `Permit.release`.
    """
    return TeamRecords(permit, permit.release())


def team_payload(
    figures: Released[Payload],
    released: Released[Records],
    to_degrees: ToDegrees,
    images: Sequence[Mapping[str, Any]] = (),
    *,
    sealed: bool = False,
) -> Released[Payload]:
    """The payload of the page, with what it has for a team only.

    Args:
        figures: The payload of the figures, made for the same team.
        released: The records that may leave.
        to_degrees: The atlas's one stated transformation, with what the face has for it.
        images: Surfaces to lay over the map.
        sealed: Whether the page will be sealed; an open one with real records says that it is.
    """
    return figures.into(
        lambda payload: {**payload, **_team_keys(released, to_degrees, images, sealed=sealed)}
    )


def said_of_figures(payload: Payload) -> Said:
    """What the register says of the figures in a file for a team: which they are."""
    return Said(tuple(indicator["id"] for indicator in payload["indicators"]))


def _team_keys(
    released: Released[Records],
    to_degrees: ToDegrees,
    images: Sequence[Mapping[str, Any]],
    *,
    sealed: bool,
) -> dict[str, Any]:
    """Objects, surfaces, campaigns, whose competence, sealed or not."""
    return {
        "objects": objects_payload(
            _in_degrees(released.content[OBJECTS], to_degrees),
            released.content[EVIDENCE],
            audience=released.audience,
            municipalities=released.municipalities,
            fictitious=released.fictitious,
            withheld=released.withheld_of(OBJECTS),
        ),
        "images": list(images),
        "campaigns": _campaigns(released.content),
        "competence": {
            "municipalities": list(released.municipalities),
            "labels": [area(code).label for code in released.municipalities],
        },
        "unsealed": not (released.fictitious or sealed),
    }


def _campaigns(layers: Records) -> list[dict[str, Any]]:
    """How far each campaign is; none when campaigns were not read."""
    if not all(name in layers for name in PROGRESS_LAYERS):
        return []
    return [
        {**asdict(one), "to_go": one.to_go, "observed": one.observed} for one in campaign_progress(layers)
    ]


def _in_degrees(records: Sequence[Mapping[str, Any]], to_degrees: ToDegrees) -> list[Mapping[str, Any]]:
    """Records with their place as longitude and latitude."""
    places = np.array([record[PLACE] for record in records if record.get(PLACE) is not None], dtype=float)
    degrees = iter(to_degrees(places).tolist() if places.size else ())
    return [
        {**record, PLACE: tuple(next(degrees))} if record.get(PLACE) is not None else record
        for record in records
    ]
