"""Fetch the present boundaries of CBS, checked, into a folder that `atlas build --boundaries` takes."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from ..core.areas.boundary_areas import (
    COLLECTIONS,
    DEFAULT_ENDPOINT,
    land_km2,
    service_source,
)
from ..core.areas.divisions import areas
from ..core.areas.embedded_boundaries import FILE_NAMES
from ..core.areas.feature_pages import ACCEPT, read_page
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_output
from ..core.words.errors import AtlasError
from ..geo.reading.asking import ask_service
from ..jobs.boundaries import fetch_areas
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.files.service_answers import Patience

_ACCURACY = (
    "Gegeneraliseerd: een grens kan verschoven zijn. Geschikt voor kaarten van de provincies, niet om te "
    "bepalen in welke gemeente één erf ligt."
)


def ask_page(url: str) -> dict[str, Any]:
    """One page of areas, see `ask_service` and `read_page`."""
    return read_page(*ask_service(url, ACCEPT), url)


def default_folder(year: int) -> Path:
    """Where boundaries of a year are kept when no folder is named: the user's own cache."""
    return Path(platformdirs.user_cache_dir("buitengebied-atlas", appauthor=False)) / "grenzen" / str(year)


def update_boundaries(
    year: int,
    folder: Path | None = None,
    *,
    endpoint: str = DEFAULT_ENDPOINT,
    levels: Sequence[str] = tuple(COLLECTIONS),
    progress: Progress = silent,
    patience: Patience | None = None,
) -> list[Path]:
    """Download the boundaries of a year; nothing is replaced until all of them are complete and checked.

    Args:
        year: Year of the division, from 2021.
        folder: Where the files go, with a checksum beside each; None: `default_folder`.
        endpoint: Root of an OGC API Features service with the collections of `COLLECTIONS`.
        levels: Which levels.
        progress: Told what is being done and which part (0-1) is done.
        patience: With faults that pass.

    Returns:
        The GeoJSON files (WGS84), which `load_boundaries` and `atlas build` take.

    Raises:
        AtlasError: year without these areas, no connection, an answer that can't be used, or a folder that
            can't be written.
    """
    folder = folder or default_folder(year)
    check_output(folder / f"{FILE_NAMES[levels[0]]}.geojson")
    texts: dict[Path, bytes] = {}
    for position, level in enumerate(levels):
        progress(f"{FILE_NAMES[level].capitalize()} ophalen", position / len(levels))
        found = fetch_areas(endpoint, level, year, ask_page, patience=patience)
        collection = _collection(found, level, year)
        texts[folder / f"{FILE_NAMES[level]}.geojson"] = _checked_text(collection, level, endpoint)
    progress("Bestanden schrijven", 0.95)
    for path, text in texts.items():
        checksum = f"{hashlib.sha256(text).hexdigest()}  {path.name}\n"
        with new_file(path) as beside:
            beside.write_bytes(text)
        with new_file(path.with_name(f"{path.name}.sha256")) as beside:
            beside.write_text(checksum, encoding="ascii")
    progress("Klaar", 1.0)
    return list(texts)


def _collection(found: dict[str, Mapping[str, Any]], level: str, year: int) -> dict[str, Any]:
    names = {area.code: area for area in areas(level)}
    return {
        "type": "FeatureCollection",
        "name": FILE_NAMES[level],
        **service_source(level, year),
        "nauwkeurigheid": _ACCURACY,
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "code": code,
                    "naam": names[code].name,
                    "provincie_code": names[code].province,
                    "oppervlakte_land_km2": land_km2(found[code].get("properties") or {}),
                },
                "geometry": found[code].get("geometry"),
            }
            for code in sorted(found)
        ],
    }


def _checked_text(collection: dict[str, Any], level: str, endpoint: str) -> bytes:
    """The collection as bytes, after it went through every check a user's own file gets."""
    from ..geo.boundaries.boundary_file import read_boundary_file  # geopandas; most errors come before it

    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{FILE_NAMES[level]}.geojson"
        path.write_bytes(text)
        try:
            read_boundary_file(level, path)
        except AtlasError as error:
            error.where = error.where.replace(str(path), f"het antwoord van {endpoint}")
            raise
    return text
