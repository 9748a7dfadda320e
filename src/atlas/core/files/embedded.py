"""Where the data that comes with the atlas lies: beside a checkout, inside a wheel, inside the plugin."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from ..words.errors import AtlasError

_HERE = Path(__file__).resolve()
#: a wheel (atlas/data), the plugin (buitengebied_atlas/data) and a checkout (src/atlas/core/files -> data)
_ROOTS = (_HERE.parents[2], _HERE.parents[3], _HERE.parents[4])


@cache
def embedded_path(*parts: str) -> Path:
    """The path of an embedded file, e.g. `embedded_path("data", "areas", "gemeenten.csv")`.

    Raises:
        AtlasError: the file is in none of the places: the installation is incomplete.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise AtlasError(
        "Een bestand dat bij de atlas hoort ontbreekt.",
        where="/".join(parts),
        hint="Installeer de atlas opnieuw.",
    )


def read_embedded_csv(*parts: str) -> list[dict[str, str]]:
    """The rows of an embedded CSV (utf-8, comma, a header), every cell stripped text."""
    with embedded_path(*parts).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
        return [dict(zip(header, map(str.strip, row), strict=True)) for row in rows if row]
