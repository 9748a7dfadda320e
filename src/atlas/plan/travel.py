"""Travel times over a file of roads, kept by content: the same file and places are reckoned once."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..core.files.new_file import new_file
from ..core.words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ..rounds.problem import Place

    Floats = NDArray[np.float64]

#: of what is kept: another way of reckoning is another version
_VERSION = b"2"
_PIECE = 1 << 20
_NAMED = 10
#: with fewer places one cut off from half of them says nothing
_FEWEST = 6
#: what is said of places, in the order of the marks
_REMARKS = (
    "Binnen 1.500 m ligt geen weg",
    "Los van het wegennet ligt",
    "Er is een weg heen maar niet terug (eenrichting) bij",
    "Er is een weg terug maar niet heen (eenrichting) bij",
    "Meer dan 500 m van de weg ligt",
    "De kortste weg kan door Duitsland lopen, waar het wegenbestand niets van weet, bij",
)


@dataclass(frozen=True)
class Travel:
    """Times and lengths between places.

    Attributes:
        seconds: From each (row) to each other; inf: no road.
        metres: The same.
        note: What they rest on, for every sheet.
        notes: What is to be known of some places.
    """

    seconds: Floats
    metres: Floats
    note: str
    notes: tuple[str, ...]


def travel(
    places: Sequence[Place],
    roads: Path,
    *,
    kept_in: Path | None = None,
) -> Travel:
    """Reckon, or find again, the travel between places.

    Args:
        places: All with coordinates.
        roads: A file of the NWB, see `geo.registers.roads.read_roads`.
        kept_in: Folder where what was reckoned is kept; it holds times and lengths only, no place.
            None: nowhere.

    Raises:
        AtlasError: the file can't be read.
    """
    kept = None if kept_in is None else kept_in / f"{_key(places, roads)}.npz"
    found = _kept(kept)
    if found is None:
        found = _reckoned(places, roads)
        if kept is not None:
            _keep(kept, found)
    told = [
        f"{text}: {_names(places, which)}."
        for text, which in zip(_REMARKS, found.marks, strict=True)
        if which.any()
    ]
    if found.unknown:
        sections = counted(found.unknown, "wegvak is", "wegvakken is")
        told.append(f"Van {sections} geen rijrichting bekend; daar is in beide richtingen gereden.")
    return Travel(found.seconds, found.metres, _note(roads), tuple(told))


class _Found(NamedTuple):
    """What is kept: no name, no coordinate."""

    seconds: Floats
    metres: Floats
    marks: NDArray[np.bool_]
    unknown: int


def _reckoned(places: Sequence[Place], roads: Path) -> _Found:
    from ..geo.registers.roads import read_roads
    from .abroad import through_germany
    from .matrix import matrices
    from .network import network_of
    from .snapping import FARTHEST_M, snapped

    frame = read_roads(roads).frame
    x = np.array([one.x_rd for one in places], dtype=np.float64)
    y = np.array([one.y_rd for one in places], dtype=np.float64)
    network = network_of(frame)
    on_roads = snapped(network, x, y)
    seconds, metres = matrices(network, on_roads)
    joined = np.isfinite(seconds)
    np.fill_diagonal(joined, val=False)
    mostly = int(joined.sum(axis=1).max(initial=0)) // 2
    out, into, near = joined.sum(axis=1) <= mostly, joined.sum(axis=0) <= mostly, on_roads.found
    if len(places) < _FEWEST:
        out[:], into[:] = ~joined.any(axis=1), ~joined.any(axis=0)
    marks = np.array(
        [
            ~near,
            near & out & into,
            near & out & ~into,
            near & into & ~out,
            near & (on_roads.rest_m > FARTHEST_M / 3),
            through_germany(places, metres),
        ]
    )
    return _Found(seconds, metres, marks, int(frame["rijrichting"].isin(["", "O"]).sum()))


def _key(places: Sequence[Place], roads: Path) -> str:
    """A name for what is reckoned: of the bytes of the file and the places, in order."""
    digest = hashlib.sha256(_VERSION)
    for path in sorted(one for one in roads.rglob("*") if one.is_file()) if roads.is_dir() else [roads]:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    digest.update(np.array([(one.x_rd, one.y_rd) for one in places], dtype=np.float64).tobytes())
    return digest.hexdigest()


def _kept(path: Path | None) -> _Found | None:
    """What was kept; None when there is none, or it is no longer whole."""
    if path is None:
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return _Found(file["seconds"], file["metres"], file["marks"], int(file["unknown"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _keep(path: Path, found: _Found) -> None:
    with new_file(path, suffix=".npz", private=True) as beside, beside.open("wb") as file:
        np.savez(file, **found._asdict())


def _note(roads: Path) -> str:
    return (
        f"Reistijden over de wegen van {roads.name} (NWB), met snelheden naar soort weg en wegbeheerder, "
        "zonder drukte; van de weg naar het erf stapvoets."
    )


def _names(places: Sequence[Place], which: NDArray[np.bool_]) -> str:
    found = [places[number].id for number in np.flatnonzero(which)]
    more = f" en nog {len(found) - _NAMED}" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more
