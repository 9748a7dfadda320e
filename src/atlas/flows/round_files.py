"""Hand out a round as a file for navigation or for a calendar."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..core.disclosure.released import content_of
from ..core.words.errors import AtlasError
from ..jobs.rounds_out import hand_out_round

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ..core.records.round_out import RoundOut

_KINDS = (".gpx", ".ics")
_LIBRARIES = ("gpxpy", "icalendar")


def hand_out_round_file(
    folder: Path,
    path: Path,
    *,
    campaign: str,
    name: str,
    purpose: str,
    back_by: str,
    user: str,
    now: datetime,
) -> RoundOut:
    """Write a round of a campaign as GPX or iCalendar, through the register.

    Args:
        folder: Of the dossier.
        path: Where the file will stand: .gpx or .ics.
        campaign: The name of the campaign.
        name: Of the round, a letter.
        purpose: What it is for.
        back_by: The last day to bring it back or destroy it, as ISO text.
        user: Who asks.
        now: When.

    Raises:
        AtlasError: another kind of file, a library that is not there, or see `hand_out_round`.
    """
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise AtlasError(
            "Een ronde gaat mee als GPX of als agenda.", where=str(path), expected=", ".join(_KINDS)
        )
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise AtlasError(
            f"{' en '.join(missing)} is hier niet geïnstalleerd.",
            expected="de extra 'rounds' van de atlas",
            hint="Installeer pip install 'buitengebied-atlas[rounds]'.",
        )
    from ..store.round_files import write_gpx, write_ics

    write = write_gpx if kind == ".gpx" else partial(write_ics, now=now)
    made = hand_out_round(
        folder,
        path,
        write,
        campaign=campaign,
        name=name,
        purpose=purpose,
        back_by=back_by,
        user=user,
        now=now,
    )
    return content_of(made)
