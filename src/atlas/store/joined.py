"""The result of a join as a file: GeoPackage and GeoJSON with the areas, CSV without."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from ..core.disclosure.released import content_of
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_output
from ..core.joining.joined import LAYER
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless
from ..geo.boundaries.levels import level_shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.edition import Made
    from ..core.joining.joined import JoinedRows


def check_result(path: Path) -> None:
    """Check, before any work is done, that the name of the result says what it is to be.

    Raises:
        AtlasError: output may not stand there, not .gpkg, .geojson or .csv, or a GeoPackage that may not be
            replaced (see `check_replaceable`).
    """
    check_output(path)
    if path.suffix.lower() not in _WRITERS:
        raise AtlasError(
            "Dit soort uitvoer kan niet worden gemaakt.",
            where=str(path), got=path.suffix or "geen extensie", expected=" of ".join(_WRITERS),
        )  # fmt: skip
    if path.suffix.lower() == ".gpkg":
        from ..gpkg.replacing import check_replaceable  # noqa: PLC0415 - as below

        check_replaceable(path)


def write_joined(
    path: Path,
    released: Released[JoinedRows],
    *,
    boundaries: Path | None = None,
    made: Made | None = None,
) -> None:
    """Write the values of a join for every area of a level; an area without a value has an empty one.

    GeoPackage: layer "koppeling" in EPSG:28992. GeoJSON: WGS84, coordinates of embedded boundaries exactly as
    stored. CSV: utf-8 with a byte order mark (Excel then reads the letters right), commas and decimal points,
    the same form as the report. No text in it is taken for a formula.

    Args:
        path: A new .gpkg, .geojson or .csv; whole or not at all.
        released: What `core.joining.joined.joined_rows` returned.
        boundaries: A user's boundaries, None for the embedded ones.
        made: By whom, whom to ask, when, and of when the data are: as metadata, in a CSV as columns.

    Raises:
        AtlasError: see `check_result`; or the file can't be written.
    """
    check_result(path)
    content = content_of(released)
    rows = [{name: harmless(cell) for name, cell in row.items()} for row in content.rows]
    said = {name: str(harmless(text)) for name, text in made.columns.items()} if made else {}
    _WRITERS[path.suffix.lower()](path, content._replace(rows=rows), boundaries, said)


def _write_csv(path: Path, content: JoinedRows, _boundaries: Path | None, said: Mapping[str, str]) -> None:
    with new_file(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(field.name for field in content.fields), *said])
        writer.writerows([*row.values(), *said.values()] for row in content.rows)


def _write_geojson(path: Path, content: JoinedRows, boundaries: Path | None, said: Mapping[str, str]) -> None:
    shapes, source = level_shapes(content.level, boundaries)
    collection = {
        "type": "FeatureCollection",
        "name": LAYER,
        "bron_grenzen": source,
        **said,
        "features": [
            {"type": "Feature", "properties": row, "geometry": shapes[str(row["code"])]["geometry"]}
            for row in content.rows
        ],
    }
    with new_file(path) as beside:
        beside.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def _write_geopackage(
    path: Path, content: JoinedRows, boundaries: Path | None, said: Mapping[str, str]
) -> None:
    from .geopackage import save_joined  # noqa: PLC0415 - shapely and pyproj, for this kind alone

    save_joined(path, content, *level_shapes(content.level, boundaries), said)


_WRITERS: dict[str, Callable[[Path, JoinedRows, Path | None, Mapping[str, str]], None]] = {
    ".gpkg": _write_geopackage,
    ".geojson": _write_geojson,
    ".csv": _write_csv,
}
