"""Road sections of the NWB (Nationaal Wegenbestand): which lead somewhere, without paths and ferries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..reading.frames import Reading
from ..reading.shape_layers import read_register_rows, shape_reading, texts
from ..reading.versions import keep_best
from .nwb_codes import CARRIAGEWAYS, DIRECTIONS, NO_ROADS, NOT_THROUGH, NOTHING, THROUGH_AUTHORITIES
from .register_layouts import NWB_SECTIONS

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from ..reading.shape_layers import ShapeRows

#: the columns of the frame, beside geometry
ROAD_COLUMNS = (
    "wvk_id", "naam", "beheerder", "doorgaand", "baansubsoort", "rijrichting", "junctie_begin",
    "junctie_eind",
)  # fmt: skip
_LINE, _MULTILINE = 1, 5


def read_roads(path: Path, *, crs: str | None = None) -> Reading:
    """Read road sections.

    A through road (`doorgaand`) is a carriageway with a road number, or managed by state, province or water
    board. That is a choice: a municipal road without a number may carry through traffic too, and the NWB does
    not say so. Pedestrian and service areas, bus lanes and parking are there and are no through road; of a
    section that is there more than once the latest wvk_begdat counts.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile, a folder of pages, or a ZIP; names in capitals or not.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        `ROAD_COLUMNS` and geometry: LineStrings in EPSG:28992. beheerder is R, P, W, G or T as the NWB has
        it, rijrichting H (with the line), T (against it), B, O, or "" when the file does not say. The
        junctions are text. A section that consists of separate lines is there once for each, under the same
        wvk_id; only the first has the junction at its begin, only the last the one at its end.

    Raises:
        AtlasError: unreadable, no road authority, a wrong coordinate system, or nothing in the two provinces.
    """
    rows = read_register_rows(path, NWB_SECTIONS, crs=crs)
    identity = texts(rows, "wvk_id")
    keep_best(
        rows.sieve, identity, [texts(rows, "begin")], subject="Dit wegvak", why="met een latere begindatum"
    )
    kind = _code(rows, "baan")
    _drop_no_roads(rows, kind)
    _only_lines(rows)
    authority, number, name = _code(rows, "beheerder"), _filled(rows, "nummer"), texts(rows, "naam")
    columns = {
        "wvk_id": identity,
        "naam": np.where(name == "", number, name),
        "beheerder": authority,
        "doorgaand": (np.isin(authority, THROUGH_AUTHORITIES) | (number != ""))
        & np.isin(kind.astype(str), list(CARRIAGEWAYS)),
        "baansubsoort": kind,
        "rijrichting": _directions(rows),
        "junctie_begin": _filled(rows, "junctie_begin"),
        "junctie_eind": _filled(rows, "junctie_eind"),
    }
    reading = shape_reading(rows, columns)
    frame = _separate_lines(reading.frame)
    parts = len(frame) - len(reading.frame)
    if not parts:
        return Reading(frame, reading.report)
    rows.sieve.note(f"{parts} wegvakken meer dan in het bestand: losse delen zijn aparte lijnen.")
    return Reading(frame, rows.sieve.report())


def _drop_no_roads(rows: ShapeRows, kind: NDArray[np.object_]) -> None:
    if "baan" not in rows.columns:
        rows.sieve.note(
            "Het bestand zegt niet wat fietspaden, voetpaden en veren zijn (bst_code); die kunnen erin staan."
        )
    for code, (reason, what) in NO_ROADS.items():
        rows.sieve.reject(kind == code, reason, f"Dit wegvak is {what} ({code}).")
    unknown = sorted({*kind[rows.sieve.kept]} - CARRIAGEWAYS - NOT_THROUGH)
    if unknown:
        rows.sieve.note(
            f"Onbekende soort weg (bst_code) {', '.join(unknown)}: die wegvakken gelden niet als "
            "doorgaande weg."
        )


def _directions(rows: ShapeRows) -> NDArray[np.object_]:
    direction = _code(rows, "rijrichting")
    other = ~np.isin(direction.astype(str), ["", *DIRECTIONS])
    if other.any():
        rows.sieve.note(
            f"Van {int(other.sum())} wegvakken is de rijrichting geen {', '.join(DIRECTIONS)}; die is leeg "
            "gelaten."
        )
    return np.where(other, "", direction)


def _code(rows: ShapeRows, name: str) -> NDArray[np.object_]:
    """A column of codes in capitals, "" for nothing."""
    return np.char.upper(_filled(rows, name).astype(str)).astype(object)


def _filled(rows: ShapeRows, name: str) -> NDArray[np.object_]:
    """A column without what the NWB writes for nothing."""
    values = texts(rows, name)
    return np.where(np.isin(values.astype(str), NOTHING), "", values)


def _separate_lines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Every line by itself; the junctions stay at the ends of the whole."""
    lines = frame.explode()
    section = lines.index.to_numpy()
    follows = np.concatenate([[False], section[1:] == section[:-1]])
    lines = lines.reset_index(drop=True)
    lines.loc[follows, "junctie_begin"] = ""
    lines.loc[np.concatenate([follows[1:], [False]]), "junctie_eind"] = ""
    return lines


def _only_lines(rows: ShapeRows) -> None:
    """Lines that follow on each other become one in the same direction; what is no line is taken out."""
    kinds = shapely.get_type_id(rows.shapes)
    rows.sieve.reject(
        ~np.isin(kinds, (_LINE, _MULTILINE)), "geen_lijn", "Dit object is een punt of een vlak, geen lijn."
    )
    several = (kinds == _MULTILINE) & rows.sieve.kept
    rows.shapes[several] = shapely.line_merge(rows.shapes[several], directed=True)
