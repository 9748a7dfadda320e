"""At which levels a team's records are counted, and in which area of each level every record lies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..core.counts.tallies import chosen_totals
from ..core.counts.team_page import CountedLevel, atlas_levels
from ..core.words.notation import counted, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np

    Layers = Mapping[str, Sequence[Mapping[str, Any]]]
    Points = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class CountedLevels:
    """Every level of a team's page, and what its maker has to know about them."""

    levels: tuple[CountedLevel, ...]
    notes: tuple[str, ...]
    #: municipality -> addresses in the countryside, and all addresses; empty without a file of addresses
    countryside: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def counted_levels(
    layers: Layers,
    municipalities: Sequence[str],
    *,
    addresses: Path | None,
    neighbourhoods: Path | None,
    squares: bool,
) -> CountedLevels:
    """Find the area of every record at every level that was asked for.

    Args:
        layers: Layer -> its records, all of these municipalities.
        municipalities: Codes of the municipalities of the team.
        addresses: A file of BAG addresses, for counts per 1,000 addresses.
        neighbourhoods: A file of CBS wijken en buurten, for the levels wijk and buurt.
        squares: Whether to count per 500 m square too.

    Raises:
        AtlasError: a file that can't be used, or without a buurt of these municipalities.
    """
    found, notes = _atlas_levels(layers, door := _addresses(addresses)), list[str]()
    if neighbourhoods is not None:
        more, notes = _neighbourhood_levels(layers, municipalities, neighbourhoods, door)
        found += more
    if squares:
        found.append(_square_level(layers, municipalities, door))
    found = [_accounted(level, layers) if level.detail else level for level in found]
    return CountedLevels(tuple(found), tuple(notes), _countryside(door))


def _countryside(addresses: Points) -> dict[str, tuple[int, int]]:
    """How many addresses of each municipality have few others around (`CountrysideMethod` "oad")."""
    import numpy as np

    from ..core.counts.rural_methods import DENSITY_THRESHOLD
    from ..geo.boundaries.levels import load_boundaries
    from ..geo.measuring.assign import assign_areas
    from ..geo.measuring.countryside import address_density

    if not addresses[0].size:
        return {}
    boundaries = load_boundaries("gemeente")
    place = assign_areas(*addresses, boundaries.geometry)
    outside = address_density(*addresses) < DENSITY_THRESHOLD
    every = np.bincount(place[place >= 0], minlength=len(boundaries))
    rural = np.bincount(place[(place >= 0) & outside], minlength=len(boundaries))
    return dict(zip(boundaries["code"], zip(rural.tolist(), every.tolist(), strict=True), strict=True))


def _accounted(level: CountedLevel, layers: Layers) -> CountedLevel:
    """With the number of records that lie in none of its areas in the note of the level."""
    tallies = [level.tally(layer, records) for layer, records in layers.items()]
    unplaced, every = sum(tally.unplaced for tally in tallies), sum(tally.records for tally in tallies)
    if not unplaced or level.detail is None:
        return level
    told = (
        f" Van de {counted(every, 'record', 'records')} {'ligt' if unplaced == 1 else 'liggen'} er "
        f"{format_number(unplaced)} in geen van deze gebieden."
    )
    return replace(level, detail=replace(level.detail, note=level.detail.note + told))


def _addresses(path: Path | None) -> Points:
    import numpy as np

    from ..geo.registers.addresses import read_addresses

    if path is None:
        return np.empty(0), np.empty(0)
    frame = read_addresses(path).frame
    return frame["x"].to_numpy(), frame["y"].to_numpy()


def _atlas_levels(layers: Layers, addresses: Points) -> list[CountedLevel]:
    from ..geo.boundaries.levels import deciding_boundaries
    from ..geo.measuring.aggregates import municipal_totals

    return atlas_levels(layers, municipal_totals(deciding_boundaries(), *addresses))


def _neighbourhood_levels(
    layers: Layers, municipalities: Sequence[str], path: Path, addresses: Points
) -> tuple[list[CountedLevel], list[str]]:
    from ..geo.measuring.aggregates import neighbourhood_totals
    from ..geo.measuring.area_codes import neighbourhood_codes
    from ..geo.measuring.detail_levels import neighbourhood_levels, own_neighbourhoods
    from ..geo.registers.neighbourhoods import read_district_names, read_neighbourhoods

    reading = read_neighbourhoods(path)
    own = own_neighbourhoods(reading.frame, municipalities)
    found = [
        CountedLevel(
            neighbourhood_totals(own, *addresses, level=detail.id),
            {
                layer: neighbourhood_codes(*_points(records), own, level=detail.id).tolist()
                for layer, records in layers.items()
            },
            detail,
            shapes,
        )
        for detail, shapes in neighbourhood_levels(own, read_district_names(path))
    ]
    return found, [*_without(municipalities, set(own["gemeente_code"])), *reading.report.notes]


def _without(municipalities: Sequence[str], present: set[str]) -> list[str]:
    from ..core.areas.divisions import area

    missing = [area(code).name for code in municipalities if code not in present]
    return [f"In het bestand met buurten staan geen buurten van {', '.join(missing)}."] if missing else []


def _square_level(layers: Layers, municipalities: Sequence[str], addresses: Points) -> CountedLevel:
    from ..geo.boundaries.levels import deciding_boundaries
    from ..geo.measuring.aggregates import square_totals
    from ..geo.measuring.area_codes import square_codes
    from ..geo.measuring.detail_levels import square_level

    codes = {layer: square_codes(*_points(records)).tolist() for layer, records in layers.items()}
    occupied = {code for of_layer in codes.values() for code in of_layer}
    detail, shapes = square_level(occupied, deciding_boundaries(), municipalities)
    totals = square_totals(*addresses, record_codes=sorted(occupied))
    return CountedLevel(chosen_totals(totals, {one.code for one in detail.areas}), codes, detail, shapes)


def _points(records: Sequence[Mapping[str, Any]]) -> Points:
    import numpy as np

    nowhere = (np.nan, np.nan)
    places = [record["geometrie"] or nowhere for record in records]
    x, y = np.array(places, dtype=float).reshape(-1, 2).T
    return x, y
