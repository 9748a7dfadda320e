"""Road sections of the NWB (Nationaal Wegenbestand): which roads lead somewhere, without cycle paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from .reading import Reading
from .shape_layers import read_shape_rows, shape_reading, texts

if TYPE_CHECKING:
    from pathlib import Path

    from .shape_layers import ShapeRows

#: the columns of the frame, beside geometry
ROAD_COLUMNS = ("wvk_id", "naam", "beheerder", "doorgaand")
_NAMES = {
    "wvk_id": ("wvkid", "wegvakid"),
    "naam": ("sttnaam", "straatnaam"),
    "beheerder": ("wegbehsrt", "wegbeheerdersoort"),
    "nummer": ("wegnummer", "wegnr"),
    "baan": ("bstcode", "baansubsoort", "baansubsoortcode"),
}
_CYCLE_PATH = "FP"
#: road authorities whose roads are made for through traffic: Rijk, provincie, waterschap
_THROUGH_AUTHORITIES = ("R", "P", "W")
_LINE, _MULTILINE = 1, 5


def read_roads(path: Path, *, crs: str | None = None) -> Reading:
    """Read road sections.

    A through road (`doorgaand`) is one with a road number, or managed by state, province or water board. That
    is a choice: a municipal road without a number may carry through traffic too, and the NWB does not say so.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile; names in capitals or not.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        `ROAD_COLUMNS` and geometry: LineStrings in EPSG:28992. beheerder is R, P, W, G or T as the NWB has
        it. A section that consists of separate lines is there once for each, under the same wvk_id.

    Raises:
        AtlasError: unreadable, no road authority, a wrong coordinate system, or nothing in the two provinces.
    """
    rows = read_shape_rows(
        path, _NAMES, needed=("wvk_id", "beheerder"), layer_words=("wegvakken", "wegvak"), crs=crs
    )
    if "baan" in rows.columns:
        kind = np.char.upper(texts(rows, "baan").astype(str))
        rows.sieve.reject(kind == _CYCLE_PATH, "fietspad", "Dit wegvak is een fietspad (FP).")
    else:
        rows.sieve.note("Het bestand zegt niet wat fietspaden zijn (bst_code); die kunnen erin staan.")
    _only_lines(rows)
    authority = np.char.upper(texts(rows, "beheerder").astype(str)).astype(object)
    number = texts(rows, "nummer")
    name = texts(rows, "naam")
    columns = {
        "wvk_id": texts(rows, "wvk_id"),
        "naam": np.where(name == "", number, name),
        "beheerder": authority,
        "doorgaand": np.isin(authority, _THROUGH_AUTHORITIES) | (number != ""),
    }
    reading = shape_reading(rows, columns)
    frame = reading.frame.explode(ignore_index=True)
    parts = len(frame) - len(reading.frame)
    if not parts:
        return Reading(frame, reading.report)
    rows.sieve.note(f"{parts} wegvakken meer dan in het bestand: losse delen zijn aparte lijnen.")
    return Reading(frame, rows.sieve.report())


def _only_lines(rows: ShapeRows) -> None:
    """Lines that follow on each other become one; what is no line is taken out."""
    kinds = shapely.get_type_id(rows.shapes)
    rows.sieve.reject(
        ~np.isin(kinds, (_LINE, _MULTILINE)), "geen_lijn", "Dit object is een punt of een vlak, geen lijn."
    )
    several = (kinds == _MULTILINE) & rows.sieve.kept
    rows.shapes[several] = shapely.line_merge(rows.shapes[several])
