"""Layers of polygons or lines, brought to named columns of text and shapes in RD New."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ..core.column_names import choose_columns, require_columns
from ..core.crs import RD
from .positions import shapes_in_rd, user_system
from .reading import Reading, Sieve
from .texts import as_text
from .vector_files import MOST_SHAPES, open_layer, passed_over_note, read_features, shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray


_POLYGON, _MULTIPOLYGON = 3, 6


@dataclass(slots=True)
class ShapeRows:
    """The rows of a layer: our name -> text (columns that are there), shapes in EPSG:28992, and a sieve."""

    columns: dict[str, pa.Array]
    shapes: NDArray[np.object_]
    sieve: Sieve


def read_shape_rows(
    path: Path,
    names: Mapping[str, tuple[str, ...]],
    *,
    needed: Sequence[str],
    layer_words: Sequence[str],
    crs: str | None = None,
) -> ShapeRows:
    """Read a layer.

    Args:
        path: A GIS file.
        names: Our name -> the folded names of a column, the best first.
        needed: Our names without which the layer can't be used.
        layer_words: What the name of the layer holds.
        crs: The system of the coordinates, when the user knows better than the file.

    Raises:
        AtlasError: unreadable, columns missing, a wrong coordinate system.
    """
    stated = user_system(crs)
    layer = open_layer(path, layer_words)
    where = f"{path}, laag {layer.name}"
    chosen = choose_columns(layer.columns, names, where, cut=layer.names_are_cut)
    require_columns(chosen, needed, names, layer.columns, where)
    features = read_features(layer, list(dict.fromkeys(chosen.values())), MOST_SHAPES)
    sieve = Sieve(str(path), np.arange(1, features.attributes.num_rows + 1), None, (layer.name,))
    sieve.note(passed_over_note(features.passed_over))
    columns = {name: as_text(features.attributes.column(column)) for name, column in chosen.items()}
    shapes = shapes_of(features.geometry)
    if shapes.size:
        shapes = shapes_in_rd(shapes, stated or layer.crs, sieve)
    return ShapeRows(columns, shapes, sieve)


def texts(rows: ShapeRows, name: str) -> NDArray[np.object_]:
    """A column as an array of text, "" everywhere when the layer does not have it."""
    if name not in rows.columns:
        return np.full(rows.sieve.rows.size, "", dtype=object)
    return rows.columns[name].to_numpy(zero_copy_only=False)


def mend_polygons(rows: ShapeRows) -> None:
    """Valid polygons; what is no polygon is taken out."""
    kinds = shapely.get_type_id(rows.shapes)
    polygons = np.isin(kinds, (_POLYGON, _MULTIPOLYGON))
    rows.sieve.reject(~polygons, "geen_vlak", "Dit object is een punt of een lijn, geen vlak.")
    crossing = polygons & rows.sieve.kept & ~shapely.is_valid(rows.shapes)
    if crossing.any():
        rows.shapes[crossing] = shapely.buffer(shapely.make_valid(rows.shapes[crossing]), 0)
        rows.sieve.note(f"{int(crossing.sum())} vlakken sneden zichzelf en zijn hersteld.")


def shape_reading(rows: ShapeRows, columns: Mapping[str, NDArray[np.generic]]) -> Reading:
    """The rows that are still in, with these columns and their shapes in EPSG:28992.

    Raises:
        AtlasError: none is.
    """
    report = rows.sieve.report()
    kept = rows.sieve.kept
    frame = gpd.GeoDataFrame(
        {name: values[kept] for name, values in columns.items()}, geometry=rows.shapes[kept], crs=RD
    )
    return Reading(frame, report)
