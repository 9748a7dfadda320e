"""What GDAL reads of a file: its layers, one of them, its features. These run in the process apart.

GDAL left to itself fetches the schema of a WFS answer from the internet, leaves a .gfs file beside a GML,
turns ids into numbers, and passes over the missing half of a file with a remark. None of that happens here.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyogrio.errors
import pyogrio.raw

from ...core.files.reading_limits import check_table, guarded
from .broken_files import broken, broken_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

GML_SUFFIXES = (".gml", ".xml")
_GML_OPTIONS = {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"}
_GDAL_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    RuntimeError,
    ValueError,
    pa.ArrowException,
)


def layer_names(path: Path) -> list[str]:
    """The names of all layers of a file.

    Raises:
        AtlasError: the file can't be read.
    """
    with _reading(path):
        if path.suffix.lower() not in GML_SUFFIXES:
            return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        names: list[str] = []
        with suppress(pyogrio.errors.DataLayerError):  # one by one, because listing them takes no options
            while True:
                names.append(str(pyogrio.read_info(path, layer=len(names), **_GML_OPTIONS)["layer_name"]))
        return names


def layer_info(path: Path, layer: str) -> tuple[tuple[str, ...], int, str | None]:
    """The columns of a layer, how many features it has (-1 when unknown), and the system it declares.

    Raises:
        AtlasError: the file can't be read, or there is more of it than the limits.
    """
    with _reading(path):
        info = pyogrio.read_info(path, layer=layer, **_options(path))
    columns, features = tuple(map(str, info["fields"])), int(info["features"])
    check_table(path, 0, len(columns))
    return columns, features, info["crs"]


def layer_features(
    path: Path, layer: str, columns: Sequence[str], box: tuple[float, float, float, float] | None
) -> tuple[pa.Table, str]:
    """Columns and geometry (WKB) of a layer, and the name of the column with the geometry.

    Args:
        path: The file.
        layer: A layer of it.
        columns: Names of columns that it has.
        box: West, south, east, north in the system of the layer, to read only what touches it.

    Raises:
        AtlasError: the file turns out to be broken, or there is more of it than the limits.
    """
    with _reading(path):
        meta, table = pyogrio.raw.read_arrow(
            path, layer=layer, columns=list(columns), bbox=box, datetime_as_string=True, **_options(path)
        )
    check_table(path, table.num_rows, table.num_columns)
    try:
        table.validate(full=True)
    except pa.ArrowException as error:
        raise broken(path, "tekst in andere letters dan het bestand zegt") from error
    return table, meta["geometry_name"] or "wkb_geometry"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what GDAL throws into a sentence.

    Raises:
        AtlasError: the file can't be read.
    """
    try:
        with guarded(path, *_GDAL_ERRORS), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's remarks: counts are compared instead
            warnings.filterwarnings("ignore", "Measured", UserWarning)  # M values: they are dropped anyway
            yield
    except (OSError, *_GDAL_ERRORS) as error:
        raise broken_by(path, error) from error


def _options(path: Path) -> Mapping[str, Any]:
    return _GML_OPTIONS if path.suffix.lower() in GML_SUFFIXES else {}
