"""One cell of a table, as the readers of files give it."""

from __future__ import annotations

from typing import TypeAlias

#: text as it was written, or a number that already is one (spreadsheets, GeoPackages)
Cell: TypeAlias = str | float | int | None
