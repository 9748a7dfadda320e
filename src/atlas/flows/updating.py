"""Fetch the present boundaries of CBS and put them in a folder that `atlas build --boundaries` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path


def update(
    year: int, out: Path | None = None, *, endpoint: str | None = None, progress: Progress = silent
) -> list[Path]:
    """Download the areas of `year` and write them as GeoJSON into `out`, or the user's cache.

    Raises:
        AtlasError: no connection, an answer that is no answer, or areas that are missing.
    """
    from ..geo.boundaries.boundary_service import DEFAULT_ENDPOINT, update_boundaries

    return update_boundaries(year, out, endpoint=endpoint or DEFAULT_ENDPOINT, progress=progress)
