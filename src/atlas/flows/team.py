"""What a team sees on top of the published figures: its objects, counts of them, and surfaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..core.disclosure import may_leave
from ..core.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..core.indicators import Catalogue
    from ..geo.aggregates import AreaTotals, Tally
    from ..store.dossier_files import Dossier

AUDIENCE = "team"
COUNTED_LAYERS = ("leegstand_object", "agrarisch_bedrijf", "signaal")
WITHHELD = "Objecten, erven, signalen en wat daaruit is geteld gaan niet mee: dat is alleen voor het team."
#: the levels at which a team's records are counted
_LEVELS = ("gemeente", "surveyregio")


@dataclass(frozen=True, slots=True)
class TeamRequest:
    """For which team, from which dossier, for what.

    Args:
        dossier: Folder of the dossier.
        municipalities: Codes of the municipalities the team works for.
        purpose: What the page is for; stands in the register.
        user: Who asks; stands in the register.
        addresses: A file of BAG addresses, for counts per 1,000 addresses.
        rasters: GeoTIFFs that `atlas raster` made, to lay over the map.
        unsealed: The maker knows that the page is not sealed.
    """

    dossier: Path
    municipalities: tuple[str, ...]
    purpose: str = ""
    user: str = ""
    addresses: Path | None = None
    rasters: tuple[Path, ...] = ()
    unsealed: bool = False


@dataclass(frozen=True, slots=True)
class TeamRecords:
    """The records of a team's municipalities, read at one moment."""

    dossier: Dossier
    municipalities: tuple[str, ...]
    layers: dict[str, list[dict[str, Any]]]

    @property
    def counts(self) -> dict[str, int]:
        """Layer -> number of records that go along."""
        return {name: len(self.layers[name]) for name in (*COUNTED_LAYERS, "leegstand_bewijs")}

    @property
    def reference_date(self) -> str:
        """The newest reference date of the records."""
        dates = [str(record["peildatum"]) for layer in COUNTED_LAYERS for record in self.layers[layer]]
        return max(dates, default="")


def read_team_records(request: TeamRequest) -> TeamRecords:
    """Read the records of the named municipalities, after checking that they may go out together.

    Raises:
        AtlasError: no dossier, no municipality, all of them for real data, or real data for a page that
            is not sealed.
    """
    from ..store.dossier import open_dossier
    from ..store.dossier_records import read_layers
    from ..store.uitgifte import check_municipalities

    dossier = open_dossier(request.dossier)
    codes = check_municipalities(dossier, request.municipalities)
    if not dossier.fictitious and not request.unsealed:
        raise AtlasError(
            "Een pagina voor het team met echte gegevens kan nog niet worden verzegeld.",
            detail="Wie het bestand heeft, kan alles erin lezen.",
            hint="Weet u zeker dat het bestand binnen het team blijft, gebruik dan --unsealed.",
        )
    return TeamRecords(dossier, codes, read_layers(dossier, municipalities=codes))


def with_counts(catalogue: Catalogue, records: TeamRecords, addresses: Path | None) -> Catalogue:
    """The catalogue with the counts of the team's records as indicators, if it holds any record."""
    from ..geo.rural_figures import rural_figures, rural_source

    if not all(may_leave(layer, "gemeente_code", AUDIENCE) for layer in COUNTED_LAYERS):
        return catalogue
    if not records.reference_date:
        return catalogue
    totals = _totals(addresses)
    tallies = {
        layer: [_tally(records, layer, total) for total in totals]
        for layer in COUNTED_LAYERS
        if records.layers[layer]
    }
    source = rural_source(records.reference_date, fictitious=records.dossier.fictitious)
    indicators, values = rural_figures(tallies, source)
    own = set(records.municipalities)
    kept = tuple(value for value in values if _is_own(value.area, own))
    return replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators),
        values=(*catalogue.values, *kept),
    )


def _is_own(area: str, own: set[str]) -> bool:
    """An area is counted only when all of it is the team's: a part would pass for the whole."""
    from ..core.areas import members

    return {member.code for member in members(area)} <= own


def _totals(addresses: Path | None) -> list[AreaTotals]:
    import numpy as np

    from ..geo.addresses import read_addresses
    from ..geo.aggregates import combined_totals, municipal_totals
    from ..geo.boundaries import load_boundaries

    if addresses is None:
        x = y = np.empty(0)
    else:
        frame = read_addresses(addresses).frame
        x, y = frame["x"], frame["y"]
    municipal = municipal_totals(load_boundaries("gemeente"), x, y)
    return [municipal if level == "gemeente" else combined_totals(municipal, level) for level in _LEVELS]


def _tally(records: TeamRecords, layer: str, totals: AreaTotals) -> Tally:
    from ..core.areas import areas, members
    from ..geo.aggregates import count_records

    region = {member.code: area.code for area in areas(totals.level) for member in members(area.code)}
    rows = records.layers[layer]
    return count_records(
        [region.get(str(record["gemeente_code"]), "") for record in rows],
        totals,
        municipality_certain=[record.get("gemeente_zeker") == "ja" for record in rows],
    )


def team_keys(records: TeamRecords, request: TeamRequest) -> dict[str, Any]:
    """The keys that a payload has for a team only: objects, surfaces, whose competence, sealed or not."""
    from ..core.areas import area
    from ..core.objects_payload import objects_payload
    from ..geo.surface_files import image_overlay, read_surface

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
    return {
        "objects": objects_payload(
            _in_degrees(records.layers["leegstand_object"]),
            records.layers["leegstand_bewijs"],
            audience=AUDIENCE,
            municipalities=records.municipalities,
            fictitious=records.dossier.fictitious,
        ),
        "images": images,
        "competence": {
            "municipalities": list(records.municipalities),
            "labels": [area(code).label for code in records.municipalities],
        },
        "unsealed": not records.dossier.fictitious,
    }


def _in_degrees(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    import numpy as np

    from ..geo.crs import to_wgs84

    placed = [record for record in records if record.get("geometrie") is not None]
    if not placed:
        return list(records)
    degrees = to_wgs84(np.array([record["geometrie"] for record in placed], dtype=float)).tolist()
    by_uuid = {record["uuid"]: tuple(point) for record, point in zip(placed, degrees, strict=True)}
    return [{**record, "geometrie": by_uuid.get(record["uuid"])} for record in records]
