"""GeoPackage, GeoJSON, GML, Shapefile, FlatGeobuf: the right layer, the needed columns, no surprises."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyproj
import shapely

from ...core.files.reading_limits import check_size, check_table
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from .broken_files import broken
from .curves import is_curved, straightened
from .positions import frame_in
from .reading_process import read_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SUFFIXES = (".gpkg", ".geojson", ".json", ".gml", ".xml", ".shp", ".fgb")
#: a file with more features than this is a national one: only what lies in the provinces is read, by its
#: spatial index
MOST_POINTS, MOST_SHAPES = 2_000_000, 100_000
_JSON_SUFFIXES = (".geojson", ".json")
_GML_SUFFIXES = (".gml", ".xml")
_GDAL, _LIBRARY = f"{__package__}.gdal_layers", "pyogrio.raw"
_EDGE_BYTES = 65_536
#: what GDAL keeps in a GeoPackage for itself and QGIS for its styles
_NO_DATA = ("layer_styles",)
_POINT_TYPES = (1, 1001, 2001, 3001, 0x80000001, 0xC0000001, 0x40000001)
_HEAD = 5  # bytes before x in a point: the byte order and the type


@dataclass(frozen=True, slots=True)
class VectorLayer:
    """A layer of a file: its name and columns, its features, and the system it declares (None for none)."""

    path: Path
    name: str
    columns: tuple[str, ...]
    features: int
    crs: pyproj.CRS | None

    @property
    def names_are_cut(self) -> bool:
        """Whether names of columns have ten characters at most: a Shapefile."""
        return self.path.suffix.lower() == ".shp"


@dataclass(frozen=True, slots=True)
class Features:
    """Features that were read: attributes, geometry as WKB, and how many were passed over by place."""

    attributes: pa.Table
    geometry: pa.Array
    passed_over: int


def open_layer(path: Path, words: Sequence[str]) -> VectorLayer:
    """Find the layer to read.

    Args:
        path: An existing file.
        words: What the name of the layer holds, the best first ("verblijfsobject"); only needed when the file
            has several layers.

    Raises:
        AtlasError: unreadable, no layers, or several and none or more than one fits.
    """
    return open_named_layer(path, _fitting(data_layers(path), words, path))


def data_layers(path: Path) -> list[str]:
    """The names of the layers of a file that hold data.

    Raises:
        AtlasError: unreadable, or of another kind.
    """
    check_file(path)
    return [name for name in read_apart(f"{_GDAL}:layer_names", _LIBRARY, path) if name not in _NO_DATA]


def open_named_layer(path: Path, name: str) -> VectorLayer:
    """A layer of which the name is known.

    Raises:
        AtlasError: unreadable.
    """
    columns, features, crs = read_apart(f"{_GDAL}:layer_info", _LIBRARY, path, name)
    return VectorLayer(path, name, columns, features, _declared(path, crs))


def read_features(layer: VectorLayer, columns: Sequence[str], most: int = MOST_POINTS) -> Features:
    """Read columns and geometry; of a file with more than `most` features only what lies in the provinces.

    Raises:
        AtlasError: the file turns out to be broken.
    """
    everything = layer.features <= most
    if everything:
        check_table(layer.path, max(layer.features, 0), len(columns))
    box = None if everything else frame_in(layer.crs)
    asked = (layer.name, tuple(columns), box)
    table, name = read_apart(f"{_GDAL}:layer_features", _LIBRARY, layer.path, *asked)
    if name not in table.column_names:
        raise AtlasError(
            "Deze laag heeft geen plaatsen op de kaart.",
            where=f"{layer.path}, laag {layer.name}",
            hint="Kies de laag met punten of vlakken.",
        )
    if everything and layer.features >= 0 and table.num_rows != layer.features:
        raise broken(
            layer.path, f"{table.num_rows} van {counted(layer.features, 'object', 'objecten')} gelezen"
        )
    geometry = table.column(name).combine_chunks()
    if isinstance(geometry, pa.ChunkedArray):
        geometry = pa.concat_arrays(geometry.chunks) if geometry.num_chunks else pa.array([], pa.binary())
    return Features(
        table.select([column for column in columns if column in table.column_names]),
        geometry,
        0 if everything else layer.features - table.num_rows,
    )


def passed_over_note(count: int) -> str:
    """The sentence about what a national file holds elsewhere, "" when nothing was passed over."""
    if not count:
        return ""
    return (
        f"{counted(count, 'object', 'objecten')} van dit landelijke bestand {'is' if count == 1 else 'zijn'} "
        "niet ingelezen: buiten Drenthe en Groningen of zonder plaats."
    )


def points_of(geometry: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """WKB -> x, y and a mask of what is no point; NaN for a missing or empty geometry. Z and M are dropped.

    Points of one kind are read straight from the buffer: half a million cost some milliseconds.
    """
    count = len(geometry)
    wide = pa.types.is_large_binary(geometry.type)
    if not count:
        return np.empty(0), np.empty(0), np.empty(0, dtype=bool)
    offsets = np.frombuffer(geometry.buffers()[1], dtype=np.int64 if wide else np.int32)
    offsets = offsets[geometry.offset : geometry.offset + count + 1]
    lengths = np.diff(offsets)
    there = np.asarray(geometry.is_valid()) & (lengths > 0)
    sizes = np.unique(lengths[there])
    if sizes.size == 1 and sizes[0] >= _HEAD + 16:
        data = np.frombuffer(geometry.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
        if data.size == int(there.sum()) * int(sizes[0]):
            records = data.reshape(-1, int(sizes[0]))
            kinds = np.ascontiguousarray(records[:, 1:_HEAD]).view("<u4")[:, 0]
            if (records[:, 0] == 1).all() and np.isin(kinds, _POINT_TYPES).all():
                x, y = np.full(count, np.nan), np.full(count, np.nan)
                x[there] = np.ascontiguousarray(records[:, _HEAD : _HEAD + 8]).view("<f8")[:, 0]
                y[there] = np.ascontiguousarray(records[:, _HEAD + 8 : _HEAD + 16]).view("<f8")[:, 0]
                return x, y, np.zeros(count, dtype=bool)
    return _points_of_shapes(shapes_of(geometry))


def shapes_of(geometry: pa.Array) -> NDArray[np.object_]:
    """WKB -> Shapely geometries, curves made straight; None where there is none or a broken one."""
    values = geometry.to_numpy(zero_copy_only=False)
    try:
        return shapely.from_wkb(values, on_invalid="ignore")
    except NotImplementedError:  # Shapely has no curves
        return shapely.from_wkb([_straight(value) for value in values], on_invalid="ignore")


def check_file(path: Path) -> None:
    """Check that a path is a file of a kind that is read here.

    Raises:
        AtlasError: it does not exist, is a folder or a pipe, empty, too large, or of another kind.
    """
    if not path.exists():
        raise AtlasError("Dit bestand bestaat niet.", where=str(path), hint="Controleer de naam en de map.")
    if path.is_dir():
        raise AtlasError(
            "Dit is een map, geen bestand.", where=str(path), hint="Kies een bestand in die map."
        )
    if not path.is_file():
        raise AtlasError(
            "Dit is geen gewoon bestand.", where=str(path), hint="Kies een bestand op een schijf."
        )
    if path.suffix.lower() in (*_JSON_SUFFIXES, *_GML_SUFFIXES):  # read whole by GDAL
        check_size(path)
    if path.stat().st_size == 0:
        raise AtlasError("Dit bestand is leeg.", where=str(path), hint="Haal het opnieuw op bij de bron.")
    if path.suffix.lower() not in SUFFIXES:
        raise AtlasError(
            "Dit soort bestand kan hier niet worden gelezen.",
            where=str(path),
            got=path.suffix or "geen extensie",
            expected=", ".join(SUFFIXES),
        )


def edges(path: Path) -> bytes:
    """The first and the last 64 kB of a file, where formats tell about the whole."""
    with path.open("rb") as file:
        start = file.read(_EDGE_BYTES)
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(len(start), size - _EDGE_BYTES))
        return start + b"\n" + file.read()


def _declared(path: Path, crs: str | None) -> pyproj.CRS | None:
    """A GeoJSON without a `crs` of its own is not taken at GDAL's word: services send RD that way."""
    if not crs:
        return None
    if path.suffix.lower() in _JSON_SUFFIXES and not re.search(rb'"(crs|coordRefSys)"\s*:', edges(path)):
        return None
    return system_in(path, crs)


def system_in(path: Path, crs: str) -> pyproj.CRS:
    """The system that a file declares.

    Raises:
        AtlasError: there is no such system.
    """
    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise broken(path, "een coördinatenstelsel dat niet bestaat") from error


def _fitting(names: Sequence[str], words: Sequence[str], path: Path) -> str:
    if len(names) == 1:
        return names[0]
    for word in words:
        fitting = [name for name in names if word in name.lower()]
        exact = [name for name in fitting if name.lower() == word]
        if len(exact or fitting) == 1:
            return (exact or fitting)[0]
    raise no_fitting_layer(names, words, path)


def no_fitting_layer(names: Sequence[str], words: Sequence[str], path: Path) -> AtlasError:
    """The sentence for a file of which the layer to read is not clear."""
    return AtlasError(
        "Dit bestand heeft meer dan één laag." if names else "In dit bestand staat geen laag.",
        where=str(path),
        got=", ".join(names),
        expected=f"één laag met '{words[0]}' in de naam" if words else "één laag",
        hint="Sla de goede laag op als een eigen bestand.",
    )


def _straight(wkb: bytes | None) -> bytes | None:
    if wkb is None or not is_curved(wkb):
        return wkb
    with suppress(ValueError):
        return straightened(wkb)
    return None


def _points_of_shapes(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    kinds = shapely.get_type_id(shapes)
    alone = (kinds == 4) & (shapely.get_num_geometries(shapes) == 1)  # noqa: PLR2004 - a multipoint of one
    shapes = np.where(alone, shapely.get_geometry(shapes, 0), shapes)
    shapes = np.where(shapely.is_empty(shapes), None, shapes)  # the x of an empty point is an error
    other = ~np.isin(shapely.get_type_id(shapes), (-1, 0))
    return shapely.get_x(shapes), shapely.get_y(shapes), other
