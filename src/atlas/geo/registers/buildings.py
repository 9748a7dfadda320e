"""Panden of the BAG: the buildings that are there, with or without an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ...core.tables.bag_codes import BUILDING_RANKS, BUILDING_STATUSES, GONE_BUILDINGS, UNKNOWN_YEAR, official
from ...core.tables.registers import read_bag_id
from ...core.words.errors import AtlasError
from ..reading.shape_layers import mend_polygons, read_register_rows, shape_reading, texts
from ..reading.texts import numbers_of
from ..reading.versions import drop_ended, keep_best
from .register_layouts import BAG_BUILDINGS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ..reading.frames import Reading
    from ..reading.shape_layers import ShapeRows

#: the columns of the frame, beside geometry
BUILDING_COLUMNS = (
    "bag_pand_id", "status", "bouwjaar", "gebruiksdoel", "aantal_verblijfsobjecten", "oppervlakte_m2",
)  # fmt: skip


def read_buildings(path: Path, *, crs: str | None = None) -> Reading:
    """Read the panden of the two provinces.

    Args:
        path: GeoPackage (bag-light), GeoJSON, GML or Shapefile, a folder of pages, or a ZIP; of several
            layers the one with 'pand' in its name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        `BUILDING_COLUMNS` and geometry (EPSG:28992, valid polygons). status is "" when the source has none;
        bouwjaar and aantal_verblijfsobjecten are NaN where unknown; oppervlakte_m2 is the area on the map.

    Raises:
        AtlasError: unreadable, no ids, a wrong coordinate system, or nothing that is there.
    """
    rows = read_register_rows(path, BAG_BUILDINGS, crs=crs)
    identity = _identities(rows)
    drop_ended(rows.sieve, texts(rows, "eind"), texts(rows, "begin"))
    status = _statuses(rows)
    ranks = [np.array([BUILDING_RANKS.get(one, 0) for one in status]), texts(rows, "begin")]
    why = "met een status of begindatum die voorgaat"
    keep_best(rows.sieve, identity, ranks, subject="Dit pand", why=why)
    mend_polygons(rows)
    year = _numbers(rows, "bouwjaar")
    columns: dict[str, NDArray[np.generic]] = {
        "bag_pand_id": identity,
        "status": status,
        "bouwjaar": np.where(year == UNKNOWN_YEAR, np.nan, year),
        "gebruiksdoel": texts(rows, "gebruiksdoel"),
        "aantal_verblijfsobjecten": _numbers(rows, "aantal_verblijfsobjecten"),
        "oppervlakte_m2": np.round(shapely.area(rows.shapes), 1),
    }
    return shape_reading(rows, columns)


def _identities(rows: ShapeRows) -> NDArray[np.object_]:
    found = texts(rows, "bag_pand_id").copy()
    faults: dict[int, str] = {}
    for position, text in enumerate(found):
        try:
            found[position] = read_bag_id(text, kinds=("pand",)).value
        except AtlasError as error:
            faults[position] = f"{error.title} Gevonden: {error.got}."
    wrong = np.zeros(found.size, dtype=bool)
    wrong[list(faults)] = True
    rows.sieve.reject(wrong, "id_onleesbaar", lambda out: [faults[at] for at in out])
    return found


def _statuses(rows: ShapeRows) -> NDArray[np.object_]:
    """The official status of every row; buildings that are not there are taken out."""
    text = texts(rows, "status")
    if "status" not in rows.columns:
        rows.sieve.note("De bron heeft geen status: ook gesloopte panden kunnen erin staan.")
        return text
    known = {value: official(value, BUILDING_STATUSES) for value in set(text)}
    for value, status in known.items():
        here = text == value
        if not status:
            rows.sieve.reject(here, "pandstatus_onbekend", f'De BAG kent de pandstatus "{value[:60]}" niet.')
        elif status in GONE_BUILDINGS:
            rows.sieve.reject(here, GONE_BUILDINGS[status], f"De status van het pand is: {status}.")
    return np.array([known[value] for value in text], dtype=object)


def _numbers(rows: ShapeRows, name: str) -> NDArray[np.float64]:
    if name not in rows.columns:
        return np.full(rows.sieve.rows.size, np.nan)
    return numbers_of(rows.columns[name])
