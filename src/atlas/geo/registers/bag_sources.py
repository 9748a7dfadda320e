"""Addresses of the BAG in every form in which they are delivered, brought to one set of columns of text.

What a file is, its content decides. The cleaning is for `addresses`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj

from ...core.files.reading_limits import check_plain, guarded, read_text
from ...core.records.bag_rows import BAG_ID
from ...core.tables.bag_columns import ADDRESS_NAMES, choose_address_columns
from ...core.tables.column_names import COORDINATE_COLUMNS, folded, require_columns
from ...core.tables.csv_text import read_csv
from ...core.words.errors import AtlasError
from ..reading.broken_files import different_systems
from ..reading.completeness import PAGE_SUFFIXES, missing_features, natural_order
from ..reading.frames import Sieve
from ..reading.positions import user_system
from ..reading.table_places import coordinates
from ..reading.texts import as_text
from ..reading.vector_files import open_layer, passed_over_note, points_of, read_features
from .bag_deliveries import refuse_other_deliveries
from .bag_extract import is_extract, read_extract
from .register_layouts import BAG_ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ...core.tables.table import Table
    from ..reading.frames import Progress
    from ..reading.vector_files import Features, VectorLayer

_LAYER_WORDS = tuple(word for group in BAG_ADDRESSES.layers for word in group)
_SQLITE, _ZIP, _FLATGEOBUF, _SHAPEFILE = b"SQLite format 3", b"PK\x03\x04", b"fgb", b"\x00\x00\x27\x0a"


@dataclass(slots=True)
class RawAddresses:
    """Rows as delivered: our name -> text, coordinates as in the file (NaN for none), what is declared.

    `crs` None says that nothing is declared. `columns` holds only what the source has.
    """

    columns: dict[str, pa.Array]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    no_point: NDArray[np.bool_]
    crs: pyproj.CRS | None
    sieve: Sieve


def read_source(path: Path, crs: str | None, progress: Progress) -> RawAddresses:
    """Read a file or folder with addresses.

    Args:
        path: A file, or a folder with pages of a service or with the files of an extract.
        crs: The system of the coordinates, when the user knows better than the file.
        progress: Called with step and part.

    Raises:
        AtlasError: nothing that can be read as addresses.
    """
    stated = user_system(crs)
    if not path.exists():
        raise AtlasError("Dit bestand bestaat niet.", where=str(path), hint="Controleer de naam en de map.")
    if not path.is_dir():
        check_plain(path)
    with guarded(path):
        return _read(path, stated, progress)


def _read(path: Path, stated: pyproj.CRS | None, progress: Progress) -> RawAddresses:
    if path.is_dir():
        files = _files_of(path)
        extract = any(kind in ("extract", "zip") for kind in map(kind_of, files))
        return _from_extract(path, progress) if extract else _from_pages(path, files, stated, progress)
    match kind_of(path):
        case "extract" | "zip":
            return _from_extract(path, progress)
        case "table":
            return from_table(read_csv(read_text(path), str(path)), stated)
        case _:
            return _from_pages(path, [path], stated, progress)


def kind_of(path: Path) -> str:
    """What a file is, by its first bytes: "zip", "extract", "vector" or "table" (text)."""
    with path.open("rb") as file:
        start = file.read(8_192)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(_ZIP) and path.suffix.lower() == ".zip":
        return "zip"
    if is_extract(start):
        return "extract"
    if start.startswith((_SQLITE, _FLATGEOBUF, _SHAPEFILE)) or text.startswith((b"{", b"[", b"<")):
        return "vector"
    return (
        "vector" if path.suffix.lower() in (".gpkg", ".geojson", ".json", ".gml", ".shp", ".fgb") else "table"
    )


def from_table(table: Table, crs: pyproj.CRS | None = None) -> RawAddresses:
    """Addresses from a table with coordinates in RD or degrees.

    Raises:
        AtlasError: no columns with coordinates, or no house numbers.
    """
    chosen = choose_address_columns(
        table.columns, table.source, is_filled=lambda name: any(table.column(name))
    )
    require_columns(chosen, ("huisnummer",), ADDRESS_NAMES, table.columns, table.source)
    columns = {name: as_text(_array(table.column(column))) for name, column in chosen.items()}
    sieve = Sieve(table.source, np.asarray(table.rows))
    if COORDINATE_COLUMNS.isdisjoint(map(folded, table.columns)):
        raise AtlasError(
            "In dit bestand staan geen coördinaten.",
            where=table.source,
            got="de kolommen " + ", ".join(table.columns),
            expected="x en y (RD, in meters), of lon en lat (graden)",
            hint="Voeg de twee kolommen toe; adressen worden niet via internet opgezocht.",
        )
    x, y, declared = coordinates(table, sieve)
    return RawAddresses(_with_ids(columns), x, y, np.zeros(len(table), dtype=bool), crs or declared, sieve)


# --- services and GIS files -----------------------------------------------------------------------------


def _files_of(folder: Path) -> list[Path]:
    files = [
        file
        for file in folder.iterdir()
        if file.is_file() and file.suffix.lower() in (*PAGE_SUFFIXES, ".zip")
    ]
    if not files:
        raise AtlasError(
            "In deze map staan geen bestanden met adressen.",
            where=str(folder),
            expected="pagina's van de BAG (.json, .geojson, .gml) of een uitgepakt BAG-extract (.xml, .zip)",
        )
    return sorted(files, key=natural_order)


def _from_pages(
    path: Path, files: Sequence[Path], stated: pyproj.CRS | None, progress: Progress
) -> RawAddresses:
    layers: list[VectorLayer] = []
    features: list[Features] = []
    for done, file in enumerate(files):
        progress(f"Adressen lezen: {file.name}", done / len(files))
        layer = open_layer(file, _LAYER_WORDS)
        chosen = _chosen(layer)
        layers.append(layer)
        features.append(read_features(layer, list(dict.fromkeys(chosen.values()))))
    systems = {layer.crs.to_string() if layer.crs else "" for layer in layers}
    if len(systems) > 1 and stated is None:
        raise different_systems(path, systems)
    points = [points_of(part.geometry) for part in features]
    sizes = [part.attributes.num_rows for part in features]
    sieve = _sieve(str(path), [file.name for file in files], sizes)
    for part in features:
        sieve.note(passed_over_note(part.passed_over))
    sieve.note(missing_features(dict(zip(files, sizes, strict=True))))
    columns = _together(layers, features)
    if not {"identificatie", "bag_vbo_id", "adres_id", "huisnummer"} & columns.keys():
        require_columns(columns, ("identificatie",), ADDRESS_NAMES, layers[0].columns, str(path))
    x, y, no_point = (np.concatenate(parts) for parts in zip(*points, strict=True))
    return RawAddresses(_with_ids(columns), x, y, no_point, stated or layers[0].crs, sieve)


def _together(layers: Sequence[VectorLayer], features: Sequence[Features]) -> dict[str, pa.Array]:
    """The columns of all pages; one that a page does not have is empty there."""
    chosen = [_chosen(layer) for layer in layers]
    names = dict.fromkeys(name for page in chosen for name in page)
    columns = {}
    for name in names:
        parts = [
            as_text(part.attributes.column(page[name]))
            if name in page
            else pa.array([""] * part.attributes.num_rows, pa.string())
            for page, part in zip(chosen, features, strict=True)
        ]
        columns[name] = parts[0] if len(parts) == 1 else pa.concat_arrays(parts)
    return columns


# --- the extract ----------------------------------------------------------------------------------------


def _from_extract(path: Path, progress: Progress) -> RawAddresses:
    refuse_other_deliveries(path)
    extract = read_extract(path, progress)
    x, y, no_point = points_of(extract.geometry)
    places = np.repeat(np.arange(len(extract.sizes)), extract.sizes)
    sieve = Sieve(str(path), extract.rows, places, extract.names)
    for sentence in extract.notes:
        sieve.note(sentence)
    sieve.reject(
        extract.superseded,
        "voorkomen_vervallen",
        "Dit voorkomen is vervangen of beëindigd: het is geschiedenis.",
    )
    sieve.reject(
        extract.future,
        "voorkomen_toekomstig",
        "Dit voorkomen gaat pas later in dan de stand van het extract.",
    )
    return RawAddresses(extract.columns, x, y, no_point, pyproj.CRS("EPSG:28992"), sieve)


# --- common ---------------------------------------------------------------------------------------------


def _chosen(layer: VectorLayer) -> dict[str, str]:
    return choose_address_columns(layer.columns, str(layer.path), cut=layer.names_are_cut)


def _with_ids(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """`identificatie` identifies what the layer is about; digits 5 and 6 say whether that is an address."""
    of_object = columns.pop("object_id", None)
    if of_object is not None and _are_ids(of_object):
        columns.setdefault("bag_vbo_id", of_object)
    own = columns.pop("identificatie", None)
    if own is None:
        return columns
    is_address = pc.equal(pc.utf8_slice_codeunits(own, 4, 6), "20")
    addresses = bool(pc.any(is_address).as_py()) or "bag_vbo_id" in columns
    columns.setdefault("adres_id" if addresses else "bag_vbo_id", own)
    return columns


def _are_ids(column: pa.Array) -> bool:
    """Whether a column holds ids of the BAG: `object_id` is also what other programs number rows with."""
    return bool(pc.any(pc.match_substring_regex(column, BAG_ID)).as_py())


def _sieve(source: str, names: Sequence[str], sizes: Sequence[int]) -> Sieve:
    """Rows are counted from 1 in every file."""
    rows = np.concatenate([np.arange(1, size + 1) for size in sizes])
    return Sieve(source, rows, np.repeat(np.arange(len(sizes)), sizes), tuple(names))


def _array(cells: Sequence[object]) -> pa.Array:
    """The cells of a table as an array: of numbers when all are, else of text."""
    if set(map(type, cells)) <= {str, type(None)}:
        return pa.array(cells, pa.string())
    return pa.array([None if cell is None else _cell_text(cell) for cell in cells], pa.string())


def _cell_text(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
