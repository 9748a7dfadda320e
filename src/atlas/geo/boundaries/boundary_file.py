"""A boundary file of any common format becomes checked areas in RD New, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyproj
import shapely

from ...core.areas.boundary_areas import (
    LAND_COLUMNS,
    not_recognised,
    recognised,
    refuse_missing,
    refuse_outside,
)
from ...core.areas.crs import RD, WGS84
from ...core.areas.divisions import areas, members, membership
from ...core.areas.embedded_boundaries import embedded_file
from ...core.files.reading_limits import check_size, check_table
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from ..reading.broken_files import broken_by
from ..reading.crs import check_declared, is_rd, to_rd, to_wgs84
from ..reading.reading_process import read_apart
from ..reading.vector_files import shapes_of as shapes_of_wkb
from ..reading.vector_files import system_in
from .boundary_checks import checked_polygons, without_doubles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_DECIMALS = 5
_GDAL, _LIBRARY = "atlas.geo.reading.gdal_layers", "pyogrio.raw"


def read_boundary_file(level: str, path: Path) -> gpd.GeoDataFrame:
    """Read, recognise and check the areas of `level` in a file; see `boundaries.load_boundaries`."""
    _check_checksum(path)
    raw = _read(path, level)
    if level != "gemeente":
        # a file with all municipalities is just that, also when a column of row numbers holds a 20 and a 22
        municipalities = _recognised(raw, "gemeente")
        if municipalities is not None and municipalities["code"].nunique() == len(areas("gemeente")):
            return _described(_dissolved(_finished(municipalities, "gemeente", path), level), path)
    frame = _recognised(raw, level)
    if frame is None:
        raise not_recognised((str(name) for name in raw.columns if name != raw.geometry.name), str(path))
    refuse_missing(areas(level), set(frame["code"]), level, str(path))
    return _described(_finished(frame, level, path), path)


def shapes_of(frame: gpd.GeoDataFrame, *, decimals: int = _DECIMALS) -> dict[str, dict[str, Any]]:
    """Areas in RD New -> code -> geometry (MultiPolygon, WGS84, rounded), anchor and properties."""
    shapes = {}
    for row in frame.itertuples(index=False):
        properties = {
            name: None if isinstance(value, float) and np.isnan(value) else value
            for name, value in zip(frame.columns, row, strict=True)
            if name != frame.geometry.name
        }
        largest = max(row.geometry.geoms, key=lambda part: part.area)
        centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=50))[:1]
        shapes[row.code] = {
            "geometry": _rounded(row.geometry, decimals),
            "anchor": [round(float(value), decimals) for value in to_wgs84(centre)[0]],
            **properties,
        }
    return shapes


def _check_checksum(path: Path) -> None:
    beside = path.with_name(f"{path.name}.sha256")
    if beside.is_file() and path.is_file():
        wanted = beside.read_text(encoding="ascii", errors="replace").split()[:1]
        if wanted != [hashlib.sha256(path.read_bytes()).hexdigest()]:
            raise AtlasError(
                "Het opgehaalde grensbestand is veranderd of beschadigd: de controlesom klopt niet.",
                where=str(path),
                hint="Haal de grenzen opnieuw op met 'atlas boundaries update'.",
            )


def _read(path: Path, level: str) -> gpd.GeoDataFrame:
    if not path.exists():
        raise AtlasError(
            "Het grensbestand bestaat niet.", where=str(path), hint="Controleer de naam en de map."
        )
    frame = _frame(path, level)
    if (
        not isinstance(frame, gpd.GeoDataFrame)
        or frame.geometry.isna().all()
        or frame.geometry.is_empty.all()
    ):
        raise AtlasError(
            "Het grensbestand bevat geen vlakken.",
            where=str(path),
            got="een lege laag"
            if not len(frame)
            else counted(len(frame), "regel", "regels") + " zonder geometrie",
            hint="Kies de laag met de gebieden.",
        )
    check_declared(frame.crs, frame.total_bounds, str(path))
    return frame


def _frame(path: Path, level: str) -> gpd.GeoDataFrame:
    """The rows of a file as they stand there."""
    if path == embedded_file(level):  # what comes along holds no surprises
        told = json.loads(path.read_text(encoding="utf-8"))
        return gpd.GeoDataFrame.from_features(told["features"], crs=WGS84)
    check_size(path)
    if path.suffix.lower() == ".parquet":
        return read_apart(f"{__name__}:read_geoparquet", "geopandas", path)
    layer = _layer(path, read_apart(f"{_GDAL}:layer_names", _LIBRARY, path), level)
    columns, features, crs = read_apart(f"{_GDAL}:layer_info", _LIBRARY, path, layer)
    check_table(path, max(features, 0), len(columns))
    table, geometry = read_apart(f"{_GDAL}:layer_features", _LIBRARY, path, layer, columns, None)
    if geometry not in table.column_names:
        return gpd.GeoDataFrame(table.to_pandas(), geometry=[None] * table.num_rows)
    shapes = shapes_of_wkb(table.column(geometry).combine_chunks())
    system = system_in(path, crs) if crs else None
    return gpd.GeoDataFrame(table.drop_columns(geometry).to_pandas(), geometry=shapes, crs=system)


def read_geoparquet(path: Path) -> gpd.GeoDataFrame:
    """A GeoParquet; in the process apart.

    Raises:
        AtlasError: it can't be read.
    """
    try:
        return gpd.read_parquet(path)
    except (pa.ArrowException, ValueError) as error:
        raise broken_by(path, error) from error


def _layer(path: Path, names: Sequence[str], level: str) -> str:
    if len(names) == 1:
        return names[0]
    for wanted in (level, "gemeente"):
        fitting = [name for name in names if wanted in name.lower()]
        exact = [name for name in fitting if name.lower() == wanted]
        if len(exact or fitting) == 1:
            return (exact or fitting)[0]
    raise AtlasError(
        "Het grensbestand heeft meer dan één laag." if names else "In het grensbestand staat geen laag.",
        where=str(path),
        got=", ".join(names),
        expected="één laag met 'gemeente' in de naam",
        hint="Sla de laag met de gemeenten op als een eigen bestand.",
    )


def _recognised(raw: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame | None:
    """The rows that are an area of `level`, with `code`; None when no column tells them apart."""
    found = recognised(
        {str(name): raw[name].tolist() for name in raw.columns if name != raw.geometry.name}, level
    )
    if found is None:
        return None
    by_name = {str(name).lower(): name for name in raw.columns}
    frame = (
        raw.set_geometry(raw.geometry.name).rename_geometry("geometry")
        if raw.geometry.name != "geometry"
        else raw
    )
    frame = frame.assign(code=[area.code if area else None for area in found])
    frame = frame[frame["code"].notna()]
    if "water" in by_name:  # the neighbourhood map of CBS has the water of a municipality as a row of its own
        frame = frame[frame[by_name["water"]].astype(str).str.upper() != "JA"]
    return frame


def _finished(frame: gpd.GeoDataFrame, level: str, path: Path) -> gpd.GeoDataFrame:
    """Rows with `code` -> one checked area each, in RD New, with the columns of `load_boundaries`."""
    names = {area.code: area.name for area in areas(level)}
    polygons, warnings = checked_polygons(_in_rd(frame), frame["code"].tolist(), names, str(path))
    geometry, more = without_doubles(polygons, frame["code"].tolist(), names, str(path))
    refuse_outside({code: shape.bounds for code, shape in geometry.items()}, names, str(path))
    land = _land_area(frame)
    finished = _table(level, geometry, land)
    finished.attrs["waarschuwingen"] = [*warnings, *more]
    return finished


def _table(level: str, geometry: dict[str, shapely.MultiPolygon], land: dict[str, float]) -> gpd.GeoDataFrame:
    by_code = {area.code: area for area in areas(level)}
    codes = sorted(geometry)
    columns: dict[str, list[Any]] = {
        "code": codes,
        "naam": [by_code[code].name for code in codes],
        "provincie_code": [by_code[code].province for code in codes],
        "oppervlakte_km2": [round(geometry[code].area / 1e6, 2) for code in codes],
        "oppervlakte_land_km2": [land.get(code, np.nan) for code in codes],
    }
    if level == "surveyregio":
        columns["leden"] = [",".join(member.code for member in members(code)) for code in codes]
        columns["lidmaatschap"] = [membership(code).kind for code in codes]
    return gpd.GeoDataFrame(columns, geometry=[geometry[code] for code in codes], crs=RD)


def _in_rd(frame: gpd.GeoDataFrame) -> np.ndarray:
    """The polygons in RD New, without heights."""
    flat = shapely.force_2d(frame.geometry.to_numpy())
    crs = pyproj.CRS(frame.crs)
    if is_rd(crs):
        return flat
    if crs.to_epsg() != int(WGS84.split(":")[1]):
        other = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
        flat = shapely.transform(
            flat, lambda points: np.column_stack(other.transform(points[:, 0], points[:, 1]))
        )
    return shapely.transform(flat, to_rd)


def _land_area(frame: gpd.GeoDataFrame) -> dict[str, float]:
    for name in frame.columns:
        divisor = LAND_COLUMNS.get(str(name).lower())
        if divisor:
            figures = pd.to_numeric(frame[name], errors="coerce")
            known = figures > 0  # CBS writes a missing figure as -99997 and the like
            return dict(zip(frame["code"][known], (figures[known] / divisor).round(2), strict=True))
    return {}


def _dissolved(municipalities: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    geometry, land = {}, {}
    own = municipalities.set_index("code")
    for area in areas(level):
        rows = own.loc[[member.code for member in members(area.code)]]
        whole = shapely.union_all(rows.geometry.to_numpy())
        geometry[area.code] = whole if whole.geom_type == "MultiPolygon" else shapely.MultiPolygon([whole])
        if rows["oppervlakte_land_km2"].notna().all():
            land[area.code] = round(float(rows["oppervlakte_land_km2"].sum()), 2)
    dissolved = _table(level, geometry, land)
    dissolved.attrs["waarschuwingen"] = municipalities.attrs["waarschuwingen"]
    return dissolved


def _described(frame: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    """Put source, vintage and licence in `attrs`: a file of ours says them itself."""
    told: dict[str, Any] = {}
    if path.suffix.lower() in (".geojson", ".json"):
        # GDAL reads more than JSON: other letters, an object on each line
        with suppress(ValueError, RecursionError):
            told = json.loads(path.read_text(encoding="utf-8-sig"))
    frame.attrs["bron"] = str(told.get("bron") or f"eigen grensbestand {path.name}")
    frame.attrs["peildatum"] = str(told.get("peildatum") or "")
    frame.attrs["licentie"] = str(told.get("licentie") or "")
    return frame


def _rounded(geometry: shapely.MultiPolygon, decimals: int) -> dict[str, Any]:
    """A GeoJSON MultiPolygon in WGS84; vertices that fall together become one."""
    polygons = []
    for part in geometry.geoms:
        rings = [_ring(ring, decimals) for ring in (part.exterior, *part.interiors)]
        if rings[0]:
            polygons.append([ring for ring in rings if ring])
    return {"type": "MultiPolygon", "coordinates": polygons}


def _ring(ring: shapely.LinearRing, decimals: int) -> list[list[float]]:
    points = np.round(to_wgs84(shapely.get_coordinates(ring)), decimals).tolist()
    kept = [point for position, point in enumerate(points) if position == 0 or point != points[position - 1]]
    return kept if len(kept) >= 4 else []  # noqa: PLR2004 - a closed ring has at least four points
