"""Whether a day to erase by can be right: a clock that jumps would erase what may be kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.records.matching import Record

#: fields that say when a record, or a line of the register, was written
_WRITTEN = ("aangemaakt_op", "gewijzigd_op", "ingelezen_op", "tijdstip")
#: clocks of computers differ; a dossier that nobody touched for longer points at a clock that is wrong
_TOLERANCE, _YEARS = timedelta(hours=1), timedelta(days=730)


def check_day(today: date, now: datetime, records: Iterable[Record]) -> None:
    """Check that a day to erase by, and the clock that goes with it, can be right.

    Raises:
        AtlasError: the day is to come, or the clock is before the newest record, or years after it.
    """
    if today > now.astimezone().date():
        raise AtlasError(
            "Er wordt niet gewist op een datum die nog moet komen; er is niets veranderd.",
            got=today.isoformat(), expected="vandaag of eerder",
            hint="Zonder te wissen kunt u wel zien wat er op die datum voorbij is.",
        )  # fmt: skip
    written = [str(record[name]) for record in records for name in _WRITTEN if record.get(name)]
    moments = [moment for moment in map(_read, written) if moment is not None]
    if not moments:
        return
    newest = max(moments)
    if newest > now + _TOLERANCE or now - newest > _YEARS:
        raise AtlasError(
            "De datum van deze computer kan niet kloppen met dit dossier; er is niets gewist.",
            got=f"vandaag {now.date().isoformat()}, laatst gewijzigd {newest.date().isoformat()}",
            expected=f"een datum na de laatste wijziging, en hoogstens {_YEARS.days // 365} jaar later",
            hint="Zet de klok van de computer goed. Klopt die, wijzig dan eerst een record en wis opnieuw.",
        )


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
