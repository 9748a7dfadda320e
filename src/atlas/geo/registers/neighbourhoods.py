"""The neighbourhoods (buurten) of CBS wijken en buurten, with the figures that tell country from town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.areas.divisions import areas, mergers
from ..reading.shape_layers import mend_polygons, read_register_rows, read_shape_rows, shape_reading, texts
from ..reading.texts import numbers_of
from ..reading.vector_sources import layers_called
from ..reading.versions import keep_best
from .register_layouts import CBS_NEIGHBOURHOODS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ..reading.frames import Reading
    from ..reading.shape_layers import ShapeRows

#: the columns of the frame, beside geometry; land_km2 is the area without water
NEIGHBOURHOOD_COLUMNS = (
    "code", "naam", "wijk_code", "gemeente_code", "oad", "oad_reden", "inwoners", "inwoners_reden",
    "land_km2", "land_km2_reden",
)  # fmt: skip
_DISTRICT_NAMES = {
    "code": ("wijkcode", "wkcode", "statcode", "code"),
    "naam": ("wijknaam", "wknaam", "statnaam", "naam"),
}
#: CBS fills in for a missing figure: at most this
_MISSING = -99_990
_REASONS = {
    -99_991: "vervallen",
    -99_995: "komt later beschikbaar",
    -99_997: "geheim of niet aanwezig",
}
_UNKNOWN_REASON = "geen gegevens"
_HECTARES_IN_KM2 = 100.0
#: neighbourhood number of a municipality's water, which is no neighbourhood
_WATER_NUMBERS = ("97", "98")


def read_neighbourhoods(path: Path, *, crs: str | None = None) -> Reading:
    """Read the neighbourhoods of the two provinces.

    The snake_case names of OGC API and GeoPackage and the camelCase names of the WFS are both known.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile; of several layers the one with 'buurt' in its name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        `NEIGHBOURHOOD_COLUMNS` and geometry (EPSG:28992, valid polygons). A figure that CBS leaves out is
        NaN, and its `_reden` says why ("" when the figure is there).

    Raises:
        AtlasError: unreadable, no codes of neighbourhoods, a wrong coordinate system, or nothing to use.
    """
    rows = read_register_rows(path, CBS_NEIGHBOURHOODS, crs=crs)
    code = texts(rows, "code")
    _drop_water(rows, code)
    _drop_other(rows, code)
    keep_best(
        rows.sieve,
        code,
        [np.array([text[:4] for text in texts(rows, "jaar")], dtype=object)],
        subject="Deze buurt",
        why="van een later jaar",
    )
    mend_polygons(rows)
    columns: dict[str, NDArray[np.generic]] = {
        "code": code,
        "naam": texts(rows, "naam"),
        "wijk_code": np.array([f"WK{text[2:8]}" for text in code], dtype=object),
        "gemeente_code": np.array([f"GM{text[2:6]}" for text in code], dtype=object),
    }
    for name, divisor in (("oad", 1.0), ("inwoners", 1.0), ("land_km2", _HECTARES_IN_KM2)):
        columns[name], columns[f"{name}_reden"] = _figure(rows, name, divisor)
    return shape_reading(rows, columns)


def read_district_names(path: Path) -> dict[str, str]:
    """Code of a wijk -> its name, where a file, folder or ZIP has the wijken apart; else nothing.

    Raises:
        AtlasError: unreadable.
    """
    called = layers_called(path, "wijken")
    if not called or any("buurt" in name for name in called):  # "wijken en buurten": districts are not apart
        return {}
    rows = read_shape_rows(path, _DISTRICT_NAMES, needed=("code",), layer_words=(("wijken",),))
    return dict(zip(texts(rows, "code"), texts(rows, "naam"), strict=True))


def _drop_water(rows: ShapeRows, code: NDArray[np.object_]) -> None:
    water = np.array([text.upper() for text in texts(rows, "water")], dtype=object)
    rows.sieve.reject(water == "JA", "water", "Deze buurt is water.")
    number = np.array([text[-2:] in _WATER_NUMBERS for text in code], dtype=bool)
    rows.sieve.reject(
        number & (water != "NEE"),
        "water",
        "Een buurtnummer 97 of 98 is het water van een gemeente, geen buurt.",
    )


def _drop_other(rows: ShapeRows, code: NDArray[np.object_]) -> None:
    """Take out what has no code of a neighbourhood, and what lies in a municipality that is not ours."""
    readable = pd.Series(code).str.fullmatch(r"BU[0-9]{8}").to_numpy(dtype=bool)
    rows.sieve.reject(
        ~readable,
        "code_onleesbaar",
        lambda out: [f'"{code[at][:40]}" is geen buurtcode, zoals BU01060001.' for at in out],
    )
    municipality = np.array([f"GM{text[2:6]}" for text in code], dtype=object)
    present = {area.code for area in areas("gemeente")}
    former = {merger.former.code for merger in mergers()} - present
    rows.sieve.reject(
        np.isin(municipality, list(former)),
        "gemeente_vervallen",
        lambda out: [
            f"{municipality[at]} bestaat niet meer: gebruik de buurten van 2021 of later." for at in out
        ],
    )
    rows.sieve.reject(
        ~np.isin(municipality, list(present)), "buiten_gebied", "Ligt buiten Drenthe en Groningen."
    )


def _figure(rows: ShapeRows, name: str, divisor: float) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """A figure and why it is missing."""
    if name not in rows.columns:
        count = rows.sieve.rows.size
        return np.full(count, np.nan), np.full(count, "staat niet in het bestand", dtype=object)
    values = numbers_of(rows.columns[name])
    reasons = np.where(np.isnan(values), _UNKNOWN_REASON, "").astype(object)
    for value in np.unique(values[values <= _MISSING]):
        reasons[values == value] = _REASONS.get(int(value), _UNKNOWN_REASON)
    return np.where(values <= _MISSING, np.nan, values / divisor), reasons
