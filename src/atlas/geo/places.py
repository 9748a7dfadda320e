"""Built-up places: the built-up areas (bebouwde kom) of TOP10NL, the population centres (kernen) of CBS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..core.errors import AtlasError
from .shape_layers import mend_polygons, read_shape_rows, shape_reading, texts

if TYPE_CHECKING:
    from pathlib import Path

    from .reading import Reading
    from .shape_layers import ShapeRows

_BUILT_UP_NAMES = {
    "bebouwdekom": ("bebouwdekom",),
    "naam": ("naamnl", "naamofficieel", "naam", "naamfries"),
}
_KERN_NAMES = {
    "naam": (
        "bevolkingskernnaam", "naambevolkingskern", "kernnaam", "bknaam", "bevolkingskern", "statnaam",
        "naam", "kern",
    ),
}  # fmt: skip
_YES, _NO = ("ja", "j", "true", "1", "waar"), ("nee", "n", "false", "0", "onwaar", "")


def read_built_up(path: Path, *, crs: str | None = None) -> Reading:
    """Read the built-up areas of TOP10NL (plaats_vlak, bebouwdekom 'ja' or true).

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile; of several layers the one with 'plaats_vlak' in its name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        naam ("" when it has none) and geometry (EPSG:28992, valid polygons).

    Raises:
        AtlasError: unreadable, no column bebouwdekom, a wrong coordinate system, or no built-up area at all.
    """
    rows = read_shape_rows(
        path, _BUILT_UP_NAMES, needed=("bebouwdekom",), layer_words=("plaats_vlak", "plaats"), crs=crs
    )
    answers = np.array([text.lower() for text in texts(rows, "bebouwdekom")], dtype=object)
    unknown = sorted(set(answers) - {*_YES, *_NO})
    if unknown:
        raise AtlasError(
            "In de kolom bebouwdekom staat iets anders dan ja of nee.",
            where=str(path),
            got=", ".join(unknown)[:200],
            expected="ja of nee, of true of false",
        )
    rows.sieve.reject(
        np.isin(answers, _NO), "geen_bebouwde_kom", "Dit vlak is volgens TOP10NL geen bebouwde kom."
    )
    return _polygons(rows)


def read_kernen(path: Path, *, crs: str | None = None) -> Reading:
    """Read the population centres (bevolkingskernen) of CBS.

    Ribbon development is no part of a kern: in the peat colonies a whole village may lie outside it.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile; of several layers the one with 'kern' in its name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        naam ("" when it has none) and geometry (EPSG:28992, valid polygons).

    Raises:
        AtlasError: unreadable, a wrong coordinate system, or nothing in the two provinces.
    """
    return _polygons(
        read_shape_rows(path, _KERN_NAMES, needed=(), layer_words=("bevolkingskern", "kern"), crs=crs)
    )


def _polygons(rows: ShapeRows) -> Reading:
    mend_polygons(rows)
    return shape_reading(rows, {"naam": texts(rows, "naam")})
