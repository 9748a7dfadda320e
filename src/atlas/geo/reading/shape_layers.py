"""Layers of polygons or lines, brought to named columns of text and shapes in RD New."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from ...core.areas.crs import RD
from ...core.tables.column_names import choose_columns, require_columns
from ...core.words.notation import counted
from .broken_files import different_systems
from .completeness import missing_features
from .frames import Reading, Sieve
from .positions import shapes_in_rd, user_system
from .texts import as_text
from .vector_files import (
    MOST_SHAPES,
    passed_over_note,
    read_features,
    shapes_of,
)
from .vector_sources import vector_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ..reading.layouts import RegisterLayout
    from .vector_files import Features, VectorLayer


_POLYGON, _MULTIPOLYGON = 3, 6


@dataclass(slots=True)
class ShapeRows:
    """The rows of a layer: our name -> text (columns that are there), shapes in EPSG:28992, and a sieve.

    `layers` are the names of the layers that were read, `taken` our name -> its name in the first of them
    that has it, `fields` all names in the layers.
    """

    columns: dict[str, pa.Array]
    shapes: NDArray[np.object_]
    sieve: Sieve
    layers: tuple[str, ...]
    taken: dict[str, str]
    fields: tuple[str, ...]


def read_shape_rows(
    path: Path,
    names: Mapping[str, tuple[str, ...]],
    *,
    needed: Sequence[str],
    layer_words: Sequence[Sequence[str]],
    crs: str | None = None,
) -> ShapeRows:
    """Read the layers of a register that belong together as one.

    Args:
        path: A GIS file, a folder of pages or files, or a ZIP of those.
        names: Our name -> the folded names of a column, the best first.
        needed: Our names without which a layer can't be used.
        layer_words: Groups of words in names of layers, see `vector_sources.vector_source`.
        crs: The system of the coordinates, when the user knows better than the file.

    Raises:
        AtlasError: unreadable, columns missing, a wrong coordinate system.
    """
    stated = user_system(crs)
    with vector_source(path, layer_words) as source:
        parts = [_read_part(path, layer, names, needed) for layer in source.layers]
        files = [layer.path for layer in source.layers]
        sizes = [part.features.attributes.num_rows for part in parts]
        missing = ""
        if not any(part.features.passed_over for part in parts):
            missing = missing_features(_totals(files, sizes))
        systems = {layer.crs.to_string() if layer.crs else "" for layer in source.layers}
    if len(systems) > 1 and stated is None:
        raise different_systems(path, systems)
    rows = np.concatenate([np.arange(1, size + 1) for size in sizes])
    sieve = Sieve(str(path), rows, np.repeat(np.arange(len(sizes)), sizes), source.names)
    for note in (*source.notes, missing, passed_over_note(sum(part.features.passed_over for part in parts))):
        sieve.note(note)
    found = dict.fromkeys(name for part in parts for name in part.chosen)
    columns = {name: pa.concat_arrays([_column(part, name) for part in parts]) for name in found}
    shapes = np.concatenate([shapes_of(part.features.geometry) for part in parts])
    if shapes.size:
        shapes = shapes_in_rd(shapes, stated or source.layers[0].crs, sieve)
    taken = {name: next(part.chosen[name] for part in parts if name in part.chosen) for name in found}
    fields = tuple(dict.fromkeys(name for layer in source.layers for name in layer.columns))
    return ShapeRows(columns, shapes, sieve, tuple(layer.name for layer in source.layers), taken, fields)


def read_register_rows(path: Path, layout: RegisterLayout, *, crs: str | None = None) -> ShapeRows:
    """Read a register by its contract.

    Raises:
        AtlasError: see `read_shape_rows`.
    """
    return read_shape_rows(path, layout.names, needed=layout.required, layer_words=layout.layers, crs=crs)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one layer of several gave: our name -> its column, and its features."""

    chosen: dict[str, str]
    features: Features


def _read_part(
    path: Path, layer: VectorLayer, names: Mapping[str, tuple[str, ...]], needed: Sequence[str]
) -> _Part:
    where = f"{path}, laag {layer.name}"
    chosen = choose_columns(layer.columns, names, where, cut=layer.names_are_cut)
    require_columns(chosen, needed, names, layer.columns, where)
    return _Part(chosen, read_features(layer, list(dict.fromkeys(chosen.values())), MOST_SHAPES))


def _totals(files: Sequence[Path], sizes: Sequence[int]) -> dict[Path, int]:
    """Features of each file, over all its layers."""
    totals = dict.fromkeys(files, 0)
    for file, size in zip(files, sizes, strict=True):
        totals[file] += size
    return totals


def _column(part: _Part, name: str) -> pa.Array:
    attributes = part.features.attributes
    if name not in part.chosen:
        return pa.array([""] * attributes.num_rows, pa.string())
    return as_text(attributes.column(part.chosen[name]))


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
        several = "vlakken sneden zichzelf en zijn hersteld."
        rows.sieve.note(counted(int(crossing.sum()), "vlak sneed zichzelf en is hersteld.", several))


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
