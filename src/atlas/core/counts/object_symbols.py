"""The signs of objects on a map: a shape and a colour for each conclusion and each status.

The page and QGIS draw the same signs, from `styles/object_symbols.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..files.embedded import embedded_path


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign: its outline as an SVG path in a box of 16 by 16, its fill and the colour of its line."""

    path: str
    fill: str
    outline: str


@cache
def symbols() -> dict[str, Any]:
    """The table as it stands in its file: `outline`, `shapes`, `unknown`, and `signs` by field and code."""
    table: dict[str, Any] = json.loads(
        embedded_path("styles", "object_symbols.json").read_text(encoding="utf-8")
    )
    del table["note"]
    return table


def sign(field: str, code: str) -> Sign:
    """The sign of a code of the field `conclusie` or `status`; a code that is not known has one as well."""
    table = symbols()
    shape, fill = table["signs"][field].get(code, table["unknown"])
    return Sign(table["shapes"][shape], fill, table["outline"])
