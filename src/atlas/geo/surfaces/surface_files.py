"""Surfaces as files: a Cloud Optimized GeoTIFF with its QGIS style beside it, and a picture for the page.

The classes are decided once, in `surfaces`, and stored in the file: QGIS gets them as ranges, the picture is
drawn with the same ones.
"""

from __future__ import annotations

import base64
import json
from string import Template
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np
import pyproj
import rasterio
import rasterio.shutil
from rasterio import Affine
from rasterio.io import MemoryFile

from ...core.areas.crs import RD
from ...core.disclosure.released import content_of
from ...core.files.embedded import embedded_path
from ...core.files.new_file import new_file
from ...core.files.reading_limits import check_size, limits, too_large
from ...core.words.errors import AtlasError
from ...core.words.notation import format_number
from ..reading.crs import is_rd, to_rd, to_wgs84
from ..reading.reading_process import read_apart
from .grids import NODATA, Grid, Surface, SurfaceClass

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ...core.areas.coordinate_checks import Bounds
    from ...core.disclosure.released import Released

    Floats = NDArray[np.float64]

#: tags of the file: Dutch, as somebody reads them in the properties of the layer
TAGS = ("TITEL", "EENHEID", "METHODE", "PARAMETERS", "PEILDATUM", "FICTIEF", "KLASSEN")
BLOCK = 256
#: of the sphere of EPSG:3857
_EARTH_RADIUS_M = 6_378_137.0
#: the longest side of a picture; phones refuse larger ones
_MOST_PIXELS = 4096


def write_cog(path: Path, released: Released[Surface]) -> Path:
    """Write a surface as Cloud Optimized GeoTIFF, and its QGIS style (.qml) beside it.

    EPSG:28992, 32-bit, nodata -9999, tiles of 256, overviews (averages), DEFLATE; the tags of `TAGS`. The
    same surface gives the same bytes.

    Args:
        path: Ends in .tif; a file that is there is replaced.
        released: What to write.

    Returns:
        The path of the style.

    Raises:
        AtlasError: another suffix, or the file can't be written.
    """
    surface = content_of(released)
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise AtlasError(
            "Een raster wordt een GeoTIFF.", where=str(path), expected="een naam die eindigt op .tif"
        )
    style = path.with_suffix(".qml")
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", **_profile(surface.grid)) as draft:
            draft.write(np.where(np.isnan(surface.cells), np.float32(NODATA), surface.cells), 1)
            draft.set_band_description(1, surface.title)
            draft.set_band_unit(1, surface.unit)
            draft.update_tags(**_tags(surface))
        with new_file(path) as beside, memory.open() as draft:
            rasterio.shutil.copy(
                draft,
                beside,
                driver="COG",
                blocksize=BLOCK,
                compress="DEFLATE",
                level=9,
                predictor="YES",
                overview_resampling="AVERAGE",
                num_threads=1,
            )
    with new_file(style) as beside:
        beside.write_text(raster_style(surface.classes), encoding="utf-8")
    return style


def read_surface(path: Path) -> Surface:
    """Read a surface that `write_cog` wrote, in a process apart: anybody may have made the file.

    Raises:
        AtlasError: unreadable, not in RD New, cells that are not square, or without our tags.
    """
    if not path.exists():
        raise AtlasError("Dit raster bestaat niet.", where=str(path), hint="Controleer de naam en de map.")
    check_size(path)
    return read_apart(f"{__name__}:surface_in", "rasterio", path)


def surface_in(path: Path) -> Surface:
    """The surface in a file; for `read_surface`.

    Raises:
        AtlasError: see there.
    """
    try:
        with rasterio.open(path, driver="GTiff") as file:
            megabytes, most = file.width * file.height * 4 // 1_000_000, limits().unpacked_bytes // 1_000_000
            if megabytes > most:
                raise too_large(path, format_number(megabytes), "MB uitgepakt", most)
            if file.crs is None or not is_rd(pyproj.CRS.from_wkt(file.crs.to_wkt())):
                raise AtlasError("Het raster is niet in RD New.", where=str(path), expected=RD)
            cells = file.read(1, masked=True).astype(np.float32).filled(np.nan)
            tags, transform = file.tags(), file.transform
    except rasterio.errors.RasterioIOError as error:
        raise AtlasError(
            "Het raster kan niet worden gelezen.", where=str(path), hint="Is het een GeoTIFF, en heel?"
        ) from error
    missing = [tag for tag in TAGS if tag not in tags]
    if missing or transform.a != -transform.e or transform.b or transform.d:
        raise AtlasError(
            "Dit raster is niet door de atlas gemaakt.",
            where=str(path),
            got=f"zonder {', '.join(missing)}" if missing else "cellen die niet vierkant zijn",
        )
    return Surface(
        cells=cells,
        grid=Grid(transform.c, transform.f, transform.a, cells.shape[1], cells.shape[0]),
        title=tags["TITEL"],
        unit=tags["EENHEID"],
        method=tags["METHODE"],
        parameters=json.loads(tags["PARAMETERS"]),
        peildatum=tags["PEILDATUM"],
        fictitious=tags["FICTIEF"] == "ja",
        classes=tuple(SurfaceClass(*entry) for entry in json.loads(tags["KLASSEN"])),
    )


def raster_style(classes: tuple[SurfaceClass, ...]) -> str:
    """The QGIS style (QML) of a surface: ranges, colours and labels decided here, nothing left to QGIS."""
    items = "\n".join(
        f'          <item value="{entry.upper!r}" label={quoteattr(entry.label)}'
        f' color="{entry.colour or "#ffffff"}" alpha="{255 if entry.colour else 0}"/>'
        for entry in classes
    )
    template = Template(embedded_path("styles", "raster.qml").read_text(encoding="utf-8"))
    return template.substitute(items=items, highest=repr(classes[-1].upper))


def image_overlay(path: Path) -> tuple[str, Bounds]:
    """A surface as a picture to lay over the map of the page.

    The pixels are square in EPSG:3857, the projection Leaflet draws in: between the corners it is given
    Leaflet stretches a picture evenly, so one with even steps of latitude would be 300 m off halfway the
    provinces, and one in RD New, turned more than a degree, over a kilometre. Each pixel takes the cell under
    its centre.

    Args:
        path: A file of `write_cog`.

    Returns:
        A PNG with a palette as data URI, and its outer edges as west, south, east, north in degrees (WGS84).
        Folium wants those as [[south, west], [north, east]].

    Raises:
        AtlasError: see `read_surface`.
    """
    surface = read_surface(path)
    x, y = _mercator_pixels(surface.grid)
    longitude, latitude = _from_mercator(x, y)
    places = np.column_stack((np.tile(longitude, y.size), np.repeat(latitude, x.size)))
    rd = to_rd(places)
    grid = surface.grid
    column = np.floor((rd[:, 0] - grid.west) / grid.cell_m).astype(np.int64)
    row = np.floor((grid.north - rd[:, 1]) / grid.cell_m).astype(np.int64)
    inside = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    shown = np.zeros(len(rd), dtype=np.uint8)
    shown[inside] = _palette_index(surface)[row[inside], column[inside]]
    half = (x[1] - x[0]) / 2 if x.size > 1 else grid.cell_m
    west, south = _from_mercator(x[0] - half, y[-1] - half)
    east, north = _from_mercator(x[-1] + half, y[0] + half)
    data = _png(shown.reshape(y.size, x.size), surface.classes)
    uri = f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"
    return uri, (float(west), float(south), float(east), float(north))


def _profile(grid: Grid) -> dict[str, object]:
    return {
        "width": grid.columns,
        "height": grid.rows,
        "count": 1,
        "dtype": "float32",
        "crs": RD,
        "transform": Affine(grid.cell_m, 0, grid.west, 0, -grid.cell_m, grid.north),
        "nodata": NODATA,
    }


def _tags(surface: Surface) -> dict[str, str]:
    classes = [[entry.upper, entry.colour, entry.label] for entry in surface.classes]
    values = (
        surface.title,
        surface.unit,
        surface.method,
        json.dumps(dict(surface.parameters), sort_keys=True, ensure_ascii=False),
        surface.peildatum,
        "ja" if surface.fictitious else "nee",
        json.dumps(classes, ensure_ascii=False),
    )
    return dict(zip(TAGS, values, strict=True))


def _palette_index(surface: Surface) -> NDArray[np.uint8]:
    """0 for no value, else the number of the class, from 1."""
    uppers = np.array([entry.upper for entry in surface.classes], dtype=np.float32)
    number = np.minimum(np.searchsorted(uppers, surface.cells, side="left"), len(uppers) - 1) + 1
    return np.where(np.isnan(surface.cells), 0, number).astype(np.uint8)


def _mercator_pixels(grid: Grid) -> tuple[Floats, Floats]:
    """The centres of the pixels in EPSG:3857: x from west to east, y from north to south."""
    west, south, east, north = grid.bounds
    along = np.linspace(0, 1, 65)  # the edges of the grid are bent in the other projection
    across, up = west + along * (east - west), south + along * (north - south)
    edge = np.column_stack(
        (
            np.concatenate((across, across, np.full(along.size, west), np.full(along.size, east))),
            np.concatenate((np.full(along.size, south), np.full(along.size, north), up, up)),
        )
    )
    longitude, latitude = to_wgs84(edge).T
    x, y = _to_mercator(longitude, latitude)
    size = grid.cell_m / np.cos(np.radians(latitude.mean()))  # as many pixels as cells
    size = max(size, np.ptp(x) / _MOST_PIXELS, np.ptp(y) / _MOST_PIXELS)
    columns, rows = int(np.ceil(np.ptp(x) / size)), int(np.ceil(np.ptp(y) / size))
    return x.min() + (np.arange(columns) + 0.5) * size, y.max() - (np.arange(rows) + 0.5) * size


def _to_mercator(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Degrees to metres in EPSG:3857 (Snyder 1987, eq. 7-1 and 7-2, on a sphere)."""
    return (
        _EARTH_RADIUS_M * np.radians(longitude),
        _EARTH_RADIUS_M * np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)),
    )


def _from_mercator(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """And back (eq. 7-4 and 7-5)."""
    return (
        np.degrees(x / _EARTH_RADIUS_M),
        np.degrees(np.pi / 2 - 2 * np.arctan(np.exp(-y / _EARTH_RADIUS_M))),
    )


def _png(shown: NDArray[np.uint8], classes: tuple[SurfaceClass, ...]) -> bytes:
    colours = {0: (255, 255, 255, 0)}
    for number, entry in enumerate(classes, start=1):
        code = entry.colour.removeprefix("#")
        colours[number] = (*bytes.fromhex(code), 255) if code else colours[0]
    with MemoryFile(ext=".png") as memory:
        with memory.open(
            driver="PNG",
            width=shown.shape[1],
            height=shown.shape[0],
            count=1,
            dtype="uint8",
            transform=Affine(
                2, 0, 0, 0, -2, 0
            ),  # any place: rasterio warns without one, the PNG does not hold it
        ) as picture:
            picture.write(shown, 1)
            picture.write_colormap(1, colours)
        return memory.read()
