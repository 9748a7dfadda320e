"""Files in TOML that a person may have written: one way to read them, with an end to what they ask."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from .reading_limits import check_plain, too_large

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1_000_000
_PLACE = re.compile(r"line (\d+), column (\d+)")


def read_toml(path: Path) -> dict[str, Any]:
    """What a file in TOML holds; each reader says in its own words what it expected.

    Raises:
        AtlasError: a pipe or a device, or a file that is too large.
        OSError: it can't be opened.
        UnicodeDecodeError: it is no UTF-8.
        tomllib.TOMLDecodeError: see `parse_toml`.
    """
    check_plain(path)
    if path.stat().st_size > _MOST_BYTES:
        raise too_large(path, "meer", "bytes", _MOST_BYTES)
    return parse_toml(path.read_text(encoding="utf-8-sig"))


def why_not_toml(error: Exception) -> str:
    """In Dutch why a file is no TOML: what `read_toml` and `parse_toml` raise is English."""
    if isinstance(error, OSError):
        return "het bestand is er niet, of u mag het niet lezen"
    if isinstance(error, UnicodeDecodeError):
        return "geen tekst in UTF-8"
    place = _PLACE.search(str(error))
    return f"rond regel {place[1]}, teken {place[2]}" if place else "geen TOML"


def parse_toml(text: str) -> dict[str, Any]:
    """What a text in TOML holds.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML; or nested too deep or with a number of thousands of digits,
            for which `tomllib` raises errors of its own.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise tomllib.TOMLDecodeError("te diep of te groot") from error
