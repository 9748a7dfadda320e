"""GeoPackage, GeoJSON, GML, Shapefile, FlatGeobuf: the right layer, the needed columns, no surprises.

GDAL left to itself fetches the schema of a WFS answer from the internet, leaves a .gfs file beside a GML,
turns ids into numbers, and passes over the missing half of a file with a remark. None of that happens here.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyogrio.raw
import pyproj
import shapely

from ...core.files.reading_limits import check_size, guarded
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from .curves import is_curved, straightened
from .positions import frame_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SUFFIXES = (".gpkg", ".geojson", ".json", ".gml", ".xml", ".shp", ".fgb")
#: a file with more features than this is a national one: only what lies in the provinces is read, by its
#: spatial index
MOST_POINTS, MOST_SHAPES = 2_000_000, 100_000
_JSON_SUFFIXES = (".geojson", ".json")
_GML_SUFFIXES = (".gml", ".xml")
_GML_OPTIONS = {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"}
_EDGE_BYTES = 65_536
#: where a reader of GeoJSON says that it broke
_PLACE_IN_TEXT = re.compile(r"line (\d+), character (\d+)")
_GDAL_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    RuntimeError,
    ValueError,
    pa.ArrowException,
)
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
    with reading(path):
        return [name for name in _layer_names(path) if name not in _NO_DATA]


def open_named_layer(path: Path, name: str) -> VectorLayer:
    """A layer of which the name is known.

    Raises:
        AtlasError: unreadable.
    """
    with reading(path):
        info = pyogrio.read_info(path, layer=name, **_options(path))
    features = int(info["features"])
    return VectorLayer(
        path=path,
        name=name,
        columns=tuple(map(str, info["fields"])),
        features=features,
        crs=_declared(path, info["crs"]),
    )


def read_features(layer: VectorLayer, columns: Sequence[str], most: int = MOST_POINTS) -> Features:
    """Read columns and geometry; of a file with more than `most` features only what lies in the provinces.

    Raises:
        AtlasError: the file turns out to be broken.
    """
    everything = layer.features <= most
    with reading(layer.path):
        meta, table = pyogrio.raw.read_arrow(
            layer.path,
            layer=layer.name,
            columns=list(columns),
            bbox=None if everything else frame_in(layer.crs),
            datetime_as_string=True,
            **_options(layer.path),
        )
    name = meta["geometry_name"] or "wkb_geometry"
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


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what GDAL throws into a sentence, and keep ids from becoming numbers.

    Raises:
        AtlasError: the file can't be read.
    """
    before = pyogrio.get_gdal_config_option("GML_FIELDTYPES")
    pyogrio.set_gdal_config_options({"GML_FIELDTYPES": "ALWAYS_STRING"})
    try:
        with guarded(path, *_GDAL_ERRORS), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's remarks: counts are compared instead
            warnings.filterwarnings("ignore", "Measured", UserWarning)  # M values: they are dropped anyway
            yield
    except (OSError, *_GDAL_ERRORS) as error:
        raise broken_by(path, error) from error
    finally:
        pyogrio.set_gdal_config_options({"GML_FIELDTYPES": before})


def broken(path: Path, reason: str) -> AtlasError:
    """The sentence for a file that can't be read; the reason is in Dutch."""
    return AtlasError(
        "Dit bestand is beschadigd, afgebroken of van een ander soort dan zijn naam zegt.",
        where=str(path),
        got=reason,
        hint="Haal het opnieuw op bij de bron.",
    )


def broken_by(path: Path, error: Exception, part: str = "") -> AtlasError:
    """The sentence for a file on which a library breaks: where, not the library's own words.

    Args:
        path: The file.
        error: What was thrown.
        part: The file in it that is broken, "" for the whole.
    """
    reason = str(error)
    if "locked" in reason:
        return AtlasError(
            "Een ander programma houdt dit bestand vast.",
            where=str(path),
            hint="Sluit het daar, of sla de bewerkingen op, en probeer het opnieuw.",
        )
    place = _PLACE_IN_TEXT.search(reason)
    at = f"rond regel {place[1]}, teken {place[2]}" if place else ""
    return broken(path, ", ".join(filter(None, (part, at))))


def different_systems(path: Path, systems: Iterable[str]) -> AtlasError:
    """The sentence for files that belong together and are in different systems; "" is none declared."""
    return AtlasError(
        "De bestanden die bij elkaar horen zijn niet in hetzelfde coördinatenstelsel.",
        where=str(path),
        got=" en ".join(sorted(system or "geen opgave" for system in systems)),
        hint="Haal de pagina's opnieuw op, alle in hetzelfde stelsel.",
    )


def edges(path: Path) -> bytes:
    """The first and the last 64 kB of a file, where formats tell about the whole."""
    with path.open("rb") as file:
        start = file.read(_EDGE_BYTES)
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(len(start), size - _EDGE_BYTES))
        return start + b"\n" + file.read()


def _layer_names(path: Path) -> list[str]:
    """The layers of a file; of a GML one by one, because listing them takes no options."""
    if path.suffix.lower() not in _GML_SUFFIXES:
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    names: list[str] = []
    with suppress(pyogrio.errors.DataLayerError):
        while True:
            names.append(str(pyogrio.read_info(path, layer=len(names), **_GML_OPTIONS)["layer_name"]))
    return names


def _options(path: Path) -> Mapping[str, Any]:
    return _GML_OPTIONS if path.suffix.lower() in _GML_SUFFIXES else {}


def _declared(path: Path, crs: str | None) -> pyproj.CRS | None:
    """A GeoJSON without a `crs` of its own is not taken at GDAL's word: services send RD that way."""
    if crs is None:
        return None
    if path.suffix.lower() in _JSON_SUFFIXES and not re.search(rb'"(crs|coordRefSys)"\s*:', edges(path)):
        return None
    return pyproj.CRS.from_user_input(crs)


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
