"""What is wrong with a file of a register, in words for the person who has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: where a reader of GeoJSON says that it broke
_PLACE_IN_TEXT = re.compile(r"line (\d+), character (\d+)")


def broken(path: Path, reason: str) -> AtlasError:
    """The sentence for a file that can't be read; the reason is in Dutch."""
    return AtlasError(
        "Dit bestand is beschadigd, afgebroken of van een ander soort dan zijn naam zegt.",
        where=str(path),
        got=reason,
        hint="Haal het opnieuw op bij de bron.",
    )


def broken_by(path: Path, error: Exception, part: str = "") -> AtlasError:
    """The sentence for a file on which a library breaks: where, not the library's own words.

    Args:
        path: The file.
        error: What was thrown.
        part: The file in it that is broken, "" for the whole.
    """
    reason = str(error)
    if "locked" in reason:
        return AtlasError(
            "Een ander programma houdt dit bestand vast.",
            where=str(path),
            hint="Sluit het daar, of sla de bewerkingen op, en probeer het opnieuw.",
        )
    place = _PLACE_IN_TEXT.search(reason)
    at = f"rond regel {place[1]}, teken {place[2]}" if place else ""
    return broken(path, ", ".join(filter(None, (part, at))))


def different_systems(path: Path, systems: Iterable[str]) -> AtlasError:
    """The sentence for files that belong together and are in different systems; "" is none declared."""
    return AtlasError(
        "De bestanden die bij elkaar horen zijn niet in hetzelfde coördinatenstelsel.",
        where=str(path),
        got=" en ".join(sorted(system or "geen opgave" for system in systems)),
        hint="Haal de pagina's opnieuw op, alle in hetzelfde stelsel.",
    )
